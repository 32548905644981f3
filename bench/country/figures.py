"""Every figure of the country: 万元 by government, item and year.

``actual(government, "gp-exp-205", 2023)`` grows by 3 to 9 % of its first year each year, so growth is never negative.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final, NamedTuple

from bench.country.places import FIRST_YEAR, Government
from index.lexicon import items

# Per mille of a government's size.
TOTALS: Final[Mapping[str, int]] = {
    "total-gp-rev": 1000, "gp-rev-101": 600, "gp-rev-103": 380, "total-gp-exp": 1800, "total-gf-rev": 500,
    "total-gf-exp": 550, "total-sc-rev": 20, "total-sc-exp": 18, "total-si-rev": 300, "total-si-exp": 280,
    "debt-balance": 1500, "debt-limit": 1700, "debt-balance-general": 600, "debt-limit-general": 650,
    "debt-balance-special": 900, "debt-limit-special": 1050,
}  # fmt: skip


class Series(NamedTuple):
    """An item with its number and its part of a government's size, per mille; totals are the same part everywhere."""

    key: str
    number: int
    share: int
    total: bool


class Values(NamedTuple):
    """What a report prints of one item, as printed; amounts in 万元, percentages without the sign."""

    place: str
    actual: str
    budget: str
    before: str
    change: str
    completion: str
    growth: str
    plan: str
    planned_growth: str


@cache
def classes() -> tuple[str, ...]:
    """The keys of the 类 of expenditure."""
    return tuple(key for key, item in items().items() if key.startswith("gp-exp-") and len(item.code) == 3)


@cache
def taxes() -> tuple[str, ...]:
    """The keys of the taxes."""
    return tuple(key for key, item in items().items() if key.startswith("gp-rev-101") and len(item.code) == 5)


@cache
def groups() -> tuple[str, ...]:
    """The keys of the 款 of expenditure."""
    return tuple(key for key, item in items().items() if key.startswith("gp-exp-") and len(item.code) == 5)


@cache
def series() -> Mapping[str, Series]:
    """All items that have figures, by key."""
    shares = dict(TOTALS)
    shares |= dict.fromkeys(classes(), 1400 // len(classes()))
    shares |= dict.fromkeys(taxes(), 420 // len(taxes()))
    shares |= dict.fromkeys(groups(), 8)
    return {key: Series(key, number, share, key in TOTALS) for number, (key, share) in enumerate(shares.items(), 1)}


def _step(government: Government, one: Series) -> int:
    """Per mille of the first year by which an item grows each year."""
    return 30 + (government.number * 17 + one.number * 29) % 60


def _first(government: Government, one: Series) -> int:
    first = government.size * one.share // 1000
    if not one.total:
        first = first * (700 + (government.number * 31 + one.number * 53) % 600) // 1000
    return first + 100


def actual(government: Government, key: str, year: int, *, own: bool = False) -> int:
    """What was done, 万元; ``own`` is the share of the level itself."""
    one = series()[key]
    done = _first(government, one) * (1000 + _step(government, one) * (year - FIRST_YEAR + 1)) // 1000
    return done * 2 // 5 if own else done


def _tenths(value: int) -> str:
    """959 -> 95.9."""
    return f"{value // 10}.{value % 10}"


def values(government: Government, one: Series, year: int, *, own: bool = False, half: bool = False) -> Values:
    """All that the report on a year (its first half) can say of an item."""
    first, step = _first(government, one), _step(government, one)
    at = 1000 + step * (year - FIRST_YEAR + 1)
    before, done, plan = first * (at - step) // 1000, first * at // 1000, first * (at + step) // 1000
    if own:
        before, done, plan = before * 2 // 5, done * 2 // 5, plan * 2 // 5
    if half:
        before, done = before * 52 // 100, done * 52 // 100
    completion = 900 + (government.number * 13 + one.number * 7 + year * 3) % 110
    return Values(
        government.region.name, str(done), str(done * 1000 // completion), str(before), str(done - before),
        _tenths(completion), _tenths((done - before) * 1000 // before), str(plan),
        _tenths((plan - done) * 1000 // done if not half else 0),
    )  # fmt: skip
