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
from functools import lru_cache
from typing import cast

from index.facts.captions import Caption, Captions
from index.facts.columns import Column, column
from index.facts.context import Frames, Topic, sum_of, total_of
from index.facts.grid import Grid, Row, grid_of, is_blank, is_number
from index.facts.walk import is_own_level
from index.find.amounts import MONEY_UNITS
from index.find.gazetteer import children, short_name
from index.find.gazetteer import region as region_by_code
from index.find.places import find_places
from index.find.terms import choose, exact_items
from index.find.zones import find_zones
from index.lexicon import Item, cues
from index.models import (
    Fact,
    Flow,
    Measure,
    Missed,
    Period,
    Region,
    Section,
    Sentence,
    Subject,
    Table,
    ValueKind,
)
from index.outline import PlacedTable

_NUMBERING = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十\d]{1,3}）|\d{1,2}[.、](?!\d)|[①-⑳]|[-—*·]+)"
)
_PART = re.compile(r"^(?:其中|其中项|#)[：:]?")
_TOTAL = re.compile(
    r"^(?:本年|全年|预算|当年|一般公共预算|政府性基金(?:预算)?|国有资本经营(?:预算)?|社会保险基金(?:预算)?)?(?P<flow>收入|支出)?(?:合计|总计|总额|小计)$|^(?:合计|总计)$"
)
_MONEY_TABLE = re.compile(r"收入|支出|预算|决算|债务|债券|资金|财政|税|转移支付|余额|限额|经费|基金")
_FORMULA = re.compile(r"^[A-Z]\d?(?:[=+\-][A-Z\d=+\-]*)?$")
_LEVEL = re.compile(r"[省市县区州旗盟]?[本市省区县州]级$|全[省市县区州旗]$")
_BLANKS = re.compile(r"\s")
_COUNTED = re.compile(r"户数|人数|个数|数量|人次|面积|里程")
_DATE = re.compile(r"^(?:20\d\d年(?:末|底|初)?)?(?:地方政府(?=[一专新债再]))?")
_THIS_MONTH = re.compile(r"本月|当月")
_FLOWS: dict[str, Flow] = {"收入": "revenue", "支出": "expenditure"}
_MAX_HEADER = 300


