"""The town or the zone whose own paper a document is: it is filed under neither the county nor the city around it.

湄潭县永兴镇2024年财政决算报告        -> 湄潭县, 永兴镇        淮安经济技术开发区2025年财政预算说明 -> 淮安市, 经开区
关于湄潭县2024年乡镇财政决算的报告    -> none: nothing but the county is named
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.find.places import find_places
from index.find.towns import town, town_at
from index.find.zones import find_zones
from index.models import Region

_HEAD = re.compile(r"(?:关于|公布|公开)?(?:20\d\d年度?)?")
_FIRST = 3  # sentences among which a letterhead stands
# What follows the name of whom a paper is: its own organs, a year, the books.
_ITS_OWN = re.compile(
    r"(?:人民政府|政府|办事处|管理委员会|管委会|财政(?:所|分局|局|办)?|人民代表大会|人大)?(?:主席团|工委)?(?:关于)?"
    r"(?:$|20\d\d年|第[一二三四五六七八九十]{1,4}届|财政|[总政]?预算|[总政]?决算|一般公共|地方|本级|部门|国民经济|上半年|\s|[（(：:])"
)


def inner(around: Region | None, sources: Sequence[str], texts: Sequence[str]) -> Region | None:
    """The town or zone that a source (title, file name) says the paper is of; None if it is that of the place itself.

    ``around`` is the place found so far: a town's title may leave out its county, which the text names.
    """
    heads = (text for text in texts[:_FIRST] if len(text) < 40 and not text.endswith(("。", "；")))  # no sentences
    for source in (*sources, *heads):
        found = _zone(source, around) or _town(source, around)
        if found is not None:
            return found
    return None


def _zone(source: str, around: Region | None) -> Region | None:
    for match in find_zones(source, around if around is not None and around.level != "zone" else None):
        if not _HEAD.fullmatch(source[: _outermost(source, match.start)]) or not _ITS_OWN.match(source, match.end):
            continue
        found = match.regions[0]
        if len(match.regions) == 1 and (around is None or found.parent == around.code):
            return found
    return None


def _outermost(source: str, start: int) -> int:
    """Where the places begin that lead up to a name: 江苏省|淮安市|经济开发区."""
    for place in reversed(find_places(source, title=True)):
        if place.end == start:
            start = place.start
    return start


def _town(source: str, around: Region | None) -> Region | None:
    if around is None or around.level not in ("county", "prefecture"):
        return None
    start = _HEAD.match(source).end()  # type: ignore[union-attr]
    for place in find_places(source, title=True):
        if place.start == start:
            start = place.end
    name = town_at(source, start)
    if not name or not _ITS_OWN.match(source, start + len(name)):
        return None
    return town(around, name)
