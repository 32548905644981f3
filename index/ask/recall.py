"""A reference -> the answer it addresses: the same figure after a restart, the same slots after a reload.

    Reference("140404", 2023, "gp-exp-205", "actual") -> 长治市上党区 · 2023年 · 教育支出（一般公共预算） 56,917 万元

None means that the index no longer holds it (or never did: addresses come from outside).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.ask.agree import groups
from index.ask.answers import Cell, answer_cells
from index.ask.conflict import CONFLICT
from index.ask.defaults import periods_for
from index.ask.found import Found
from index.ask.pick.found_for import found_for
from index.ask.query import Asked, Query
from index.ask.reference import Reference, item_token, reference_to
from index.ask.search import Search
from index.ask.select import by_account, by_scope
from index.ask.told.figures import told_by
from index.lexicon import items
from index.models import Answer, Period, StoredFact


@dataclass(frozen=True, slots=True)
class Place:
    """A reference with its tokens resolved.  ``asked.keys`` is empty for an item in the report's own words."""

    region: str
    period: Period | None
    asked: Asked
    reference: Reference

    @property
    def query(self) -> Query:
        """The question this address stands for."""
        reference = self.reference
        return Query(
            text=self.asked.name,
            regions=(self.region,),
            periods=(self.period,) if self.period else (),
            scope=reference.scope,
            account=reference.account,
            items=(self.asked,) if self.asked.keys else (),
            measures=(reference.measure,) if reference.measure and reference.measure != "amount" else (),
            content=(self.asked.name,),
        )


def resolve(search: Search, reference: Reference) -> Place | None:
    """The place and item meant, if the index has them."""
    region = search.atlas.by_token(reference.region)
    if region is None:
        return None
    asked = _lexicon_item(reference.item) or _open_item(search, region, reference)
    return Place(region, reference.period, asked, reference) if asked else None


def recall(search: Search, reference: Reference) -> tuple[Query, Answer] | None:
    """The answer and the question it would be the answer to, so that a dialogue can go on from it."""
    place = resolve(search, reference)
    if place is None:
        return None
    query = place.query
    period, note = place.period, ""
    if period is None:
        periods, note = periods_for(search, query, place.region)
        if not periods:
            return None
        period = periods[0]
    query = replace(query, periods=(period,), period_note=note)
    found = facts_of(search, place, period)
    exact = stored(search, reference)
    if exact is not None and [one.id for one in found.asked] != [exact.id]:
        found = _exactly(search, exact)
    if not found.some:
        return None
    name = search.atlas.full_name(place.region)
    answer = answer_cells([Cell(place.region, name, period, place.asked.name, found)], query)
    return replace(query, figures=told_by(answer)), answer


def facts_of(search: Search, place: Place, period: Period) -> Found:
    """What is held of a place's item in a period."""
    if place.asked.keys:
        return found_for(search, replace(place.query, periods=(period,)), place.region, period)
    return _of_open(search, place, period)


def stored(search: Search, reference: Reference) -> StoredFact | None:
    """The very fact, if its number still means it."""
    if not reference.fact:
        return None
    found = search.store.facts_by_ids([reference.fact])
    if not found:
        return None
    one: StoredFact = found[0]
    now = reference_to(one)
    same = (now.region, now.item) == (reference.region, reference.item)
    return one if same and (reference.period is None or _years(now.period) == _years(reference.period)) else None


def _years(period: Period | None) -> tuple[int, int] | None:
    return (period.first_year, period.last_year) if period else None


def _exactly(search: Search, one: StoredFact) -> Found:
    """The fact itself with the other measures of its line."""
    line = [
        other
        for other in search.near(one, one.fact.region, one.fact.period, 0)
        if (other.fact.key, other.fact.item) == (one.fact.key, one.fact.item) and other.fact.scope == one.fact.scope
        and other.fact.measure != one.fact.measure
    ]  # fmt: skip
    context = tuple({other.fact.measure: other for other in reversed(line)}.values())
    return Found(asked=(one,), context=tuple(sorted(context, key=lambda other: other.id)))


def _of_open(search: Search, place: Place, period: Period) -> Found:
    """The figures under a name of the report's own: one of each scope, contradictions beside each other."""
    reference = place.reference
    facts = search.of_names(place.region, period, [place.asked.name])
    facts = [one for one in facts if reference.measure in (None, one.fact.measure)]
    asked: tuple[StoredFact, ...] = ()
    for group in by_scope(by_account(facts, place.query), reference.scope):
        asked += tuple(_distinct(group))
    return Found(
        asked=asked[:4], notes=(CONFLICT,) if len(asked) > 1 and len({one.fact.scope for one in asked}) == 1 else ()
    )


def _distinct(facts: Sequence[StoredFact]) -> list[StoredFact]:
    return [group[0] for group in groups(facts)]


def _lexicon_item(token: str) -> Asked | None:
    known = items().get(token)
    if known is None and token[0] == "K":
        known = next((item for item in items().values() if item_token(item.key, "") == token), None)
    return Asked(known.name, (known.key,), known.name) if known else None


def _open_item(search: Search, region: str, reference: Reference) -> Asked | None:
    """The report's own words behind a digest."""
    if reference.item[0] != "H":
        return None
    exact = search.store.facts_by_ids([reference.fact]) if reference.fact else []
    years = [reference.period.last_year] if reference.period else search.store.years(region)
    for one in (*exact, *search.store.open_facts([region], years)):
        if item_token("", one.fact.item) == reference.item:
            return Asked(one.fact.item, (), one.fact.item)
    return None
