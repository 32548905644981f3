"""A word that no report explains in so many words: the sentence that lists what it is made of, else those it stands in.

实施提效率、提额度、降利率、降风险等“两提两降”举措 -> what 两提两降 is, listed before it
全市社会保险基金预算（包括养老保险、医疗保险，下同）  -> what 社会保险基金 includes, in brackets behind it
出台债贷联动机制方案，用好“专项债+金融贷”的政策组合   -> no explanation, but what the report says of it
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from index.ask import wording
from index.ask.answers import quoted_answer
from index.ask.papers import papers
from index.ask.pieces import pairs
from index.ask.query import Query
from index.ask.search import Search
from index.ask.vocabulary import pattern_of
from index.find.ordinary import is_ordinary
from index.find.terms import exact_items
from index.lexicon import items
from index.models import Answer
from index.store.rows import SentenceHit
from index.text.normal import plain

SHORTEST: Final = 3  # characters: less is a word of any language
MOST_HITS: Final = 600
MOST_SHOWN: Final = 2
LONGEST: Final = 320
ONLY_MENTIONED: Final = "报告没有专门解释这个词，这是写到它的原文"
_LISTED: Final = re.compile(r"[^，。；：、“”（）]{2,14}(?:、[^，。；：、“”（）]{2,14})+[^，。；：、]{0,8}$")
_INCLUDES: Final = 8  # characters between a name and the bracket behind it


@dataclass(frozen=True, slots=True)
class _Told:
    hit: SentenceHit
    listed: bool
    behind: int


def answer_mentioned(search: Search, query: Query, phrases: Sequence[str]) -> Answer | None:
    """What the reports of a place say of the longest of the phrases that they have; None if they have none."""
    documents = papers(search, query) if query.regions else []
    ids = [one.id for one in documents]
    for phrase in sorted(dict.fromkeys(phrases), key=len, reverse=True):
        if len(phrase) < SHORTEST or exact_items(phrase) or is_ordinary(phrase) or not ids:
            continue
        told = [_Told(hit, _lists(hit, phrase), _behind(hit, phrase)) for hit in _hits(search, ids, phrase)]
        if told:
            place = search.atlas.full_name(query.regions[0])
            best = sorted(told, key=lambda one: (not one.listed, -one.behind))
            shown = best[:1] if best[0].listed else best[:MOST_SHOWN]
            notes = () if best[0].listed else (ONLY_MENTIONED,)
            return quoted_answer(f"{place} · “{phrase}”", _lines([one.hit for one in shown]), notes, ())
    return None


def _hits(search: Search, ids: Sequence[int], phrase: str) -> Iterable[SentenceHit]:
    for hit in search.store.search(list(pairs(phrase)), ids, MOST_HITS):
        if hit.kind == "text" and phrase in _bare(hit.text):
            yield hit


def _bare(text: str) -> str:
    """Without quotation marks: “两重”“两新” is asked for as 两重两新."""
    return re.sub('[“”‘’"]', "", plain(text))


def _lists(hit: SentenceHit, phrase: str) -> bool:
    """提效率、提额度、降利率、降风险等|“两提两降”: its parts stand right before it, as many as its name counts."""
    before = _bare(hit.text).partition(phrase)[0]
    return bool(_LISTED.search(before))


def _behind(hit: SentenceHit, phrase: str) -> int:
    """How much the sentence goes on to say."""
    return len(_bare(hit.text).partition(phrase)[2])


def _lines(hits: Sequence[SentenceHit]) -> list[str]:
    lines: list[str] = []
    for hit in hits:
        lines += [
            f"┆ {hit.text[:LONGEST].strip()}",
            "┆ " + wording.source(hit.title, hit.document, hit.section, hit.page),
        ]
    return lines


def or_bracketed(search: Search, query: Query, answer: Answer) -> Answer:
    """An answer, or, where there is none, what the name of the item includes."""
    return answer if answer.status != "not_found" else _bracketed(search, query) or answer


def _bracketed(search: Search, query: Query) -> Answer | None:
    """社保基金预算包含哪些险种: what a report says in brackets behind the name of the item; None if it does not."""
    if len(query.items) != 1 or not query.regions or not pattern_of("define", "includes_pattern").search(query.text):
        return None
    known = [items()[key] for key in query.items[0].keys if key in items()]
    names = sorted({query.items[0].text, *(name for one in known for name in one.words)}, key=len, reverse=True)
    year = str(query.periods[0].last_year) if query.periods else ""
    found: list[tuple[bool, int, SentenceHit]] = []
    ids = [one.id for one in papers(search, query)] or search.document_ids(query.regions[0])
    for document in ids:
        for name in names:
            pattern = re.compile(
                f"{re.escape(name)}[^，。；（）]{{0,{_INCLUDES}}}（(?:主要)?(?:包括|包含|含|分为)[^（）]*、[^（）]*）"
            )
            for hit in search.store.search(list(pairs(name)), [document], MOST_HITS):
                if hit.kind == "text" and pattern.search(plain(hit.text)):
                    found.append((year not in hit.text, hit.id, hit))
    if not found:
        return None
    hit = min(found, key=lambda each: each[:2])[2]
    title = f"{search.atlas.full_name(query.regions[0])} · {query.items[0].name}"
    facts = search.store.facts_of_sentences([hit.id])
    return quoted_answer(title, _lines([hit]), (), facts)
