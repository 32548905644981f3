"""Words of a question that stand nowhere in the reports of its place, but sound like one that does.

    老旧电题换了多少部 -> 老旧电梯, 呼沱河 -> 滹沱河, 转项资金 -> 专项资金

The reports themselves are the dictionary: a character is taken for another one only if no report has it beside its
neighbours, and if they have the other one there.  Of several, the one that stands there far oftener.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Final

from index.ask.effort import spend
from index.ask.pieces import pairs
from index.ask.query import Query
from index.ask.search import Search
from index.find.alike import NUMERALS, look_alikes
from index.find.ordinary import is_ordinary, tag_of
from index.find.pinyin import readings, readings_of_table

_MOST: Final = 200  # sentences counted of a pair
_OFTENER: Final = 5
_CHARS: Final = 24  # of a question are looked at
_WORD: Final = 8
_COST: Final = 20
_PRONOUNS: Final = "它他她这那"  # 它|支出: what was spoken of, and no 其他支出
_FIRST, _LAST = 0xB0A1, 0xF7FE  # the Chinese characters of GB 2312


def heard(search: Search, query: Query) -> tuple[str, str] | None:
    """The question put right, and what is told of it; None if every word stands in the reports, or none is near."""
    documents = search.document_ids(query.regions[0]) if query.regions else []
    text, notes, seen = query.text, [], _Seen(search, documents)
    for word in query.chunks if documents else ():
        for typed, meant in put_right(seen, word[:_CHARS]):
            if text.count(typed) == 1 and not is_ordinary(typed):  # 特派员下乡 is no 下降
                text = text.replace(typed, meant)
                whole = word.replace(typed, meant) if len(word) <= _WORD else meant
                notes.append(f"“{word if len(word) <= _WORD else typed}”按“{whole}”理解")
    return (text, "；".join(notes)) if notes else None


Seen = Callable[[Sequence[str]], Mapping[str, int]]


class _Seen:
    """How often pairs of characters stand in some reports."""

    def __init__(self, search: Search, documents: Sequence[int]) -> None:
        self._search = search
        self._documents = documents
        self._known: dict[str, int] = {}

    def __call__(self, asked: Sequence[str]) -> Mapping[str, int]:
        new = [pair for pair in dict.fromkeys(asked) if pair not in self._known]
        spend(_COST * (len(new) > 0))
        found = self._search.store.postings(new, self._documents, _MOST) if new else {}
        self._known |= {pair: len(found.get(pair, ())) for pair in new}
        return self._known


def put_right(seen: Seen, word: str) -> list[tuple[str, str]]:
    """The pairs of a word with a strange character, each with what stands in the reports and sounds alike.

    First the characters whose neighbours on both sides bear out what they were meant to be: 崖洲湾 is 崖州湾, no 亚洲.
    """
    found = []
    for on_both_sides in (True, False):
        known = seen(pairs(word))
        for at, char in enumerate(word):
            beside = [word[start : start + 2] for start in (at - 1, at) if 0 <= start < len(word) - 1]
            if not beside or char in NUMERALS or char in _PRONOUNS:
                continue
            if any(known[pair] or tag_of(pair) == "v" for pair in beside):
                continue  # |注销|企业 is spelt right, whatever no report has
            if other := _other(seen, word, at, on_both_sides=on_both_sides):
                start = max(0, at - 1)
                typed = word[start : at + 2]
                found.append((typed, typed[: at - start] + other + typed[at - start + 1 :]))
                word = word[:at] + other + word[at + 1 :]
                known = seen(pairs(word))
    return found


def _other(seen: Seen, word: str, at: int, *, on_both_sides: bool) -> str:
    """The one character that the reports have in a place, or far oftener than any other."""
    told: defaultdict[str, int] = defaultdict(int)
    some = [char for char in _alike(word[at]) if char != word[at]]
    windows = {char: pairs(word[max(0, at - 1) : at] + char + word[at + 1 : at + 2]) for char in some}
    known = seen([pair for own in windows.values() for pair in own])
    for char, own in windows.items():
        if not on_both_sides or (len(own) > 1 and all(known[pair] for pair in own)):
            told[char] = sum(known[pair] for pair in own)
    best = sorted(told, key=lambda char: -told[char])[:2]
    if not best or not told[best[0]]:
        return ""
    return best[0] if len(best) < 2 or told[best[0]] >= _OFTENER * told[best[1]] else ""


@lru_cache(maxsize=512)
def _alike(char: str) -> tuple[str, ...]:
    """The characters in use that sound or look like one."""
    by_sound = _by_sound()
    found = [other for reading in readings(char)[:1] for other in by_sound.get(reading, ())]
    return tuple(dict.fromkeys((*found, *look_alikes(char))))


@cache
def _by_sound() -> Mapping[str, tuple[str, ...]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for code in range(_FIRST, _LAST + 1):
        char = code.to_bytes(2, "big").decode("gb2312", errors="ignore")
        for reading in readings_of_table(char):
            found[reading].append(char)
    return {reading: tuple(chars) for reading, chars in found.items()}
