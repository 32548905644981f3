"""Names of divisions in a text: 山西省长治市上党区2023年 -> one match (0, 9) with the region 140404.

In goes any text, out come its places with offsets, left to right, longest first, without overlaps.  A name that
several divisions bear (鼓楼区) keeps them all.  Shorts (上党) and former names (屯留县) count too, unless they are
ordinary words (解放思想, 安定团结) or lie across two words (推广|安全 holds no 广安): see ``place_words.toml``.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache

from index.find.gazetteer import ancestors, children, is_within, read_rows, region, regions, short_name
from index.find.phrases import pairs
from index.find.towns import is_town_behind, town_at
from index.models import Region
from index.paths import lexicon_dir

__all__ = [
    "PlaceMatch", "ancestors", "children", "find_places", "is_within", "near_place", "region", "regions", "short_name",
]  # fmt: skip

# What must not follow a name that ends with the key: 上城区域 names no 区, 平湖市场 no 市.
_NOT_AFTER = {"区": "域划块位", "市": "场值", "旗": "舰下"}
# 和县区, 下达县级: after a two-character name these make 县 the beginning of another word.
_NOT_AFTER_COUNTY = "区市级域长乡镇直（("
# 松岭|县, 白河|旗: a short with the form word of another kind of place is another place's name; 甲市区县, 乙县市 go on
# with a list of kinds.  Towns: ``_is_town``.
_OTHER_FORM = re.compile(
    r"(?:县(?![区市级域乡镇直（(、])|旗(?![县级帜舰])|市(?![县区级直场值辖本属、])|区(?![县市域划级属块位间、]))(?=[\u4e00-\u9fff\d])"
)
# 金沙江, 周口大道: after a short these make a river or a road of it.
_LANDMARK = "江河湖湾岛洋路街"
_LANDMARKS = ("大道", "大街", "水库", "东路", "西路", "南路", "北路", "中路")
_FORMS = "省市区县旗州盟"  # what full names end with, former ones too
_GAPS = ("", " ", "　")
_TITLE_EDGES = "年月日在于"
_AUTONOMOUS = ("自治县", "自治州", "自治旗")
_RANK = {"province": 0, "prefecture": 1, "county": 2, "zone": 3, "": 4}


@dataclass(frozen=True, slots=True)
class PlaceMatch:
    """``text[start:end]`` names one of ``regions``, by a full and current name if ``exact``."""

    start: int
    end: int
    text: str
    regions: tuple[Region, ...]
    exact: bool


@dataclass(slots=True)
class _Name:
    """A way to write regions.  ``chained``: only after the region around; ``guarded``: not across two words."""

    text: str
    codes: tuple[str, ...]
    exact: bool
    chained: bool
    guarded: bool


@dataclass(frozen=True, slots=True)
class _Edges:
    """What may stand beside a two-character name."""

    open: frozenset[str]
    before: dict[str, str]
    after: dict[str, str]


def find_places(text: str, within: str | None = None, *, title: bool = False) -> list[PlaceMatch]:
    """The places of a text.  ``within`` (a code) narrows homonyms to those inside or around that region, if any is.

    ``title``: the text is a title, a salutation or a signature, where 成县|2025年 and 城区|财政局 are places, too.
    """
    found: list[PlaceMatch] = []
    index, free = _names(), 0
    for position in [at for at, pair in enumerate(pairs(text)) if pair in index]:
        if position < free:
            continue
        match = _match_at(text, position, index[text[position : position + 2]], found, within, title)
        if match:
            free = match.end
            if found and match.start <= found[-1].start:
                found.pop()
            found.append(match)
    return [_narrowed(match, within) for match in found]


def _match_at(
    text: str, start: int, names: tuple[_Name, ...], found: list[PlaceMatch], within: str | None, title: bool
) -> PlaceMatch | None:
    """The longest name at an offset, joined to the match before if it lies inside that region."""
    before = found[-1] if found and text[found[-1].end : start] in _GAPS else None
    for name in names:
        if not text.startswith(name.text, start) or not _ends_well(text, start, name):
            continue
        if not name.exact and _is_town(text, start + len(name.text)):
            continue  # 永兴|镇 is a town, wherever 永兴县 lies
        joined = before and _joined(text, before, start, name)
        if joined:
            return joined
        if name.chained and not _stands_alone(text, start, name, within, title):
            continue
        if name.guarded and before is None and _across_words(text, start, name.text):
            continue
        if not name.exact and name.text[-1] not in _FORMS and _OTHER_FORM.match(text, start + len(name.text)):
            continue
        end = start + len(name.text)
        if (
            len(name.text) == 2
            and not name.exact
            and _fuller_next(text, start + 1)
            and not _inside_next(text, end, name)
        ):
            continue
        if name.text[-1] == "市" and _inside_next(text, end - 1, name):
            end -= 1  # 济南|市中区
        return PlaceMatch(start, end, text[start:end], tuple(regions()[code] for code in name.codes), name.exact)
    return None


def _is_town(text: str, at: int) -> bool:
    """Does 镇, 乡 or 街道 follow a short name, and not another place (天津|镇海)?"""
    return is_town_behind(text, at) and not any(
        text.startswith(name.text, at) for name in _names().get(text[at : at + 2], ())
    )


def _inside_next(text: str, at: int, name: _Name) -> bool:
    """信阳|新县, not 信|阳新县: a full name that begins here is that of a division of the place before."""
    return any(
        inner.exact
        and text.startswith(inner.text, at)
        and any(is_within(i, o) and i != o for i in inner.codes for o in name.codes)
        for inner in _names().get(text[at : at + 2], ())
    )


def _stands_alone(text: str, start: int, name: _Name, within: str | None, title: bool) -> bool:
    """成县 and 城区 are words as well: they are places in their own papers, and in those of their city and in titles
    where nothing but the name of a year, of a body or of an account can make one word with them."""
    if within in name.codes:
        return text[start - 1 : start] not in _edges().before.get(name.text[0], "")
    inside = bool(within) and any(is_within(code, within or "") for code in name.codes)
    left, end = text[:start][-1:], start + len(name.text)
    if not (title or inside) or (_is_han(left) and left not in _TITLE_EDGES):
        return False
    if title and town_at(text, end):
        return True  # 成县|城关镇人民政府
    told = _behind_title().match(text, end) or (inside and _behind_inside().match(text, end))
    return end == len(text) or bool(told) or (inside and not _is_han(text[end]))


@cache
def _behind_title() -> re.Pattern[str]:
    """What follows the name of a place in a title: a year, a session, or one of the words that data lists."""
    words = _words()["behind_title"]
    assert isinstance(words, list)
    return re.compile(rf"[（(：:，]|\s|20\d\d|第[一二三四五六七八九十]{{1,4}}届|{'|'.join(words)}")


@cache
def _behind_inside() -> re.Pattern[str]:
    """What the paper of a city tells of its districts, right behind their names."""
    words = _words()["behind_inside"]
    assert isinstance(words, list)
    return re.compile("|".join(words))


def _fuller_next(text: str, start: int) -> bool:
    """核定|西工区: a short name whose second character begins a full name is none."""
    return any(
        name.exact and len(name.text) > 2 and text.startswith(name.text, start)
        for name in _names().get(text[start : start + 2], ())
    )


def _ends_well(text: str, start: int, name: _Name) -> bool:
    following = text[start + len(name.text) : start + len(name.text) + 1]
    if not following:
        return True
    if len(name.text) == 2 and name.text[-1] == "县" and following in _NOT_AFTER_COUNTY:
        return False
    return following not in _NOT_AFTER.get(name.text[-1], "")


def _joined(text: str, before: PlaceMatch, start: int, name: _Name) -> PlaceMatch | None:
    around = [over.code for over in before.regions]
    inside = [code for code in name.codes if any(code != over and is_within(code, over) for over in around)]
    if not inside:
        return None
    end = start + len(name.text)
    known = tuple(regions()[code] for code in inside)
    return PlaceMatch(before.start, end, text[before.start : end], known, name.exact)


def _across_words(text: str, start: int, name: str) -> bool:
    """Whether the characters beside a name make words with its ends; of a longer name only the one before counts."""
    edges = _edges()
    left = text[start - 1 : start]
    if left and left in edges.before.get(name[0], ""):
        return True
    if len(name) > 2:
        return False
    following = text[start + 2 : start + 4]
    if following in _LANDMARKS or (following[:1] in _LANDMARK and following and following not in _names()):
        return name[1] != "县"
    if not left or left in edges.open or not _is_han(left):
        return False
    if following[:1] == "全" and following[1:] in ("省", "市", "县", "区", "州"):
        return False
    return bool(following) and following[0] in edges.after.get(name[1], "")


def _is_han(char: str) -> bool:
    return "一" <= char <= "鿿"


def _narrowed(match: PlaceMatch, within: str | None) -> PlaceMatch:
    kept = match.regions
    if within and len(kept) > 1:
        kept = tuple(r for r in kept if is_within(r.code, within) or is_within(within, r.code)) or kept
    # 河南 is the province, not the 河南县 of 黄南州, unless that is where we are.
    if len(kept) > 1 and kept[0].level == "province":
        kept = kept[:1]
    # 岳阳 is the city, not the 岳阳县 inside it.
    if len(kept) > 1 and within not in {r.code for r in kept}:
        kept = tuple(r for r in kept if not any(o.code != r.code and is_within(r.code, o.code) for o in kept))
    if kept == match.regions:
        return match
    return PlaceMatch(match.start, match.end, match.text, kept, match.exact)


@cache
def _words() -> dict[str, object]:
    return tomllib.loads((lexicon_dir() / "place_words.toml").read_text(encoding="utf-8"))


@cache
def _edges() -> _Edges:
    words = _words()
    before, after = words["before"], words["after"]
    assert isinstance(before, dict) and isinstance(after, dict)
    return _Edges(frozenset(str(words["edges"])), before, after)


@cache
def _names() -> dict[str, tuple[_Name, ...]]:
    """First two characters -> the names that begin with them, longest first."""
    names: dict[str, _Name] = {}
    lists: dict[str, list[_Name]] = {}
    landscapes = _words()["landscapes"]
    assert isinstance(landscapes, list)
    for text, code, exact in _spellings():
        name = names.get(text)
        if name is None:
            names[text] = name = _Name(text, (), exact, False, len(text) == 2 or text[1:] in landscapes)
            lists.setdefault(text[:2], []).append(name)
        if code not in name.codes:
            name.codes += (code,)
            name.exact = name.exact or exact
    after_parent = _words()["after_parent"]
    assert isinstance(after_parent, list)
    for text in after_parent:
        names[text].chained = True
    for name in names.values():
        if len(name.codes) > 1:
            name.codes = tuple(sorted(name.codes, key=lambda code: (_RANK[regions()[code].level], code)))
    return {head: tuple(sorted(group, key=lambda name: -len(name.text))) for head, group in lists.items()}


def _spellings() -> list[tuple[str, str, bool]]:
    """Every (spelling, code, whether it is the full current name)."""
    ordinary = _words()["ordinary"]
    assert isinstance(ordinary, list)
    stops = set(ordinary)
    found = []
    for row in read_rows(lexicon_dir() / "regions.csv"):
        found.append((row["name"], row["code"], True))
        if row["short"] != row["name"] and (row["short"] not in stops or row["level"] != "county"):
            found.append((row["short"], row["code"], False))
        if row["name"].endswith(_AUTONOMOUS):  # 耿马自治县: without the names of its peoples
            found.append((row["short"] + row["name"][-3:], row["code"], False))
        found.extend((alias, row["code"], False) for alias in row["aliases"].split())
    for row in read_rows(lexicon_dir() / "renames.csv"):
        found.append((row["old"], row["new_code"], False))
    return found


def _is_part(match: PlaceMatch, text: str) -> bool:
    """玉|西市, 宝山|市: a short of two characters inside what looks like a longer name."""
    before = match.start > 0 and "\u4e00" <= text[match.start - 1] <= "\u9fff"
    return match.end - match.start == 2 and (before or text[match.end : match.end + 1] == "市")


def near_place(
    text: str, within: str | None = None, among: frozenset[str] | set[str] | tuple[str, ...] | list[str] | None = None
) -> list[tuple[Region, float]]:
    """Regions that the text names with one or two characters wrong, best first, with a likeness of 0 to 1.

    ``among`` (codes, zones too) limits the answer to those, and only then two-character shorts are tried; ``within``
    limits it to regions inside or around a code.  A place written right is not looked at again.
    """
    from index.find.misspelt import near_names

    codes = set(among) if among is not None else None
    covered = [(match.start, match.end) for match in find_places(text) if codes is None or not _is_part(match, text)]
    likeness = near_names(text, covered, codes)
    found = [
        (near, score)
        for code, score in likeness.items()
        if (near := region(code)) and (not within or is_within(code, within) or is_within(within, code))
    ]
    return sorted(found, key=lambda pair: (-pair[1], _RANK[pair[0].level], pair[0].code))
