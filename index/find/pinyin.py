"""Names of places as they are spelled in pinyin, without tones: 长治 -> changzhi, zhangzhi.

Every reading of a character counts; ``data/lexicon/pinyin.toml`` holds them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from index.lexicon import toml

LEVEL_WORD = re.compile(r"(?:自治区|自治州|自治县|地区|[省市县区旗盟州])$")


def spelled_ends(letters: str, at: int, name: str) -> set[int]:
    """Where the spelling of a name that begins at ``at`` may end in ``letters``; empty if it is not spelled there."""
    ends = {at}
    for char in name:
        known = readings().get(char, ())
        ends = {end + len(reading) for end in ends for reading in known if letters.startswith(reading, end)}
        if not ends:
            break
    return ends


def names_spelled(name: str) -> set[str]:
    """A place's name with and without its level: 长治市, 长治."""
    return {one for one in (name, LEVEL_WORD.sub("", name)) if len(one) > 1}


@cache
def readings() -> Mapping[str, tuple[str, ...]]:
    """Character -> its readings."""
    found: dict[str, list[str]] = {}
    for reading, chars in toml("pinyin.toml").items():
        for char in chars:
            found.setdefault(char, []).append(reading)
            if "v" in reading:  # ü is often typed as u
                found[char].append(reading.replace("v", "u"))
    return {char: tuple(known) for char, known in found.items()}
