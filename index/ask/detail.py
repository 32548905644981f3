"""A query and its answer -> Detail: exact places of the figures, the address of the answer, the ways on from it.

上党区2023年教育支出多少 -> lead 140404_2023_gp-exp-205_…, years 2022, scopes –, peers yes, parts no
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.ask import held_items, overview_turn, overview_view
from index.ask.answers import Cell
from index.ask.atlas import Atlas
from index.ask.compose import parts_of
from index.ask.dating import dated
from index.ask.figures import grouped
from index.ask.found import Found
from index.ask.list_rows import by_item, told_apart, within_place, without_brackets
from index.ask.overview_words import main_keys
from index.ask.query import Query
from index.ask.question import understand
from index.ask.recall import recall, resolve
from index.ask.reference import Reference, decode, encode, item_token, reference_to, region_token
from index.ask.refuse import places_to_choose
from index.ask.reply import answering
from index.ask.search import Search, within
from index.ask.select import PLANNED, by_scope
from index.ask.showing import Choice, Detail, Row, Shown, View, Way, computed_reference, shown_computed, shown_fact
from index.ask.views import OPEN, may_have_parts, parts, trend
from index.ask.wording import NONE_OF_IT, SCOPE_NAMES, period_name
from index.find.terms import exact_items
from index.lexicon import items
from index.models import EARLIEST, Answer, Figure, Period, StoredFact

MOST_YEARS = 3
MOST_CHOICES = 6
_NOTHING = NONE_OF_IT
DIFFERENCE = "差额"
SUM = "合计"
_YEAR = re.compile(r"\d{4}年")
_NUMBER = re.compile(r"\d+\.(?= )")


def detail(search: Search, query: Query | None, answer: Answer, stamp: str = "") -> Detail:
    """All that a card needs of an answer; ``stamp`` is the version of the index."""
    ids = [one.fact_id for one in answer.figures if one.fact_id is not None]
    facts = {one.id: one for one in search.store.facts_by_ids(ids)} if ids else {}
    shown = tuple(_shown(search, facts, one) for one in answer.figures)
    asked = [one for one in answer.figures if one.asked] or _withheld(answer, facts) or _in_words(answer)
    single = len({(one.region, one.period, one.item) for one in asked}) == 1
    same_line = len({(one.region, one.item) for one in asked}) == 1
    reference = None
    one_line = single or (query is not None and (query.shape == "compose" or (query.shape == "trend" and same_line)))
    if query is not None and asked and answer.status == "answered" and one_line:
        reference = _lead(search, query, facts, asked, exact=len(asked) == 1)
    base = Detail(answer, shown, single=single, stamp=stamp, choices=_choices(search, query, answer))
    if query is not None and any(choice.place for choice in base.choices):
        places = len(places_to_choose(search, query))
        base = replace(base, more=places if places > len(base.choices) else 0)
    if query is not None and len(query.regions) == 1:
        code = query.regions[0]
        base = replace(
            base, region=region_token(code) if code else "", place=search.atlas.full_name(code) if code else ""
        )
    first = facts.get(asked[0].fact_id or 0) if asked else None
    if first is not None:
        base = replace(base, dated=dated(search, first.document))
    return _with_ways(search, base, reference, first) if reference else base


def _withheld(answer: Answer, facts: dict[int, StoredFact]) -> list[Figure]:
    """The figure that an answer is about where the report gives a mark in its place: nothing to answer with, and yet
    a place to look at."""
    first = answer.figures[:1] if answer.status == "answered" else ()
    return [one for one in first if (fact := facts.get(one.fact_id or 0)) and fact.fact.number is None]


def _in_words(answer: Answer) -> list[Figure]:
    """The figure that an answer in words is about, where all that it tells is of one line: a place to go on from."""
    lines = {(one.region, one.period, one.item) for one in answer.figures}
    return list(answer.figures[:1]) if answer.status == "answered" and len(lines) == 1 else []


def view_of(search: Search, query: Query | None, found: Detail) -> View | None:
    """The list an answer is best shown as, or None for a card."""
    if query is None or found.answer.status != "answered" or not any(one.figure.asked for one in found.shown):
        return None
    if query.shape == "overview":
        return replace(overview_turn.view(search, answering(search), query), stamp=found.stamp)
    reference = decode(found.lead) if found.lead else None
    view = None
    if query.shape == "trend" and reference:
        view = _trend(search, reference, query)
    elif query.shape == "compose" and reference:
        view = parts(search, reference)
        # The answer lists what it found; a list with other figures would contradict it.
        if view and {row.shown.token for row in view.rows if row.shown} != {
            s.token for s in found.shown if s.figure.asked
        }:
            view = None
    if view is None and (not found.single or _is_ranking(query, found) or _missing(found) or _asks_several(query)):
        view = _several(query, found)
    return replace(view, stamp=found.stamp) if view else None


def _trend(search: Search, reference: Reference, query: Query) -> View | None:
    """The years asked for (all, if fewer than two were named); the newest one that is done leads on."""
    years = {period.last_year for period in query.periods}
    view = trend(search, reference, years if len(years) > 1 else ())
    if view is None or len(view.rows) < 2:
        return None
    done = [row.shown for row in view.rows if row.shown and row.shown.figure.measure not in PLANNED]
    return replace(view, lead=done[-1].token if done else view.lead)


def _shown(search: Search, facts: dict[int, StoredFact], one: Figure) -> Shown:
    fact = facts.get(one.fact_id or 0)
    return shown_fact(fact, asked=one.asked) if fact and one.fact_id is not None else shown_computed(one, search)


def _lead(
    search: Search, query: Query, facts: dict[int, StoredFact], asked: Sequence[Figure], *, exact: bool
) -> Reference | None:
    fact = facts.get(asked[0].fact_id or 0)
    if fact is None:
        reference = computed_reference(asked[0], search)
        return replace(reference, scope=query.scope) if reference else None
    reference = reference_to(fact)
    named = query.measures[0] if len(query.measures) == 1 else None
    if fact.fact.key:
        own = named if named or not exact or fact.fact.measure in ("actual", "amount") else fact.fact.measure
        reference = replace(reference, measure=own, scope=query.scope)
    return reference if exact or query.shape == "compose" else replace(reference, fact=0)


def _with_ways(search: Search, base: Detail, reference: Reference, first: StoredFact | None) -> Detail:
    place = resolve(search, reference)
    if place is None or place.period is None:
        return replace(base, lead=encode(reference))
    years: dict[int, Way] = {}
    scopes: list[Way] = []
    if place.asked.keys:
        facts = search.years_of_item(place.region, place.asked.keys)
        told = [
            one for one in facts if one.fact.measure not in ("yoy_pct", "yoy_amount", "share", "rank", "completion")
        ]
        for year in sorted(
            {one.fact.period.last_year for one in told if one.fact.period.first_year == one.fact.period.last_year}
        ):
            if year != place.period.last_year and year >= EARLIEST:
                years[year] = Way(f"{year}年", encode(reference.at(period=Period.year(year))))
        scopes = _scopes(within(facts, place.period), reference)
    region = search.atlas.regions.get(place.region)
    alike = sum(1 for other in search.atlas.regions.values() if region and other.code and other.level == region.level)
    near = sorted(years, key=lambda year: abs(year - (place.period.last_year if place.period else 0)))[:MOST_YEARS]
    return replace(
        base,
        lead=encode(reference),
        years=tuple(years[year] for year in sorted(near)),
        scopes=tuple(scopes),
        peers=bool(place.asked.keys) and alike > 1 and bool(place.region),
        parts=first is not None and _has_parts(search, first),
        overview=_overview(search, place.region, place.period),
        trend=bool(years) or any(one.figure.measure in ("yoy_pct", "yoy_amount") for one in base.shown),
    )


def _scopes(facts: Sequence[StoredFact], reference: Reference) -> list[Way]:
    """The scopes told of, if there is a choice; the one shown is left out."""
    groups = by_scope(facts, "")
    if len(groups) < 2:
        return []
    ways = []
    for group in groups:
        scope = group[0].fact.scope or "whole"
        words = next((one.fact.scope_words for one in group if one.fact.scope_words), "")
        if scope != reference.scope:
            ways.append(Way(words or SCOPE_NAMES[scope], encode(reference.at(scope=scope))))
    return ways


def _overview(search: Search, region: str, period: Period) -> str:
    """The address of the overview of a whole year of a place that has its main figures; else ""."""
    known = search.atlas.regions.get(region)
    if known is None or not known.code or period.first_year != period.last_year or period.last_month != 12:
        return ""
    told = {one.fact.period.last_year for one in search.years_of_item(region, main_keys())}
    return overview_view.token(region, Period.year(period.last_year)) if period.last_year in told else ""


def _has_parts(search: Search, one: StoredFact) -> bool:
    if not may_have_parts(one):
        return False
    cell = Cell(one.fact.region, "", one.fact.period, one.fact.item, Found(asked=(one,)))
    return bool(parts_of(search, cell, one, far=False))


# ---------------------------------------------------------------------------------------------- choices, lists


def _choices(search: Search, query: Query | None, answer: Answer) -> tuple[Choice, ...]:
    listed = query is not None and query.shape == "overview" and query.term == held_items.TOPIC
    if answer.status == "answered" and not listed:
        return ()
    atlas = search.atlas
    codes = {region.full_name: code for code, region in atlas.regions.items()}
    found: list[Choice] = []
    said = "" if listed else _said_of_all(search, query, answer.options)
    for option in answer.options[:MOST_CHOICES]:
        if option in codes:
            found.append(Choice(option, place=region_token(codes[option])))
            continue
        if overview := _overview_named(atlas, option):
            found.append(overview)
            continue
        reference = _named_by(search, atlas, option)
        if reference and recall(search, reference):
            label = option.removesuffix("多少").replace(said, "", 1)
            found.append(Choice(label.partition("年")[2] if listed else label, token=encode(reference)))
    if query is not None and listed and (page := held_items.next_page(search, query)):
        more = overview_view.token(query.regions[0], query.periods[0], query.scope, query.term, page)
        found.append(Choice("更多 ›", token=more))
    return tuple(found)


def _said_of_all(search: Search, query: Query | None, options: Sequence[str]) -> str:
    """2024年 of 西工区2024年支出, 西工区2024年收入: the year that all of them are of and no button says."""
    if query is None or len(query.regions) != 1:
        return ""
    place = search.atlas.full_name(query.regions[0])
    found = [_YEAR.match(option.removeprefix(place)) for option in options]
    said = {one[0] for one in found if one}
    if query.periods and said != {period_name(one) for one in query.periods}:
        return ""  # another year than the one asked for is said
    names = [option.removeprefix(place).removeprefix(one[0]) for option, one in zip(options, found, strict=True) if one]
    return said.pop() if len(said) == 1 and len(names) == len(options) and all(map(exact_items, names)) else ""


def _overview_named(atlas: Atlas, option: str) -> Choice | None:
    """The overview of a place and year that is offered: 三明市2025年财政概况."""
    if not option.endswith(overview_view.TITLE):
        return None
    query = understand(option, atlas)
    if len(query.regions) != 1 or len(query.periods) != 1:
        return None
    return Choice(option, token=overview_view.token(query.regions[0], query.periods[0]))


def _named_by(search: Search, atlas: Atlas, option: str) -> Reference | None:
    """The address of an offered question: a place, perhaps a year, an item."""
    query = understand(option, atlas)
    if len(query.regions) != 1 or not query.items:
        return None
    period = query.periods[0] if query.periods else None
    keys = query.items[0].keys
    held = {one.fact.key for one in search.years_of_item(query.regions[0], keys)} if len(keys) > 1 else set(keys)
    key = next((key for key in keys if key in held), keys[0])
    name = items()[key].name if key in items() else query.items[0].name
    measure = query.measures[0] if len(query.measures) == 1 else None
    return Reference(region_token(query.regions[0]), period, item_token(key, name), measure, query.scope, query.account)


def _is_ranking(query: Query, found: Detail) -> bool:
    """Whether an answer sets figures of one measure in their order; 各县排名 | 那上党区 is that place's card."""
    measures = {one.figure.measure for one in found.shown}
    asked = query.shape == "rank" or "rank" in query.measures
    return asked and len(found.shown) > 1 and len(measures) == 1 and measures != {"rank"}


