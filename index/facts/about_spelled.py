"""The region of a document that names none: the one place its file name spells in pinyin.

nanchang_2025_revenue.pdf -> 南昌市 (南昌县 is below it)      suzhou.pdf -> nothing: 苏州 or 宿州
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from index.find.gazetteer import is_within, regions, short_name
from index.find.pinyin import names_spelled, spelled_ends
from index.find.places import find_places
from index.models import Region

_LEVELS = ("province", "prefecture", "county")
_WORDS = re.compile(r"[a-z]+")
_FEWEST_LETTERS = 4


def region_spelled(stem: str, texts: Sequence[str], level: str | None) -> Region | None:
    """The region a file name (without ending) spells; None if it spells none, several, or not the one the text names.

    ``level`` is the one the text speaks of (全市: prefecture), None if it does not.
    """
    found: list[Region] = []
    for word in _WORDS.findall(stem.lower()):
        spelled = [r for r, names in _names() if _spells(word, names)] if len(word) >= _FEWEST_LETTERS else []
        inside = [r for r in spelled if any(is_within(r.code, outer.code) for outer in found)]
        if spelled and found and not inside:
            return None
        found = _widest(inside or spelled) or found
    if len(found) != 1 or (level is not None and found[0].level != level):
        return None
    named = {r.code for text in texts for place in find_places(text) for r in place.regions if len(place.regions) == 1}
    own = found[0]
    return own if all(is_within(code, own.code) or is_within(own.code, code) for code in named) else None


@cache
def _names() -> tuple[tuple[Region, frozenset[str]], ...]:
    """Every region with the names a file name may spell."""
    return tuple(
        (region, frozenset(names_spelled(region.name) | names_spelled(short_name(region.code))))
        for region in regions().values()
    )


def _spells(word: str, names: frozenset[str]) -> bool:
    return any(len(word) in spelled_ends(word, 0, name) for name in names)


def _widest(spelled: Sequence[Region]) -> list[Region]:
    """Those of the highest level among the places spelled alike."""
    return next((here for level in _LEVELS if (here := [r for r in spelled if r.level == level])), [])
