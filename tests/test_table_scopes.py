"""Whose figures a table holds: levels and places in titles, heads and rows.

项目   | 全市 | 市本级        -> 增值税: 900 of the whole city, 300 of its own level
增值税 | 900  | 300
"""

from __future__ import annotations

import pytest

from index.models import Block, Parsed
from tests.parse_builders import check, parsed, table

CITY = "长治市2025年预算执行情况和2026年预算草案的报告"
REVENUE = "项目 | 2025年预算数 | 2025年执行数\n增值税 | {0} | {1}\n契税 | 40 | 50"


def read(*blocks: Block | str) -> Parsed:
    return parsed(CITY, *blocks)


def test_levels_as_columns_win_over_the_title() -> None:
    found = read(
        table(
            "项目 | 全市 | 市本级\n增值税 | 900 | 300\n契税 | 60 | 20", "2025年长治市及市本级税收执行情况表 单位：万元"
        )
    )
    check(
        found,
        {"item": "增值税", "value": "900", "scope": "whole", "scope_words": "全市", "region": "长治市"},
        {"item": "增值税", "value": "300", "scope": "own", "scope_words": "市本级"},
        {"item": "契税", "value": "20", "scope": "own"},
    )


def test_formula_column_between() -> None:
    found = read(
        table(
            "项目 | 公式 | 本地区 | 本级 | 县区小计\n增值税 | A=B+C | 900 | 300 | 600\n契税 | B | 60 | 20 | 40",
            "市本级税收情况表 单位：万元",
        )
    )
    check(
        found,
        {"item": "增值税", "value": "900", "scope": "whole"},
        {"item": "增值税", "value": "300", "scope": "own"},
        {"item": "增值税", "value": "600", "scope": "lower"},
    )


def test_levels_and_sides_in_one_head_with_the_rates_beside_them() -> None:
    found = read(
        table(
            "项目 | 全市收入预算 | 全市收入完成 | 占预算（%） | 市本级支出调整预算 | 市本级支出完成 | 占调整预算（%）\n"
            "失业保险基金 | 90 | 99 | 110 | 40 | 30 | 75",
            "2025年社会保险基金收支完成情况表 单位：万元",
        )
    )
    revenue, expenditure = {"key": "si-rev-10202", "scope": "whole"}, {"key": "si-exp-20902", "scope": "own"}
    check(
        found,
        {**revenue, "value": "90", "measure": "budget"},
        {**revenue, "value": "99", "measure": "actual"},
        {**revenue, "value": "110", "measure": "completion"},
        {**expenditure, "value": "40", "measure": "adjusted_budget"},
        {**expenditure, "value": "75", "measure": "completion"},
    )


def test_title_without_a_level_beside_one_with_it_is_the_whole() -> None:
    found = read(
        table(REVENUE.format(900, 950), "表1 2025年长治市一般公共预算收入执行情况表 单位：万元"),
        table(REVENUE.format(300, 310), "表2 2025年长治市市本级一般公共预算收入执行情况表 单位：万元"),
    )
    check(
        found,
        {"item": "增值税", "value": "950", "scope": "whole", "scope_words": ""},
        {"item": "增值税", "value": "310", "scope": "own", "scope_words": "市本级"},
    )


def test_same_title_in_brackets() -> None:
    found = read(
        table(REVENUE.format(900, 950), "一般公共预算收入执行情况表 单位：万元"),
        table(REVENUE.format(300, 310), "一般公共预算（本级）收入执行情况表 单位：万元"),
    )
    check(found, {"value": "950", "scope": "whole"}, {"value": "310", "scope": "own"})


@pytest.mark.parametrize(
    "blocks",
    [
        pytest.param(
            (table(REVENUE.format(900, 950), "2025年长治市一般公共预算收入执行情况表 单位：万元"),),
            id="no levels anywhere",
        ),
        pytest.param(
            (
                table(REVENUE.format(900, 950), "2025年专项资金收入情况表 单位：万元"),
                table(REVENUE.format(300, 310), "2025年市本级一般公共预算收入执行情况表 单位：万元"),
            ),
            id="another table without the region",
        ),
        pytest.param(
            (
                table(REVENUE.format(900, 950), "2025年长治市对各县区转移支付情况表 单位：万元"),
                table(REVENUE.format(300, 310), "2025年市本级一般公共预算收入执行情况表 单位：万元"),
            ),
            id="what the city gives",
        ),
    ],
)
def test_title_that_says_nothing_stays_open(blocks: tuple[Block, ...]) -> None:
    check(read(*blocks), {"value": "950", "scope": ""})


def test_section_on_the_own_level_holds_for_its_tables() -> None:
    found = read(
        "一、市本级预算执行情况",
        table(REVENUE.format(900, 950), "2025年一般公共预算收入执行情况表 单位：万元"),
        table(REVENUE.format(300, 310), "2025年市本级政府性基金收入执行情况表 单位：万元"),
    )
    check(found, {"value": "950", "scope": "own"})


