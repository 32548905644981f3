"""Tables on debts and bonds: rows and heads that only their group completes.

一、2025年发行执行数 / （一）一般债券 / 其中：再融资债券  ->  发行政府债券, 发行一般债券, 再融资一般债券 of 2025
"""

from __future__ import annotations

import pytest

from index.facts.debt_names import debt_head, debt_name
from index.models import Block, Parsed
from tests.parse_builders import check, parsed, table

CITY = "长治市2025年预算执行情况和2026年预算草案的报告"


def read(*blocks: Block | str) -> Parsed:
    return parsed(CITY, *blocks)


ISSUED = """
项目 | 公式 | 全市 | 市本级
一、2025年发行执行数 | A=B+D | 60.5 | 29.9
（一）一般债券 | B | 25.9 | 15.2
其中：再融资债券 | C | 18.2 | 13.6
（二）专项债券 | D | 34.6 | 14.6
其中：再融资债券 | E | 12.1 | 1.9
二、2025年还本执行数 | F=G+H | 32.8 | 17.3
（一）一般债券 | G | 20.1 | 15.1
三、2026年还本预算数 | L=M+P | 15.7 | 11.6
（一）一般债券 | M | 8.1 | 5.7
其中：再融资债券 | N | 7.2 | 5.1
财政预算安排 | O | 0.9 | 0.6
"""


def test_groups_of_acts() -> None:
    found = read(table(ISSUED, "2025—2026年政府债券发行及还本付息情况表 单位：亿元"))
    check(
        found,
        {"key": "debt-issue", "value": "60.5", "scope": "whole", "period": "2025", "measure": "actual"},
        {"key": "debt-issue-general", "value": "15.2", "scope": "own", "period": "2025"},
        {"key": "debt-refinance-general", "value": "18.2", "scope": "whole"},
        {"key": "debt-issue-special", "value": "14.6", "scope": "own"},
        {"key": "debt-refinance-special", "value": "12.1"},
        {"key": "debt-principal", "value": "32.8", "period": "2025", "measure": "actual"},
        {"key": "debt-principal-general", "value": "15.1", "period": "2025"},
        {"key": "debt-principal", "value": "15.7", "period": "2026", "measure": "budget"},
        {"key": "debt-principal-general", "value": "8.1", "period": "2026", "measure": "budget"},
        {"item": "再融资债券（一般债务还本）", "key": "", "value": "7.2", "period": "2026"},
        {"item": "财政预算安排（一般债务还本）", "key": "", "value": "0.9", "period": "2026"},
    )
    assert not any(f.key.startswith(("debt-issue", "debt-refin")) and f.period.text == "2026" for f in found.facts)


def test_groups_of_dated_balances_and_a_dated_row() -> None:
    found = read(
        table(
            "项目 | 金额\n一、2024年末地方政府债务余额 | 121\n其中：一般债务 | 31\n专项债务 | 90\n"
            "二、2025年地方政府债务付息 | 3.8\n其中：一般债务付息 | 1.1\n三、2026年初全市政府债务余额 | 140\n"
            "其中：市本级 | 18\n区县合计 | 122",
            "2025年长治市政府债务情况表 单位：亿元",
        )
    )
    check(
        found,
        {"key": "debt-balance", "value": "121", "period": "2024", "measure": "outstanding"},
        {"key": "debt-balance-general", "value": "31", "period": "2024", "measure": "outstanding"},
        {"key": "debt-balance-special", "value": "90", "period": "2024"},
        {"key": "debt-interest", "value": "3.8", "period": "2025"},
        {"key": "debt-interest-general", "value": "1.1", "period": "2025"},
        {"key": "debt-balance", "value": "140", "period": "2025", "scope": "whole"},
        {"key": "debt-balance", "value": "18", "period": "2025", "scope": "own"},
        {"key": "debt-balance", "value": "122", "period": "2025", "scope": "lower"},
    )


def test_last_year_counts_from_the_column() -> None:
    found = read(
        table(
            "项目 | 2025年执行数 | 2026年预算数\n"
            "一、上年末地方政府债务余额 | 110 | 121\n二、当年地方政府债务还本额 | 9 | 8",
            "政府债务情况表 单位：亿元",
        )
    )
    check(
        found,
        {"key": "debt-balance", "value": "110", "period": "2024"},
        {"key": "debt-balance", "value": "121", "period": "2025"},
        {"key": "debt-principal", "value": "8", "period": "2026"},
    )


