"""Facts of tables: each figure cell with the item (or place) of its row, the measure and year of its column.

    2025年全市一般公共预算收入执行情况表   单位：万元
    项目   | 预算数 | 执行数 | 为预算%        -> 增值税: budget 362300万元, actual 274175万元, completion 75.7 %
    增值税 | 362300 | 274175 | 75.7

Unit, year, scope and account may stand in the caption, in the heads, in the lines before the table or in its section;
what only the rest of the document fixes is flagged ``unit_missing``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from index.facts.captions import Captions
from index.facts.columns import LABEL, THIS_MONTH, Column, column
from index.facts.context import Frames
from index.facts.forms import FormRows, is_form
from index.facts.grid import Grid, Row, grid_of, is_blank, is_number, rows_of, with_years_named
from index.facts.holders import Holders
from index.facts.lost import lost_in_heads, lost_in_row
from index.facts.row_codes import code_columns
from index.facts.table_columns import graded
from index.facts.table_rows import TableRows
from index.facts.target_rows import TargetRows, target_heads
from index.find.cells import figure_in, is_unread
from index.models import Fact, Missed, Section, Sentence, Subject
from index.outline import PlacedTable

_FORMULA = re.compile(r"^[A-Z]\d?(?:[=+\-][A-Z\d=+\-]*)?$")
_OF_RATE = re.compile(r"[%％率幅速]|百分")
_OF_AMOUNT = re.compile("[额量数]|金额|绝对|元")
_ROUNDED = Decimal("0.11")
_FEW_ROWS = 3
_LEADERS = re.compile(r"[.．…·]{6,}")
_MAX_HEADER = 300
# The widest tables of reports have some dozens.  Each fact is handed on with its row: with ten thousand columns one row
# would be handed on ten thousand times.
MOST_COLUMNS = 500


class Tables:
    """Reads tables in order; rows become sentences behind those of the text.  ``placed`` are all that will come."""

    def __init__(
        self,
        about: Subject,
        sections: Sequence[Section],
        sentences: list[Sentence],
        frames: Frames,
        placed: Sequence[PlacedTable] = (),
    ) -> None:
        self._about, self._sections, self._sentences, self._frames = about, sections, sentences, frames
        self._captions = Captions(about, sentences, placed)
        self._holders = Holders(about)
        self._target = ""  # the project that the last list of targets ended with
        self.facts: list[Fact] = []
        self.missed: list[Missed] = []
        self.warnings: list[str] = []
        self.unplaced: list[str] = []

    def read(self, placed: PlacedTable) -> None:
        """Collect the facts of one table."""
        wide = max(map(len, placed.table.rows), default=0)
        if wide > MOST_COLUMNS:
            self.unplaced += lost_in_heads(placed.table, 0)
            self.warnings.append(f"有一个表格有 {wide} 列，多于 {MOST_COLUMNS} 列，不像报告里的表，未读")
            return
        every = with_years_named(rows_of(placed.table))
        grid = grid_of(placed.table, every)
        if is_form(every):
            self._read_form(placed, grid, every)
            return
        if heads := target_heads(every):
            self._read_targets(placed, grid, every, heads)
            return
        codes = code_columns(grid)
        columns = _columns(grid, codes)
        section = self._sections[placed.section] if placed.section is not None else None
        title = section.title if section else ""
        around = self._captions.read(placed, grid, self._frames.of(placed.section), title)
        rows = TableRows(self._about, self._holders, around, title, columns, grid.body,
                         codes)  # fmt: skip
        header = f"{around.header}｜{'｜'.join(c.head for c in columns)}"[:_MAX_HEADER]
        for row in grid.body:
            text = "\t".join(cell.strip("\n") for cell in row.printed)
            sentence = Sentence(len(self._sentences), placed.section, placed.table.page, "row", text, header)
            self._sentences.append(sentence)
            if any(_LEADERS.search(cell) for cell in row.cells):
                continue  # a line of the contents: its figures are pages
            facts, missed = rows.read(row, sentence)
            taken = [(fact.start, fact.end) for fact in facts] + [(one.start, one.end) for one in missed]
            self.facts += facts
            self.missed += [*missed, *lost_in_row(row, columns, sentence, taken)]
        self.unplaced += lost_in_heads(placed.table, len(grid.body))
        if not around.unit_known and any(c.role == "figure" for c in columns) and grid.body:
            guess = f"按{around.unit}理解" if around.unit else "单位不明"
            self.warnings.append(f"表格“{around.header[:30]}”没有写单位，{guess}")

    def _read_targets(self, placed: PlacedTable, grid: Grid, every: Sequence[Row], heads: Sequence[str]) -> None:
        """Collect the facts of a list of targets; one that goes on from the page before goes on with its project."""
        around = self._captions.read(placed, grid, self._frames.of(placed.section))
        reader = TargetRows(self._about, around, heads, self._target)
        self._read_rows(placed, reader, every)
        self._target = reader.project

    def _read_form(self, placed: PlacedTable, grid: Grid, every: Sequence[Row]) -> None:
        """Collect the facts of a table whose names stand beside their figures."""
        around = self._captions.read(placed, grid, self._frames.of(placed.section))
        self._read_rows(placed, FormRows(self._about, around), every)

    def _read_rows(self, placed: PlacedTable, reader: FormRows | TargetRows, rows: Sequence[Row]) -> None:
        columns = [Column(i, "", "label", "", None, 0, None, "") for i in range(len(rows[0].cells) if rows else 0)]
        for row in rows:
            text = "\t".join(cell.strip("\n") for cell in row.printed)
            sentence = Sentence(len(self._sentences), placed.section, placed.table.page, "row", text)
            facts = reader.read(row, sentence)
            sentence = replace(sentence, header=reader.header)
            self._sentences.append(sentence)
            self.facts += facts
            self.missed += lost_in_row(row, columns, sentence, [(fact.start, fact.end) for fact in facts])


def _is_difference(at: Column, columns: Sequence[Column], grid: Grid) -> bool:
    """Is 增减变化, which may be money or percent, the difference of the two amounts left of it?"""
    if at.measure != "yoy_pct" or at.unit or _OF_RATE.search(at.head):
        return False
    left = [c.index for c in columns[: at.index] if c.role == "figure" and c.measure not in ("yoy_pct", "completion")][
        -2:
    ]
    rows = [row.cells for row in grid.body if all(is_number(row.cells[i]) for i in (*left, at.index))]
    told = [
        cells for cells in rows if len(left) == 2 and not any(cells[i].endswith(("%", "*")) for i in (*left, at.index))
    ]
    same = sum(_differ(cells[left[0]], cells[left[1]], cells[at.index]) for cells in told)
    return len(told) > 1 and same * 3 >= len(told) * 2


def _is_of_counts(cells: Sequence[str]) -> bool:
    """1420间, 16处, 5个: is a column without numbers one of counts, each with its unit?"""
    counts = [figure for cell in cells if (figure := figure_in(cell)) is not None and figure.kind == "count"]
    return len(cells) > 1 and len(counts) * 3 >= len(cells) * 2


def _is_growth(at: Column, columns: Sequence[Column], grid: Grid) -> bool:
    """Is 增减 the growth in percent between the two amounts left of it, though its head does not say so?"""
    if at.measure != "yoy_amount" or at.unit or _OF_AMOUNT.search(at.head):
        return False
    left = [c.index for c in columns[: at.index] if c.role == "figure" and c.measure in ("actual", "figure")][-2:]
    rows = [row.cells for row in grid.body if all(is_number(row.cells[i]) for i in (*left, at.index))]
    told = [
        [Decimal(cells[i]) for i in (*left, at.index)]
        for cells in rows
        if not any("*" in cells[i] or "%" in cells[i] for i in (*left, at.index))
    ]
    if len(left) != 2 or len(told) < 2:
        return False
    same = sum(bool(before) and abs((now / before - 1) * 100 - change) <= _ROUNDED for now, before, change in told)
    return same * 3 >= len(told) * 2


def _is_of_fractions(at: Column, columns: Sequence[Column], grid: Grid) -> bool:
    """Is 比上年增减 a growth in percent: every figure a fraction, beside amounts that are all whole numbers?"""
    if at.measure != "yoy_amount" or at.unit or _OF_AMOUNT.search(at.head):
        return False
    beside = [c.index for c in columns if c.role == "figure" and c.measure in ("actual", "figure", "budget")]
    rows = [row.cells for row in grid.body if is_number(row.cells[at.index]) and "%" not in row.cells[at.index]]
    amounts = [cells[i] for cells in rows for i in beside if is_number(cells[i])]
    return len(rows) >= _FEW_ROWS and len(amounts) >= len(rows) and not any("." in cell for cell in amounts) and all(
        "." in cells[at.index] for cells in rows
    )  # fmt: skip


def _differ(first: str, second: str, change: str) -> bool:
    """Is the change one figure less the other, but for rounding?"""
    difference = abs(Decimal(second) - Decimal(first))
    return abs(difference - abs(Decimal(change))) <= Decimal(1).scaleb(-len(change.partition(".")[2])) * 2


def _columns(grid: Grid, codes: Sequence[int]) -> list[Column]:
    columns = []
    for index, (head, parts) in enumerate(zip(grid.heads, grid.levels, strict=True)):
        cells = [row.cells[index] for row in grid.body if not is_blank(row.cells[index])]
        if cells and all(_FORMULA.match(cell) for cell in cells):
            columns.append(Column(index, head, "skip", "", None, 0, None, ""))
            continue
        numbers = sum(is_number(cell) or is_unread(cell) for cell in cells)
        blank = 0.0 if index == 0 or LABEL.search(head) else 1.0  # 科目名称 above 合计, which stands among the codes
        read = column(index, head, numbers / len(cells) if cells else blank, parts)
        if read.role == "label" and columns and _is_of_counts(cells):
            read = replace(read, role="figure", measure="figure", besides="")  # 建设内容 | 120辆
        columns.append(replace(read, role="skip") if index in codes else read)
    columns = graded(columns)
    columns = [replace(c, measure="yoy_amount") if _is_difference(c, columns, grid) else c for c in columns]
    columns = [
        replace(c, measure="yoy_pct", unit="%")
        if _is_growth(c, columns, grid) or _is_of_fractions(c, columns, grid)
        else c
        for c in columns
    ]
    months = {c.months[1] for c in columns if c.months}
    if len(months) == 1:  # 本月完成数 beside 12月份累计完成: December alone
        month = months.pop()
        columns = [replace(c, months=(month, month)) if THIS_MONTH.search(c.head) else c for c in columns]
    return columns
