"""The terms that a sentence of a report explains, and how well one of them is the term asked about.

“三保”：指保基本民生、保工资、保运转。 -> 三保          （七）机关运行经费： -> 机关运行经费, explained below
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from index.ask.vocabulary import pattern_of
from index.store.rows import SentenceHit
from index.text.normal import plain

LONGEST_TERM: Final = 26
_BEGUN: Final = 2  # characters
_MOST_OF_IT, _SHORTENED = 0.6, 0.85
_NUMBERED: Final = re.compile(
    r"^[\s【［（(]*(?:(?:第?[0-9一二三四五六七八九十]{1,3}[.、．）】］)]|[①-⑳])[\s、]*)?(?:名词解释[:：])?(?:所谓)?"
)
_HEAD: Final = re.compile(r"^([^，。；：:]{2,26}?)[】”]?[：:]")
_QUOTED: Final = re.compile(
    r"[“‘\"「]([^“”‘’\"「」]{2,20})[”’\"」]([\u4e00-\u9fffA-Za-z]{0,8}?)(?=[（(：:，,]|是|指|即)"
)
_OPENS: Final = re.compile(r"[（(：:]")
_BARE: Final = re.compile(r"[【】“”‘’\"「」*\s。．.《》（）()：:，]")
_STANDS_FOR: Final = re.compile(r"(?:^|[；;。])([\u4e00-\u9fff]{2,8})表示")
_LISTS: Final = re.compile(r"[^、，。；]{2,}、[^、，。；]{2,}|[（(]?[1一①][）)、.]")


@dataclass(frozen=True, slots=True)
class Head:
    """A term and how plainly it is explained: 4 in a glossary, 3 it begins the sentence, 2 in passing; of one
    ``of_several`` (红色表示…；橙色表示…) it is said before what they all are of."""

    term: str
    plainness: int
    of_several: bool = False


def heads(hit: SentenceHit) -> Iterable[Head]:
    """The terms that a sentence, or a heading with what is below it, explains."""
    text = _NUMBERED.sub("", hit.text, count=1)
    listed = bool(pattern_of("define", "glossary_pattern").search(hit.section))
    means = pattern_of("define", "means_pattern")
    if hit.kind == "heading":
        if len(text) <= LONGEST_TERM + 2:
            yield Head(bare(text), 3)
        return
    if head := _HEAD.match(text):
        behind = text[head.end() :].lstrip()
        said = bool(means.match(behind)) or behind.startswith("是")
        if listed or said or hit.text.lstrip().startswith(("“", "【")):
            yield Head(bare(head[1]), 4 if listed else 3)
    for match in means.finditer(plain(text)[: LONGEST_TERM + 12]):
        term = plain(text)[: match.start()]
        if 2 <= len(term) <= LONGEST_TERM and not re.search("[，。；：]", term):
            yield Head(bare(term), 4 if listed else 3)
    for quoted in _QUOTED.finditer(hit.text):
        behind = hit.text[quoted.end() :]
        opened = _OPENS.match(behind)
        inside = re.split("(?<=..)[）)。；;]", behind[1:])[0] if opened else behind
        if means.match(plain(inside) if opened else plain(behind)) or (opened and _LISTS.match(inside)):
            for term in dict.fromkeys((quoted[1], quoted[1] + quoted[2])):
                yield Head(bare(term), 2)
    for term in stand_for(text):
        yield Head(term, 2, of_several=True)
    for inline in re.finditer(r"([\u4e00-\u9fff]{2,20})[（(](?:即|指|是指)", hit.text):
        yield Head(bare(inline[1]), 2)


def stand_for(text: str) -> list[str]:
    """红色表示…；橙色表示…: the terms that a sentence explains one beside the other."""
    return [bare(match[1]) for match in _STANDS_FOR.finditer(plain(text))]


def bare(text: str) -> str:
    """A term without its marks, for comparing."""
    return _BARE.sub("", plain(text))


def _is_shortened(phrase: str, term: str) -> bool:
    """631防债机制 for 631债务防控机制: nothing but characters of the term, and begun as it is."""
    same = phrase[:_BEGUN] == term[:_BEGUN] and set(phrase) <= set(term)
    return same and len(phrase) > 2 * _BEGUN and len(phrase) >= _MOST_OF_IT * len(term)


def likeness(term: str, asked: Sequence[str]) -> float:
    """How well a term is one of the asked phrases: 1 the same, less the more one of them has beside the other."""
    best = 0.0
    for phrase in asked:
        if term == phrase:
            return 1.0
        if len(term) >= 2 and term in phrase:
            best = max(best, len(term) / len(phrase))
        elif len(phrase) >= 2 and phrase in term:
            edge = 0.05 if term.endswith(phrase) or term.startswith(phrase) else 0.0
            best = max(best, len(phrase) / len(term) + edge)
        elif _is_shortened(phrase, term):
            best = max(best, _SHORTENED)
    return min(best, 0.99)