class Tables:
    """Reads tables in order; rows become sentences behind those of the text."""

    def __init__(self, about: Subject, sections: Sequence[Section], sentences: list[Sentence]) -> None:
        self._about, self._sections, self._sentences = about, sections, sentences
        self._frames = Frames(sections, about)
        self._captions = Captions(about, sentences)
        self._columns_of: dict[int, Region] = {}  # columns headed by places
        self._places: dict[str, Region | None] = {}  # rows and heads by name
        self._title = ""  # of the section
        self.facts: list[Fact] = []
        self.missed: list[Missed] = []
        self.warnings: list[str] = []

    def read(self, placed: PlacedTable) -> None:
        """Collect the facts of one table."""
        grid = grid_of(placed.table)
        columns = _columns(grid)
        self._columns_of = {
            c.index: r for c in columns if c.role == "figure" and (r := self._place(c.head)) is not None
        }
        section = self._sections[placed.section] if placed.section is not None else None
        self._title = section.title if section is not None else ""
        around = self._captions.read(placed, grid, self._frames.of(placed.section))
        labels = [c for c in columns if c.role == "label"]
        whole: Topic | None = None
        for row in grid.body:
            whole = self._row(placed.table, placed.section, row, columns, labels, around, whole)
        if not around.unit_known and any(c.role == "figure" for c in columns) and grid.body:
            taken = f"按{around.unit}理解" if around.unit else "单位不明"
            self.warnings.append(f"表格“{around.header[:30]}”没有写单位，{taken}")

    # ------------------------------------------------------------------------------------------ a row

    def _row(
        self, table: Table, section: int | None, row: Row, columns: Sequence[Column], labels: Sequence[Column],
        around: Caption, whole: Topic | None,
    ) -> Topic | None:  # fmt: skip
        text, offsets = _row_text(row)
        sentence = Sentence(len(self._sentences), section, table.page, "row", text, _header(around, columns))
        self._sentences.append(sentence)
        for position, label in enumerate(labels):
            last = labels[position + 1].index if position + 1 < len(labels) else len(row.cells)
            name = row.cells[label.index] or _stray_label(row, figures_from=label.index)
            figures = [c for c in columns if label.index < c.index < last and c.role == "figure"]
            if position == 0:
                figures = [c for c in columns if c.role == "figure" and c.index < last]
            if not name or is_number(name):
                self._miss(sentence, row, figures, offsets)
                continue
            part = bool(_PART.match(name))
            topic, region = self._subject(name, around, label)
            for each in figures:
                named = _of_column(topic, region, each, around)
                self._cell(sentence, row, each, offsets, named, region, around, whole.name if part and whole else "")
            whole = whole if part else topic
        if not labels:
            self._miss(sentence, row, [c for c in columns if c.role == "figure"], offsets)
        return whole

    def _subject(self, name: str, around: Caption, label: Column) -> tuple[Topic, Region | None]:
        """The item of a row, or the place whose figure of the table's item it is."""
        bare = _NUMBERING.sub("", _PART.sub("", _NUMBERING.sub("", name))).strip("：: ")
        region = self._place(bare)
        if region is not None:
            return (around.topic or Topic("")), region
        flow: Flow = "revenue" if "收入" in label.head else "expenditure" if "支出" in label.head else around.flow
        if match := _TOTAL.match(bare):
            flow = _FLOWS.get(match["flow"] or "", flow)
            grand = "总计" in bare
            total = sum_of(around.account, flow) if grand else total_of(around.account, flow)
            if total is not None:
                return total, None
            return (around.topic or Topic(bare)), None
        fitting = _items_called(_undated(bare), flow, around.account)
        if (
            fitting
            and "转移支付" in around.header + self._title
            and fitting[0].flow == "expenditure"
            and "转移支付" not in bare
        ):
            return Topic(f"{bare}（转移支付）", account=around.account, flow=flow), None  # by field, no expenditure
        if fitting:
            return Topic.of(choose(fitting, around.account, flow)), None
        return Topic(bare[:60] or name[:60], account=around.account, flow=flow), None

    def _place(self, name: str) -> Region | None:
        """The place a row or column is called after; tables say the same names again and again."""
        if name not in self._places:
            self._places[name] = self._place_called(name)
        return self._places[name]

    def _place_called(self, name: str) -> Region | None:
        own = self._about.region
        scope_free = name.replace(" ", "")
        for called in (own.name, short_name(own.code)) if own is not None and own.level != "zone" else ():
            if scope_free.startswith(called) and scope_free.removeprefix(called) in cues("scope", "own"):
                return own  # 迪庆州|本级
        # the table of a county lists its neighbours
        parent = region_by_code(own.parent) if own is not None and own.level == "county" else own
        parent = parent or own
        if scope_free in (*cues("scope", "own"), *cues("scope", "whole")):
            return parent if own is not None and not is_own_level(scope_free, own) else own
        if parent and (child := _children_by_name(parent.code).get(scope_free)):
            return child
        for match in find_places(scope_free, parent.code if parent else None):
            if match.start == 0 and match.end == len(scope_free) and len(match.regions) == 1:
                return match.regions[0]
        zones = find_zones(scope_free, parent) if parent else []
        if len(zones) == 1 and zones[0].start == 0 and zones[0].end == len(scope_free):
            return zones[0].regions[0]
        return None

    # ------------------------------------------------------------------------------------------ a cell

    def _cell(
        self, sentence: Sentence, row: Row, at: Column, offsets: Sequence[int], topic: Topic, region: Region | None,
        around: Caption, parent: str,
    ) -> None:  # fmt: skip
        cell = row.cells[at.index]
        if not is_number(cell):
            return
        region = self._columns_of.get(at.index, region)
        own_row = _level_named(row.cells[0])
        year = at.year or self._year(at, around) + at.offset
        first, last = at.months or (1, 12)
        measure, kind, unit, flags = self._reading(at, cell, topic, around, year)
        value = row.printed[at.index].strip().rstrip("%％").strip()
        start = offsets[at.index] + row.printed[at.index].index(value)
        number = None if "*" in cell else Decimal(cell.rstrip("%"))
        if number is not None and kind == "money":
            number *= MONEY_UNITS.get(unit, Decimal(1))
        scope, words = around.scope, around.scope_words
        if own_row in cues("scope", "own"):
            scope, words = "own", own_row
        elif own_row in cues("scope", "whole"):
            scope, words = "whole", own_row
        elif region is not None and self._about.region is not None and region.code != self._about.region.code:
            scope, words = ("whole", "") if region.level in ("county", "prefecture") else ("", "")
        owner = region or self._about.region
        code = owner.code if owner else ""
        self.facts.append(
            Fact(
                code, scope, words, Period(year, year, first, last), topic.account or around.account, topic.flow,
                topic.name, topic.key, parent, f"{around.header} {at.head}".strip()[:120], cast(Measure, measure),
                cast(ValueKind, kind), value, unit, number, sentence.index, start, start + len(value), "table", flags,
            )
        )  # fmt: skip

    def _year(self, at: Column, around: Caption) -> int:
        if around.plan_year is not None and at.measure == "budget":
            return around.plan_year
        return around.year

    def _reading(
        self, at: Column, cell: str, topic: Topic, around: Caption, year: int
    ) -> tuple[str, str, str, tuple[str, ...]]:
        """Measure, kind, unit and flags of a cell."""
        measure = at.measure
        if cell.endswith("%") and measure not in ("completion", "yoy_pct", "share", "rate"):
            return "rate", "percent", "%", ()
        if measure in ("completion", "yoy_pct", "share", "rate") or (at.unit == "%" and measure != "rank"):
            return measure if measure in ("completion", "yoy_pct", "share") else "rate", "percent", "%", ()
        if measure == "rank":
            return "rank", "rank", "", ()
        if _COUNTED.search(at.head):
            return "count", "count", "", ()
        if not measure and at.index in self._columns_of:
            measure = "figure"
        if not measure or measure == "figure":
            planned = self._about.plan_year is not None and year >= self._about.plan_year
            known = bool(topic.key) and measure == "figure"
            measure = (
                (topic.item.measure if topic.item and topic.item.measure else "budget" if planned else "actual")
                if known
                else "amount"
            )
        unit = at.unit or around.unit
        named = topic.key or _MONEY_TABLE.search(around.header + at.head)
        if not (named or at.unit or around.unit_known):
            return "count", "count", "", ()
        return measure, "money", unit, (() if at.unit or around.unit_known else ("unit_missing",))

    def _miss(self, sentence: Sentence, row: Row, figures: Sequence[Column], offsets: Sequence[int]) -> None:
        for each in figures:
            if is_number(row.cells[each.index]):
                start = offsets[each.index]
                self.missed.append(Missed(sentence.index, start, start + len(row.printed[each.index])))


