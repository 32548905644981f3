"""A stretch of a report as it reads, one sentence of it lit up: what a page shows under 原文.

    上党区 · 教育支出 -> 3、科学技术支出……  [4、教育支出 «56917» 万元，……]  5、……  with headings, rows and pages

The text is that of the index: lines joined, page headers gone, every character of a figure as printed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from index.ask import wording
from index.ask.reference import Reference
from index.ask.search import Search
from index.ask.views import fact_at
from index.store.lookup import sentence_id

AROUND: Final = 20  # sentences before and after the one in the middle
MOST_STRETCHES: Final = 10_000
LONGEST: Final = 4_000  # characters of one line


@dataclass(frozen=True, slots=True)
class Line:
    """A heading, a sentence or a table row (cells apart by tabs, ``header`` is the table's); ``text[start:end]`` is lit
    where ``lit``.  ``number`` counts from the beginning of the report."""

    number: int
    kind: str
    text: str
    page: int | None
    header: str = ""
    lit: bool = False
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Stretch:
    """So many lines of a report; ``earlier`` and ``later`` tell whether it goes on there."""

    title: str
    figure: str
    document: str
    section: str
    page: int | None
    lines: tuple[Line, ...]
    at: int
    earlier: bool
    later: bool
    ocr: bool


def stretch(search: Search, reference: Reference, at: int = 0) -> Stretch | None:
    """The sentences around a figure's own; ``at`` counts stretches on from there, or back (negative)."""
    one = fact_at(search, reference)
    if one is None or abs(at) > MOST_STRETCHES:
        return None
    own = sentence_id(one.id)
    hits = search.store.sentences([own])
    document = search.document(one.document)
    if not hits or document is None:
        return None
    middle = own + at * (2 * AROUND + 1)
    window = search.store.sentence_window(hits[0].document_id, middle, AROUND)
    lines = tuple(
        Line(hit.index, hit.kind, hit.text, hit.page, hit.header, True, one.fact.start, one.fact.end)
        if hit.id == own
        else Line(hit.index, hit.kind, hit.text[:LONGEST], hit.page, hit.header)
        for hit in window
    )
    if not lines:
        return None
    figure = f"{wording.place_of(one)} · {wording.period_name(one.fact.period)} · {one.fact.item}"
    return Stretch(
        one.title or one.document, figure, one.document, one.section, one.page, lines, at,
        window[0].id > document.first_sentence, window[-1].id < document.last_sentence, one.ocr,
    )  # fmt: skip
