"""Longest-match search for a fixed set of phrases: one left-to-right pass, whatever the number of phrases.

Phrases({"教育支出": 1, "教育": 2}).find("教育支出和教育") -> (0, 4, 1), (5, 7, 2)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from operator import add
from typing import Generic, TypeVar

Value = TypeVar("Value")
OUTSIDE = "\n"  # stands behind the last character; no phrase holds it


class Phrases(Generic[Value]):
    """A phrase table.  Matches do not overlap: the leftmost begins, the longest wins."""

    def __init__(self, table: Mapping[str, Value]) -> None:
        self._table = {phrase: value for phrase, value in table.items() if phrase}
        self._single = frozenset(phrase for phrase in self._table if len(phrase) == 1)
        lengths: dict[str, set[int]] = {}
        for phrase in self._table:
            if len(phrase) > 1:
                lengths.setdefault(phrase[:2], set()).add(len(phrase))
        self._lengths = {begin: tuple(sorted(found, reverse=True)) for begin, found in lengths.items()}

    def find(self, text: str) -> Iterator[tuple[int, int, Value]]:
        """Start, end and value of every match, left to right."""
        table, lengths, single, end, free = self._table, self._lengths, self._single, len(text), 0
        pairs = map(add, text, text[1:] + OUTSIDE)
        if single:
            begins = [at for at, pair in enumerate(pairs) if pair in lengths or pair[0] in single]
        else:  # two characters rule out most places
            begins = [at for at, pair in enumerate(pairs) if pair in lengths]
        for at in begins:
            if at < free:
                continue
            for length in lengths.get(text[at : at + 2], ()):
                value = table.get(text[at : at + length])
                if value is not None and at + length <= end:
                    yield at, at + length, value
                    free = at + length
                    break
            else:
                if text[at] in single:
                    yield at, at + 1, table[text[at]]

    def __iter__(self) -> Iterator[str]:
        """The phrases themselves."""
        return iter(self._table)

    def get(self, phrase: str) -> Value | None:
        """The value of exactly this phrase."""
        return self._table.get(phrase)
