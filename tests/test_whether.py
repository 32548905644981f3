"""Questions that are answered with yes or no: the figure that decides, and 是 or 不是 where it is sure."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.ask.assistant import Assistant
from index.ask.whether import claimed
from tests.one_report import assistant_of

REPORT = """关于临汾市2025年预算执行情况和2026年预算草案的报告

2025年，全市一般公共预算收入完成200亿元，完成预算的101.2%，增长3.4%。

2025年，全市一般公共预算支出完成520亿元，完成预算的95.1%，下降4.1%。其中：教育支出104亿元，增长101.5%；公共安全支出22亿元，比上年减少3亿元，下降12%。

全市民生支出占一般公共预算支出的79.8%。

截至2025年末，全市政府债务限额900亿元，政府债务余额861.2亿元。
"""

ASKED = [
    # question, the asked figures, what is said of them
    ("临汾2025年全市一般公共预算支出是不是降了", ["4.1%"], "是：全市 -4.1%"),
    ("临汾2025年全市一般公共预算收入有没有负增长", ["3.4%"], "不是：全市 +3.4%"),
    ("临汾2025年全市一般公共预算支出压下来了没有", ["4.1%", "520亿元"], "是：全市 -4.1%"),
    ("临汾2025年全市教育支出是不是翻了一番，2025年多少", ["104亿元", "101.5%"], "是：全市 +101.5%"),
    ("临汾2025年全市公共安全支出是不是降了，降多少", ["12%", "3亿元"], "是：全市 -12%"),
    ("临汾2025年全市一般公共预算收入破两百亿没有", ["200亿元"], "不是：全市 200 亿元，没有超过 200 亿元"),
    ("临汾2025年全市一般公共预算收入到没到200亿", ["200亿元"], "是：全市 200 亿元，达到 200 亿元"),
    ("临汾2025年全市民生支出占比到八成了吗", ["79.8%"], "不是：全市 79.8%，没有达到 80%"),
    ("临汾2025年全市一般公共预算收入增幅有没有超过3%", ["3.4%"], "是：全市 +3.4%，超过 3%"),
    # a change one way, which one the other way is not
    ("临汾2025年全市公共安全支出跌得有没有超过10个点", ["12%", "3亿元", "22亿元"], "是：全市 -12%，降幅超过 10%"),
    ("临汾2025年全市一般公共预算支出降了超过5%吗", ["4.1%"], "不是：全市 -4.1%，降幅没有超过 5%"),
    ("临汾2025年全市一般公共预算支出下降没超过5%吧", ["4.1%"], "是：全市 -4.1%，降幅没有超过 5%"),
    ("临汾2025年全市一般公共预算收入跌得超过3%吗", ["3.4%"], "不是：全市 +3.4%，降幅没有超过 3%"),
    ("临汾2025年全市一般公共预算收入涨得超过3%吗", ["3.4%"], "是：全市 +3.4%，超过 3%"),
    ("临汾2025年全市一般公共预算收入完成预算了没有", ["101.2%"], "是：全市 101.2%"),
    ("临汾全市2025年末债务没超限额吧", ["861.2亿元", "900亿元"], "没有超过限额：余额 861.2 亿元，限额 900 亿元"),
]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with assistant_of(tmp_path_factory.mktemp("whether"), "临汾市2025年预算执行情况", REPORT) as made:
        yield made


@pytest.mark.parametrize("question, wanted, said", ASKED, ids=[each[0] for each in ASKED])
def test_what_decides(assistant: Assistant, question: str, wanted: list[str], said: str) -> None:
    answer = assistant.ask(question)
    assert [f"{one.value}{one.unit}" for one in answer.figures if one.asked] == wanted, answer.reply
    assert answer.reply.split("\n")[1] == said


@pytest.mark.parametrize(
    "question",
    [
        "临汾2025年全市教育支出多少",
        "临汾2025年全市教育支出增速是不是降了",  # the sign of a rate is not how it changed
        "临汾2025年全市教育支出增速是不是全省第一，涨了多少",
        "临汾2025年全市一般公共预算收入比支出是不是少了",
        "临汾2025年全市一般公共预算收入没有下降吧",  # which of the two 是 would mean is open
        "临汾2025年全市教育支出是不是涨了一成",
        "临汾2025年全市一般公共预算支出有没有超过10%",  # its growth or its completion, nobody says
    ],
)
def test_nothing_is_said(assistant: Assistant, question: str) -> None:
    assert not any(line.startswith(("是：", "不是：")) for line in assistant.ask(question).reply.split("\n"))


@pytest.mark.parametrize(
    "question, of, bounds",
    [
        ("收入有没有突破2000亿", "figure", (">200000000000元",)),
        ("收入没超过80亿吧", "figure", ("<=8000000000元",)),
        ("债务率有没有超120%", "figure", (">120%",)),
        ("基金还有没有3个亿", "figure", (">=300000000元",)),
        ("收入破百亿没有", "figure", (">10000000000元",)),
        ("三公经费有没有压到1000万以下", "figure", ("<=10000000元",)),
        ("支出涨了三成多吧", "change", (">=30%",)),
        ("收入超没超预算", "completion", (">100%",)),
    ],
)
def test_claims(question: str, of: str, bounds: tuple[str, ...]) -> None:
    claim = claimed(question)
    assert claim and (claim.of, claim.bounds) == (of, bounds)


@pytest.mark.parametrize(
    "question",
    [
        "教育支出降了多少",
        "能告诉我教育支出增长了多少吗",
        "麻烦看看收入降了百分之几吧",
        "为什么是不是降了",
        "哪些市收入超过500亿",
        "动用了吗",
    ],
)
def test_no_claim(question: str) -> None:
    assert claimed(question) is None
