"""Whose level a scope word names in a report: its own, one below, one above.

全区 in the report of a district is the whole of it, 县级 in that of a city a level below, 全市 in that of a district a
level above.
"""

from __future__ import annotations

import re

from index.facts.marks import ScopeMatch
from index.models import Region, Scope

_LEVELS = "省市区县州旗盟"
_OF_TOWNS = ("镇", "乡", "街道", "苏木")
_BELOW_COUNTIES = ("镇", "乡", "街", "园区", "开发区", "功能区")
_NEUTRAL = ("本级", "全域")
_PAID_UP = re.compile(
    r"(?:的?(?:一般性|专项|均衡性)?(?:转移支付|税收返还)(?!收入))|（?[^（），。；]{0,4}）?(?:级)?(?:财政)?(?:专项)?上[解缴]"
)
_OF_BOTH = re.compile(r"(?:[省市州盟]级?|自治区)[、和与及]$")
_GIVEN_TO = re.compile(r"(?:对|给|向|补助|转贷)(?:所属|各)?$")


def is_own_level(words: str, own: Region | None) -> bool:
    """Is a scope the document's own (全区 in a district's report), not that of one above or below (全市, 县级)?"""
    if own is None or words in _NEUTRAL:
        return True
    town = own.level == "zone" and own.name.endswith(_OF_TOWNS)
    if town or any(word in words for word in _OF_TOWNS):  # 全镇 in a town's report, and in no other
        return town and any(word in words and own.name.endswith(word) for word in _OF_TOWNS)
    named = {char for char in words.split("（")[0] if char in _LEVELS}
    level = own.name[-1]
    if own.level == "zone" or level not in _LEVELS:
        return True
    if own.level == "county":
        return level in named or not named
    return level in named or not named or (own.level == "province" and "省" in named) or "自治区" in words


def level_of(match: ScopeMatch, own: Region | None) -> Scope | None:
    """What a scope word means in a report of ``own``: 县级 in a city's is a lower level; None if it is a higher one."""
    if match.scope == "lower" and own is not None and own.level == "county" and match.text[0] in "乡镇":
        return "lower"  # 乡镇级
    if match.scope == "lower":
        inner = any(word in match.text for word in _BELOW_COUNTIES)  # 各开发区、街镇 in a district's report
        return "lower" if own is None or own.level in ("province", "prefecture") or inner else None
    if is_own_level(match.text, own):
        return match.scope
    below = {"province": "市州盟县区旗", "prefecture": "县区旗"}.get(own.level if own else "", "")
    return "lower" if any(char in below for char in match.text.split("（")[0]) else None


def is_level_of(match: ScopeMatch, region: Region | None, own: Region | None) -> bool:
    """Is it the level of the place that is spoken of (区级, 全区 of a district), in a report of another (``own``)?"""
    return region is not None and region != own and region.name[-1:] == match.text.lstrip("全")[:1]


def names_recipient(text: str, start: int, end: int) -> bool:
    """对|县区|转移支付 is of who gives, |县（区）|上解收入 of who receives, 市、|县（区）|安排… of both."""
    before = _OF_BOTH.search(text, 0, start) or _GIVEN_TO.search(text, 0, start)
    return bool(before or _PAID_UP.match(text, end))


def related(region: Region, own: Region) -> bool:
    """Is one of them inside the other?"""
    return region.code.startswith(own.code.rstrip("0")) or own.code.startswith(region.code.rstrip("0"))
