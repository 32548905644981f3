"""An HTML table -> a Table with merged cells expanded, or the finding that it only lays out the page.

<tr><td rowspan=2>收入</td><td>税收</td></tr><tr><td>非税</td></tr>  ->  (("收入", "税收"), ("", "非税"))
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from index.models import Table
from index.read.cells import even_rows, join_parts, parts
from index.read.html_text import BLOCK, SKIP, children, collapse, is_hidden, own_text
from index.read.note_marks import raised

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

PART_END = "\x1e"  # between the lines of one cell
LONG_CELL = 300  # characters: prose, so the table is layout
MAX_SPAN = 1000


def is_data_table(node: LexborNode) -> bool:
    """A table of at least two rows and columns, without tables and long prose in its cells."""
    rows = list(_rows(node))
    if len(rows) < 2 or max((sum(1 for _ in _cells(row)) for row in rows), default=0) < 2:
        return False
    for row in rows:
        for cell in _cells(row):
            if any(table.tag == "table" for table in cell.css("table")) or len(cell_text(cell)) > LONG_CELL:
                return False
    return True


def data_tables(node: LexborNode) -> Iterator[Table]:
    """Rows of equal length; a merged cell's text stands in its first place, the others are empty."""
    grid: dict[tuple[int, int], str] = {}
    height = width = 0
    for y, row in enumerate(_rows(node)):
        x = 0
        for cell in _cells(row):
            while (y, x) in grid:
                x += 1
            down, right = _span(cell, "rowspan"), _span(cell, "colspan")
            for dy in range(down):
                for dx in range(right):
                    grid[y + dy, x + dx] = ""
            grid[y, x] = cell_text(cell)
            x += right
            width = max(width, x)
        height = y + 1
    rows = [[grid.get((y, x), "") for x in range(width)] for y in range(height)]
    caption = next((cell_text(child) for child in children(node) if child.tag == "caption"), "")
    for part in parts(even_rows(rows)):
        yield Table(part, caption=caption)


def cell_text(cell: LexborNode) -> str:
    """All text of a cell as one line."""
    return collapse(join_parts(_parts(cell)))


def _parts(cell: LexborNode) -> list[str]:
    return "".join(_texts(cell)).split(PART_END)


def _texts(node: LexborNode) -> Iterator[str]:
    for child in children(node):
        if child.tag == "-text":
            yield own_text(child)
        elif child.tag == "sup":
            yield raised(child.text(deep=True))
        elif child.tag not in SKIP and not is_hidden(child):
            yield from _texts(child)
            if child.tag in BLOCK or child.tag == "br":
                yield PART_END


def _rows(table: LexborNode) -> Iterator[LexborNode]:
    for child in children(table):
        if child.tag == "tr":
            if not is_hidden(child):
                yield child
        elif child.tag in {"tbody", "thead", "tfoot"}:
            yield from _rows(child)


def _cells(row: LexborNode) -> Iterator[LexborNode]:
    return (child for child in children(row) if child.tag in {"td", "th"})


def _span(cell: LexborNode, name: str) -> int:
    text = (cell.attributes.get(name) or "1").strip()
    return min(max(int(text), 1), MAX_SPAN) if text.isdecimal() else 1
