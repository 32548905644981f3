"""Longest-match search for a fixed set of phrases: one left-to-right pass, whatever the number of phrases.

Phrases({"教育支出": 1, "教育": 2}).find("教育支出和教育") -> (0, 4, 1), (5, 7, 2)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Phrases(Generic[Value]):
    """A phrase table.  Matches do not overlap: the leftmost begins, the longest wins."""

    def __init__(self, table: Mapping[str, Value]) -> None:
        self._table = {phrase: value for phrase, value in table.items() if phrase}
        lengths: dict[str, set[int]] = {}
        for phrase in self._table:
            lengths.setdefault(phrase[0], set()).add(len(phrase))
        self._lengths = {char: tuple(sorted(found, reverse=True)) for char, found in lengths.items()}

    def find(self, text: str) -> Iterator[tuple[int, int, Value]]:
        """Start, end and value of every match, left to right."""
        at, table, lengths = 0, self._table, self._lengths
        while at < len(text):
            for length in lengths.get(text[at], ()):
                value = table.get(text[at : at + length])
                if value is not None and at + length <= len(text):
                    yield at, at + length, value
                    at += length
                    break
            else:
                at += 1

    def __iter__(self) -> Iterator[str]:
        """The phrases themselves."""
        return iter(self._table)

    def get(self, phrase: str) -> Value | None:
        """The value of exactly this phrase."""
        return self._table.get(phrase)
