"""Around one figure: the same over the years, in the other places of its level, its parts, the text it stands in.

    上党区 · 教育支出 -> trend: 2022 53318 万元 (computed), 2023 56917 万元      peers: 上党区 56917, 屯留区 …

Only figures of one item, measure and scope stand in one list.  None where there is nothing to list.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from decimal import Decimal

from index.ask import wording
from index.ask.agree import groups
from index.ask.answers import Cell
from index.ask.compose import parts_of
from index.ask.figures import clipped
from index.ask.found import Found
from index.ask.recall import Place, facts_of, recall, resolve, stored
from index.ask.reference import Reference, encode, reference_to
from index.ask.search import Search, within
from index.ask.select import by_account, chain, main_first, of_measure
from index.ask.showing import Row, Shown, View, shown_computed, shown_fact
from index.models import Measure, Period, StoredFact
from index.store.lookup import sentence_id

MOST_YEARS = 30
_ADDITIVE = ("actual", "amount", "budget", "adjusted_budget", "outstanding", "limit", "balance")
_AT_ODDS = "{label}：报告里有两处说法不一致，这里列的是其中一处，点开可看全部"


@dataclass(frozen=True, slots=True)
class Passage:
    """The sentences around a figure; ``text[start:end]`` of the middle one is its value."""

    title: str
    source: str
    before: tuple[str, ...]
    text: str
    start: int
    end: int
    after: tuple[str, ...]


def trend(search: Search, reference: Reference, asked: Collection[int] = ()) -> View | None:
    """All years (or those asked) of a place's item, oldest first, with the growth the reports give."""
    place = resolve(search, reference)
    if place is None:
        return None
    rows: list[Row] = []
    notes: list[str] = []
    for year in (year for year in _years(search, place) if not asked or year in asked):
        found = facts_of(search, _whole_first(place), Period.year(year))
        shown = _first(search, found)
        if shown is not None:
            if _contradicted(found):
                notes.append(_AT_ODDS.format(label=f"{year}年"))
            here = place.period is not None and place.period.last_year == year
            rows.append(Row(f"{year}年", shown, _growth(found), here=here))
    if not rows:
        return None
    title = _title(search, place, rows, f"{rows[0].label}至{rows[-1].label}" if len(rows) > 1 else rows[0].label)
    if len({row.shown.measure for row in rows if row.shown}) > 1:  # plans beside what was done: each year says which
        rows = [replace(row, label=row.label + row.shown.measure) for row in rows if row.shown]
    return View("trend", title, tuple(rows[-MOST_YEARS:]), tuple(notes), encode(reference))


def peers(search: Search, reference: Reference) -> View | None:
    """One figure for each place of the same level, largest first."""
    place = resolve(search, reference)
    if place is None or not place.asked.keys or place.period is None:
        return None
    level = search.atlas.regions[place.region].level
    by_place: dict[str, list[StoredFact]] = {}
    for one in search.store.facts(None, [place.period.last_year], list(place.asked.keys)):
        by_place.setdefault(one.fact.region, []).append(one)
    best: list[StoredFact] = []
    notes: list[str] = []
    for code, facts in by_place.items():
        region = search.atlas.regions.get(code)
        if region is None or not code or region.level != level:
            continue
        some = _comparable(facts, place, place.period)
        best += some[:1]
        if len(groups(some)) > 1:
            notes.append(_AT_ODDS.format(label=region.name))
    measure = next((one.fact.measure for one in best if one.fact.region == place.region), None)
    best = [one for one in best if measure in (None, one.fact.measure)]
    if len(best) < 2:
        return None
    best.sort(key=lambda one: one.fact.number or Decimal(0), reverse=True)
    rows = tuple(
        Row(one.region.full_name, shown_fact(one, asked=True), here=one.fact.region == place.region) for one in best
    )
    title = _title(search, replace(place, region=""), rows, wording.period_name(place.period))
    return View("peers", title, rows, tuple(notes), encode(reference))


def ranking(
    search: Search, keys: tuple[str, ...], name: str, year: int, measure: Measure | None, level: str
) -> View | None:
    """The places of one level by one item, largest first; ``level`` "" means the level with most of them."""
    facts = search.store.facts(None, [year], list(keys))
    levels = [one.region.level for one in facts if one.fact.region]
    wanted = level or max(set(levels), key=levels.count, default="")
    firsts: dict[str, StoredFact] = {}
    for one in facts:
        firsts.setdefault(one.fact.region, one)
    for code, first in firsts.items():
        region = search.atlas.regions.get(code)
        if code and region and region.level == wanted:
            reference = replace(
                reference_to(first), fact=0, measure=measure, scope="", account="", period=Period.year(year)
            )
            return peers(search, reference)
    return None


