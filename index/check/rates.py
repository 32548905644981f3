"""Rates that do not follow from their figures, within a sentence: 完成率, 同比与增减额, 占比, 核减率与节约率.

非税收入完成76495万元，占年度预算35853万元的113.36%         76495÷35853＝213.36%
收入31438万元，同比增长24754.14%，增收31424万元            31424÷(31438－31424)＝224457.14%
送审金额26680万元，审减金额6825万元，审减率52.58%           6825÷26680＝25.58%
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Final

from index.check.cause import (
    SLIPS_OF_HAND,
    TURNED,
    cause,
    corrected,
    digits_of,
    is_digit_off,
    is_telling,
    printed,
    shown,
)
from index.check.models import Finding, Level
from index.check.paper import Paper, is_against
from index.facts.printed import Printed, value
from index.facts.settle import fulfils, grows, slots
from index.models import Fact, Period

_BASES: Final = ("adjusted_budget", "budget")
_GROWN: Final = ("actual", "outstanding", "balance", "budget")
_LOOSE: Final = frozenset({"same_basis", "rough", "quote"})
_RATE_NAME: Final = re.compile(r"(?P<what>核减|审减|节约|节省|压减|核增)率$")
_IS_SAVED: Final = re.compile(r"(?:核减|审减|节约|节省|压减|核增)[^，,；;。]{0,8}$")
_SAVED: Final = re.compile("节约|节省|节支|核减|审减|压减|净减")  # one thing, by whatever name
_NEXT_TOPIC: Final = re.compile("[；;。]")
_NO_BASE: Final = re.compile(r"同口径|可比口径|剔除|扣除|不含|还原|年均|翻")
_IS_BASE: Final = re.compile("(?:为|完成|达到?|占)[^，,；;。（()）]{0,12}$")
_OF_BASE: Final = re.compile(r"\s*[万亿]?元(?:[（(][^（()）]*[)）])?的\s*")
_ADJUSTED: Final = re.compile("调[减增](?:了|额)?$")
_OTHER: Final = re.compile("预算|剔除|扣除|其中|[；;。（）()]")
_BESIDE: Final = 12  # characters from a change to its percentage
_HUNDRED: Final = Decimal(100)
_BY_NOW: Final = "拿本年数作了分母"
_RESTATED: Final = "上年数有调整"
_ALWAYS: Final = 8  # growths that follow, and one that does not
_HABIT: Final = 3  # growths that follow to the last digit, for a report that reckons from its own figures


def of_rates(paper: Paper) -> Iterator[Finding]:
    """All findings of these kinds, sentence by sentence."""
    prose = [(sentence.section, facts) for sentence, facts in paper.prose()]
    groups = [
        _with_what_grew(group, last if before == section else ())
        for (before, last), (section, facts) in pairwise([(None, []), *prose])
        for group in _groups(facts)
    ]
    follow = sum(_follows(group) for group in groups)
    restated: list[Finding] = []
    for group in groups:
        yield from _completion(paper, group)
        found = list(_growth(paper, group, strict=follow >= _HABIT))
        restated += [one for one in found if one.cause == _RESTATED]
        yield from (one for one in found if one.cause != _RESTATED)
    # a report of which all growths but one follow to the last digit restates nothing
    alone = len(restated) == 1 and follow >= _ALWAYS
    yield from (replace(one, level="疑", cause="") if alone else one for one in restated)
    for _, facts in paper.prose():
        yield from _saved(paper, facts)
        yield from _turned(paper, facts)


def _groups(facts: Sequence[Fact]) -> Iterator[list[Fact]]:
    """The figures of one thing in a sentence, in the order of the print."""
    found: dict[tuple[object, ...], list[Fact]] = {}
    for fact in facts:
        if fact.kind in ("money", "percent"):
            found.setdefault(slots(fact), []).append(fact)
    for group in found.values():
        # 1-6月收入23.85亿元，完成年初预算48.26亿元的49.41%: what some months are measured against is the year's
        years = [one for one in found.get(_of_the_year(group[0]), []) if one.measure in _BASES and one not in group]
        yield sorted([*group, *years], key=lambda fact: fact.start)


def _with_what_grew(group: list[Fact], last: Sequence[Fact]) -> list[Fact]:
    """收入总计9654万元。与上年相比，减少1427万元，下降12.9%: with the only figure of that in the sentence before."""
    measures = {fact.measure for fact in group}
    if not {"yoy_pct", "yoy_amount"} <= measures or measures & {*_GROWN, "adjusted_budget", "limit", "amount"}:
        return group
    # 与上年相比，增加481万元: no item of its own, so of the one that the sentence before is of
    bare = group[0].rule.endswith("heading")
    alike = [fact for fact in last if slots(fact) == slots(group[0]) or (bare and fact.kind == "money")]
    grown = [fact for fact in alike if fact.measure in _GROWN]
    return [grown[0], *group] if len(grown) == len(alike) == 1 else group


def _of_the_year(fact: Fact) -> tuple[object, ...]:
    period = fact.period
    return slots(replace(fact, period=Period(period.first_year, period.last_year)))


def _completion(paper: Paper, group: Sequence[Fact]) -> Iterator[Finding]:
    """实际完成 ÷ 预算 ＝ 完成率."""
    for position, percent in enumerate(group):
        if percent.measure != "completion" or percent.kind != "percent":
            continue
        before = group[:position]
        actuals = [fact for fact in before if fact.measure == "actual" and fact.kind == "money"]
        bases = [fact for fact in before if fact.measure in _BASES]
        named = _named_base(paper, bases, percent)
        bases = [named] if named is not None else bases
        if not actuals or not bases or any(fulfils(a, b, percent) for a in actuals for b in bases):
            continue
        actual, base = actuals[-1], bases[-1]
        whole, part, rate = Printed.of(base), Printed.of(actual), Printed.of(percent)
        quotient = part.over(whole)
        if quotient is None:
            continue
        should = value(actual) / value(base) * _HUNDRED
        total = f"{printed(actual)} ÷ {printed(base)} ＝ {shown(should, percent)}，印的是 {printed(percent)}"
        needed = [(percent, quotient), (base, part.over(rate)), (actual, _times(whole, rate))]
        yield _told(paper, "完成率", needed, total, "错", should)


def _named_base(paper: Paper, bases: Sequence[Fact], percent: Fact) -> Fact | None:
    """为调整预算276000万元（年初预算285000万元）的100.5%: of the first, for the other stands in a bracket."""
    for base in bases:
        text = paper.sentences[base.sentence].text
        if _OF_BASE.fullmatch(text[base.end : percent.start]) and _IS_BASE.search(text[: base.start]):
            return base
    return None


def _grown(group: Sequence[Fact]) -> tuple[Fact, Fact, Fact] | None:
    """A figure, its change and its growth in percent."""
    percents = [fact for fact in group if fact.measure == "yoy_pct"]
    amounts = [fact for fact in group if fact.measure == "yoy_amount"]
    grown = next((fact for measure in _GROWN for fact in group if fact.measure == measure), None)
    if grown is None or len(percents) != 1 or len(amounts) != 1 or percents[0].kind != "percent":
        return None
    return grown, amounts[0], percents[0]


def _follows(group: Sequence[Fact]) -> bool:
    """Is the growth the quotient of the two figures, no restated year needed?"""
    if (three := _grown(group)) is None:
        return False
    change = Printed.of(three[1])
    growth = change.over(Printed.of(three[0]).less(change))
    return growth is not None and growth.meets(Printed.of(three[2]))


def _growth(paper: Paper, group: Sequence[Fact], *, strict: bool) -> Iterator[Finding]:
    """增减额 ÷ (本年 － 增减额) ＝ 同比; to the last digit (``strict``) where the report's other growths are so."""
    if (three := _grown(group)) is None:
        return
    grown, amount, percent = three
    if _ADJUSTED.search(paper.sentences[amount.sentence].text[: amount.start]):
        return  # 调减2510万元 is from the budget, what grows is from last year
    near = grows(grown, amount, percent)
    begins = grown.start if grown.sentence == percent.sentence else 0
    words = paper.sentences[percent.sentence].text[begins : max(percent.end, amount.end)]
    loose = {flag for fact in (grown, percent, amount) for flag in fact.flags} & _LOOSE
    if loose or _NO_BASE.search(words) or _follows(group):
        return
    now, change, rate = Printed.of(grown), Printed.of(amount), Printed.of(percent)
    last = now.less(change)
    quotient = change.over(last)
    if quotient is None or (last.high < 0 and quotient.meets(Printed(-rate.high, -rate.low))):
        return  # from a negative figure
    should = value(amount) / (value(grown) - value(amount)) * _HUNDRED
    last_year = f"({printed(grown)} － {printed(amount)})"
    total = f"{printed(amount)} ÷ {last_year} ＝ {shown(should, percent)}，印的是 {printed(percent)}"
    grown_from = _grown_from(now, rate)
    needed = [(percent, quotient), (amount, grown_from), (grown, _whole_of(change, rate))]
    by_now = change.over(now)
    by_now_fits = by_now is not None and by_now.meets(Printed.rounded(percent)) and len(digits_of(percent)) > 1
    if by_now_fits and is_against(paper.sentences[grown.sentence].text[: grown.start]):
        return  # 较上年末余额390410万元增加62990万元，增长16.13%: the figure is what it grew from
    if by_now_fits:
        yield paper.finding("同比", "疑", [percent, amount, grown], total, shown(should, percent), _BY_NOW)
        return
    if near:
        if strict:
            yield _restated(paper, needed, total, should)
        return
    known = any(cause(fact, fit) for fact, fit in needed if fit is not None)
    yield _told(paper, "同比", needed, total, "错" if known else "疑", should)


