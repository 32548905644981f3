"""Figures that the rest of the report contradicts: a rate whose base stands elsewhere, a print one slip away, a unit.

    2024年完成93.0亿元 … 2025年完成98.1亿元，增长8.5%        98.1 is 5.5 % more than 93.0: 抄错一位
    财政专户余额133111万元 … 专户余额131311万元              两位数字颠倒
    2024年完成417亿元 … 2025年安排450万元                   单位

What differs may be of another basis: only what a single slip of the hand or a unit explains is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, pairwise
from typing import Final

from index.check.adding import STATE
from index.check.cause import (
    SLIPS_OF_HAND,
    SWAPPED,
    TURNED,
    cause,
    corrected,
    digits_of,
    is_swapped,
    is_telling,
    printed,
    shown,
)
from index.check.models import Finding, Level
from index.check.paper import Paper
from index.check.repeats import KIND
from index.contradictions import agree, is_bound
from index.facts.printed import Printed, grain, value
from index.models import Fact, Period

_LOOSE: Final = frozenset({"rough", "same_basis", "quote", "unit_missing", "unit_unsure", "opening"})
_OTHER_BASIS: Final = re.compile(r"同口径|可比|剔除|扣除|不含|还原|年均|累计|[一二三四五]年|比[^，。；]{0,10}预算")
_BASE: Final = "base_of"  # rule of what a rate is of
_OWN_BASE: Final = re.compile(
    r"[万亿]?元[，,]?(?:预计)?[比较](?:上年|去年|20\d\d年)(?:实际)?(?:执行|完成|决算)(?:数|实绩)?(?:增长|下降|上升)"
)
_FEWEST: Final = 3
_TWO: Final = 2  # digits of which only the order can be told
_MANY: Final = 4
_HUNDRED: Final = Decimal(100)
_WAN: Final = Decimal(10) ** 4
_ALIKE: Final = (Decimal("0.5"), Decimal(2))
_FAR: Final = 20
# Hundreds of figures under one name, or a dozen values of one period and measure, are a list, not prints of one figure.
_FIGURES: Final = 400
_VALUES: Final = 12
_TIMES: Final = 3  # that one value is looked at
_BESIDE: Final = 10  # percentage points that a growth from another base is off by
_ROOM_OF_SWAPS: Final = 16  # there are few swaps, so they are met by chance less often
_ROOM: Final = 8  # last digits that a rate may be off by the rounding of its figures


def of_the_whole(paper: Paper) -> Iterator[Finding]:
    """All findings of these kinds."""
    told = [
        fact
        for fact in paper.parsed.facts
        if fact.number and not _LOOSE & set(fact.flags) and not fact.qualifiers and (fact.key or len(fact.item) > _MANY)
    ]
    by_thing: dict[tuple[object, ...], list[Fact]] = {}
    for fact in told:
        if fact.kind == "money" and fact.measure in STATE and not is_bound(fact):
            by_thing.setdefault(thing_of(fact), []).append(fact)
    by_thing = {thing: group for thing, group in by_thing.items() if len(group) <= _FIGURES}
    for fact in told:
        if fact.kind == "percent" and fact.measure in ("yoy_pct", "completion") and fact.rule != "table":
            yield from _rate(paper, fact, by_thing.get(thing_of(fact), []))
    for group in by_thing.values():
        yield from _slipped(paper, group)
        yield from _units(paper, group)


def thing_of(fact: Fact) -> tuple[object, ...]:
    """What a figure is of, whatever its year and measure."""
    # a book's total is the same where it stands as a term of 总支出
    parent = "" if fact.key.startswith("total-") else fact.parent
    return fact.region, fact.scope or "whole", fact.account, fact.flow, fact.key or fact.item, fact.owner, parent


# ---------------------------------------------------------------------------------------------- rates


def _rate(paper: Paper, rate: Fact, money: Sequence[Fact]) -> Iterator[Finding]:
    """The figure of the rate's own sentence against all that the report gives for what it is measured against."""
    text = paper.sentences[rate.sentence].text
    own = [fact for fact in money if fact.sentence == rate.sentence and fact.start < rate.start]
    own = [fact for fact in own if fact.period == rate.period and fact.measure in ("actual", "budget", "amount")]
    own = [fact for fact in own if not fact.rule.startswith(_BASE)]  # 为年初预算12400万元的103.7%，增长6.2%
    if not own or _OTHER_BASIS.search(text[own[-1].start : rate.end + 8]):
        return
    now = own[-1]
    growth = rate.measure == "yoy_pct"
    if growth and any(fact.measure == "yoy_amount" for fact in paper.by_sentence[rate.sentence]):
        return
    bases = [fact for fact in money if fact is not now and _is_base(fact, now, growth=growth)]
    if len({base.value for base in bases}) > _VALUES:
        return
    made = [(base, fit) for base in bases if (fit := _made(now, base, growth=growth)) is not None]
    if not made or any(fit.meets(Printed.of(rate)) for _, fit in made):
        return
    for base, fit in made:
        if len(digits_of(rate)) < _FEWEST and not fit.meets(Printed.rounded(replace(rate, number=-value(rate)))):
            continue  # two digits say little, but the same growth the other way
        room = (fit.high - fit.low) / grain(rate)
        why = cause(rate, fit) if room <= _ROOM_OF_SWAPS else ""
        why = why if room <= _ROOM or why == SWAPPED else ""
        wrong, should = rate, value(now) / value(base) * _HUNDRED - (_HUNDRED if growth else 0)
        words = shown(should, rate)
        if why not in SLIPS_OF_HAND and why != TURNED:
            wrong, why, words = _other_end(now, base, rate, growth=growth)
        if why:
            minus = " － 1" if growth else ""
            total = f"{printed(now)} ÷ {printed(base)}{minus} ＝ {shown(should, rate)}，印的是 {printed(rate)}"
            others = [fact for fact in (rate, now, base) if fact is not wrong]
            yield paper.finding("同比" if growth else "完成率", "疑", [wrong, *others], total, words, why)
            return
    alike = len({value(base) for base, _ in made}) == 1
    if alike and now.key.startswith("total-") and len(digits_of(rate)) == _TWO:
        should = value(now) / value(made[0][0]) * _HUNDRED - (_HUNDRED if growth else 0)
        if should * value(rate) > 0 and is_swapped(rate, round(should, len(rate.value.partition(".")[2]))):
            total = f"{printed(now)} ÷ {printed(made[0][0])} 推算应为 {shown(should, rate)}，印的是 {printed(rate)}"
            kind = "同比" if growth else "完成率"
            yield paper.finding(kind, "疑", [rate, now, made[0][0]], total, shown(should, rate), SWAPPED)
            return
    if growth and (same := next((base for base in bases if _is_copied(now, base)), None)) is not None:
        yield _last_years(paper, rate, now, same)
    elif growth and len(made) == 1 and now.key.startswith("total-"):
        yield from _other_base(paper, rate, now, made[0][0])


