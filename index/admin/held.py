"""The reports that are held of a place, as the check of a draft looks at them: rebuilt from the index, nothing is read.

    papers_held(Index("yusuan.db"), draft of 上党区2025年) -> 上党区2024年的报告, 长治市2025年的分县区表, …

Of other places' reports only what they say of this one; the years before and behind the draft's own.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from index.check.run import in_order
from index.check.years import of_held
from index.errors import YusuanError
from index.intake.prepare import Prepared
from index.models import Document, Parsed, Region, Section, Sentence, StoredFact, Subject
from index.store.lookup import Index
from index.store.rows import StoredDocument

MOST: Final = 24  # reports, the latest loaded first
MOST_FIGURES: Final = 60_000
_TABLE: Final = "table"

log = logging.getLogger(__name__)


def beside_held(db: Path, document: Prepared) -> Prepared:
    """A document with what the reports of an index say otherwise, of figures of which nothing is told yet."""
    if document.parsed is None or not db.exists():
        return document
    try:
        with Index(db) as index:
            held = list(papers_held(index, document.parsed))
    except YusuanError as error:  # the check of a draft needs no index
        log.info("%s is checked by itself: %s", document.name, error)
        return document
    known = {one.spans[0] for one in document.findings}
    more = [one for one in of_held(document.parsed, held) if one.spans[0] not in known]
    return replace(document, findings=in_order([*document.findings, *more])) if more else document


def papers_held(index: Index, parsed: Parsed) -> Iterator[Parsed]:
    """The reports with figures of a paper's place and owner, each with these figures only."""
    subject = parsed.subject
    if subject.region is None or subject.year is None:
        return
    code, years = subject.region.code, list(range(subject.year - 1, subject.year + 2))
    if index.count_facts(code, years) > MOST_FIGURES:
        return
    papers = {one.name: one for one in index.documents_of([code], years)[-MOST:]}
    regions = {one.code: one for one in index.regions()}
    figures: dict[str, list[StoredFact]] = {}
    for one in index.facts([code], years, owners=[subject.owner]):
        if not one.fact.qualifiers:
            figures.setdefault(one.document, []).append(one)
    for name, some in figures.items():
        if name in papers:
            yield _paper(papers[name], some, regions.get(papers[name].region_code))


def _paper(told: StoredDocument, figures: Sequence[StoredFact], region: Region | None) -> Parsed:
    """A report as parsing gave it, as far as some of its figures go."""
    titles = list(dict.fromkeys(one.section for one in figures))
    sentences = {one.fact.sentence: _sentence(one, titles.index(one.section)) for one in figures}
    return Parsed(
        Document(told.name, told.sha256, told.media, ()),
        Subject(
            region, told.year, told.plan_year, told.kind, told.title, told.issuer,
            owner=told.owner, owner_kind=told.owner_kind,
        ),
        tuple(Section(number, None, 1, title) for number, title in enumerate(titles)),
        tuple(sentences[at] for at in sorted(sentences)),
        tuple(one.fact for one in figures),
    )  # fmt: skip


def _sentence(one: StoredFact, section: int) -> Sentence:
    is_row = one.fact.rule == _TABLE
    return Sentence(one.fact.sentence, section, one.page, "row" if is_row else "text", one.text, one.header)