def _restated(paper: Paper, needed: Sequence[tuple[Fact, Printed | None]], total: str, rate: Decimal) -> Finding:
    """A growth that is off by a little: last year's figure may be another by now, if no plain slip explains it."""
    facts = [fact for fact, _ in needed]
    for position, (fact, fit) in enumerate(needed):
        why = cause(fact, fit) if fit is not None else ""
        if fit is not None and why in SLIPS_OF_HAND and (not position or is_telling(fact, fit)):
            should = corrected(fact, fit, None if position else rate)
            return paper.finding("同比", "疑", [fact, *(one for one in facts if one is not fact)], total, should, why)
    return paper.finding("同比", "提示", facts, total, shown(rate, facts[0]), _RESTATED)


def _turned(paper: Paper, facts: Sequence[Fact]) -> Iterator[Finding]:
    """减少3308万元，增长13.5%: a change and its percentage, one right after the other, go one way."""
    for first, second in pairwise(facts):
        text = paper.sentences[first.sentence].text[first.end : second.start]
        one_thing = slots(first) == slots(second) and {first.measure, second.measure} == {"yoy_amount", "yoy_pct"}
        if one_thing and len(text) <= _BESIDE and not _OTHER.search(text) and value(first) * value(second) < 0:
            percent, amount = (first, second) if first.measure == "yoy_pct" else (second, first)
            total = f"{printed(amount)} 与 {printed(percent)} 方向相反"
            yield paper.finding("同比", "错", [percent, amount], total, "", TURNED)


