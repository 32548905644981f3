"""Rates of parts that do not make the rate of their whole: the years before, or the budgets, must add up as well.

收入515444万元，增长1.54%，其中：税收收入253508万元，增长2.54%；非税收入261936万元，增长5.09%
253508÷1.0254＋261936÷1.0509 ＝ 496477, from which 515444 is 3.82 % more; with 0.59% it is 1.54 %

Parts count where they make the whole to the last digit; a rate is told where a plain slip of it makes all three fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from index.check.adding import STATE, Sum
from index.check.cause import SLIPS_OF_HAND, TURNED, cause, is_narrow, is_telling, printed, shown
from index.check.clauses import in_clauses
from index.check.models import Finding
from index.check.paper import Paper
from index.check.parts import parts_of
from index.check.wholes import made_of
from index.facts.printed import Printed
from index.facts.settle import slots
from index.models import Fact

_RATES: Final = {"completion": Decimal(0), "yoy_pct": Decimal(100)}  # what is added to a rate to be that of a whole
_LOOSE: Final = frozenset({"rough", "same_basis", "quote"})
_OTHER: Final = re.compile(r"同口径|可比|剔除|扣除|不含|还原|年均|翻|百分点|[12]\d{3}年")
_BESIDE: Final = 40  # characters from a figure to its rate
_MOST: Final = 12
_HUNDRED: Final = Decimal(100)


@dataclass(frozen=True, slots=True)
class _Rated:
    """A figure with its rate, and what is added to the rate to be that of a whole."""

    fact: Fact
    rate: Fact

    @property
    def base(self) -> Printed | None:
        """What the figure was reckoned from."""
        by, plus = Printed.of(self.rate), _RATES[self.rate.measure]
        return Printed.rounded(self.fact).over(Printed(by.low + plus, by.high + plus))


def of_weighted(paper: Paper) -> Iterator[Finding]:
    """All findings of this kind."""
    for whole, parts in (*_in_a_sentence(paper), *made_of(paper), *in_clauses(paper)):
        added = Sum(tuple((1, fact) for fact in parts))
        if len(parts) > _MOST or not added.range.meets(Printed.rounded(whole)):
            continue
        for measure in _RATES:
            rated = [_rated(paper, fact, measure) for fact in (whole, *parts)]
            known = [one for one in rated if one is not None]
            if len(known) == len(rated):
                yield from _judged(paper, known[0], known[1:])


def _in_a_sentence(paper: Paper) -> Iterator[tuple[Fact, Sequence[Fact]]]:
    """A whole and the parts behind it; of several lengths of a list the one that makes the whole."""
    for sentence, _ in paper.prose():
        entries = paper.entries(sentence)
        for position, entry in enumerate(entries):
            parts = [one.fact for one in parts_of(entries, position) if one.fact.measure == entry.fact.measure]
            if entry.fact.measure in STATE and 2 <= len(parts) <= _MOST:
                yield entry.fact, parts


def _rated(paper: Paper, fact: Fact, measure: str) -> _Rated | None:
    """The rate of a figure: the one of its own right behind it."""
    text = paper.sentences[fact.sentence].text
    for rate in paper.by_sentence[fact.sentence]:
        if rate.start > fact.end and rate.measure == measure and slots(rate) == slots(fact):
            between = text[fact.end : rate.start]
            loose = _LOOSE & {*rate.flags, *fact.flags} or _OTHER.search(text[max(0, fact.start - 8) : rate.start])
            near = len(between) <= _BESIDE and not re.search("[；;。（()）]|其中", between)
            return _Rated(fact, rate) if near and not loose and rate.kind == "percent" else None
    return None


def _judged(paper: Paper, whole: _Rated, parts: Sequence[_Rated]) -> Iterator[Finding]:
    bases = [one.base for one in (whole, *parts)]
    if any(base is None or base.low <= 0 for base in bases):
        return
    first, *others = [base for base in bases if base is not None]
    if first.meets(_sum(others)):
        return
    plus = _RATES[whole.rate.measure]
    for position, one in enumerate((whole, *parts)):
        rest = [base for at, base in enumerate(others, 1) if at != position]
        needed = _sum(others) if not position else first.less(_sum(rest))
        fit = Printed.rounded(one.fact).over(needed) if needed.low > 0 else None
        if fit is None:
            continue
        fit = Printed(fit.low - plus, fit.high - plus)
        why = cause(one.rate, fit)
        sure = why == TURNED or (why in SLIPS_OF_HAND and (is_narrow(one.rate, fit) or is_telling(one.rate, fit)))
        if sure:
            should = (fit.low + fit.high) / 2
            base = "上年数" if plus else "预算数"
            total = (
                f"{'、'.join(printed(part.fact) for part in parts)} 各自的{base}之和，与 {printed(whole.fact)} 的{base}"
                f"不合；由其余各项推算应为 {shown(should, one.rate)}，印的是 {printed(one.rate)}"
            )
            facts = [one.rate, *(other.rate for other in (whole, *parts) if other is not one)]
            yield paper.finding("同比" if plus else "完成率", "疑", facts, total, shown(should, one.rate), why)
            return


def _sum(some: Sequence[Printed]) -> Printed:
    return Printed(sum((one.low for one in some), Decimal(0)), sum((one.high for one in some), Decimal(0)))
