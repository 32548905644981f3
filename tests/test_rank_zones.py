"""Counties, cities and zones of one report in order: 各区市 are not only the districts, and one zone is one row."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.ask.assistant import Assistant
from tests.one_report import assistant_of

REPORT = """关于威海市2025年预算执行情况和2026年预算草案的报告

一、2025年预算执行情况
威海火炬高技术产业开发区一般公共预算收入完成34100万元，增长5.2%。
2025年威海市各区市一般公共预算收入执行情况：
环翠区一般公共预算收入44400万元；文登区一般公共预算收入44000万元；荣成市一般公共预算收入61100万元；乳山市一般公共预算收入19200万元；高区一般公共预算收入34100万元。
全市农林水支出年初预算118900万元，调整预算170100万元，完成166200万元。
市级预备费完成0万元，其中：防灾0万元、应急0万元。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An index of one made report."""
    with assistant_of(tmp_path_factory.mktemp("zones"), "威海市2025年预算执行情况", REPORT) as made:
        yield made


# A question, the figures asked for (none: refused), words that the reply has, words that it has not.
CASES = [
    (
        "威海各区市2025年一般公共预算收入哪家最高",
        ["61100万元"],
        "荣成市",
        "高新区  34,100 万元（3.41 亿元）\n5. 威海市高区",
    ),
    ("威海各区2025年一般公共预算收入哪个最高", ["44400万元"], "环翠区", "威海市荣成市"),
    ("威海全市2025年农林水支出，调整预算和执行数分别是多少", ["170100万元", "166200万元"], "调整预算数", "没有"),
    ("威海市级2025年预备费最大的一笔用在哪了", [], "预备费", "最高"),
]


@pytest.mark.parametrize("question, wanted, has, lacks", CASES, ids=[case[0] for case in CASES])
def test_in_order(assistant: Assistant, question: str, wanted: list[str], has: str, lacks: str) -> None:
    answer = assistant.ask(question)
    assert [f"{one.value}{one.unit}" for one in answer.figures if one.asked] == wanted, answer.reply
    assert has in answer.reply and lacks not in answer.reply


def test_a_zone_by_two_names_is_one(assistant: Assistant) -> None:
    reply = assistant.ask("威海各区市2025年一般公共预算收入排名").reply
    assert "共比较 5 个地区" in reply, reply
