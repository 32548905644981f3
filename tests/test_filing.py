"""Facts as they are kept: names cleaned and keyed, units tested against the paper, totals of bodies told apart."""

from __future__ import annotations

from typing import Any

import pytest

from index.models import Block, Parsed
from index.parse import parse
from tests.parse_builders import TITLE, check, document, fits, parsed, table

CAPTION = "2023年全区一般公共预算收入执行情况表 单位：万元"
NAMES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("主要收入：增值税 | 12", {"key": "gp-rev-10101", "item": "增值税"}),
    ("——增值税 | 12", {"key": "gp-rev-10101"}),
    ("全区税收收入 | 12", {"key": "gp-rev-101", "scope": "whole"}),
    ("城关市场摊位收入★ | 12", {"key": "", "item": "城关市场摊位收入"}),
)


@pytest.mark.parametrize("row, wanted", NAMES)
def test_names_are_cleaned_and_keyed(row: str, wanted: dict[str, Any]) -> None:
    found = parsed(TITLE, table(f"项目 | 2023年执行数\n{row}\n非税收入 | 5", CAPTION))
    check(found, {**wanted, "value": "12"})


def paper(*blocks: Block | str) -> Parsed:
    """A department's budget."""
    return parse(document("上党区2025年区级部门预算", "预算主管部门：上党区水利局", "一、预算情况", *blocks))


OWNED: tuple[tuple[str, dict[str, Any]], ...] = (
    ("上党区水利局收入预算1200万元，比上年增加3万元。", {"key": "dept-rev", "value": "1200", "measure": "budget"}),
    ("本单位事业收入30万元。", {"key": "dept-business-rev", "value": "30"}),
    ("“农林水支出（类）水利（款）水文测报（项）”科目12万元。", {"key": "fn-21303/水文测报", "measure": "budget"}),
)


@pytest.mark.parametrize("text, wanted", OWNED)
def test_totals_of_a_body_are_not_the_government_s(text: str, wanted: dict[str, Any]) -> None:
    found = paper(text)
    check(found, {**wanted, "owner": "上党区水利局"})
    assert not any(fits(fact, {"key": "total-gp-rev"}) for fact in found.facts)


ROWS = "项目 | 全区\n一、2023年末地方政府债务余额 | 13.08\n其中：一般债务 | 3.74\n专项债务 | 9.34"


def test_a_unit_that_only_the_text_tells() -> None:
    text = "2023年末，全区政府债务余额13.08亿元，其中：一般债务3.74亿元，专项债务9.34亿元。"
    found = parsed(TITLE, "一、政府债务", text, table(ROWS, "2023年全区地方政府债务限额余额情况表 单位："))
    check(found, {"key": "debt-balance-special", "rule": "table", "unit": "亿元", "flags": ("unit_missing",)})


def test_a_unit_that_nothing_tells() -> None:
    found = parsed(TITLE, "一、收入", "全区收入1亿元。", table(ROWS, "2023年全区地方政府债务限额余额情况表 单位："))
    check(found, {"key": "debt-balance-special", "rule": "table", "flags": ("unit_missing", "unit_unsure")})


def test_a_printed_unit_that_the_text_contradicts() -> None:
    text = "全区教育支出12.35万元，科学技术支出3.46万元，住房保障支出7.89万元。"
    rows = "项目 | 2023年执行数\n教育支出 | 123500\n科学技术支出 | 34600\n住房保障支出 | 78900"
    found = parsed(TITLE, "一、一般公共预算支出", text, table(rows, "2023年全区一般公共预算支出执行表 单位：万元"))
    check(found, {"key": "gp-exp-205", "rule": "table", "value": "123500", "flags": ("unit_unsure",)})


def test_more_than_a_body_can_spend() -> None:
    found = paper(table("项目 | 预算数\n基本支出 | 15873800.00", "2025年部门支出预算表 单位：万元"))
    check(found, {"key": "other-basic-exp", "flags": ("unit_unsure",)})


QUALIFIED: tuple[tuple[str, dict[str, Any]], ...] = (
    ("主要结转科目有：教育支出885万元，住房保障支出77万元。", {"value": "77", "qualifiers": (("part", "结转"),)}),
    ("教育支出885万元，住房保障支出77万元。", {"value": "77", "key": "gp-exp-221", "qualifiers": ()}),
    ("直达资金总量90万元，其中：中央下达77万元。",
     {"value": "77", "key": "other-direct", "qualifiers": (("giver", "中央"),)}),
    ("2023年市对县（市、区）税收返还和转移支付90万元，其中：税收返还77万元。",
     {"value": "77", "key": "transfer-refund", "qualifiers": (("recipient", "县（市、区）"),)}),
    ("2023年省对我区税收返还和转移支付90万元，其中：税收返还77万元。", {"value": "77", "qualifiers": ()}),
    ("全区政府债券还本付息90万元，其中：一般债券还本付息81万元（还本77万元，付息4万元）。",
     {"value": "77", "key": "debt-principal-general"}),
    ("必要性支出90万元，其中：本级一般公共预算支出77万元。", {"value": "77", "key": ""}),
)  # fmt: skip


