"""Figures of one document that cannot both be right, and those that only look so."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from index.contradictions import agree, doubled_keys, grain, is_bound
from index.find.amounts import MONEY_UNITS
from index.models import Fact, Period


def fact(value: str, unit: str = "万元", sentence: int = 0, rule: str = "done+item", **slots: Any) -> Fact:
    number = None if "*" in value else Decimal(value.replace(",", "")) * MONEY_UNITS.get(unit, Decimal(1))
    given: dict[str, Any] = {
        "region": "140404", "scope": "whole", "scope_words": "全区", "period": Period.year(2023),
        "account": "general_public", "flow": "expenditure", "item": "教育支出", "key": "205", "parent": "", "label": "",
        "measure": "actual", "kind": "money",
    }  # fmt: skip
    given |= slots
    return Fact(**given, value=value, unit=unit, number=number, sentence=sentence, start=0, end=len(value), rule=rule)


# one figure, the other, whether they agree
PAIRS = [
    (fact("56917"), fact("56917"), True),
    (fact("85655"), fact("8.57", "亿元"), True),
    (fact("85655"), fact("8.56", "亿元"), True),  # cut, not rounded
    (fact("85655"), fact("8.55", "亿元"), False),
    (fact("8.57", "亿元"), fact("8.58", "亿元"), False),
    (fact("3,529"), fact("0.3553", "亿元"), False),
    (fact("56917"), fact("*"), True),
    (fact("500", "亿元", flags=("rough",)), fact("500.7", "亿元"), True),
]


@pytest.mark.parametrize("first, second, same", PAIRS)
def test_agree(first: Fact, second: Fact, same: bool) -> None:
    assert agree(first, second) is same
    assert agree(second, first) is same


def test_grain() -> None:
    assert grain(fact("8.57", "亿元")) == 1_000_000
    assert grain(fact("1,200", "元/人")) == 1


# figures of one key in a document, in the order of the print -> whether the key has two
KEYS = [
    ((fact("56917"), fact("56000", sentence=1)), True),
    ((fact("56917"), fact("56000", sentence=1, rule="table")), True),
    ((fact("56917"), fact("56000")), True),  # within a sentence: one of them is filed wrongly
    ((fact("56917"), fact("5.69", "亿元", sentence=1)), False),
    ((fact("56917"), fact("56000", sentence=1, period=Period.year(2022))), False),
    ((fact("56917"), fact("56000", sentence=1, scope="own")), False),
    ((fact("56917"), fact("56000", sentence=1, measure="budget")), False),
    ((fact("56917", key=""), fact("56000", sentence=1, key="")), False),
    ((fact("56917"), fact("56000", sentence=1, flags=("unsettled",))), False),
]


@pytest.mark.parametrize("figures, doubled", KEYS)
def test_keys_with_two_figures(figures: tuple[Fact, ...], doubled: bool) -> None:
    assert [(one.first, one.second) for one in doubled_keys(figures)] == [figures] * doubled


@pytest.mark.parametrize(
    "label, bound",
    [("收入突破500亿元", True), ("收入超过500亿元", True), ("收入500亿元以上", True), ("收入约500亿元", False)],
)
def test_what_a_figure_is_beyond(label: str, bound: bool) -> None:
    assert is_bound(fact("500", "亿元", flags=("rough",), label=label)) is bound
