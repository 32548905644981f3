"""Places written in pinyin: shangdang -> 上党区, changzhishi shangdangqu -> both.

In goes a question and the held places, out come spans of Latin letters with the codes of the places that they spell.
Every reading of a character counts (长 is chang and zhang); letters that spell no held place are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from index.lexicon import toml
from index.models import Region

FEWEST_LETTERS = 4
_LATIN = re.compile(r"[A-Za-zü]+(?:['’ ]?[A-Za-zü]+)*")
_SUFFIX = re.compile(r"(?:自治区|自治州|自治县|地区|[省市县区旗盟州])$")


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


def sounds_alike(one: str, other: str) -> bool:
    """宝山 and 保山: as many characters, each pair with a reading in common (tones apart)."""
    known = _readings()
    return len(one) == len(other) and all(
        a == b or set(known.get(a, ())) & set(known.get(b, ())) for a, b in zip(one, other, strict=True)
    )


def _longest(letters: str, at: int, regions: Mapping[str, Region]) -> tuple[int, tuple[str, ...]]:
    best, codes = at, dict[str, None]()
    begins = {char for char, known in _readings().items() if any(letters.startswith(one, at) for one in known)}
    for region in regions.values():
        if not region.code or region.name[0] not in begins:
            continue
        for name in {region.name, _SUFFIX.sub("", region.name)}:
            end = max(_ends(letters, at, name), default=at) if len(name) > 1 else at
            if end > best:
                best, codes = end, {region.code: None}
            elif end == best > at:
                codes[region.code] = None
    return best, tuple(codes)


def _ends(letters: str, at: int, name: str) -> set[int]:
    """Where the spelling of a name may end."""
    ends = {at}
    for char in name:
        known = _readings().get(char, ())
        ends = {end + len(reading) for end in ends for reading in known if letters.startswith(reading, end)}
    return ends


@cache
def _readings() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for reading, chars in toml("pinyin.toml").items():
        for char in chars:
            found.setdefault(char, []).append(reading)
            if "v" in reading:  # ü is often typed as u
                found[char].append(reading.replace("v", "u"))
    return {char: tuple(readings) for char, readings in found.items()}
