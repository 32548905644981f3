"""Figures of reports reckoned with: what they come to, how far they are apart, what share one is of the other.

    招商引资 2025年 4,821万元, 2023年 2,929万元, "growth" -> 64.6 %, the formula, both figures

Nothing is reckoned with figures that do not fit one another: rough ones, parts with their whole, two that differ in
more than what was asked for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import Final, Literal, NamedTuple

from index.ask import derive, wording
from index.ask.scoping import find_scope
from index.lexicon import items, measures
from index.models import Figure, Measure, StoredFact
from index.text.normal import plain

Operation = Literal["sum", "rest", "share", "times", "growth", "change", "gap"]
Respect = Literal["place", "level", "year", "line", "stage"]

PLANS: Final[tuple[Measure, ...]] = ("budget", "adjusted_budget")
STOCKS: Final[tuple[Measure, ...]] = ("outstanding", "limit", "balance")
DONE: Final[tuple[Measure, ...]] = ("actual", "amount")
GROWN: Final[tuple[Measure, ...]] = ("yoy_amount", "yoy_pct")
RATIOS: Final[tuple[Measure, ...]] = (*GROWN, "completion", "share", "rank", "rate")
RELATIVE: Final[tuple[Measure, ...]] = (*RATIOS, "count")
NAMES: Final[dict[Operation, str]] = {
    "sum": "合计", "rest": "其余", "share": "占比", "times": "倍数",
    "growth": "增减幅", "change": "相差", "gap": "相差",
}  # fmt: skip
# In what two figures of an operation may differ, and in nothing else.
_MAY: Final[dict[Operation, tuple[set[Respect], ...]]] = {
    "sum": ({"line"}, {"place"}, {"level"}, {"place", "level"}, {"year"}),
    "rest": ({"line"}, {"level"}),
    "share": ({"line"}, {"level"}, {"place"}),
    "times": ({"line"}, {"place"}, {"year"}),
    "growth": ({"year"}, {"year", "stage"}),
    "change": ({"year"}, {"year", "stage"}),
    "gap": ({"line"}, {"level"}, {"place"}, {"year"}, {"stage"}, {"year", "stage"}),
}
_GRAND: Final = re.compile(r"总(?:收入|支出|财力|量|计)(?![^，。；]*[，。；])")


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What was reckoned, from which facts, how they are called; ``note`` is what the report prints otherwise."""

    operation: Operation
    figure: Figure
    facts: Sequence[StoredFact]
    names: Sequence[str]
    note: str = ""


class Traits(NamedTuple):
    """What a figure may be told from another by, in the order of a name."""

    place: str
    level: str
    year: str
    line: str
    stage: str


def reckon(
    operation: Operation, facts: Sequence[StoredFact], *, unit: str = "", across: bool = False
) -> Reckoned | None:
    """What an operation makes of two or more facts; None if they do not fit one another.

    Of a share the part is first, of a growth or a difference the figure that is set against the other, of what is left
    the total.  ``across``: no doubt which accounts they are of, though they differ.
    """
    if not fit(operation, facts, across=across):
        return None
    names = names_of(operation, [traits(one) for one in facts], respects_of(facts))
    if rates(facts):  # 教育支出同比
        names = [name.removesuffix(measure) + measure for name in names for measure in [traits(facts[0]).stage]]
    figure = _figure(operation, facts, names, unit)
    return Reckoned(operation, figure, facts, names) if figure else None


def _figure(operation: Operation, facts: Sequence[StoredFact], names: Sequence[str], unit: str) -> Figure | None:
    match operation:
        case "sum":
            return derive.total(facts, names, unit)
        case "rest":
            return derive.without(facts[0], facts[1:], names, unit)
        case "share":
            return derive.share(facts[0], facts[1], *names)
        case "times":
            return derive.times(facts[0], facts[1], *names)
        case "growth":
            return derive.grown(facts[1], facts[0])
        case _:
            return derive.apart(facts[0], facts[1], names, _of(facts, names), unit)


