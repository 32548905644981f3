"""Columns of standards, each cell with a unit of its own: what each is given, by the names of the rows.

补贴项目                         | 2025年标准 | 2026年标准      城市最低生活保障标准: 796 元, 820 元
城市最低生活保障（每人每月）     | 796元      | 820元
农机购置补贴                     | 单机最高5万元，烘干机最高12万元      农机购置补贴标准（烘干机最高）: 12 万元
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from index.facts.columns import Column
from index.facts.grid import Row, is_blank
from index.facts.row_names import bare_name
from index.find.amounts import Amount, find_amounts

_HEAD: Final = re.compile("(?:标准|金额|额度)$")
_OF_NAMES: Final = re.compile("项目|名称|政策|事项|类别|类型|内容|险种")
_CLAUSE: Final = re.compile("[^，；。、（）]+")
_EACH: Final = re.compile("（(?P<each>[^（）]*(?:每|人均)[^（）]*)）")
_GIVEN: Final = re.compile(
    "(?:每[人户亩头只个名年月天季孩生学期吨件台次平方米公里]+|按|给予|补助|补贴|奖励|发放|一次性|为)+"
)
_ENDS: Final = ("标准", "金额", "额度")
_LEAST: Final = 2  # rows


@dataclass(frozen=True, slots=True)
class Standard:
    """What a cell says that each is given: the item, its amount in the cell, and how it is given (每人每月)."""

    item: str
    amount: Amount
    each: str


def standard_columns(columns: Sequence[Column], body: Sequence[Row]) -> tuple[Column | None, list[Column]]:
    """The column of names and those of standards: most of whose cells have an amount with a unit of its own."""
    found = [one for one in columns if _HEAD.search(one.head) and not one.unit and _has_units(one, body)]
    first = min((one.index for one in found), default=0)
    names = [one for one in columns if one.index < first and _OF_NAMES.search(one.head)]
    return (names[0], found) if names else (None, [])


def _has_units(at: Column, body: Sequence[Row]) -> bool:
    cells = [cell for row in body if not is_blank(cell := row.cells[at.index])]
    own = sum(any(_is_amount(one) for one in find_amounts(cell)) for cell in cells)
    return own >= _LEAST and own * 2 > len(cells)


def _is_amount(one: Amount) -> bool:
    return one.kind == "money" and bool(one.unit) and one.number is not None


def standards_in(name: str, cell: str) -> Iterator[Standard]:
    """The standards of one cell; of several the words before each tell them apart."""
    bare, each = bare_name(name), _EACH.search(name)
    thing = _EACH.sub("", bare).strip()
    thing = thing if thing.endswith(_ENDS) else f"{thing}标准"
    found = [
        (clause[0][: one.start - clause.start()], one)
        for clause in _CLAUSE.finditer(cell)
        for one in find_amounts(cell)
        if clause.start() <= one.start < clause.end() and _is_amount(one)
    ]
    for number, (before, one) in enumerate(found):
        words = _GIVEN.sub("", before).strip("其中 ：:")
        apart = f"（{words}）" if number and words else ""
        yield Standard(f"{thing}{apart}"[:60], one, each["each"] if each else before)
