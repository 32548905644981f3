"""The last row of a table that stands alone on the next page was read as a line: it goes back to its table.

… | 其他支出 | 217 | 0 | 217          (the last row on the page)
合计 18976 10134 8842                 (the first line of the next)     -> 合计 | | 18976 | 10134 | 8842
"""

from __future__ import annotations

import re
from dataclasses import replace

from index.models import Block, Document, Line, Table
from index.text.normal import plain

_ROW = re.compile(r"\s*(?P<name>合\s*计|总\s*计|小\s*计)(?P<figures>(?:\s+-?[\d,，]+(?:\.\d+)?%?)+)\s*")
_FIGURE = re.compile(r"-?[\d,，]+(?:\.\d+)?%?")
_FURNITURE = re.compile(r"[\s\d\-—－第页共/]*")
_FEWEST = 2  # figures that tell which columns they belong to


def with_last_rows(document: Document) -> Document:
    """The document with such lines as rows of the tables before them."""
    blocks: list[Block] = []
    last: Table | None = None  # the table that has just ended, if nothing but page numbers came since
    place = 0
    for block in document.blocks:
        if isinstance(block, Table):
            last, place = block, len(blocks)
        elif last is not None and (row := _row_of(block, last)):
            blocks[place] = replace(last, rows=(*last.rows, row))
            last = None
            continue
        elif not _FURNITURE.fullmatch(block.text):
            last = None
        blocks.append(block)
    return replace(document, blocks=tuple(blocks)) if len(blocks) < len(document.blocks) else document


def _row_of(line: Line, table: Table) -> tuple[str, ...]:
    """The cells of a line that is the table's last row; () if it is none."""
    match = _ROW.fullmatch(line.text)
    if match is None or not table.rows:
        return ()
    figures = _FIGURE.findall(match["figures"])
    last = table.rows[-1]
    filled = [at for at, cell in enumerate(last) if _FIGURE.fullmatch(plain(cell).strip())]
    right = list(range(len(last) - len(figures), len(last)))
    if len(figures) < _FEWEST or right[:1] == [0] or filled[-len(figures) :] != right:
        return ()
    return (match["name"], *[""] * (len(last) - len(figures) - 1), *figures)
