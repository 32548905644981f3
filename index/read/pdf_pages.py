"""Pages of a PDF -> one sequence of blocks, in which a table that goes on over a page break is one table.

page 4 ends in a table of 6 columns, page 5 begins with one of 6 columns  ->  one Table, the repeated heads dropped
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.models import Block, Line, Table
from index.read.cells import even_rows, parts
from index.read.pdf_grid import Found

SHIFT = 12.0  # points by which columns may differ between pages
MIN_SHARE = 0.6  # of the columns must be there on both pages
MAX_ABOVE = 5  # blocks above the second part on its page
MAX_HEAD_ROWS = 8
MAX_FURNITURE = 60  # characters of a line between two parts of one table
GOES_ON = re.compile(r"[。；，]$")


def joined_over_pages(pages: Sequence[Sequence[Block | Found]]) -> Iterator[Block]:
    """Lines and tables of all pages in order."""
    open_table: Found | None = None
    open_page = 0
    waiting: list[Line] = []  # page numbers and repeated titles since the open table
    titles: set[str] = set()  # what stood above the open table
    above: list[str] = []
    for number, blocks in enumerate(pages, start=1):
        for position, block in enumerate(blocks):
            if isinstance(block, Found):
                both = _one_layout(open_table, block) if open_table and position <= MAX_ABOVE else None
                if both and all(_may_stand_between(line, titles) for line in waiting):
                    first, second = both
                    rest = _without_repeated_head(first.rows, second.rows)
                    open_table = first._replace(rows=[*first.rows, *rest], bottom=block.bottom)
                    waiting = [line for line in waiting if _squeezed(line.text) not in titles]
                    continue
                if open_table is not None:
                    yield from _tables(open_table, open_page)
                    yield from waiting
                open_table, open_page, waiting = block, number, []
                titles = {_squeezed(text) for text in above[-6:]}
                above = []
            elif isinstance(block, Line):
                above.append(block.text)
                if open_table is None:
                    yield block
                else:
                    waiting.append(block)
            else:
                yield block
    if open_table is not None:
        yield from _tables(open_table, open_page)
    yield from waiting


def _tables(found: Found, page: int) -> Iterator[Table]:
    return (Table(part, page) for part in parts(even_rows(found.rows)))


def _one_layout(table: Found, other: Found) -> tuple[Found, Found] | None:
    """Both with the columns of the one that has more, if the other's columns are among them."""
    wide, narrow = (table, other) if len(table.columns) >= len(other.columns) else (other, table)
    places = []
    for column in narrow.columns:
        place = min(range(len(wide.columns)), key=lambda i: abs(wide.columns[i] - column))
        if abs(wide.columns[place] - column) > SHIFT or place in places:
            return None
        places.append(place)
    if len(places) < MIN_SHARE * len(wide.columns):
        return None
    rows = []
    for row in narrow.rows:
        texts = [""] * len(wide.columns)
        for place, text in zip(places, row, strict=True):
            texts[place] = text
        rows.append(tuple(texts))
    widened = narrow._replace(columns=wide.columns, rows=rows)
    return (table, widened) if wide is table else (widened, other)


def _may_stand_between(line: Line, titles: set[str]) -> bool:
    """Page numbers, repeated titles, unit lines and 续表 do not end a table; a new title or prose does."""
    text = _squeezed(line.text)
    if text in titles or len(text) <= 6 or re.fullmatch(r"[\W\d_]*", text):
        return True
    return len(text) <= MAX_FURNITURE and ("单位" in text or text.startswith(("续表", "附表续")))


def _without_repeated_head(rows: Sequence[tuple[str, ...]], more: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    head = 0
    while head < min(MAX_HEAD_ROWS, len(rows), len(more)) and _same_row(rows[head], more[head]):
        head += 1
    return list(more[head:])


def _same_row(row: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return [_squeezed(text) for text in row] == [_squeezed(text) for text in other]


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)
