"""Figures that the reports do not print but fix: last year's figure, completion, growth, shares.

    住房保障支出 2023: 8767万元, 增支1864万元 -> 2022: 8767 - 1864 = 6903 万元, labelled as computed, with the formula

Operands come from one document, one scope, one account and one stage; if one of them is missing, withheld or
contradicted, nothing is computed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from index.ask.agree import grain, groups
from index.ask.figures import grouped
from index.ask.vocabulary import asking_pattern
from index.find.amounts import COUNT_SCALES, MONEY_UNITS
from index.lexicon import measures
from index.models import Figure, Measure, Period, StoredFact
from index.text.normal import plain

USUAL: Final = 2
_NUMERALS: Final = "零一二三四五"
_places: ContextVar[int] = ContextVar("decimal places of what is computed", default=USUAL)
_MINUS = "-－−负△▲"  # before a value that is printed with its sign


def last_year(facts: Sequence[StoredFact], year: int) -> Figure | None:
    """The figure of ``year`` from next year's figure and its difference; ``facts`` are of one item and scope."""
    for one in facts:
        if one.fact.measure not in ("actual", "outstanding", "amount") or one.fact.number is None:
            continue
        if one.fact.period != Period.year(year + 1) or not _alone(one, facts):
            continue
        change = _partner(one, facts, "yoy_amount")
        if change is None or change.fact.number is None:
            continue
        sign = "+" if change.fact.number < 0 else "-"
        formula = (
            f"{year}年 = {year + 1}年{as_printed(one)} {sign} {'减少' if sign == '+' else '增加'}{_unsigned(change)}"
        )
        return _money(one, one.fact.number - change.fact.number, year, one.fact.measure, formula)
    return None


def completion(facts: Sequence[StoredFact], *, adjusted: bool | None = None) -> Figure | None:
    """Actual as a percentage of the (adjusted) budget."""
    for one in facts:
        if one.fact.measure != "actual" or not one.fact.number or not _alone(one, facts):
            continue
        wanted: list[Measure] = ["adjusted_budget", "budget"] if adjusted is None else []
        wanted += ["adjusted_budget"] if adjusted else []
        wanted += ["budget"] if adjusted is False else []
        for measure in wanted:
            base = _partner(one, facts, measure)
            if base and base.fact.number:
                name = measures()[measure].name
                return _percent(one, one.fact.number, base.fact.number, "completion",
                                f"完成{as_printed(one)} ÷ {name}{as_printed(base)}")  # fmt: skip
    return None


def growth(
    facts: Sequence[StoredFact], before: Sequence[StoredFact], measure: Measure, *, printed: bool = True
) -> Figure | None:
    """The change to the year before, from its printed difference (if ``printed``) or from both years' figures."""
    for one in facts:
        if one.fact.measure != "actual" or one.fact.number is None or not _alone(one, facts):
            continue
        change = _partner(one, facts, "yoy_amount") if printed else None
        if measure == "yoy_pct" and change and change.fact.number is not None:
            base = one.fact.number - change.fact.number
            if base > 0:
                return _percent(one, change.fact.number, base, "yoy_pct", f"增减额{as_printed(change)} ÷ 上年数")
        earlier = [
            other
            for other in before
            if other.fact.measure == "actual" and other.fact.scope == one.fact.scope
            and other.fact.account == one.fact.account and other.fact.number
        ]  # fmt: skip
        if len(groups(earlier)) != 1 or earlier[0].fact.number is None:
            continue
        base = earlier[0].fact.number
        formula = (
            f"（{one.fact.period.text}年{as_printed(one)} - {earlier[0].fact.period.text}年{as_printed(earlier[0])}）"
        )
        if measure == "yoy_pct" and base > 0:
            return _percent(
                one, one.fact.number - base, base, "yoy_pct", f"{formula} ÷ {earlier[0].fact.period.text}年数"
            )
        if measure == "yoy_amount":
            return _money(one, one.fact.number - base, one.fact.period.last_year, "yoy_amount", formula)
    return None


