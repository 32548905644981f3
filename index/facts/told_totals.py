"""What a table of places is of, told by its total: a sum that the text gives as the figure of one item.

分地区收入 with 武夷山市 8.36 … 合计 85.92, and before it 地方一般公共预算收入85.92亿元   each row is of that revenue

The heads of such tables say little (收入, 完成数), and what stands right above may be of something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from index.facts.printed import grain
from index.models import Fact, Sentence

_FEWEST_PLACES: Final = 3
_FEWEST_DIGITS: Final = 4  # of a sum that is no other's by chance
# 分地区收入, 支出完成数: heads that do not say of what
_SAYS_LITTLE: Final = re.compile(
    "(?:[分按各（）()、的]|地区|级次|区域|县|市|区|乡|镇|街道|情况|本月|本年|全年|累计|当年|年初|财政|预算|决算|入库|收入|支出|完成|执行|金?额|数|合计|小计)+"
)
_FLOWS: Final = {"revenue": "收入", "expenditure": "支出"}


def with_told_totals(facts: Sequence[Fact], sentences: Sequence[Sentence], region: str) -> list[Fact]:
    """The facts in order; those of a table of places with the item of its total."""
    told = _told(facts, sentences, region)
    found = list(facts)
    for group in _tables(facts, sentences, region):
        of = _item_of(facts, group, _elsewhere(told, sentences[facts[group[0]].sentence].section, sentences), region)
        if of is None:
            continue
        for at in group:
            fact = facts[at]
            measure = of.measure if fact.measure == "amount" else fact.measure
            found[at] = replace(
                fact, item=of.item, key=of.key, account=of.account, flow=of.flow, parent=of.parent, measure=measure
            )
    return found


def _told(facts: Sequence[Fact], sentences: Sequence[Sentence], region: str) -> Mapping[tuple[object, ...], list[Fact]]:
    """What the paper gives as figures of items of the whole place, by sum and time."""
    found: dict[tuple[object, ...], list[Fact]] = {}
    for fact in facts:
        whole = fact.region == region and fact.scope in ("whole", "") and not fact.qualifiers and not fact.owner
        if whole and fact.key and fact.kind == "money" and _is_long(fact):
            found.setdefault((fact.number, fact.period), []).append(fact)
    return found


def _elsewhere(
    told: Mapping[tuple[object, ...], list[Fact]], section: int | None, sentences: Sequence[Sentence]
) -> Mapping[tuple[object, ...], list[Fact]]:
    """What prose and the tables of other sections tell: of its own table a total says nothing new."""

    def is_elsewhere(one: Fact) -> bool:
        at = sentences[one.sentence]
        return at.kind != "row" or at.section != section

    return {total: [one for one in some if is_elsewhere(one)] for total, some in told.items()}


def _is_long(fact: Fact) -> bool:
    if fact.number is None:
        return False
    return len(str(abs(int(fact.number / grain(fact)))).rstrip("0")) >= _FEWEST_DIGITS  # 500.0 may be any sum


def _tables(facts: Sequence[Fact], sentences: Sequence[Sentence], region: str) -> Iterator[list[int]]:
    """The rows of places one after the other, of one item: the numbers of their facts."""
    groups: dict[tuple[object, ...], list[int]] = {}
    for at, fact in enumerate(facts):
        if sentences[fact.sentence].kind == "row" and not fact.owner and not fact.qualifiers:
            slots = (sentences[fact.sentence].section, fact.item, fact.key)
            groups.setdefault(slots, []).append(at)
    for group in groups.values():
        if len({facts[at].region for at in group} - {region}) >= _FEWEST_PLACES:
            yield group


def _item_of(
    facts: Sequence[Fact], group: Sequence[int], told: Mapping[tuple[object, ...], list[Fact]], region: str
) -> Fact | None:
    """The one item of the text that has the total of a column; None if that is what the rows are said to be of, or none
    is."""
    columns: dict[tuple[object, ...], list[Fact]] = {}
    for at in group:
        if facts[at].kind == "money":
            columns.setdefault((facts[at].period, facts[at].measure), []).append(facts[at])
    alike = [one for column in columns.values() for one in _with_total(column, told, region)]
    own, named = facts[group[0]], {one.key for one in alike}
    if len(named) != 1 or own.key in named or not (own.account == "other" if own.key else _says_little(own, alike[0])):
        return None  # 新增专项债券: the head names it, a sum that is told is no more
    return alike[0]


def _says_little(own: Fact, told: Fact) -> bool:
    """分地区收入 may be of 一般公共预算收入, and of no 支出; 旅游投资 is of no item that has the same sum by chance."""
    other = [word for flow, word in _FLOWS.items() if flow != told.flow]
    return bool(_SAYS_LITTLE.fullmatch(own.item)) and not any(word in own.item for word in other)


def _with_total(column: Sequence[Fact], told: Mapping[tuple[object, ...], list[Fact]], region: str) -> list[Fact]:
    """What the text gives as figures of items that are the total of a column, as printed or of its rows."""
    if any(fact.number is None for fact in column):
        return []
    totals = {fact.number for fact in column if fact.region == region and fact.scope == "whole"}
    parts = [fact.number or Decimal(0) for fact in column if fact.region != region or fact.scope != "whole"]
    return [one for total in {*totals, sum(parts, Decimal(0))} for one in told.get((total, column[0].period), ())]
