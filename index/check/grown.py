"""A figure, the one it is measured against, and how much it is more: all three in a sentence.

支出累计完成1537亿元，比“十三五”1048亿元增加489亿元      1048＋489＝1537
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from index.check.adding import STATE, Sum, compared
from index.check.models import Finding
from index.check.paper import Paper

_AGAINST: Final = re.compile("[比较由从][^，,；;。]{0,16}$")
_MORE: Final = re.compile("^[^，,；;。]{0,6}(?:增加|减少|增收|减收|增支|减支|净增|提高|下降|扩大|压减)(?:了|额)?$")


def of_grown(paper: Paper) -> Iterator[Finding]:
    """All findings of this kind."""
    for sentence, _ in paper.prose():
        entries = [one for one in paper.entries(sentence) if not one.depth]
        for position in range(2, len(entries)):
            now, base, change = entries[position - 2 : position + 1]
            facts = (now.fact, base.fact)
            alike = len({fact.key or fact.item for fact in (*facts, change.fact)}) == 1
            told = _AGAINST.search(base.gap) and _MORE.search(change.gap) and change.fact.measure == "yoy_amount"
            if alike and told and all(fact.measure in STATE for fact in facts):
                added = Sum(((1, base.fact), (1, change.fact)))
                yield from compared(paper, "增减额", now.fact, added, closed=True, sure=False)