def _saved(paper: Paper, facts: Sequence[Fact]) -> Iterator[Finding]:
    """核减金额 ÷ 送审金额 ＝ 核减率, of figures that stand one after the other."""
    for position, rate in enumerate(facts):
        text = paper.sentences[rate.sentence].text
        left = text[: rate.start].rstrip("为达是约 ")
        match = _RATE_NAME.search(left)
        money = [fact for fact in facts[max(0, position - 3) : position] if fact.kind == "money"]
        if not match or rate.kind != "percent" or len(money) < 2 or money[-1].end + 12 < rate.start:
            continue
        whole, part = money[0], money[-1]
        between = text[whole.end : part.start]
        if match["what"] not in between and not _SAVED.search(between):
            continue
        # 审减3.05亿元；采购节约0.74亿元，节约率: what was saved elsewhere is not what this was saved of
        if _NEXT_TOPIC.search(between) or _IS_SAVED.search(text[: whole.start]):
            continue
        if "；" in text[whole.end : part.start]:
            continue  # 审减3亿元；采购节约0.7亿元，节约率6%: of another thing
        if _LOOSE & {*whole.flags, *part.flags} or not 0 < abs(value(part)) <= value(whole):
            continue
        quotient = Printed.of(_plain(part)).over(Printed.of(whole))
        # 完成采购12460万元，节约945万元: also of both, where the first is what was paid
        paid = Printed.of(_plain(part)).over(Printed.of(whole).plus(Printed.of(_plain(part))))
        if quotient is None or any(fit is not None and fit.meets(Printed.of(rate)) for fit in (quotient, paid)):
            continue
        should = abs(value(part)) / value(whole) * _HUNDRED
        total = f"{printed(part)} ÷ {printed(whole)} ＝ {shown(should, rate)}，印的是 {printed(rate)}"
        yield _told(paper, f"{match['what']}率", [(rate, quotient), (part, None), (whole, None)], total, "错", should)


