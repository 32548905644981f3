"""Units that the size of a figure gives away: an amount of a few thousand yuan, of a few 万元 and a fraction.

城乡社区支出增加135089元                  beside amounts of 万元 and 亿元: 135089万元
全市卫生健康支出91.27万元                 where the report counts in 亿元: 91.27亿元
人均可支配收入37116万元                   what one person has is no such sum: 37116元

What one person gets (人均, 每人每月, 标准) is as small as that: what stands between two ； with such words is let be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from itertools import pairwise
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
_ALONE: Final = 500  # 万元, with the only fraction that an amount of 万元 has in a report of
_HABIT: Final = 4  # amounts of 万元 with a fraction that are slips, not a habit
_FITTING: Final = 10_000  # 万元, where the same digits in 亿元 are no more than the largest total
_YI: Final = 10  # amounts in 亿元 or more
_SHARE: Final = 3000  # of the largest total of the report, that another total is no less than
_TOTALS: Final = ("total-gp-", "total-si-", "debt-limit", "debt-new", "debt-balance", "transfer-superior")
# The same without a fraction, where the report counts in 亿元.
# 一般公共服务, 公共安全, 教育, 社会保障, 卫生, 城乡社区 and 农林水 are a percent of all spending at least.
_LARGE_TOTALS: Final = re.compile(
    r"total-(?:gp|gf|si)-(?:rev|exp)|si-balance-cum|debt-(?:limit|balance)|gp-exp-(?:201|204|205|208|210|212|213)"
)
_CLASS: Final = "gp-exp-"
_EACH: Final = re.compile(
    r"(?:人均|每人每[月年])[^，,；;。\d]{0,14}(?:\d+元?[、，,]?(?:提高|增加|增长|达到?|到|至|为)*)*$"
)
_RICH: Final = 100  # 万元 that nobody has of his own
_RISE: Final = re.compile(r"^(?:元)?(?:提高|增加|增长|提升|上调|调整|下降|降低|调减)(?:到|至)$")
_TIMES: Final = 1000  # that no standard is raised by
_DIGITS: Final = 3
_MOSTLY: Final = Decimal("0.5")  # of a report's amounts are in 亿元 where it counts in 亿元
_LOOSE: Final = frozenset({"unit_missing", "unit_unsure", "rough"})
_LARGER: Final = {"元": "万元", "万元": "亿元"}
_MEASURES: Final = ("actual", "budget", "adjusted_budget", "amount", "outstanding", "limit", "balance", "yoy_amount")


def of_sizes(paper: Paper) -> Iterator[Finding]:
    """All findings of this kind."""
    if paper.parsed.subject.owner:
        return  # a department's own paper counts in small sums
    fractions = _fractions(paper)
    alone = len(fractions) == 1 and paper.in_unit("亿元") >= _YI
    # 列支非食材支出93.4万元, 多计68.2万元, …: a report that tells of small sums, as an audit does, has many
    counts_in_yi, few, largest = _counts_in_yi(paper), len(fractions) <= _HABIT, _largest(paper)
    for sentence, facts in paper.prose():
        text = plain(sentence.text)
        money = [fact for fact in facts if fact.kind == "money" and fact.number]
        yield from _raised(paper, text, money)
        yield from _of_each(paper, text, money)
        money = [fact for fact in money if fact.measure in _MEASURES]
        for fact in money:
            per_head = any(word in _said_around(text, fact) for word in _per_head())
            digits = len(plain(fact.value).replace(".", "").lstrip("-0"))  # 3000元 has four, 3.00万元 is no fraction
            small = fact.unit == "元" and abs(value(fact)) < _LARGE and _is_among_larger(paper, fact)
            part = fact.unit == "万元" and "." in plain(fact.value).rstrip("0")[:-1]
            fits = abs(value(fact)) * MONEY_UNITS["万元"] <= largest  # the same digits in 亿元
            single = alone and _is_below(fact, _FITTING if fits else _ALONE)
            fraction = part and (single or (counts_in_yi and few and _is_below(fact, _SMALL)))
            is_total = fact.key.startswith(_TOTALS) if part else counts_in_yi and _is_large(paper, fact)
            total = fact.unit == "万元" and is_total and abs(value(fact)) * _SHARE < largest
            if digits >= _DIGITS and (((small or fraction) and not per_head) or total) and not _LOOSE & set(fact.flags):
                should = f"{fact.value}{_LARGER[fact.unit]}"
                yield paper.finding("单位", "疑", [fact], f"{printed(fact)} 小得不像一笔财政资金", should, "单位")


def _said_around(text: str, fact: Fact) -> str:
    """The words from the ； or 。 before a figure to the one behind it."""
    start = max(text.rfind(mark, 0, fact.start) for mark in "；;。") + 1
    end = min((at for mark in "；;。" if (at := text.find(mark, fact.end)) > 0), default=len(text))
    return text[start:end]


def _is_large(paper: Paper, fact: Fact) -> bool:
    """A total of the place itself, not of a zone within it, nor what has changed of it."""
    region = paper.parsed.subject.region
    own = bool(fact.scope) and (region is None or fact.region == region.code)
    if fact.key.startswith(_CLASS):  # 结转科目：公共安全885万元 is a part of it: of the whole a growth is told
        facts = paper.by_sentence[fact.sentence]
        own = own and any(one.measure == "yoy_pct" and one.key == fact.key for one in facts)
    return own and fact.measure != "yoy_amount" and bool(_LARGE_TOTALS.fullmatch(fact.key))


def _of_each(paper: Paper, text: str, money: list[Fact]) -> Iterator[Finding]:
    """人均可支配收入37116万元, 每人每月提高25元、达到173万元: no sum of a person."""
    for fact in money:
        if fact.unit == "万元" and value(fact) > _RICH * MONEY_UNITS["万元"] and _EACH.search(text[: fact.start]):
            total = f"{printed(fact)} 大得不像每人的数"
            yield paper.finding("单位", "疑", [fact], total, f"{fact.value}元", "单位")


def _raised(paper: Paper, text: str, money: list[Fact]) -> Iterator[Finding]:
    """由每人2000元提高到2300万元: one of the two is in the wrong unit."""
    for first, second in pairwise(money):
        between = text[first.end : second.start].strip().removeprefix(first.unit)
        sizes = sorted((abs(value(first)), abs(value(second))))
        if first.unit != second.unit and sizes[0] * _TIMES < sizes[1] and _RISE.match(between):
            units = {fact.unit for fact in (first, second)} <= MONEY_UNITS.keys()
            wrong, other = (second, first) if value(second) > value(first) else (first, second)
            if units:
                total = f"由 {printed(first)} 到 {printed(second)}"
                yield paper.finding("单位", "疑", [wrong, other], total, f"{wrong.value}{other.unit}", "单位")


def _fractions(paper: Paper) -> set[tuple[int, int]]:
    """The places of amounts of 万元 with a fraction: a report in 亿元 prints what has one in 亿元."""
    return {
        (fact.sentence, fact.start)
        for _, facts in paper.prose()
        for fact in facts
        if fact.kind == "money" and fact.unit == "万元" and "." in plain(fact.value)
    }


def _largest(paper: Paper) -> Decimal:
    """The largest total of the report."""
    totals = (fact for fact in paper.parsed.facts if fact.kind == "money" and fact.key.startswith("total-gp-"))
    return max((abs(value(fact)) for fact in totals), default=Decimal(0))


@cache
def _per_head() -> tuple[str, ...]:
    return tuple(toml("check.toml")["units"]["per_head"])


def _is_below(fact: Fact, most: int) -> bool:
    return abs(value(fact)) < most * MONEY_UNITS["万元"]


def _is_among_larger(paper: Paper, fact: Fact) -> bool:
    """Most of the report's amounts are in 万元 or 亿元."""
    return paper.in_unit("元") * 2 < paper.in_unit("万元") + paper.in_unit("亿元")


def _counts_in_yi(paper: Paper) -> bool:
    yi, wan = paper.in_unit("亿元"), paper.in_unit("万元")
    return yi > (yi + wan) * _MOSTLY
