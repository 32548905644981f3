"""Slots -> candidate facts: one place, one period, the facts of an item or all facts there.

    Search(store).of_item("140404", 2023, ("gp-exp-205",)) -> all that is said of 上党区2023年教育支出

Nothing is chosen here, only the period is held to: a question for a year is not answered with five years or with six
months, unless the reports have only months of that year, and not roughly if an exact figure is there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache

from index.ask.agree import exact_only
from index.ask.atlas import Atlas
from index.ask.query import Query
from index.models import Answer, Period, StoredFact
from index.store.lookup import Index
from index.store.rows import StoredDocument
from index.text.normal import plain

CACHED_YEARS = 2
CACHED_NAMES = 256
_MONTH = re.compile(r"[本当]\s*月")  # a table's column of the last month beside that of the year


class Search:
    """An index with what was asked of it lately."""

    def __init__(self, store: Index, *, of_bodies: bool = False) -> None:
        """``of_bodies``: departments and units are asked about, too, not governments alone."""
        self.store = store
        self.of_bodies = of_bodies
        self.atlas = Atlas.of(store)
        self._year = lru_cache(maxsize=CACHED_YEARS)(self._facts_of_year)
        self._open_names = lru_cache(maxsize=CACHED_NAMES)(store.open_names)
        self._scopes = lru_cache(maxsize=CACHED_NAMES)(store.scopes_told)
        self._documents = lru_cache(maxsize=CACHED_NAMES)(store.document_named)
        self._papers = lru_cache(maxsize=CACHED_NAMES)(self._newest_of)
        self._count = lru_cache(maxsize=CACHED_NAMES)(lambda region, year: store.count_facts(region, [year]))

    @cached_property
    def owners(self) -> list[tuple[str, str]]:
        """Code and full name of the places with documents of their own, in the order of loading."""
        return self.store.owners()

    @cached_property
    def owner_names(self) -> list[str]:
        """Their names, each once; a report that names no place is of none of them."""
        return list(dict.fromkeys(name for _, name in self.owners if name))

    def facts_of(self, answer: Answer, *, asked: bool = True) -> list[StoredFact]:
        """The facts that an answer gives, in its order; without ``asked`` also those beside them."""
        ids = [one.fact_id for one in answer.figures if (one.asked or not asked) and one.fact_id is not None]
        found = {one.id: one for one in self.store.facts_by_ids(ids)} if ids else {}
        return [found[one] for one in dict.fromkeys(ids) if one in found]

    def own(self, facts: Sequence[StoredFact]) -> list[StoredFact]:
        """Without a body named, a question means the government: what a department says is not said of its district."""
        return list(facts) if self.of_bodies else [one for one in facts if not one.fact.owner]

    def of_item(self, region: str, period: Period, keys: Sequence[str]) -> list[StoredFact]:
        """The facts of lexicon items in a place and period."""
        return self.of_item_in([region], period, keys).get(region, [])

    def of_item_in(self, regions: Sequence[str], period: Period, keys: Sequence[str]) -> dict[str, list[StoredFact]]:
        """The same for several places, by place; one that has none may be missing."""
        by_place: dict[str, list[StoredFact]] = {}
        for one in self.own(self.store.facts(regions, [period.last_year], keys)):
            by_place.setdefault(one.fact.region, []).append(one)
        for region, facts in by_place.items():
            there = exact_only(within(facts, period))
            by_place[region] = [one for one in there if not _MONTH.search(one.fact.label)] or there
        return by_place

    def years_of_item(self, region: str, keys: Sequence[str]) -> list[StoredFact]:
        """The facts of lexicon items in a place in all years."""
        return exact_only(self.own(self.store.facts([region], None, list(keys))))

    def everything(self, region: str, period: Period) -> list[StoredFact]:
        """All facts of a place in a period: hundreds; where a few will do, the methods below are quicker."""
        return within(self._year(region, period.last_year), period)

    def some(
        self,
        region: str,
        period: Period,
        keys: Sequence[str] | None = None,
        measures: Sequence[str] | None = None,
        accounts: Sequence[str] | None = None,
    ) -> list[StoredFact]:
        """Those of ``everything`` that are of these items, measures and accounts."""
        found = self.own(self.store.facts([region], [period.last_year], keys, measures, None, accounts))
        return self._of_period(found, period)

    def of_names(self, region: str, period: Period, names: Sequence[str]) -> list[StoredFact]:
        """Those of ``everything`` whose item has one of these names of the report's own."""
        return self._of_period(self.own(self.store.open_facts([region], [period.last_year], names)), period)

    def headed(self, region: str, period: Period, word: str) -> list[StoredFact]:
        """Those of ``everything`` that stand in tables whose head has a word."""
        found = self.store.facts_headed(region, period.last_year, lambda head: word in plain(head))
        return self._of_period(self.own(found), period)

    def near(self, one: StoredFact, region: str, period: Period, around: int) -> list[StoredFact]:
        """Those of ``everything`` that stand in a fact's sentence or so many sentences before or after it."""
        facts = [
            other
            for other in self.store.facts_near(one.id, around)
            if (other.fact.region, other.fact.period.last_year) == (region, period.last_year)
            and other.document == one.document
        ]
        return self._of_period(facts, period)

    def open_names(self, region: str, period: Period) -> list[str]:
        """The names of the report's own that a place has facts of in a year."""
        return self._open_names(region, period.last_year)

    def _of_period(self, facts: Sequence[StoredFact], period: Period) -> list[StoredFact]:
        """``within``, of some of a place's facts of a year: if these are of months only, there may be others."""
        some = within(facts, period)
        if (period.first_month, period.last_month) != (1, 12) or not some or _is_whole(some[0].fact.period):
            return some
        ids = {one.id for one in self.everything(facts[0].fact.region, period)}
        return [one for one in facts if one.id in ids]

    def of_told_level(self, facts: list[StoredFact], query: Query) -> list[StoredFact]:
        """Asked for 全市 by name, without the figures whose level the report leaves open."""
        if query.scope != "whole":
            return facts
        return [one for one in facts if one.fact.scope or not self._tells_levels_apart(one)]

    def _tells_levels_apart(self, one: StoredFact) -> bool:
        """Whether the report gives this year's account of a city both for 全市 and for 市本级.

        Then a figure in its prose without either word may be of one or the other.
        """
        fact = one.fact
        city = one.region.level in ("province", "prefecture")
        if not city or fact.rule.startswith("table") or fact.account == "debt":
            return False
        scopes = self._scopes(one.document, fact.region, fact.period.last_year, fact.account)
        return "whole" in scopes and bool(scopes & {"own", "own_wide"})

    def document(self, name: str) -> StoredDocument | None:
        """A document by name."""
        return self._documents(name)

    def documents_of(self, region: str, year: int) -> tuple[StoredDocument, ...]:
        """The documents that are about a place or tell something of it in a year, the newest first."""
        return self._papers(region, year)

    def count(self, region: str, year: int) -> int:
        """How many facts a place has in a year."""
        return self._count(region, year)

    def document_ids(self, region: str, year: int | None = None) -> list[int]:
        """The documents about a place, of a year if it has any, the newest first."""
        own = self.store.document_years(region)
        of_year = [document for document in own if year is None or year in document[1:]]
        newest = sorted(of_year or own, key=lambda document: max(document[1] or 0, document[2] or 0), reverse=True)
        return [document[0] for document in newest]

    def _newest_of(self, region: str, year: int) -> tuple[StoredDocument, ...]:
        found = self.store.documents_of([region], [year])
        return tuple(sorted(found, key=lambda document: -max(document.year or 0, document.plan_year or 0)))

    def _facts_of_year(self, region: str, year: int) -> tuple[StoredFact, ...]:
        return tuple(self.own(self.store.facts([region], [year])))


def within(facts: Iterable[StoredFact], period: Period) -> list[StoredFact]:
    """The facts of exactly this period; for a whole year those of its longest months if there are no others."""
    same_years = [
        one
        for one in facts
        if (one.fact.period.first_year, one.fact.period.last_year) == (period.first_year, period.last_year)
    ]
    if (period.first_month, period.last_month) != (1, 12):
        wanted = (period.first_month, period.last_month)
        return [one for one in same_years if (one.fact.period.first_month, one.fact.period.last_month) == wanted]
    whole = [one for one in same_years if _is_whole(one.fact.period)]
    if whole or not same_years:
        return whole
    longest = max(one.fact.period.last_month - one.fact.period.first_month for one in same_years)
    return [one for one in same_years if one.fact.period.last_month - one.fact.period.first_month == longest]


def _is_whole(period: Period) -> bool:
    return (period.first_month, period.last_month) == (1, 12)
