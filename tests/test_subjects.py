"""Subjects of the official classification: by code, by place in a table, by a path in running text."""

from __future__ import annotations

import pytest

from index.find.subjects import coded, find_paths
from tests.parse_builders import TITLE, check, parsed, table

CODED = (
    ("2040604", "基层司法业务", "general_public", "fn-20406/基层司法业务"),
    ("20406", "司法", "general_public", "gp-exp-20406"),
    ("2120104", "城管执法", "general_public", "gp-exp-2120104"),
    ("2120801", "征地和拆迁补偿支出", "government_fund", "gf-exp-2120801"),
    ("30101", "基本工资", "general_public", "ec-30101"),
    ("01", "行政运行", "general_public", ""),
    ("9990101", "行政运行", "general_public", ""),
)


@pytest.mark.parametrize("code, name, account, key", CODED)
def test_codes(code: str, name: str, account: str, key: str) -> None:
    item = coded(code, name, account)
    assert (item.key if item else "") == key


PATHS = (
    ("“公共安全支出（类）司法（款）基层司法业务（项）”科目12万元", "fn-20406/基层司法业务"),
    ("公共安全支出（204类）司法（06款）行政运行（01项）12万元", "fn-20406/行政运行"),
    ("“住房保障支出-住房改革支出-购房补贴”科目12万元", "gp-exp-2210203"),
    ("城乡社区支出（类）城乡社区管理事务（款）城管执法（项）。", "gp-exp-2120104"),
    ("教育支出（类）12万元，占3%", ""),
    ("青州支出（类）城关事务（款）修路（项）12万元", ""),
)


@pytest.mark.parametrize("text, key", PATHS)
def test_paths(text: str, key: str) -> None:
    assert "".join(path.item.key for path in find_paths(text)) == key


def test_code_columns_name_the_rows_and_are_no_figures() -> None:
    found = parsed(
        TITLE,
        table(
            "项目 | | | | 支出预算 | |\n功能分类科目编码 | | | 功能分类科目名称 | 合计 | 基本支出 | 项目支出\n"
            "类 | 款 | 项 | | | |\n204 | | | 公共安全支出 | 90 | 60 | 30\n204 | 06 | | 司法 | 90 | 60 | 30\n"
            "204 | 06 | 01 | 行政运行 | 60 | 60 | 0\n204 | 06 | 04 | 基层司法业务 | 30 | 0 | 30\n"
            "合计 | | | | 90 | 60 | 30\n项目 | | | | 政府性基金预算支出 | |\n类 | 款 | 项 | | | |",
            "2023年部门支出预算总表 单位：元",
        ),
    )
    check(
        found,
        {"key": "gp-exp-20406", "value": "90", "unit": "元", "measure": "budget", "qualifiers": ()},
        {"key": "fn-20406/行政运行", "value": "60", "qualifiers": ()},
        {"key": "fn-20406/基层司法业务", "value": "30", "qualifiers": (("part", "项目支出"),)},
    )
    assert not any(fact.value in ("204", "06", "01", "04") for fact in found.facts)


def test_rows_below_a_group_are_of_it() -> None:
    found = parsed(
        TITLE,
        table(
            "项目 | 2023年执行数\n一、一般公共服务支出 | 100\n人大事务 | 60\n"
            "行政运行 | 50\n人大会议 | 10\n政协事务 | 40\n"
            "行政运行 | 40\n二、公共安全支出 | 30\n司法 | 30\n行政运行 | 20\n"
            "普法宣传 | 10\n支出合计 | 130\n上解支出 | 5",
            "2023年全区一般公共预算支出执行情况表 单位：万元",
        ),
    )
    check(
        found,
        {"key": "fn-20101/行政运行", "value": "50", "measure": "actual"},
        {"key": "fn-20102/行政运行", "value": "40"},
        {"key": "fn-20406/行政运行", "value": "20"},
        {"key": "fn-20406/普法宣传", "value": "10"},
        {"key": "total-gp-exp", "value": "130"},
    )
    assert not any(fact.key.startswith("fn-") and fact.value == "5" for fact in found.facts)


def test_a_path_is_the_subject_of_what_follows() -> None:
    found = parsed(
        TITLE,
        "一、支出情况",
        "社会保障和就业支出（类）行政事业单位养老支出（款）行政单位离退休（项）。年初预算为54万元，支出决算为55万元。",
    )
    check(
        found,
        {"key": "fn-20805/行政单位离退休", "measure": "budget", "value": "54"},
        {"key": "fn-20805/行政单位离退休", "measure": "actual", "value": "55"},
    )