def step(before: StoredFact, after: StoredFact, measure: Measure) -> Figure | None:
    """How much a figure rose or fell that one sentence tells before and after: 由645元提高至685元 -> 40元."""
    a, b = before.fact, after.fact
    if a.number is None or b.number is None or a.kind != b.kind or a.kind not in ("money", "count"):
        return None
    if measure == "yoy_pct":
        formula = f"（{as_printed(after)} - {as_printed(before)}）÷ {as_printed(before)}"
        return _percent(after, b.number - a.number, a.number, measure, formula) if a.number > 0 else None
    scale = b.number / Decimal(_bare(b.value)) if Decimal(_bare(b.value)) else Decimal(1)
    value = _plain((b.number - a.number) / scale)
    formula = f"{as_printed(after)} - {as_printed(before)} = {grouped(value)}{b.unit}"
    return _figure(after, b.period.text, measure, value, b.unit, formula)


def share(part: StoredFact, whole: StoredFact, part_name: str = "", whole_name: str = "") -> Figure | None:
    """A part as a percentage of its whole; levels, places and accounts are the caller's to compare."""
    if not part.fact.number or not whole.fact.number or abs(part.fact.number) > abs(whole.fact.number):
        return None
    formula = f"{part_name or part.fact.item}{as_printed(part)} ÷ {whole_name or whole.fact.item}{as_printed(whole)}"
    return _percent(part, part.fact.number, whole.fact.number, "share", formula)


def share_of_sum(parts: Sequence[StoredFact], whole: StoredFact) -> Figure | None:
    """Several parts together as a percentage of their whole."""
    top = sum((one.fact.number or Decimal(0) for one in parts), Decimal(0))
    if not whole.fact.number or not 0 < top <= whole.fact.number:
        return None
    formula = " + ".join(f"{one.fact.item}{as_printed(one)}" for one in parts)
    own = _percent(parts[0], top, whole.fact.number, "share", f"({formula}) ÷ {whole.fact.item}{as_printed(whole)}")
    return replace(own, item="与".join(one.fact.item for one in parts) + "合计")


def total(facts: Sequence[StoredFact], names: Sequence[str], unit: str = "") -> Figure:
    """Several amounts as one, in the unit asked for, else in that of the coarsest."""
    unit = _unit_of(facts, unit)
    value = _plain(sum((one.fact.number or Decimal(0) for one in facts), Decimal(0)) / size_of_unit(unit))
    formula = " + ".join(f"{name}{as_printed(one)}" for name, one in zip(names, facts, strict=True))
    formula += f" = {grouped(value)}{unit}"
    first = facts[0]
    figure = _figure(first, first.fact.period.text, first.fact.measure, value, unit, formula)
    places = dict.fromkeys(map(_place, facts))
    region = "与".join(places) if len(places) > 1 else figure.region
    return replace(figure, item="与".join(names) + "合计", region=region)


def without(whole: StoredFact, parts: Sequence[StoredFact], names: Sequence[str], unit: str = "") -> Figure | None:
    """A total less some of its parts, in the unit asked for, else in that of the coarsest; ``names`` are of all."""
    facts = [whole, *parts]
    unit = _unit_of(facts, unit)
    left = (whole.fact.number or Decimal(0)) - sum((one.fact.number or Decimal(0) for one in parts), Decimal(0))
    if left <= 0 or len({one.fact.account for one in facts} - {"", "other"}) > 1:
        return None
    value = _plain(left / size_of_unit(unit))
    formula = " - ".join(f"{name}{as_printed(one)}" for name, one in zip(names, facts, strict=True))
    figure = _figure(
        whole, whole.fact.period.text, whole.fact.measure, value, unit, f"{formula} = {grouped(value)}{unit}"
    )
    return replace(figure, item=f"{names[0]}（不含{'、'.join(names[1:])}）")


def times(one: StoredFact, other: StoredFact, name: str, other_name: str) -> Figure | None:
    """How many times the other figure the one is."""
    if not one.fact.number or not other.fact.number or other.fact.number < 0 or one.fact.kind != other.fact.kind:
        return None
    value = _plain((one.fact.number / other.fact.number).quantize(last_place(), ROUND_HALF_UP))
    formula = f"{name}{as_printed(one)} ÷ {other_name}{as_printed(other)} = {value}倍"
    return replace(_figure(one, one.fact.period.text, "rate", value, "倍", formula), item=f"{name}与{other_name}之比")


