"""What a change is measured against: the year before, or something else that its words name.

比上年增长|5%             last_year
与2021年相比，增长|5%      other, unless 2021 is the year before those that hold
"""

from __future__ import annotations

import re
from typing import Final, Literal

from index.facts.marks import Marks
from index.find.periods import PeriodMatch
from index.models import Period

Base = Literal["", "last_year", "other"]
_COMPARED: Final = ("相比，", "比较，", "同期，")
_OPENS: Final = re.compile(r"[^，。；：]*(?:相比|比较)，")
_COMPARED_CLAUSE: Final = re.compile(r"[^，。；：]*(?:相比|比较|同期)，$")


def base_of(marks: Marks, held: Period, start: int, end: int, clause_start: int) -> Base:
    """The year that the figure at ``end`` is measured against: named since the last figure (``start``), or in this
    clause; ``held`` is the period that holds."""
    for period in marks.periods:
        if period.compared and (start if start < clause_start else min(start, clause_start)) <= period.start < end:
            return "last_year" if _is_last(period, held) or period.offset == 0 else "other"
    return _base_before(marks, held, clause_start)


def _base_before(marks: Marks, held: Period, clause_start: int) -> Base:
    """与上年同期相比，减收…: the base may stand in a clause of its own right before."""
    clause = marks.text[:clause_start]
    if clause.endswith(_COMPARED) and (match := _COMPARED_CLAUSE.search(clause)):
        inside = [p for p in marks.periods if p.compared and match.start() <= p.start < match.end()]
        if inside:
            return "last_year" if _is_last(inside[-1], held) else "other"
    opening = _OPENS.match(clause)
    if opening is not None and "；" not in clause[opening.end() :]:  # 与上年相比，收入减少3亿元，支出减少|1亿元
        inside = [p for p in marks.periods if p.compared and p.start < opening.end()]
        if inside:
            return "last_year" if _is_last(inside[-1], held) else "other"
    return ""


def _is_last(period: PeriodMatch, held: Period) -> bool:
    """Is it the year, or the years, before those that hold?"""
    return period.offset == -1 or (
        period.years is not None
        and period.years[1] == held.first_year - 1
        and (period.years[0] == period.years[1]) == (held.first_year == held.last_year)
    )
