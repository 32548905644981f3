"""Is a run of characters an ordinary word of Chinese?  公园 is one, 同笔 is none.  Which words is a run made of?

The list is the dictionary of jieba, which the full-text index cuts words with; it is read when the
first question with a strange word comes, in a tenth of the time that jieba takes to load.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from math import log

from index.kept import file_of_library

# Rarer entries are names and odd cuts of a corpus (收人 3, 师级 32), not words that someone means.
LEAST_USED = 50
_LINE = re.compile(rb"(?m)^([^ \n]+) (\d{2,}) (.)")
_SHORTEST, _LONGEST = 6, 12  # bytes: words of two to four characters
_LONGEST_WORD = 4
_STRANGE = -15.0  # as rare as the rarest words


def is_ordinary(word: str) -> bool:
    """Whether the dictionary holds the word, of two to four characters, as one in use."""
    spelled = word.encode()
    return _SHORTEST <= len(spelled) <= _LONGEST and spelled in _dictionary()


def is_noun(word: str, tags: str = "nj") -> bool:
    """Whether the dictionary holds the word as a noun, a name or a short: 月球, 日本, 中介; 真实 and 公布 are none.
    With the tag t also as one of an age: 青年, 童年, and of a time.
    """
    tag = _dictionary().get(word.encode())
    return tag is not None and tag in tags.encode()


def tag_of(word: str) -> str:
    """The first letter of the tag that the dictionary has for a word; "" for none."""
    return _dictionary().get(word.encode(), b"").decode()


def cut(text: str) -> tuple[tuple[str, str], ...]:
    """The likeliest words of a run of characters (the product of how often each is used), each with the first letter
    of its tag; "" for a character that is no word: 帮企业周转 -> 帮 v, 企业 n, 周转 v."""
    likely: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(text) + 1):
        ways = [
            (likely[start][0] + _likelihood(text[start:end]), start)
            for start in range(max(0, end - _LONGEST_WORD), end)
            if end - start == 1 or is_ordinary(text[start:end])
        ]
        likely.append(max(ways))
    words: list[tuple[str, str]] = []
    end = len(text)
    while end:
        start = likely[end][1]
        words.append((text[start:end], _dictionary().get(text[start:end].encode(), b"").decode()))
        end = start
    return tuple(reversed(words))


def _likelihood(word: str) -> float:
    return _likelihoods().get(word.encode(), _STRANGE)


@cache
def _likelihoods() -> Mapping[bytes, float]:
    """The logarithm of the share of each word in all words that are used."""
    used = {word: int(often) for word, often, _ in _LINE.findall(_listed())}
    total = sum(used.values()) or 1
    return {word: log(often / total) for word, often in used.items() if often >= LEAST_USED}


@cache
def _dictionary() -> Mapping[bytes, bytes]:
    """The words in use, as they stand in the file, with the first letter of their tag."""
    known = {bytes([letter]): bytes([letter]) for letter in range(128)}  # 52,000 words, a few tags
    return {word: known[tag] for word, used, tag in _LINE.findall(_listed()) if int(used) >= LEAST_USED}


def _listed() -> bytes:
    file = file_of_library("jieba", "dict.txt")
    return file.read_bytes() if file else b""