def difference(first: StoredFact, second: StoredFact) -> Figure | None:
    """How much the larger of two figures of one measure exceeds the smaller."""
    a, b = first.fact, second.fact
    if a.number is None or b.number is None or a.measure != b.measure or {a.scope, b.scope} == {"whole", "own"}:
        return None
    if a.kind != b.kind or a.kind not in ("money", "percent") or "rough" in (*a.flags, *b.flags):
        return None
    more, less = (first, second) if a.number >= b.number else (second, first)
    formula = f"{_named(more)}{as_printed(more)} - {_named(less)}{as_printed(less)}"
    gap = abs(a.number - b.number)
    if a.kind == "money":
        computed = _money(more, gap, more.fact.period.last_year, a.measure, formula)
        return replace(computed, item=f"{more.fact.item}之差", region=f"{_place(more)}与{_place(less)}")
    value = _plain(gap)
    return replace(
        _figure(more, more.fact.period.text, a.measure, value, "个百分点", f"{formula} = {value}个百分点"),
        item=f"{more.fact.item}之差", region=f"{_place(more)}与{_place(less)}",
    )  # fmt: skip


def apart(first: StoredFact, second: StoredFact, names: Sequence[str], item: str, unit: str = "") -> Figure:
    """How far two amounts are apart, exactly, in the unit asked for, else in that of the coarser; rates in points."""
    rates = first.fact.kind == "percent"
    unit = "个百分点" if rates else _unit_of((second, first), unit)
    told = sorted(zip((first, second), names, strict=True), key=lambda each: -(each[0].fact.number or Decimal(0)))
    numbers = [one.fact.number or Decimal(0) for one, _ in told]
    formula = " - ".join(f"{name}{as_printed(one)}" for one, name in told)
    size = Decimal(1) if rates else size_of_unit(unit)
    return gap_figure(first, _plain((numbers[0] - numbers[1]) / size), unit, formula, item)


def _unit_of(facts: Sequence[StoredFact], asked: str) -> str:
    """The unit of what is reckoned from amounts: the one asked for, else that of the coarsest of them."""
    coarse = max(facts, key=grain)
    if is_plain_money(coarse):
        return asked if asked in MONEY_UNITS else coarse.fact.unit if coarse.fact.unit in MONEY_UNITS else "元"
    return coarse.fact.unit


def is_plain_money(one: StoredFact) -> bool:
    """亿元, and not 元/人, nor 所."""
    return one.fact.kind == "money" and "/" not in one.fact.unit


def size_of_unit(unit: str) -> Decimal:
    """1 万元, 1 万人 are 10,000; 1 所 is 1."""
    scales = (*MONEY_UNITS.items(), *COUNT_SCALES.items())
    return next((size for word, size in scales if unit.startswith(word)), Decimal(1))


def size_in(amount: Decimal, unit: str) -> str:
    """A round amount in a unit: 0.1 亿元."""
    return f"{_plain(amount / size_of_unit(unit))} {unit}"


def gap_figure(more: StoredFact, value: str, unit: str, formula: str, item: str) -> Figure:
    """A difference as a figure; ``formula`` is what stands before its =."""
    formula += f" = {grouped(value)}{unit}"
    return replace(_figure(more, more.fact.period.text, more.fact.measure, value, unit, formula), item=item)


def rest(total: StoredFact, parts: Sequence[StoredFact]) -> Figure | None:
    """What the parts leave of their total; shown beside them, not asked for."""
    numbers = [one.fact.number for one in parts]
    if total.fact.number is None or any(number is None for number in numbers):
        return None
    left = total.fact.number - sum((number for number in numbers if number is not None), Decimal(0))
    formula = " - ".join((as_printed(total), *map(as_printed, parts)))
    figure = _money(total, left, total.fact.period.last_year, total.fact.measure, formula)
    return replace(figure, asked=False, item=f"{total.fact.item}中的其他")


def grown(before: StoredFact, after: StoredFact) -> Figure | None:
    """How much a figure changed from one year, or one month, to another, in percent."""
    a, b = before.fact, after.fact
    if a.kind != "money" or b.kind != "money" or a.number is None or a.number <= 0 or b.number is None:
        return None
    if a.period == b.period or a.account != b.account:
        return None
    monthly = a.period.last_month != b.period.last_month
    now, then = (f"{period.text}年" if period.text[-1:].isdigit() else period.text for period in (b.period, a.period))
    formula = f"（{now}{as_printed(after)} - {then}{as_printed(before)}）÷ {then}数"
    figure = _percent(after, b.number - a.number, a.number, "rate" if monthly else "yoy_pct", formula)
    return replace(figure, item=f"{b.item}环比") if monthly else figure


