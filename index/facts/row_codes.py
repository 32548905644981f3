"""Rows of tables with codes of the official classification: the code says what a row is, whatever its name.

类  | 款 | 项 | 科目名称     | 合计          204 04 06 -> 2040604      2080501 | 行政单位离退休 -> 2080501
204 | 06 | 04 | 基层司法业务 | 1,200
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.facts.grid import Grid, Row, is_blank, is_number

_CODE = re.compile(r"\d{1,7}")  # 2 for 02, where a spreadsheet took it for a number
_PARTS = ("类", "款", "项")
_CODED = re.compile(r"编码|代码|科目码")
_LENGTHS = (3, 5, 7)


def code_columns(grid: Grid) -> tuple[int, ...]:
    """The columns that hold codes or parts of codes, by their heads and by what stands in them."""
    found: list[int] = []
    for index, parts in enumerate(grid.levels):
        headed = bool(parts) and (parts[-1] in _PARTS or any(map(_CODED.search, parts)))
        if not headed:
            continue
        cells = [row.cells[index] for row in grid.body if not is_blank(row.cells[index])]
        numbers = [cell for cell in cells if is_number(cell)]  # 合计 may stand there, and heads of a next, empty table
        if any(len(cell) > 1 for cell in numbers) and all(map(_CODE.fullmatch, numbers)):
            found.append(index)
    return tuple(found)


def code_of(row: Row, columns: Sequence[int]) -> str:
    """The code of a row from its columns: 204|06|04, or 2040604 whole; "" if it has none."""
    code = ""
    for index in columns:
        cell = row.cells[index]
        if is_blank(cell):
            continue
        if not _CODE.fullmatch(cell):
            return ""
        cell = cell.zfill(2)
        code = cell if len(cell) > 3 and cell.startswith(code) else code + cell
    return code if len(code) in _LENGTHS else ""
