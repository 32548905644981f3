"""The place of a region among others by an item, by the figures that the reports of each of them hold.

    "腾冲市2024年政府债务余额在保山市各县里排第几" -> 5 个地区中第 2 位: 140.79 亿元, behind 隆阳区 164.3 亿元

The number of places compared is always told, and whether they are all there are: a rank among those that are held is
none among all.  A rank that a report prints comes first (``rank_told``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from index.ask import wording
from index.ask.agree import groups
from index.ask.defaults import periods_for
from index.ask.figures import figure, grouped, shown
from index.ask.found import Found
from index.ask.peers import position, ranking
from index.ask.pick.found_for import found_for
from index.ask.query import Query
from index.ask.rank import IN_ORDER, SHOWN, downwards, of_first_level, of_place
from index.ask.rank_kinds import Kind, left_of
from index.ask.search import Search
from index.ask.showing import AT_ODDS
from index.find.gazetteer import children
from index.find.gazetteer import region as known_region
from index.lexicon import measures
from index.models import Answer, Figure, Measure, Period, Region, StoredFact

MEASURES: Final[dict[str, Measure]] = {"growth": "yoy_pct", "progress": "completion", "share": "share"}
UNRANKED: Final = ("head", "quality")
ALL: Final = "全"  # 全省, 全市: no others will do
RECKONED: Final = 60  # places whose growth is reckoned where it is not printed


@dataclass(frozen=True, slots=True)
class Standing:
    """A place with its figures: more than one where its reports contradict each other, the one listed first."""

    code: str
    figures: tuple[Figure, ...]
    numbers: tuple[Decimal, ...]
    told: str


@dataclass(frozen=True, slots=True)
class Among:
    """The places that are compared: their codes, the place around them ("" for all held), and how many there are."""

    codes: tuple[str, ...]
    over: str = ""
    every: int = 0


def answer_rank_place(search: Search, query: Query, kind: Kind) -> Answer | None:
    """The place with the list it is taken from; None for any other question, or where there is no such list.

    ``kind`` says what is ranked, and among whom (``rank_kinds``).
    """
    sides = sides_of(search, query)
    if sides is None or len(query.items) != 1 or left_of(query.chunks):
        return None
    code, outer = sides
    region, item = search.atlas.regions[code], query.items[0]
    periods = query.periods or periods_for(search, query, code)[0]
    if kind.of in UNRANKED or len(periods) != 1 or not item.keys:
        return None
    named = tuple(one for one in query.measures if one != "rank")
    measure = MEASURES.get(kind.of) or (named[0] if named else None)
    plainly = Query(
        text=item.text, regions=(code,), periods=periods, scope=query.scope, scope_words=query.scope_words,
        account=query.account, items=(item,), content=(item.text,), measures=(measure,) if measure else (),
        direction=query.direction, counties=query.counties, unit=query.unit,
    )  # fmt: skip
    for over in _overs(search, region, kind.among, outer):
        among = _among(search, region, over, query)
        standings = _standings(search, plainly, code, periods[0], among)
        if len(standings) > 1:
            return _answer(search, plainly, periods[0], standings, among, code)
    if not outer and kind.among in ("", "country"):  # 在各县里: of its own city, or nothing
        return _in_country(search, plainly, region, periods[0])
    return None


def sides_of(search: Search, query: Query) -> tuple[str, str] | None:
    """The place that is ranked, and the one around it if the question names it (腾冲市在保山市各县里)."""
    regions = query.regions
    if len(regions) == 1 and search.atlas.regions.get(regions[0]) and regions[0]:
        return regions[0], ""
    if len(regions) == 2:
        for inner, outer in (regions, regions[::-1]):
            if search.atlas.is_under(inner, outer):
                return inner, outer
    return None


def _overs(search: Search, region: Region, among: str, outer: str) -> list[str]:
    """The places that the places of a rank may lie in, the one meant first; none where the country is meant."""
    if outer:
        return [outer]
    if among == "province":
        return [f"{region.code[:2]}0000"] if region.level != "province" else []
    return [region.parent] if among in ("", "city") and region.parent else []


def around(search: Search, code: str, among: str, outer: str) -> str:
    """福建省: where the places of a rank would lie."""
    overs = _overs(search, search.atlas.regions[code], among, outer)
    return _name(overs[0]) if overs else ""


def _among(search: Search, region: Region, over: str, query: Query) -> Among:
    """The held places of one level inside another place; zones stand beside counties where 县 is not said."""
    levels = {region.level}
    if region.level == "zone" or (region.level == "county" and not query.counties):
        levels = {"county", "zone"}
    codes = tuple(
        one.code for one in search.atlas.regions.values()
        if one.code and one.level in levels and search.atlas.is_under(one.code, over)
        and (one.level != "zone" or one.parent == over)
    )  # fmt: skip
    official = [one.code for one in _below(over) if one.level == region.level]
    return Among(codes, over, len(official))


def _below(code: str) -> Iterable[Region]:
    for child in children(code):
        yield child
        yield from _below(child.code)


def _standings(search: Search, query: Query, code: str, period: Period, among: Among) -> list[Standing]:
    """The figure of each of the places that is of the same line as that of the place asked for; [] without that."""
    own = found_for(search, query, code, period)
    asked = [one for one in own.asked if one.fact.number is not None and one.fact.key in query.items[0].keys]
    measure = query.measures[0] if query.measures else None
    if measure == "yoy_pct" and len(among.codes) <= RECKONED:
        each = ((other, found_for(search, replace(query, regions=(other,)), other, period)) for other in among.codes)
        told = [_told(other, *_of_item(found, query, own), query) for other, found in each]
        standings = [one for one in told if one is not None]
    elif asked:
        line = asked[0]
        facts = search.of_item_in(among.codes, period, [line.fact.key])
        some = ((other, of_place(search, line, other, facts.get(other, []), query)) for other in among.codes)
        told = [_told(other, tuple(found), (), query) for other, found in some]
        standings = [one for one in told if one is not None]
    else:
        return []
    return standings if any(one.code == code for one in standings) else []


def _of_item(found: Found, query: Query, own: Found) -> tuple[list[StoredFact], list[Figure]]:
    """What was found of the item itself, on the level of the place that is ranked: the nearest there is will not do."""
    name, levels = query.items[0].name, {one.fact.scope for one in own.asked} | {one.scope for one in own.computed}
    levels |= {"", "whole"} if levels & {"", "whole"} else set()
    facts = [one for one in found.asked if one.fact.key in query.items[0].keys and one.fact.scope in levels]
    return facts, [one for one in found.computed if one.item == name and one.scope in levels]


def _told(code: str, facts: Sequence[StoredFact], computed: Sequence[Figure], query: Query) -> Standing | None:
    """A place in the list by what is told of it on one level, else by what is reckoned."""
    there = [one for one in facts if one.fact.number is not None]
    alone = [group[0] for group in groups(of_first_level(there))]
    if alone:
        numbers = tuple(one.fact.number for one in alone if one.fact.number is not None)
        return Standing(code, tuple(figure(one, asked=False) for one in alone), numbers, shown(alone[0], query.unit))
    if len(computed) == 1 and computed[0].measure == "yoy_pct" and computed[0].unit == "%":
        one, value = computed[0], Decimal(computed[0].value)
        return Standing(code, (replace(one, asked=False),), (value,), f"{value:+}{one.unit}（推算）")
    return None


def _answer(search: Search, query: Query, period: Period, standings: list[Standing], among: Among, code: str) -> Answer:
    down = downwards(query)
    standings = sorted(standings, key=lambda one: one.numbers[0], reverse=down)
    own = next(one for one in standings if one.code == code)
    places = _places(own, [one for one in standings if one is not own], down=down)
    name, first = search.atlas.full_name(code), own.figures[0]
    place = "—".join(map(str, places))
    head = wording.reading([name], [period], [first.item], replace(query, measures=()), first.account)
    head += f" · {len(standings)} 个地区中第 {place} 位"
    measure = next((row.name for row in measures().values() if row.key == first.measure), "")
    order = f"按{measure if first.measure != 'amount' else '金额'}从{'大到小' if down else '小到大'}"
    listed = standings[: max(SHOWN, standings.index(own) + 1)] if standings.index(own) < IN_ORDER else standings[:SHOWN]
    listed = listed if own in listed else [*listed, own]
    lines = [head, f"{order}排第 {place} 位：{own.told}"]
    lines += [f"{standings.index(one) + 1}. {search.atlas.full_name(one.code)}  {one.told}" for one in listed]
    lines.append(_remark(search, among, standings))
    notes = [AT_ODDS.format(label=search.atlas.full_name(one.code)) for one in listed if len(one.numbers) > 1]
    notes += [f"{grouped(one.figures[0].value)}{one.figures[0].unit} {one.figures[0].sentence}" for one in listed
              if one.figures[0].derived]  # fmt: skip
    notes += [query.period_note] if query.period_note else []
    facts = search.store.facts_by_ids([first.fact_id]) if first.fact_id is not None else []
    lines += [*wording.quote_lines(facts), *(f"※ {note}" for note in notes)]
    figures = tuple(replace(one.figures[0], asked=one is own) for one in listed)
    return Answer("answered", wording.fitted(lines), figures, (), head, tuple(notes))


def _places(own: Standing, others: Sequence[Standing], *, down: bool) -> list[int]:
    """The place, or the first and the last that it may be where a report contradicts itself."""

    def before(other: Decimal, mine: Decimal) -> bool:
        return other > mine if down else other < mine

    best = 1 + sum(all(before(n, mine) for n in one.numbers for mine in own.numbers) for one in others)
    last = 1 + sum(any(before(n, mine) for n in one.numbers for mine in own.numbers) for one in others)
    return sorted({best, last})


def _remark(search: Search, among: Among, standings: Sequence[Standing]) -> str:
    """Of how many places that is the order, and whether they are all there are."""
    over = _name(among.over)
    official = sum(search.atlas.regions[one.code].level != "zone" for one in standings)
    text = f"共比较 {len(standings)} 个地区："
    if among.every and official >= among.every:
        return f"{text}{over}的都在内"
    return f"{text}索引里{over}有这个数的" + (f"，{over}共 {among.every} 个，其余没有收录" if among.every else "")


def _name(code: str) -> str:
    found = known_region(code)
    return found.full_name if found else ""


def _in_country(search: Search, query: Query, region: Region, period: Period) -> Answer | None:
    """Among all places of its level that are held: the order is that of ``peers``."""
    item, measure = query.items[0], query.measures[0] if query.measures else None
    view = ranking(search, item.keys, item.name, period.last_year, measure, region.level)
    place = position(view, region.code) if view else None
    if view is None or place is None:
        return None
    count = len(view.rows)
    place = place if downwards(query) else count - 1 - place
    order = "大到小" if downwards(query) else "小到大"
    near = range(min(SHOWN, count)) if place < SHOWN else (*range(SHOWN - 1), place)
    rows = [(n, view.rows[n if downwards(query) else count - 1 - n]) for n in near]
    ids = [row.shown.figure.fact_id for _, row in rows if row.shown and row.shown.figure.fact_id is not None]
    facts = {one.id: one for one in search.store.facts_by_ids(ids)}
    ordered = [(n, facts[id]) for (n, _), id in zip(rows, ids, strict=True)]
    own = next(one for n, one in ordered if n == place)
    head = f"{region.full_name} · {view.title} · {count} 个地区中第 {place + 1} 位"
    lines = [head, f"从{order}排第 {place + 1} 位：{shown(own, query.unit)}"]
    lines += [f"{n + 1}. {wording.place_of(one)}  {shown(one, query.unit)}" for n, one in ordered]
    lines.append(f"共比较 {count} 个地区：索引里有这个数的同级地区，不是全部")
    lines += [*wording.quote_lines([own]), *(f"※ {note}" for note in view.notes[:3])]
    figures = tuple(figure(one, asked=one is own) for _, one in ordered)
    return Answer("answered", wording.fitted(lines), figures, (), head, tuple(view.notes[:3]))
