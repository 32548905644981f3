"""Which reports a question for a text is about: those of its place and year, or of the body it names.

普陀规资局2024年决算… -> the accounts of 普陀区规划和自然资源局, not the budget of another office of the district
普陀区2024年… -> no report of an office at all: what one office says is never said of the district
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from index.ask.query import Query
from index.ask.search import Search
from index.ask.vocabulary import pattern_of, words_of
from index.store.rows import StoredDocument
from index.text.normal import plain

MOST: Final = 12  # reports that are looked through for one question, the newest first
_NEAR: Final = 0.7  # of the best report's likeness; another that comes so near is looked through as well
_GAP: Final = 6  # characters that an abbreviation may leave out between two of its own: 规(划和自然)资
_SURE: Final = 1.5
_MOST_WORDS: Final = 6  # each is looked for in the name of every report
_HAN: Final = re.compile(r"[\u4e00-\u9fff]{2,}")


def papers(search: Search, query: Query) -> list[StoredDocument]:
    """The reports to look into, the likeliest first."""
    own = search.store.documents_about(query.regions[:1]) if query.regions else []
    named = [one for one in own if one.name in query.documents]
    if named:
        return named[:MOST]
    left = _of_year([one for one in own if not is_of_body(one)] or _of_its_matter(query, own), query)
    return sorted(left, key=lambda one: -max(one.year or 0, one.plan_year or 0))[:MOST]


def _of_its_matter(query: Query, own: Sequence[StoredDocument]) -> list[StoredDocument]:
    """小学教育支出 of a place of which nothing but the papers of its 教育局 is held: a matter of that office."""
    words = (*(item.text for item in query.items), *query.chunks)
    names = [pair for word in words for pair in _pairs(word) if pair not in words_of("body", "of_all")]
    return [one for one in own if any(pair in _body(one) for pair in names)]


def is_of_body(document: StoredDocument) -> bool:
    """Is it the budget or the accounts of an office, not of a government?"""
    return bool(pattern_of("body", "own_pattern").search(_name(document)))


def words_of_body(document: StoredDocument) -> str:
    """The name of the office with what stands around it in the report's title; "" for a government's."""
    return plain(_name(document)) if is_of_body(document) else ""


def _name(document: StoredDocument) -> str:
    return f"{document.name} {document.title}"


def _body(document: StoredDocument) -> str:
    """上海市普陀区司法局2026年部门预算 -> 司法局: the name without its place and what every such report is called."""
    name = words_of_body(document)
    for place in {document.region, document.region[-3:], document.region[-2:]} - {""}:
        name = name.replace(place, "")
    return pattern_of("body", "around_pattern").sub("|", name)


def _pairs(text: str) -> Iterator[str]:
    for run in _HAN.findall(text):
        yield from (run[at : at + 2] for at in range(len(run) - 1))


def _of_year(documents: Sequence[StoredDocument], query: Query) -> list[StoredDocument]:
    """Those of the year asked about if there are any."""
    if not query.periods:
        return list(documents)
    years = {period.last_year for period in query.periods[:1]}
    printed = [one for one in documents if any(f"{year}年" in _name(one) for year in years)]
    return printed or [one for one in documents if {one.year, one.plan_year} & years] or list(documents)
