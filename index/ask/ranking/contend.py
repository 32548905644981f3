"""The figures of one item in all places -> the one figure of each place, as far as an index alone can tell.

    contend(contenders of 教育支出 in 2023, Terms(("actual", "amount"), "", 2023), "county")
    -> 上党区 56917 …, and the places whose facts have to be weighed one by one

There are thousands of figures and few kinds of them (``Traits``): what a kind is worth is settled once, and each figure
is looked at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from index.models import Account, Measure, Period
from index.store.rows import Contender, Traits

UNFIT: Final = 1_000  # ranks after all measures


@dataclass(frozen=True, slots=True)
class Terms:
    """What a figure must be to stand in the list; the best of ``measures`` first, no ``account`` is any."""

    measures: Sequence[Measure]
    account: Account
    period: Period


class Standing(NamedTuple):
    """A place with its figure; ``first`` is where its figures begin."""

    code: str
    measure: Measure
    plan: bool
    amount: float
    first: int


class _Worth(NamedTuple):
    """What figures of a kind are worth: ``rank`` of the measure, whether they can be listed, whether words decide."""

    rank: int
    listed: bool = False
    doubtful: bool = False


@dataclass(slots=True)
class _Place:
    """What has been seen of a place so far: its best rank, and the figure of that rank."""

    first: int
    rank: int = UNFIT
    best: Contender | None = None
    doubtful: bool = False


_OTHER_YEARS: Final = _Worth(UNFIT)
_OTHER_MONTHS: Final = _Worth(UNFIT)


def contend(contenders: Iterable[Contender], terms: Terms, level: str) -> tuple[list[Standing], list[str]]:
    """The places of a level with one figure each, and the codes of those that need a closer look: their figures differ,
    may be planned, or are of some months where the year was asked for."""
    worths: dict[int, _Worth] = {}
    places: dict[str, _Place] = {}
    months_only: dict[str, None] = {}
    for one in contenders:
        if one.region.level != level:
            continue
        worth = worths.get(id(one.traits))
        if worth is None:
            worth = worths[id(one.traits)] = _worth(one.traits, terms)
        if worth is _OTHER_MONTHS:
            months_only[one.region.code] = None
        elif worth is not _OTHER_YEARS:
            place = places.get(one.region.code)
            if place is None:
                place = places[one.region.code] = _Place(one.id)
            _take(place, one, worth)
    standing = [
        Standing(
            code, place.best.traits.measure, "plan" in place.best.traits.flags, place.best.amount or 0.0, place.first
        )
        for code, place in places.items()
        if place.best is not None and not place.doubtful
    ]
    unsure = [code for code in months_only if code not in places]
    return standing, unsure + [code for code, place in places.items() if place.doubtful]


def _take(place: _Place, one: Contender, worth: _Worth) -> None:
    """Take another figure of a place into account."""
    if one.id < place.first:
        place.first = one.id
    if worth.rank > place.rank:
        return
    if worth.rank < place.rank:
        place.rank, place.best, place.doubtful = worth.rank, None, False
    if worth.doubtful:
        place.doubtful = True
    elif worth.listed and one.amount is not None:
        best = place.best
        if best is None:
            place.best = one
        elif best.amount != one.amount or ("plan" in best.traits.flags) != ("plan" in one.traits.flags):
            place.doubtful = True


def _worth(traits: Traits, terms: Terms) -> _Worth:
    own, asked = traits.period, terms.period
    if (own.first_year, own.last_year) != (asked.first_year, asked.last_year):
        return _OTHER_YEARS
    if (own.first_month, own.last_month) != (asked.first_month, asked.last_month):
        return _OTHER_MONTHS if (asked.first_month, asked.last_month) == (1, 12) else _OTHER_YEARS
    if terms.account and traits.account != terms.account:
        # Figures without an account (or of one that is none of the five) may be of this one: their words decide.
        return _Worth(-1, doubtful=True) if traits.account in ("", "other") else _Worth(UNFIT)
    if traits.measure not in terms.measures:
        return _Worth(UNFIT)
    # 金额 answers for a budget, or for what was done, only if its words say so.
    doubtful = traits.measure == "amount" and terms.measures[0] in ("budget", "actual")
    return _Worth(terms.measures.index(traits.measure), "same_basis" not in traits.flags, doubtful)