def _several(query: Query, found: Detail) -> View:
    """One line for each figure asked (for a ranking also those next to it), those that are missing named as such."""
    ranked = _is_ranking(query, found)
    listed = [one for one in found.shown if one.figure.asked or ranked]
    named = {"region": len(query.regions), "period": len(query.periods), "item": len(query.items)}
    figures = [one for one in listed if not (_is_difference(one) or _is_sum(one))]
    varying = [
        name
        for name, count in named.items()
        if len({getattr(one.figure, name) for one in figures}) > 1
        or (count > 1 and (name != "item" or _missing(found)))
        or (name == "period" and any(map(_YEAR.match, _missing(found))))  # 2023年到2025年, of which one is told
    ]
    cells = [tuple(getattr(one.figure, name) for name in varying) for one in listed]
    levels = {_level(one) for one in listed}
    apart = len({one.figure.scope for one in listed}) > 1 and not ranked
    rows = []
    for one, cell in zip(listed, cells, strict=True):
        label = " ".join(
            f"{part}年" if name == "period" and part.isdigit() else part
            for name, part in zip(varying, cell, strict=True)
        )
        alike = [other for other, its in zip(listed, cells, strict=True) if its == cell and other in figures]
        scope = _level(one) if len({other.scope for other in alike}) > 1 or apart else ""
        measure = one.measure if len({other.measure for other in alike}) > 1 else ""
        label = " ".join(part for part in (label, scope, measure) if part) or one.figure.item
        label = label if one in figures else SUM if _is_sum(one) else DIFFERENCE
        rows.append(Row(label, one, here=ranked and one.figure.asked))
    rows, beside = without_brackets(rows)
    rows = told_apart(rows)
    rows += [Row(line.removesuffix(_NOTHING), None) for line in _missing(found)]
    if varying == ["period"] and not ranked and len(rows) > len(listed):
        rows.sort(key=lambda row: row.label)  # a year without a figure stands in its place
    notes = (*_difference(found), *beside, *found.answer.notes)
    if not ranked and len(query.items) > 1:
        gaps = [row for row in rows if row.shown and _is_difference(row.shown)]
        rows = by_item([row for row in rows if row not in gaps], [one.figure.item for one in figures])
        rows = [*gaps, *rows] if any(row.heading for row in rows) else [*rows, *gaps]  # under no item's heading
    if ranked:
        sums = [row for row in rows if row.label == SUM]
        rows = within_place([row for row in rows if row not in sums], found.place)
        numbers = _numbers(found, rows)
        rows = [replace(row, label=f"{number} {row.label}") for number, row in zip(numbers, rows, strict=True)]
        rows = [*sums, *rows]
        notes = (*(line for line in found.answer.reply.split("\n") if line.startswith("共比较")), *notes)
    title = found.answer.reading
    level = next(iter(levels)) if len(levels) == 1 and not apart else ""
    if level and level != OPEN and not ranked and level not in title.split(" · "):
        title += f" · {level}"
    return View("several", title, tuple(rows), notes, found.lead)