def parts(search: Search, reference: Reference) -> View | None:
    """The total first, then its parts with computed shares."""
    total = _total(search, reference)
    if total is None or not may_have_parts(total):
        return None
    fact = total.fact
    cell = Cell(fact.region, wording.place_of(total), fact.period, fact.item, Found(asked=(total,)))
    found = parts_of(search, cell, total)
    if not found:
        return None
    rows = [Row("合计", shown_fact(total, asked=True), here=True)]
    for one in found:
        share = one.fact.number / fact.number * 100 if fact.number and one.fact.number is not None else None
        rows.append(Row(one.fact.item, shown_fact(one, asked=True), share=share))
    title = f"{wording.place_of(total)} · {wording.period_name(fact.period)} · {fact.item}的构成"
    return View("parts", title, tuple(rows), ("占比为计算值：各项 ÷ 合计",), encode(reference))


def may_have_parts(one: StoredFact) -> bool:
    """Only money adds up."""
    return one.fact.measure in _ADDITIVE and one.fact.kind == "money" and one.fact.number is not None


def passage(search: Search, reference: Reference, around: int = 2) -> Passage | None:
    """The sentences before and after the figure's own."""
    one = stored(search, reference) or _total(search, reference)
    if one is None:
        return None
    own = sentence_id(one.id)
    hits = search.store.sentences([own])  # type: ignore[attr-defined]
    if not hits:
        return None
    window = search.store.sentence_window(hits[0].document_id, own, around)
    shown = shown_fact(one, asked=True)
    before = tuple(_brief(hit.text, last=True) for hit in window if hit.id < own)
    after = tuple(_brief(hit.text, last=False) for hit in window if hit.id > own)
    title = f"{wording.place_of(one)} · {wording.period_name(one.fact.period)} · {one.fact.item}"
    source = wording.source(one.title, one.document, one.section, one.page)
    return Passage(title, source, before, shown.text, shown.start, shown.end, after)


def document_of(search: Search, reference: Reference) -> str:
    """The name of the document a figure stands in, or ""."""
    one = stored(search, reference) or _total(search, reference)
    return one.document if one else ""


def _years(search: Search, place: Place) -> list[int]:
    if place.asked.keys:
        facts = search.years_of_item(place.region, place.asked.keys)
    else:
        years = search.store.years(place.region)
        facts = [one for one in search.store.open_facts([place.region], years) if one.fact.item == place.asked.name]
    years = sorted(
        {one.fact.period.last_year for one in facts if one.fact.period.first_year == one.fact.period.last_year}
    )
    return ([years[0] - 1] if years else []) + years


def _whole_first(place: Place) -> Place:
    return replace(place, reference=replace(place.reference, fact=0))


def _first(search: Search, found: Found) -> Shown | None:
    if found.asked:
        return shown_fact(found.asked[0], asked=True)
    return shown_computed(found.computed[0], search) if found.computed else None


def _growth(found: Found) -> Shown | None:
    """The growth that stands beside a printed figure; a computed figure has none."""
    if not found.asked:
        return None
    lead = found.asked[0]
    for one in found.context:
        if one.fact.measure == "yoy_pct" and one.document == lead.document and one.fact.scope == lead.fact.scope:
            return shown_fact(one, asked=False)
    return None


def _contradicted(found: Found) -> bool:
    """The figure shown is one of several that say different things of the same."""
    return sum(one.fact.scope == found.asked[0].fact.scope for one in found.asked) > 1 if found.asked else False


def _comparable(facts: list[StoredFact], place: Place, period: Period) -> list[StoredFact]:
    """The figures of one place that may stand in the list, the most trusted first."""
    query, reference = place.query, place.reference
    some = by_account(within(facts, period), query)
    some = [
        one
        for one in some
        if one.fact.scope in ((reference.scope,) if reference.scope in ("own", "own_wide") else ("whole", ""))
    ]
    some = of_measure(some, chain(query, query.measures[0] if query.measures else None, place.asked.keys), query)
    some = [one for one in some if one.fact.number is not None and "same_basis" not in one.fact.flags]
    return main_first(some, facts, place.asked.text)


def _total(search: Search, reference: Reference) -> StoredFact | None:
    """The figure an address leads to."""
    one = stored(search, reference)
    if one is not None:
        return one
    place = resolve(search, reference)
    if place is None or recall(search, reference) is None:
        return None
    period = place.period
    found = facts_of(search, place, period) if period else Found()
    return found.asked[0] if found.asked else None


def _title(search: Search, place: Place, rows: list[Row] | tuple[Row, ...], when: str) -> str:
    first = next(row.shown for row in rows if row.shown)
    account = wording.ACCOUNTS.get(first.figure.account, "")
    name = place.asked.name + (f"（{account}）" if account and account not in place.asked.name else "")
    where = search.atlas.full_name(place.region) if place.region else ""
    told = {row.shown.measure for row in rows if row.shown}
    return " · ".join(
        part for part in (where, when, name, first.scope, first.measure if len(told) == 1 else "") if part
    )


def _brief(text: str, *, last: bool) -> str:
    """A neighbouring sentence, cut at the far end if it is long."""
    text = " ".join(text.split())
    at = len(text) - 1 if last else 0
    return clipped(text, at, at + 1, 160)
