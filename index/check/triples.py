"""What is left, beside the figures before it: of two of them it is the difference or the sum, but for two digits.

    收入总量为1107053万元。拟安排322373万元，滚存结余748680万元           1107053－322373 ＝ 784680
    收入24493万元，增长2%。支出46930万元，收支相抵缺口24237万元            46930－24493 ＝ 22437

Which two is not read but tried, so only long figures are looked at, and only two digits swapped are told, to the last
digit.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import permutations
from typing import Final

from index.check.adding import STATE, Sum
from index.check.cause import SWAPPED, digits_of, is_swapped, printed, shown
from index.check.models import Finding
from index.check.paper import Paper
from index.facts.printed import Printed, value
from index.models import Fact

KIND: Final = "收支相抵"
_LEFT: Final = re.compile(r"(?:结余|结转|结存|缺口|剩余|余额|差额)[^，,；;。、\d]{0,6}$")
_DIGITS: Final = 5  # of each figure
_LOOKED_AT: Final = 6  # figures before
_BACK: Final = 3  # sentences
_LOOSE: Final = frozenset({"rough", "quote", "unit_missing", "unit_unsure"})


def of_triples(paper: Paper) -> Iterator[Finding]:
    """All findings of this kind."""
    before: deque[Fact] = deque(maxlen=_LOOKED_AT)
    section: int | None = None
    for sentence, _ in paper.prose():
        if sentence.section != section:
            before.clear()
            section = sentence.section
        for entry in paper.entries(sentence):
            fact = entry.fact
            if not entry.is_state or fact.measure not in STATE or _LOOSE & set(fact.flags) or value(fact) <= 0:
                continue
            if _LEFT.search(entry.gap):
                near = [one for one in before if sentence.index - one.sentence <= _BACK]
                yield from _judged(paper, fact, near)
            before.append(fact)


def _judged(paper: Paper, left: Fact, before: Sequence[Fact]) -> Iterator[Finding]:
    near = [one for one in before if one.unit == left.unit and one.period.last_year <= left.period.last_year]
    sums = [Sum(((1, one), (sign, other))) for one, other in permutations(near, 2) for sign in (1, -1)]
    if any(one.range.meets(Printed.rounded(left)) for one in sums) or len(digits_of(left)) < _DIGITS:
        return
    found: dict[tuple[Fact, str], Finding] = {}
    for added in sums:
        gap = added.number - value(left)
        facts = [left, *(fact for _, fact in added.terms)]
        if min(len(digits_of(fact)) for fact in facts) < _DIGITS:
            continue
        for wrong, by in ((left, gap), *((fact, -sign * gap) for sign, fact in added.terms)):
            if is_swapped(wrong, value(wrong) + by):
                should = shown(value(wrong) + by, wrong)
                told = (
                    f"{added.words} ＝ {shown(added.number, left)}，印的是 {printed(left)}，差 {shown(abs(gap), left)}"
                )
                others = [fact for fact in facts if fact is not wrong]
                found.setdefault((wrong, should), paper.finding(KIND, "疑", [wrong, *others], told, should, SWAPPED))
    if found:
        # the last figure is the one that follows from the others
        yield next((one for (wrong, _), one in found.items() if wrong is left), next(iter(found.values())))
