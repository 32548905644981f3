"""What stands beside an item or a place in one question keeps what it is, and nothing of it vanishes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.ask.assistant import Assistant
from tests.one_report import assistant_of

REPORT = """关于三明市2025年预算执行情况和2026年预算草案的报告

一、一般公共预算
全市一般公共预算收入完成120亿元，增长2.5%，其中：税收收入80亿元。
全市一般公共预算支出完成380亿元，为预算400亿元的95%。
全市教育支出78亿元，为预算80亿元的97.5%。
二、政府性基金预算
全市政府性基金收入50亿元。
"""
# a dialogue -> the figures that answer the last question, what its reply says
CASES = [
    (["三明市2025年收入、税收、支出"], ["120亿元", "80亿元", "380亿元"],
     "“收入、支出”按一般公共预算收入、一般公共预算支出理解"),
    (["三明市2025年收入和税收"], ["120亿元", "80亿元"], "一般公共预算收入：120 亿元"),
    (["三明市2025年税收收入、支出各多少"], ["80亿元", "380亿元"], "一般公共预算支出：380 亿元"),
    (["三明市2025年支出和教育支出"], ["380亿元", "78亿元"], "教育支出：78 亿元"),
    (["三明市2025年税收收入多少"], ["80亿元"], ""),
    # of the budget nothing is told, and that is said
    (["三明市2025年一般公共预算收入超过预算了吗"], ["120亿元"], "一般公共预算收入的预算数（安排数）：报告里没有"),
    (["三明市2025年教育支出超过预算了吗"], ["80亿元", "78亿元"], "97.5%"),
]  # fmt: skip


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with assistant_of(tmp_path_factory.mktemp("beside"), "三明市2025年预算执行", REPORT) as asked:
        yield asked


@pytest.mark.parametrize("turns, figures, said", CASES, ids=[turns[-1] for turns, _, _ in CASES])
def test_nothing_vanishes(assistant: Assistant, turns: list[str], figures: list[str], said: str) -> None:
    answer = [assistant.ask(turn, turns[0]) for turn in turns][-1]
    assert [one.value + one.unit for one in answer.figures if one.asked] == figures
    assert said in answer.reply


def test_growth_to_the_year_before_is_none_to_another(assistant: Assistant) -> None:
    answer = assistant.ask("三明市2025年一般公共预算收入比2022年增减多少")
    assert answer.status == "not_found" and "没有三明市的“2022年完成数”" in answer.reply
