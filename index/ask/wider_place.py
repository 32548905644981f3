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
    if query.shape != "lookup" or query.members or not all(map(everyday, query.items)):
        return None  # the revenue of a district is not told by its city without saying whose it is
    found = _unheld(search, query) if query.unknown and not query.regions else _inner(search, query)
    if found is None:
        return None
    city, word = found
    return replace(
        query, regions=(city,), choices=(), unknown="", scope="", scope_words="",
        content=(word, *query.content), chunks=(word, *query.chunks), must=(*query.must, word),
    )  # fmt: skip


def _unheld(search: Search, query: Query) -> tuple[str, str] | None:
    """安康|高新区: the city that a name not held begins with."""
    for start, end, codes in search.atlas.names.find(query.unknown):
        if start == 0 and len(codes) == 1 and len(query.unknown) - end >= _SHORTEST:
            return codes[0], query.unknown[end:]
    return None


def _inner(search: Search, query: Query) -> tuple[str, str] | None:
    """丽江|古城: the city of the one district or zone meant, and as much of its name as was typed."""
    region = search.atlas.regions.get(query.regions[0]) if len(query.regions) == 1 else None
    if region is None or region.level not in _INSIDE or region.parent not in search.atlas.regions:
        return None
    city = search.atlas.regions[region.parent]
    words = (region.name[:end] for end in range(len(region.name), _SHORTEST - 1, -1))
    word = next((word for word in words if word in query.text), "")
    return (city.code, word) if word and word[:_SHORTEST] not in city.name else None
