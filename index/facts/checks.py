"""The last step before facts are kept: what does not hold together is flagged, what says nothing is dropped.

其他支出（类）8 万元，占年度预算 8650 元的 0.09%  ->  the budget is flagged ``unit_slip``: 8/8650 is 0.09 % in 万元
市级 130.1亿元 beside 市本级 22.3亿元 of one item ->  市级 is the wider level of the two (``own_wide``)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from index.models import Fact, Sentence

_SLIPS = (Decimal(10) ** 4, Decimal(10) ** -4, Decimal(10) ** 8, Decimal(10) ** -8)


def checked(facts: Sequence[Fact], sentences: Sequence[Sentence]) -> list[Fact]:
    """The facts in order, with unit slips flagged.  Every fact's offsets must give its value."""
    kept = [fact for fact in facts if sentences[fact.sentence].text[fact.start : fact.end] == fact.value and fact.item]
    groups: dict[tuple[object, ...], dict[str, int]] = {}
    for position, fact in enumerate(kept):
        if fact.measure in ("actual", "budget", "adjusted_budget", "completion"):
            group = groups.setdefault((fact.sentence, fact.key or fact.item, fact.region, fact.scope, fact.period), {})
            group.setdefault(fact.measure, position)
    for group in groups.values():
        slip = _slipped(kept, group)
        if slip is not None:
            kept[slip] = replace(kept[slip], flags=(*kept[slip].flags, "unit_slip"))
    return _widened(kept)


def _widened(facts: list[Fact]) -> list[Fact]:
    """Tell 市级 from 市本级 where a report gives both for the same items with different figures; else they are one."""
    narrow: dict[tuple[object, ...], Fact] = {}
    for fact in facts:
        if fact.scope == "own" and not _is_level(fact):
            narrow.setdefault(_place_of(fact), fact)
    differing = agreeing = 0
    for fact in facts:
        if _is_level(fact) and (other := narrow.get(_place_of(fact))):
            differing += other.number != fact.number
            agreeing += other.number == fact.number
    if differing <= agreeing:
        return facts
    return [replace(fact, scope="own_wide") if _is_level(fact) else fact for fact in facts]


def _is_level(fact: Fact) -> bool:
    narrow = "本级" in fact.scope_words or "直" in fact.scope_words  # 市直 beside 市级
    return fact.scope == "own" and (not narrow or "含" in fact.scope_words)


def _place_of(fact: Fact) -> tuple[object, ...]:
    return fact.region, fact.period, fact.key or fact.item, fact.account, fact.measure


def _slipped(facts: Sequence[Fact], group: dict[str, int]) -> int | None:
    """The budget or actual whose unit makes the printed percentage wrong by a factor of ten thousand."""
    base = group.get("adjusted_budget", group.get("budget"))
    if base is None or "actual" not in group or "completion" not in group:
        return None
    actual, budget, percent = (facts[i].number for i in (group["actual"], base, group["completion"]))
    if not actual or not budget or not percent:
        return None
    ratio = actual / budget * 100 / percent
    for slip in _SLIPS:
        if Decimal("0.9") < ratio / slip < Decimal("1.1"):
            actual_unit, base_unit = facts[group["actual"]].unit, facts[base].unit
            return base if base_unit == "元" or actual_unit != "元" else group["actual"]
    return None
