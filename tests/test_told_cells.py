"""Cells that tell what a row is for, and cells with bounds (≥95%): the row's, whatever stands between."""

from __future__ import annotations

from decimal import Decimal

import pytest

from index.facts.told_cells import counts_told
from index.find.cells import figure_in, plain_cell
from tests.parse_builders import facts_of, table

TARGETS = table(
    """
    项目名称 | 预算资金（万元） | 主要产出指标 | 满意度指标
    茶园提质 | 60.00 | 改造老茶园1,800亩，举办推介会2场 | ≥90%
    村级组织运转 | 386.40 | 保障11个村正常运转，按月足额发放 | ≥95%
    集镇保洁 | 57.20 | 清扫面积14.5万平方米 | ≥92％
    """,
    "2024年项目绩效目标情况表",
)


@pytest.mark.parametrize(
    "cell,counts",
    [
        ("改造老茶园1800亩，举办推介会2场", [("改造老茶园", "1800", "亩"), ("举办推介会", "2", "场")]),
        ("铺设排水沟1.6公里；安装路灯120盏", [("铺设排水沟", "1.6", "公里"), ("安装路灯", "120", "盏")]),
        ("保障11个村正常运转", []),
        ("引进企业12户以上，签约资金20亿元", [("引进企业", "12", "户")]),
        ("2024年", []),
        ("培训教师不少于300人次", [("培训教师", "300", "人次")]),
    ],
)
def test_counts(cell: str, counts: list[tuple[str, str, str]]) -> None:
    assert [(name, amount.value, amount.unit) for name, amount in counts_told(cell)] == counts


def test_rows() -> None:
    facts = facts_of("长治市上党区2024年预算公开说明", TARGETS)
    got = {
        (fact.item, fact.measure, fact.value, fact.unit, "rough" in fact.flags) for fact in facts if fact.unit != "万元"
    }
    assert got == {
        ("茶园提质（改造老茶园）", "count", "1,800", "亩", False),
        ("茶园提质（举办推介会）", "count", "2", "场", False),
        ("茶园提质（满意度指标）", "rate", "90", "%", True),
        ("村级组织运转（满意度指标）", "rate", "95", "%", True),
        ("集镇保洁（清扫面积）", "count", "14.5", "万平方米", False),
        ("集镇保洁（满意度指标）", "rate", "92", "%", True),
    }  # fmt: skip


@pytest.mark.parametrize(
    "cell,number,unit",
    [
        ("≥95%", "95", "%"), ("≥ 95％", "95", "%"), (">=12", "12", ""), ("≤5%", "5", "%"), ("不低于90%", "90", "%"),
        ("≥30万元", "300000", "万元"), ("不少于12个", "12", "个"), ("＞98.5%", "98.5", "%"),
    ],
)  # fmt: skip
def test_bounds(cell: str, number: str, unit: str) -> None:
    figure = figure_in(plain_cell(cell))
    assert figure and (figure.number, figure.unit, figure.rough) == (Decimal(number), unit, True)
