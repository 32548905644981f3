"""Towns, townships and streets by the form of their names: 永兴镇, 万里街道, 巴彦苏木; no list of them exists.

town_at("湄潭县永兴镇2025年预算", 3) -> "永兴镇"        乡镇, 城镇, 各镇, 那些乡 and 永兴县 name none
"""

from __future__ import annotations

import re
import tomllib
from functools import cache

from index.find.gazetteer import zone
from index.models import Region
from index.paths import lexicon_dir

_OF_ALL = "各全本我该每"
FORMS = ("镇", "乡", "苏木", "街道")


def town_at(text: str, at: int) -> str:
    """The town whose name begins at a place of a text, "" if none does; a street without its 办事处."""
    match = _pattern().match(text, at)
    if match is None or match["name"] in _no_names() or match["name"][0] in _OF_ALL or match["name"][-1] in "乡些":
        return ""
    return match["name"] + match["form"]


def is_town_behind(text: str, at: int) -> bool:
    """Does the form word of a town stand at ``at``: is what ends there a town's name (永兴|镇), and no county's?"""
    return bool(_form().match(text, at))


def town(under: Region, name: str) -> Region:
    """The town of a county, as a place of its own under it."""
    return zone(under, name)


def is_town(name: str) -> bool:
    """Is a name that of a town?"""
    return name.endswith(FORMS)


@cache
def _form() -> re.Pattern[str]:
    # 乡村, 乡镇 and 镇江 are other words; 街道路 is a street
    return re.compile(r"镇(?![\u4e00-\u9fff]?[县区市])|乡(?![村镇亲土贤情]|下(?![达拨发]))|苏木|街道(?!路)")


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(
        r"(?P<name>[\u4e00-\u9fff]{1,6}?)(?P<form>镇(?!镇)|(?:[\u4e00-\u9fff]族)?乡(?![村镇亲土贤情]|下(?![达拨发]))|苏木|街道)"
    )


@cache
def _no_names() -> frozenset[str]:
    with (lexicon_dir() / "place_words.toml").open("rb") as file:
        return frozenset(tomllib.load(file)["no_towns"])
