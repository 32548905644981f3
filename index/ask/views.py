"""Around one figure: the same over the years, its parts, the text it stands in (for other places see ``peers``).

    上党区 · 教育支出 -> trend: 2022 53318 万元 (computed), 2023 56917 万元      parts: 合计, 基本工资 …

Only figures of one item, measure and scope stand in one list.  None where there is nothing to list.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from index.ask import wording
from index.ask.answers import Cell
from index.ask.compose import parts_of
from index.ask.figures import clipped
from index.ask.found import Found
from index.ask.recall import Place, facts_of, recall, resolve, stored
from index.ask.reference import Reference, decode, encode
from index.ask.search import Search
from index.ask.showing import AT_ODDS, Row, Shown, View, list_title, shown_computed, shown_fact
from index.find.terms import exact_items
from index.models import EARLIEST, Period, StoredFact
from index.store.lookup import sentence_id

MOST_YEARS = 30
FORMULA = "为推算数："
OPEN = "级次未写明"
OPENED = "报告没有写明级次"
_ADDITIVE = ("actual", "amount", "budget", "adjusted_budget", "outstanding", "limit", "balance")


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
    told: dict[int, Row] = {}
    notes: list[str] = []
    for year in (year for year in _years(search, place) if not asked or year in asked):
        found = facts_of(search, _whole_first(place), Period.year(year))
        shown = _first(search, found) if _same_item(found, place) else None
        if shown is not None:
            if _contradicted(found):
                notes.append(AT_ODDS.format(label=f"{year}年"))
                shown = replace(shown, token=_open_address(shown.token))
            if shown.figure.derived:
                notes.append(f"{year}年{FORMULA}{shown.figure.sentence.removeprefix('计算：')}")
            elif should := wording.should_be(shown.figure):
                notes.append(f"{year}年{should}")
            here = place.period is not None and place.period.last_year == year
            told[year] = Row(f"{year}年", shown, _growth(found), here=here, plan=_plan(found))
    if not told:
        return None
    rows = list(told.values())
    levels = [_level(search, place, row) for row in rows]
    usual = Counter(levels).most_common(1)[0][0]
    title = _title(search, place, rows, f"{rows[0].label}至{rows[-1].label}" if len(rows) > 1 else rows[0].label, usual)
    notes += [
        f"{year}年：{OPENED if level == OPEN else level}"
        for year, level in zip(told, levels, strict=True)
        if level != usual
    ]
    if len({row.shown.measure for row in rows if row.shown}) > 1:  # plans beside what was done: each year says which
        rows = [replace(row, label=row.label + row.shown.measure) for row in rows if row.shown]
    rows = _with_gaps(dict(zip(told, rows, strict=True)), every=not asked)
    return View("trend", title, tuple(rows[-MOST_YEARS:]), tuple(notes), encode(reference))


def _same_item(found: Found, place: Place) -> bool:
    """In a list of years every figure is of the item itself: what is nearest to it in a year is another row's."""
    if not place.asked.keys:
        return True
    if found.asked:
        return found.asked[0].fact.key in place.asked.keys
    named = (other for one in found.computed[:1] for other in exact_items(one.item))
    return any(other.key in place.asked.keys for other in named)


def _level(search: Search, place: Place, row: Row) -> str:
    """The level of a year's figure, as printed; of a city, which has levels below it, also that it is left open."""
    region = search.atlas.regions.get(place.region)
    if row.shown is None or region is None:
        return ""
    scope = row.shown.figure.scope
    if row.shown.scope or scope == "whole":
        return wording.scope_name(scope, row.shown.scope, region)
    return OPEN if not scope and region.level in ("province", "prefecture") else ""


def _with_gaps(rows: dict[int, Row], *, every: bool) -> list[Row]:
    """The years between that no report tells of, as rows without a figure: 2019年, (2020-2024年), 2025年."""
    found: list[Row] = []
    before: int | None = None
    for year, row in rows.items():
        if every and before is not None and year - before > 1:
            first, last = before + 1, year - 1
            found.append(Row(f"{first}年" if first == last else f"{first}-{last}年", None))
        found.append(row)
        before = year
    return found


def _open_address(token: str) -> str:
    """The address of all that is said of a figure, not of this one print."""
    return encode(replace(decode(token), fact=0)) if token else ""


def parts(search: Search, reference: Reference) -> View | None:
    """The total first, then its parts with computed shares."""
    total = fact_at(search, reference)
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
    one = fact_at(search, reference)
    if one is None:
        return None
    own = sentence_id(one.id)
    hits = search.store.sentences([own])
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
    one = fact_at(search, reference)
    return one.document if one else ""


def _years(search: Search, place: Place) -> list[int]:
    if place.asked.keys:
        facts = search.years_of_item(place.region, place.asked.keys)
    else:
        years = search.store.years(place.region)
        facts = [one for one in search.store.open_facts([place.region], years) if one.fact.item == place.asked.name]
    spans = {(one.fact.period.first_year, one.fact.period.last_year) for one in facts}
    years = sorted(last for first, last in spans if first == last >= EARLIEST)
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


def _plan(found: Found) -> Shown | None:
    """The budget that stands beside what was done: the adjusted one, if the report has one."""
    if not found.asked or found.asked[0].fact.measure != "actual":
        return None
    lead = found.asked[0]
    for measure in ("adjusted_budget", "budget"):
        for one in found.context:
            same = one.document == lead.document and _line(one) == _line(lead)
            if same and one.fact.measure == measure and one.fact.number is not None:
                return shown_fact(one, asked=False)
    return None


def _line(one: StoredFact) -> tuple[object, ...]:
    """What the measures of one line of a budget have in common."""
    fact = one.fact
    return fact.region, fact.period, fact.scope, fact.account, fact.key, fact.item, fact.owner, fact.qualifiers


def _contradicted(found: Found) -> bool:
    """The figure shown is one of several that say different things of the same."""
    return sum(one.fact.scope == found.asked[0].fact.scope for one in found.asked) > 1 if found.asked else False


def fact_at(search: Search, reference: Reference) -> StoredFact | None:
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


def _title(search: Search, place: Place, rows: Sequence[Row], when: str, level: str) -> str:
    shown = [row.shown for row in rows if row.shown]
    first = replace(shown[0], scope=level)
    return list_title(search, place.region, place.asked.name, first, {one.measure for one in shown}, when)


def _brief(text: str, *, last: bool) -> str:
    """A neighbouring sentence, cut at the far end if it is long."""
    text = " ".join(text.split())
    at = len(text) - 1 if last else 0
    return clipped(text, at, at + 1, 160)
