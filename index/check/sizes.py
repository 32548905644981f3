"""Units that the size of a figure gives away: an amount of a few thousand yuan, of a few 万元 and a fraction.

城乡社区支出增加135089元                  beside amounts of 万元 and 亿元: 135089万元
全市卫生健康支出91.27万元                 where the report counts in 亿元: 91.27亿元

What one person gets (人均, 每人每月, 标准) is as small as that: a sentence that speaks of it is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Final

from index.check.cause import printed
from index.check.models import Finding
from index.check.paper import Paper
from index.facts.printed import value
from index.find.amounts import MONEY_UNITS
from index.lexicon import toml
from index.models import Fact
from index.text.normal import plain

_LARGE: Final = Decimal(10) ** 6  # yuan; a report of a government has no smaller amounts but those of a person
_SMALL: Final = 100  # 万元, with a fraction
_DIGITS: Final = 3
_MOSTLY: Final = Decimal("0.5")  # of a report's amounts are in 亿元 where it counts in 亿元
_LOOSE: Final = frozenset({"unit_missing", "unit_unsure", "rough"})
_LARGER: Final = {"元": "万元", "万元": "亿元"}
_MEASURES: Final = ("actual", "budget", "adjusted_budget", "amount", "outstanding", "limit", "balance", "yoy_amount")


def of_sizes(paper: Paper) -> Iterator[Finding]:
    """All findings of this kind."""
    if paper.parsed.subject.owner:
        return  # a department's own paper counts in small sums
    counts_in_yi = _counts_in_yi(paper)
    for sentence, facts in paper.prose():
        text = plain(sentence.text)
        money = [fact for fact in facts if fact.kind == "money" and fact.number and fact.measure in _MEASURES]
        if not money or any(word in text for word in _per_head()):
            continue
        for fact in money:
            digits = len(fact.value.replace(".", "").strip("-0"))
            small = fact.unit == "元" and abs(value(fact)) < _LARGE and _is_among_larger(paper, fact)
            fraction = counts_in_yi and fact.unit == "万元" and "." in plain(fact.value) and _is_tiny(fact)
            if digits >= _DIGITS and (small or fraction) and not _LOOSE & set(fact.flags):
                should = f"{fact.value}{_LARGER[fact.unit]}"
                yield paper.finding("单位", "疑", [fact], f"{printed(fact)} 小得不像一笔财政资金", should, "单位")


@cache
def _per_head() -> tuple[str, ...]:
    return tuple(toml("check.toml")["units"]["per_head"])


def _is_tiny(fact: Fact) -> bool:
    return abs(value(fact)) < _SMALL * MONEY_UNITS["万元"]


def _is_among_larger(paper: Paper, fact: Fact) -> bool:
    """Most of the report's amounts are in 万元 or 亿元."""
    return paper.in_unit("元") * 2 < paper.in_unit("万元") + paper.in_unit("亿元")


def _counts_in_yi(paper: Paper) -> bool:
    yi, wan = paper.in_unit("亿元"), paper.in_unit("万元")
    return yi > (yi + wan) * _MOSTLY
