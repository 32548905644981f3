"""Slots -> candidate facts: one place, one period, the facts of an item or all facts there.

    Search(store).of_item("140404", 2023, ("gp-exp-205",)) -> all that is said of 上党区2023年教育支出

Nothing is chosen here, only the period is held to: a question for a year is not answered with five years or with six
months, unless the reports have only months of that year.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from index.ask.atlas import Atlas, Store
from index.ask.query import Query
from index.models import Period, StoredFact
from index.store.rows import StoredDocument

CACHED_YEARS = 48
_MONTH = re.compile(r"[本当]\s*月")  # a table's column of the last month beside that of the year


class Search:
    """An index with what was asked of it lately."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.atlas = Atlas.of(store)
        self._year = lru_cache(maxsize=CACHED_YEARS)(self._facts_of_year)
        self._documents = {document.name: document for document in self.atlas.documents}

    def of_item(self, region: str, period: Period, keys: Sequence[str]) -> list[StoredFact]:
        """The facts of lexicon items in a place and period."""
        facts = within(self.store.facts([region], [period.last_year], list(keys)), period)
        return [one for one in facts if not _MONTH.search(one.fact.label)] or facts

    def years_of_item(self, region: str, keys: Sequence[str]) -> list[StoredFact]:
        """The facts of lexicon items in a place in all years."""
        return self.store.facts([region], None, list(keys))

    def everything(self, region: str, period: Period) -> list[StoredFact]:
        """All facts of a place in a period."""
        return within(self._year(region, period.last_year), period)

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
        scopes = {
            other.fact.scope
            for other in self._year(fact.region, fact.period.last_year)
            if other.document == one.document and other.fact.account == fact.account
        }
        return "whole" in scopes and bool(scopes & {"own", "own_wide"})

    def is_coming(self, one: StoredFact) -> bool:
        """Whether a figure is of the year that its report plans: the parts after 安排…元，其中 do not say so again."""
        document = self.document(one.document)
        year = one.fact.period.last_year
        return document is not None and document.plan_year == year and (document.year or 0) < year

    def document(self, name: str) -> StoredDocument | None:
        """A document by name."""
        return self._documents.get(name)

    def document_ids(self, region: str, year: int | None = None) -> list[int]:
        """The documents about a place, those of a year first asked for; all of the place if the year has none."""
        own = [d for d in self.atlas.documents if d.region_code == region]
        of_year = [d for d in own if year is None or year in (d.year, d.plan_year)]
        return [d.id for d in of_year or own]

    def _facts_of_year(self, region: str, year: int) -> tuple[StoredFact, ...]:
        return tuple(self.store.facts([region], [year]))


def of_year_told(search: Search, facts: Sequence[StoredFact], query: Query) -> list[StoredFact]:
    """The growth of 2019 in the report on 2019 is what came, in the report on 2018 what was planned: never both."""
    told: list[StoredFact] = []
    planned: list[StoredFact] = []
    for one in facts:
        document = search.document(one.document)
        year = document.year if document else None
        early = year is not None and year < one.fact.period.last_year
        (planned if early and one.fact.measure not in ("budget", "adjusted_budget") else told).append(one)
    if query.stage == "plan" and planned:
        return planned
    return told or planned


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
