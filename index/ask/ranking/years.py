"""The year in which a figure is largest or smallest, of the years that one sentence or row tells side by side.

某县哪年要还的本金最多 -> 2026年 6.1 亿元, of 2025年至2029年到期债券本金分别为…
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Final

from index.ask import refuse
from index.ask.query import Query
from index.ask.ranking.first import answer_in_order
from index.ask.ranking.listing import downwards
from index.ask.search import Search
from index.models import Answer, StoredFact
from index.store.lookup import sentence_id

_WHICH: Final = re.compile("哪一?年(?!级)")


def answer_which_year(search: Search, query: Query) -> Answer | None:
    """The years in their order, or that no sentence tells of two; None for any other question."""
    which = _WHICH.search(query.text) and query.direction and not query.periods and not query.members
    if not which or len(query.regions) != 1:
        return None
    told: defaultdict[tuple[int, str, str], dict[int, StoredFact]] = defaultdict(dict)
    for one in search.years_of_item(query.regions[0], [key for item in query.items[:1] for key in item.keys]):
        if one.fact.number is not None and one.fact.kind == "money":
            beside = told[sentence_id(one.id), one.fact.measure, one.fact.scope]
            beside.setdefault(one.fact.period.last_year, one)
    years = max(told.values(), key=len, default={})
    found = answer_in_order(list(years.values()), fewest=not downwards(query)) if len(years) > 1 else None
    return found or refuse.not_there(search, query, query.regions, query.periods)
