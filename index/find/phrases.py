"""Longest-match search for a fixed set of phrases: one left-to-right pass, whatever the number of phrases.

Phrases({"教育支出": 1, "教育": 2}).find("教育支出和教育") -> (0, 4, 1), (5, 7, 2)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from operator import add
from typing import Final, Generic, TypeVar

Value = TypeVar("Value")
OUTSIDE: Final = "\n"  # stands behind the last character; no phrase holds it
LONGEST_KEPT: Final = 2_000  # characters
_NONE: Final[Mapping[str, list[int]]] = {}


def pairs(text: str) -> Iterable[str]:
    """Every character of a text with the one behind it: at a place whose pair begins no phrase stands none.

    One sentence is looked through for items, places, scopes and accounts in turn: its pairs are made once.
    """
    return _kept_pairs(text) if len(text) <= LONGEST_KEPT else map(add, text, text[1:] + OUTSIDE)


@lru_cache(maxsize=8)
def _kept_pairs(text: str) -> tuple[str, ...]:
    return tuple(map(add, text, text[1:] + OUTSIDE))


class Phrases(Generic[Value]):
    """A phrase table.  Matches do not overlap: the leftmost begins, the longest wins."""

    def __init__(self, table: Mapping[str, Value]) -> None:
        self._table = {phrase: value for phrase, value in table.items() if phrase}
        self._single = frozenset(phrase for phrase in self._table if len(phrase) == 1)
        # the first two characters -> the third -> the lengths of the phrases that begin so, the longest first
        self._lengths: dict[str, dict[str, list[int]]] = {}
        for phrase in sorted(self._table, key=len, reverse=True):
            by_third = self._lengths.setdefault(phrase[:2], {}) if len(phrase) > 1 else {}
            known = by_third.setdefault(phrase[2:3], [])
            if len(phrase) not in known:
                known.append(len(phrase))
        for by_third in self._lengths.values():
            for third, known in by_third.items():
                known += by_third.get("", []) if third else []

    def find(self, text: str) -> Iterator[tuple[int, int, Value]]:
        """Start, end and value of every match, left to right."""
        table, lengths, single, end, free = self._table, self._lengths, self._single, len(text), 0
        if single:
            begins = [at for at, pair in enumerate(pairs(text)) if pair in lengths or pair[0] in single]
        else:  # two characters rule out most places
            begins = [at for at, pair in enumerate(pairs(text)) if pair in lengths]
        for at in begins:
            if at < free:
                continue
            by_third = lengths.get(text[at : at + 2], _NONE)
            for length in by_third.get(text[at + 2 : at + 3]) or by_third.get("") or ():
                value = table.get(text[at : at + length])
                if value is not None and at + length <= end:
                    yield at, at + length, value
                    free = at + length
                    break
            else:
                if text[at] in single:
                    yield at, at + 1, table[text[at]]

    def all_at(self, text: str, at: int) -> Iterator[tuple[int, Value]]:
        """End and value of every phrase that begins at a place, the longest first."""
        by_third = self._lengths.get(text[at : at + 2], _NONE)
        for length in by_third.get(text[at + 2 : at + 3]) or by_third.get("") or ():
            value = self._table.get(text[at : at + length])
            if value is not None and at + length <= len(text):
                yield at + length, value

    def __iter__(self) -> Iterator[str]:
        """The phrases themselves."""
        return iter(self._table)

    def get(self, phrase: str) -> Value | None:
        """The value of exactly this phrase."""
        return self._table.get(phrase)
