"""Reports on audits: what an audit found of an item is no figure of that item.

6项非税收入0.57亿元未编入年初预算    -> 审计查出：非税收入, which answers no question for 非税收入
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from index.models import Fact

_REPORT: Final = re.compile("审计工作报告|审计结果|审计(?:情况|查出)[^，。]{0,12}报告|审计报告")
_HEADS: Final = re.compile("审计|查出|发现|问题|整改")
_TOTALS: Final = ("total-", "debt-balance", "debt-limit", "other-review")  # told as the state of things, not as found
_AMOUNTS: Final = ("amount", "actual")
_FOUND: Final = "审计查出："


def is_report(title: str) -> bool:
    """Is a title that of a report on audits?"""
    return bool(_REPORT.search(title))


def heads_findings(title: str) -> bool:
    """Does a heading of such a report stand above what was audited?"""
    return bool(_HEADS.search(title))


def found(fact: Fact) -> Fact:
    """A line of an account, a transfer or a bond that an audit speaks of: so much of it was found amiss."""
    stands = fact.measure == "balance" and fact.rule.endswith("+item")  # 结转下年3亿元, 年末滚存结余9亿元
    told = stands or (
        fact.key.startswith(_TOTALS) and not (fact.rule.endswith("+carried") and fact.measure in _AMOUNTS)
    )
    if fact.kind != "money" or not fact.key or told or fact.account == "other":
        return fact  # 一是1.2亿元项目资金未落实: what the sentence before told of is over
    return replace(fact, item=f"{_FOUND}{fact.item}", key="", flow="")
