"""Zones that no list and no form word gives away: 大通湖区 is a budget of its own under 益阳市.

Such a name is learned from the report: it leads sentences on several accounts (大通湖区一般公共预算支出…,
大通湖区政府性基金预算收入…), as only a government with a budget does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from index.find.places import find_places
from index.find.zones import find_zones
from index.models import Region

_ACCOUNTS = "一般公共预算|公共财政预算|政府性基金|国有资本经营|社会保险基金|社保基金|政府债务"
_LEADS = re.compile(rf"(?:^|[，。；：])(?P<name>[\u4e00-\u9fff]{{2,4}}区)(?:地方)?(?P<account>{_ACCOUNTS})")
# Words of levels and kinds, which name no single zone.
_KINDS = re.compile(
    r"[全各我本该两三四五六七八九十]|[县市辖园社城新老地]区$|片区|功能|其中|其他|下辖|所属|主城|中心|自治区|度假区|景区"
)
_TIMES, _SEVERAL = 3, 2
_IN_A_ROW = re.compile(rf"^(?P<name>[\u4e00-\u9fff]{{2,12}}区)(?:实现|完成|全年完成)?(?:地方)?(?P<account>{_ACCOUNTS})")
_LONGEST = 6


def own_zones(region: Region | None, texts: Sequence[str]) -> tuple[str, ...]:
    """The names, longest first; none for a county or an unknown place."""
    if region is None or region.level != "prefecture":
        return ()
    told: dict[str, list[str]] = {}
    for text in texts:
        for match in _LEADS.finditer(text):
            told.setdefault(match["name"], []).append(match["account"])
    names = [name for name, accounts in told.items() if len(accounts) >= _TIMES and len(set(accounts)) >= _SEVERAL]
    names += _in_a_row(region, texts)
    names = [name for name in dict.fromkeys(names) if not _KINDS.search(name) and not _is_known(name, region)]
    return tuple(sorted(names, key=lambda name: (-len(name), name)))


def _in_a_row(region: Region, texts: Sequence[str]) -> list[str]:
    """湖山文旅区实现一般公共预算收入…, right behind or before 高新区实现一般公共预算收入…: one of a row of zones."""
    led = [_IN_A_ROW.match(text) for text in texts]
    names = []
    for one, other in (*pairwise(led), *((b, a) for a, b in pairwise(led))):
        same = one and other and one["account"] == other["account"] and len(one["name"]) <= _LONGEST
        if one and other and same and _is_known(other["name"], region):
            names.append(one["name"])
    return names


def _is_known(name: str, region: Region) -> bool:
    """A division or a zone by its form word is found without help."""
    return bool(find_places(name, region.code)) or bool(find_zones(name, region))
