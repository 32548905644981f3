"""How an old workbook (.xls, .et; BIFF5 and BIFF8) shows its cells: percent signs, decimal places, hidden columns.

    NUMBER(row 4, column 3, XF 17), XF 17 -> FORMAT "0.00%"  ->  {"收入表": Shown({(4, 3): Format(True, 2)}, hidden=…)}

The values themselves come from ``xlsx_file``; only what they look like is read here, from the records that say so.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from index.errors import UnreadableFile
from index.read import ole
from index.read.xlsx_formats import BUILT_IN, Format, Shown, parse

BOF, EOF, SHEET, FORMAT, STYLE, CODEPAGE = 0x0809, 0x000A, 0x0085, 0x041E, 0x00E0, 0x0042
COLUMNS, NUMBER, SMALL_NUMBER, SMALL_NUMBERS, FORMULA = 0x007D, 0x0203, 0x027E, 0x00BD, 0x0006
BIFF8 = 0x0600
WORKSHEET = 0
SINGLE = frozenset({NUMBER, SMALL_NUMBER, FORMULA})
MAX_COLUMNS = 16_384
Record = tuple[int, bytes]


class _Book(NamedTuple):
    """The format of each style by its number, and name and place of each worksheet."""

    styles: list[Format | None]
    sheets: list[tuple[str, int]]


def shown_sheets(data: bytes) -> dict[str, Shown]:
    """How each sheet is shown, by name; empty where the records do not say."""
    try:
        found = ole.streams(data, ("Workbook", "Book"))
        stream = found.get("Workbook") or found.get("Book") or b""
        book = _book(stream)
        used = {number: form for number, form in enumerate(book.styles) if form}
        return {name: _shown(stream, place, used) for name, place in book.sheets} if book.styles else {}
    except (UnreadableFile, struct.error, IndexError, UnicodeDecodeError, LookupError):
        return {}


def _records(stream: bytes, at: int) -> Iterator[Record]:
    """The records of one substream, without those of charts inside it."""
    depth = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        depth += (kind == BOF) - (kind == EOF)
        if depth == 0:
            return
        if depth == 1:
            yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _book(stream: bytes) -> _Book:
    codes: dict[int, str] = dict(BUILT_IN)
    used: list[int] = []
    sheets: list[tuple[str, int]] = []
    wide, encoding = True, "cp1252"
    for kind, content in _records(stream, 0):
        if kind == BOF:
            wide = struct.unpack_from("<H", content)[0] >= BIFF8
        elif kind == CODEPAGE:
            encoding = f"cp{struct.unpack_from('<H', content)[0]}"
        elif kind == FORMAT:
            codes[struct.unpack_from("<H", content)[0]] = _text(content[2:], 2 if wide else 1, wide, encoding)
        elif kind == STYLE:
            used.append(struct.unpack_from("<H", content, 2)[0])
        elif kind == SHEET and content[5] == WORKSHEET:
            sheets.append((_text(content[6:], 1, wide, encoding), struct.unpack_from("<I", content)[0]))
    return _Book([parse(codes.get(number, "")) for number in used], sheets)


def _text(content: bytes, size: int, wide: bool, encoding: str) -> str:
    """A string behind its length of ``size`` bytes; the newer kind says whether a character takes two bytes."""
    length = int.from_bytes(content[:size], "little")
    if not wide:
        return content[size : size + length].decode(encoding)
    if content[size] & 1:
        return content[size + 1 : size + 1 + 2 * length].decode("utf-16-le")
    return content[size + 1 : size + 1 + length].decode("latin-1")


def _shown(stream: bytes, place: int, used: dict[int, Format]) -> Shown:
    cells: dict[tuple[int, int], Format] = {}
    hidden: set[int] = set()
    for kind, content in _records(stream, place):
        if kind in SINGLE:
            row, column, style = struct.unpack_from("<HHH", content)
            if style in used:
                cells[row, column] = used[style]
        elif kind == SMALL_NUMBERS:
            row, first = struct.unpack_from("<HH", content)
            for column, at in enumerate(range(4, len(content) - 2, 6), start=first):
                style = struct.unpack_from("<H", content, at)[0]
                if style in used:
                    cells[row, column] = used[style]
        elif kind == COLUMNS:
            first, last, _, _, options = struct.unpack_from("<HHHHH", content)
            if options & 1:
                hidden.update(range(first, min(last + 1, MAX_COLUMNS)))
    return Shown(cells, frozenset(hidden))
