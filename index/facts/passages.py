"""When what a sentence names holds for those behind it, too: its year, its level, its place.

2024年，全区……。    opens the passage: what follows is of 2024
上年……             holds to the end of its clause
临港区编制目标200个。 the next sentence is of the whole city again
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from index.facts import spans
from index.facts.clauses import PART_OF
from index.facts.context import Frame, State, Topic
from index.facts.marks import Marks
from index.facts.opening import opens_with
from index.find.periods import PeriodMatch
from index.models import Account, Period, Region, Scope

NARROWER: tuple[Scope, ...] = ("own", "own_wide", "lower")
_SEVERAL = 2
ACCOUNTS = ("general_public", "government_fund", "state_capital", "social_insurance")


class Opened(NamedTuple):
    """The period of a passage from here on, and whether the text has named it."""

    period: Period
    explicit: bool


def opened_by(
    match: PeriodMatch, period: Period, marks: Marks, frame: Frame, plan_year: int | None, year: int, held: Opened,
    heads: bool,
) -> Opened:  # fmt: skip
    """What the passage is about once ``match``, which means ``period``, was met in it; ``heads`` says that only openers
    stand before it."""
    first = opens_with(marks, match, year)
    if frame.year is not None and frame.year < period.first_year == plan_year:
        first = False  # 2026年将提前安排…, in a section on 2025: the sentence behind is of 2025 again
    single_month = match.months is not None and match.months[0] == match.months[1]
    if match.years is not None and not match.as_of and (first or not (held.explicit or frame.year)):
        return Opened(Period.year(period.first_year) if single_month else period, held.explicit or first)
    if first and match.months and not single_month:
        return held._replace(period=period)
    if spans.is_five_years(match) and (first or (not marks.amounts and heads)):
        return Opened(period, explicit=True)
    return held


def after_passing(before: State, state: State, goes_on: bool) -> State:
    """…厉行节约，市本级接待费下降27%。, 临港区编制绩效目标200个。: what follows is not of that level or place.

    After an account total it is, and of a place after any of its revenues, expenditures and debts.
    """
    topic = state.topic
    if topic is not None and topic.key.startswith("total-"):
        return state
    elsewhere = state.region != before.region
    told = topic is not None and bool(topic.key) and topic.account in (*ACCOUNTS, "debt")
    if (elsewhere and not told and not goes_on) or (not elsewhere and state.scope == "own"):
        return state.at_level_of(before)
    return state


def of_none_of(
    placed: set[str], state: State, frame: Frame, own: Region | None, whole: State | None
) -> State:  # fmt: skip
    """潞城区…，屯留区…。, 区级…；镇级…。: what follows a sentence that parts what it tells of by places or levels
    (``placed``) is of no one of them, but of all, as the first account of the section was (``whole``)."""
    levels = state.scope == "lower" and {"own", "lower"} <= placed
    if not levels and len(placed - {"own", "whole"}) < _SEVERAL:
        return state
    level = whole or frame
    return state._replace(region=frame.region or own, scope=level.scope, scope_words=level.scope_words)


def as_whole(state: State, frame: Frame, own: Region | None) -> State:
    """市本级支出9亿元。我市发行债券12亿元: whoever speaks of himself is no level of his own."""
    if state.region in (None, own) and state.scope in NARROWER:
        return state._replace(scope=frame.scope, scope_words=frame.scope_words)
    return state


def all_year(state: State, frame: Frame) -> State:
    """由上半年下降4%到全年增长6%: the months are over, unless the report is on no more than these."""
    held = state.period
    if frame.months or held.first_year != held.last_year:
        return state
    return state._replace(period=replace(held, first_month=1, last_month=12))


def months_of_part(text: str, told: Period, passage: Period) -> Period:
    """10月当月，收入9亿元。其中：税收7亿元: the parts of what was told of some months are of these."""
    narrower = (told.first_month, told.last_month) not in ((1, 12), (passage.first_month, passage.last_month))
    same = told.first_year == told.last_year == passage.first_year == passage.last_year
    return told if same and narrower and not told.as_of and PART_OF.match(text) else passage


def is_other_side(topic: Topic, state: State, whole: State | None) -> bool:
    """其中市本级收入5亿元，支出4亿元, 市级还本5亿元，付息2亿元: the other side of one that named its level or place."""
    held = state.topic
    if held is None or whole is None or (state.scope, state.region) == (whole.scope, whole.region):
        return False
    if held.key.startswith("debt-principal"):
        return topic.key == held.key.replace("principal", "interest")
    sides = held.key.startswith("total-") and topic.key.startswith("total-")
    return sides and held.account == topic.account and {held.flow, topic.flow} == {"revenue", "expenditure"}


def stood_back(state: State, before: State, levels: tuple[Scope, ...] = ("own",)) -> State:
    """●落实政策。: a point of its own is of whom the accounts were told of last, if one of these levels holds."""
    return state.at_level_of(before) if state.scope in levels and state.scope != before.scope else state


def of_no_account(state: State, told: set[Account], frame: Frame) -> State:
    """全市一般公共预算支出5亿元；政府性基金支出2亿元。: what follows is of neither, unless a heading says so."""
    return state._replace(account="") if len(told) > 1 and not frame.account else state
