"""Road 1 in the middle: a document as read -> everything it says (sections, sentences, facts).

parse(document) -> Parsed(subject 上党区 2023, 300 sentences, 900 facts, what was not understood)
"""

from __future__ import annotations

from index.errors import UnreadableFile
from index.facts.about import about
from index.facts.checks import checked
from index.facts.context import Frames
from index.facts.naming import with_keys
from index.facts.prose import Prose
from index.facts.settle import settled
from index.facts.tables import Tables
from index.facts.units import with_units
from index.find.gazetteer import region as region_by_code
from index.find.places import find_places
from index.models import Document, Parsed, Region
from index.outline import Outline, Passage, PlacedTable, outline
from index.text.lines import paragraphs
from index.text.normal import plain, plain_sentence


def parse(document: Document, region: Region | None = None, year: int | None = None) -> Parsed:
    """All facts of a document.  ``region`` and ``year`` settle what the document leaves open.

    Raises UnreadableFile if the document holds no figure at all.
    """
    structure = outline(paragraphs(document))
    subject = about(document.name, structure.title, _texts(structure), region, year)
    sentences = list(structure.sentences)
    frames = Frames(structure.sections, subject)
    prose = Prose(subject, structure.sections, sentences, frames)
    placed = [part for part in structure.order if isinstance(part, PlacedTable)]
    tables = Tables(subject, structure.sections, sentences, frames, placed)
    for part in structure.order:
        if isinstance(part, Passage):
            prose.read(part)
        else:
            tables.read(part)
    named = with_keys([*prose.facts, *tables.facts], subject)
    facts = settled(checked(with_units(named, sentences, subject), sentences))
    if not facts:
        raise UnreadableFile(f"{document.name}：没有找到任何预算数字")
    warnings = (*document.warnings, *subject.warnings, *tables.warnings)
    return Parsed(document, subject, structure.sections, tuple(sentences), tuple(facts),
                  (*prose.missed, *tables.missed), warnings)  # fmt: skip


def _texts(structure: Outline) -> list[str]:
    """What the document says of itself: its sentences, and first of all the captions of its first tables."""
    captions = [part.table.caption for part in structure.order if isinstance(part, PlacedTable) and part.table.caption]
    return [plain_sentence(text) for text in (*captions[:3], *(sentence.text for sentence in structure.sentences))]


def named_region(name: str) -> Region:
    """The one region of this name or code (for ``--region``); UnreadableFile if there is none or several."""
    if found := region_by_code(name):
        return found
    places = find_places(plain(name))
    if len(places) == 1 and len(places[0].regions) == 1:
        return places[0].regions[0]
    if len(places) == 1:
        raise UnreadableFile(f"叫“{name}”的地区不止一个：" + "、".join(r.full_name for r in places[0].regions))
    raise UnreadableFile(f"不认识地区“{name}”，请写全称，如 长治市上党区")
