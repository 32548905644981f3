"""How characters sound, without tones: 长 -> chang, zhang; and which sounds are easily taken for one another.

The readings come from pypinyin.  It takes long to import, so what is known of it beforehand is read from its table and
kept; it is imported for other words alone.  Near sounds are those that dialects and voice input mix up: 资/知, 四/是,
能/棱, 飞/灰, 金/京.
"""

from __future__ import annotations

import json
import re
import unicodedata
import zlib
from collections.abc import Collection, Mapping
from functools import cache, lru_cache

from index.kept import file_of_library, kept_lines

_TONES = re.compile("[\u0300\u0301\u0304\u030c]")
LEVEL_WORD = re.compile(r"(?:自治区|自治州|自治县|地区|[省市县区旗盟州])$")
# What is mixed up -> what both are written as.  fu/hu, fei/hui: before u the h is what others say as f.
_NEAR = (
    (re.compile(r"^([zcs])h"), r"\1"), (re.compile(r"^l"), "n"), (re.compile(r"^hu(?=.)"), "f"),
    (re.compile(r"^hong$"), "feng"), (re.compile(r"^hu$"), "fu"), (re.compile(r"(?<=[aei])ng$"), "n"),
)  # fmt: skip
_LONGEST = 6  # letters of a syllable: zhuang
_known: dict[str, tuple[str, ...]] = {}  # words with their readings


@cache
def readings(char: str) -> tuple[str, ...]:
    """The readings of a character: 长 -> chang, zhang; ü is v, and u as it is often typed."""
    spelled = readings_of_table(char)
    return tuple(dict.fromkeys([*spelled, *(one.replace("v", "u") for one in spelled)]))


def readings_of_table(char: str) -> tuple[str, ...]:
    """The readings of a character as the table has them: ü is v."""
    bare = _bare(_table().get(str(ord(char)), "") if len(char) == 1 else "")
    return tuple(dict.fromkeys(reading for reading in bare.split(",") if reading))


def _bare(toned: str) -> str:
    """zhǎng,lǜ -> zhang,lv."""
    decomposed = unicodedata.normalize("NFD", toned)
    return unicodedata.normalize("NFC", _TONES.sub("", decomposed).replace("u\u0308", "v"))


@cache
def _table() -> Mapping[str, str]:
    """The table of the library, read without importing it, which takes ten times as long: 38271 -> zhǎng,cháng."""
    file = file_of_library("pypinyin", "pinyin_dict.json")
    found: dict[str, str] = json.loads(file.read_bytes()) if file else {}
    return found


def in_syllables(letters: str) -> bool:
    """Whether letters may be pinyin: zhichu, and not lunch; True where the table is not there."""
    known = _syllables()
    ends = {0}
    for at in range(len(letters)):
        if at in ends:
            ends |= {stop for stop in range(at + 1, min(len(letters), at + _LONGEST) + 1) if letters[at:stop] in known}
    return len(letters) in ends or not known


@cache
def _syllables() -> frozenset[str]:
    """All readings with a vowel in them."""
    toned = ",".join(_table().values()).split(",")
    found = {_bare(one) for one in dict.fromkeys(toned)}
    found |= {one.replace("v", "u") for one in found}
    return frozenset(one for one in found if any(char in "aeiouv" for char in one))


def spelled_words(words: Collection[str]) -> Mapping[str, str]:
    """What each of many words reads: 增长 -> zengzhang.  ``readings_in`` knows them from then on."""
    file = file_of_library("pypinyin", "phrases_dict.json")
    edition = str(zlib.crc32(file.read_bytes())) if file else ""
    some = sorted(words)
    lines = kept_lines("readings", [edition, *some], lambda: [" ".join(readings_in(word)) for word in some])
    _known.update((word, tuple(line.split(" "))) for word, line in zip(some, lines, strict=True))
    return {word: "".join(_known[word]) for word in words}


def readings_in(word: str) -> tuple[str, ...]:
    """The reading of each character of a word: 增长 -> zeng, zhang."""
    return _known.get(word) or _read(word)


@lru_cache(maxsize=4096)
def _read(word: str) -> tuple[str, ...]:
    from pypinyin import lazy_pinyin

    return tuple(reading.replace("ü", "v") for reading in lazy_pinyin(word, v_to_u=True))


def reading_in(word: str, at: int) -> str:
    """The reading of a character in a word: 长 in 增长 is zhang."""
    return readings_in(word)[at]


@cache
def near_reading(reading: str) -> str:
    """A reading with what is mixed up written alike: shi -> si, jing -> jin."""
    for pattern, alike in _NEAR:
        reading = pattern.sub(alike, reading)
    return reading


def same_sound(one: str, other: str) -> bool:
    """宝山 and 保山: as many characters, each pair with a reading in common."""
    return len(one) == len(other) and all(
        a == b or not set(readings(a)).isdisjoint(readings(b)) for a, b in zip(one, other, strict=True)
    )


def spelled_ends(letters: str, at: int, name: str) -> set[int]:
    """Where the spelling of a name that begins at ``at`` may end in ``letters``; empty if it is not spelled there."""
    ends = {at}
    for char in name:
        known = readings(char)
        ends = {end + len(reading) for end in ends for reading in known if letters.startswith(reading, end)}
        if not ends:
            break
    return ends


def names_spelled(name: str) -> set[str]:
    """A place's name with and without its level: 长治市, 长治."""
    return {one for one in (name, LEVEL_WORD.sub("", name)) if len(one) > 1}