@lru_cache(maxsize=256)
def _level_named(cell: str) -> str:
    """The level a row is called after (市本级, 全县), or ""."""
    level = _LEVEL.search(_BLANKS.sub("", cell))
    return level[0] if level else ""


@lru_cache(maxsize=64)
def _children_by_name(code: str) -> dict[str, Region]:
    """The divisions under a code by name and short name; of namesakes the first."""
    named: dict[str, Region] = {}
    for child in children(code):
        named.setdefault(child.name, child)
        named.setdefault(short_name(child.code), child)
    return named


def _undated(name: str) -> str:
    """2025年末地方政府一般债务余额限额 is called 一般债务限额 elsewhere."""
    name = _DATE.sub("", name)
    return name.removesuffix("余额限额") + "限额" if name.endswith("余额限额") else name


def _stray_label(row: Row, figures_from: int) -> str:
    """合 计 in the column of serial numbers: the row's name stands one cell too far left."""
    words = [cell for cell in row.cells[:figures_from] if cell and not is_number(cell)]
    return words[-1] if words else ""


def _of_column(topic: Topic, region: Region | None, at: Column, around: Caption) -> Topic:
    """The item of a cell: the row's, the column's over a row that is a place, or both: 一般债务 | 限额."""
    if at.items and (region is not None or not topic.name):
        return Topic.of(choose(at.items, around.account))
    word = {"limit": "限额", "outstanding": "余额"}.get(at.measure) or (at.head if at.head in _FLOWS else "")
    if word and word not in topic.name and (exact := exact_items(topic.name + word)):
        return Topic.of(choose(exact, around.account))
    return topic


@lru_cache(maxsize=4096)
def _items_called(name: str, flow: str, account: str) -> tuple[Item, ...]:
    """The items a row names, also short as tables do it: 教育 in an expenditure table is 教育支出."""
    suffix = {"revenue": "收入", "expenditure": "支出"}.get(flow, "")
    for word in (name, name + suffix):
        found = [item for item in exact_items(word) if word in item.words]
        fitting = tuple(item for item in found if not account or item.account in (account, "", "debt", "other"))
        if fitting:
            return fitting
    return ()


def _columns(grid: Grid) -> list[Column]:
    columns = []
    for index, head in enumerate(grid.heads):
        cells = [row.cells[index] for row in grid.body if not is_blank(row.cells[index])]
        if cells and all(_FORMULA.match(cell) for cell in cells):
            columns.append(Column(index, head, "skip", "", None, 0, None, ""))
            continue
        numbers = sum(map(is_number, cells))
        columns.append(column(index, head, numbers / len(cells) if cells else (0.0 if index == 0 else 1.0)))
    months = {c.months[1] for c in columns if c.months}
    if len(months) == 1:  # 本月完成数 beside 12月份累计完成: December alone
        month = months.pop()
        columns = [replace(c, months=(month, month)) if _THIS_MONTH.search(c.head) else c for c in columns]
    return columns


def _row_text(row: Row) -> tuple[str, list[int]]:
    """The row as one text (cells parted by tabs), and where each cell begins in it."""
    offsets: list[int] = []
    parts: list[str] = []
    at = 0
    for cell in row.printed:
        shown = cell.strip("\n")
        offsets.append(at)
        parts.append(shown)
        at += len(shown) + 1
    return "\t".join(parts), offsets


def _header(around: Caption, columns: Sequence[Column]) -> str:
    return (f"{around.header}｜" + "｜".join(c.head for c in columns))[:_MAX_HEADER]
