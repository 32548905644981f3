"""An index seen through the papers of some bodies only: what other papers of the same place say is not there.

within_papers(search, ("某区司法局2026年部门预算.pdf",)) -> figures, sentences and years of that paper alone
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, cast

from index.ask.effort import once
from index.ask.query import Query
from index.ask.search import Search
from index.models import StoredFact
from index.store.lookup import Index
from index.store.rows import StoredDocument


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