def _is_copied(now: Fact, base: Fact) -> bool:
    return (now.value, now.unit) == (base.value, base.unit) and len(digits_of(now)) >= _FEWEST


def _last_years(paper: Paper, rate: Fact, now: Fact, base: Fact) -> Finding:
    """支出371.3亿元，增长4.3%, where the year before had 371.3亿元: what grew cannot be what it grew from."""
    should = shown(value(base) * (_HUNDRED + value(rate)) / _HUNDRED, now)
    total = f"{printed(now)} 与上年数 {printed(base)} 相同，印的是 {printed(rate)}"
    return paper.finding("同比", "疑", [now, base, rate], total, f"约{should}", "用了上年数")


def _other_base(paper: Paper, rate: Fact, now: Fact, base: Fact) -> Iterator[Finding]:
    """A growth that no slip explains, of a total: last year's figure that it was reckoned from is not the report's."""
    should = value(now) / value(base) * _HUNDRED - _HUNDRED
    if abs(should - value(rate)) <= _BESIDE:
        total = f"{printed(now)} ÷ {printed(base)} － 1 ＝ {shown(should, rate)}，印的是 {printed(rate)}"
        # 比上年执行数增长: names the report's own figure
        text = paper.sentences[rate.sentence].text[now.end : rate.start]
        level: Level = "疑" if base.measure == "actual" and _OWN_BASE.fullmatch(text) else "提示"
        yield paper.finding("同比", level, [rate, now, base], total, "", "基数不是报告里的上年数")


def _other_end(now: Fact, base: Fact, rate: Fact, *, growth: bool) -> tuple[Fact, str, str]:
    """Is one of the two figures a slip away from what bears the rate out?  It, what happened, what it should be."""
    by = Printed.rounded(rate)
    whole = Printed(by.low + _HUNDRED, by.high + _HUNDRED) if growth else by
    if whole.low > 0:
        was = Printed.of(base)
        needed = Printed(was.low * whole.low / _HUNDRED, was.high * whole.high / _HUNDRED)
        for fact, fit in ((now, needed), (base, Printed.of(now).over(whole))):
            if fit is not None and (why := cause(fact, fit)) and (why == "单位" or _is_slip(fact, fit, why)):
                return fact, why, corrected(fact, fit)
    return rate, "", ""


def _is_slip(fact: Fact, fit: Printed, why: str) -> bool:
    return why in SLIPS_OF_HAND and is_telling(fact, fit)


def _is_base(fact: Fact, now: Fact, *, growth: bool) -> bool:
    if growth:
        return is_of_year_before(fact, now) and fact.measure in ("actual", "budget", "adjusted_budget")
    return fact.period == now.period and fact.measure in ("budget", "adjusted_budget")


