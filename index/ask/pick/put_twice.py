"""A thing that a question puts twice, in words of its own and in those of the report.

    搞法制宣传、给老百姓普法 -> 普法      电脑桌椅这些办公设备 -> 办公设备

A word set beside another with 、 or 这些 may be left out where no report of the place has it and all have the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from index.ask.pieces import pairs, pieces_of
from index.ask.query import Query
from index.ask.search import Search
from index.ask.vocabulary import pattern_in

_ONCE: Final = 1


def without_strange(search: Search, query: Query, region: str) -> Query | None:
    """The query without the words of a row that no report of the place has, if it has another one of that row whole."""
    if query.each or query.kind == "count" or pattern_in("soft", "several").search(query.text):
        return None  # 滑雪场、停车场建了几个: two things
    gone: list[str] = []
    for row in _rows(query):
        strange = [word for word in row if _is_strange(search, word, region)]
        if strange and len(strange) < len(row):
            gone += strange
    if not gone:
        return None
    return replace(
        query,
        content=tuple(word for word in query.content if word not in gone),
        chunks=tuple(word for word in query.chunks if word not in gone),
        whose=tuple(word for word in query.whose if not any(word in one for one in gone)),
        runs=tuple(run for run in query.runs if not any(one in run or run in one for one in gone)),
        notes=(*query.notes, f"“{'”、“'.join(gone)}”没有提到，按“{'、'.join(_left(query, gone))}”查找"),
    )


def _rows(query: Query) -> list[list[str]]:
    """Words of content that stand side by side: 管菜市场|、|副食品|这些."""
    rows: list[list[str]] = []
    beside = pattern_in("soft", "beside")
    end = -1
    for word in query.content:
        start = query.text.find(word, max(end, 0))
        if rows and start >= end >= 0 and beside.fullmatch(query.text[end:start]):
            rows[-1].append(word)
        else:
            rows.append([word])
        end = start + len(word) if start >= 0 else -1
    return [row for row in rows if len(row) > 1]


def _left(query: Query, gone: Sequence[str]) -> list[str]:
    return [word for row in _rows(query) for word in row if word not in gone]


def _is_strange(search: Search, word: str, region: str) -> bool:
    """Whether the reports of the place have nothing of some word that it is made of."""
    documents = search.document_ids(region)
    return any(
        piece.hard
        and not piece.keys
        and not any(_stands(search, one, documents) for one in (piece.text, *piece.others))
        for piece in pieces_of((word,))
    )


def _stands(search: Search, word: str, documents: Sequence[int]) -> bool:
    """Whether all neighbouring characters of a word stand in the documents."""
    held = search.store.postings(pairs(word), documents, _ONCE)
    return all(held.get(pair) for pair in pairs(word))
