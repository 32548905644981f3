"""Questions for text: what was done and how, what a report lists; the best sentences are the answer.

上党区采取了哪些措施化解债务 -> up to three sentences with their places; their figures are only shown
晋城2026年预算编制有哪几条原则 -> the whole list below that heading
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from index.ask import wording
from index.ask.answers import quoted_answer
from index.ask.enumerated import below, listed_behind
from index.ask.papers import papers
from index.ask.pieces import pairs
from index.ask.query import Query
from index.ask.search import Search
from index.ask.texts import best_sentences
from index.ask.vocabulary import has, pattern_of, words
from index.lexicon import items
from index.models import Answer
from index.store.rows import SentenceHit
from index.text.normal import plain_sentence

LONGEST: Final = 200
ENOUGH: Final = 0.38
_LISTED: Final = 0.7  # of the asked pairs that a heading or an opening sentence must have
_HEADING: Final = 0.2
_NAMED: Final = 0.75  # of an item's pairs that a quoted sentence must have
_MOST_HITS: Final = 1500
_LONGEST_OPENER: Final = 120
_YEAR: Final = re.compile(r"(20\d\d)年")
_HAN: Final = re.compile(r"[\u4e00-\u9fffA-Za-z]{2,}")


def asks_list(query: Query) -> bool:
    """有哪几条原则, 主要任务是啥: what a report lists, no figure."""
    text = query.text
    if has(text, "ask", "figure") or query.each or not pattern_of("list", "ask_pattern").search(text):
        return False
    return bool(pattern_of("list", "noun_pattern").search(text))


def answer_list(search: Search, query: Query) -> Answer | None:
    """The list that the question names, whole, or the text below its heading; None if no heading or opener is it."""
    found = _opener(search, query)
    if found is None:
        return None
    region, opener = found
    if _of_another_year(search, query, opener.id):
        return None
    listed = listed_behind(search, opener, asked=True)
    if listed:
        said = [f"┆ {number}. {text}" for number, text in enumerate(listed, 1)]
    elif opener.kind == "heading":
        said = [f"┆ {text}" for text in below(search, opener)]
    else:
        return None
    if not said:
        return None
    head = wording.reading([search.atlas.full_name(region)], query.periods, ["".join(_about(query))], query)
    lines = [f"┆ {opener.text[:LONGEST]}", *said, "┆ " + _source(opener)]
    return quoted_answer(head, lines, ("报告原文摘录",), ())


def _of_another_year(search: Search, query: Query, sentence: int) -> bool:
    """2024年教育支出怎么安排的: not the sentence that tells what was spent on it in 2023, nor a list behind it."""
    keys = {key for item in query.items for key in item.keys}
    told = [one.fact.period.last_year for one in search.store.facts_of_sentences([sentence]) if one.fact.key in keys]
    return bool(told and query.periods) and not {one.last_year for one in query.periods} & set(told)


def answer_quote(search: Search, query: Query) -> Answer | None:
    """The best sentences of the first place asked, or None."""
    region = query.regions[0]
    year = query.periods[0].last_year if query.periods else None
    hits = [
        hit
        for hit in best_sentences(search, region, year, _about(query), enough=ENOUGH)
        if _names(query, hit.text) and not _of_another_year(search, query, hit.id)
    ]
    if not hits:
        return None
    lines = []
    for opener in hits:
        if listed := listed_behind(search, opener):
            lines = [f"┆ {opener.text[:LONGEST]}", *(f"┆ {number}. {text}" for number, text in enumerate(listed, 1))]
            lines.append("┆ " + _source(opener))
            hits = []
            break
    for hit in hits:
        lines.append("┆ " + (hit.text if len(hit.text) <= LONGEST else hit.text[:LONGEST] + "…"))
        lines.append("┆ " + _source(hit))
    place = search.atlas.full_name(region)
    head = wording.reading([place], query.periods, ["".join(query.content)], query)
    facts = search.store.facts_of_sentences([hit.id for hit in hits])
    return quoted_answer(head, lines, ("以下为报告原文摘录" if len(hits) > 1 else "报告原文摘录",), facts[:12])


def _names(query: Query, text: str) -> bool:
    """Whether a sentence tells of an item asked for (教育支出 or 教育), under any of its names."""
    known = items()
    names = {name for item in query.items for name in (item.text, item.name)}
    names |= {word for item in query.items for key in item.keys if key in known for word in known[key].words}
    short = {name.removesuffix("支出").removesuffix("收入") for name in names}
    said = plain_sentence(text)
    return not names or any(_mostly_in(name, said) for name in (*names, *short) if len(name) > 1)


def _mostly_in(name: str, said: str) -> bool:
    """老旧小区改造 in 全年改造老旧小区46个: most of its pairs of characters."""
    own = pairs(name)
    return name in said or sum(pair in said for pair in own) >= _NAMED * len(own)


def _opener(search: Search, query: Query) -> tuple[str, SentenceHit] | None:
    """The heading or sentence that opens the list: it has the words of the question and of its year."""
    asked = _listed_words(query)
    if not asked:
        return None
    documents = papers(search, query)
    own = {pair for word in asked for pair in pairs(word)}
    nouns = pattern_of("list", "noun_pattern").findall(query.text)
    years = {period.last_year for period in query.periods}
    best: tuple[float, int, SentenceHit] | None = None
    for hit in search.store.search(sorted(own), [one.id for one in documents], _MOST_HITS):
        if len(hit.text) > _LONGEST_OPENER and "：" not in hit.text and ":" not in hit.text:
            continue
        text = plain_sentence(hit.text)
        if hit.kind not in ("heading", "text") or not any(noun in text for noun in nouns):
            continue
        score = sum(pair in text for pair in own) / len(own)
        score += _HEADING if hit.kind == "heading" else 0.0
        told = set(map(int, _YEAR.findall(text)))
        score += 0.0 if not years or not told else _HEADING if told & years else -1.0
        if score >= _LISTED and (best is None or score > best[0]) and (count := _has_list(search, hit)):
            best = (score, count, hit)
    if best is None:
        return None
    hit = best[2]
    return next((one.region_code for one in documents if one.id == hit.document_id), ""), hit


def _has_list(search: Search, hit: SentenceHit) -> int:
    return len(listed_behind(search, hit, asked=True)) or (len(below(search, hit)) if hit.kind == "heading" else 0)


def _listed_words(query: Query) -> list[str]:
    """预算编制坚持哪几条原则 -> 预算编制, 原则."""
    text = pattern_of("list", "ask_pattern").sub("，", "，".join(query.content))
    nouns = pattern_of("list", "noun_pattern").findall(query.text)
    text = pattern_of("list", "frame_pattern").sub("，", text)
    return list(dict.fromkeys([*_HAN.findall(text), *nouns]))


def _source(hit: SentenceHit) -> str:
    return wording.source(hit.title, hit.document, hit.section, hit.page)


def _about(query: Query) -> Sequence[str]:
    """The content without the words that ask for a text: 采取|措施."""
    found = []
    for piece in query.content:
        for word in (*words("shape", "quote"), "采取"):
            piece = piece.replace(word, "")
        if len(piece) > 1:
            found.append(piece)
    return found or list(query.content)
