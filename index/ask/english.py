"""A simple question in English -> the same in our words; "" where it is more than that.

    How much did Shangdang spend on education in 2023? -> 长治市上党区2023年教育支出多少
    XIGONG DEBT -> 洛阳市西工区政府债务余额多少        how to use -> ""

Places are spelled in pinyin, with or without their kind (Xigong district); whatever is left over makes it no simple
question.  The words are in ``english.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final, cast

from index.ask.spelled import spelled_places
from index.find.pinyin import in_syllables
from index.lexicon import toml
from index.models import Region

_FILE: Final = "english.toml"
_HAN: Final = re.compile(r"[一-鿿]")
_WORD: Final = re.compile(r"[a-z]+|\d+")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_LONGEST: Final = 7  # words of a phrase
_KNOWN: Final = 2
_SPELLED: Final = 4  # letters that may be told to be no pinyin; GDP may be the name of something
_OVERVIEW: Final = "财政概况"
_TOLD: Final = ("place", "year", "item", "asked")


def is_english(text: str) -> bool:
    """how much did Shangdang spend on education; a place in pinyin is none, letters that spell nothing are."""
    if _HAN.search(text):
        return False
    spelled = [word for word in _WORD.findall(text.lower()) if word.isalpha()]
    known = sum(word in _words() for word in spelled)
    if known >= _KNOWN or 0 < len(spelled) <= 2 * known:
        return True
    plainly = not any(word.isdigit() for word in _WORD.findall(text))  # supportfund 2023 may be the name of something
    return plainly and any(len(word) >= _SPELLED and not in_syllables(word) for word in spelled)


def in_chinese(text: str, regions: Mapping[str, Region]) -> str:
    """The question in our words; "" where a word is left that is neither ours nor a held place."""
    told: dict[str, list[str]] = {name: [] for name in _TOLD}
    words = _WORD.findall(text.lower().replace("'s", " ").replace("’s", " "))
    unknown, before, at = "", "", 0
    while at < len(words):
        kind, ours, taken = _phrase(words, at)
        if not kind:
            unknown += words[at]
        elif unknown:
            told["place"].append(_place(unknown, ours if kind == "kind" else "", regions))
            unknown = ""
        same = kind == before == "item" and ours[-2:] == told["item"][-1][-2:]  # education|spending
        if kind in _TOLD and not same:
            told[kind].append(ours)
        before, at = kind, at + taken
    told["place"] += [_place(unknown, "", regions)] if unknown else []
    if told["place"] and not told["item"]:  # how much did Xigong spend
        told["item"] += [ours for ours, said in toml(_FILE)["verb"].items() if set(said) & set(words)][:1]
    return _put(told) if all(told["place"]) else ""


def _put(told: Mapping[str, list[str]]) -> str:
    """Places, years, items and what is asked of them; what is left out is that of the question before."""
    place, year, item, asked = ("和".join(dict.fromkeys(told[name])) for name in _TOLD)
    if not (place or year or item):
        return asked
    if _OVERVIEW in told["item"]:
        return f"{place}{year}{_OVERVIEW}"
    return f"{place}{year}{item}{asked or ('多少' if item else '呢')}"


def _phrase(words: list[str], at: int) -> tuple[str, str, int]:
    """The longest phrase of ours that begins here: what it is, our word for it, how many words it has."""
    if _YEAR.fullmatch(words[at]):
        return "year", f"{words[at]}年", 1
    for length in range(min(_LONGEST, len(words) - at), 0, -1):
        if found := _phrases().get(" ".join(words[at : at + length])):
            return *found, length
    return "", "", 1


def _place(letters: str, kind: str, regions: Mapping[str, Region]) -> str:
    """The one held place that letters spell, of this kind if any is named; a city may stand before it."""
    *around, last = spelled_places(letters, regions) or [(0, 0, ())]
    codes = [code for code in last[2] if regions[code].name.endswith(kind)]
    if len(codes) != 1 or len(around) > 1:
        return ""
    place = regions[codes[0]].full_name
    return place if all(any(regions[code].name in place for code in one[2]) for one in around) else ""


@cache
def _phrases() -> Mapping[str, tuple[str, str]]:
    table = toml(_FILE)
    found = dict.fromkeys(cast(list[str], table["empty"]["words"]), ("empty", ""))
    for kind in ("kind", "year", "asked", "item"):
        found.update({phrase: (kind, ours) for ours, phrases in table[kind].items() for phrase in phrases})
    return found


@cache
def _words() -> frozenset[str]:
    """Words of English that no place and no item is spelled with."""
    phrases = (*_phrases(), *cast(list[str], toml(_FILE)["empty"]["english"]))
    return frozenset(word for phrase in phrases for word in phrase.split() if len(word) > 1)
