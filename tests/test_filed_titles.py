"""Tables whose title says that they are of a level or a place below the report's own: their figures are never those of
the whole.  The titles are of the shapes that reports print; names and figures are our own."""

from __future__ import annotations

import pytest

from index.find.gazetteer import region as region_by_code
from tests.parse_builders import parsed, shown, table

CITY = "长治市2025年财政预算执行情况和2026年财政预算（草案）的报告"
ROWS = "项目 | 预算数 | 执行数\n增值税 | {0} | {1}\n契税 | 40 | 50"

# The title of the second table of a report, then the place and the level of its figures.
TITLES: tuple[tuple[str, str, str], ...] = (
    ("表2 2025年区级一般公共预算收入执行情况表", "长治市", "lower"),
    ("表2 2025年县级一般公共预算收入执行情况表", "长治市", "lower"),
    ("表2 2025年经开区一般公共预算收入执行情况表", "经开区", ""),
    ("附件3 2025年潞城区一般公共预算收入执行情况表", "潞城区", ""),
    ("表2 长治市高新区2025年一般公共预算收入执行情况表", "高新区", ""),
    # its own level, the whole, and titles that name a place for another reason
    ("表2 2025年市级一般公共预算收入执行情况表", "长治市", "own"),
    ("表2 2025年全市一般公共预算收入执行情况表", "长治市", "whole"),
    ("表2 2025年市对潞城区一般公共预算转移支付情况表", "长治市", ""),
    ("表2 2025年支持经开区建设收入情况表", "长治市", ""),
    ("表2 2025年各县区一般公共预算收入执行情况表", "长治市", ""),
)


@pytest.mark.parametrize("title, place, scope", TITLES)
def test_a_title_of_a_level_or_a_place_below(title: str, place: str, scope: str) -> None:
    whole = table(ROWS.format(9000, 9100), "表1 2025年全市一般公共预算收入执行情况表 单位：万元")
    part = table(ROWS.format(700, 710), f"{title} 单位：万元")
    facts = parsed(CITY, whole, part).facts
    found = [(_place(fact.region), fact.scope) for fact in facts if fact.value == "710"]
    assert found == [(place, scope)], shown(facts)
    assert [(_place(f.region), f.scope) for f in facts if f.value == "9100"] == [("长治市", "whole")]


CLASSIFIED = """
项目 | 决算数
一般公共服务支出 | 900
人大事务 | 300
行政运行 | 201
其他人大事务支出 | 99
政协事务 | 280
行政运行 | 202
委员视察 | 78
公共安全支出 | 500
公安 | 400
行政运行 | 203
特别业务 | 54
特别业务 | 55
信息化建设 | 91
行政运行 | 204
信息化建设 | 92
"""
# What each row is, by its value; "" is of a 款 that the table leaves out, and nobody knows of which.
LINES = {
    "201": "fn-20101/行政运行",
    "202": "fn-20102/行政运行",
    "203": "fn-20402/行政运行",
    "55": "fn-20402/特别业务",
    "91": "fn-20402/信息化建设",
    "204": "",
    "92": "",
}


def test_a_line_of_a_group_that_the_table_leaves_out() -> None:
    facts = parsed(CITY, table(CLASSIFIED, "表3 2025年全市一般公共预算支出决算表 单位：万元")).facts
    assert {fact.value: fact.key for fact in facts if fact.value in LINES} == LINES, shown(facts)


def _place(code: str) -> str:
    found = region_by_code(code)
    return found.name if found else code.partition("-")[2]


MOVED = [
    ("年初预算 | 调整数（±） | 调整后预算", ["budget", "amount", "adjusted_budget"]),
    ("年初预算 | 增减调整额 | 调整后预算数", ["budget", "amount", "adjusted_budget"]),
    ("年初预算 | 调整数 | 决算数", ["budget", "adjusted_budget", "actual"]),  # no budget after it: it is that itself
]


@pytest.mark.parametrize("heads, measures", MOVED)
def test_by_how_much_a_budget_was_moved(heads: str, measures: list[str]) -> None:
    rows = table(
        f"科目 | {heads}\n教育支出 | 6000 | 300 | 6300\n农林水支出 | 4000 | 900 | 4900", "2025年支出调整表 单位：万元"
    )
    facts = [fact for fact in parsed("长治市2025年财政预算调整方案的报告", rows).facts if fact.item.startswith("教育")]
    assert [fact.measure for fact in facts] == measures, shown(tuple(facts))
    assert [fact.item for fact in facts if fact.measure == "amount"] == ["教育支出（预算调整）"] * measures.count(
        "amount"
    )
