"""Contradictions in and between the reports of an index: one key, figures that cannot both be right.

    clashes(index, "140404") -> 上党区 2023年 农林水支出 完成: 22504万元 (第一份, 第3页), 31651万元 (第一份, 第9页)

What figures are surely of one key, and which of them contradict each other, says ``index.check.sure``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from index.admin.models import Clash, Place
from index.check.sure import clashing
from index.contradictions import MEASURES
from index.models import StoredFact
from index.store.differing import differing, places
from index.store.lookup import Index

LIMIT: Final = 200
MOST_PLACES: Final = 3_000  # places and years looked at when no region is named
MOST_FIGURES: Final = 4  # shown of one clash


def clashes(index: Index, region: str | None = None, limit: int = LIMIT) -> list[Clash]:
    """The contradictions of a region (its code), the newest year first; of all regions (None) those of the reports
    loaded last first.  At most ``limit``."""
    found: list[Clash] = []
    for code, year in places(index, region, MOST_PLACES):
        for clash in _of_year(differing(index, code, year, sorted(MEASURES))):
            found.append(clash)
            if len(found) == limit:
                return found
    return found


def _of_year(facts: Sequence[StoredFact]) -> Iterator[Clash]:
    for apart in clashing(facts):
        fact = apart[0].fact
        words = next((one.fact.scope_words for one in apart if one.fact.scope_words), "")
        yield Clash(
            apart[0].region.full_name, fact.period.text, words, fact.account, fact.item, fact.measure,
            tuple(map(_place, apart[:MOST_FIGURES])),
        )  # fmt: skip


def _place(one: StoredFact) -> Place:
    return Place(f"{one.fact.value}{one.fact.unit}", one.document, one.page, one.text)
