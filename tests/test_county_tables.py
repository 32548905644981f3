"""Tables over places, debts and insurances: the row names whose figure it is, the column which one.

县区 | 年度预算数 | 12月份累计完成      ->  一般公共预算收入 of 沁县: budget 11815万元, actual 11915万元
沁县 | 11815      | 11915
"""

from __future__ import annotations

from index.models import Block, Parsed
from tests.parse_builders import TITLE, check, parsed, table

CITY = "长治市2023年预算执行情况和2024年预算草案的报告"


def read(*blocks: Block | str) -> Parsed:
    return parsed(CITY, *blocks)


COUNTIES = """
县 区 | 一 般 公 共 预 算 收 入 | | | | | | |
 | 年 度 预 算 数 | 本 月 完 成 数 | 12月 份 累 计 完 成 | 为年度预算% | 按进度排队 | 上年同期数 | 增 减 幅 | 按增幅排队
长治市 | 3291180 | 272374 | 3150770 | 95.73 | | 3104887 | 1.48 |
市本级 | 1279974 | 111573 | 1214125 | 94.86 | | 1216490 | -0.19 |
经开区 | 34909 | 1348 | 34997 | 100.25 | 5 | 32933 | 6.27 | 6
沁县 | 11815 | 482 | 11915 | 100.85 | 4 | 10940 | 8.91 | 3
"""


def test_county_table() -> None:
    found = parsed(TITLE, "教育支出34120万元。", table(COUNTIES))
    item = {"key": "total-gp-rev", "account": "general_public"}
    check(
        found,
        {**item, "region": "沁县", "measure": "budget", "value": "11815", "period": "2023"},
        {**item, "region": "沁县", "measure": "actual", "value": "11915", "period": "2023"},
        {**item, "region": "沁县", "measure": "actual", "value": "482", "period": "2023年12月"},
        {**item, "region": "沁县", "measure": "completion", "value": "100.85", "unit": "%"},
        {**item, "region": "沁县", "measure": "actual", "value": "10940", "period": "2022"},
        {**item, "region": "沁县", "measure": "yoy_pct", "value": "8.91"},
        {**item, "region": "沁县", "measure": "rank", "value": "4"},
        {**item, "region": "沁县", "measure": "rank", "value": "3"},
        {**item, "region": "经开区", "measure": "actual", "value": "34997"},
        {**item, "region": "长治市", "measure": "actual", "value": "3150770", "scope": "whole"},
        {**item, "region": "长治市", "measure": "actual", "value": "1214125", "scope": "own"},
        {**item, "region": "长治市", "measure": "yoy_pct", "value": "-0.19", "number": "-0.19", "scope": "own"},
    )
    assert not any(fact.value in ("272374", "482") and fact.period.text == "2023" for fact in found.facts)


def test_items_as_columns() -> None:
    found = read(
        table(
            "县区 | 税收收入 | 非税收入\n襄垣县 | 180000 | 92739\n沁源县 | 250000 | 64741",
            "2023年各县区收入完成情况 单位：万元",
        )
    )
    check(
        found,
        {"item": "税收收入", "region": "襄垣县", "value": "180000", "unit": "万元", "number": "1800000000"},
        {"item": "非税收入", "region": "沁源县", "value": "64741"},
    )


def test_debt_table() -> None:
    found = read(
        table(
            "地区 | 债务限额 | 债务余额\n襄垣县 | 30.5 | 28.1\n沁县 | 12.2 | 11.9",
            "2023年政府债务限额和余额情况表 单位：亿元",
        )
    )
    check(
        found,
        {"region": "襄垣县", "measure": "limit", "value": "30.5", "unit": "亿元"},
        {"region": "沁县", "measure": "outstanding", "value": "11.9", "number": "1190000000"},
    )


def test_debts_as_rows() -> None:
    found = read(
        table(
            "项目 | 2022年末余额 | 2023年末余额 | 2023年限额\n"
            "政府债务 | 80 | 90 | 100\n一般债务 | 40 | 45 | 50\n专项债务 | 40 | 45 | 51",
            "政府债务情况表 单位：亿元",
        )
    )
    check(
        found,
        {"item": "政府债务余额", "value": "80", "measure": "outstanding", "period": "2022"},
        {"item": "一般债务余额", "value": "45", "measure": "outstanding", "period": "2023"},
        {"item": "专项债务限额", "value": "51", "measure": "limit", "period": "2023"},
    )


def test_whole_and_own_rows_of_a_county_table() -> None:
    found = read(
        table(
            "县（市、区） | 2023年一般公共预算收入 | 同比增长（%） | 位次\n"
            "全市 | 315.1 | 1.5 | \n市本级 | 121.4 | -0.2 | \n襄垣县 | 27.3 | 3.2 | 1",
            "单位：亿元",
        )
    )
    check(
        found,
        {"key": "total-gp-rev", "region": "长治市", "scope": "whole", "value": "315.1"},
        {"key": "total-gp-rev", "region": "长治市", "scope": "whole", "value": "1.5", "measure": "yoy_pct"},
        {"key": "total-gp-rev", "region": "长治市", "scope": "own", "value": "-0.2", "measure": "yoy_pct"},
        {"key": "total-gp-rev", "region": "襄垣县", "value": "1", "measure": "rank"},
    )


def test_flows_and_balance_as_columns() -> None:
    found = read(
        table(
            "险种 | 收入 | 支出 | 年末滚存结余\n城乡居民基本养老保险基金 | 3499 | 2109 | 7585",
            "社会保险基金收支情况表 单位：万元",
        )
    )
    check(
        found,
        {"item": "城乡居民基本养老保险基金收入", "value": "3499", "measure": "actual", "flow": "revenue"},
        {"item": "城乡居民基本养老保险基金支出", "value": "2109", "measure": "actual", "flow": "expenditure"},
        {"value": "7585", "measure": "balance"},
    )


LEVELS = """
级次 | 1—9月收入（亿元） | 年初预算（亿元） | 完成预算
市级（含高新区） | 21.46 | 36.5 | 58.8%
沁县 | 14.25 | 18.4 | 77.4%
沁源县 | 15.14 | 19.5 | 77.6%
平顺县 | 15.90 | 21.6 | 73.6%
全市合计 | 66.75 | 96.0 | 69.5%
"""


def test_a_level_with_its_zones_is_no_name() -> None:
    found = parsed(
        "长治市2026年前三季度财政预算执行情况",
        "1—9月，全市一般公共预算收入完成66.75亿元，增长4.8%。",
        "三、分级次收入情况",
        table(LEVELS),
    )
    item = {"key": "total-gp-rev", "scope": "own_wide", "scope_words": "市级（含高新区）"}
    check(found, {**item, "measure": "actual", "value": "21.46"}, {**item, "measure": "completion", "value": "58.8"})
