"""A passage with its reason as it is quoted: around the reason if it is long, without the reason of another item.

税收下降，主要是减税；非税增长，主要是处置闲置厂房。 -> of 非税: …非税增长，主要是处置闲置厂房。
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from index.ask.reasons import Passage
from index.ask.vocabulary import pattern_of
from index.find.terms import find_terms
from index.store.rows import SentenceHit
from index.text.normal import plain_sentence

_SEGMENT: Final = re.compile(r"[；。;](?!$)")


def quoted(hits: Sequence[SentenceHit], passage: Passage, most: int, marks: Sequence[int] = ()) -> str:
    """The sentences as one text of at most ``most`` characters; ``marks`` are the places in the one with the reason
    whose parts of it are wanted, all of it for none.
    """
    own = passage.hits[-1].text.replace("\t", " ")
    begin, end = _wanted(own, marks) if marks else (0, len(own))
    cut = ("…" if begin else "") + own[begin:end].strip() + ("…" if end < len(own) else "")
    whole = " ".join(cut if hit is passage.hits[-1] else hit.text.replace("\t", " ").strip() for hit in hits)
    if len(whole) <= most:
        return whole
    if len(cut) <= most:
        return cut
    begins = [begin, *(match.end() for match in _SEGMENT.finditer(own, begin, passage.mark))]
    begin = next((at for at in begins if passage.mark - at <= most // 2), max(begin, passage.mark - most // 2))
    end = min(end, begin + most - 2)
    return ("…" if begin else "") + own[begin:end].strip() + ("…" if end < len(own) else "")


def _wanted(text: str, marks: Sequence[int]) -> tuple[int, int]:
    """From where to where a sentence tells of what the reasons at these places are of."""
    bounds = [0, *(match.end() for match in _SEGMENT.finditer(text)), len(text)]
    parts = list(pairwise(bounds))
    first = next(at for at, (start, end) in enumerate(parts) if min(marks) < end or end == len(text))
    last = next(at for at, (start, end) in enumerate(parts) if max(marks) < end or end == len(text))
    while first and not _is_of_another(text[slice(*parts[first - 1])]):
        first -= 1
    while last + 1 < len(parts) and not _is_of_another(text[slice(*parts[last + 1])]):
        last += 1
    return parts[first][0], parts[last][1]


def _is_of_another(part: str) -> bool:
    """Does a part of a sentence give a reason of an item it names itself?"""
    said = plain_sentence(part)
    if pattern_of("reason", "more_pattern").match(said):
        return False
    for name in ("strong_pattern", "plain_pattern"):
        if (mark := pattern_of("reason", name).search(said)) and find_terms(said[: mark.start()]):
            return True
    return False
