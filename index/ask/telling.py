"""Questions that are answered with sentences of the reports: what a word means, why a figure changed.

    晋城教育支出为什么下降 -> the sentence with the reason, its figures beside it
    晋城说的三保指什么 -> its explanation

An answer to a why is never a figure alone: where the report gives no reason, it says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from index.ask import wording
from index.ask.answers import quoted_answer
from index.ask.defaults import of_the_budget
from index.ask.define import answer_define, answer_named, asks_meaning
from index.ask.papers import papers, words_of_body
from index.ask.plan import answer_lookup
from index.ask.query import Query
from index.ask.question import understand
from index.ask.quote import answer_list, asks_list
from index.ask.reason_text import quoted, reasons_of_whole
from index.ask.reasons import Passage, followed, reasons
from index.ask.search import Search
from index.ask.texts import rated_sentences
from index.ask.vocabulary import pattern_of
from index.ask.why import Why, asks_why, bared, change_apart, each_item, of_parts, read_why, without_why
from index.ask.why_figure import asks_figure_too, figure_asked, figure_explained
from index.models import Answer
from index.store.rows import SentenceHit, StoredDocument

LONGEST: Final = 520  # of a passage: the message holds it whole with its head, figures and source
MOST: Final = 4  # passages that are shown if they are as good as the first and fit
_SECOND: Final = 0.5  # a second passage that comes so near is shown as well
_SPARE: Final = 40
_GROUND: Final = 0.6
OF_A_PART: Final = "报告没有说原因，只说了其中一部分的："
OF_THE_WHOLE: Final = "报告没有单独说它的原因，说的是{whole}的："
NO_REASON: Final = "报告没有说原因。"


def answer_text(search: Search, query: Query) -> Answer | None:
    """The answer to a question for a text, None for any other question or if the reports hold none."""
    if asks_why(query.text):
        return answer_named(search, query) or answer_why(search, query)
    if asks_meaning(query):
        return answer_define(search, query) or (answer_list(search, query) if asks_list(query) else None)
    return answer_list(search, query) if asks_list(query) and query.regions else None


def answer_why(search: Search, query: Query) -> Answer | None:
    """The reason in the report's words, of each place asked about; without one, that there is none, with figures."""
    if len(query.regions) < 2:
        return _why(search, query)
    each = [_why(search, replace(query, regions=(code,))) for code in query.regions]
    told = [one for one in each if one is not None]
    if len(told) < len(each):
        return None
    head = "、".join(one.reading for one in told)
    status = next((one.status for one in told if one.status == "answered"), told[0].status)
    figures = tuple(figure for one in told for figure in one.figures)
    return Answer(status, wording.fitted([one.reply for one in told]), figures, (), head)


def _why(search: Search, query: Query) -> Answer | None:
    documents = papers(search, query)
    if not documents:
        return None
    body = words_of_body(documents[0])
    plain = query if query.items or body else bared(query)
    query = of_the_budget(replace(plain, shape="lookup"))  # 收入为什么下降, 收入增长得益于啥
    if text := change_apart(query):
        again = understand(text, search.atlas, query.regions)
        query = replace(query, items=again.items, chunks=again.chunks, content=again.content)
    why = read_why(query, body)
    if why.empty or not (why.names or why.residue or body):
        return None
    found, unsaid = _of_each(search, why, documents)
    if found:
        first = f"报告没有说{'、'.join(unsaid)}的原因。" if unsaid else ""
        return _told(search, query, found, documents, first)
    parts = of_parts(why)
    if parts.keys and (found := reasons(search, parts, documents)):
        return _told(search, query, found, documents, OF_A_PART)
    whole, found = reasons_of_whole(search, why, documents)
    if found:
        return _told(search, query, found, documents, OF_THE_WHOLE.format(whole=whole))
    if why.items or body:
        return _untold(search, query, documents)
    return None if why.direction else _grounds(search, query, why, documents)


def _of_each(search: Search, why: Why, documents: Sequence[StoredDocument]) -> tuple[list[Passage], list[str]]:
    """The reasons of every item asked about, and the names of those that have none: 税收和非税为什么都降了."""
    if len(why.items) < 2:
        return reasons(search, why, documents), []
    found: list[Passage] = []
    unsaid: list[str] = []
    for one in each_item(why):
        best = reasons(search, one, documents)[:1]
        told = [(other.hits, other.mark) for other in found]
        found += [replace(passage, score=0.0) for passage in best if (passage.hits, passage.mark) not in told]
        unsaid += [] if best else [one.items[0].name]
    return found, unsaid


