"""Which reports a question for a text is about: those of its place and year, or of the body it names.

普陀规资局2024年决算… -> the accounts of 普陀区规划和自然资源局, not the budget of another office of the district
普陀区2024年… -> no report of an office at all: what one office says is never said of the district
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from math import log
from typing import Final

from index.ask.query import Query
from index.ask.search import Search
from index.ask.vocabulary import pattern_of, words_of, zone_shorts
from index.store.rows import SentenceHit, StoredDocument
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
    named = [one for one in own if one.name in query.documents] or _of_bodies(search, query, own)
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


def _of_bodies(search: Search, query: Query, own: Sequence[StoredDocument]) -> list[StoredDocument]:
    """The reports of the office that the question names, [] if it names none that has any."""
    if (not query.regions or query.unknown) and (named := _named_in_full(search, query)):
        return named
    if not query.regions:
        return []
    rivals = [one for one in own if is_of_body(one)]
    region = search.atlas.regions.get(query.regions[0])
    if region and region.parent:
        rivals += [one for one in search.store.documents_about([region.parent]) if is_of_body(one)]
    rated = _rated(query.text, [one for one in rivals if _is_named(query.text, _body(one))])
    best = max((score for score, _ in rated), default=0.0)
    near = [(score, one) for score, one in rated if score >= best * _NEAR]
    return _of_year([one for _, one in sorted(near, key=lambda pair: -pair[0])], query)


def _is_named(text: str, body: str) -> bool:
    """司法局, 规资局: the end of the name and what stands before it, whole or shortened; 教育支出 names no 教育局."""
    if sum(_likeness(text, body).values()) < _SURE:
        return False
    ends = "|".join(map(re.escape, words_of("body", "ends")))
    return any(_likeness(found[0][:2], body) for found in re.finditer(f"[\u4e00-\u9fff](?:{ends})", text))


def _body(document: StoredDocument) -> str:
    """上海市普陀区司法局2026年部门预算 -> 司法局: the name without its place and what every such report is called."""
    name = words_of_body(document)
    for place in {document.region, document.region[-3:], document.region[-2:]} - {""}:
        name = name.replace(place, "")
    return pattern_of("body", "around_pattern").sub("|", name)


def _named_in_full(search: Search, query: Query) -> list[StoredDocument]:
    """万里街道2025年…: the reports that have this name in theirs, of whatever place."""
    words = _body_words(query)
    whole = [word for word in words if query.unknown and _full(query.unknown) in word]  # a zone's own budget
    found = [
        one for one in search.store.documents_named_with(words, MOST * 4)
        if is_of_body(one) or any(word in _name(one) for word in whole)
    ] if words else []  # fmt: skip
    longest = max((len(word) for one in found for word in words if word in _name(one)), default=0)
    named = [one for one in found if any(len(word) == longest and word in _name(one) for word in words)]
    return _of_year(named, query) if len({one.region_code for one in named}) == 1 else []  # 教育局: of which place?


def _body_words(query: Query) -> list[str]:
    """万里街道预算里的… -> 万里街道: names of bodies as they may stand in the name of a report."""
    found = [query.unknown] if query.unknown else []
    ends = "|".join(map(re.escape, words_of("body", "ends")))
    for match in re.finditer(rf"[\u4e00-\u9fff]{{2,10}}?(?:{ends})", query.text):
        found.append(match[0])
    longer = [_full(word) for word in found]
    return sorted({*found, *longer}, key=len, reverse=True)[:_MOST_WORDS]


def names_in_full(word: str, hit: SentenceHit) -> bool:
    """Is a sentence of a paper with this name, 经开区 written out, in its own?"""
    return _full(word) in f"{hit.document} {hit.title}"


def _full(word: str) -> str:
    """淮安经开区 -> 淮安经济技术开发区."""
    return next((word.replace(short, long) for long, short in zone_shorts() if short in word), word)


def _rated(text: str, documents: Sequence[StoredDocument]) -> list[tuple[float, StoredDocument]]:
    """How much of a report's name the question has; what all of them have in their names counts nothing."""
    names = {one.id: plain(_name(one)) for one in documents}
    having = {id: _likeness(text, name) for id, name in names.items()}
    often = Counter(pair for there in having.values() for pair in there)
    total = len(names) + 1
    rare = {pair: log(total / (count + 0.5)) for pair, count in often.items()}
    return [(sum(share * rare[pair] for pair, share in having[one.id].items()), one) for one in documents]


def _likeness(text: str, name: str) -> dict[str, float]:
    """The pairs of the question that a name has: 1 side by side, less with other characters between them."""
    found: dict[str, float] = {}
    for pair in _pairs(text):
        if pair in name:
            found[pair] = 1.0
        elif _apart(pair, name):
            found[pair] = 0.5
    return found


def _pairs(text: str) -> Iterator[str]:
    for run in _HAN.findall(text):
        yield from (run[at : at + 2] for at in range(len(run) - 1))


def _apart(pair: str, name: str) -> bool:
    """规资 in 规划和自然资源局: in this order, with a few characters between them."""
    at = name.find(pair[0])
    while at >= 0:
        if pair[1] in name[at + 1 : at + 2 + _GAP]:
            return True
        at = name.find(pair[0], at + 1)
    return False


def _of_year(documents: Sequence[StoredDocument], query: Query) -> list[StoredDocument]:
    """Those of the year asked about if there are any."""
    if not query.periods:
        return list(documents)
    years = {period.last_year for period in query.periods[:1]}
    printed = [one for one in documents if any(f"{year}年" in _name(one) for year in years)]
    return printed or [one for one in documents if {one.year, one.plan_year} & years] or list(documents)
