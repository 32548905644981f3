"""The rows of one table -> facts: each figure with the item and holder that its row and its column give it.

地区   | 新增专项债券          文登区: 新增专项债券 375700
文登区 | 375700
项目           | 全市 | 市本级    一般债务余额 of 2024: whole 3118936, own 543004
其中：一般债务 | 3118936 | 543004
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import cast

from index.facts import body_totals
from index.facts.captions import Caption
from index.facts.columns import Column, count_unit_in, unit_in
from index.facts.context import Topic
from index.facts.given_cells import standard_columns, standards_in
from index.facts.grid import Row, is_number
from index.facts.head_items import topic_of_heads
from index.facts.holders import Holder, Holders, level_named
from index.facts.of_which import of_which, with_sums_of_debts
from index.facts.remarks import remark_columns, remarks_in
from index.facts.row_items import (
    debt_act,
    lists_projects,
    of_book,
    of_column,
    of_fund_balance,
    on_insurances,
    titled,
    transfer_total,
)
from index.facts.row_names import RowNames, is_year
from index.facts.row_topics import Named, RowTopics
from index.facts.staged_rows import stages
from index.facts.table_cells import missed_in, months_of, offsets_of, reading
from index.facts.table_columns import (
    POINTS,
    holders_of,
    is_common,
    moved,
    of_one_base,
    runs,
    sided,
    units_column,
)
from index.facts.told_cells import counts_told, told_columns
from index.find.cells import CellFigure, figure_in, in_units, is_error, printed_span
from index.find.terms import choose
from index.lexicon import items
from index.models import (
    FLOW_WORDS,
    Fact,
    Measure,
    Missed,
    Period,
    Qualifier,
    Region,
    Scope,
    Sentence,
    Subject,
    ValueKind,
)

_RELATIVE = ("completion", "yoy_pct", "share", "rate", "rank")
_OF_A_YEAR = ("budget", "adjusted_budget", "limit")
_OF_BUDGETS = re.compile(r"预算表(?!.*(?:决算|执行))")  # of a body: the year before stands there as it was planned
_OF_RATE = re.compile(r"[%％]$|利率$")


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
        around = on_insurances(around, columns, body)
        self._about, self._holders, self._around = about, holders, around
        self._units = units_column(columns, body)
        columns = [replace(c, role="skip") if c is self._units else c for c in columns]
        self._told = told_columns(columns, body)
        columns = [replace(c, role="skip") if c in self._told else c for c in columns]
        self._named, self._standards = standard_columns(columns, body)
        columns = [replace(c, role="skip") if c in self._standards else c for c in columns]
        self._remarks = () if about.owner else tuple(remark_columns(columns))
        self._by_column = holders_of(columns, holders)
        columns = of_one_base(moved(sided(columns, around.months and (around.months[1], around.months[1]))))
        columns = with_sums_of_debts(of_which(columns, body), body)
        self._columns = [replace(c, besides="") if c.index in self._by_column else c for c in columns]
        self._runs = tuple(runs(self._columns, body))
        self._common = {at.index for run in self._runs for at in run.figures if is_common(at, run)}
        below = sum(map(holders.is_child, self._by_column.values()))
        self._topics = RowTopics(about, holders, around, title, self._runs, body, codes, below)
        self._besides = sum(bool(c.besides) for c in self._columns)
        self._stages = iter(stages(self._runs, body))
        self._act = debt_act(around.header) if "债" in around.header + title else None

    def read(self, row: Row, sentence: Sentence) -> tuple[list[Fact], list[Missed]]:
        """The facts of one row, and the figures of which nothing is known."""
        facts: list[Fact] = []
        missed: list[Missed] = []
        offsets = offsets_of(row)
        self._topics.next_row()
        stage = next(self._stages, None)
        for position, run in enumerate(() if stage else self._runs):
            named = self._topics.named(position, run, row)
            unit = next((unit for cell in self._topics.labels(run, row) if (unit := unit_in(cell))), "")
            for at in run.figures:
                figure = self._figure(row, at, unit)
                fact = None
                if figure is not None and named is not None:
                    fact = self._fact(named, row, at, figure, sentence, offsets[at.index])
                if fact is not None:
                    facts.append(fact)
                elif figure is not None or is_error(row.cells[at.index]):
                    missed.append(missed_in(row, at, sentence, offsets))
            if named is not None and position == 0:
                facts += [
                    one for at in self._remarks for one in self._remarked(row, at, facts, sentence, offsets[at.index])
                ]
                facts += [
                    fact for at in self._told for fact in self._counts(named, row, at, sentence, offsets[at.index])
                ]
        facts += [fact for at in self._standards for fact in self._given(row, at, sentence, offsets[at.index])]
        for at in () if self._runs and not stage else self._columns:
            if at.role == "figure" and (is_number(row.cells[at.index]) or is_error(row.cells[at.index])):
                fact = self._of_heads(row, stage.of(at) if stage else at, sentence, offsets[at.index])
                if fact is not None:
                    facts.append(fact)
                else:
                    missed.append(missed_in(row, at, sentence, offsets))
        return facts, missed

    def _remarked(self, row: Row, at: Column, facts: Sequence[Fact], sentence: Sentence, offset: int) -> Iterator[Fact]:
        """What a cell of remarks says of the row's one figure, and of its parts."""
        told = facts[0] if len(facts) == 1 else None
        if told is None:
            return
        known = items().get(told.key)
        whose = Topic.of(known) if known else Topic(told.item, account=told.account, flow=told.flow)
        printed, cell = row.printed[at.index].strip("\n"), row.cells[at.index]
        for one in remarks_in(cell, whose, told.measure):
            first, last = printed_span(printed, cell, one.amount.start, one.amount.end)
            number = one.amount.number if one.amount.number is None or one.sign >= 0 else -abs(one.amount.number)
            yield replace(
                told, item=one.topic.name, key=one.topic.key, account=one.topic.account or told.account,
                flow=one.topic.flow, parent=told.item if one.part else "", measure=one.measure, kind=one.amount.kind,
                label=f"{at.head} {cell}"[:120], value=printed[first:last], unit=one.amount.unit, number=number,
                start=offset + first, end=offset + last, flags=(),
            )  # fmt: skip

    def _counts(self, named: Named, row: Row, at: Column, sentence: Sentence, offset: int) -> Iterator[Fact]:
        """The counts that a cell of clauses tells of what the row names."""
        printed, whose = row.printed[at.index].strip("\n"), self._region(named.holder)
        for name, amount in counts_told(row.cells[at.index]):
            first, last = printed_span(printed, row.cells[at.index], amount.start, amount.end)
            item = f"{named.topic.name}（{name}）" if named.topic.name else name
            yield Fact(
                whose.code if whose else "", self._around.scope, self._around.scope_words,
                Period.year(self._around.plan_year or self._around.year), "", "", item[:60], "", named.topic.name,
                f"{self._around.header} {at.head}".strip()[:120], "count", amount.kind, printed[first:last],
                amount.unit, amount.number, sentence.index, offset + first, offset + last, "table",
                ("rough",) if amount.rough else (),
            )  # fmt: skip

    def _given(self, row: Row, at: Column, sentence: Sentence, offset: int) -> Iterator[Fact]:
        """What a cell of a column of standards says that each is given."""
        name = row.cells[self._named.index] if self._named else ""
        printed, own = row.printed[at.index].strip("\n"), self._around.region or self._about.region
        for one in standards_in(name, row.cells[at.index]) if name else ():
            first, last = printed_span(printed, row.cells[at.index], one.amount.start, one.amount.end)
            yield Fact(
                own.code if own else "", self._around.scope, self._around.scope_words,
                Period.year(at.year or self._around.year), "", "", one.item, "", "",
                f"{self._around.header} {at.head} {one.each}"[:120], "amount", "money", printed[first:last],
                one.amount.unit, one.amount.number, sentence.index, offset + first, offset + last, "table",
                ("rough",) if one.amount.rough else (),
            )  # fmt: skip

    def _of_heads(self, row: Row, at: Column, sentence: Sentence, offset: int) -> Fact | None:
        """A figure of a row that has no name: its heads name it."""
        topic, figure = topic_of_heads(at, self._around), self._figure(row, at, "")
        if topic is None or figure is None:
            return None
        named = Named(topic, RowNames(False).read(topic.name), None, "")
        at = replace(at, items=(), besides="", debt=None, measure=at.measure or "figure")
        return self._fact(named, row, at, figure, sentence, offset)

    def _figure(self, row: Row, at: Column, of_row: str) -> CellFigure | None:
        """The figure of a cell, in the unit that its row's name (人均支出（元）) or the column of units gives it."""
        cell = row.cells[at.index]
        figure = figure_in(cell)
        unit = row.cells[self._units.index] if self._units is not None and at.measure not in _RELATIVE else ""
        unit = unit or ((of_row or count_unit_in(at.head)) if at.measure not in _RELATIVE else "")
        if figure is None or figure.kind is not None or not unit or at.unit:
            return figure
        return figure_in(cell + unit) or figure

    # ------------------------------------------------------------------------------------------ a cell

    def _fact(
        self, named: Named, row: Row, at: Column, figure: CellFigure, sentence: Sentence, offset: int
    ) -> Fact | None:
        around, printed = self._around, row.printed[at.index].strip("\n")
        holder = self._by_column.get(at.index) or named.holder
        rated = figure.kind == "percent" and not at.measure
        topic = self._topic_of_cell(named, at, holder, rated)
        topic = titled(topic, named.name, around, bool(self._about.owner))
        name = named.name
        dated = bool(topic.key) or topic.account == "debt" or is_year(name.bare)
        stated = name.year if dated else None
        year = stated or at.year or self._year(at) + at.offset
        if stated and at.year and not topic.key.startswith("debt"):
            year = at.year
        year += name.back
        if _OF_RATE.search(name.bare) and figure.kind is None and at.measure not in _RELATIVE:
            at = replace(at, measure="rate", unit="%")  # 平均利率% | 2.03
        plan = self._about.plan_year is not None and year >= self._about.plan_year
        plan = plan or bool(self._about.owner and _OF_BUDGETS.search(around.header))
        projects = lists_projects(around.header, self._runs[0].main.head) if self._runs else False
        of_body = bool(self._about.owner) and (named.total or bool(topic.key) or projects)
        read = reading(at, figure, topic, around, plan, at.index in self._by_column, name.stage, of_body)
        if read is None:
            return None
        first, last = at.months or (1, 12) if read.measure in _OF_A_YEAR else months_of(at, around)
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

    def _topic_of_cell(self, named: Named, at: Column, holder: Holder | None, rated: bool) -> Topic:
        """``rated``: a percentage whose head names no measure, as 满意度 does, is of what the head says."""
        by_column = not named.topic.name or (named.place and not named.parent)
        body = tuple(one for one in named.topic.qualifiers if one[0] == "body")
        if at.measure == "rate" and "利率" in at.head and named.topic.name and not named.topic.key and not by_column:
            return replace(
                named.topic, qualifiers=(*named.topic.qualifiers, ("part", "利率"))
            )  # 污水处理 | 2.13%: of its bonds
        if named.total and at.items and not by_column and at.debt is None:
            if self._about.owner and at.parts and body_totals.total_called(at.parts[-1]):
                return replace(body_totals.topic_of_total(at.parts[-1]), qualifiers=body)  # 其他收入 of the body
            item = choose(at.items, self._around.account)
            if book := of_book(item, self._around.account):  # 基本支出 of the fund is not all 基本支出
                return replace(book, qualifiers=body)
            return replace(Topic.of(item), qualifiers=body)
        if named.total and at.besides and at.index not in self._common and self._about.owner:
            named_side = next((side for side in FLOW_WORDS.values() if side in named.name.bare), "")
            side = "" if at.besides.endswith(("收入", "支出")) else named_side or FLOW_WORDS.get(named.topic.flow, "")
            side = f"拨款{side}" if side and at.besides.endswith("预算") else side
            return Topic(f"{at.besides}{side}"[:60], account=self._around.account, qualifiers=body)  # 合计 | 事业收入
        if self._topics.transfers and (named.total or named.place) and not at.items and not at.besides:
            return transfer_total(self._around, not self._holders.is_child(holder))
        if named.coded and at.items and at.items[0].key.startswith("total-"):
            return named.topic  # 一般公共预算支出 over 合计: of the row, all of it
        if at.unit == POINTS and named.name.bare:
            return Topic(f"{named.name.bare}（{at.besides}）"[:60])
        if balance := of_fund_balance(named.topic, at):
            return balance
        topic = of_column(named.topic, named.name, at, self._around, by_column, self._act)
        kind = at.debt.kind if at.debt is not None and at.debt.noun and not at.debt.act else ""
        if not topic.key and not by_column and "投向" in self._around.header and "债" in self._around.header:
            whose = {"general": "一般债务", "special": "专项债务"}.get(kind, "政府债务")
            return replace(topic, name=f"{whose}投向{topic.name}"[:60])  # 公路 | 政府债务 | 其中：一般债务
        if not topic.key and not by_column and at.debt is not None and at.debt.noun and not at.debt.act:
            what = at.debt.name if at.debt.origin else {"general": "一般债务", "special": "专项债务"}.get(kind, "")
            if what:  # 土地储备 under 一般债务 | 专项债务, 10年金额 under 新增债券: 专项
                return replace(topic, name=f"{topic.name}（{what}）"[:60])
        of_kind = topic.account == "debt" and at.debt is not None and named.name.debt is not None
        if (
            at.besides
            and not of_kind  # 2025年末余额 | 一般债务: the row's item of that kind
            and at.index not in self._common
            and not by_column
            and (self._besides > 1 or rated or (topic.key and topic.account != "other"))
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
