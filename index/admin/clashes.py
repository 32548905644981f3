"""Contradictions in and between the reports of an index: figures of one thing that cannot all be right.

    clashes(index, "140404") -> 上党区 2023年 农林水支出 完成: 22504万元 (第一份, 第3页), 31651万元 (第一份, 第9页)

Within a report they are what its check (核对) has found, the same as loading told of; between reports
``index.check.sure`` says, as it says within one, what figures are surely of one key and which of them differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from index.admin.models import Clash, Place
from index.ask.figures import clipped
from index.ask.wording import row_quote
from index.check.sure import clashing
from index.contradictions import MEASURES
from index.models import StoredFact
from index.store.differing import differing, marked, places
from index.store.lookup import Index

LIMIT: Final = 200
MOST_DOCUMENTS: Final = 3_000  # looked at when no region is named
MOST_PLACES: Final = 3_000  # places and years looked at when no region is named
MOST_FIGURES: Final = 4  # shown of one clash
LONGEST_QUOTE: Final = 80


def clashes(index: Index, region: str | None = None, limit: int = LIMIT) -> list[Clash]:
    """The contradictions of a region (its code), the newest year first; of all regions (None) those of the reports
    loaded last first.  At most ``limit``, those within reports before those between them."""
    found: list[tuple[StoredFact, ...]] = []
    for figures in _all(index, region):
        found.append(tuple(figures))
        if len(found) == limit:
            break
    if region is not None:
        found.sort(key=lambda figures: -figures[0].fact.period.last_year)
    return [clash(figures) for figures in found]


def between(facts: Sequence[StoredFact]) -> Iterator[list[StoredFact]]:
    """Figures of one key, of one place and year, of which those of different reports contradict each other."""
    of_one: dict[object, list[StoredFact]] = {}
    for one in facts:
        of_one.setdefault((one.fact.owner, one.fact.qualifiers), []).append(one)
    for some in of_one.values():
        yield from (apart for apart in clashing(some) if len({one.document for one in apart}) > 1)


def clash(figures: Sequence[StoredFact]) -> Clash:
    """Figures that contradict each other, as admins are told of them."""
    fact = figures[0].fact
    words = next((one.fact.scope_words for one in figures if one.fact.scope_words), "")
    return Clash(
        figures[0].region.full_name, fact.period.text, words, fact.account, fact.item, fact.measure,
        tuple(map(_place, figures[:MOST_FIGURES])),
    )  # fmt: skip


def _all(index: Index, region: str | None) -> Iterator[list[StoredFact]]:
    for figures in marked(index, region, MOST_DOCUMENTS):
        if region is None or any(one.fact.region == region for one in figures):
            yield figures
    for code, year in places(index, region, MOST_PLACES):
        yield from between(differing(index, code, year, sorted(MEASURES)))


def _place(one: StoredFact) -> Place:
    quote = row_quote(one) or clipped(one.text, one.fact.start, one.fact.end, LONGEST_QUOTE)
    return Place(f"{one.fact.value}{one.fact.unit}", one.document, one.page, one.text, quote, one.title, one.section)
