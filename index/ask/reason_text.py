"""A passage with its reason as it is quoted: around the reason if it is long, without the reason of another item.

税收下降，主要是减税；非税增长，主要是处置闲置厂房。 -> of 非税: …非税增长，主要是处置闲置厂房。

A reason told only of the whole an item belongs to is the item's where the report lets no doubt of it:
政府性基金收入下降8%，其中土地出让收入5亿元。短收主要是两宗地块流拍。 -> of 土地出让收入, said as that of the whole
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from index.ask.reasons import Passage, reasons
from index.ask.search import Search
from index.ask.vocabulary import pattern_of
from index.ask.why import Why, names_of
from index.find.terms import find_terms
from index.lexicon import items
from index.store.rows import SentenceHit, StoredDocument
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


def reasons_of_whole(search: Search, why: Why, documents: Sequence[StoredDocument]) -> tuple[str, list[Passage]]:
    """The name of the whole, and the reasons told of it that speak of the item alone; none without such."""
    known = items()
    parents = dict.fromkeys(known[key].parent for key in sorted(why.keys) if key in known)
    for whole in (known[key] for key in parents if key.startswith("total-") and key in known):
        names = names_of(whole.name, (whole.key,))
        asked = replace(why, items=(), names=(names,), keys=frozenset((whole.key,)), residue=())
        found = [one for one in reasons(search, asked, documents) if _speaks_of(why, whole.key, one)]
        if found:
            return whole.name, found
    return "", []


def _speaks_of(why: Why, whole: str, passage: Passage) -> bool:
    """The reason itself names the item, or the item is the one part named before it."""
    last = passage.hits[-1].text
    said = plain_sentence(last[passage.mark :])
    if any(name and name in said for names in why.names for name, _ in names):
        return True
    before = [hit.text for hit in passage.hits[:-1]]
    told = {item.key for text in before for term in find_terms(plain_sentence(text)) for item in term.items}
    parts = {key for key in told if key in items() and items()[key].parent == whole}
    return bool(before) and bool(parts & why.keys) and parts <= why.keys
