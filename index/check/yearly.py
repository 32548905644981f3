"""Growth by the year that does not follow from its first and last year.

    由2021年的300.33亿元增长到2025年的372.3亿元，年均增长4.4%      four years: 5.5 %; 4.4 % is over five
    2025年支出较“十三五”末增加69亿元，年均增长6.7%                 of 266.5亿元, printed elsewhere: 6.2 %

What a span of years has grown by in all (增长24%) is left to the rules of one year's growth.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from index.check.cause import cause, printed, shown
from index.check.models import Finding
from index.check.paper import Paper
from index.facts.printed import Printed, grain, value
from index.find.periods import find_periods
from index.models import Fact
from index.text.normal import plain

_BY_YEAR: Final = re.compile(r"年均(?:增长|增幅|增速|递增|增加|下降)*(?:为|达到?|约|率)*$")
_YEAR: Final = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)年(?:末|底)?(?:的|完成|为|达|到)*$")
_RISEN: Final = re.compile("[到至]")
_STOP: Final = re.compile("[；;。]|其中|剔除|同口径|可比")
_MORE: Final = re.compile("(?:增加|净增|增长|提高|(?P<down>减少|下降|压减))(?:了|约)?$")
_STOP_BASE: Final = re.compile("[；;。]|其中|剔除|可比")
_OTHER_BASIS: Final = re.compile("同口径|可比|剔除")
_BESIDE: Final = 4  # characters between an earlier year and 增加
_LONGEST: Final = 20  # years
_PLAN: Final = 5  # years of a five-year plan
_WORDS: Final = 16  # characters before a figure that say what it is
_HUNDRED: Final = Decimal(100)


def of_yearly(paper: Paper) -> Iterator[Finding]:
    """All findings of this kind."""
    for sentence, facts in paper.prose():
        ends: list[Fact] = []
        for fact in facts:
            if fact.kind == "percent" and _BY_YEAR.search(_before(sentence.text, fact)):
                yield from _judged(paper, sentence.text, ends, fact)
                yield from _of_change(paper, sentence.text, ends, fact)
            if fact.kind == "money":
                ends = [*ends[-1:], fact]


def _judged(paper: Paper, text: str, ends: Sequence[Fact], rate: Fact) -> Iterator[Finding]:
    if len(ends) < 2 or min(map(value, ends)) <= 0 or _STOP.search(plain(text[ends[0].end : rate.start])):
        return
    first, last = ends
    begun, ended = _YEAR.search(_before(text, first)), _YEAR.search(_before(text, last))
    if begun is None or ended is None or not _RISEN.search(text[first.end : last.start]):
        return
    years = int(ended["year"]) - int(begun["year"])
    if not 1 < years <= _LONGEST:
        return
    by = Printed.of(rate)
    made = _by_year(first, last, years)
    if made.meets(by):
        return
    should = _root(value(last) / value(first), years)
    one_more = _by_year(first, last, years + 1).meets(by)
    if int(begun["year"]) % _PLAN == 1 and years == _PLAN - 1 and not one_more:
        return  # of 十四五, from 2021 to 2025, the average is reckoned from 2020
    why = f"按 {years + 1} 年算" if one_more else cause(rate, made)
    total = (
        f"{begun['year']}年 {printed(first)} 到 {ended['year']}年 {printed(last)}，{years} 年年均 "
        f"{shown(should, rate)}，印的是 {printed(rate)}"
    )
    yield paper.finding("年均", "疑", [rate, first, last], total, shown(should, rate), why)


def _of_change(paper: Paper, text: str, before: Sequence[Fact], rate: Fact) -> Iterator[Finding]:
    """So much more than in an earlier year: from what the later year's figure, told elsewhere, says of the earlier."""
    if not before or _STOP_BASE.search(plain(text[before[-1].end : rate.start])):
        return
    change = before[-1]
    words = plain(text[: change.start])
    risen = _MORE.search(words)
    spans = [match.years for match in find_periods(words) if risen and match.end >= risen.start() - _BESIDE]
    year, nows = rate.period.last_year, _done(paper, rate)
    if not risen or not spans or spans[-1] is None or spans[-1][0] != spans[-1][1] or len({*map(value, nows)}) != 1:
        return
    years, now, size = year - spans[-1][1], nows[0], abs(value(change))
    grown = -size if risen["down"] else size
    if not 1 < years <= _LONGEST or not value(now) - grown > 0:
        return
    room = grain(now) + grain(change)
    base = value(now) - grown
    made = Printed(
        _root((value(now) - grain(now)) / (base + room), years), _root((value(now) + grain(now)) / (base - room), years)
    )
    if made.meets(Printed.of(rate)):
        return
    should = _root(value(now) / base, years)
    total = (
        f"{year}年 {printed(now)}，{(risen['down'] and '减少') or '增加'} {printed(change)}，{years} 年年均 "
        f"{shown(should, rate)}，印的是 {printed(rate)}"
    )
    if _OTHER_BASIS.search(re.split("[；;。]", words)[-1]):  # 2025年同口径支出: of another figure than the report's
        yield paper.finding("年均", "提示", [rate, change, now], total, "", "本年数另有口径，没有印出")
        return
    yield paper.finding("年均", "疑", [rate, change, now], total, shown(should, rate), cause(rate, made))


def _done(paper: Paper, rate: Fact) -> list[Fact]:
    """What the report gives as done of the rate's thing in its year."""
    slots = (rate.key, rate.region, rate.scope or "whole", rate.account, rate.period, rate.owner)
    return [
        fact for fact in paper.parsed.facts
        if fact.measure == "actual" and fact.kind == "money" and fact.number and fact.key and not fact.qualifiers
        and (fact.key, fact.region, fact.scope or "whole", fact.account, fact.period, fact.owner) == slots
    ]  # fmt: skip


def _before(text: str, fact: Fact) -> str:
    return plain(text[max(0, fact.start - _WORDS) : fact.start])


def _by_year(first: Fact, last: Fact, years: int) -> Printed:
    low, high = Printed.of(first), Printed.of(last)
    return Printed(_root(high.low / low.high, years), _root(high.high / low.low, years))


def _root(ratio: Decimal, years: int) -> Decimal:
    return (ratio ** (Decimal(1) / Decimal(years)) - 1) * _HUNDRED
