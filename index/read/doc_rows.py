"""Paragraph properties of an old Word file -> which paragraphs stand in tables, which are row ends, what else they say.

A row end and an empty cell are the same character; only the properties of its paragraph tell them apart.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

PAGES_AT = 0x0102  # where and how long the table of pages of properties is
PAGE = 512
ENTRY = 13
IN_TABLE, ROW_END = 0x2416, 0x2417
ELSEWHERE = (0x6646, 0x6645)  # long lists of changes stand in the stream "Data"
SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
LONG_LENGTH = (0xD608, 0xD606)  # their length takes two bytes


class Properties(NamedTuple):
    """The style of a paragraph and what it changes: codes and first bytes."""

    style: int
    changes: dict[int, int]

    @property
    def is_row_end(self) -> bool:
        return bool(self.changes.get(ROW_END))

    @property
    def is_in_table(self) -> bool:
        return self.is_row_end or bool(self.changes.get(IN_TABLE))


def paragraphs(stream: bytes, table: bytes, data: bytes) -> dict[int, Properties]:
    """The properties of each paragraph by where it ends in the stream; empty if unreadable."""
    try:
        return dict(_paragraphs(stream, table, data))
    except (struct.error, IndexError):
        return {}


def _paragraphs(stream: bytes, table: bytes, data: bytes) -> Iterator[tuple[int, Properties]]:
    at, size = struct.unpack_from("<II", stream, PAGES_AT)
    count = (size - 4) // 8
    for number in struct.unpack_from(f"<{count}I", table, at + 4 * (count + 1)):
        page = stream[(number & 0x3FFFFF) * PAGE :][:PAGE]
        if len(page) < PAGE:
            continue
        paragraphs = page[-1]
        places = struct.unpack_from(f"<{paragraphs + 1}I", page, 0)
        for index, (_, last) in enumerate(pairwise(places)):
            offset = page[4 * (paragraphs + 1) + ENTRY * index] * 2
            if offset:
                style, changes = _style_and_changes(page, offset)
                yield last, Properties(style, dict(changes_of(changes, data)))


def _style_and_changes(page: bytes, offset: int) -> tuple[int, bytes]:
    words = page[offset]
    if words:
        start, end = offset + 1, offset + 2 * words
    else:
        start, end = offset + 2, offset + 2 + 2 * page[offset + 1]
    return struct.unpack_from("<H", page, start)[0], page[start + 2 : end]


def changes_of(changes: bytes, data: bytes = b"") -> Iterator[tuple[int, int]]:
    """Code and first byte of each change."""
    at = 0
    while at + 3 <= len(changes):
        code = struct.unpack_from("<H", changes, at)[0]
        at += 2
        if code in ELSEWHERE and data:
            place = struct.unpack_from("<I", changes, at)[0]
            size = struct.unpack_from("<H", data, place)[0]
            yield from changes_of(data[place + 2 : place + 2 + size], b"")
        yield code, changes[at]
        kind = code >> 13
        if kind != 6:
            at += SIZES[kind]
        elif code in LONG_LENGTH:
            at += 1 + struct.unpack_from("<H", changes, at)[0]
        else:
            at += 1 + changes[at]
