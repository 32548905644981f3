"""The divisions of China and their tree: ``region("140404")`` is 上党区, ``ancestors`` of it 长治市, 山西省.

Reads ``regions.csv`` (province, prefecture, county; codes of GB/T 2260; taken from the region table of JioNLP,
Apache-2.0, and corrected) on the first call.  Districts of a 直辖市 and 省直辖县 hang directly under their province.
A zone's code is its parent's, a dash and its name: ``140400-经开区``.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, cast

from index.models import Region
from index.paths import lexicon_dir

if TYPE_CHECKING:
    from pathlib import Path


@cache
def read_rows(path: Path) -> tuple[dict[str, str], ...]:
    """The rows of a CSV word list, each with its column names."""
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def regions() -> Mapping[str, Region]:
    """Code -> region, in the order of the codes."""
    rows = read_rows(lexicon_dir() / "regions.csv")
    names = {row["code"]: row["name"] for row in rows}
    return MappingProxyType({row["code"]: _region_of(row, names) for row in rows})


def _region_of(row: dict[str, str], names: dict[str, str]) -> Region:
    level = cast(Literal["province", "prefecture", "county"], row["level"])
    over = names[row["parent"]] if level == "county" else ""
    return Region(row["code"], row["name"], over + row["name"], level, row["parent"])


def region(code: str) -> Region | None:
    """The region of a code, also of a zone's (140400-经开区); None if the code is unknown."""
    base, dash, name = code.partition("-")
    found = regions().get(base)
    if found is None or not dash:
        return found
    return zone(found, name)


def zone(under: Region, name: str) -> Region:
    """The development zone ``name`` (经开区) of a region."""
    return Region(f"{under.code}-{name}", name, under.full_name + name, "zone", under.code)


def short_name(code: str) -> str:
    """The name without 市, 县 and the like (长治, 沁县); the zone's name for a zone, "" for an unknown code."""
    found = region(code)
    return _shorts().get(code, found.name) if found else ""


@cache
def _shorts() -> dict[str, str]:
    return {row["code"]: row["short"] for row in read_rows(lexicon_dir() / "regions.csv")}


def ancestors(region: Region) -> tuple[Region, ...]:
    """The regions around a region, nearest first."""
    known, found = regions(), []
    code = region.parent
    while code in known:
        found.append(known[code])
        code = known[code].parent
    return tuple(found)


def children(code: str) -> tuple[Region, ...]:
    """The divisions directly under a code, in the order of their codes (zones are not listed anywhere)."""
    return _children().get(code, ())


@cache
def _children() -> dict[str, tuple[Region, ...]]:
    lists: dict[str, list[Region]] = {}
    for child in regions().values():
        lists.setdefault(child.parent, []).append(child)
    return {code: tuple(found) for code, found in lists.items()}


def is_within(code: str, ancestor_code: str) -> bool:
    """Whether a region is the other one or lies in it: 140404-经开区 lies in 140404, 140400 and 140000."""
    if code == ancestor_code:
        return True
    known, base = regions(), code.partition("-")[0]
    if base != code and base == ancestor_code:
        return True
    while base in known and known[base].parent:
        base = known[base].parent
        if base == ancestor_code:
            return True
    return False