def test_kinds_of_bonds_as_heads_over_districts() -> None:
    found = read(
        table(
            "地区 | 合计 | 一般债券 | | 专项债券 | \n | | 小计 | 再融资一般债券 | 小计 | 新增专项债券\n"
            "合计 | 90 | 40 | 40 | 50 | 30\n襄垣县 | 60 | 25 | 25 | 35 | 20\n沁县 | 30 | 15 | 15 | 15 | 10",
            "2025年长治市地方政府债券分配情况表 单位：亿元",
        )
    )
    check(
        found,
        {"key": "debt-issue", "value": "60", "region": "襄垣县"},
        {"key": "debt-issue-general", "value": "25", "region": "襄垣县"},
        {"key": "debt-refinance-general", "value": "25", "region": "襄垣县"},
        {"key": "debt-issue-special", "value": "35", "region": "襄垣县"},
        {"key": "debt-new-special", "value": "10", "region": "沁县"},
    )
    assert {f.value for f in found.facts if f.key == "debt-issue"} == {"90", "60", "30"}


def test_upper_heads_that_lost_their_places() -> None:
    found = read(
        table(
            "区划 | 债券发行总额 | 新增债券额度 | 再融资债券额度 | | | \n"
            " | 合计 | 合计 | 一般债券 | 专项债券 | 小计 | 一般债券\n襄垣县 | 90 | 70 | 20 | 50 | 20 | 20\n"
            "沁县 | 9 | 7 | 2 | 5 | 2 | 2",
            "2025年长治市政府债券发行情况表 单位：亿元",
        )
    )
    check(
        found,
        {"key": "debt-new", "value": "70", "region": "襄垣县"},
        {"key": "debt-new-special", "value": "50"},
        {"key": "debt-refinance", "value": "20"},
        {"key": "debt-refinance-general", "value": "20"},
    )


def test_kinds_of_limits_as_heads() -> None:
    found = read(
        table(
            "地区 | 一般债务限额总额 | 其中：新增一般债务限额 | 收回一般债务限额\n"
            "襄垣县 | 40 | 8 | 3\n沁县 | 20 | 5 | 2",
            "2025年一般债务限额情况表 单位：亿元",
        )
    )
    check(
        found,
        {"key": "debt-limit-general", "value": "40", "measure": "limit"},
        {"key": "debt-limit-new-general", "value": "8", "measure": "limit"},
        {"item": "收回一般债务限额", "key": "", "value": "3"},
    )


@pytest.mark.parametrize("first", ["全市 | 一般债券 | 合计", " | | 合计"], ids=["above", "in the middle"])
def test_merged_names_left_of_the_rows(first: str) -> None:
    middle = "全市 | 一般债券 | 新增债券" if first.startswith(" ") else " | | 新增债券"
    found = read(
        table(
            f"地区 | 项目 | 类型 | 2025年末余额 | 5年期\n"
            f"{first} | 31 | 11\n{middle} | 2 | 1\n | | 再融资债券 | 29 | 10",
            "2025年末长治市政府债券年限情况表 单位：亿元",
        )
    )
    check(
        found,
        {"key": "debt-balance-general", "value": "31", "scope": "whole"},
        {"item": "新增一般债券余额", "key": "", "value": "2", "measure": "outstanding"},
        {"item": "再融资一般债券（5年期）", "key": "", "value": "10"},
        {"item": "一般债券（5年期）", "key": "", "value": "11"},
    )


def test_plan_of_repayment() -> None:
    found = read(
        table(
            "债券类型 | 余额 | 2026年 | 2027年\n一般债券 | 31 | 5 | 6\n专项债券 | 90 | 4 | 7",
            "地方政府债券分年偿还计划情况表 单位：亿元",
        )
    )
    check(
        found,
        {"key": "debt-balance-general", "value": "31"},
        {"key": "debt-principal-general", "value": "5", "period": "2026"},
        {"key": "debt-principal-special", "value": "7", "period": "2027"},
    )


def test_list_of_projects_with_their_bonds() -> None:
    found = read(
        table(
            "序号 | 区划 | 项目单位 | 项目名称 | 债券性质 | 债券金额 | 实际支出\n"
            "1 | 长治市本级 | 市交通局 | 综合物流园建设项目 | 专项债券 | 3.6 | 0.2\n"
            "2 | 沁县 | 县教育局 | 第三中学改造项目 | 一般债券 | 0.3 | 0.1",
            "2025年长治市新增债券使用情况表 单位：亿元",
        )
    )
    check(
        found,
        {"item": "综合物流园建设项目", "value": "3.6", "measure": "amount", "region": "长治市", "scope": "own"},
        {"item": "综合物流园建设项目", "value": "0.2", "measure": "actual"},
        {"item": "第三中学改造项目", "value": "0.3", "measure": "amount", "region": "沁县"},
    )
    assert not any(fact.key for fact in found.facts)


