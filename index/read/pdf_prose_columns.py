"""Two or more columns of prose side by side -> one after the other, as they are read.

    全区教育支出12345       农林水支出2345万元，       the left column first: 全区教育支出12345 | 万元，增长5.2%。
    万元，增长5.2%。        增长1.1%。                then the right: 农林水支出2345万元， | 增长1.1%。

Only where the white between them runs through several rows, and both sides hold sentences; figures beside names are a
table's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from index.read.pdf_columns import is_data
from index.read.pdf_rows import PIECE_GAP, Piece, Row

MIN_ROWS = 3  # that stand in each column
MIN_MARKS = 2
MOST_DATA = 0.3  # of the rows may look like a table's
_MARK = re.compile("[，。；：]")
_STOP = re.compile("[。；]")
Span = tuple[float, float]


def in_reading_order(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """The rows of a page in groups; each is one column, or the full width of the page."""
    plain: list[Row] = []
    start = 0
    while start < len(rows):
        end, gutter = _block(rows, start)
        sides = _sides(rows[start:end], gutter) if gutter else None
        if sides is None:
            plain.append(rows[start])
            start += 1
            continue
        if plain:
            yield plain
            plain = []
        for side in sides:
            yield from in_reading_order(side)
        start = end
    if plain:
        yield plain


def _block(rows: Sequence[Row], start: int) -> tuple[int, Span | None]:
    """How far a white runs down from a row with several pieces, and where the widest one stands."""
    if len(rows[start].pieces) < 2:
        return start, None
    free = [
        (left.x1, right.x0)
        for left, right in zip(rows[start].pieces, rows[start].pieces[1:], strict=False)
        if right.x0 - left.x1 > PIECE_GAP * rows[start].size
    ]
    end = start + 1
    while end < len(rows) and (left := _free_still(free, rows[end])):
        free, end = left, end + 1
    return end, max(free, key=lambda span: span[1] - span[0], default=None)


def _free_still(free: Sequence[Span], row: Row) -> list[Span]:
    """What of the white a row leaves free."""
    for piece in row.pieces:
        free = [part for span in free for part in _without(span, piece, row.size)]
    return list(free)


def _without(span: Span, piece: Piece, size: float) -> Iterator[Span]:
    if piece.x1 <= span[0] or piece.x0 >= span[1]:
        yield span
        return
    for first, last in ((span[0], piece.x0), (piece.x1, span[1])):
        if last - first > PIECE_GAP * size:
            yield first, last


def _sides(rows: Sequence[Row], gutter: Span) -> tuple[list[Row], list[Row]] | None:
    """The rows left and right of a white, if both are prose."""
    middle = (gutter[0] + gutter[1]) / 2
    sides = (
        [row for one in rows if (row := _part(one, lambda piece: piece.x1 <= middle))],
        [row for one in rows if (row := _part(one, lambda piece: piece.x0 >= middle))],
    )
    if any(len(side) < MIN_ROWS or not _is_prose(side) for side in sides):
        return None
    return sides if sum(map(is_data, rows)) <= MOST_DATA * len(rows) else None


def _part(row: Row, belongs: Callable[[Piece], bool]) -> Row | None:
    pieces = tuple(filter(belongs, row.pieces))
    return replace(row, pieces=pieces) if pieces else None


def _is_prose(rows: Sequence[Row]) -> bool:
    text = "".join(row.text for row in rows)
    return len(_MARK.findall(text)) >= MIN_MARKS and bool(_STOP.search(text))
