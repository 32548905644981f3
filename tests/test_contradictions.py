"""Figures of one document that cannot both be right, and those that only look so."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from index.contradictions import agree, contradictions, grain
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


# what the second fact differs in besides its number -> is it a contradiction
SECOND: list[tuple[dict[str, Any], bool]] = [
    ({}, True),
    ({"rule": "table"}, True),
    ({"sentence": 0}, False),
    ({"period": Period.year(2022)}, False),
    ({"scope": "own"}, False),
    ({"region": "140400"}, False),
    ({"account": "government_fund"}, False),
    ({"measure": "budget"}, False),
    ({"key": ""}, False),
    ({"parent": "民生支出"}, True),
]


@pytest.mark.parametrize("other, found", SECOND)
def test_only_the_same_slots_contradict(other: dict[str, Any], found: bool) -> None:
    first, second = fact("56917"), fact("56000", **({"sentence": 1} | other))
    assert [(one.first, one.second) for one in contradictions([first, second])] == [(first, second)] * found


def test_parts_of_different_wholes_and_rows_of_tables() -> None:
    parts = [fact("1", parent="民生支出"), fact("2", parent="上级补助", sentence=1)]
    rows = [fact("1", rule="table"), fact("2", rule="table", sentence=1)]
    assert contradictions(parts) == []
    assert contradictions(rows) == []


def test_one_for_each_item() -> None:
    many = [fact(str(number), sentence=number) for number in range(1, 9)]
    assert len(contradictions(many)) == 1


@pytest.mark.parametrize(
    "label, found",
    [("收入突破500亿元", False), ("收入超过500亿元", False), ("收入500亿元以上", False), ("收入约500亿元", True)],
)
def test_what_a_figure_is_beyond_contradicts_none(label: str, found: bool) -> None:
    rough = fact("500", "亿元", flags=("rough",), label=label)
    assert bool(contradictions([rough, fact("515.74", "亿元", sentence=1)])) is found