def is_of_year_before(fact: Fact, now: Fact) -> bool:
    """Is a figure of the same months a year before?"""
    return fact.period == year_before(now.period)


def year_before(period: Period) -> Period:
    """The same months a year before."""
    return Period(
        period.first_year - 1, period.last_year - 1, period.first_month, period.last_month, period.as_of
    )  # fmt: skip


def _made(now: Fact, base: Fact, *, growth: bool) -> Printed | None:
    quotient = Printed.of(now).over(Printed.of(base))
    return quotient.less(Printed(_HUNDRED, _HUNDRED)) if growth and quotient is not None else quotient


# ---------------------------------------------------------------------------------------------- prints, units


def _slipped(paper: Paper, group: Sequence[Fact]) -> Iterator[Finding]:
    """Two prints of one figure of which one is the other with a slip of the hand."""
    for prints in _prints(group):
        told: set[frozenset[str]] = set()
        for first, second in combinations(prints, 2):
            one_place = first.sentence == second.sentence or first.rule == second.rule == "table"
            if one_place or first.value == second.value or agree(first, second):
                continue
            if frozenset((first.value, second.value)) in told:
                continue
            few = _FEWEST if _is_term(first) != _is_term(second) else _MANY
            why = cause(first, _exactly(second)) or cause(second, _exactly(first))
            few = _FEWEST if why == SWAPPED else few  # there are but two ways to swap three digits
            if min(len(digits_of(first)), len(digits_of(second))) < few:
                continue
            if why in SLIPS_OF_HAND:
                alike = [sum(agree(one, other) for other in group) for one in (first, second)]
                in_text = alike[0] == alike[1] and second.rule == "table"
                wrong, other = (first, second) if alike[0] < alike[1] or in_text else (second, first)
                told.add(frozenset((first.value, second.value)))
                words = f"{first.item}：{printed(first)} 与 {printed(second)}"
                should = printed(other) if alike[0] != alike[1] else ""
                if abs(value(first) - value(second)) <= max(grain(first), grain(second)):
                    yield paper.finding(KIND, "提示", [wrong, other], words, "", "四舍五入")
                else:
                    yield paper.finding(KIND, "疑", [wrong, other], words, should, why)


def _is_term(fact: Fact) -> bool:
    """Is it a book's total as a term of another?"""
    return fact.key.startswith("total-") and bool(fact.parent)


def _exactly(fact: Fact) -> Printed:
    return Printed(value(fact), value(fact))


def _prints(group: Sequence[Fact]) -> Iterator[list[Fact]]:
    """What is printed for one measure and period, each value a few times."""
    by_stage: dict[tuple[Period, str], dict[str, list[Fact]]] = {}
    for fact in group:
        # 增长到2025年的372.3亿元: what came in or went out is of the year, of whichever day it is told
        period = replace(fact.period, as_of=False) if fact.measure == "actual" else fact.period
        same = by_stage.setdefault((period, fact.measure), {}).setdefault(fact.value, [])
        if len(same) < _TIMES:
            same.append(fact)
    for values in by_stage.values():
        if len(values) <= _VALUES:
            yield sorted((fact for same in values.values() for fact in same), key=lambda one: (one.sentence, one.start))


def _units(paper: Paper, group: Sequence[Fact]) -> Iterator[Finding]:
    """A figure ten thousand times smaller or larger than all others of its thing, in whatever year."""
    for fact in _far_from_all(group):
        others = [other for other in group if other is not fact]
        if fact.rule == "table" or len(digits_of(fact)) < _FEWEST:
            continue
        ratios = [abs(value(fact) / value(other)) for other in others if value(other)]
        factor = next(
            (factor for factor in (_WAN, 1 / _WAN) if all(_is_near(ratio * factor) for ratio in ratios)), None
        )
        same = any(other.value == fact.value for other in others)  # told as the same digits in two units
        if factor is None or same or (len(others) == 1 and factor < 1):
            continue
        like = others[0]
        total = f"同一项别处印的是 {printed(like)}，相差约一万倍"
        should = Printed(value(fact) * factor, value(fact) * factor)
        yield paper.finding("单位", "疑", [fact, like], total, corrected(fact, should), "单位")


def _far_from_all(group: Sequence[Fact]) -> list[Fact]:
    """The figures with no other of the group within twenty times; by size, only the neighbours need be looked at."""
    by_size = sorted((fact for fact in group if value(fact)), key=lambda fact: abs(value(fact)))
    near = [abs(value(high)) < _FAR * abs(value(low)) for low, high in pairwise(by_size)]
    alone = {
        id(fact)
        for fact, below, above in zip(by_size, [False, *near], [*near, False], strict=True)
        if not below and not above
    }
    return [fact for fact in group if id(fact) in alone] if len(group) > 1 else []


def _is_near(ratio: Decimal) -> bool:
    return _ALIKE[0] <= ratio <= _ALIKE[1]