def _plain(fact: Fact) -> Fact:
    return replace(fact, number=abs(value(fact)))


def _told(
    paper: Paper, kind: str, needed: Sequence[tuple[Fact, Printed | None]], total: str, level: Level, rate: Decimal
) -> Finding:
    """The finding; the first figure of which a single slip makes what fits is the one that is wrong.

    ``needed`` are the figures with what each would have to be, the rate first, which should be ``rate``."""
    found = []
    for position, (fact, fit) in enumerate(needed):
        if fit is not None and (why := cause(fact, fit)):
            others = [other for other, _ in needed if other is not fact]
            should = corrected(fact, fit, None if position else rate)
            found.append(paper.finding(kind, level, [fact, *others], total, should, why))
    facts = [fact for fact, _ in needed]
    other = found[0] if found and found[0].spans[0].start != facts[0].start else None
    if other is not None and other.cause in SLIPS_OF_HAND and is_digit_off(facts[0], rate):
        # 5.9% printed as 6.9%: too few digits to tell by themselves, but no less likely
        either = f"{shown(rate, facts[0])}，或 {other.figure} 应为 {other.should}"
        return paper.finding(kind, level, facts, total, "", f"{other.cause}：{printed(facts[0])} 应为 {either}")
    if found:
        return paper.either(found)
    return paper.finding(kind, level, facts, total, shown(rate, facts[0]))


def _times(whole: Printed, rate: Printed) -> Printed:
    ends = [a * b / _HUNDRED for a in (whole.low, whole.high) for b in (rate.low, rate.high)]
    return Printed(min(ends), max(ends))


def _grown_from(now: Printed, rate: Printed) -> Printed | None:
    """The change that makes the figure grow so: now × r ÷ (100 + r)."""
    if rate.low <= -_HUNDRED:
        return None
    ends = [n * r / (_HUNDRED + r) for n in (now.low, now.high) for r in (rate.low, rate.high)]
    return Printed(min(ends), max(ends))


def _whole_of(change: Printed, rate: Printed) -> Printed | None:
    """The figure that has grown so much and by so many percent: change × (100 + r) ÷ r."""
    if rate.low <= 0 <= rate.high:
        return None
    ends = [c * (_HUNDRED + r) / r for c in (change.low, change.high) for r in (rate.low, rate.high)]
    return Printed(min(ends), max(ends))
