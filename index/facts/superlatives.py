"""Figures told of the one that comes first or last: 增幅最高的是甲镇，增长|14%: of that place, not of its county."""

from __future__ import annotations

import re

from index.facts.context import Topic
from index.find.gazetteer import is_within
from index.find.places import find_places
from index.find.towns import town, town_at
from index.models import Region

_FIRST = re.compile(
    r"最(?:高|大|快|多|好|低|小|慢|少|差)的(?:镇乡|乡镇|街道|地区|县区|县市区|县（市、区）|[县区镇乡])?(?:是|为|有)"
    r"(?P<who>[^，。；：、\d]{2,14})[，（(]?(?:同比)?(?:增长|下降|增幅|降幅|减少|增加|完成|达到?|为|收入|仅)*约?$"
)

_SUPERLATIVE = re.compile(
    r"(?P<what>(?:(?![中内里])[\u4e00-\u9fff]){1,4}[率度额量值数比分幅速])?最(?:高|低|大|小|多|少|快|慢)的(?:是|为|有)"
)
_SINGLED = re.compile(rf"{_SUPERLATIVE.pattern}[“《]?(?P<who>[^，。；：（）\d]{{2,30}}?)[”》]?（$")


def singled_out(before: str) -> Topic | None:
    """满意度最高的是“农村路”（97.1%），最低的是“厕所革命”（|88.6%）: what of which thing a figure in a bracket is
    of; None for any other figure.  What is compared may be named by the first of them alone."""
    match = _SINGLED.search(before)
    if match is None:
        return None
    what = match["what"] or next(
        (one["what"] for one in reversed(list(_SUPERLATIVE.finditer(before))) if one["what"]), ""
    )
    return Topic(f"{match['who']}{what}") if what else None


def first_of_all(before: str, own: Region | None) -> Region | None:
    """The place inside ``own`` that the words before a figure single out; None if they single out none."""
    match = _FIRST.search(before)
    if match is None or own is None:
        return None
    who = match["who"]
    for place in find_places(who, own.code):
        inside = [one for one in place.regions if one.code != own.code and is_within(one.code, own.code)]
        if place.start == 0 and len(inside) == 1:
            return inside[0]
    name = town_at(who, 0)
    return town(own, name) if name and own.level == "county" else None
