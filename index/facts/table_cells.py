"""One figure of a table -> measure, kind, unit and flags, from its column, its item and the table's unit."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.facts.captions import Caption
from index.facts.columns import Column
from index.facts.context import Topic

_MONEY_TABLE = re.compile(r"收入|支出|预算|决算|债务|债券|资金|财政|税|转移支付|余额|限额|经费|基金")
_COUNTED = re.compile(r"户数|人数|个数|数量|人次|面积|里程")
_OF_PERCENT = ("completion", "yoy_pct", "share", "rate")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a figure is."""

    measure: str
    kind: str
    unit: str
    flags: tuple[str, ...] = ()


def reading(at: Column, cell: str, topic: Topic, around: Caption, plan: bool, by_place: bool, stage: str) -> Reading:
    """Read a figure.  ``plan`` says that its year is a coming one, ``by_place`` that its column names a place or level,
    ``stage`` is the measure its row names."""
    measure = at.measure
    if cell.endswith("%") and measure not in _OF_PERCENT:
        return Reading("rate", "percent", "%")
    if measure in _OF_PERCENT or (at.unit == "%" and measure != "rank"):
        return Reading(measure if measure in _OF_PERCENT else "rate", "percent", "%")
    if measure == "rank":
        return Reading("rank", "rank", "")
    if _COUNTED.search(at.head):
        return Reading("count", "count", "")
    if not measure and (by_place or at.debt is not None):
        measure = "figure"
    if not measure or measure == "figure":
        known = bool(topic.key) and measure == "figure"
        stated = topic.item.measure if topic.item and topic.item.measure else stage
        measure = (stated or ("budget" if plan else "actual")) if known else "amount"
    unit = at.unit or around.unit
    named = (topic.key and topic.account != "other") or _MONEY_TABLE.search(around.header + at.head)
    if not (named or at.unit or around.unit_known):
        return Reading("count", "count", "")
    return Reading(measure, "money", unit, () if at.unit or around.unit_known else ("unit_missing",))
