"""What each of the places below one has, where nothing is asked of them together: 保山各县债务余额."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from index.ask.query import Query
from index.ask.ranking.first import answer_first
from index.ask.search import Search
from index.ask.vocabulary import pattern_in
from index.models import Answer

MOST: Final = 30  # places


def answer_each_member(search: Search, query: Query) -> Answer | None:
    """The figures of all of them, the largest first; None where they are asked for together, or fewer than two have
    one."""
    alone = query.shape == "lookup" and query.members and len(query.regions) == len(query.items) == 1
    if not alone or query.scope not in ("", "lower") or query.chunks or query.given or query.measures or query.bounds:
        return None
    if not pattern_in("order", "each_of").search(query.text) or pattern_in("relation", "sum").search(query.text):
        return None
    listed = answer_first(search, replace(query, shape="rank", top=MOST, scope="", scope_words=""))
    several = listed is not None and listed.status == "answered" and sum(one.asked for one in listed.figures) > 1
    return listed if several else None
