"""Questions that are answered with sentences of the reports: what a word means, why a figure changed.

    晋城教育支出为什么下降 -> the sentence with the reason, the figures beside it      晋城说的三保指什么 -> its explanation

An answer to a why is never a figure alone: where the report gives no reason, it says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from index.ask import wording
from index.ask.answers import quoted_answer
from index.ask.define import answer_define, asks_meaning
from index.ask.papers import papers, words_of_body
from index.ask.plan import answer_lookup
from index.ask.query import Query
from index.ask.reasons import Passage, followed, reasons
from index.ask.search import Search
from index.ask.why import asks_figure_too, asks_why, read_why, without_why
from index.models import Answer
from index.store.rows import SentenceHit, StoredDocument

LONGEST: Final = 520  # of a passage: the message holds it whole with its head, figures and source
_SECOND: Final = 0.5  # a second passage that comes so near is shown as well
_SEGMENT: Final = re.compile(r"(?<=[；。;])")
NO_REASON: Final = "报告没有说原因。"


def answer_text(search: Search, query: Query) -> Answer | None:
    """The answer to a question for a text, None for any other question or if the reports hold none."""
    if asks_why(query.text):
        return answer_why(search, query)
    if asks_meaning(query):
        return answer_define(search, query)
    return None


def answer_why(search: Search, query: Query) -> Answer | None:
    """The reason in the report's words; without one, that there is none, with the figures there are."""
    documents = papers(search, query)
    if not documents:
        return None
    why = read_why(query, words_of_body(documents[0]))
    if why.empty:
        return None
    found = reasons(search, why, documents)
    if found:
        return _told(search, query, found, documents)
    return _untold(search, query, documents) if query.items else None


def _told(search: Search, query: Query, found: Sequence[Passage], documents: Sequence[StoredDocument]) -> Answer:
    place = _place(search, query, documents[0])
    names = [item.name for item in query.items] or ["".join(query.content)]
    head = wording.reading([place], query.periods, names, query) + " · 原因"
    figures = answer_lookup(search, without_why(query)) if asks_figure_too(query) and query.regions else None
    lines: list[str] = []
    room = wording.LONGEST_REPLY - len(head) - 60
    if figures and figures.status == "answered":
        lines = [line for line in figures.reply.splitlines()[1:] if line[:1] not in "┆※"]
        room -= sum(len(line) + 1 for line in lines)
    quoted: set[int] = set()
    shown: list[SentenceHit] = []
    for passage in found[:4]:
        if passage.score < found[0].score - _SECOND or passage.hits[-1].id in quoted:
            continue
        hits = followed(search, passage)
        said = "┆ " + _fitting(hits, passage, min(LONGEST, room))
        source = "┆ " + wording.source(hits[-1].title, hits[-1].document, hits[-1].section, hits[-1].page)
        if any(said == line for line in lines) or (quoted and len(said) + len(source) + 2 > room):
            continue
        lines += [said, source]
        room -= len(said) + len(source) + 2
        quoted |= {hit.id for hit in hits}
        shown += hits
    answer = quoted_answer(head, lines, (), search.store.facts_of_sentences(quoted)[:12])
    if figures and figures.status == "answered":
        asked = tuple(one for one in figures.figures if one.asked)
        beside = tuple(one for one in (*figures.figures, *answer.figures) if not one.asked)
        answer = replace(answer, figures=(*asked, *beside))
    return answer


def _untold(search: Search, query: Query, documents: Sequence[StoredDocument]) -> Answer | None:
    """No reason in the report: said so, with the figures there are, which are not an answer."""
    place = _place(search, query, documents[0])
    head = wording.reading([place], query.periods, [item.name for item in query.items], query)
    if words_of_body(documents[0]) or not query.regions:
        return Answer("not_found", wording.fitted([head, NO_REASON]), (), (), head)
    figures = answer_lookup(search, without_why(query))
    asked = asks_figure_too(query) and figures.status == "answered"
    beside = figures.figures if asked else tuple(replace(one, asked=False) for one in figures.figures)
    reply = wording.fitted([head, NO_REASON, *figures.reply.splitlines()[1:]])
    return replace(figures, status="answered" if asked else "not_found", reply=reply, figures=beside, reading=head)


def _fitting(hits: Sequence[SentenceHit], passage: Passage, most: int) -> str:
    """The sentences as one text; if they are too long, those around the reason, then its part of the sentence."""
    whole = " ".join(hit.text.replace("\t", " ").strip() for hit in hits)
    if len(whole) <= most:
        return whole
    own = passage.hits[-1].text.strip()
    if len(own) <= most:
        return own
    return own[: most - 1] + "…"


def _place(search: Search, query: Query, document: StoredDocument) -> str:
    if query.regions and not words_of_body(document):
        return search.atlas.full_name(query.regions[0])
    return document.region or search.atlas.full_name(document.region_code)
