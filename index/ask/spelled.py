"""Places written in pinyin: shangdang -> 上党区, changzhishi shangdangqu -> both.

In goes a question and the held places, out come spans of Latin letters with the codes of the places that they spell.
Every reading of a character counts (长 is chang and zhang); letters that spell no held place are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from index.find.pinyin import names_spelled, readings, spelled_ends
from index.models import Region

FEWEST_LETTERS = 4
_LATIN = re.compile(r"[A-Za-zü]+(?:['’ ]?[A-Za-zü]+)*")


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
