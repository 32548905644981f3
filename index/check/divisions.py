"""One sum divided in two places: one of its two parts is the same, the other is not.

新增限额债券205.77亿元（一般债券11.77亿元、专项债券194亿元）…
新增债券213.27亿元（一般债券11.77亿元、专项债券201.5亿元）      told under nearly the same name

新增债券102.54亿元，……用于置换隐债15.1亿元 … 发行新增债券87.44亿元    the second is without what the first has (提示)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import Final

from index.check.adding import STATE, Sum
from index.check.cause import SLIPS_OF_HAND, cause, digits_of, printed
from index.check.models import Finding
from index.check.paper import Paper
from index.check.parts import parts_of
from index.facts.printed import Printed, grain, value
from index.models import Fact
from index.text.normal import plain

KIND: Final = "前后不一致"
_NAME: Final = re.compile(r"(?:其中|年)?(?P<name>[\u4e00-\u9fff]{2,}?)(?:[为约是共]|执行数)*$")
_DIGITS: Final = 4  # of a part that is not the same by chance
_MOST: Final = 60  # divisions of a report
_LARGE: Final = ("debt-new", "debt-issue", "debt-refinance", "total-")
_DONE: Final = ("amount", "actual")
_LOOSE: Final = frozenset({"rough", "same_basis", "quote", "unit_missing", "unit_unsure"})
_BESIDE: Final = 2  # sentences
_FEWEST: Final = 3  # digits
_ALIKE: Final = 2  # of three characters of a name stand in the other


@dataclass(frozen=True, slots=True)
class _Division:
    whole: Fact
    name: str
    parts: dict[str, Fact]


def of_divisions(paper: Paper) -> Iterator[Finding]:
    """All findings of this kind."""
    yield from _without(paper)
    found = list(_divisions(paper))
    for one, other in combinations(found[:_MOST], 2):
        if one.whole.number == other.whole.number or one.parts.keys() != other.parts.keys() or not _is_one(one, other):
            continue
        same = [name for name, fact in one.parts.items() if fact.number == other.parts[name].number]
        if len(same) == 1 and len(digits_of(one.parts[same[0]])) >= _DIGITS:
            (apart,) = one.parts.keys() - set(same)
            first, second = one.parts[apart], other.parts[apart]
            why = cause(first, Printed(value(second), value(second)))
            total = (
                f"{one.name} {printed(one.whole)}、{other.name} {printed(other.whole)}：{same[0]}都是 "
                f"{printed(one.parts[same[0]])}，{apart} {printed(first)} 与 {printed(second)}"
            )
            facts = [one.whole, other.whole, first, second]
            yield paper.finding(KIND, "疑", facts, total, "", why if why in SLIPS_OF_HAND else "")


def _divisions(paper: Paper) -> Iterator[_Division]:
    """Each whole of exactly two named parts that make it."""
    for sentence, _ in paper.prose():
        entries = paper.entries(sentence)
        for position, whole in enumerate(entries):
            parts = parts_of(entries, position)
            if len(parts) != 2 or any(one.fact.measure not in STATE for one in (whole, *parts)):
                continue
            added = Sum(tuple((1, one.fact) for one in parts))
            named = {name["name"]: one.fact for one in parts if (name := _NAME.search(plain(one.gap)))}
            name = _NAME.search(plain(whole.gap))
            if name and len(named) == 2 and added.range.meets(Printed.rounded(whole.fact)):
                yield _Division(whole.fact, name["name"], named)


def _is_one(one: _Division, other: _Division) -> bool:
    """Two wholes of one time and place, of nearly the same name."""
    slots = [(fact.region, fact.scope or "whole", fact.period, fact.owner) for fact in (one.whole, other.whole)]
    books = {one.whole.account, other.whole.account} - {""}
    short, long = sorted((one.name, other.name), key=len)
    ends = one.name[-2:] == other.name[-2:]  # 转贷收入 and 转贷支出 are two things
    alike = sum(mark in long for mark in short) * 3 >= len(short) * _ALIKE
    return slots[0] == slots[1] and len(books) <= 1 and ends and alike


def _without(paper: Paper) -> Iterator[Finding]:
    """One thing with two values, which are apart by a figure that stands beside the larger: two bases, untold."""
    told: dict[tuple[object, ...], dict[Decimal, Fact]] = {}
    for _, facts in paper.prose():
        for fact in facts:
            if (
                fact.key.startswith(_LARGE)
                and fact.measure in _DONE
                and not fact.qualifiers
                and not _LOOSE & set(fact.flags)
            ):
                place = (fact.key, fact.region, fact.scope or "whole", fact.period, fact.account, fact.owner)
                told.setdefault(place, {}).setdefault(value(fact), fact)
    for figures in told.values():
        if len(figures) != 2 or len({fact.sentence for fact in figures.values()}) == 1:
            continue
        (low, less), (high, more) = sorted(figures.items())
        near = range(more.sentence - _BESIDE, more.sentence + _BESIDE + 1)
        between = [one for at in near for one in paper.by_sentence.get(at, []) if _is_apart(one, high - low)]
        if between and high - low > max(grain(less), grain(more)):
            total = f"{more.item} {printed(more)} 与 {printed(less)}，差的恰是另印的 {printed(between[0])}"
            yield paper.finding(KIND, "提示", [less, more, between[0]], total, "", "口径不同，没有说明")


def _is_apart(fact: Fact, gap: Decimal) -> bool:
    return fact.kind == "money" and value(fact) == gap and len(digits_of(fact)) >= _FEWEST
