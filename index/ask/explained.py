"""A statement of a report that is asked to be explained: the clauses that go on from it, in the same breath.

收入结构不优指啥 -> 一是收入结构不够优，非税收入占比偏高，……不可持续；
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from index.ask.pieces import pairs
from index.ask.search import Search
from index.find.terms import exact_items
from index.store.rows import SentenceHit
from index.text.normal import plain

SHORTEST: Final = 5  # characters: less is a word, not a statement
_GAP: Final = 2  # characters that the report may have between two of the asked ones: 不|够|优
_BESIDE: Final = 4  # and before and behind all of them: 一是|…, …|明显
_MOST_HITS: Final = 300
_LONGEST: Final = 400
_HAN: Final = re.compile(r"[\u4e00-\u9fff]+")
_SEGMENT: Final = re.compile(r"[；。;]|[：:](?=[一二三]是)")
_CLAUSE: Final = re.compile(r"[，,：:]")
_FIGURE: Final = re.compile(r"\d[\d.,]*(?:万|亿)?(?:元|%)?")


def stated(search: Search, ids: Sequence[int], phrases: Sequence[str]) -> tuple[str, SentenceHit, str] | None:
    """The phrase that a report states, the sentence, and its part with what it goes on to say of it."""
    for phrase in sorted(phrases, key=len, reverse=True):
        if len(phrase) < SHORTEST or not _HAN.fullmatch(phrase) or exact_items(phrase):
            continue
        pattern = re.compile(f"[^，]{{0,{_GAP}}}?".join(map(re.escape, phrase)))
        for hit in search.store.search(list(pairs(phrase)), ids, _MOST_HITS):
            if hit.kind == "text" and (part := _part(hit.text, pattern)):
                return phrase, hit, part
    return None


def _part(text: str, pattern: re.Pattern[str]) -> str:
    """The part of a sentence of which one clause is the statement and another explains it."""
    for part in _SEGMENT.split(text):
        clauses = [clause for clause in _CLAUSE.split(part) if clause.strip()]
        if len(clauses) > 1 and any(_is_it(plain(clause), pattern) for clause in clauses):
            return part.strip()[:_LONGEST]
    return ""


def _is_it(clause: str, pattern: re.Pattern[str]) -> bool:
    found = pattern.search(clause)
    return found is not None and all(
        len(_FIGURE.sub("", side)) <= _BESIDE for side in (clause[: found.start()], clause[found.end() :])
    )
