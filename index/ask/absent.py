"""Places a question names that the index does not hold: they are said by name, never taken for a neighbour.

"岳阳县教育支出" where only 岳阳市 is held -> 岳阳县        "武汉和南昌" where only 武汉 is -> 南昌, said beside 武汉
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.ask.atlas import Atlas
from index.ask.slips import asks_there
from index.ask.vocabulary import pattern_in
from index.find.gazetteer import region as known_region
from index.find.places import PlaceMatch, find_places, is_within
from index.find.towns import is_town_behind, town_at
from index.models import Region

_TOWN_LENGTHS = range(2, 7)
Span = tuple[int, int]

# What stands between two places that are both meant.
JOINTS = "和与跟同及、"
PARTED = re.compile(rf"[{JOINTS}，；]|对比|相比|比较|还是|各")
# A region to read zones under where the question names none.
UNDER = Region("000000", "某市", "某市", "prefecture")


@dataclass(frozen=True, slots=True)
class Named:
    """A name in the question, and the codes of the held places that bear it."""

    start: int
    end: int
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Where:
    """Codes named, codes to choose from, the name of a place not held, spans used, notes for the reader, and the names
    of those set beside a held one that are not held."""

    codes: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    unknown: str = ""
    spans: tuple[Span, ...] = ()
    notes: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()


def longer_name(text: str, named: Sequence[Named], atlas: Atlas) -> tuple[int, int, str] | None:
    """岳阳县 where only 岳阳市 is held: the short name is the beginning of another place's name."""
    for match in named:
        if text[match.end : match.end + 1] not in tuple("县区市旗州盟"):
            continue
        for place in find_places(text):
            longer = place.start <= match.start and place.end > match.end and place.exact
            if longer and not any(region.code in atlas.regions for region in place.regions):
                return place.start, place.end, place.text
    return None


def strange_part(text: str, named: Sequence[Named], atlas: Atlas) -> tuple[int, int, str] | None:
    """临汾|尧都区 where only the city is held: the district behind it is what is asked about."""
    last = named[-1] if named else None
    if last is None:
        return None
    for place in find_places(text):
        longer = place.start <= last.start and place.end >= last.end and place.end - place.start > last.end - last.start
        gap = text[last.end : place.start]
        follows = longer or (0 <= place.start - last.end <= 1 and not PARTED.search(gap))
        told = _is_told(text, place)  # 岳阳|湘阴|税收, but 北京|大兴|航站楼
        if follows and told and not any(region.code in atlas.regions for region in place.regions):
            return last.start, place.end, place.text
    return None


def _is_told(text: str, place: PlaceMatch) -> bool:
    """Whether a name asks for the place, and is not that of a thing in it (洱源|地震)."""
    if place.exact:
        return True
    return asks_there(text, place.end) and not pattern_in("place", "called").match(text, place.end)


def strange_town(text: str, named: Sequence[Named], atlas: Atlas) -> tuple[int, int, str] | None:
    """湄潭县|兴隆镇, 永兴|镇 where only 永兴县 is held: a town without a paper is not the county, nor its namesake."""
    for match in named:
        if all("-" in code for code in match.codes):
            continue
        place_behind = any(place.start == match.end for place in find_places(text))  # 云县|镇康
        short = text[match.end - 1] not in "省市县区旗州盟" and not place_behind
        if short and is_town_behind(text, match.end) and len(town := town_at(text, match.start)) in _TOWN_LENGTHS:
            return match.start, match.start + len(town), town
        town = "" if place_behind or any(match.end < one.end for one in named) else town_at(text, match.end)
        if town:
            return match.start, match.end + len(town), text[match.start : match.end] + town
    return None


def strange_zone(text: str, named: Sequence[Named], atlas: Atlas) -> tuple[int, int, str] | None:
    """安康高新区, 盐南高新区 where no such zone is held: not the city, and not another city's 高新区."""
    from index.find.zones import find_zones

    under = next((_city(code, atlas) for match in named for code in match.codes if code), None) or UNDER
    for zone in find_zones(_parted(text, named).replace("\x00", "0"), under=under):
        edge = zone.start == 0 or not "\u4e00" <= text[zone.start - 1] <= "\u9fff" or text[zone.start - 1] in "的年在"
        held = any(region.code in atlas.regions for region in zone.regions)
        whole = any(match.start <= zone.start and match.end >= zone.end for match in named)
        named_by = any(match.start == zone.start for match in named)
        if named and not named_by and zone.text.endswith("园区"):
            continue  # 洛川2024年|冷链园区|用了多少专项债: what is built there
        if (named_by or edge) and not held and not whole:
            return zone.start, zone.end, zone.text
    return None


def _city(code: str, atlas: Atlas) -> Region:
    """The city that zones are of: that of a zone is the one around it."""
    own = atlas.regions[code]
    return (atlas.regions.get(own.parent) or known_region(own.parent) or own) if own.level == "zone" else own


def _parted(text: str, named: Sequence[Named]) -> str:
    """经开区|跟|湖滨新区: what joins a place that is held to another is no part of the name of either."""
    for match in named:
        if len(joint := text[match.end : match.end + 1]) == 1 and PARTED.fullmatch(joint):
            text = f"{text[: match.end]}，{text[match.end + 1 :]}"
    return text


def strange_inside(text: str, named: Sequence[Named], atlas: Atlas) -> tuple[int, int, str] | None:
    """浦东新区 … 上海的报告: a part of a held place that is not held itself, wherever the two stand.

    Two places set beside each other are both meant: of those ``absent`` tells.
    """
    over = {code for match in named for code in match.codes if code}
    for place in find_places(text):
        if any(match.start < place.end and place.start < match.end for match in named):
            continue
        if not _is_told(text, place):
            continue
        inside = all(any(is_within(region.code, code) for code in over) for region in place.regions)
        held = any(region.code in atlas.regions for region in place.regions)
        if inside and not held and not _beside(text, place, named):
            return place.start, place.end, place.text
    return None


def _beside(text: str, place: PlaceMatch, named: Sequence[Named]) -> bool:
    """Whether 和, 与 and the like stand between a place and one that is held."""
    return any(
        PARTED.fullmatch(text[one.end : place.start]) or PARTED.fullmatch(text[place.end : one.start]) for one in named
    )


def absent(text: str, named: Sequence[Named], atlas: Atlas, taken: Sequence[Span]) -> list[tuple[int, int, str]]:
    """武汉和|南昌, where only 武汉 is held: the other place of the pair, to be said so."""
    found = []
    for place in find_places(text):
        span = (place.start, place.end)
        if overlaps(span, [*taken, *((one.start, one.end) for one in named)]):
            continue
        if _beside(text, place, named) and not any(region.code in atlas.regions for region in place.regions):
            found.append((*span, place.regions[0].name if len(place.regions) == 1 else place.text))
    return found


def overlaps(span: Span, taken: Sequence[Span]) -> bool:
    """Whether a span shares a character with any of the others."""
    return any(span[0] < end and start < span[1] for start, end in taken)
