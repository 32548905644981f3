"""A place inside a city of whose own nothing is held: what the city's report says of it.

    安康高新区三保缺口, where only 安康 has a report -> 安康市, of 高新区       丽江古城保护专项资金 -> 丽江市, of 古城

The figure has to name the place.
"""

from __future__ import annotations

from dataclasses import replace

from index.ask.pick.readings import everyday
from index.ask.query import Query
from index.ask.search import Search

_SHORTEST = 2
_INSIDE = ("county", "zone")


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


def _unheld(search: Search, query: Query) -> tuple[str, tuple[str, ...]] | None:
    """安康|高新区: the city that a name not held begins with."""
    for start, end, codes in search.atlas.names.find(query.unknown):
        if start == 0 and len(codes) == 1 and len(query.unknown) - end >= _SHORTEST:
            return codes[0], (query.unknown[end:],)
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
