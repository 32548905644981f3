"""Whose figures a row or a column of a table holds: a place, the whole territory, the own level, the levels below.

全市 -> the report's region, whole      市本级 -> own      区县合计 -> lower      上思县 -> 上思县, whole
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from index.facts.levels import is_own_level
from index.find.gazetteer import children, short_name
from index.find.gazetteer import region as region_by_code
from index.find.places import find_places
from index.find.zones import find_zones
from index.lexicon import cues, toml
from index.models import Region, Scope, Subject

_BLANKS = re.compile(r"\s")
_LED = re.compile(r"^其中[：:]?")
# 市级（含高新区）
_WIDE = re.compile(
    "(?P<level>[省市县区州旗盟]本?级|本级)（(?:包?含|含?包括)[^（）]{0,6}(?:高新|开发|经开|功能|园|新)区[^（）]{0,4}）$"
)
_LEVEL = re.compile(r"[省市县区州旗盟]?[本市省区县州]级$|全[省市县区州旗]$")
_SUM = re.compile(r"(?:级)?(?:合计|小计|总计)$")


@dataclass(frozen=True, slots=True)
class Holder:
    """``scope`` "" leaves it to the table; ``itself`` says that the name is the region's own and no more."""

    region: Region
    scope: Scope
    words: str
    itself: bool = False


class Holders:
    """Reads names of rows and columns; tables say the same ones again and again."""

    def __init__(self, about: Subject) -> None:
        self._own = about.region
        self._known: dict[str, Holder | None] = {}

    def called(self, name: str) -> Holder | None:
        """The holder a row or column is called after; None if it is something else."""
        if name not in self._known:
            self._known[name] = self._called(_LED.sub("", _BLANKS.sub("", name)))
        return self._known[name]

    def among(self, parts: Iterable[str]) -> Holder | None:
        """The holder the heads over a column name, the lowest first."""
        return next((found for part in reversed(tuple(parts)) if (found := self.called(part)) is not None), None)

    def is_child(self, holder: Holder | None) -> bool:
        """Is it a place below the report's own?"""
        return holder is not None and self._own is not None and holder.region.parent == self._own.code

    def _called(self, name: str) -> Holder | None:
        own = self._own
        if own is None or not name:
            return self._named(name, None) if name else None
        if own.level in ("province", "prefecture") and name in _levels_below():
            return Holder(own, "lower", name)
        if own.level != "zone":
            short = short_name(own.code)
            for called in (own.full_name, own.name, f"{short}{own.name[-1]}" if short else "", short):
                if not called or not name.startswith(called):
                    continue
                rest = name.removeprefix(called)
                if not rest or rest in ("合计", "总计"):
                    return Holder(own, "", "", itself=True)
                if rest in (*cues("scope", "own"), *toml("tables.toml")["scope"]["own"]):
                    return Holder(own, "own", rest)
                if rest in _levels_below() and own.level in ("province", "prefecture"):
                    return Holder(own, "lower", rest)  # 青州市|下级合计
        if (wide := _WIDE.match(name)) and wide["level"] in cues("scope", "own") and is_own_level(wide["level"], own):
            return Holder(own, "own_wide", name)
        # the table of a county lists its neighbours
        parent = (region_by_code(own.parent) if own.level == "county" else own) or own
        for scope in ("own", "whole"):
            if name in cues("scope", scope) and (is_own_level(name, own) or own.level == "county"):
                return Holder(own if is_own_level(name, own) else parent, scope, name)
            if name in toml("tables.toml")["scope"][scope]:
                return Holder(own, scope, name)
        return self._named(name, parent)

    def _named(self, name: str, parent: Region | None) -> Holder | None:
        """A division or a zone, whole or (郴州市本级) its own level."""
        if (base := name.removesuffix("本级")) != name and len(base) > 1 and (place := self._named(base, parent)):
            return replace(place, scope="own", words="本级", itself=False)
        if parent and (child := _children_by_name(parent.code).get(name)):
            return self._other(child)
        for match in find_places(name, parent.code if parent else None):
            if match.start == 0 and match.end == len(name) and len(match.regions) == 1:
                return self._other(match.regions[0])
        zones = find_zones(name, parent) if parent else []
        if len(zones) == 1 and zones[0].start == 0 and zones[0].end == len(name):
            return self._other(zones[0].regions[0])
        return None

    def _other(self, region: Region) -> Holder:
        itself = self._own is not None and region.code == self._own.code
        return Holder(region, "whole" if region.level in ("county", "prefecture") and not itself else "", "", itself)


@lru_cache(maxsize=256)
def level_named(cell: str) -> str:
    """The level a row's first cell ends with (市本级, 全县), or ""."""
    level = _LEVEL.search(_BLANKS.sub("", cell))
    return level[0] if level else ""


@lru_cache(maxsize=64)
def _children_by_name(code: str) -> dict[str, Region]:
    """The divisions under a code by name and short name; of namesakes the first."""
    named: dict[str, Region] = {}
    for child in children(code):
        named.setdefault(child.name, child)
        short = short_name(child.code)
        named.setdefault(short, child)
        for kind in ("自治州", "自治县", "自治旗"):  # 湘西自治州, 湘西州
            if child.name.endswith(kind) and short:
                named.setdefault(short + kind, child)
                named.setdefault(short + kind[-1], child)
    return named


@cache
def _levels_below() -> frozenset[str]:
    """区县合计, 所属县市区合计, 县（市、区）小计."""
    words = {_BLANKS.sub("", word) for word in (*cues("scope", "lower"), *toml("tables.toml")["scope"]["lower"])}
    ends = ("", "级", "合计", "小计", "级合计", "级小计")
    return frozenset(lead + word + end for word in words for lead in ("", "所属", "各") for end in ends)
