"""What holds for one figure: the state of the walk, less what its list, its measure or its words say otherwise.

年初债务余额9亿元                    the state in which the year before ended
五年来…，债务余额90亿元               how things stand when the years end, no sum of them
是2021年平均值5亿元的|2.8倍           of the passage's year, not of the base's
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from index.facts import relations
from index.facts.context import State, Topic
from index.facts.each import Share
from index.facts.surroundings import Verdict
from index.facts.walk import Walk
from index.find.amounts import Amount, is_crossed
from index.models import Period

_OF_A_YEAR: Final = {"budget", "adjusted_budget", "limit"}
_STOCKS: Final = {"outstanding", "balance", "limit"}
_TO_THOSE_BELOW: Final = re.compile("对(?:下|各?[区县市旗]{1,3})[^，。；]*(?:转移支付|税收返还)")
_RAISED_TO: Final = re.compile(r"(?:提高|增加|增长|上升|提升|上调|扩大|降低|下降|减少|[降增提])[到至][^，。；\d]{0,8}$")
_FROM_TO: Final = re.compile(
    r"[由从](?P<first>20\d\d)年[^，。；]*?[到至](?P<to>20\d\d)年[^，。；]*，年均[^，。；]{0,6}$"
)
_TO_COME: Final = re.compile(r"(?:下半年|[三四]季度|\d{1,2}[-—至~]12月)[^，。；：\d]*$")  # 下半年支出计划安排|9亿元
_STANDS: Final = r"年初(?!预算)，?[^，。；（）]{0,24}(?:余额|结余|结转|滚存|规模|限额)[^，。；（）\d]{0,4}"
_AT_START: Final = re.compile(rf"{_STANDS}$")
_PART_AT_START: Final = re.compile(rf"{_STANDS}[\d.,]+[万亿]?元（[^（）]*$")  # 年初限额9亿元（一般债务4亿元


class Told(NamedTuple):
    """A figure and what is known of it; ``text`` is its sentence, ``label`` the words around it."""

    amount: Amount
    verdict: Verdict
    topic: Topic
    share: Share | None
    label: str
    text: str


def held_for(told: Told, walk: Walk) -> State:
    """The state that holds for a figure."""
    amount, share, state = told.amount, told.share, walk.state
    if amount.kind == "times" and told.verdict.measure == "rate" and relations.is_times_of_figure(told.label, amount):
        return state._replace(period=walk.passage_period)
    if share is not None and share.scope is not None:
        state = state._replace(scope=share.scope.scope, scope_words=share.scope.text)
    if state.scope in ("", "lower") and _gives_down(told.topic):
        state = state._replace(scope="own", scope_words="")
    if share is not None and share.period is not None:
        return state._replace(period=share.period)
    period = _period(told, state.period)
    return state._replace(period=period) if period is not None else state


def _gives_down(topic: Topic) -> bool:
    """对县区转移支付9亿元: what those below are given, the own level gives."""
    return topic.key.startswith("transfer-down") or bool(_TO_THOSE_BELOW.search(topic.name))


def _period(told: Told, held: Period) -> Period | None:
    measures = {told.verdict.measure, told.topic.item.measure if told.topic.item is not None else None}
    before = told.label[: told.label.find(told.amount.value)]
    ends = measures & _STOCKS or is_crossed(told.amount) or _RAISED_TO.search(before)
    if held.first_year < held.last_year and ends:
        return Period(held.last_year, held.last_year)
    several = (held.first_month, held.last_month) != (1, 12) and held.first_month < held.last_month  # not 2025年8月
    part = several and held.first_year == held.last_year
    if part and told.verdict.rule == "planned" and _TO_COME.search(told.text, 0, told.amount.start):
        return None
    if part and told.topic.key and (measures & _OF_A_YEAR or told.verdict.rule == "planned"):
        return Period.year(held.first_year)  # 1-6月收入5亿元，占年度预算|9亿元: no budget is one of months
    if told.verdict.rule == "change_against_other" and held.first_year == held.last_year:
        ends = _FROM_TO.search(told.text, 0, told.amount.start)
        if ends is not None and int(ends["to"]) == held.last_year and int(ends["first"]) < held.last_year:
            return Period(int(ends["first"]), held.last_year)  # 由2021年的9亿元增长到2025年的12亿元，年均增长|7%
    opens = _AT_START.search(told.text, 0, told.amount.start) or _PART_AT_START.search(told.text, 0, told.amount.start)
    if measures & _STOCKS and opens:
        return Period(held.last_year - 1, held.last_year - 1, as_of=True)
    return None
