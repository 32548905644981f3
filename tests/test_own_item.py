"""Lists of years, and answers of several places or measures: every figure is of what stands above it, none vanishes."""

from __future__ import annotations

from pathlib import Path

import pytest

from index import Desk, load

FIRST = """关于青州市2024年预算执行情况和2025年预算草案的报告
一、2024年一般公共预算执行情况
全市一般公共预算收入完成78亿元，增长4.2%。全市教育支出完成33.1亿元。
2024年政府性基金预算支出中，教育支出2.2亿元。
"""
SECOND = """关于青州市2025年预算执行情况和2026年预算草案的报告
一、2025年一般公共预算执行情况
全市一般公共预算收入完成81.3亿元。全市一般公共预算支出完成142.5亿元，增长3.1%。
财政自给率由上年的55.2%升至57.1%。
全市用于教育、社会保障、医疗卫生、住房保障等民生领域的支出完成100.8亿元，占一般公共预算支出的70.7%。
"""
OTHER = """关于诸城市2025年预算执行情况和2026年预算草案的报告
一、2025年一般公共预算执行情况
全市一般公共预算收入完成91.7亿元，增长2.2%。全市教育支出完成41.4亿元。
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder: Path = tmp_path_factory.mktemp("own")
    for name, text in (("青州市2024年", FIRST), ("青州市2025年", SECOND), ("诸城市2025年", OTHER)):
        (folder / f"{name}预算报告.txt").write_text(text, encoding="utf-8")
    load([folder], folder / "index.db")
    return Desk(folder / "index.db")


@pytest.mark.parametrize("item", ["一般公共预算支出", "一般公共预算收入", "教育支出"])
def test_a_list_of_years_is_of_one_item(desk: Desk, item: str) -> None:
    turn = desk.converse(f"青州市{item}历年")
    view = turn.view or desk.trend(turn.detail.lead)
    shown = [row.shown for row in view.rows if row.shown] if view else []
    assert {one.figure.item for one in shown} <= {item}
    assert {one.kind for one in shown} <= {"money"}


# a question, and what it must not be answered with
NOT_WITH = (
    ("青州市2024年一般公共预算支出多少", "55.2"),
    ("青州市2025年教育支出占比", "70.7"),
)


@pytest.mark.parametrize("question, value", NOT_WITH)
def test_no_figure_of_another_thing(desk: Desk, question: str, value: str) -> None:
    answer = desk.converse(question).detail.answer
    assert value not in {one.value for one in answer.figures if one.asked}, answer.reply


def test_of_two_places_without_a_figure_both_are_told_of(desk: Desk) -> None:
    answer = desk.converse("青州市和诸城市2023年教育支出").detail.answer
    assert answer.status == "not_found"
    assert "没有青州市2023年" in answer.reply.replace("潍坊市", "")
    assert "没有诸城市2023年" in answer.reply.replace("潍坊市", "")


def test_a_measure_that_is_not_told_is_said_to_be_missing(desk: Desk) -> None:
    told = desk.converse("青州市2025年一般公共预算支出完成率和同比").detail.answer
    assert "3.1" in {one.value for one in told.figures if one.asked}
    assert any("完成预算" in note for note in told.notes), told.reply


def test_parts_that_are_not_told_are_said_to_be_missing(desk: Desk) -> None:
    told = desk.converse("诸城市2025年一般公共预算收入构成").detail.answer
    assert any("没有列出" in note for note in told.notes), told.reply


def test_an_overview_of_a_year_not_held_offers_those_that_are(desk: Desk) -> None:
    found = desk.converse("青州市2021年财政怎么样").detail
    assert found.answer.status == "not_found"
    offered = [desk.recall(choice.token) for choice in found.choices]
    assert [turn.view.kind for turn in offered if turn and turn.view] == ["overview"] * len(offered)
    assert len(offered) >= 2
