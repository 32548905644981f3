"""One figure for each place of a level, largest first: 3,000 counties by 教育支出 of 2023.

    peers(search, address of 上党区2023年教育支出) -> 上党区 56917, 屯留区 …
    ranking(search, keys, "教育支出", 2023, None, "county") -> the same, from a question

What decides the order stands in one index; the facts themselves, their sentences and reports are read for the rows that
are looked at.  Where it takes a closer look (figures that differ, months only, money that may be planned), all facts of
the place are weighed as for a single answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import overload

from index.ask import wording
from index.ask.agree import groups
from index.ask.recall import Place, resolve
from index.ask.reference import Reference, encode, reference_to
from index.ask.search import Search, within
from index.ask.select import by_account, chain, main_first, of_measure
from index.ask.showing import AT_ODDS, Row, View, list_title, measure_name, shown_fact
from index.models import Measure, Period, Scope, StoredFact
from index.store.rows import Contender

READ_AT_ONCE = 200  # a shorter list is read as a whole


@dataclass(frozen=True, slots=True)
class _Entry:
    """A place in the list: its figure, or all that the order needs of it."""

    code: str
    measure: Measure
    plan: bool
    amount: float
    fact: StoredFact | None = None


def peers(search: Search, reference: Reference) -> View | None:
    """One figure for each place of the same level."""
    place = resolve(search, reference)
    if place is None or not place.asked.keys or place.period is None:
        return None
    entries, notes = _entries(search, place, place.period)
    measure = next((one.measure for one in entries if one.code == place.region), None)
    entries = [one for one in entries if measure in (None, one.measure)]
    if len(entries) < 2:
        return None
    # Places with one and the same figure, and what is said of places, stand in the order of the reports.
    often = Counter(one.amount for one in entries)
    alike = [*notes, *(one.code for one in entries if often[one.amount] > 1)]
    order = search.store.first_facts(alike, place.asked.keys, place.period.last_year) if alike else {}
    entries.sort(key=lambda one: (-one.amount, order.get(one.code, 0)))
    told = tuple(notes[code] for code in sorted(notes, key=lambda code: order[code]))
    late = Rows(search, place, place.period, entries)
    rows: Sequence[Row] = late if len(late) > READ_AT_ONCE else tuple(late)
    measures = {measure_name(one.measure, plan=one.plan) for one in entries}
    first = rows[0].shown
    assert first is not None
    title = list_title(search, "", place.asked.name, first, measures, wording.period_name(place.period))
    return View("peers", title, rows, told, encode(reference))


def ranking(
    search: Search, keys: tuple[str, ...], name: str, year: int, measure: Measure | None, level: str
) -> View | None:
    """The places of one level by one item; ``level`` "" means the level with most figures."""
    told = {level: told for level, *told in search.store.told_by_level(keys, year)}
    wanted = level or max(told, key=lambda level: told[level][:2], default="")
    if wanted not in told:
        return None
    (first,) = search.store.facts_by_ids([told[wanted][2]])
    reference = replace(reference_to(first), fact=0, measure=measure, scope="", account="", period=Period.year(year))
    return peers(search, reference)


def _entries(search: Search, place: Place, period: Period) -> tuple[list[_Entry], dict[str, str]]:
    """The places that have a figure, and what is to be said of those with two that differ, by code."""
    level = search.atlas.regions[place.region].level
    measures, year = _measures(place), period.last_year
    by_place: dict[str, list[Contender]] = {}
    for one in search.store.contenders(place.asked.keys, year, measures, _scopes(place)):
        by_place.setdefault(one.region, []).append(one)
    entries: list[_Entry] = []
    unsure: list[str] = []
    for code, some in by_place.items():
        region = search.atlas.regions.get(code)
        if region is None or not code or region.level != level:
            continue
        kept = _alike(some, place, period, measures)
        if kept is None:
            unsure.append(code)
        elif kept:
            one = kept[0]
            entries.append(_Entry(code, one.measure, "plan" in one.flags, one.amount or 0.0))
    notes: dict[str, str] = {}
    for code, facts in _facts_by_place(search, place, year, unsure):
        found = _comparable(facts, place, period)
        if found:
            fact = found[0].fact
            entries.append(_Entry(code, fact.measure, "plan" in fact.flags, float(fact.number or 0), found[0]))
        if len(groups(found)) > 1:
            notes[code] = AT_ODDS.format(label=search.atlas.regions[code].name)
    return entries, notes


def _alike(
    some: Sequence[Contender], place: Place, period: Period, measures: Sequence[Measure]
) -> list[Contender] | None:
    """The figures of one place that may stand in the list, if they all are the same number; None: look closer."""
    some = [
        one for one in some if (one.period.first_year, one.period.last_year) == (period.first_year, period.last_year)
    ]
    months = (period.first_month, period.last_month)
    fitting = [one for one in some if (one.period.first_month, one.period.last_month) == months]
    if some and not fitting and months == (1, 12):
        return None  # only months of the year, among these
    account = place.reference.account
    if account:
        if any(one.account in ("", "other") and one.account != account for one in fitting):
            return None  # its words decide
        fitting = [one for one in fitting if one.account == account]
    for measure in measures:
        found = [one for one in fitting if one.measure == measure]
        if not found:
            continue
        if measure == "amount" and measures[0] in ("budget", "actual"):
            return None  # its words decide whether it is a plan
        found = [one for one in found if one.amount is not None and "same_basis" not in one.flags]
        return found if len({(one.amount, "plan" in one.flags) for one in found}) < 2 else None
    return []


def _measures(place: Place) -> tuple[Measure, ...]:
    query = place.query
    return chain(query, query.measures[0] if query.measures else None, place.asked.keys)


def _scopes(place: Place) -> tuple[Scope, ...]:
    scope = place.reference.scope
    return (scope,) if scope in ("own", "own_wide") else ("whole", "")


def _comparable(facts: Sequence[StoredFact], place: Place, period: Period) -> list[StoredFact]:
    """The figures of one place that may stand in the list, the most trusted first."""
    query, scopes = place.query, _scopes(place)
    some = [one for one in by_account(within(facts, period), query) if one.fact.scope in scopes]
    some = of_measure(some, _measures(place), query)
    some = [one for one in some if one.fact.number is not None and "same_basis" not in one.fact.flags]
    return main_first(some, facts, place.asked.text)


def _facts_by_place(
    search: Search, place: Place, year: int, codes: Sequence[str]
) -> Iterable[tuple[str, list[StoredFact]]]:
    by_place: dict[str, list[StoredFact]] = {}
    for one in search.store.facts(codes, [year], place.asked.keys) if codes else ():
        by_place.setdefault(one.fact.region, []).append(one)
    return by_place.items()


class Rows(Sequence[Row]):
    """The rows of a long list, read when they are looked at; as long as the index is open."""

    def __init__(self, search: Search, place: Place, period: Period, entries: Sequence[_Entry]) -> None:
        self._search, self._place, self._period = search, place, period
        self._entries = entries
        self._read: dict[str, Row] = {one.code: self._row(one.fact) for one in entries if one.fact}

    def __len__(self) -> int:
        return len(self._entries)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Row, ...]: ...
    def __getitem__(self, at: int | slice) -> Row | tuple[Row, ...]:
        return self._rows(self._entries[at]) if isinstance(at, slice) else self._rows([self._entries[at]])[0]

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows(self._entries))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(one.code for one in self._entries))

    def __repr__(self) -> str:
        return repr(tuple(self))

    def _rows(self, entries: Sequence[_Entry]) -> tuple[Row, ...]:
        missing = [one.code for one in entries if one.code not in self._read]
        for code, facts in _facts_by_place(self._search, self._place, self._period.last_year, missing):
            self._read[code] = self._row(_comparable(facts, self._place, self._period)[0])
        return tuple(self._read[one.code] for one in entries)

    def _row(self, one: StoredFact) -> Row:
        return Row(one.region.full_name, shown_fact(one, asked=True), here=one.fact.region == self._place.region)
