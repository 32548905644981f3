"""A place inside a city of whose own nothing is held: what the city's report says of it; the places beside one.

    安康高新区三保缺口, where only 安康 has a report -> 安康市, of 高新区       丽江古城保护专项资金 -> 丽江市, of 古城

The figure has to name the place.
"""

from __future__ import annotations

from dataclasses import replace

from index.ask.pick.readings import everyday
from index.ask.query import Query
from index.ask.ranking.order import CLASSES
from index.ask.search import Search
from index.ask.vocabulary import has

_SHORTEST = 2
_LONG_NAME = 5
_INSIDE = ("county", "zone")
_WIDE = ("市", "州", "省", *CLASSES.values())  # no places of a city or a county


def in_the_city(search: Search, query: Query) -> Query | None:
    """The question asked of the city, the inner place a word of it; None where there is no city, or no such place."""
    if query.shape not in ("lookup", "compare") or query.members or not all(map(everyday, query.items)):
        return None  # the revenue of a district is not told by its city without saying whose it is
    found = _unheld(search, query) if query.unknown and not query.regions else _inner(search, query)
    if found is None:
        return None
    city, words = found
    return replace(
        query, shape="lookup", regions=(city,), choices=(), unknown="", scope="", scope_words="",
        content=(*words, *query.content), chunks=(*words, *query.chunks), must=(*query.must, *words),
    )  # fmt: skip


def in_one_inside(search: Search, query: Query) -> Query | None:
    """日照|疏港铁路专用线, which the city's table lists under one of its districts: the question of that one."""
    if len(query.regions) != 1 or query.shape != "lookup" or query.members:
        return None
    inside = search.atlas.inside(query.regions[0])
    years = sorted({period.last_year for period in query.periods})
    papers = {one.name for year in years for one in search.documents_of(query.regions[0], year)
              if one.region_code == query.regions[0]}  # fmt: skip
    for word in query.chunks if inside and papers else ():
        names = search.store.names_with(word) if len(word) >= _LONG_NAME else []
        held = search.store.open_facts(inside, years, names) if names else []
        if len(places := {one.fact.region for one in held if one.document in papers and one.header}) == 1:
            return replace(query, regions=tuple(places), scope="", scope_words="")
    return None


def _unheld(search: Search, query: Query) -> tuple[str, tuple[str, ...]] | None:
    """安康|高新区: the city that a name not held begins with."""
    for start, end, codes in search.atlas.names.find(query.unknown):
        if start == 0 and len(codes) == 1 and len(query.unknown) - end >= _SHORTEST:
            return codes[0], (query.unknown[end:],)
    return None


def with_row_apart(search: Search, query: Query) -> str | None:
    """任城区|弥水街道收入多少, where a table of the district has such a row: the question with the two parted."""
    for start, end, codes in search.atlas.names.find(query.unknown):
        row = query.unknown[end:].removeprefix("的")
        if start == 0 and len(codes) == 1 and len(row) > _SHORTEST and row in search.store.names_with(row):
            return query.text.replace(query.unknown, f"{query.unknown[:end]}，{row}", 1)
    return None


def _inner(search: Search, query: Query) -> tuple[str, tuple[str, ...]] | None:
    """丽江|古城, 丽江给|玉龙|雪山、|古城|: the city of the districts or zones meant, and as much of their names as was
    typed."""
    regions = [search.atlas.regions[code] for code in query.regions if code in search.atlas.regions]
    over = {region.parent for region in regions}
    if len(over) != 1 or not over <= set(search.atlas.regions) or any(one.level not in _INSIDE for one in regions):
        return None
    city = search.atlas.regions[over.pop()]
    words = [typed_of(region.name, query.text) for region in regions]
    return (city.code, tuple(words)) if all(word and word[:_SHORTEST] not in city.name for word in words) else None


def typed_of(name: str, text: str) -> str:
    """As much of a name, from its beginning on, as a text has."""
    return next((name[:end] for end in range(len(name), _SHORTEST - 1, -1) if name[:end] in text), "")


def around_members(search: Search, query: Query, last: Query | None) -> Query | None:
    """上党区 | 各县区排名: those beside the place spoken of, in the city around it;
    长治市 | 哪些市, 各省: those of all."""
    if last is None or query.regions or not (query.members and query.among) or len(last.regions) != 1:
        return last
    apart = "rank" in last.measures and "rank" not in query.measures and not query.direction
    if has(query.text, "ask", "which_place") or apart:
        return last  # 在各县里排第几, 全省排第几 | 在各县里呢: its own place among them
    regions, code = search.atlas.regions, last.regions[0]
    inside = [regions[one].name for one in search.atlas.inside(code)]
    cities = query.among in _WIDE
    below = code in regions and regions[code].level not in _INSIDE and not cities  # 汕头市 | 各区县呢: its own
    if below or (inside and not (cities and not any(name.endswith(query.among) for name in inside))):
        return last
    over = regions[code].parent if code in regions and not cities else ""
    return replace(last, regions=(over,) if over and over in regions and len(search.atlas.inside(over)) > 1 else ())
