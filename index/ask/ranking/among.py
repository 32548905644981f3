"""Where one stands, reckoned from the figures that are held: an item among those beside it, a place among others.

    腾冲市2024年政府债务余额在保山市各县里排第几 -> 5 个地区中第 2 位: 140.79 亿元, behind 隆阳区 164.3 亿元
    上党区2023年教育支出是第几大支出 -> 第 4 位 of 22 items of that report

How many are compared is always said, and whether they are all there are: a rank among those that are held is none
among all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from index.ask import wording
from index.ask.defaults import periods_for
from index.ask.figures import grouped
from index.ask.kin import FLOWS
from index.ask.pick.found_for import found_for
from index.ask.query import Asked, Query
from index.ask.ranking.level import position, ranking
from index.ask.ranking.listing import (
    IN_ORDER,
    SHOWN,
    at_odds,
    by_measure,
    downwards,
    in_order,
    places_of,
    rows_at,
    told,
)
from index.ask.ranking.printed import Kind, left_of
from index.ask.ranking.rows import Row, items_under, of_places
from index.ask.search import Search
from index.ask.vocabulary import has
from index.find.gazetteer import children
from index.find.gazetteer import region as known_region
from index.lexicon import items, measures
from index.models import Answer, Measure, Period, Region

MEASURES: Final[dict[str, Measure]] = {"growth": "yoy_pct", "progress": "completion", "share": "share"}
UNRANKED: Final = ("head", "quality")
OTHER: Final = "“{item}”报告里另一处是 {values}"

# ---------------------------------------------------------------------------------------------- among items


def answer_among_items(search: Search, query: Query) -> Answer | None:
    """The place of one item among those that it stands with; None for any other question, or without such a list."""
    query = by_measure(query)
    if not has(query.text, "shape", "among") or len(query.regions) != 1 or set(query.chunks) - set(FLOWS):
        return None
    region, known = query.regions[0], items()
    periods = query.periods or periods_for(search, query, region)[0]
    wholes = {key for item in query.items for key in item.keys}
    inside = [item for item in query.items if any(known[key].parent in wholes for key in item.keys if key in known)]
    item = next(iter(inside or query.items), None)
    if item is None or len(periods) != 1:
        return None
    found = found_for(search, _plainly(query, item, region, periods), region, periods[0]).asked
    key = next((one.fact.key for one in found if one.fact.key in known and known[one.fact.key].parent), "")
    rows = in_order(items_under(search, query, periods[0], (known[key].parent,), (key,)) if key else (), query)
    own = next((row for row in rows if row.code == key), None)
    if own is None:
        return None
    place, head = _standing(search, rows, own, query, region, periods[0])
    order = f"共比较 {len(rows)} 个科目，{_by(own, query)}，{own.name}排第 {place} 位：{own.text(query.unit)}"
    values = "、".join(replace(own, facts=(one,)).text(query.unit) for one in own.facts[1:])
    listed = _near(rows, own)
    notes = [OTHER.format(item=own.name, values=values)] if values else []
    notes += [*at_odds(row for _, row in listed if row is not own), *([query.period_note] if query.period_note else [])]
    notes += wording.shoulds(row.facts[0] for _, row in listed)
    return told(f"{head} · 第 {place} 位", [order], listed, query, asked=(key,), notes=notes, quoted=own.facts[:1])


# ---------------------------------------------------------------------------------------------- among places


def sides_of(search: Search, query: Query) -> tuple[str, str] | None:
    """The place that is ranked, and the one around it if the question names it (腾冲市在保山市各县里)."""
    regions = query.regions
    if len(regions) == 1 and search.atlas.regions.get(regions[0]) and regions[0]:
        return regions[0], ""
    pairs = (regions, regions[::-1]) if len(regions) == 2 else ()
    return next(((inner, outer) for inner, outer in pairs if search.atlas.is_under(inner, outer)), None)


def answer_among_places(search: Search, query: Query, kind: Kind) -> Answer | None:
    """The place with the list it is taken from; None for any other question, or where there is no such list.

    ``kind`` says what is ranked, and among whom.
    """
    code, outer = sides_of(search, query) or ("", "")
    if not code or len(query.items) != 1 or left_of(query.chunks):
        return None
    region, item = search.atlas.regions[code], query.items[0]
    periods = query.periods or periods_for(search, query, code)[0]
    if kind.of in UNRANKED or len(periods) != 1 or not item.keys:
        return None
    named = tuple(one for one in query.measures if one != "rank")
    measure = MEASURES.get(kind.of) or (named[0] if named else None)
    plainly = replace(
        _plainly(query, item, code, periods), measures=(measure,) if measure else (),
        direction=query.direction, counties=query.counties, unit=query.unit,
    )  # fmt: skip
    for over in overs(region, kind.among, outer):
        codes = _others(search, region, over, query)
        rows = in_order(of_places(search, plainly, codes, periods[0], code), plainly)
        own = next((row for row in rows if row.code == code), None)
        if own and len(rows) > 1:
            return _answer(search, plainly, rows, own, over)
    if not outer and kind.among in ("", "country"):  # 在各县里: of its own city, or nothing
        return _in_country(search, plainly, region, periods[0])
    return None


def overs(region: Region, among: str, outer: str) -> list[str]:
    """The places that the places of a rank may lie in, the one meant first; none where the country is meant."""
    if outer:
        return [outer]
    if among == "province":
        return [f"{region.code[:2]}0000"] if region.level != "province" else []
    return [region.parent] if among in ("", "city") and region.parent else []


def _others(search: Search, region: Region, over: str, query: Query) -> list[str]:
    """The held places of one level inside another place; zones stand beside counties where 县 is not said."""
    levels = {region.level}
    if region.level == "zone" or (region.level == "county" and not query.counties):
        levels = {"county", "zone"}
    inside = (one for one in search.atlas.regions.values() if one.code and search.atlas.is_under(one.code, over))
    return [one.code for one in inside if one.level in levels and (one.level != "zone" or one.parent == over)]


def _answer(search: Search, query: Query, rows: Sequence[Row], own: Row, over: str) -> Answer:
    """The place among others inside one, and whether they are all there are."""
    place, head = _standing(search, rows, own, replace(query, measures=()), own.code, query.periods[0])
    listed, around = _near(rows, own), name_of(over)
    reckoned = [row.computed for _, row in listed if row.computed]
    notes = [
        *at_odds(row for _, row in listed),
        *(f"{grouped(one.value)}{one.unit} {one.sentence}" for one in reckoned),
    ]
    notes += [query.period_note] if query.period_note else []
    level = search.atlas.regions[own.code].level
    every = sum(one.level == level for one in _below(over))
    held = sum(search.atlas.regions[row.code].level != "zone" for row in rows)
    some = f"索引里{around}有这个数的" + (f"，{around}共 {every} 个，其余没有收录" if every else "")
    remark = f"共比较 {len(rows)} 个地区：" + (f"{around}的都在内" if held >= every > 0 else some)
    return told(
        f"{head} · {len(rows)} 个地区中第 {place} 位", [f"{_by(own, query)}排第 {place} 位：{own.text(query.unit)}"],
        listed, query, asked=(own.code,), notes=notes, remark=remark, quoted=own.facts[:1],
    )  # fmt: skip


def _below(code: str) -> Iterable[Region]:
    for child in children(code):
        yield child
        yield from _below(child.code)


def _in_country(search: Search, query: Query, region: Region, period: Period) -> Answer | None:
    """Among all places of its level that are held."""
    item, measure = query.items[0], query.measures[0] if query.measures else None
    view = ranking(search, item.keys, item.name, period.last_year, measure, region.level)
    place = position(view, region.code) if view else None
    if view is None or place is None:
        return None
    down, count = downwards(query), len(view.rows)
    place = place if down else count - 1 - place
    near = [*range(min(SHOWN, count)), *([place] if place >= SHOWN else [])]
    rows = rows_at(search, view, near, down=down)
    own, order = rows[near.index(place)], "大到小" if down else "小到大"
    remark, notes = f"共比较 {count} 个地区：索引里有这个数的同级地区，不是全部", view.notes[:3]
    return told(
        f"{region.full_name} · {view.title} · {count} 个地区中第 {place + 1} 位",
        [f"从{order}排第 {place + 1} 位：{own.text(query.unit)}"],
        [(at + 1, row) for at, row in zip(near, rows, strict=True)], query,
        asked=(own.code,), notes=notes, remark=remark, quoted=own.facts,
    )  # fmt: skip


# ---------------------------------------------------------------------------------------------- words


def _plainly(query: Query, item: Asked, region: str, periods: tuple[Period, ...]) -> Query:
    """The item by itself: what is ranked."""
    return Query(
        text=item.text, regions=(region,), periods=periods, scope=query.scope, scope_words=query.scope_words,
        account=query.account, items=(item,), content=(item.text,),
    )  # fmt: skip


def _standing(
    search: Search, rows: Sequence[Row], own: Row, query: Query, region: str, period: Period
) -> tuple[str, str]:
    """The place of a row (—: the two that it may be), and how the question was understood."""
    first = own.figure(asked=True)
    place = "—".join(map(str, places_of(own, rows, down=downwards(query))))
    return place, wording.reading([search.atlas.full_name(region)], [period], [first.item], query, first.account)


def _by(own: Row, query: Query) -> str:
    measure = own.figure(asked=True).measure
    name = next(row.name for row in measures().values() if row.key == measure)
    return f"按{name if measure != 'amount' else '金额'}从{'大到小' if downwards(query) else '小到大'}"


def _near(rows: Sequence[Row], own: Row) -> list[tuple[int, Row]]:
    """The first rows, as many as it takes to see where the one stands; all where that is far down."""
    at = rows.index(own)
    return list(enumerate(rows[: max(SHOWN, at + 1)] if at < IN_ORDER else rows, 1))


def name_of(code: str) -> str:
    """福建省, whether it is held or not."""
    found = known_region(code)
    return found.full_name if found else ""
