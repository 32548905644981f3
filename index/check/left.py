"""What is left of a fund's year, told in another sentence than what came in and went out.

社会保险基金收入170.7亿元，增长2.8%；支出160.7亿元，增长2.3%。当年收支结余10.0亿元      170.7－160.7＝10.0

Only a plain slip is told: between the sentences the reading may have taken another fund's figures.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Final

from index.check.adding import STATE, Sum, compared
from index.check.cause import SLIPS_OF_HAND
from index.check.models import Finding
from index.check.paper import Entry, Paper
from index.facts.printed import value
from index.models import Fact, Sentence

_YEARS: Final = re.compile(
    r"(?:当年|当期|本期|本年|年度|新增|收支)(?:收支|预算)?(?:预计)?(?:结余|结存)(?:为|约|预计|资金)*$"
)
_FUND: Final = "social_insurance"
_BACK: Final = 4  # sentences
_FIFTH: Final = 5
_NEAR: Final = 2  # of them, with no other figure of the two kinds
_LOOKED_AT: Final = 40  # figures


def of_left(paper: Paper) -> Iterator[Finding]:
    """All findings of this kind."""
    before: deque[tuple[Sentence, Entry]] = deque(maxlen=_LOOKED_AT)
    for sentence, _ in paper.prose():
        for entry in paper.entries(sentence):
            if entry.depth:
                continue
            if _YEARS.search(entry.gap) and entry.fact.account == _FUND:
                yield from _judged(paper, entry.fact, sentence, before)
            before.append((sentence, entry))


def _judged(
    paper: Paper, left: Fact, sentence: Sentence, before: Iterable[tuple[Sentence, Entry]]
) -> Iterator[Finding]:
    near = [
        one.fact for at, one in before
        if at.section == sentence.section and sentence.index - at.index <= _BACK and at.index not in paper.missed
    ]  # fmt: skip
    sides = {flow: [fact for fact in near if _is_side(fact, left, flow)] for flow in ("revenue", "expenditure")}
    if not all(sides.values()):
        return
    # 支出5.32亿元，完成年初预算10.99亿元的48.44%: what is left is of what was done
    done = {flow: [fact for fact in facts if fact.measure == "actual"] for flow, facts in sides.items()}
    sides = done if all(done.values()) else sides
    income, spent = sides["revenue"][-1], sides["expenditure"][-1]
    if income.key.partition("-")[0] != spent.key.partition("-")[0] or income.measure != spent.measure:
        return
    # 收入5.86亿元，支出5.32亿元，本期结余0.54亿元 in one sentence leaves nothing to chance
    only = all(len({fact.sentence for fact in facts}) == len(facts) == 1 for facts in sides.values())
    first = not any(one.start < left.start and one.kind == "money" for one in paper.by_sentence[left.sentence])
    made = Sum(((1, income), (-1, spent)))
    close = abs(made.number - value(left)) * _FIFTH <= abs(made.number)  # what is far off may be of other funds
    behind = only and first and close and left.sentence - income.sentence <= _NEAR
    beside = behind or income.sentence == spent.sentence == left.sentence
    for found in compared(paper, "收支相抵", left, made, closed=True, sure=False, whole=beside):
        if found.cause in (*SLIPS_OF_HAND, "单位") or beside:
            yield found


def _is_side(fact: Fact, left: Fact, flow: str) -> bool:
    """The fund's whole income or spending of the year and the level."""
    same = (fact.account, fact.scope or "whole", fact.period.last_year, fact.region)
    here = same == (left.account, left.scope or "whole", left.period.last_year, left.region)
    return here and fact.flow == flow and fact.measure in STATE and fact.key.startswith("total-")
