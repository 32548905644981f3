"""Character properties of an old Word file -> which of its characters are deleted, struck, hidden or raised.

完成(deleted: 7)8亿元  ->  Run(first=…, last=…, raised=False) over the 7
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from index.read.doc_rows import PAGE, changes_of

PAGES_AT = 0x00FA  # where and how long the table of pages of properties is
SILENT = frozenset({0x0800, 0x0837, 0x083C, 0x2A53})  # deleted, struck, hidden, struck twice
RAISED = 0x2A48
ON = frozenset({1, 0x81})  # 0x81: the opposite of the style


class Run(NamedTuple):
    """Bytes of the stream whose characters are not to be seen, or are raised."""

    first: int
    last: int
    raised: bool


def runs(stream: bytes, table: bytes) -> list[Run]:
    """All such runs in their order; none if the properties are unreadable."""
    try:
        return sorted(_runs(stream, table))
    except (struct.error, IndexError):
        return []


def _runs(stream: bytes, table: bytes) -> Iterator[Run]:
    at, size = struct.unpack_from("<II", stream, PAGES_AT)
    count = max(size - 4, 0) // 8
    for number in struct.unpack_from(f"<{count}I", table, at + 4 * (count + 1)) if count else ():
        page = stream[(number & 0x3FFFFF) * PAGE :][:PAGE]
        if len(page) < PAGE:
            continue
        places = struct.unpack_from(f"<{page[-1] + 1}I", page, 0)
        for index, (first, last) in enumerate(pairwise(places)):
            offset = page[4 * (page[-1] + 1) + index] * 2
            if not offset:
                continue
            changes = dict(changes_of(page[offset + 1 : offset + 1 + page[offset]]))
            if any(changes.get(code) in ON for code in SILENT):
                yield Run(first, last, raised=False)
            elif changes.get(RAISED) == 1:
                yield Run(first, last, raised=True)
