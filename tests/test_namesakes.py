"""A general name under what its sentence is about, and a bare name that the report gives to several things."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.ask.assistant import Assistant
from tests.one_report import assistant_of

REPORT = """沁县2023年财政总决算情况分析
一、财政管理
预算评审项目30个，送审金额9000万元，审定金额8200万元，审减金额800万元；结算评审项目12个，送审金额4000万元，审定金额3700万元，审减金额300万元。
两项合计节约1100万元。
政府采购规模5000万元，实际采购4800万元，节约200万元，节约率4%。
二、资产管理
调剂办公设备60件，节约30万元。
"""

# the question, the figures that answer it, what the answer says
ASKED = [
    ("沁县2023年节约资金多少", ["1100", "200"], "政府采购节约资金：200 万元"),
    ("沁县2023年节约资金多少", ["1100", "200"], "财政投资评审节约资金：1,100 万元"),
    ("沁县2023年节约资金多少", ["1100", "200"], "这是不同的事"),
    ("沁县2023年政府采购节约资金", ["200"], "200 万元"),
    ("沁县2023年投资评审节约资金", ["1100"], "1,100 万元"),
    ("沁县2023年政府采购节约率", ["4"], "4%"),
]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with assistant_of(tmp_path_factory.mktemp("saved"), "沁县2023年决算", REPORT) as asked:
        yield asked


@pytest.mark.parametrize("question, values, said", ASKED)
def test_each_under_its_own_name(assistant: Assistant, question: str, values: list[str], said: str) -> None:
    answer = assistant.ask(question)
    assert [one.value for one in answer.figures if one.asked] == values
    assert said in answer.reply
    assert "说法不一致" not in answer.reply


def test_a_sum_of_money_is_no_rate(tmp_path_factory: pytest.TempPathFactory) -> None:
    report = "沁县2023年财政决算\n一、管理\n政府采购规模5000万元，实际采购4800万元，节约率4%。\n"
    with assistant_of(tmp_path_factory.mktemp("rate"), "沁县2023年决算", report) as asked:
        assert not any(one.asked for one in asked.ask("沁县2023年节约资金多少").figures)


# a question or dialogue that the report has no answer to -> what is said, and what must not be
REFUSED = [
    (["沁县2023年政府债务余额多少？限额呢？"], "“政府债务余额、政府债务限额”的数字", "的限额。"),
    (["沁县2023年政府债务余额多少", "限额呢"], "“政府债务限额”的数字", "的限额。"),
]


@pytest.mark.parametrize("dialogue, said, unsaid", REFUSED)
def test_a_refusal_says_what_is_missing(assistant: Assistant, dialogue: list[str], said: str, unsaid: str) -> None:
    reply = [assistant.ask(question, said) for question in dialogue][-1].reply
    assert said in reply
    assert unsaid not in reply
