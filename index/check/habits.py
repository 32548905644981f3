"""What a report does nearly everywhere and once does not: its growths follow from its own figures of the year before.

    收入36.5亿元 … 2026年收入安排25.5亿元，增长30.3%      fell by 30.1 %, while nine other growths of 2026 follow
    收入630.5亿元 … 2026年收入增长2%，完成634.1亿元       the rate may stand before its figure

By itself a growth that does not follow says little: last year's figure may have been restated.  Where the other growths
of the same year follow, one of the three figures is wrong, whatever happened to it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from index.check.across import thing_of, year_before
from index.check.adding import STATE
from index.check.cause import cause, printed, shown
from index.check.models import Finding
from index.check.paper import Paper
from index.contradictions import is_bound
from index.facts.printed import Printed, grain, value
from index.models import Fact

KIND: Final = "同比"
_LOOSE: Final = frozenset({"rough", "same_basis", "quote", "unit_missing", "unit_unsure", "opening"})
_OTHER_BASIS: Final = re.compile(
    r"同口径|可比|剔除|扣除|不含|还原|年均|累计|翻|[一二三四五]年|比[^，。；]{0,12}(?:预算|预期|计划|目标|上月|上半年|“)"
)
_AHEAD: Final = re.compile(r"^%?[，,]?(?:预计|预期|计划|拟|将|安排|完成|达到?|实现|收入|支出|为|约|共|左右)*$")
_BEHIND: Final = 60  # characters from a figure to its growth
_MOST_BASES: Final = 2  # values of last year's figure: of more, none is the one that was meant
_ROOM: Final = 40  # last digits of a rate that the rounding of its figures may make
_KEPT: Final = 3  # growths that follow, for one that does not; and
_KEPT_OF_SLIP: Final = 2  # for one of which it can be told what happened
_HUNDRED: Final = Decimal(100)


@dataclass(frozen=True, slots=True)
class _Growth:
    """A rate, what has grown, and what it has grown from."""

    rate: Fact
    now: Fact
    base: Fact
    made: Printed

    @property
    def follows(self) -> bool:
        return self.made.meets(Printed.of(self.rate))

    @property
    def room(self) -> Decimal:
        """How many of the rate's last digits the rounding of the two figures makes."""
        return (self.made.high - self.made.low) / grain(self.rate)

    @property
    def why(self) -> str:
        return cause(self.rate, self.made)


def of_habits(paper: Paper) -> Iterator[Finding]:
    """All findings of this kind.

    Spending is often measured against last year's budget, which no other word tells: so each side by itself, and only
    where one growth alone is off.
    """
    every = list(_growths(paper))
    apart = Counter(_book(one) for one in every if not one.follows)
    sides: dict[tuple[object, ...], list[_Growth]] = {}
    for one in every:
        if one.follows or apart[_book(one)] == 1:  # a whole book on another basis is no slip
            sides.setdefault((one.rate.period.last_year, one.now.measure, one.now.flow), []).append(one)
    for growths in sides.values():
        off = [one for one in growths if not one.follows]
        kept = len({(one.rate.key, one.rate.scope) for one in growths if one.follows})
        if len(off) == 1 and kept >= (_KEPT if not off[0].why else _KEPT_OF_SLIP):
            yield _told(paper, off[0], kept)


def _book(one: _Growth) -> tuple[object, ...]:
    return one.rate.period, one.rate.account, one.rate.scope


def _growths(paper: Paper) -> Iterator[_Growth]:
    """Every growth of the text whose two figures the report gives, each once."""
    beside: dict[tuple[object, ...], list[Fact]] = {}
    of_period: dict[tuple[object, ...], list[Fact]] = {}
    for fact in paper.parsed.facts:
        if fact.kind == "money" and value(fact) and fact.measure in STATE and not is_bound(fact) and _is_plain(fact):
            beside.setdefault((thing_of(fact), fact.sentence), []).append(fact)
            if fact.measure == "actual":
                of_period.setdefault((thing_of(fact), fact.period), []).append(fact)
    for sentence, facts in paper.prose():
        for rate in facts:
            if rate.kind != "percent" or rate.measure != "yoy_pct" or not _is_plain(rate):
                continue
            now = _grown(sentence.text, rate, beside.get((thing_of(rate), rate.sentence), []))
            if now is None or any(one.measure == "yoy_amount" and one.key == now.key for one in facts):
                continue
            bases = of_period.get((thing_of(rate), year_before(now.period)), [])
            if len({value(one) for one in bases}) > _MOST_BASES:
                continue
            made = [_Growth(rate, now, base, fit) for base in bases if (fit := _made(paper, now, base)) is not None]
            if made:
                best = next((one for one in made if one.follows), made[0])
                if best.room <= _ROOM:
                    yield best


def _is_plain(fact: Fact) -> bool:
    return not _LOOSE & set(fact.flags) and not fact.qualifiers and bool(fact.key)


def _grown(text: str, rate: Fact, money: Sequence[Fact]) -> Fact | None:
    """What a rate says has grown: the figure before it, or the one right behind it."""
    here = [one for one in money if one.period == rate.period and one.measure in ("actual", "budget")]
    before = [one for one in here if one.end <= rate.start <= one.end + _BEHIND]
    after = [one for one in here if rate.end <= one.start and _AHEAD.match(text[rate.end : one.start])]
    now = before[-1] if before else after[0] if after else None
    if now is None or _OTHER_BASIS.search(text[max(0, min(now.start, rate.start) - 12) : max(now.end, rate.end) + 8]):
        return None
    return now


def _made(paper: Paper, now: Fact, base: Fact) -> Printed | None:
    quotient = Printed.rounded(now).over(Printed.rounded(base)) if value(base) > 0 else None
    return quotient.less(Printed(_HUNDRED, _HUNDRED)) if quotient is not None else None


def _told(paper: Paper, one: _Growth, kept: int) -> Finding:
    should = value(one.now) / value(one.base) * _HUNDRED - _HUNDRED
    made = f"{printed(one.now)} ÷ {printed(one.base)} － 1 ＝ {shown(should, one.rate)}"
    total = f"{made}，印的是 {printed(one.rate)}（同一年另有 {kept} 处都相符）"
    return paper.finding(KIND, "疑", [one.rate, one.now, one.base], total, shown(should, one.rate), one.why)
