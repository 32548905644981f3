"""At which stage a figure stands, from its words' verdict, its item and the year: budget, actual, or no stage at all.

2026年教育支出9亿元 in a draft for 2026        budget
2025年教育支出9亿元                          actual: an item of a budget, in a year that is over
住房公积金78万元 in a bureau's budget of 2026   budget: such a paper has no other figures of that year
公用经费10万元 in its accounts of 2024          actual, for the same reason
"""

from __future__ import annotations

import re

from index.facts.context import State, Topic
from index.facts.surroundings import Verdict
from index.find.accounts import SET_ASIDE
from index.find.amounts import Amount
from index.models import Measure, Period, Subject

_BUDGET_ACCOUNTS = ("general_public", "government_fund", "state_capital", "social_insurance")
_GRANTED = re.compile(r"^(?!.*(?:收回|上缴|结存|调减)).*限额$")
# 调整后，收入总量为9亿元，即…: until something is told to have been done
_NAMES_A_YEAR = re.compile(r"[上去]年|同比|同期|[比较]20\d\d年")
_AT_FIRST = re.compile("年初(?:预算|安排)[^，。；\\d]*$")
_TO_BE_ADJUSTED = re.compile(r"[，、]?(?:现|拟|建议)*(?:调整|调[增减])(?:后)?[为到至]")
_FROM_HERE = re.compile(r"调整后[，的](?!.*(?:完成|执行|实际|决算|[年期]初|原))")
_CARRIED_OUT = re.compile("执行|完成|决算")
_UNDER_WAY = re.compile("执行|运行|完成情况|收支情况")
_AGAIN = re.compile("第[二三四2-4]次|再次|二次")
_STATED = ("yoy_amount", "adjusted_budget", "limit", "outstanding", "balance")


def is_first_adjustment(about: Subject) -> bool:
    """Is a paper on the adjustment of a budget that was not adjusted before, as far as its title says?"""
    return about.kind == "adjustment" and not _AGAIN.search(about.title)


def against_budget(verdict: Verdict, before: str) -> Verdict:
    """现调整为9亿元，减少|1亿元: in a paper on an adjustment a change is one of the budget, unless it names a year."""
    if verdict.measure not in ("yoy_amount", "yoy_pct") or _NAMES_A_YEAR.search(before):
        return verdict
    return Verdict("amount" if verdict.measure == "yoy_amount" else "rate", "difference", verdict.sign, verdict.flags)


def is_to_be_adjusted(text: str, amount: Amount) -> bool:
    """非税收入|78000万元|，调整为78500万元; 年初预算非税收入|7.8亿元|，本次调增…: the budget before it."""
    return bool(_TO_BE_ADJUSTED.match(text[amount.unit_end :]) or _AT_FIRST.search(text[: amount.start]))


def is_under_way(period: Period, heading: str, kind: str = "") -> bool:
    """1-8月预算执行情况: are the figures those of the months that are over, whatever the paper (of this ``kind``) plans
    for the year?"""
    part = period.first_month == 1 and period.last_month < 12
    return part and (kind == "adjustment" or bool(_UNDER_WAY.search(heading)))


def is_adjusted(verdict: Verdict, before: str, kind: str, heading: str) -> bool:
    """Is a figure that no word calls done that of an adjusted budget: ``before`` it (in its sentence) the adjustment is
    told, or the paper is on that and its ``heading`` on nothing else."""
    if verdict.rule == "done" and not verdict.unspoken:
        return False
    return bool(_FROM_HERE.search(before)) or (kind == "adjustment" and not _CARRIED_OUT.search(heading))


def stage_of(
    verdict: Verdict, topic: Topic, amount: Amount, state: State, plan: bool, owned: bool, closed: bool = False
) -> Measure:
    """The measure of a figure.  ``plan`` says that its year is a coming one, ``owned`` that the paper is a body's,
    ``closed`` that it is the account of that year."""
    item = topic.item
    if verdict.measure == "outstanding" and item is not None and item.measure == "balance":
        return "balance"  # 稳定调节基金余额 is a balance
    if amount.kind != "money" or verdict.measure in _STATED:
        return verdict.measure
    if verdict.rule in ("difference", "threshold", "below_limit") or (verdict.rule == "needed" and not plan):
        return "amount"
    if verdict.measure == "amount" and item is None and _GRANTED.search(topic.name):
        return "limit"  # 提前批新增债务限额9亿元
    if item is None and topic.flow == "balance":
        return "balance"
    stated = item.measure if item is not None else None
    if verdict.measure == "amount" and state.parent is not None and state.parent.budgeted and not stated:
        return state.parent.budgeted  # 预算数9000万元，其中还本3800万元: the parts are budgeted, too
    if stated and (verdict.measure != "budget" or verdict.rule in ("planned", "approved")):
        return stated
    if verdict.rule == "planned" and not topic.key and not plan:
        return "amount"  # 安排资金34.9亿元 in a year that is over is what was spent on it
    if verdict.measure != "amount":
        return "budget" if verdict.measure == "actual" and plan else verdict.measure
    if plan and (item is not None or topic.key or owned):
        return "budget"
    counted = topic.account in _BUDGET_ACCOUNTS or topic.key.startswith(("total-", "dept-"))
    if topic.key in SET_ASIDE:
        return "budget"
    if topic.key and counted and topic.flow in ("revenue", "expenditure"):
        return "actual"
    return "actual" if owned and closed and "预算" not in topic.name.removeprefix("一般公共预算") else "amount"
