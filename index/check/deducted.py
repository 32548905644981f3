"""What is left of a total that figures are taken from, by the words of the sentence: 总量减去A、B后，结转C.

    收入总量为3208792万元。支出2513403万元。收入总量减去支出、上解等2746745万元，补充基金186414万元后，结转275633万元

All that is taken is told between 减去 and 后, so what is left follows from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from index.check.adding import STATE, Sum, compared
from index.check.models import Finding
from index.check.paper import Entry, Paper
from index.models import Fact, Sentence

KIND: Final = "剩余"
_FROM: Final = re.compile(
    r"(?P<whole>(?:收入|支出|资金|财力|基金)?(?:总量|总计|总额|总收入|合计))(?:减去|减除|扣除|扣减|减)"
)
_LEFT: Final = re.compile(r"后[，,]?(?:年终|年末|当年|滚存|净)*(?:结转|结余|剩余|余额)[^，,；;。、]{0,8}$")
_TOTAL: Final = re.compile(r"(?:总量|总计|总额|总收入|合计)(?:数|额)?(?:为|达到?|共|是)*$")
_BACK: Final = 3  # sentences in which the total stands
_LOOSE: Final = frozenset({"rough", "quote", "unit_missing"})


def of_deducted(paper: Paper) -> Iterator[Finding]:
    """All findings of this kind."""
    before: list[tuple[Sentence, list[Entry]]] = []
    for sentence, _ in paper.prose():
        entries = paper.entries(sentence)
        match = _FROM.search(sentence.text)
        if match is not None and sentence.index not in paper.missed:
            near = [one for other, some in before if other.section == sentence.section for one in some]
            own = [one for one in entries if one.fact.end <= match.start()]
            rest = [one for one in entries if one.fact.start >= match.end() and not one.depth]
            yield from _judged(paper, [*near, *own], rest)
        before = [*before[-_BACK + 1 :], (sentence, entries)]


def _judged(paper: Paper, before: Sequence[Entry], rest: Sequence[Entry]) -> Iterator[Finding]:
    whole = next((one.fact for one in reversed(before) if _TOTAL.search(one.gap) and not one.depth), None)
    at = next((position for position, one in enumerate(rest) if _LEFT.search(one.gap)), 0)
    if whole is None or not at:
        return
    facts: list[Fact] = [one.fact for one in rest[: at + 1]]
    if any(_LOOSE & set(fact.flags) or fact.measure not in STATE for fact in (whole, *facts)):
        return
    *taken, left = facts
    yield from compared(
        paper, KIND, left, Sum(((1, whole), *((-1, fact) for fact in taken))), closed=True, sure=False, whole=True
    )
