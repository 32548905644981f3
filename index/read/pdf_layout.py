"""Rows of a page -> its lines and its tables without rules, from top to bottom.

a row that begins right of the others by more than an em  ->  Line("　　全市一般公共预算收入…", 3)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index.models import Line
from index.read.pdf_columns import unruled_tables
from index.read.pdf_grid import Found
from index.read.pdf_prose_columns import in_reading_order
from index.read.pdf_rows import Row

INDENT = 1.2  # em
INDENT_MARK = "\u3000\u3000"
LONG = 0.6  # of the longest row: such rows begin at the margin or at the indent


def laid_out(rows: Sequence[Row], number: int) -> Iterator[Line | Found]:
    """Lines of page ``number``, indents marked, and tables; of columns side by side the left one first."""
    for column in in_reading_order(rows):
        yield from _column(column, number)


def _column(rows: Sequence[Row], number: int) -> Iterator[Line | Found]:
    tables, prose = unruled_tables(rows)
    left = _left_margin(prose)
    placed: list[tuple[float, Row | Found]] = [(row.y, row) for row in prose]
    placed += [(table.top, table) for table in tables]
    for _, item in sorted(placed, key=lambda pair: -pair[0]):
        if isinstance(item, Found):
            yield item
        else:
            yield Line((INDENT_MARK if item.x0 - left > INDENT * item.size else "") + item.text, number)


def _left_margin(rows: Sequence[Row]) -> float:
    """Where the lines of the text begin: the long ones, as titles and page numbers are short."""
    if not rows:
        return 0.0
    longest = max(row.x1 - row.x0 for row in rows)
    return min(row.x0 for row in rows if row.x1 - row.x0 >= LONG * longest)
