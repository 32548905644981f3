"""Contradictions in and between the reports of an index: one key, figures that cannot both be right.

    clashes(index, "140404") -> 上党区 2023年 农林水支出 完成: 22504万元 (第一份, 第3页), 31651万元 (第一份, 第9页)

What figures are surely of one key, and which of them contradict each other, says ``index.check.sure``.  Those that are
of one key by their slots only may be listed behind them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from index.admin.models import Clash, Place
from index.check.sure import clashing
from index.contradictions import MEASURES, TABLE_RULE, contradictions
from index.models import StoredFact
from index.store.differing import differing, places
from index.store.lookup import Index

LIMIT: Final = 200
MOST_PLACES: Final = 3_000  # places and years looked at when no region is named
MOST_FIGURES: Final = 4  # shown of one clash


def clashes(index: Index, region: str | None = None, limit: int = LIMIT, *, warned: bool = False) -> list[Clash]:
    """The contradictions of a region (its code), the newest year first; of all regions (None) those of the reports
    loaded last first.  At most ``limit``; with those that loading has ``warned`` of behind the sure ones of their year.
    """
    found: list[Clash] = []
    for code, year in places(index, region, MOST_PLACES):
        facts = differing(index, code, year, sorted(MEASURES))
        sure = list(_of_year(facts))
        for clash in (*sure, *(_warned_of(facts, sure) if warned else ())):
            found.append(clash)
            if len(found) == limit:
                return found
    return found


def _of_year(facts: Sequence[StoredFact]) -> Iterator[Clash]:
    for apart in clashing(facts):
        yield _clash(apart)


def _warned_of(facts: Sequence[StoredFact], sure: Sequence[Clash]) -> Iterator[Clash]:
    """What loading has warned of in one report, and is not among the sure ones: the list must not hide it."""
    known = {(clash.period, clash.account, clash.item, clash.measure) for clash in sure}
    by_document: dict[str, list[StoredFact]] = {}
    for one in facts:
        by_document.setdefault(one.document, []).append(one)
    for own in by_document.values():
        stored = {id(one.fact): one for one in sorted(own, key=lambda one: (one.fact.rule == TABLE_RULE, one.id))}
        for pair in contradictions([one.fact for one in stored.values()]):
            clash = _clash([stored[id(pair.first)], stored[id(pair.second)]], sure=False)
            if (clash.period, clash.account, clash.item, clash.measure) not in known:
                yield clash


def _clash(apart: Sequence[StoredFact], *, sure: bool = True) -> Clash:
    fact = apart[0].fact
    words = next((one.fact.scope_words for one in apart if one.fact.scope_words), "")
    return Clash(
        apart[0].region.full_name, fact.period.text, words, fact.account, fact.item, fact.measure,
        tuple(map(_place, apart[:MOST_FIGURES])), sure,
    )  # fmt: skip


def _place(one: StoredFact) -> Place:
    return Place(f"{one.fact.value}{one.fact.unit}", one.document, one.page, one.text)
