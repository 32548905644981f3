"""A figure, the one it is measured against, and how much it is more, in money or percent: all three in a sentence.

支出累计完成1537亿元，比“十三五”1048亿元增加489亿元      1048＋489＝1537
收入累计完成835亿元，比541亿元增加294亿元，增长53.4%      294÷541＝54.34%
支出141万元，比上年执行数101万元增长39.6%               141÷101－1＝39.6%
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final

from index.check.adding import STATE, Sum, compared
from index.check.cause import SLIPS_OF_HAND, cause, corrected, is_narrow, is_telling, printed, shown
from index.check.models import Finding
from index.check.paper import Entry, Paper
from index.facts.printed import Printed, value
from index.models import Fact, Sentence

_AGAINST: Final = re.compile("[比较由从][^，,；;。]{0,16}$")
_HUNDRED: Final = Printed(Decimal(100), Decimal(100))
_RIGHT_BEHIND: Final = 6  # characters from a change to its percentage
_LAST: Final = re.compile(r"^[，,]?(?:预计)?[比较](?:上年|去年|\d{4}年)?(?:预计|快报)?(?:执行|完成|决算|预算)?数?$")
_BY: Final = re.compile("^(?:增长|下降|增加|减少|上升)(?:了|约)?$")
_LOOSE: Final = frozenset({"rough", "same_basis", "quote"})
_MORE: Final = re.compile("^[^，,；;。]{0,6}(?:增加|减少|增收|减收|增支|减支|净增|提高|下降|扩大|压减)(?:了|额)?$")


def of_grown(paper: Paper) -> Iterator[Finding]:
    """All findings of this kind."""
    for sentence, facts in paper.prose():
        yield from _in_percent(paper, sentence, facts)
        entries = [one for one in paper.entries(sentence) if not one.depth]
        for position in range(2, len(entries)):
            base, change = entries[position - 1 : position + 1]
            alike = (base.fact.key or base.fact.item) == (change.fact.key or change.fact.item)
            told = _AGAINST.search(base.gap) and _MORE.search(change.gap) and change.fact.measure == "yoy_amount"
            nows = _grown(entries[: position - 1], base.fact)
            if alike and told and nows and base.fact.measure in STATE:
                added = Sum(((1, base.fact), (1, change.fact)))
                if not any(added.range.meets(Printed.rounded(fact)) for fact in nows):
                    yield from compared(paper, "增减额", nows[0], added, closed=True, sure=False)
                yield from _of_base(paper, facts, base.fact, change.fact)


def _grown(before: Sequence[Entry], base: Fact) -> list[Fact]:
    """What may have grown from a base, the likeliest first: 完成3240万元，为预算3000万元的108%，比上年2875万元增加."""
    alike = [one for one in before if (one.fact.key or one.fact.item) == (base.key or base.item)]
    facts = [one.fact for one in reversed(alike) if one.is_state and one.fact.measure in STATE]
    return sorted(facts, key=lambda fact: fact.measure != base.measure)


def _of_base(paper: Paper, facts: Sequence[Fact], base: Fact, change: Fact) -> Iterator[Finding]:
    """比541亿元增加294亿元，增长53.4%: the base is printed, so the percentage is of that, to the last digit."""
    rate = next((fact for fact in facts if change.end <= fact.start <= change.end + _RIGHT_BEHIND), None)
    if rate is None or rate.measure != "yoy_pct" or rate.kind != "percent" or value(base) <= 0:
        return
    made = Printed.rounded(change).over(Printed.rounded(base))
    loose = _LOOSE & {*base.flags, *change.flags, *rate.flags}
    if made is not None and not loose and not made.meets(Printed.of(rate)):
        should = value(change) / value(base) * 100
        total = f"{printed(change)} ÷ {printed(base)} ＝ {shown(should, rate)}，印的是 {printed(rate)}"
        yield paper.finding("同比", "疑", [rate, change, base], total, shown(should, rate), cause(rate, made))


def _in_percent(paper: Paper, sentence: Sentence, facts: Sequence[Fact]) -> Iterator[Finding]:
    """比上年执行数101万元增长39.6%, right behind the figure: what it grew from cannot be another."""
    behind = {first.start: second for first, second in pairwise(facts) if second.kind == "percent"}
    entries = paper.entries(sentence)
    for position, entry in enumerate(entries):
        last, rate = entry.fact, behind.get(entry.fact.start)
        words = entry.gap.removeprefix("万元").removeprefix("亿元").removeprefix("元").replace(" ", "")
        now = _before(facts, entries[:position], last) if rate is not None and _LAST.match(words) else None
        if now is None or rate is None or _LOOSE & {*now.flags, *last.flags, *rate.flags} or value(last) <= 0:
            continue
        by = sentence.text[last.end : rate.start].strip().removeprefix(last.unit).replace(" ", "")
        made = Printed.rounded(now).over(Printed.rounded(last))
        if made is None or not _BY.match(by):
            continue
        made = made.less(_HUNDRED)
        if not made.meets(Printed.of(rate)):
            yield _told(paper, now, last, rate, made)


def _before(facts: Sequence[Fact], entries: Sequence[Entry], last: Fact) -> Fact | None:
    """The figure that stands before 比上年521万元, with what it is otherwise measured against between; None if another
    number does."""
    at = next(position for position, fact in enumerate(facts) if fact is last)
    state = [one.is_state for one in entries]
    if not entries or not any(state) or facts[at - 1].start != entries[-1].fact.start:
        return None
    first = len(state) - 1 - state[::-1].index(True)
    between = "".join(one.gap for one in entries[first + 1 :])
    return None if re.search("[；;。]|其中", between) else entries[first].fact


def _told(paper: Paper, now: Fact, last: Fact, rate: Fact, made: Printed) -> Finding:
    """The rate is wrong, or one of the figures where only a slip of that explains it."""
    by = Printed.rounded(rate)
    whole = Printed(by.low + 100, by.high + 100)
    size = Printed.rounded(last)
    grown = Printed(size.low * whole.low / 100, size.high * whole.high / 100)
    should = value(now) / value(last) * 100 - 100
    total = f"{printed(now)} ÷ {printed(last)} － 1 ＝ {shown(should, rate)}，印的是 {printed(rate)}"
    why = cause(rate, made)
    for fact, fit in ((now, grown), (last, Printed.rounded(now).over(whole))) if not why else ():
        slip = cause(fact, fit) if fit is not None else ""
        hand = slip in SLIPS_OF_HAND and fit is not None and (is_telling(fact, fit) or is_narrow(fact, fit))
        if fit is not None and (hand or slip == "单位"):
            others = [one for one in (now, last, rate) if one is not fact]
            return paper.finding("同比", "疑", [fact, *others], total, corrected(fact, fit), slip)
    return paper.finding("同比", "错", [rate, now, last], total, shown(should, rate), why)