def _of(facts: Sequence[StoredFact], names: Sequence[str]) -> str:
    return (facts[0].fact.item if "line" not in respects_of(facts) else "与".join(names)) + "之差"


# ---------------------------------------------------------------------------------------------- what fits


def exact(one: StoredFact) -> bool:
    """Whether a figure is money, or a number of things, printed exactly."""
    fact = one.fact
    vague = "unit_unsure" in fact.flags or ("rough" in fact.flags and not _to_the_digit(one))
    return fact.kind in ("money", "count") and fact.number is not None and not vague


def _to_the_digit(one: StoredFact) -> bool:
    """约61.3亿元: said with its decimals, which is no 近500亿元."""
    return one.text[: one.fact.start].rstrip().endswith("约") and "." in plain(one.fact.value)


def _one_unit(facts: Sequence[StoredFact]) -> bool:
    """Whether all are money, or things counted in one unit (所, 元/人); a table may leave it out for all alike."""
    counted = {one.fact.unit.lstrip("万千亿") for one in facts if not derive.is_plain_money(one)}
    money = any(derive.is_plain_money(one) for one in facts)
    if len(counted) + money != 1 or len({one.fact.kind for one in facts}) != 1:
        return False
    bare = [one for one in facts if "unit_missing" in one.fact.flags]
    return not bare or (len(bare) == len(facts) and len({(one.document, one.fact.unit) for one in facts}) == 1)


def rates(facts: Sequence[StoredFact]) -> bool:
    """Whether all are percentages of one sort, printed exactly."""
    sure = all(one.fact.number is not None and "rough" not in one.fact.flags for one in facts)
    return sure and {one.fact.kind for one in facts} == {"percent"} and len({one.fact.measure for one in facts}) == 1


def fit(operation: Operation, facts: Sequence[StoredFact], *, across: bool = False) -> bool:
    """Whether figures may be reckoned with: exact, of spans as long as each other, different in one respect."""
    sure = (all(map(exact, facts)) and _one_unit(facts)) or (operation == "gap" and rates(facts))
    if not sure or len({one.id for one in facts}) < len(facts):
        return False
    pairs = list(combinations(facts, 2)) if operation == "sum" else [(facts[0], other) for other in facts[1:]]
    return all(_fit(operation, one, other, across=across) for one, other in pairs)


def _fit(operation: Operation, one: StoredFact, other: StoredFact, *, across: bool) -> bool:
    a, b = one.fact, other.fact
    respects = differs(one, other)
    room = {a.measure, b.measure} == {"limit", "outstanding"} and (
        operation == "gap"
        or (operation == "share" and a.item.replace("限额", "余额") == b.item.replace("限额", "余额"))
    )
    of_stock = {a.measure in STOCKS, b.measure in STOCKS}
    ratio = operation in ("share", "times") and len(of_stock) > 1  # 债务余额是财政收入的几倍
    if (respects - {"stage"} if room or ratio else respects) not in _MAY[operation] or _span(one) != _span(other):
        return False
    if not ratio and (len(of_stock) > 1 or (a.measure in STOCKS and "stage" in respects and not room)):
        return False
    if operation == "sum" and {a.flow, b.flow} >= {"revenue", "expenditure"}:
        return False
    if operation == "sum":
        return not any(part_of(a, b) or _holds(b, a) for a, b in ((one, other), (other, one)))
    if operation == "gap" and not room and bool(_GRAND.search(a.label)) != bool(_GRAND.search(b.label)):
        return False  # 总收入 holds transfers, 支出 does not
    return across or len({a.account, b.account} - {"", "other"}) < 2


def differs(one: StoredFact, other: StoredFact) -> set[Respect]:
    """In what respects two figures differ."""
    a, b = one.fact, other.fact
    return _named(
        place=a.region != b.region, level=(a.scope or "whole") != (b.scope or "whole"),
        year=_time(one) != _time(other), line=not alike(one, other), stage=stage_of(one) != stage_of(other),
    )  # fmt: skip