def _numbers(found: Detail, rows: Sequence[Row]) -> list[str]:
    """1. 2. 3. 12.: the places as the answer tells them."""
    told = [match[0] for line in found.answer.reply.split("\n") if (match := _NUMBER.match(line))]
    return told if len(told) == len(rows) else [f"{number}." for number, _ in enumerate(rows, 1)]


def _level(one: Shown) -> str:
    """The level; what the report leaves open is said to be."""
    return one.level or OPEN


def _difference(found: Detail) -> tuple[str, ...]:
    """2024年安排数比2023年完成数少 32,847 万元: the line of a difference that says which side is the larger."""
    lines = found.answer.reply.split("\n")
    gap = next(filter(_is_difference, found.shown), None)
    told = tuple(line.partition("（推算")[0] for line in lines[1:2] if gap and "（推算" in line)
    sides = [one for one in found.shown if one.figure.asked and not _is_difference(one)]
    if told or gap is None or len(sides) != 2 or sides[0].number is None or sides[1].number is None:
        return told
    more, less = (one.figure for one in sorted(sides, key=lambda one: one.number or 0, reverse=True))
    name = next((name for name in ("region", "period", "item") if getattr(more, name) != getattr(less, name)), "")
    size = f"{grouped(gap.figure.value.lstrip('-'))} {gap.figure.unit}"
    return (
        (f"{getattr(more, name)}比{getattr(less, name)}多 {size}",)
        if name and sides[0].number != sides[1].number
        else ()
    )


def _is_sum(one: Shown) -> bool:
    return one.figure.derived and one.figure.item.endswith(SUM)


def _is_difference(one: Shown) -> bool:
    return one.figure.derived and one.figure.item.endswith("之差")


def _asks_several(query: Query) -> bool:
    """Several places or years: each figure must say whose it is, also when only one of them has any."""
    return len(query.regions) > 1 or len(query.periods) > 1


def _missing(found: Detail) -> list[str]:
    """The lines of a comparison that say what the reports do not have."""
    return [line for line in found.answer.reply.split("\n")[1:] if line.endswith(_NOTHING)]
