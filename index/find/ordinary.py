"""Is a run of characters an ordinary word of Chinese?  公园 is one, 同笔 is none.

The list is the dictionary of jieba, which the full-text index cuts words with; it is read when the
first question with a strange word comes, in a tenth of the time that jieba takes to load.
"""

from __future__ import annotations

import importlib.util
import re
from functools import cache, lru_cache
from pathlib import Path

# Rarer entries are names and odd cuts of a corpus (收人 3, 师级 32), not words that someone means.
LEAST_USED = 50
_LINE = re.compile(rb"(?m)^([^ ]{6,12}) (\d{2,}) ")


def is_ordinary(word: str) -> bool:
    """Whether the dictionary holds the word as one in use."""
    return word.encode() in _dictionary()


@lru_cache(maxsize=512)
def is_noun(word: str, tags: str = "nj") -> bool:
    """Whether the dictionary holds the word as a noun, a name or a short: 月球, 日本, 中介; 真实 and 公布 are none.
    With the tag t also as one of an age: 青年, 童年, and of a time.

    The file is looked through for the one word: the question is rare, and its words by their kinds are many.
    """
    found = re.search(rb"(?m)^" + re.escape(word.encode()) + rb" (\d+) [" + tags.encode() + rb"]", _listed())
    return found is not None and int(found[1]) >= LEAST_USED


@cache
def _dictionary() -> frozenset[bytes]:
    """The words of two to four characters, as they stand in the file."""
    return frozenset(word for word, used in _LINE.findall(_listed()) if int(used) >= LEAST_USED)


def _listed() -> bytes:
    package = importlib.util.find_spec("jieba")
    folder = next(iter(package.submodule_search_locations or ()), None) if package else None
    file = Path(folder) / "dict.txt" if folder else None
    return file.read_bytes() if file and file.is_file() else b""
