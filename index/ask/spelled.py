"""Places and items written in pinyin: shangdang -> 上党区, shangdang jiaoyu zhichu duoshao -> 上党区教育支出多少.

In goes a question and the held places, out come spans of Latin letters with the codes of the places that they spell.
Every reading of a character counts (长 is chang and zhang); letters that spell no held place are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from index.ask.vocabulary import measure_words, words
from index.find.pinyin import names_spelled, readings, spelled_ends, spelled_words
from index.lexicon import items
from index.models import Region

FEWEST_LETTERS = 4
_LATIN = re.compile(r"[A-Za-zü]+(?:['‘’ ]?[A-Za-zü]+)*")


def spelled_places(text: str, regions: Mapping[str, Region]) -> list[tuple[int, int, tuple[str, ...]]]:
    """Start, end and codes of the held places spelled in a normal text."""
    found: list[tuple[int, int, tuple[str, ...]]] = []
    for run in _LATIN.finditer(text):
        kept = [(at, char) for at, char in enumerate(run[0].lower(), run.start()) if char.isalpha()]
        letters = "".join(char for _, char in kept).replace("ü", "v")
        if len(letters) < FEWEST_LETTERS:
            continue
        at, here = 0, []
        while at < len(letters):
            end, codes = _longest(letters, at, regions)
            if not codes:
                break
            here.append((kept[at][0], kept[end - 1][0] + 1, codes))
            at = end
        if at == len(letters):
            found += here
    return found


def in_characters(text: str, regions: Mapping[str, Region]) -> tuple[str, tuple[str, ...]]:
    """A normal text with what is spelled in it written out, and notes of that; a run that is places alone stays."""
    notes: list[str] = []

    def written(run: re.Match[str]) -> str:
        letters = "".join(char for char in run[0].lower() if char.isalpha()).replace("ü", "v")
        if len(letters) < FEWEST_LETTERS:
            return run[0]
        found = _written_out(letters, 0, regions, {})
        if found is None or not any(piece in spellings().values() for piece in found):
            return run[0]
        notes.append(f"“{run[0]}”按“{''.join(found)}”理解")
        return "".join(found)

    return _LATIN.sub(written, text), tuple(notes)


def _written_out(
    letters: str, at: int, regions: Mapping[str, Region], tried: dict[int, tuple[str, ...] | None]
) -> tuple[str, ...] | None:
    """The words that letters spell from here to the end, the longest first; None if they spell none."""
    if at == len(letters):
        return ()
    if at in tried:
        return tried[at]
    tried[at] = None
    end, codes = _longest(letters, at, regions)
    if len(codes) == 1 and (rest := _written_out(letters, end, regions, tried)) is not None:
        tried[at] = (regions[codes[0]].name, *rest)
        return tried[at]
    known = spellings()
    for stop in range(min(len(letters), at + _longest_spelling()), at, -1):
        word = known.get(letters[at:stop])
        if word and (rest := _written_out(letters, stop, regions, tried)) is not None:
            tried[at] = (word, *rest)
            break
    return tried[at]


@cache
def spellings() -> Mapping[str, str]:
    """jiaoyuzhichu -> 教育支出: names of items, measures, and the words that ask.  From then on it is known how each of
    these words reads (``pinyin.readings_in``)."""
    names = [item.name for item in items().values()]
    said = [word for item in items().values() for word in (*item.words, *item.people) if len(word) > 1]
    asked = [*words("ask", "figure"), *measure_words(), *words("talk", "spelled")]
    written = [word for word in (*names, *asked, *said) if word and all("一" <= char <= "鿿" for char in word)]
    found: dict[str, str] = {}
    for word, spelled in spelled_words(dict.fromkeys(written)).items():
        found.setdefault(spelled, word)
    return found


@cache
def _longest_spelling() -> int:
    return max(map(len, spellings()), default=0)


def _longest(letters: str, at: int, regions: Mapping[str, Region]) -> tuple[int, tuple[str, ...]]:
    best, codes = at, dict[str, None]()
    for region in regions.values():
        if not region.code or not any(letters.startswith(one, at) for one in readings(region.name[0])):
            continue
        for name in names_spelled(region.name):
            end = max(spelled_ends(letters, at, name), default=at)
            if end > best:
                best, codes = end, {region.code: None}
            elif end == best > at:
                codes[region.code] = None
    return best, tuple(codes)
