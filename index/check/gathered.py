"""Parts in a sentence of their own whose whole stands some sentences before, without 其中: 留用A，转贷B.

    再融资债券35.99亿元，其中置换债券20.09亿元；其他15.9亿元。市本级留用再融资债券14.43亿元，转贷各县21.65亿元

Which figure they are of is not told, so only a slip of the hand is, and that of a figure of the same name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from index.check.adding import PARTS, STATE, Sum, compared
from index.check.cause import SLIPS_OF_HAND, SWAPPED, digits_of
from index.check.complete import are_all, are_pair
from index.check.models import Finding
from index.check.paper import Entry, Paper
from index.check.parts import parts_of
from index.facts.printed import Printed, value
from index.models import Fact

_NAME: Final = re.compile("[\u4e00-\u9fff]{2}")
_GOES_ON: Final = re.compile("[；;]\\s*$")
_PAIR: Final = 2
_BACK: Final = 4  # sentences
_MOST: Final = 12  # figures that may be the whole
_DIGITS: Final = 5  # of every figure, where the parts are not known to be all
_APART: Final = Decimal("0.25")  # of the whole that a slip may make
_LOOSE: Final = frozenset({"rough", "quote", "unit_missing", "unit_unsure"})
_TAKEN: Final = re.compile("其中|包括|包含|总计|合计|减|加上|结余|结转|比|较|预算|占")


def of_gathered(paper: Paper) -> Iterator[Finding]:
    """All findings of this kind."""
    before: list[Entry] = []
    ends: list[int] = []
    last: list[Entry] = []
    section: int | None = None
    for sentence, _ in paper.prose():
        if sentence.section != section:
            before, ends, last, section = [], [], [], sentence.section
        entries = paper.entries(sentence)
        level = [one for one in entries if not one.depth]
        if before and len(level) > 1 and sentence.index not in paper.missed and len(level) == len(entries):
            yield from _judged(paper, before[-_MOST:], level)
        if level and last and last[-1].fact.sentence == sentence.index - 1 and sentence.index not in paper.missed:
            yield from _over_semicolon(paper, last, level[0])
        last = entries if _GOES_ON.search(sentence.text) and sentence.index not in paper.missed else []
        before, ends = before + entries, [*ends, len(entries)]
        if len(ends) > _BACK:
            before = before[ends.pop(0) :]


def _over_semicolon(paper: Paper, last: Sequence[Entry], second: Entry) -> Iterator[Finding]:
    """债券121.71亿元，其中：新增债券63.46亿元，用于…； and in the next sentence 再融资债券58.25亿元: both there are."""
    for position, whole in enumerate(last):
        parts = [*parts_of(last, position), second]
        facts = [whole.fact, *(one.fact for one in parts)]
        if len(parts) != _PAIR or not are_pair(parts) or any(_LOOSE & set(fact.flags) for fact in facts):
            continue
        added = Sum(tuple((1, fact) for fact in facts[1:]))
        alike = all(fact.measure in STATE and fact.period == whole.fact.period for fact in facts)
        if alike and abs(added.number - value(whole.fact)) <= abs(value(whole.fact)) * _APART:
            yield from compared(paper, PARTS, whole.fact, added, closed=True, sure=False, whole=True)


def _judged(paper: Paper, before: Sequence[Entry], parts: Sequence[Entry]) -> Iterator[Finding]:
    facts = [one.fact for one in parts]
    if any(not one.is_state or one.fact.measure not in STATE or _LOOSE & set(one.fact.flags) for one in parts):
        return
    if any(_TAKEN.search(one.gap) for one in parts):
        return
    if len({(fact.measure, fact.period, fact.flow) for fact in facts}) > 1:
        return
    added = Sum(tuple((1, fact) for fact in facts))
    if any(added.range.meets(Printed.rounded(one.fact)) for one in before):
        return
    told = facts[0].item + facts[0].label
    known = are_pair(parts) or are_all(told, [one.gap for one in parts])
    if not known and min(len(digits_of(fact)) for fact in facts) < _DIGITS:
        return
    for one in reversed(before):
        whole = one.fact
        if not _is_whole(one, facts, added.number):
            continue
        for found in compared(paper, PARTS, whole, added, closed=True, sure=False):
            if found.cause == SWAPPED or (known and found.cause in SLIPS_OF_HAND):
                yield found
                return


def _is_whole(one: Entry, parts: Sequence[Fact], made: Decimal) -> bool:
    """Is a figure of the time and the name of some parts, larger than each, and near what they make?"""
    whole = one.fact
    names = {name for at in (0, 1) for name in _NAME.findall(whole.item[at:])}
    alike = any(name in parts[0].item + parts[0].label for name in names)
    larger = value(whole) > max(value(fact) for fact in parts)
    near = abs(value(whole) - made) <= abs(value(whole)) * _APART
    same = whole.measure == parts[0].measure and whole.period == parts[0].period
    return one.is_state and same and larger and near and alike and not _LOOSE & set(whole.flags)
