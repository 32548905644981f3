"""One figure of a table -> measure, kind, unit and flags, from its column, its item and the table's unit.

A unit of the cell's own goes before that of its column: 12345万元 below 完成数（亿元） is 12345万元.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from index.facts.captions import Caption
from index.facts.columns import THIS_MONTH, Column
from index.facts.context import Topic
from index.facts.grid import Row
from index.facts.table_columns import POINTS
from index.find.amounts import MONEY_UNITS
from index.find.cells import CellFigure, figure_in
from index.models import Missed, Sentence

_MONEY_TABLE = re.compile(r"收入|支出|预算|决算|债务|债券|资金|财政|税|转移支付|余额|限额|经费|基金")
_COUNTED = re.compile(r"户数|人数|个数|数量|人次|面积|里程|编制数|(?:在职|离退休|退休|在岗|编外)人员数?$")
_OF_CHANGE = re.compile(r"增减|增长|变动|变化|[±]|差额|净|盈亏|结余|比.{0,8}[增减±]|[+]/?-")
_OF_PERCENT = ("completion", "yoy_pct", "share", "rate")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a figure is."""

    measure: str
    kind: str
    unit: str
    flags: tuple[str, ...] = ()


def reading(
    at: Column,
    figure: CellFigure,
    topic: Topic,
    around: Caption,
    plan: bool,
    by_place: bool,
    stage: str,
    total: bool = False,
) -> Reading | None:
    """Read a figure.  ``plan`` says that its year is a coming one, ``by_place`` that its column names a place or level,
    ``stage`` is the measure its row names, ``total`` that it is an item or a sum of a body's own table.  None where
    cell and column do not go together: the figure is not read."""
    found = _of_column(at, figure, topic, around, plan, by_place, stage, total)
    if figure.directed and not _is_change(found.measure, at.head):
        return None  # brackets: a fall in a column of changes, elsewhere perhaps a part, a remark, a note
    if figure.unit in MONEY_UNITS:
        if found.kind != "money":
            return None  # 120万元 below 增长%
        found = replace(found, unit=figure.unit, flags=())
    elif figure.kind in ("count", "points", "times"):
        if found.kind == "money":
            return Reading("count" if figure.kind == "count" else "rate", figure.kind, figure.unit)
        found = replace(found, unit=figure.unit, kind=figure.kind)
    flags = (*(("rough",) if figure.rough else ()), *(("range",) if figure.ends else ()))
    return replace(found, flags=(*found.flags, *flags)) if flags else found


def _is_change(measure: str, head: str) -> bool:
    return measure in ("yoy_pct", "yoy_amount") or bool(_OF_CHANGE.search(head))


def _of_column(
    at: Column, figure: CellFigure, topic: Topic, around: Caption, plan: bool, by_place: bool, stage: str, total: bool
) -> Reading:
    measure = at.measure
    if figure.kind == "percent" and measure not in _OF_PERCENT:
        return Reading("yoy_pct" if measure == "yoy_amount" else "rate", "percent", "%")  # 增减 | -2.3%
    if measure in _OF_PERCENT or (at.unit == "%" and measure != "rank"):
        return Reading(measure if measure in _OF_PERCENT else "rate", "percent", "%")
    if measure == "rank":
        return Reading("rank", "rank", "")
    if at.unit == POINTS:
        return Reading("count", "count", POINTS)
    if _COUNTED.search(at.head):
        return Reading("count", "count", around.counts)
    if around.counts and not at.unit:
        return Reading("count", "count", around.counts)
    if not measure and (by_place or at.debt is not None):
        measure = "figure"
    if not measure or measure == "figure":
        known = total or (bool(topic.key) and measure == "figure")
        stated = topic.item.measure if topic.item and topic.item.measure else stage
        measure = (stated or ("budget" if plan else "actual")) if known else stage or "amount"
    unit = at.unit or around.unit
    named = (topic.key and topic.account != "other") or _MONEY_TABLE.search(around.header + at.head)
    if not (named or at.unit or around.unit_known):
        return Reading("count", "count", "")
    return Reading(measure, "money", unit, () if at.unit or around.unit_known else ("unit_missing",))


def months_of(at: Column, around: Caption) -> tuple[int, int]:
    """The months of a column: its own, the last alone (本月完成) or all (累计完成) of those that the title is about."""
    if at.months is not None or around.months is None:
        return at.months or (1, 12)
    last = around.months[1]
    return (last, last) if THIS_MONTH.search(at.head) else (1, last)


def missed_in(row: Row, at: Column, sentence: Sentence, offsets: Sequence[int]) -> Missed:
    """A figure of a row that became no fact."""
    start = offsets[at.index]
    return Missed(sentence.index, start, start + len(row.printed[at.index].strip("\n")))


def amount_in(cell: str) -> Decimal | None:
    """The amount in a cell without a unit of its own; None if it is none."""
    figure = figure_in(cell)
    return figure.number if figure is not None and figure.kind is None else None


def within(part: Decimal | None, whole: Decimal | None) -> bool:
    """Can the one amount be a part of the other?"""
    return part is None or whole is None or abs(part) <= abs(whole)


def offsets_of(row: Row) -> list[int]:
    """Where each cell begins in the row's text (cells parted by tabs)."""
    offsets: list[int] = []
    at = 0
    for cell in row.printed:
        offsets.append(at)
        at += len(cell.strip("\n")) + 1
    return offsets
