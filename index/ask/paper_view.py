"""An index seen through the papers of some bodies only: what other papers of the same place say is not there.

within_papers(search, ("某区司法局2026年部门预算.pdf",)) -> figures, sentences and years of that paper alone

Where no body is named and only the papers of one are held (修了多少公里农村公路, of the 交通局 alone), what these
say of its own matters, and that it is theirs: a line of a budget (教育支出, “三公”经费, a total) is never told so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any, Final, cast

from index.ask import wording
from index.ask.effort import once
from index.ask.query import Query
from index.ask.search import Search
from index.models import Answer, StoredFact
from index.store.lookup import Index, sentence_id
from index.store.rows import StoredDocument

_BODIES: Final = ("department", "unit")


def of_documents(query: Query, understood: Query, last: Query | None) -> tuple[str, ...]:
    """The papers a complete question is about: those of the body it names, else those of the last question."""
    if understood.documents or last is None or understood.regions:
        return understood.documents
    return last.documents if query.regions == last.regions else ()


def within_papers(search: Search, documents: Collection[str]) -> Search:
    """The index with these documents alone; all of it for none."""
    if not documents:
        return search
    key = (within_papers, search, tuple(documents))
    return once(key, lambda: Search(cast(Index, Papers(search.store, documents)), of_bodies=True))


class Papers:
    """A store that gives the facts and sentences of some documents; all else is that of the store behind it."""

    def __init__(self, store: Index, documents: Collection[str]) -> None:
        self._store = store
        self._names = frozenset(documents)
        self._ids = frozenset(one.id for name in documents if (one := store.document_named(name)))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def facts(self, *slots: Any, **named: Any) -> list[StoredFact]:
        """As the store's."""
        return self._own(self._store.facts(*slots, **named))

    def open_facts(self, *slots: Any, **named: Any) -> list[StoredFact]:
        """As the store's."""
        return self._own(self._store.open_facts(*slots, **named))

    def facts_near(self, fact_id: int, around: int) -> list[StoredFact]:
        """As the store's."""
        return self._own(self._store.facts_near(fact_id, around))

    def facts_of_amount(self, *bounds: Any) -> list[StoredFact]:
        """As the store's."""
        return self._own(self._store.facts_of_amount(*bounds))

    def facts_headed(self, *table: Any) -> list[StoredFact]:
        """As the store's."""
        return self._own(self._store.facts_headed(*table))

    def documents(self) -> list[StoredDocument]:
        """As the store's."""
        return [one for one in self._store.documents() if one.name in self._names]

    def documents_of(self, region_codes: Sequence[str], years: Sequence[int] | None = None) -> list[StoredDocument]:
        """As the store's."""
        return [one for one in self._store.documents_of(region_codes, years) if one.name in self._names]

    def documents_about(self, region_codes: Sequence[str]) -> list[StoredDocument]:
        """As the store's."""
        return [one for one in self._store.documents_about(region_codes) if one.name in self._names]

    def document_years(self, region_code: str) -> list[tuple[int, int | None, int | None]]:
        """As the store's."""
        return [one for one in self._store.document_years(region_code) if one[0] in self._ids]

    def _own(self, facts: Iterable[StoredFact]) -> list[StoredFact]:
        return [one for one in facts if one.document in self._names]


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
