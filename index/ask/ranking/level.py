"""One figure for each place of a level, largest first: 3,000 counties by 教育支出 of 2023.

    peers(search, address of 上党区2023年教育支出) -> 上党区 56917, 屯留区 …
    ranking(search, keys, "教育支出", 2023, None, "county") -> the same, from a question

What decides the order stands in one index; the facts themselves, their sentences and reports are read for the rows that
are looked at.  Where it takes a closer look (figures that differ, months only, money that may be planned), all facts of
the place are weighed as for a single answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import overload

from index.ask import wording
from index.ask.agree import exact_only, groups
from index.ask.query import Asked, Query
from index.ask.ranking.contend import Standing, Terms, contend
from index.ask.recall import Place, resolve
from index.ask.reference import Reference, decode, encode, item_token, region_token
from index.ask.search import Search, within
from index.ask.select import by_account, chain, main_first, of_measure
from index.ask.showing import AT_ODDS, Row, View, list_title, measure_name, shown_fact
from index.models import Measure, Period, Scope, StoredFact
from index.store.rows import Contender

LEVELS = ("province", "prefecture", "county", "zone")
READ_AT_ONCE = 200  # a shorter list is read as a whole


@dataclass(frozen=True, slots=True)
class _Listed:
    """All places of a list in its order, those facts that were read for it, and what is to be said of some."""

    places: list[Standing]
    facts: dict[str, StoredFact]
    notes: tuple[str, ...]


def peers(search: Search, reference: Reference) -> View | None:
    """One figure for each place of the same level."""
    place = resolve(search, reference)
    if place is None or not place.asked.keys or place.period is None:
        return None
    query, scope = place.query, place.reference.scope
    contenders = search.store.contenders(place.asked.keys, place.period.last_year, _measures(query), _scopes(scope))
    listed = _listed(search, place, place.period, contenders, search.atlas.regions[place.region].level)
    return _view(search, place, place.period, listed)


def ranking(
    search: Search, keys: tuple[str, ...], name: str, year: int, measure: Measure | None, level: str, over: str = "",
    among: Callable[[str], bool] | None = None, scope: Scope = "",
) -> View | None:  # fmt: skip
    """The places of one level by one item, ``over`` those inside a place alone, ``among`` those it takes the codes of;
    ``level`` "" means the level with most places, ``scope`` is that of each figure.  The list has the address of its
    first place."""
    period = Period.year(year)
    place = Place("", period, Asked(name, keys, name), Reference("", period, "", measure, scope))
    contenders = search.store.contenders(keys, year, _measures(place.query), _scopes(scope))
    contenders = [one for one in contenders if not over or search.atlas.is_under(one.region.code, over)]
    contenders = [one for one in contenders if among is None or among(one.region.code)]
    told = {(one.region.level, one.traits.key, one.region.code) for one in contenders if one.region.level}
    places = Counter(some[:2] for some in told if some[0] == (level or some[0]))
    if not places:
        return None
    level, key = max(places, key=lambda some: (places[some], -LEVELS.index(some[0]), some[1]))
    contenders = [one for one in contenders if one.traits.key == key]
    listed = _listed(search, replace(place, asked=Asked(name, (key,), name)), period, contenders, level)
    if not listed.places:
        return None
    count = Counter(one.measure for one in listed.places)
    first = max(listed.places, key=lambda one: (count[one.measure], one.amount, -one.first))
    found = resolve(search, Reference(region_token(first.code), period, item_token(key, name), measure, scope))
    return _view(search, found, period, listed) if found else None


def having(
    search: Search, keys: tuple[str, ...], name: str, year: int, measure: Measure | None, level: str,
    among: Callable[[str], bool], scope: Scope = "",
) -> list[str]:  # fmt: skip
    """The places of a level (of any, if it is "") that have a figure which may stand in a list."""
    place = Place("", Period.year(year), Asked(name, keys, name), Reference("", Period.year(year), "", measure, scope))
    contenders = search.store.contenders(keys, year, _measures(place.query), _scopes(scope))
    contenders = [one for one in contenders if among(one.region.code)]
    levels = [level] if level else list(dict.fromkeys(one.region.level for one in contenders if one.region.level))
    listed = (_listed(search, place, Period.year(year), contenders, one) for one in levels)
    return [one.code for some in listed for one in some.places]


def newest(
    search: Search, query: Query, level: str, over: str = "", among: Callable[[str], bool] | None = None
) -> tuple[int, View] | None:
    """The list by the first item asked, of the year asked for, else of the newest year that has one."""
    item, measure = query.items[0], query.measures[0] if query.measures else None
    years = [period.last_year for period in query.periods]
    for year in years or sorted(search.store.years_told(item.keys, measure or "actual"), reverse=True):
        if view := ranking(search, item.keys, item.name, year, measure, level, over, among, own_of(query)):
            return year, view
    return None


def own_of(query: Query) -> Scope:
    """The own level that each place is asked for, 各直辖市|市本级; "" for the whole of each."""
    return query.scope if query.scope in ("own", "own_wide") else ""


def position(view: View, code: str) -> int | None:
    """At which place of a list a region stands, counted from 0; those of one figure stand at the same."""
    if isinstance(view.rows, Rows):
        return view.rows.position(code)
    shown = [row.shown for row in view.rows if row.shown]
    own = next((one.number for one in shown if decode(one.token).region == region_token(code)), None)
    return next((at for at, one in enumerate(shown) if one.number == own), None) if own is not None else None


def _view(search: Search, place: Place, period: Period, listed: _Listed) -> View | None:
    measure = next((one.measure for one in listed.places if one.code == place.region), None)
    places = [one for one in listed.places if measure in (None, one.measure)]
    if len(places) < 2:
        return None
    places.sort(key=lambda one: (-one.amount, one.first))
    late = Rows(search, place, period, places, listed.facts)
    rows: Sequence[Row] = late if len(late) > READ_AT_ONCE else tuple(late)
    measures = {measure_name(measure, plan=plan) for measure, plan in {(one.measure, one.plan) for one in places}}
    first = rows[0].shown
    assert first is not None
    title = list_title(search, "", place.asked.name, first, measures, wording.period_name(period))
    return View("peers", title, rows, listed.notes, encode(place.reference))


def _listed(search: Search, place: Place, period: Period, contenders: Sequence[Contender], level: str) -> _Listed:
    """The places that have a figure, and what is to be said of those with two that differ."""
    terms = Terms(_measures(place.query), place.reference.account, period)
    places, unsure = contend(contenders, terms, level)
    facts: dict[str, StoredFact] = {}
    notes: dict[int, str] = {}
    for code, some in _facts_by_place(search, place, period.last_year, unsure):
        found = _comparable(some, place, period)
        if found:
            facts[code], fact = found[0], found[0].fact
            amount = float(fact.number or 0)
            places.append(Standing(code, fact.measure, "plan" in fact.flags, amount, some[0].id))
        if len(groups(found)) > 1:
            notes[some[0].id] = AT_ODDS.format(label=search.atlas.regions[code].name)
    return _Listed(places, facts, tuple(notes[first] for first in sorted(notes)))


def _measures(query: Query) -> tuple[Measure, ...]:
    return chain(query, query.measures[0] if query.measures else None, query.items[0].keys)


def _scopes(scope: Scope) -> tuple[Scope, ...]:
    return (scope,) if scope in ("own", "own_wide") else ("whole", "")


def _comparable(facts: Sequence[StoredFact], place: Place, period: Period) -> list[StoredFact]:
    """The figures of one place that may stand in the list, the most trusted first."""
    query, scopes = place.query, _scopes(place.reference.scope)
    some = [one for one in by_account(within(facts, period), query) if one.fact.scope in scopes]
    some = of_measure(some, _measures(query), query)
    some = [one for one in some if one.fact.number is not None and "same_basis" not in one.fact.flags]
    return main_first(exact_only(some), facts, place.asked.text)


def _facts_by_place(
    search: Search, place: Place, year: int, codes: Sequence[str]
) -> Iterable[tuple[str, list[StoredFact]]]:
    by_place: dict[str, list[StoredFact]] = {}
    for one in search.store.facts(codes, [year], place.asked.keys) if codes else ():
        by_place.setdefault(one.fact.region, []).append(one)
    return by_place.items()


class Rows(Sequence[Row]):
    """The rows of a long list, read when they are looked at; as long as the index is open."""

    def __init__(
        self, search: Search, place: Place, period: Period, places: Sequence[Standing], facts: dict[str, StoredFact]
    ) -> None:
        self._search, self._place, self._period = search, place, period
        self._places = places
        self._read: dict[str, Row] = {code: self._row(one) for code, one in facts.items()}

    def position(self, code: str) -> int | None:
        """At which place a region stands; those of one figure stand at the same."""
        own = next((one.amount for one in self._places if one.code == code), None)
        return next((at for at, one in enumerate(self._places) if one.amount == own), None)

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Row, ...]: ...
    def __getitem__(self, at: int | slice) -> Row | tuple[Row, ...]:
        return self._rows(self._places[at]) if isinstance(at, slice) else self._rows([self._places[at]])[0]

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows(self._places))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(one.code for one in self._places))

    def __repr__(self) -> str:
        return repr(tuple(self))

    def _rows(self, places: Sequence[Standing]) -> tuple[Row, ...]:
        missing = [one.code for one in places if one.code not in self._read]
        for code, facts in _facts_by_place(self._search, self._place, self._period.last_year, missing):
            self._read[code] = self._row(_comparable(facts, self._place, self._period)[0])
        return tuple(self._read[one.code] for one in places)

    def _row(self, one: StoredFact) -> Row:
        return Row(one.region.full_name, shown_fact(one, asked=True), here=one.fact.region == self._place.region)
