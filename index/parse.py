"""Road 1 in the middle: a document as read -> everything it says (sections, sentences, facts).

parse(document) -> Parsed(subject 上党区 2023, 300 sentences, 900 facts, what was not understood)
"""

from __future__ import annotations

import time

from index.errors import UnreadableFile
from index.facts.about import about
from index.facts.announced import under_announced
from index.facts.apart import apart
from index.facts.asset_classes import of_classes
from index.facts.checks import checked
from index.facts.context import Frames
from index.facts.family import of_family
from index.facts.grand_totals import with_grand_totals
from index.facts.limits import without_loans
from index.facts.lost import lost_in_sentences
from index.facts.naming import with_keys
from index.facts.no_names import completed
from index.facts.planned_done import planned_and_done
from index.facts.prose import Prose
from index.facts.recognised import marked
from index.facts.settle import settled
from index.facts.tables import Tables
from index.facts.told_totals import with_told_totals
from index.facts.units import with_units
from index.find.gazetteer import region as region_by_code
from index.find.places import find_places
from index.models import Document, Parsed, Region
from index.outline import Outline, Passage, PlacedTable, outline
from index.text.glyphs import in_common_characters
from index.text.last_rows import with_last_rows
from index.text.lines import paragraphs
from index.text.normal import plain, plain_sentence

MOST_FACTS = 300_000  # of a document; the largest of those we know have a tenth of that
LOOKED_UP = 100  # parts after which the clock is looked at, which costs more than most parts
MOST_SECONDS = 60  # of the processor; what is in the middle of a part is ended from outside, see index.intake.crew


def parse(document: Document, region: Region | None = None, year: int | None = None) -> Parsed:
    """All facts of a document.  ``region`` and ``year`` settle what the document leaves open.

    Raises UnreadableFile if the document holds no figure at all.
    """
    document = with_last_rows(in_common_characters(document))
    structure = outline(paragraphs(document))
    subject = about(document.name, structure.title, _texts(structure), region, year)
    sentences = list(structure.sentences)
    frames = Frames(structure.sections, subject, sentences)
    prose = Prose(subject, structure.sections, sentences, frames)
    placed = [part for part in structure.order if isinstance(part, PlacedTable)]
    tables = Tables(subject, structure.sections, sentences, frames, placed)
    began = time.thread_time()
    for number, part in enumerate(structure.order):
        if isinstance(part, Passage):
            prose.read(part)
        else:
            tables.read(part)
        if len(prose.facts) + len(tables.facts) > MOST_FACTS:
            raise UnreadableFile(f"{document.name}：数据点超过 {MOST_FACTS // 10_000} 万个，不像一份报告")
        if number % LOOKED_UP == 0 and time.thread_time() - began > MOST_SECONDS:
            raise UnreadableFile(f"{document.name}：处理超过 {MOST_SECONDS} 秒，已停止；文件可能过大或已损坏")
    prosaic = planned_and_done(under_announced(prose.facts, sentences), sentences)
    told = [*completed(prosaic, sentences), *tables.facts]
    named = with_keys(of_classes(told, subject.title, sentences, structure.sections), subject)
    named = without_loans(named, sentences)
    named = of_family(named, sentences)
    if subject.region and not subject.owner:
        named = with_told_totals(named, sentences, subject.region.code)
    named = apart(with_grand_totals(named, sentences) if subject.owner else named, sentences)
    found = settled(checked(with_units(named, sentences, subject), sentences))
    facts = marked(found, sentences, document.recognised)
    if not facts:
        raise UnreadableFile(f"{document.name}：没有找到任何预算数字")
    missed = (*prose.missed, *tables.missed)
    missed = tuple(
        sorted((*missed, *lost_in_sentences(sentences, facts, missed)), key=lambda one: (one.sentence, one.start))
    )
    warnings = (*document.warnings, *subject.warnings, *tables.warnings)
    return Parsed(document, subject, structure.sections, tuple(sentences), tuple(facts), missed, warnings,
                  tuple(tables.unplaced))  # fmt: skip


def _texts(structure: Outline) -> list[str]:
    """What the document says of itself: its sentences, and first of all the captions of its first tables."""
    captions = [part.table.caption for part in structure.order if isinstance(part, PlacedTable) and part.table.caption]
    return [plain_sentence(text) for text in (*captions[:3], *(sentence.text for sentence in structure.sentences))]


def named_region(name: str) -> Region:
    """The one region of this name or code (for ``--region``); UnreadableFile if there is none or several."""
    if found := region_by_code(name):
        return found
    places = find_places(plain(name), title=True)
    if len(places) == 1 and len(places[0].regions) == 1:
        return places[0].regions[0]
    if len(places) == 1:
        raise UnreadableFile(f"叫“{name}”的地区不止一个：" + "、".join(r.full_name for r in places[0].regions))
    raise UnreadableFile(f"不认识地区“{name}”，请写全称，如 长治市上党区")
