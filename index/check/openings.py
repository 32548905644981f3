"""What a year begins with is what the year before ended with: 上年结转 ＝ 上年的结转下年, in one report or two.

2025年……结转下年51,358万元 … 2026年……上年结转51,385万元        两位数字颠倒
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from index.check.adding import Sum
from index.check.cause import SLIPS_OF_HAND, cause, corrected, printed
from index.check.models import Finding, Level
from index.check.paper import Paper
from index.facts.printed import Printed, value
from index.models import Fact

KIND: Final = "期初期末"
_BEGUN: Final = ("transfer-carry-in",)
_ENDED: Final = ("transfer-carry-out", "transfer-year-end")
_NEAR: Final = Decimal("0.1")
_LOOSE: Final = frozenset({"rough", "quote", "unit_missing", "unit_unsure"})
Ends = dict[tuple[object, ...], list[Fact]]


def of_openings(paper: Paper) -> Iterator[Finding]:
    """All findings of this kind within a report."""
    yield from opened_with(paper, paper.parsed.facts, near=_NEAR, own=True)


def opened_with(
    paper: Paper, before: Sequence[Fact], near: Decimal = Decimal(0), *, own: bool = False
) -> Iterator[Finding]:
    """The openings of a report against the ends that figures, its ``own`` or those of the year before, give; ``near``
    is how far off an opening may be that is a doubt though no slip explains it."""
    ends = _by_place(before, _ENDED, after=1)
    for place, facts in _by_place(paper.parsed.facts, _BEGUN, after=0).items():
        begun, ended = _one(facts), _one(ends.get(place, []))
        if begun is None or ended is None or Printed.of(begun).meets(Printed.of(ended)):
            continue
        why = cause(begun, Sum(((1, ended),)).range) or cause(ended, Sum(((1, begun),)).range)
        beside = abs(value(begun) - value(ended)) <= abs(value(ended)) * near
        level: Level = "疑" if why in (*SLIPS_OF_HAND, "单位") or beside else "提示"
        total = f"上年结转 {printed(begun)}，上年的报告数是结转下年 {printed(ended)}"
        should = corrected(begun, Printed.rounded(ended), value(ended))
        found = [paper.finding(KIND, level, [begun, ended] if own else [begun], total, should, why)]
        if own:  # the year before may be the one that is wrong
            other = corrected(ended, Printed.rounded(begun), value(begun))
            found.append(paper.finding(KIND, level, [ended, begun], total, other, why))
        yield paper.either(found)


def _by_place(facts: Sequence[Fact], keys: Sequence[str], after: int) -> Ends:
    """Figures by place, book and the year that they open (``after`` their own)."""
    found: Ends = {}
    for fact in facts:
        is_sum = fact.key in keys and fact.kind == "money" and bool(fact.number and fact.account)
        if is_sum and fact.rule != "table" and not fact.qualifiers and not _LOOSE & set(fact.flags):
            place = (fact.region, fact.scope or "whole", fact.account, fact.period.last_year + after, fact.owner)
            found.setdefault(place, []).append(fact)
    return found


def _one(facts: Sequence[Fact]) -> Fact | None:
    return facts[0] if facts and len({fact.number for fact in facts}) == 1 else None