def test_one_bond_of_many_is_no_total() -> None:
    found = read(
        table(
            "债券类型 | 发行日期 | 债券种类 | 年限 | 利率 | 发行量\n新增债券小计 | | | | | 30\n"
            "新增债券 | 2025/02/24 | 专项债券 | 30 | 2.15% | 10\n | 2025/03/10 | 专项债券 | 7 | 1.75% | 20",
            "2025年长治市政府债券发行情况表 单位：亿元",
        )
    )
    check(
        found,
        {"key": "debt-new", "value": "30"},
        {"item": "专项债券（2025/03/10）", "key": "", "value": "20"},
        {"value": "1.75", "measure": "rate", "unit": "%"},
    )
    assert not any(fact.value in ("7", "10") and fact.key for fact in found.facts)


@pytest.mark.parametrize(
    "name,composed",
    [
        ("2024年末地方政府债务余额", "政府债务余额"),
        ("新增专项债券发行额", "新增专项债券"),
        ("一般债务还本支出", "一般债务还本"),
        ("政府专项债务限额", "专项债务限额"),
        ("新增一般债务限额", "新增一般债务限额"),
        ("当年末地方政府专项债务余额限额", "专项债务限额"),
        ("一般债务", ""),
        ("教育支出", None),
        ("向外国政府借款还本额", None),
        ("一般债券、专项债券", None),
    ],
)
def test_names_of_debts(name: str, composed: str | None) -> None:
    found = debt_name(name)
    assert (found.name if found else None) == composed


@pytest.mark.parametrize(
    "heads,composed",
    [
        (("专项债券", "新增专项债券"), "新增专项债券"),
        (("再融资债券额度", "一般债券"), "再融资一般债券"),
        (("2025年政府债务限额", "一般债务"), "一般债务限额"),
        (("2025年执行数", "金额"), None),
        (("教育支出", "专项债券"), None),
    ],
)
def test_heads_on_debts(heads: tuple[str, ...], composed: str | None) -> None:
    found = debt_head(heads)
    assert (found.name if found else None) == composed


GROUPED = (
    "地区 | 2023年债务限额 | | | 2023年债务余额（决算数） | |\n"
    " | 合计 | 一般债务 | 专项债务 | 合计 | 一般债务 | 专项债务\n"
)


def test_heads_in_groups_and_levels_of_other_places() -> None:
    found = read(
        table(
            GROUPED + "长治市 | 90 | 50 | 40 | 80 | 45 | 35\n长治市本级 | 30 | 20 | 10 | 28 | 19 | 9\n"
            "上党区 | 30 | 16 | 14 | 27 | 15 | 12\n襄垣县 | 30 | 14 | 16 | 25 | 11 | 14",
            "长治市2023年地方政府债务限额及余额决算情况表 单位：万元",
        )
    )
    check(
        found,
        {"key": "debt-balance-special", "region": "上党区", "value": "12", "measure": "outstanding"},
        {"key": "debt-limit-general", "region": "襄垣县", "value": "14", "measure": "limit"},
        {"key": "debt-balance", "region": "长治市", "scope": "own", "value": "28"},
    )


def test_kinds_that_stand_in_the_title_only() -> None:
    rows = "长治市 | 90 | 80\n长治市级 | 30 | 28\n上党区 | 31 | 27\n襄垣县 | 29 | 25"
    found = read(
        table("地区 | 2023年限额 | 2023年余额\n" + rows, "2023年全市政府专项债务分地区限额余额表 单位：万元"),
        table("地区 | 合计 | 一般债券 | 专项债券\n上党区 | 9 | 4 | 5\n襄垣县 | 7 | 1 | 6\n潞城区 | 3 | 1 | 2",
              "2023年全市新增政府债券分地区明细表 单位：万元"),
    )  # fmt: skip
    check(
        found,
        {"key": "debt-limit-special", "region": "上党区", "value": "31", "measure": "limit"},
        {"key": "debt-balance-special", "region": "襄垣县", "value": "25", "measure": "outstanding"},
        {"key": "debt-new", "region": "上党区", "value": "9"},
        {"key": "debt-new-special", "region": "襄垣县", "value": "6"},
    )


def test_money_paid_back_in_groups_beside_money_raised() -> None:
    found = read(
        table(
            "地区 | 发行情况 | | 还本情况 | | 付息情况 |\n | 合计 | 专项债券 | 合计 | 专项债券 | 合计 | 专项债券\n"
            "上党区 | 9 | 5 | 8 | 4 | 3 | 2\n襄垣县 | 19 | 15 | 18 | 14 | 13 | 12",
            "长治市2023年地方政府债券发行及还本付息情况表 单位：万元",
        )
    )
    check(
        found,
        {"key": "debt-issue", "region": "上党区", "value": "9"},
        {"key": "debt-principal", "region": "上党区", "value": "8"},
        {"key": "debt-interest-special", "region": "襄垣县", "value": "12"},
    )