def _named(**respects: bool) -> set[Respect]:
    return {name for name, apart in respects.items() if apart}  # type: ignore[misc]


def respects_of(facts: Sequence[StoredFact]) -> set[Respect]:
    """In what the first differs from any of the others."""
    return set[Respect]().union(*(differs(facts[0], other) for other in facts[1:]))


def alike(one: StoredFact, other: StoredFact) -> bool:
    """One line of a budget; 全市一般公共预算收入 as a table prints it is 一般公共预算收入."""
    a, b = one.fact, other.fact
    if a.key and b.key:
        return a.key == b.key
    long, short = sorted((a.item, b.item), key=len, reverse=True)
    rest = long.removesuffix(short)
    return a.item == b.item or (long.endswith(short) and find_scope(rest).words == rest)


def part_of(part: StoredFact, whole: StoredFact) -> bool:
    """Whether the lexicon, the report or the level makes one a part of the other."""
    a, b = part.fact, whole.fact
    if a.key and a.key == b.key and a.region == b.region:
        return a.scope in ("own", "own_wide", "lower") and b.scope == "whole"
    return b.key in above({a.key}) or bool(a.parent and a.parent in (b.item, b.label))


def _holds(whole: StoredFact, part: StoredFact) -> bool:
    """Whether one is of all of a place in which the other lies."""
    return part.region.parent == whole.region.code and whole.fact.scope in ("", "whole", "lower")


def above(keys: AbstractSet[str]) -> set[str]:
    """All items that these are parts of."""
    known, found, todo = items(), set[str](), list(keys)
    while todo:
        item = known.get(todo.pop())
        if item and item.parent and item.parent not in found:
            found.add(item.parent)
            todo.append(item.parent)
    return found


def stage_of(one: StoredFact) -> str:
    """What was done, whether it is printed as such or as an amount, else what was planned."""
    return "actual" if one.fact.measure in DONE else one.fact.measure


def line_of(one: StoredFact) -> str:
    """What a figure is of."""
    return one.fact.key or one.fact.item


def size_of(one: StoredFact) -> Decimal:
    """The number, 0 if there is none."""
    return one.fact.number or Decimal(0)


def _span(one: StoredFact) -> tuple[int, int]:
    """How many years and months a figure is of, whichever these are."""
    period = one.fact.period
    return period.last_year - period.first_year, period.last_month - period.first_month


def _time(one: StoredFact) -> tuple[int, int]:
    return one.fact.period.last_year, one.fact.period.last_month


# ---------------------------------------------------------------------------------------------- names


def traits(one: StoredFact) -> Traits:
    """How a figure is called."""
    measure = "actual" if one.fact.measure == "amount" else one.fact.measure
    planned = measure in PLANS and "plan" in one.fact.flags
    return Traits(place_of(one), level_of(one), year_of(one), one.fact.item,
                  "安排数" if planned else measures()[measure].name)  # fmt: skip


def names_of(operation: Operation, called: Sequence[Traits], respects: AbstractSet[Respect]) -> list[str]:
    """What tells each from the others: 2026年预算数, 2025年完成数; 市本级教育支出, 全市教育支出."""
    apart = operation in ("gap", "change")
    kept = {*respects, *(("year",) if apart else ("line",))} - {"stage"}
    staged = bool(respects & {"year", "stage"}) and apart and "line" not in respects
    return [
        "".join(text for name, text in one._asdict().items() if name in kept)
        + (one.stage if staged or ("line" in kept and one.stage in _planned()) else "")
        for one in called
    ]


def _planned() -> set[str]:
    return {"安排数", *(measures()[name].name for name in PLANS)}


def place_of(one: StoredFact) -> str:
    """丽江市."""
    return one.region.full_name


def year_of(one: StoredFact) -> str:
    """2025年."""
    return wording.period_name(one.fact.period)


def level_of(one: StoredFact) -> str:
    """市本级, 全市."""
    return wording.scope_name(one.fact.scope, one.fact.scope_words, one.region)