def test_title_on_two_lines() -> None:
    found = read(
        "一、概况",
        "2025年市本级一般公共预算安排的税收返还",
        "及转移支付分项目情况表",
        "单位：万元",
        table("项目 | 2026年预算数\n专项转移支付 | 800\n一般性转移支付 | 1500"),
    )
    check(found, {"item": "专项转移支付", "value": "800", "scope": "own", "period": "2026"})


def test_row_of_the_region_itself_beside_its_own_level() -> None:
    found = read(
        "一、市本级预算执行情况",
        table(
            "行政区划 | 2025年政府债务限额（预计数） | | \n | | 一般债务 | 专项债务\n公式 | A=B+C | B | C\n"
            "长治市 | 90 | 40 | 50\n市本级 | 50 | 25 | 25\n区县合计 | 40 | 15 | 25\n其中：襄垣县 | 30 | 10 | 20\n"
            "沁县 | 10 | 5 | 5",
            "2025年政府债务限额情况表 单位：亿元",
        ),
    )
    check(
        found,
        {"key": "debt-limit-special", "value": "50", "region": "长治市", "scope": "whole"},
        {"key": "debt-limit", "value": "50", "region": "长治市", "scope": "own"},
        {"key": "debt-limit-general", "value": "15", "region": "长治市", "scope": "lower"},
        {"key": "debt-limit-special", "value": "20", "region": "襄垣县"},
    )


def test_sum_of_places_is_the_whole_or_the_levels_below() -> None:
    rows = "地区 | 债务限额\n合计 | 40\n{0}襄垣县 | 30\n沁县 | 10"
    below = read(table(rows.format(""), "2025年各县区政府债务限额表 单位：亿元"))
    check(below, {"value": "40", "scope": "lower", "key": "debt-limit"})
    whole = read(table(rows.format("市本级 | 20\n"), "2025年政府债务限额表 单位：亿元"))
    check(whole, {"value": "40", "scope": "whole"}, {"value": "20", "scope": "own"})


def test_zone_in_a_list_of_districts() -> None:
    found = read(
        table(
            "地区 | 一般公共预算收入 | 一般公共预算支出\n襄垣县 | 30 | 50\n沁县 | 10 | 20\n临港区 | 7 | 9",
            "2025年各县区收支情况表 单位：亿元",
        )
    )
    check(found, {"key": "total-gp-rev", "value": "7", "region": "临港区"})


def test_transfers_with_places_as_columns() -> None:
    found = read(
        table(
            "项目 | 合计 | 其中： | \n | | 襄垣县 | 沁县\n合计 | 900 | 500 | 400\n一、返还性支出 | 300 | 200 | 100\n"
            "二、一般性转移支付支出 | 600 | 300 | 300\n教育 | 50 | 30 | 20",
            "市本级一般公共预算2026年对县（市、区）转移支付支出预算 单位：万元",
        )
    )
    check(
        found,
        {"key": "transfer-payment", "value": "400", "region": "沁县", "period": "2026", "measure": "budget"},
        {"key": "transfer-down", "value": "900", "region": "长治市", "scope": "own"},
        {"key": "transfer-down-refund", "value": "100", "region": "沁县"},
        {"item": "教育（转移支付）", "value": "20", "region": "沁县"},
    )
    assert not any(fact.key == "total-gp-exp" for fact in found.facts)


def test_transfers_with_places_as_rows() -> None:
    found = read(
        table(
            "县区 | 合计 | 国有土地使用权出让收入 | 水库移民扶持\n"
            "合计 | 90 | 60 | 30\n襄垣县 | 50 | 40 | 10\n沁县 | 40 | 20 | 20",
            "2025年市对各县区政府性基金转移支付分项目情况表 单位：万元",
        )
    )
    check(
        found,
        {"key": "transfer-payment", "value": "50", "region": "襄垣县", "account": "government_fund"},
        {"item": "国有土地使用权出让收入（转移支付）", "value": "40", "region": "襄垣县"},
        {"item": "水库移民扶持", "value": "20", "region": "沁县"},
    )
    assert not any(fact.key.startswith("gf-rev") for fact in found.facts)


def test_level_of_a_group_of_rows() -> None:
    found = read(
        table("项目 | 2025年执行数\n一、全市 | \n税收收入 | 90\n二、市本级 | \n税收收入 | 30", "收入情况表 单位：亿元")
    )
    check(
        found,
        {"key": "gp-rev-101", "value": "90", "scope": "whole"},
        {"key": "gp-rev-101", "value": "30", "scope": "own"},
    )


def test_the_last_of_several_titles_is_the_tables_own() -> None:
    """The name of the book stands above its first table."""
    found = read(
        table(REVENUE.format(900, 950), "2025年市级预算完成情况表2025年全市一般公共预算收入完成情况表单位：万元")
    )
    check(found, {"item": "增值税", "value": "950", "scope": "whole", "scope_words": "全市"})
    found = read(table(REVENUE.format(900, 950), "附表2025年市级一般公共预算收入完成情况表单位：万元"))
    check(found, {"item": "增值税", "value": "950", "scope": "own"})
