"""Where a report gives reasons: each with the sentence it stands in and what is told before it.

    契税完成6.1亿元，下降9.2%。|主要原因是新房成交减少。 -> told: "", 契税完成6.1亿元，下降9.2%。, …

What a reason explains stands before its mark, in the same part of the sentence or in the sentences before; behind
受…影响 and 由于 it stands after: such a reason leads.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from index.ask.search import Search
from index.ask.vocabulary import pattern_of, words_of
from index.models import StoredFact
from index.store.lookup import sentence_id
from index.store.rows import SentenceHit
from index.text.normal import plain_sentence

BACK: Final = 3  # sentences that what is explained may stand before its reason
MOST_HITS: Final = 2000
_CLOSE: Final = 5
_NEAR: Final = 70
_LEADING: Final = "受由因得缘源"
_SEGMENT: Final = re.compile(r"[；。]|\.(?!\d)")


@dataclass(frozen=True, slots=True)
class Told:
    """What stands before a reason: a text with the figures read from it."""

    text: str
    facts: tuple[StoredFact, ...]


@dataclass(frozen=True, slots=True)
class Marked:
    """One reason: its sentence, and what is told before its mark, the nearest first.

    ``told`` begins with the part of the sentence that the reason is of and the parts before it.  In a ``row`` of a
    table the reason is a remark on its figures.
    """

    hit: SentenceHit
    before: tuple[SentenceHit, ...]
    told: tuple[Told, ...]
    start: int
    strong: bool
    leads: bool  # 受…影响，X下降: what is explained stands behind
    row: bool = False


def reasons_told(search: Search, ids: Sequence[int]) -> Iterable[Marked]:
    """Every reason in these documents, with what is told before it."""
    hits = [hit for hit in search.store.search(words_of("reason", "tokens"), ids, MOST_HITS) if _may_tell(hit)]
    texts = [(hit, plain_sentence(hit.text.replace("\t", "，"))) for hit in hits]
    found = [(hit, text, marks) for hit, text in texts if (marks := _remark(hit, text) or _marks(text))]
    around = {hit.id - back for hit, _, _ in found for back in range(1, BACK + 1)}
    before = {one.id: one for one in search.store.sentences(around)}
    facts: dict[int, list[StoredFact]] = {}
    for fact in search.store.facts_of_sentences({*around, *(hit.id for hit, _, _ in found)}):
        facts.setdefault(sentence_id(fact.id), []).append(fact)
    for hit, text, marks in found:
        near = [before.get(hit.id - back) for back in range(1, BACK + 1)]
        own = tuple(one for one in near if one is not None and one.document_id == hit.document_id)
        behind = [Told(plain_sentence(one.text), tuple(facts.get(one.id, ()))) for one in own]
        for start, strong, leads in marks:
            said = _said(hit, text, start, facts.get(hit.id, ()), leads=leads)
            yield Marked(hit, own, (*said, *behind), start, strong, leads, row="\t" in hit.text)


def _may_tell(hit: SentenceHit) -> bool:
    """No heading, and nothing that only explains words."""
    return hit.kind != "heading" and not pattern_of("define", "glossary_pattern").search(hit.section)


def _said(hit: SentenceHit, text: str, start: int, facts: Sequence[StoredFact], *, leads: bool) -> tuple[Told, Told]:
    """The part of its own sentence that a reason is of, and what stands before that part."""
    own = _SEGMENT.split(text[:start])[-1]
    begin = start - len(own)
    if leads:  # its whole part of the sentence
        own = _SEGMENT.split(text[begin:])[0]
        start = begin + len(own)
    at = [(len(plain_sentence(hit.text[: one.fact.start].replace("\t", "，"))), one) for one in facts]
    return (
        Told(own, tuple(one for place, one in at if begin <= place < start)),
        Told(text[:begin], tuple(one for place, one in at if place < begin)),
    )


def _remark(hit: SentenceHit, text: str) -> list[tuple[int, bool, bool]]:
    """契税 811039 -27.1 主要是上年基数较高: the last cell of a row of figures that begins with a word of reasons."""
    cell = hit.text.rpartition("\t")[2].lstrip()
    if "\t" not in hit.text or not pattern_of("reason", "remark_pattern").match(cell):
        return []
    return [(len(text) - len(plain_sentence(cell)), True, False)]


def _marks(text: str) -> list[tuple[int, bool, bool]]:
    """Where reasons begin, whether their words are sure, and whether they lead: (12, True, False)."""
    found: list[tuple[int, bool, bool]] = []
    ends = -_CLOSE
    for match in pattern_of("reason", "strong_pattern").finditer(text):
        if match.start() - ends < _CLOSE:  # 主要原因是|由于
            ends = match.end()
            continue
        ends = match.end()
        leading = match[0][0] in _LEADING or (match.start() > 0 and "原因" not in match[0])
        leads = leading and not _explains_before(text[: match.start()])
        found.append((match.start(), True, leads))
    for match in pattern_of("reason", "plain_pattern").finditer(text):
        if _explains_before(text[: match.start()]) and all(abs(match.start() - at) > _CLOSE for at, _, _ in found):
            found.append((match.start(), False, False))
    if not found and text.startswith("主要是"):
        found.append((0, False, False))
    return found


def _explains_before(text: str) -> bool:
    """Is there a change right before the mark: 下降3%，主要是…?"""
    return bool(pattern_of("reason", "change_pattern").search(_SEGMENT.split(text)[-1][-_NEAR:]))
