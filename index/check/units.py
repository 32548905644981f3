"""Units that cannot be: the same digits once in 元 and once in 万元; 万 without 元; a figure without a unit.

财政总收入867718元, and 867718万元 on page 1      单位
社会保障和就业支出60942万：                      漏“元”
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from index.check.cause import printed
from index.check.models import Finding
from index.check.paper import Paper
from index.find.amounts import MONEY_UNITS
from index.models import Fact
from index.text.normal import plain

_DIGITS: Final = 4  # of a figure that is not the same by chance
_HALF: Final = re.compile(r"\s*[万亿](?!\s*(?:元|（含|\(含|以[上下内]))(?=[的，。；：、,;:）)（(\s]|$|用|剩)")
_NOUGHT: Final = re.compile(r"-?0\d")
_CUT: Final = re.compile(r"上年|增|减|升|降|同比|每|人均|/")


def of_units(paper: Paper) -> Iterator[Finding]:
    """All findings of these kinds."""
    yield from _repeated(paper)
    for sentence, facts in paper.prose():
        for fact in facts:
            if _NOUGHT.match(plain(fact.value)):
                yield paper.finding("写法", "错", [fact], f"{printed(fact)} 不是数的写法：前面多了 0")
        halves = [fact for fact in facts if fact.kind == "money" and _HALF.match(sentence.text, fact.end)]
        if halves:
            words = "、".join(f"{fact.value}{fact.unit[:1]}" for fact in halves)
            should = f"{halves[0].value}{halves[0].unit[:1]}元"
            yield paper.finding("单位", "提示", halves, f"{words} 后面漏了“元”", should, "漏“元”")
        bare = [fact for fact in facts if "unit_missing" in fact.flags and fact not in halves]
        told = sum(fact.kind == "money" for fact in facts) - len(bare)
        if bare and len(bare) <= told:  # else it is a row of a table, whose unit stands above it
            words = "、".join(fact.value for fact in bare)
            yield paper.finding("单位", "提示", bare, f"{words} 后面没有写单位", "", "漏单位")


def _repeated(paper: Paper) -> Iterator[Finding]:
    """One item, the same digits, units ten thousand apart: the one that stands alone is wrong."""
    places: dict[tuple[object, ...], list[Fact]] = {}
    for fact in paper.parsed.facts:
        digits = fact.value.replace(",", "").replace(".", "").strip("0-")
        if fact.kind == "money" and fact.number and fact.key and len(digits) >= _DIGITS and not _CUT.search(fact.unit):
            places.setdefault((fact.key, fact.value.replace(",", ""), fact.period, fact.measure), []).append(fact)
    for group in places.values():
        units = {fact.unit for fact in group if fact.unit in MONEY_UNITS}
        if len(units) < 2:
            continue
        counted = {unit: sum(fact.unit == unit for fact in group) for unit in units}
        usual = max(counted, key=lambda unit: (counted[unit], MONEY_UNITS[unit]))
        for fact in group:
            if fact.unit in units and fact.unit != usual and fact.rule != "table":
                other = next(one for one in group if one.unit == usual)
                yield paper.finding("单位", "错", [fact, other], f"别处印的是 {printed(other)}", printed(other), "单位")
