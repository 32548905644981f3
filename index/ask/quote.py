"""Questions for text: what was done, why, how; the best sentences are the answer, their figures are only shown.

"上党区采取了哪些措施化解债务" -> up to three sentences with their places
"""

from __future__ import annotations

from index.ask import wording
from index.ask.answers import quoted_answer
from index.ask.enumerated import listed_behind
from index.ask.query import Query
from index.ask.search import Search
from index.ask.texts import best_sentences
from index.ask.vocabulary import words
from index.models import Answer

LONGEST = 200
ENOUGH = 0.38


def answer_quote(search: Search, query: Query) -> Answer | None:
    """The best sentences of the first place asked, or None."""
    region = query.regions[0]
    year = query.periods[0].last_year if query.periods else None
    hits = best_sentences(search, region, year, _about(query), enough=ENOUGH)
    if not hits:
        return None
    lines = []
    for opener in hits:
        if items := listed_behind(search, opener):
            lines = [f"┆ {opener.text[:LONGEST]}", *(f"┆ {number}. {text}" for number, text in enumerate(items, 1))]
            lines.append("┆ " + wording.source(opener.title, opener.document, opener.section, opener.page))
            hits = []
            break
    for hit in hits:
        lines.append("┆ " + (hit.text if len(hit.text) <= LONGEST else hit.text[:LONGEST] + "…"))
        lines.append("┆ " + wording.source(hit.title, hit.document, hit.section, hit.page))
    place = search.atlas.full_name(region)
    head = wording.reading([place], query.periods, ["".join(query.content)], query)
    facts = search.store.facts_of_sentences([hit.id for hit in hits])
    return quoted_answer(head, lines, ("以下为报告原文摘录" if len(hits) > 1 else "报告原文摘录",), facts[:12])


def _about(query: Query) -> list[str]:
    """The content without the words that ask for a text: 采取|措施."""
    found = []
    for piece in query.content:
        for word in (*words("shape", "quote"), "采取"):
            piece = piece.replace(word, "")
        if len(piece) > 1:
            found.append(piece)
    return found or list(query.content)
