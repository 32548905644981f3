"""Rows of text without ruling lines -> tables, where several rows in a row have figures under each other.

教育支出    56917   95.94
科学技术      689  100.00      ->  a table of three columns; the heads above it are found by their places
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.read.cells import WIDE
from index.read.pdf_grid import Found
from index.read.pdf_records import Cells, is_figure, records
from index.read.pdf_rows import Piece, Row

MIN_ROWS = 3
MAX_BETWEEN = 2  # rows without figures between two rows of data
MAX_HEAD = 5
ROW_GAP = 3.2  # em of white that ends a table
APART = 0.4  # em between two columns
PROSE = re.compile(r"[。；]|.{26,}，")


def unruled_tables(rows: Sequence[Row]) -> tuple[list[Found], list[Row]]:
    """The tables among the rows of a page (from top to bottom), and the rows outside them."""
    tables: list[Found] = []
    rest: list[Row] = []
    index = 0
    while index < len(rows):
        last = _last_of_table(rows, index)
        if last is None:
            rest.append(rows[index])
            index += 1
            continue
        head = _head(rest, rows[index])
        body = list(rows[index : last + 1])
        columns = _columns([row for row in body if is_data(row)])
        if len(columns) < 2:
            rest.append(rows[index])
            index += 1
            continue
        del rest[len(rest) - len(head) :]
        tables.append(_table(head, body, columns))
        index = last + 1
    return tables, rest


def is_data(row: Row) -> bool:
    """A label and at least one figure, or several figures, each apart from the others."""
    figures = sum(is_figure(piece.text) for piece in row.pieces[1:])
    return len(row.pieces) > 1 and figures >= 0.5 * (len(row.pieces) - 1) and not PROSE.search(row.text)


def _last_of_table(rows: Sequence[Row], start: int) -> int | None:
    """Index of the last row of data of the table that begins at ``start``."""
    if not is_data(rows[start]):
        return None
    count, last = 1, start
    for index in range(start + 1, len(rows)):
        row = rows[index]
        if rows[index - 1].y - row.y > ROW_GAP * max(row.size, rows[index - 1].size):
            break
        if is_data(row):
            count, last = count + 1, index
        elif index - last > MAX_BETWEEN or PROSE.search(row.text):
            break
    return last if count >= MIN_ROWS else None


def _head(before: Sequence[Row], first: Row) -> list[Row]:
    """The rows directly above the data that stand over more than one column."""
    head: list[Row] = []
    below = first
    for row in reversed(before[-MAX_HEAD:]):
        close = row.y - below.y <= ROW_GAP * max(row.size, below.size)
        if not close or PROSE.search(row.text) or len(row.text) > 80:
            break
        head.insert(0, row)
        below = row
    while head and len(head[0].pieces) < 2:
        head.pop(0)
    return head


def _columns(rows: Sequence[Row]) -> list[tuple[float, float]]:
    """Left and right edge of each column: pieces that stand over each other make one."""
    columns: list[list[float]] = []
    for piece in sorted((piece for row in rows for piece in row.pieces), key=lambda p: p.x0):
        if columns and piece.x0 < columns[-1][1] - APART:
            columns[-1][1] = max(columns[-1][1], piece.x1)
        else:
            columns.append([piece.x0, piece.x1])
    return [(left, right) for left, right in columns]


def _table(head: Sequence[Row], body: Sequence[Row], columns: Sequence[tuple[float, float]]) -> Found:
    cut = [Cells(row.y, _cut(row.pieces, columns)) for row in body]
    above = [_cut(row.pieces, columns) for row in head]
    first, last = (head[0] if head else body[0]), body[-1]
    rows = [*above, *records(cut)]
    return Found(first.y + first.size, last.y - 1, tuple(left for left, _ in columns), rows)


def _cut(pieces: Sequence[Piece], columns: Sequence[tuple[float, float]]) -> tuple[str, ...]:
    texts = [""] * len(columns)
    for piece in pieces:
        place = _place(piece, columns)
        texts[place] += (WIDE if texts[place] else "") + piece.text
    return tuple(texts)


def _place(piece: Piece, columns: Sequence[tuple[float, float]]) -> int:
    """The first column the piece stands over, or the nearest one."""
    for index, (left, right) in enumerate(columns):
        if min(piece.x1, right) - max(piece.x0, left) > 0:
            return index
    middle = (piece.x0 + piece.x1) / 2
    return min(range(len(columns)), key=lambda i: abs((columns[i][0] + columns[i][1]) / 2 - middle))