def _grounds(search: Search, query: Query, why: Why, documents: Sequence[StoredDocument]) -> Answer | None:
    """为什么要调整预算: nothing changed, something was done; the sentence that says on what ground."""
    rated = rated_sentences(search, [one.id for one in documents], why.residue)
    good = [hit for score, hit in rated if score >= _GROUND and pattern_of("reason", "ground_pattern").search(hit.text)]
    if not good:
        return None
    said = Passage(1.0, (good[0],), 0)
    head = wording.reading([_place(search, query, documents[0])], query.periods, ["".join(why.residue)], query)
    lines = ["┆ " + quoted([good[0]], said, LONGEST), "┆ " + _source(good[0])]
    return quoted_answer(head, lines, ("报告原文摘录",), search.store.facts_of_sentences([good[0].id])[:12])


def _told(
    search: Search,
    query: Query,
    found: Sequence[Passage],
    documents: Sequence[StoredDocument],
    first: str,
) -> Answer:
    """The passages in the report's words below the figure, if one is asked for; ``first`` is said before them."""
    place = _place(search, query, documents[0])
    names = [item.name for item in query.items] or ["".join(query.content)]
    head = wording.reading([place], query.periods, names, query) + " · 原因"
    figures = _figures(search, query, found[0]) if asks_figure_too(query) else None
    lines: list[str] = []
    room = wording.LONGEST_REPLY - len(head) - len(first) - _SPARE
    if figures and figures.status == "answered":
        for line in figures.reply.splitlines()[1:]:
            if line[:1] not in "┆※" and room - len(line) > LONGEST:
                lines.append(line)
                room -= len(line) + 1
    shown: set[int] = set()
    good = [one for one in found[:MOST] if one.score >= found[0].score - _SECOND]
    for passage in good:
        if passage.hits[-1].id in shown:
            continue
        hits = followed(search, passage)
        marks = [one.mark for one in good if one.hits[-1] == passage.hits[-1]]
        said = "┆ " + quoted(hits, passage, min(LONGEST, room), marks)
        source = "┆ " + _source(hits[-1])
        if any(said == line for line in lines) or (shown and len(said) + len(source) + 2 > room):
            continue
        lines += [said, source]
        room -= len(said) + len(source) + 2
        shown |= {hit.id for hit in hits}
    answer = quoted_answer(head, [first, *lines] if first else lines, (), search.store.facts_of_sentences(shown)[:12])
    if figures and figures.status == "answered":
        asked = tuple(one for one in figures.figures if one.asked)
        beside = tuple(one for one in (*figures.figures, *answer.figures) if not one.asked)
        answer = replace(answer, figures=(*asked, *beside))
    return answer


def _figures(search: Search, query: Query, best: Passage) -> Answer | None:
    """The figure asked for beside the reason: as it is found by itself, else the one that the reason is told of."""
    if not query.regions:
        return figure_explained(search, query, best.facts)
    found = figure_asked(search, query)
    if found.status == "answered" and any(one.asked and not one.derived for one in found.figures):
        return found
    return figure_explained(search, query, best.facts) or found


def _untold(search: Search, query: Query, documents: Sequence[StoredDocument]) -> Answer | None:
    """No reason in the report: said so, with the figures there are, which are not an answer."""
    place = _place(search, query, documents[0])
    plain = replace(query, measures=())  # 跟预算差多少 | 为什么: no figure of one stage is what is told
    head = wording.reading([place], query.periods, [item.name for item in query.items], plain)
    if words_of_body(documents[0]) or not query.regions:
        return Answer("not_found", wording.fitted([head, NO_REASON]), (), (), head)
    kept = asks_figure_too(query)
    figures = figure_asked(search, query) if kept else answer_lookup(search, without_why(query))
    kept = kept and figures.status == "answered"
    beside = figures.figures if kept else tuple(replace(one, asked=False) for one in figures.figures)
    first, *more = figures.reply.splitlines()[1:] or [""]
    held = bool(query.regions) and {one.last_year for one in query.periods} <= set(search.store.years(query.regions[0]))
    told = [NO_REASON, first] if figures.status == "answered" else [first, NO_REASON] if held else [first]
    reply = wording.fitted([head, *told, *more])
    return replace(figures, reply=reply, figures=beside, reading=head)


def _source(hit: SentenceHit) -> str:
    return wording.source(hit.title, hit.document, hit.section, hit.page)


def _place(search: Search, query: Query, document: StoredDocument) -> str:
    if query.regions and not words_of_body(document):
        return search.atlas.full_name(query.regions[0])
    if query.unknown and not words_of_body(document):
        return query.unknown  # a zone of which no region is known
    return document.region or search.atlas.full_name(document.region_code)
