"""A question that names no body, about a place of which nothing but the papers of one body is held.

修了多少公里农村公路, 某某项目投了多少 where only the 交通局's accounts are held: what these say, and that it is theirs

A line of a budget (教育支出, 公路养护, “三公”经费, a total) is never told from a body's paper so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final, cast

from index.ask import wording
from index.ask.paper_view import Papers
from index.ask.query import Query
from index.ask.search import Search
from index.models import Answer, StoredFact
from index.store.lookup import Index, sentence_id

_BODIES: Final = ("department", "unit")


def papers_of_only_body(search: Search, query: Query) -> tuple[str, tuple[str, ...]]:
    """The body whose papers alone are held of the query's place, and their names; "" and () if there are others."""
    if len(query.regions) != 1 or query.documents or query.shape == "rank":
        return "", ()
    own = search.store.documents_about(query.regions)
    owners = {one.owner for one in own}
    if len(owners) != 1 or any(one.owner_kind not in _BODIES for one in own):
        return "", ()
    return owners.pop(), tuple(one.name for one in own)


def within_matters(search: Search, documents: Iterable[str]) -> Search:
    """The index with what these papers say of the body's own matters, and nothing else."""
    return Search(cast(Index, _Matters(search.store, tuple(documents))), of_bodies=True)


def noted(owner: str, answer: Answer) -> Answer:
    """The answer with a note of whose paper it is from."""
    note = f"没有说是哪个部门，收录的只有{owner}的报告"
    return replace(answer, reply=wording.fitted([answer.reply, f"※ {note}"]), notes=(*answer.notes, note))


class _Matters(Papers):
    """The papers without the lines of a budget: what is left goes by the report's own names; of a row of a table that
    has a line in one of its columns (水文站 | 合计 | 政府性基金) nothing is."""

    def _own(self, facts: Iterable[StoredFact]) -> list[StoredFact]:
        own = super()._own(facts)
        lines = {sentence_id(one.id) for one in own if one.fact.key and one.header}
        return [one for one in own if not one.fact.key and sentence_id(one.id) not in lines]
