"""The rows of one table -> facts: each figure with the item and holder that its row and its column give it.

地区   | 新增专项债券          文登区: 新增专项债券 375700
文登区 | 375700
项目           | 全市 | 市本级    一般债务余额 of 2024: whole 3118936, own 543004
其中：一般债务 | 3118936 | 543004
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import cast

from index.facts.captions import Caption
from index.facts.columns import Column, unit_in
from index.facts.context import Topic, sum_of
from index.facts.grid import Row, is_blank, is_number
from index.facts.holders import Holder, Holders, level_named
from index.facts.row_codes import code_of
from index.facts.row_items import (
    debt_act,
    doubled,
    is_of_any_fund,
    is_total,
    is_transfer_sum,
    of_column,
    of_group,
    on_transfers,
    stray_name,
    synonyms,
    topic_of,
    transfer_total,
)
from index.facts.row_levels import Levels
from index.facts.row_names import RowName, RowNames, bare_name
from index.facts.table_cells import amount_in, missed_in, offsets_of, reading, within
from index.facts.table_columns import (
    Run,
    codes_of,
    covered,
    holders_of,
    is_common,
    of_one_base,
    runs,
    sided,
    units_column,
)
from index.find.bodies import body_named
from index.find.cells import CellFigure, figure_in, in_units, is_error, printed_span
from index.find.gazetteer import zone
from index.find.subjects import coded
from index.find.terms import choose
from index.models import Fact, Measure, Missed, Period, Qualifier, Region, Scope, Sentence, Subject, ValueKind

_DAY = re.compile(r"^(?:20\d\d[-./年])?\d{1,2}[-./月 ]\d{1,2}日?$")
_ZONE = re.compile(r"^[\u4e00-\u9fff]{1,8}(?:区|园|新城)$")
_PLACES_HEAD = re.compile(r"地区|区划|[县区市][县区市]|县（|县（市、区）")
_TOWNS_HEAD = re.compile(r"[乡镇]镇?|镇街|街道")
_TOWN = re.compile(r"[\u4e00-\u9fff]{2,8}(?:镇|乡|街道)(?:办事处|人民政府)?")
_GROUP_CODE = 5  # digits of a 款
_NEAR = 12  # rows from a 款 to the 项 of its name
_SUMMED = ("total-gp-rev", "total-gp-exp", "total-gf-rev", "total-gf-exp")
_RELATIVE = ("completion", "yoy_pct", "share", "rate", "rank")
_SIDES = {"revenue": "收入", "expenditure": "支出"}
_FEW = 2  # places that make a table one of places


@dataclass(frozen=True, slots=True)
class _Named:
    """What a row is about.  ``place`` says that its name is the holder's, not an item's."""

    topic: Topic
    name: RowName
    holder: Holder | None
    parent: str
    place: bool = False
    total: bool = False
    coded: bool = False


class TableRows:
    """Reads the rows of one table in order; ``title`` is that of its section."""

    def __init__(
        self,
        about: Subject,
        holders: Holders,
        around: Caption,
        title: str,
        columns: Sequence[Column],
        body: Sequence[Row],
        codes: Sequence[int] = (),
    ) -> None:
        self._about, self._holders, self._around, self._title = about, holders, around, title
        self._units = units_column(columns, body)
        columns = [replace(c, role="skip") if c is self._units else c for c in columns]
        self._by_column = holders_of(columns, holders)
        self._columns = [
            replace(c, besides="") if c.index in self._by_column else c for c in of_one_base(sided(columns))
        ]
        self._runs = tuple(runs(self._columns))
        self._common = {at.index for run in self._runs for at in run.figures if is_common(at, run)}
        self._codes = [codes_of(run, position, self._runs, codes) for position, run in enumerate(self._runs)]
        on_debt = "债" in around.header + title
        self._names = [RowNames(on_debt) for _ in self._runs]
        self._whole: list[Topic | None] = [None for _ in self._runs]
        self._last: list[_Named | None] = [None for _ in self._runs]
        self._covers = {c.index: covered(c, body) for run in self._runs for c in run.labels if c is not run.main}
        self._at = -1  # the row
        self._groups: dict[str, tuple[int, list[Decimal | None]]] = {}  # where a 款 stands, and its figures
        called = [holders.called(bare_name(row.cells[run.main.index])) for run in self._runs[:1] for row in body]
        self._places = sum(map(holders.is_child, called))
        self._levels = any(holder is not None and holder.scope == "own" for holder in called)
        names = [[bare_name(row.cells[run.main.index]) for row in body] for run in self._runs]
        self._doubled = [doubled(some, run.main, around) for some, run in zip(names, self._runs, strict=True)]
        self._synonyms = [synonyms(some, run.main, around) for some, run in zip(names, self._runs, strict=True)]
        given = on_transfers(around.header)
        self._levels_of = [Levels(() if given else some, around.account) for some in names]
        below = sum(map(holders.is_child, self._by_column.values()))
        self._transfers = max(below, self._places) >= _FEW and on_transfers(around.header)
        self._besides = sum(bool(c.besides) for c in self._columns)
        self._act = debt_act(around.header) if on_debt else None
        # 收入决算表 of a body by functions: what it got for them, not what it spent
        got = about.owner and "收入" in around.header and "支出" not in around.header
        self._source: tuple[Qualifier, ...] = (("part", "收入"),) if got else ()
        self._moved = [False for _ in self._runs]  # whether transfers stood among the rows since the last total

    def read(self, row: Row, sentence: Sentence) -> tuple[list[Fact], list[Missed]]:
        """The facts of one row, and the figures of which nothing is known."""
        facts: list[Fact] = []
        missed: list[Missed] = []
        offsets = offsets_of(row)
        self._at += 1
        for position, run in enumerate(self._runs):
            named = self._named(position, run, row)
            unit = next((unit for cell in self._labels(run, row) if (unit := unit_in(cell))), "")
            for at in run.figures:
                figure = self._figure(row, at, unit)
                fact = None
                if figure is not None and named is not None:
                    fact = self._fact(named, row, at, figure, sentence, offsets[at.index])
                if fact is not None:
                    facts.append(fact)
                elif figure is not None or is_error(row.cells[at.index]):
                    missed.append(missed_in(row, at, sentence, offsets))
        if not self._runs:
            for at in self._columns:
                if at.role == "figure" and (is_number(row.cells[at.index]) or is_error(row.cells[at.index])):
                    missed.append(missed_in(row, at, sentence, offsets))
        return facts, missed

    def _labels(self, run: Run, row: Row) -> list[str]:
        """The cells that name a row, those that cover several rows among them."""
        named = [row.cells[c.index] if c is run.main else self._covers[c.index][self._at] for c in run.labels]
        return [*named, *(row.cells[: run.figures[0].index] if run.figures else ())]

    def _figure(self, row: Row, at: Column, of_row: str) -> CellFigure | None:
        """The figure of a cell, in the unit that its row's name (人均支出（元）) or the column of units gives it."""
        cell = row.cells[at.index]
        figure = figure_in(cell)
        unit = row.cells[self._units.index] if self._units is not None and at.measure not in _RELATIVE else ""
        unit = unit or (of_row if at.measure not in _RELATIVE else "")
        if figure is None or figure.kind is not None or not unit or at.unit:
            return figure
        return figure_in(cell + unit) or figure

    # ------------------------------------------------------------------------------------------ the row's name

    def _named(self, position: int, run: Run, row: Row) -> _Named | None:
        """What the row is about; None if nothing in it is a name."""
        main = row.cells[run.main.index]
        others = [cell for c in run.labels if c is not run.main and (cell := self._covers[c.index][self._at])]
        covers_sum = is_total(bare_name(main)) and others and self._holders.called(others[-1]) is None
        if is_blank(main) or _DAY.match(main) or covers_sum:
            words = [cell for cell in others if not _DAY.match(cell)]
            main = words[-1] if words else stray_name(row.cells[: run.main.index]) or main
            others = [cell for cell in others if cell != main]
        if not main or is_number(main) or is_blank(main):
            return None
        holders = {
            cell: found for cell in others if (found := self._holders.called(cell) or self._town(cell, run.labels))
        }
        beside = next(iter(holders.values()), None)
        name = self._names[position].read(main, [cell for cell in others if cell not in holders])
        subject = coded(code_of(row, self._codes[position]), name.bare, self._around.account)
        if subject is not None:
            parent = self._whole[position]
            topic = replace(Topic.of(subject), qualifiers=self._source)
            whole = parent.name if name.part and parent else ""
            return _Named(topic, name, self._of_table(beside), whole, coded=True)
        named = self._told_apart(position, run, self._topic(position, run, name, beside), row)
        placed = self._levels_of[position].read(name.bare) if not named.place else None
        if placed is not None:
            named = replace(named, topic=Topic.of(placed), coded=True)
        if named.topic.key and any(map(_DAY.match, others)):  # one bond of many
            day = next(cell for cell in others if _DAY.match(cell))
            named = replace(named, topic=Topic(f"{name.bare}（{day}）", account=named.topic.account))
        if not named.topic.key and run.main.head.endswith("项目名称"):  # 2020年某园区厂房项目: when it began
            named = replace(named, name=replace(named.name, year=None))
        if not name.part and not named.place:
            self._whole[position] = named.topic
        self._last[position] = named
        return named

    def _topic(self, position: int, run: Run, name: RowName, beside: Holder | None) -> _Named:
        around, whole = self._around, self._whole[position]
        holder = self._holders.called(name.bare) or self._zone(name.bare, run.main) or self._town(name.bare, [run.main])
        parent = whole.name if name.part and whole else ""
        last = self._last[position]
        if holder is None and self._is_body(name.bare, run):
            total = topic_of(replace(name, bare="合计"), run.main, around, self._title, self._transfers)
            return _Named(replace(total, qualifiers=(("body", name.bare),)), name, None, parent, total=True)
        if holder is not None:
            inherits = last is not None and whole is not None and (name.part or (last.place and last.parent))
            if inherits and last is not None and whole is not None and self._places < _FEW:
                named = replace(last.name, bare=name.bare, part=True, level="")
                return _Named(whole, named, self._of_table(holder), whole.name, place=True)
            return _Named(self._whole_table(), name, self._of_table(holder), parent, place=True)
        if beside is None and name.level:
            beside = self._holders.called(name.level)
        if is_total(name.bare) and self._places >= _FEW:
            return _Named(self._whole_table(), name, self._sum_of_places(), parent, place=True, total=True)
        topic = topic_of(name, run.main, around, self._title, self._transfers)
        topic = self._summed(position, topic, is_total(name.bare))
        if self._transfers and is_transfer_sum(name.bare):
            return _Named(topic, name, self._of_table(beside), parent, total=True)
        of_level = self._holders.called(name.group.name) if name.group is not None else None
        beside = beside or of_level  # 二、市本级 over 税收收入
        if topic.key and name.debt is None and name.bare in self._synonyms[position]:
            topic = Topic(name.bare, account=topic.account, flow=topic.flow)
        elif (
            of_level is None
            and not (name.debt and name.debt.name)
            and (name.bare in self._doubled[position] or is_of_any_fund(topic, name))
        ):
            topic = of_group(topic, name)
        return _Named(topic, name, self._of_table(beside), parent, total=is_total(name.bare))

    def _whole_table(self) -> Topic:
        """What places have that a head says nothing of: the item of the title, or the title's words."""
        return self._around.topic or Topic(self._around.called[:60], account=self._around.account)

    def _summed(self, position: int, topic: Topic, total: bool) -> Topic:
        """The 合计 below 上级补助收入 and 上年结余 is all that there is, not the revenue of the year."""
        moved = self._moved[position]
        self._moved[position] = not total and (moved or topic.key.startswith("transfer"))
        if not (total and moved and topic.key in _SUMMED):
            return topic
        return sum_of(topic.account, topic.flow) or topic

    def _is_body(self, name: str, run: Run) -> bool:
        """Is a row of a body's paper one of its units: all of that unit, as the heads say it?"""
        owner = self._about.owner
        return bool(owner) and "单位" in run.main.head and (name == owner or body_named(f"单位：{name}") == name)

    def _told_apart(self, position: int, run: Run, named: _Named, row: Row) -> _Named:
        """其他公共安全支出 (款) and, right behind it, 其他公共安全支出 (项), its part: no code tells them apart."""
        topic, bare = named.topic, named.name.bare
        if bare not in self._doubled[position] or topic.item is None or len(topic.item.code) != _GROUP_CODE:
            return named
        amounts = [amount_in(row.cells[at.index]) for at in run.figures]
        at, whole = self._groups.setdefault(topic.key, (self._at, amounts))
        inside = self._at - at <= _NEAR and all(map(within, amounts, whole))
        if at == self._at or not inside:
            return named
        return replace(named, topic=Topic(f"{bare}（项）", account=topic.account, flow=topic.flow), parent=topic.name)

    def _town(self, name: str, labels: Sequence[Column]) -> Holder | None:
        """路口镇 in a county's table of its towns: figures of its own, never the county's."""
        own = self._about.region
        listed = any(_TOWNS_HEAD.search(label.head) for label in labels) and _TOWN.fullmatch(name)
        return Holder(zone(own, name), "", "") if listed and own is not None and own.level != "province" else None

    def _zone(self, bare: str, label: Column) -> Holder | None:
        """临港区 in a list of a city's districts: a zone by its place in the list."""
        own = self._about.region
        if self._places < _FEW or own is None or not _PLACES_HEAD.search(label.head) or not _ZONE.match(bare):
            return None
        return Holder(zone(own, bare), "", "")

    def _of_table(self, holder: Holder | None) -> Holder | None:
        """防城港市 beside 市本级 or its counties is the whole of it."""
        if holder is not None and holder.itself and (self._levels or self._places >= _FEW):
            return replace(holder, scope="whole")
        return holder

    def _sum_of_places(self) -> Holder | None:
        own = self._about.region
        if own is None or self._transfers:
            return None
        return Holder(own, "whole" if self._levels else "lower", "")

    # ------------------------------------------------------------------------------------------ a cell

    def _fact(
        self, named: _Named, row: Row, at: Column, figure: CellFigure, sentence: Sentence, offset: int
    ) -> Fact | None:
        around, printed = self._around, row.printed[at.index].strip("\n")
        holder = self._by_column.get(at.index) or named.holder
        topic = self._topic_of_cell(named, at, holder)
        name = named.name
        stated = name.year if name.year is not None and (topic.key or topic.account == "debt") else None
        year = stated or at.year or self._year(at) + at.offset
        if stated and at.year and not topic.key.startswith("debt"):
            year = at.year
        year += name.back
        first, last = at.months or (1, 12)
        plan = self._about.plan_year is not None and year >= self._about.plan_year
        of_body = named.total and bool(self._about.owner)
        read = reading(at, figure, topic, around, plan, at.index in self._by_column, name.stage, of_body)
        if read is None:
            return None
        first_char, last_char = printed_span(printed, row.cells[at.index], figure.start, figure.end)
        value, start = printed[first_char:last_char], offset + first_char
        number = in_units(figure, read.unit) if read.kind == "money" else figure.number
        scope, words = self._scope(holder, row)
        owner = self._region(holder)
        return Fact(
            owner.code if owner else "", scope, words, Period(year, year, first, last), topic.account or around.account,
            topic.flow, topic.name, topic.key, named.parent, f"{around.header} {at.head}".strip()[:120],
            cast(Measure, read.measure), cast(ValueKind, read.kind), value, read.unit, number, sentence.index, start,
            start + len(value), "table", read.flags, qualifiers=topic.qualifiers,
        )  # fmt: skip

    def _topic_of_cell(self, named: _Named, at: Column, holder: Holder | None) -> Topic:
        by_column = not named.topic.name or (named.place and not named.parent)
        body = tuple(one for one in named.topic.qualifiers if one[0] == "body")
        if named.total and at.items and not by_column and at.debt is None:
            return replace(Topic.of(choose(at.items, self._around.account)), qualifiers=body)
        if named.total and at.besides and at.index not in self._common and self._about.owner:
            named_side = next((side for side in _SIDES.values() if side in named.name.bare), "")
            side = "" if at.besides.endswith(("收入", "支出")) else named_side or _SIDES.get(named.topic.flow, "")
            side = f"拨款{side}" if side and at.besides.endswith("预算") else side
            return Topic(f"{at.besides}{side}"[:60], account=self._around.account, qualifiers=body)  # 合计 | 事业收入
        if self._transfers and (named.total or named.place) and not at.items and not at.besides:
            return transfer_total(self._around, not self._holders.is_child(holder))
        if named.coded and at.items and at.items[0].key.startswith("total-"):
            return named.topic  # 一般公共预算支出 over 合计: of the row, all of it
        topic = of_column(named.topic, named.name, at, self._around, by_column, self._act)
        kind = at.debt.kind if at.debt is not None and at.debt.noun and not at.debt.act else ""
        if not topic.key and not by_column and kind in ("general", "special"):  # 土地储备 under 一般债务 | 专项债务
            return replace(topic, name=f"{topic.name}（{'一般' if kind == 'general' else '专项'}债务）"[:60])
        if (
            at.besides
            and at.index not in self._common
            and not by_column
            and (self._besides > 1 or (topic.key and topic.account != "other"))
        ):
            part: tuple[Qualifier, ...] = (("part", at.besides),) if topic.key and topic.account != "debt" else ()
            whose = topic.name.removeprefix("发行") if topic.key and topic.account == "debt" else named.name.bare
            return Topic(
                f"{whose}（{at.besides}）"[:60],
                topic.key if part else "",
                topic.account,
                topic.flow,
                qualifiers=part,
            )
        return topic

    def _region(self, holder: Holder | None) -> Region | None:
        """Whose the figure is: the holder's, where it is another than the report's own, else the title's."""
        own = self._around.region or self._about.region
        if holder is None or (self._about.region is not None and holder.region.code == self._about.region.code):
            return own
        return holder.region

    def _scope(self, holder: Holder | None, row: Row) -> tuple[Scope, str]:
        if holder is not None and holder.scope:
            return holder.scope, holder.words
        if holder is not None and self._about.region is not None and holder.region.code != self._about.region.code:
            return "", ""
        level = self._holders.called(level_named(row.cells[0]))
        if level is not None and level.scope in ("own", "whole"):
            return level.scope, level.words
        return self._around.scope, self._around.scope_words

    def _year(self, at: Column) -> int:
        if self._around.plan_year is not None and at.measure == "budget":
            return self._around.plan_year
        return self._around.year
