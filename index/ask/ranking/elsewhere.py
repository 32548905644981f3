"""A ranking that the place spoken of before does not hold -> the one over all places.

西工区教育多少 | 哪里的债最多: not only in 西工区; but 宣城哪个县最多 | 2023年呢 stays in 宣城.
"""

from __future__ import annotations

from dataclasses import replace

from index.ask.query import Query
from index.ask.ranking.first import answer_everywhere
from index.ask.search import Search
from index.ask.vocabulary import has
from index.models import Answer


def answer_elsewhere(
    search: Search, understood: Query, query: Query, last: Query | None
) -> tuple[Query, Answer] | None:
    """The ranking over all places and its query; None if one place, or one of several, is asked."""
    ranked = query.shape == "rank" or "rank" in query.measures
    if not ranked or _of_one_place(understood, query, last):
        return None
    everywhere = replace(query, regions=())
    answer = answer_everywhere(search, everywhere)
    return (replace(everywhere, shape="rank"), answer) if answer and answer.status == "answered" else None


def _of_one_place(understood: Query, query: Query, last: Query | None) -> bool:
    if understood.regions or query.documents or query.scope == "lower":
        return True
    if "rank" in query.measures and has(understood.text, "ask", "which_place"):
        return True
    inside = last is not None and last.shape == "rank" and bool(last.members) and not understood.items
    return inside or len(query.regions) > 1  # 西工区和解放区的教育 | 谁多: one of the two