def change(before: StoredFact, after: StoredFact) -> Figure | None:
    """How much a figure changed from one year to the next, in percent; shown beside the figures, not asked for."""
    a, b = before.fact, after.fact
    percent = grown(before, after)
    if percent is None or a.measure != b.measure or b.period.last_year != a.period.last_year + 1 or not b.number:
        return None
    gap = _plain((b.number - (a.number or Decimal(0))) / MONEY_UNITS[b.unit]) if b.unit in MONEY_UNITS else ""
    amount = f"，增减额{grouped(gap)}{b.unit}" if gap else ""
    return replace(percent, asked=False, sentence=percent.sentence + amount)


def _named(one: StoredFact) -> str:
    return f"{_place(one)}{one.fact.period.text}年{one.fact.item}"


def _place(one: StoredFact) -> str:
    return one.region.full_name or "某市"


def _alone(one: StoredFact, facts: Sequence[StoredFact]) -> bool:
    """No other fact of the same measure contradicts it."""
    return len(groups([other for other in facts if other.fact.measure == one.fact.measure])) == 1


def _partner(one: StoredFact, facts: Sequence[StoredFact], measure: Measure) -> StoredFact | None:
    """The fact of another measure in the same document, scope, account and period."""
    found = [
        other
        for other in facts
        if other.fact.measure == measure and other.document == one.document and other.fact.scope == one.fact.scope
        and other.fact.account == one.fact.account and other.fact.period == one.fact.period
        and other.fact.number is not None and "same_basis" not in other.fact.flags
    ]  # fmt: skip
    return found[0] if len(groups(found)) == 1 else None


def as_printed(one: StoredFact) -> str:
    """56,917万元, （-24.5%） of 下降24.5%: value and unit as a formula has them, with the sign that it reckons with."""
    plainly = _unsigned(one)
    below = one.fact.number is not None and one.fact.number < 0
    return f"（-{plainly.lstrip(_MINUS)}）" if below else plainly


def _unsigned(one: StoredFact) -> str:
    return f"{grouped(one.fact.value)}{one.fact.unit}"


def _money(one: StoredFact, number: Decimal, year: int, measure: Measure, formula: str) -> Figure:
    unit = one.fact.unit if one.fact.unit in MONEY_UNITS else "元"
    value = _plain(number / MONEY_UNITS[unit])
    return _figure(one, str(year), measure, value, unit, f"{formula} = {grouped(value)}{unit}")


def _percent(one: StoredFact, top: Decimal, bottom: Decimal, measure: Measure, formula: str) -> Figure:
    value = _plain((top / bottom * 100).quantize(last_place(), ROUND_HALF_UP))
    return _figure(one, one.fact.period.text, measure, value, "%", f"{formula} = {value}%")


def _figure(one: StoredFact, period: str, measure: Measure, value: str, unit: str, formula: str) -> Figure:
    fact = one.fact
    return Figure(
        asked=True, region=one.region.full_name or "某市", scope=fact.scope, period=period, account=fact.account,
        item=fact.item, measure=measure, value=value, unit=unit, derived=True, document=one.document, page=one.page,
        sentence=f"计算：{formula}", section=one.section, title=one.title,
    )  # fmt: skip


def _bare(value: str) -> str:
    """The digits of a printed value: 3,600 -> 3600."""
    return re.sub(r"[^\d.]", "", plain(value)) or "0"


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def places_asked(question: str) -> int:
    """2 where the question does not say."""
    found = asking_pattern("relation", "places").search(plain(question))
    if found is None:
        return USUAL
    said = (found["n"] or found["m"] or "零").replace("两", "二")
    return int(said) if said.isdecimal() else _NUMERALS.index(said)


@contextmanager
def rounded_to(places: int) -> Iterator[None]:
    """What is computed inside the block is rounded to so many places."""
    before = _places.set(places)
    try:
        yield
    finally:
        _places.reset(before)


def last_place() -> Decimal:
    """0.01, as the question has it."""
    return Decimal(1).scaleb(-_places.get())
