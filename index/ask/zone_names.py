"""Zones of a city that a question calls by less than their name.

"三明物流开发区" -> the one zone of 三明 whose name has these characters      "宿迁洋河税收" -> 洋河新区
"岳阳经开区、临港、南湖这几个区" -> each of them, of the same city
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.ask.absent import JOINTS, Named
from index.ask.atlas import Atlas
from index.ask.slips import asks_there
from index.models import Region

_ENDS = ("高新技术产业开发区", "经济技术开发区", "高新区", "经开区", "新区", "管理区", "示范区", "产业园区", "工业园区",
         "园区", "经济区", "度假区", "开发区", "区")  # fmt: skip
_LIST_END = re.compile(r"(?:这|那)?[几两三四五六七八九十\d]*个?(?:区|县|市|旗|地方|园|家)|[，。？的]|$")
_ZONE_WORD = re.compile("开发区|新区|管理区|示范区|园区|经济区|高新区|经开区|工业区|产业园|度假区|风景区|农场|牧场")
_BEFORE_ZONE = "和与跟同及、，的年在"
_LONGEST_ZONE = 12
_BARE_ZONE = 3  # 开发区, 高新区


def shortened(text: str, named: list[Named], atlas: Atlas) -> list[Named]:
    """三明|物流开发区, 高新区和|经开区: the one zone of the city whose name has these characters in this order."""
    zones = _short_zones(text, named, atlas)
    cities = {zone.start: one for zone in zones for one in named if one.end == zone.start}
    whole = [Named(cities[zone.start].start if zone.start in cities else zone.start, zone.end, zone.codes)
             for zone in zones]  # fmt: skip
    kept = [one for one in named if one not in cities.values()]
    return sorted([*kept, *whole], key=lambda match: match.start)


def _short_zones(text: str, named: list[Named], atlas: Atlas) -> list[Named]:
    cities = dict.fromkeys(code.partition("-")[0] for match in named for code in match.codes)
    zones = [atlas.regions[zone] for city in cities for zone in atlas.inside(city) if "-" in zone]
    found: list[Named] = []
    ends = {match.end for match in named}
    for end in [match.end() for match in _ZONE_WORD.finditer(text)] if zones else []:
        if any(match.start < end <= match.end for match in named):
            continue
        for start in range(max(0, end - _LONGEST_ZONE), end - 2):
            if start and start not in ends and text[start - 1] not in _BEFORE_ZONE:
                continue
            meant = tuple(zone.code for zone in zones if _in_order(text[start:end], zone.name))
            if len(meant) == 1:
                found.append(Named(start, end, meant))
                break
    return found


def _in_order(short: str, name: str) -> bool:
    """经开区 of 经济技术开发区."""
    rest = iter(name)
    return short[-1:] == name[-1:] and all(char in rest for char in short)


def without_strange(named: list[Named], atlas: Atlas) -> list[Named]:
    """潍坊市…不含|开发区: every city has one; that of another city is not meant beside a city named."""
    cities = [code for match in named for code in match.codes if "-" not in code]
    return [
        match for match in named
        if not cities or match.end - match.start > _BARE_ZONE or any("-" not in code for code in match.codes)
        or any(atlas.is_under(code, city) for code in match.codes for city in cities)
    ]  # fmt: skip


def listed(text: str, named: list[Named], atlas: Atlas) -> list[Named]:
    """经开区、|临港|、|南湖|这几个区: short names in a row of zones of one city, behind it or behind one of them."""
    found: list[Named] = []
    for match in named:
        if found and match.start < found[-1].end:
            continue
        is_zone = all("-" in code for code in match.codes)
        cities = {code.partition("-")[0] for code in match.codes}
        zones = [atlas.regions[one] for city in cities for one in atlas.inside(city) if "-" in one]
        row = _row(text, match, zones, of_city=not is_zone)
        if not is_zone and len(row) > 1:
            match, row = Named(match.start, row[0].end, row[0].codes), row[1:]
        found += [match, *(row if is_zone or len(row) > 1 or "-" in match.codes[0] else ())]
    return found


def _row(text: str, match: Named, zones: Sequence[Region], *, of_city: bool) -> list[Named]:
    row: list[Named] = []
    at = match.end
    while zones:
        joint = text[at : at + 1] in JOINTS and text[at : at + 1] != ""
        if not joint and not (of_city and not row):
            break
        one = next(_short_at(text, at + joint, zones), None)
        if one is None:
            break
        row.append(one)
        at = one.end
    return row


def _short_at(text: str, at: int, zones: Sequence[Region]) -> Iterator[Named]:
    """The one zone whose short name stands here, if the row goes on or ends behind it."""
    for short in sorted({short for zone in zones for short in _shorts(zone.name)}, key=len, reverse=True):
        end = at + len(short)
        if not text.startswith(short, at):
            continue
        meant = tuple(zone.code for zone in zones if short in _shorts(zone.name))
        ends = text[end : end + 1] in JOINTS or _LIST_END.match(text, end) or asks_there(text, end)
        if len(meant) == 1 and ends:
            yield Named(at, end, meant)


def _shorts(name: str) -> tuple[str, ...]:
    """临港 of 临港高新区, 屈原 of 屈原管理区: the name without its kind."""
    cut = (name.removesuffix(end) for end in _ENDS if name.endswith(end))
    return tuple(dict.fromkeys(short for short in cut if len(short) > 1))


def behind_city(text: str, named: list[Named], atlas: Atlas) -> list[Named]:
    """宿迁|洋河|税收: the zone 洋河新区 behind its city, where what is asked follows the short name."""
    kept = []
    for match in named:
        rest = text[match.end :]
        if rest and not asks_there(text, match.end):
            zones = [atlas.regions[zone] for code in match.codes for zone in atlas.inside(code) if "-" in zone]
            for zone in zones:
                short = next((one for one in _shorts(zone.name) if rest.startswith(one)), "")
                if short and asks_there(rest, len(short)):
                    match = Named(match.start, match.end + len(short), (zone.code,))
                    break
        kept.append(match)
    return kept