@pytest.mark.parametrize("text, wanted", QUALIFIED)
def test_what_narrows_a_figure_is_no_part_of_its_item(text: str, wanted: dict[str, Any]) -> None:
    check(parsed(TITLE, "一、财政情况", text), wanted)


def test_growth_is_of_the_latest_year_left_of_it() -> None:
    found = parsed(
        TITLE,
        table(
            "项目 | 2023年执行数 | 2024年预算数 | 预算数比上年执行数增长%\n"
            "增值税 | 90 | 99 | 10.0\n契税 | 50 | 60 | 20.0",
            "2023年全区一般公共预算收入表 单位：万元",
        ),
    )
    check(found, {"key": "gp-rev-10101", "measure": "yoy_pct", "value": "10.0", "period": "2024"})


def test_a_change_that_is_a_difference_is_money() -> None:
    rows = "增值税 | 90 | 99 | 9\n契税 | 50 | 60 | 10\n印花税 | 5 | 4 | -1"
    found = parsed(
        TITLE,
        table("项目 | 2022年决算数 | 2023年执行数 | 增减变化\n" + rows, "2023年全区一般公共预算收入执行表 单位：万元"),
    )
    check(found, {"key": "gp-rev-10101", "measure": "yoy_amount", "value": "9", "unit": "万元"})


def test_kinds_of_debt_over_rows_of_uses() -> None:
    found = parsed(
        TITLE,
        table(
            "项目 | 政府债务 | 项目 | 其中：政府一般债务 | 项目 | 其中：政府专项债务\n"
            " | 2023年执行数 | | 2023年执行数 | | 2023年执行数\n"
            "一、土地储备 | 90 | 一、土地储备 | 20 | 一、土地储备 | 70\n二、公路 | 50 | 二、公路 | 40 | 二、公路 | 10",
            "2023年全区地方政府债务投向情况表 单位：万元",
        ),
    )
    check(found, {"item": "一般债务投向土地储备", "value": "20"}, {"item": "专项债务投向土地储备", "value": "70"})
    check(found, {"item": "政府债务投向公路", "value": "50"})


SUMS: tuple[tuple[str, str], ...] = (
    ("国有土地使用权出让收入 | 90\n上级补助收入 | 9\n合计 | 99", "total-gf-sum-rev"),
    ("国有土地使用权出让收入 | 90\n彩票公益金收入 | 9\n合计 | 99", "total-gf-rev"),
    ("国有土地使用权出让收入 | 90\n上级补助收入 | 9\n收入总计 | 99", "total-gf-sum-rev"),
)


@pytest.mark.parametrize("rows, key", SUMS)
def test_a_sum_with_transfers_is_no_revenue_of_the_year(rows: str, key: str) -> None:
    caption = "2023年全区政府性基金预算收入执行情况表 单位：万元"
    check(parsed(TITLE, table(f"项目 | 2023年执行数\n{rows}", caption)), {"key": key, "value": "99"})


def test_what_a_body_got_for_a_function_is_not_what_it_spent() -> None:
    rows = "编码 | 科目名称 | 合计\n213 | 农林水支出 | 90\n21303 | 水利 | 90"
    found = paper(table(rows, "2025年部门收入预算表 单位：万元"), table(rows, "2025年部门支出预算表 单位：万元"))
    check(
        found,
        {"key": "gp-exp-21303", "qualifiers": (("part", "收入"),)},
        {"key": "gp-exp-21303", "qualifiers": ()},
    )


def test_money_set_aside_for_a_field_is_not_its_expenditure() -> None:
    found = parsed(TITLE, "一、2024年一般公共预算安排", "安排社会事业资金53亿元，其中：教育支出19亿元。")
    assert not any(fact.key == "gp-exp-205" for fact in found.facts)


PARTS_OF_YEARS: tuple[tuple[str, str], ...] = (
    ("上党区2023年1-9月财政预算执行情况", "2023年1-9月"),
    ("上党区2023年1至4月财政收支情况", "2023年1-4月"),
    ("上党区2023年4月底累计财政收支执行情况", "2023年1-4月"),
    ("上党区2023年前三季度预算执行情况的报告", "2023年1-9月"),
    ("上党区2023年上半年预算执行情况的报告", "2023年1-6月"),
    ("上党区2023年财政预算执行情况的报告", "2023"),
    ("上党区2023年1-12月财政预算执行情况", "2023"),
)


@pytest.mark.parametrize("title, period", PARTS_OF_YEARS)
def test_papers_on_a_part_of_a_year(title: str, period: str) -> None:
    found = parsed(title, "一、收入情况", "全区一般公共预算收入完成90万元，为预算的75%。")
    check(found, {"key": "total-gp-rev", "measure": "actual", "period": period})


def test_the_year_named_in_a_paper_on_a_part_of_it() -> None:
    text = "2023年，全区税收收入完成90万元。2022年，全区税收收入80万元。"
    found = parsed("上党区2023年1-9月财政预算执行情况", "一、收入情况", text)
    check(found, {"value": "90", "period": "2023年1-9月"}, {"value": "80", "period": "2022"})
