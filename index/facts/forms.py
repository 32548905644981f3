"""Forms on one project each (项目支出绩效目标表): names and figures side by side, without heads over columns.

    项目名称         | 古桥修缮经费              古桥修缮经费: budget 306.00万元
    主管部门         | 某市文物局                 古桥修缮经费（财政拨款）: budget 300.00万元, part of it
    项目资金（万元） | 资金总额     | 306.00     古桥修缮经费（修缮桥梁数量）: count 5座
                     | 财政拨款     | 300.00
    产出指标         | 修缮桥梁数量 | ≥5座

A form for what was done has heads over its money: 年初预算数 | 全年预算数 | 全年执行数.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Final, cast

from index.facts.captions import Caption
from index.facts.columns import column, unit_in
from index.facts.grid import Row, is_blank
from index.facts.row_names import bare_name
from index.facts.table_cells import offsets_of
from index.find.amounts import COUNT_SCALES, MONEY_UNITS, find_amounts
from index.find.cells import figure_in, printed_span
from index.lexicon import toml
from index.models import Fact, Measure, Period, Sentence, Subject, ValueKind

_WORDS: Final = re.compile(r"[\u4e00-\u9fff]")
_YEAR: Final = re.compile(r"(20\d\d)年度?")
_DATED: Final = re.compile(r"(?:19|20)\d\d[-./年]\d{1,2}[-./月]?(?:\d{1,2}日?)?")
_TARGET: Final = re.compile(
    r"(?P<sign>[≥≤><=＝]|大于等于|小于等于|不低于|不少于|不超过|大于|小于)?(?P<number>\d+(?:\.\d+)?)（?(?P<unit>[^\d（）]{0,6})）?"
)
_BRACKETED_UNIT: Final = re.compile(r"（(?:单位[：:])?(?:人民币)?(?:亿元|万元|千元|元)）")
_MONEY_STAGES: Final = ("budget", "adjusted_budget", "actual")
_SEARCHED: Final = 2  # rows below the name in which a form has another of its lines
_LONGEST: Final = 60
_MAX_HEADER: Final = 300


def is_form(rows: Sequence[Row]) -> bool:
    """Is a table a form (or several, one below another), and no list of projects?"""
    names = _words("name")
    named = (at for at, row in enumerate(rows) if not names.isdisjoint(row.cells) and _name_in(row))
    return any(_goes_on(rows[at + 1 : at + 1 + _SEARCHED]) for at in named)


def _goes_on(rows: Sequence[Row]) -> bool:
    return any(_words("below").intersection(row.cells) for row in rows)


def _name_in(row: Row) -> str:
    """The project that a row names: 项目名称 | | 古桥修缮经费 | | 项目性质; "" if it names none."""
    filled = [cell for cell in row.cells if cell]
    return next((value for label, value in pairwise(filled) if label in _words("name")), "")


@dataclass(frozen=True, slots=True)
class _Cell:
    """A figure of a form: where it stands in its cell, and what it is."""

    index: int
    start: int
    end: int
    kind: ValueKind
    measure: Measure
    unit: str
    number: Decimal
    name: str
    flags: tuple[str, ...] = ()


class FormRows:
    """Reads the rows of a form in order."""

    def __init__(self, about: Subject, around: Caption) -> None:
        self._about, self._around = about, around
        self.project, self._unit = "", ""
        self._heads: dict[int, Measure] = {}
        self._targets = False
        stated = _YEAR.search(around.header)
        self._year = int(stated[1]) if stated else around.year

    @property
    def header(self) -> str:
        """The line that names the rows: of which form, of which project."""
        named = f"项目名称：{self.project}" if self.project else ""
        return "｜".join(filter(None, (self._around.called or self._around.header, named)))[:_MAX_HEADER]

    def read(self, row: Row, sentence: Sentence) -> list[Fact]:
        """The facts of one row."""
        if name := _name_in(row):
            self.project, self._heads, self._unit, self._targets = name, {}, "", False
        if not self.project:
            return []
        if row.cells[0]:
            self._unit = unit_in(row.cells[0]) or (self._unit if not self._targets else "")
        self._targets = self._targets or bool(_words("target").intersection(map(_unbracketed, row.cells)))
        if heads := self._heads_in(row):
            self._heads = heads
            return []
        return [self._fact(cell, row, sentence) for cell in self._cells(row)]

    def _heads_in(self, row: Row) -> dict[int, Measure]:
        """The stages a row without figures puts over the columns below it."""
        found: dict[int, Measure] = {}
        for index, cell in enumerate(row.cells):
            if cell and (figure_in(cell) is not None or _DATED.fullmatch(cell)):
                return {}
            read = column(index, cell, 1.0) if cell else None
            if read is not None and read.measure in (*_MONEY_STAGES, "completion"):
                found[index] = cast(Measure, read.measure)
        return found if len(found) > 1 else {}

    def _cells(self, row: Row) -> list[_Cell]:
        cells: list[_Cell] = []
        name = ""
        for index, cell in enumerate(row.cells):
            if is_blank(cell) or _DATED.fullmatch(cell):
                continue
            figure = self._target(index, cell, name) if self._targets else self._money(index, cell, name)
            if figure is not None:
                cells.append(figure)
            elif _WORDS.search(cell):
                name = _named(cell)
        return cells

    def _money(self, index: int, cell: str, name: str) -> _Cell | None:
        figure = figure_in(cell)
        if figure is None or figure.number is None or not name:
            return None
        measure = self._heads.get(index) if self._heads else self._stage()
        if measure is None:
            return None
        if figure.kind == "percent" or measure == "completion":
            return _Cell(index, figure.start, figure.end, "percent", "completion", "%", figure.number, name)
        unit = figure.unit or self._unit or (self._around.unit if self._around.unit_known else "")
        if unit not in MONEY_UNITS:
            return None
        number = figure.number if figure.unit else figure.number * MONEY_UNITS[unit]
        return _Cell(index, figure.start, figure.end, "money", measure, unit, number, name)

    def _target(self, index: int, cell: str, name: str) -> _Cell | None:
        match = _TARGET.fullmatch(cell)
        unit = match["unit"] if match is not None else ""
        if match is None or not unit or not name:
            return self._in_words(index, cell, name)
        number = Decimal(match["number"]) * MONEY_UNITS.get(unit, COUNT_SCALES.get(unit[:1], Decimal(1)))
        kind: ValueKind = "percent" if unit == "%" else "money" if unit in MONEY_UNITS else "count"
        measure: Measure = "rate" if kind == "percent" else self._stage() if kind == "money" else "count"
        flags = ("rough",) if match["sign"] and match["sign"] not in "=＝" else ()
        return _Cell(index, match.start("number"), match.end("number"), kind, measure, unit, number, name, flags)

    def _in_words(self, index: int, cell: str, name: str) -> _Cell | None:
        """满意率不低于80%: a target told in words, if it is one figure."""
        found = find_amounts(cell) if name else []
        if len(found) != 1 or found[0].bare or found[0].number is None or found[0].kind not in ("percent", "count"):
            return None
        one = found[0]
        measure: Measure = "rate" if one.kind == "percent" else "count"
        flags = ("rough",) if one.rough else ()
        return _Cell(index, one.start, one.end, one.kind, measure, one.unit, one.number or Decimal(0), name, flags)

    def _stage(self) -> Measure:
        return "budget" if self._about.plan_year is not None and self._year >= self._about.plan_year else "amount"

    def _fact(self, cell: _Cell, row: Row, sentence: Sentence) -> Fact:
        printed = row.printed[cell.index].strip("\n")
        first, last = printed_span(printed, row.cells[cell.index], cell.start, cell.end)
        start = offsets_of(row)[cell.index] + first
        whole = cell.name == self._whole_of(row)
        item = self.project if whole else f"{self.project}（{cell.name}）"
        region = self._around.region or self._about.region
        return Fact(
            region.code if region else "", "", "", Period.year(self._year), "", "", item[:_LONGEST], "",
            "" if whole else self.project, f"{self.project} {cell.name}", cell.measure, cell.kind,
            printed[first:last], cell.unit, cell.number, sentence.index, start, start + last - first, "form",
            cell.flags,
        )  # fmt: skip

    def _whole_of(self, row: Row) -> str:
        """The name in a row of what the project has in all: of several that of the year."""
        here = {_named(cell) for cell in row.cells}
        return next((name for name in toml("forms.toml")["form"]["whole"] if name in here), "")


def _named(cell: str) -> str:
    """其中：当年财政拨款 -> 当年财政拨款; "" for a cell that names no figure."""
    name = _unbracketed(bare_name(cell))
    return "" if name in _words("no_name") else name


def _unbracketed(cell: str) -> str:
    return _BRACKETED_UNIT.sub("", cell).replace("（/项目）", "").strip("：: ")


@cache
def _words(group: str) -> frozenset[str]:
    return frozenset(toml("forms.toml")["form"][group])
