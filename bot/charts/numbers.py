"""Figures for a picture: one unit for a panel, and the label of each value in it.

56917 万元, 8.57 亿元 -> in 万元: 56,917 and 85,700      6.75% -> +6.75%      withheld -> 隐去
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from bot.charts.chart import Mark, Role
from bot.telegram.amounts import UNITS, exact, printed, scaled, withheld
from index import Shown

# From here up a figure in 万元 has more digits than a phone has room for.
_LARGE: Final = Decimal(10) ** 11
_TOLD: Final = {"budget": "预算数", "adjusted_budget": "调整预算数"}


def scale_of(shown: Sequence[Shown], wanted: str = "auto") -> str:
    """The unit in which figures of one kind are drawn; "" where each keeps its own."""
    some: list[Shown] = [one for one in shown if one.number is not None]
    units = {one.figure.unit for one in some}
    only = next(iter(units)) if len(units) == 1 else ""
    if not all(is_money(one) for one in some):
        return only
    if wanted in UNITS:
        return wanted
    if any(one.number is not None and abs(one.number) >= _LARGE for one in some):
        return "亿元"
    return only if only in UNITS else "万元"


def mark_of(one: Shown, unit: str, role: Role = "done") -> Mark:
    """The value of a figure in a unit, with its label; * marks a computed one."""
    name = one.measure or _TOLD.get(one.figure.measure, "")
    if one.number is None:
        return Mark(None, "隐去" if withheld(one) else printed(one), role, name, source=one)
    value, label = one.number, printed(one)
    if is_money(one) and unit in UNITS:
        value = one.number / UNITS[unit]
        if one.figure.unit == unit:
            label = printed(one).removesuffix(unit).strip()
        else:
            label = exact(one.number, unit)
            label = label if len(label.partition(".")[2]) <= 2 else scaled(one.number, unit)
    elif unit and unit != "%":
        label = label.removesuffix(unit).strip()
    return Mark(value, label + ("*" if one.figure.derived else ""), role, name, one.figure.derived, one)


def is_money(one: Shown) -> bool:
    """Amounts that can stand on one scale; 元/人 cannot."""
    return one.kind == "money" and "/" not in one.figure.unit


def changed(marks: Sequence[Mark], unit: str) -> bool:
    """Is a figure drawn in another unit than its report has?"""
    return any(mark.source is not None and is_money(mark.source) and mark.source.figure.unit != unit for mark in marks)
