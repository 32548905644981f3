"""How far a part of a year is ahead of the calendar, and shares that make a hundred.

1—9月收入完成年初预算的72.1%，比时间进度慢2.9个百分点            75.0－72.1 ＝ 2.9
争取资金152.1亿元，超全年目标（110亿元）38.3%                       152.1÷110－1 ＝ 38.3%
税务部门41260万元，占59.8%；财政部门27682万元，占40.2%          both are of 41260＋27682
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final

from index.check.adding import STATE, Sum
from index.check.cause import SLIPS_OF_HAND, cause, corrected, printed, shown
from index.check.models import Finding
from index.check.paper import Paper
from index.facts.printed import Printed, value
from index.models import Fact, Sentence

_PACE: Final = re.compile("(?:时间|序时)进度(?P<way>[快慢]|超前|滞后|超|高|低)?(?:出|于)?(?:约)?$")
_OF: Final = re.compile(r"^[万亿]?元[，,、]占[^，,；;。]{0,12}$")
_AIM: Final = re.compile(r"超(?:额|出|过)?[^，,；;。（(]{0,8}(?:目标|任务|计划|预期)(?:数)?[（(][^（）()]{2,14}[)）]$")
_ALL: Final = Printed(Decimal(100), Decimal(100))
_YEAR: Final = 12
_BACK: Final = 40  # characters from a rate to how far it is ahead
_FEWEST: Final = 2
_LOOSE: Final = frozenset({"rough", "same_basis", "quote", "unit_missing"})


def of_pace(paper: Paper) -> Iterator[Finding]:
    """All findings of these kinds."""
    for sentence, facts in paper.prose():
        for rate, points in pairwise(facts):
            if rate.measure == "completion" and points.kind == "points" and points.start - rate.end <= _BACK:
                yield from _paced(paper, sentence, rate, points)
        yield from _beyond(paper, sentence, facts)
        yield from _shared(paper, sentence, facts)


def _beyond(paper: Paper, sentence: Sentence, facts: Sequence[Fact]) -> Iterator[Finding]:
    """争取资金152.1亿元，增长51.3%，超全年目标（110亿元）38.3%: how far beyond the aim that the bracket names."""
    for aim, rate in pairwise(facts):
        if rate.kind != "percent" or aim.kind != "money" or not _AIM.search(sentence.text[: rate.start]):
            continue
        before = [one for one in facts if one.kind == "money" and one.end <= aim.start and one.measure in STATE]
        same = [one for one in before if (one.key or one.item) == (aim.key or aim.item) and one.period == aim.period]
        if not same or _LOOSE & {*aim.flags, *rate.flags, *same[-1].flags}:
            continue
        made = Printed.rounded(same[-1]).over(Printed.rounded(aim))
        fit = made.less(_ALL) if made is not None else None
        if fit is not None and not fit.meets(Printed.of(rate)):
            should = shown((fit.low + fit.high) / 2, rate)
            total = f"{printed(same[-1])} ÷ {printed(aim)} － 1 ＝ {should}，印的是 {printed(rate)}"
            yield paper.finding("完成率", "疑", [rate, same[-1], aim], total, should, cause(rate, fit))


def _paced(paper: Paper, sentence: Sentence, rate: Fact, points: Fact) -> Iterator[Finding]:
    """比时间进度慢2.9个百分点: the rate against the share of the year that has gone by."""
    months = rate.period.last_month - rate.period.first_month + 1
    if not _PACE.search(sentence.text[rate.end : points.start]) or not 1 <= months < _YEAR:
        return
    gone = Decimal(months) * 100 / _YEAR
    apart = abs(value(rate) - gone)
    room = Printed.of(points).high - value(points)
    if abs(apart - abs(value(points))) > room + Printed.of(rate).high - value(rate):
        should = shown(apart, points)
        total = f"{printed(rate)} 与时间进度 {gone:.1f}% 相差 {should}，印的是 {printed(points)}"
        yield paper.finding("完成率", "疑", [points, rate], total, should)


def _shared(paper: Paper, sentence: Sentence, facts: Sequence[Fact]) -> Iterator[Finding]:
    """Parts with their shares that make a hundred, as printed or as far as one of them: each is of what all make."""
    pairs = [
        (part, share) for part, share in pairwise(facts)
        if part.kind == "money" and share.measure == "share" and share.kind == "percent"
        and part.measure in STATE and _OF.match(sentence.text[part.end : share.start])
        and not _LOOSE & {*part.flags, *share.flags} and value(part) > 0
    ]  # fmt: skip
    money = [fact for fact in facts if fact.kind == "money" and pairs and fact.start >= pairs[0][0].start]
    if len(pairs) < _FEWEST or len(money) != len(pairs) or len({part.measure for part, _ in pairs}) > 1:
        return
    known = Sum(tuple((1, part) for part, _ in pairs)).range
    made = [(part, share, fit) for part, share in pairs if (fit := Printed.rounded(part).over(known)) is not None]
    off = [(part, share, fit) for part, share, fit in made if not fit.meets(Printed.of(share))]
    whole = Printed(Decimal(0), Decimal(0))
    for _, share in pairs:
        whole = whole.plus(Printed.of(share))
    if len(off) == 1 and len(pairs) - len(off) >= 1:
        part, share, fit = off[0]
        others = "、".join(printed(one) for one, _ in pairs if one is not part)
        should = shown((fit.low + fit.high) / 2, share)
        total = f"{printed(part)} 在它与 {others} 之中占 {should}，印的是 {printed(share)}（其余各项都合）"
        yield paper.finding("占比", "疑", [share, part], total, should, cause(share, fit))
    elif off and whole.meets(_ALL):
        yield from _slipped(paper, pairs)


def _slipped(paper: Paper, pairs: Sequence[tuple[Fact, Fact]]) -> Iterator[Finding]:
    """Shares that make a hundred, though they are not those of the parts: which part is a slip away from its share?"""
    found = []
    for part, share in pairs:
        others = Sum(tuple((1, one) for one, _ in pairs if one is not part)).range
        by = Printed.of(share)
        fit = Printed(others.low * by.low / (100 - by.low), others.high * by.high / (100 - by.high))
        if (why := cause(part, fit)) in SLIPS_OF_HAND:
            facts = [part, share, *(one for one, _ in pairs if one is not part)]
            words = "、".join(f"{printed(one)} 占 {printed(rate)}" for one, rate in pairs)
            total = f"{words}：占比合计 100%，与各数不合"
            found.append(paper.finding("占比", "疑", facts, total, corrected(part, fit), why))
    if found:
        yield paper.either(found)
