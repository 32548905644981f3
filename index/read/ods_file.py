"""An OpenDocument spreadsheet (.ods) -> one table per sheet, with the figures as the sheet shows them.

    <table:table-cell office:value="0.9594"><text:p>95.94%</text:p>…  ->  "95.94%"

The file holds beside every value the text that is shown for it.  Hidden sheets and columns are not read.
"""

from __future__ import annotations

from collections.abc import Iterator

from index.errors import UnreadableFile
from index.models import Block
from index.read.cells import join_parts
from index.read.docx_xml import Element, child, local, named, value
from index.read.odf_text import BREAK, Styles, styles, text
from index.read.odt_file import CELLS, opened, repeated, table_rows
from index.read.reading import Reading
from index.read.xlsx_file import MAX_CELLS, NOTHING_KNOWN, Value, sheet_blocks

MAX_COLUMNS = 16_384
MAX_ROWS = 1_048_576
NUMBERS = frozenset({"float", "currency", "percentage"})
NOT_SHOWN = frozenset({"collapse", "filter"})


def read(data: bytes) -> Reading:
    """Raises UnreadableFile for encrypted, damaged and empty workbooks."""
    content, other = opened(data)
    known = styles(child(content, "automatic-styles"), other)
    unseen = {
        value(style, "name")
        for part in (content, other)
        for style in named(part, "style")
        if value(child(style, "table-properties"), "display") == "false"
    }
    blocks: list[Block] = []
    hidden = 0
    room = MAX_CELLS
    for sheet in child(content, "body", "spreadsheet") or ():
        if local(sheet) != "table":
            continue
        if value(sheet, "style-name") in unseen:
            hidden += 1
            continue
        name = value(sheet, "name")
        rows, room = _rows(sheet, known, room)
        if room < 0:
            raise UnreadableFile(f"工作表 {name} 过大，无法读取。")
        blocks += sheet_blocks(name, rows, NOTHING_KNOWN._replace(hidden=_hidden_columns(sheet)))
    if not blocks:
        raise UnreadableFile("表格文件里没有内容。")
    return Reading(tuple(blocks), (f"有 {hidden} 个隐藏的工作表未读取。",) if hidden else ())


def _rows(sheet: Element, known: Styles, room: int) -> tuple[list[list[Value]], int]:
    """The rows of a sheet without empty ends, and how many cells there is room for after them (below 0: too many)."""
    rows: list[list[Value]] = []
    for row in table_rows(sheet):
        cells = _cells(row, known)
        times = repeated(row, "number-rows-repeated", MAX_ROWS if cells else 1)
        room -= times * (len(cells) + 1)
        if room < 0:
            break
        rows += [cells] * times
    return rows, room


def _cells(row: Element, known: Styles) -> list[Value]:
    texts: list[Value] = []
    empty = 0  # cells since the last one with text
    for cell in row:
        if local(cell) not in CELLS:
            continue
        shown = _shown(cell, known)
        times = repeated(cell, "number-columns-repeated", MAX_COLUMNS)
        if not shown:
            empty += times
        elif len(texts) + empty + times <= MAX_COLUMNS:
            texts += [""] * empty + [shown] * times
            empty = 0
    return texts


def _shown(cell: Element, known: Styles) -> str:
    if local(cell) == "covered-table-cell":
        return ""
    shown = join_parts(line for found in cell if local(found) == "p" for line in text(found, known).split(BREAK))
    return shown.replace(",", "") if value(cell, "value-type") in NUMBERS else shown


def _hidden_columns(sheet: Element) -> frozenset[int]:
    hidden: set[int] = set()
    at = 0
    for column in _columns(sheet):
        times = repeated(column, "number-columns-repeated", MAX_COLUMNS)
        if value(column, "visibility") in NOT_SHOWN:
            hidden.update(range(at, min(at + times, MAX_COLUMNS)))
        at += times
    return frozenset(hidden)


def _columns(sheet: Element) -> Iterator[Element]:
    for found in sheet:
        tag = local(found)
        if tag == "table-column":
            yield found
        elif tag in {"table-columns", "table-column-group", "table-header-columns"}:
            yield from _columns(found)
