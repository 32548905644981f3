"""Words one wrong character away that sound or look alike: 曾值税 -> 增值税, 教肓支出 -> 教育支出.

A word is found under each of its forms with one character left out, so that a look-up takes as many steps as the typed
word has characters, however many words there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from index.find.pinyin import near_reading, reading_in, readings
from index.lexicon import toml

SAME_SOUND = 0.8
NEAR_SOUND = 0.95
NUMERALS = frozenset("〇零一二三四五六七八九十百千万亿两几0123456789")
_HOLE = "\x00"


class OneAway:
    """A set of words, asked for those that differ in one character from a typed one."""

    def __init__(self, words: Iterable[str]) -> None:
        holes: dict[str, list[str]] = {}
        for word in dict.fromkeys(words):
            for at in range(len(word)):
                holes.setdefault(word[:at] + _HOLE + word[at + 1 :], []).append(word)
        self._holes = holes
        self._heads = {word[:2] for word in holes}
        self._tails = {word[-2:] for word in holes}

    def find(self, typed: str) -> Iterable[tuple[str, int]]:
        """The words that differ in one character, and its place; a typed word of the set has no need of this."""
        # a wrong character stands behind a right head or before a right tail, or in the middle of three
        head, tail, length = typed[:2] in self._heads, typed[-2:] in self._tails, len(typed)
        if not head and not tail and length > 3:
            return
        for at in range(length):
            if length > 3 and not (head if at > 1 else tail):
                continue
            for word in self._holes.get(typed[:at] + _HOLE + typed[at + 1 :], ()):
                if word != typed:
                    yield word, at


def unlikeness(typed: str, word: str, at: int, *, in_word: bool) -> float | None:
    """What it costs to take a typed word for one that differs at a place; None if the two are not alike there.

    ``in_word``: the known word sounds as a dictionary has it (增长 is zeng zhang, never chang); names of places may
    sound either way.  Numerals are never taken for others.
    """
    if typed[at] in NUMERALS or word[at] in NUMERALS:
        return None
    said, meant = readings(typed[at])[:2], readings(word[at])
    near = not set(map(near_reading, said)).isdisjoint(map(near_reading, meant))
    if near and in_word:
        meant = (reading_in(word, at),)
        near = near_reading(meant[0]) in map(near_reading, said)
    if near and not set(said).isdisjoint(meant):
        return SAME_SOUND
    return NEAR_SOUND if near or look_alike(typed, word) else None


def look_alikes(char: str) -> str:
    """The characters that the eye takes for one."""
    return _lookalikes().get(char, "")


def look_alike(typed: str, word: str) -> bool:
    """教肓 and 教育: the characters that differ are taken for one another by the eye."""
    return all(a == b or b in _lookalikes().get(a, "") for a, b in zip(typed, word, strict=True))


@cache
def _lookalikes() -> Mapping[str, str]:
    groups: list[str] = toml("lookalikes.toml")["groups"]
    found: dict[str, str] = {}
    for group in groups:
        for char in group:
            found[char] = found.get(char, "") + group.replace(char, "")
    return found
