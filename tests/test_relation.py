"""Shares and sums of two figures: each side looked up by itself, computed only where both are of one kind."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.ask.assistant import Assistant
from index.ask.vocabulary import in_our_words
from tests.one_report import assistant_of

REPORT = """关于临汾市2025年预算执行情况和2026年预算草案的报告

一、2025年预算执行情况

（一）一般公共预算执行情况

全市一般公共预算收入完成200亿元，为预算的101.5%，增长3.4%，其中：税收收入130亿元；非税收入70亿元。全市耕地占用税2.6亿元。

全市一般公共预算支出完成520亿元，增长4.1%，其中：教育支出104亿元，增长5.2%；卫生健康支出约57亿元。

市本级一般公共预算收入完成50亿元，为年初预算52亿元的96.2%，下降2.3%。

市本级一般公共预算支出完成130亿元，增长1.9%。

（二）政府性基金预算执行情况

全市政府性基金预算收入完成65亿元，下降12.6%。

（三）社会保险基金预算执行情况

全市社会保险基金预算收入完成90亿元；全市社会保险基金预算支出完成80亿元。

（四）政府债务情况

2025年末，全市政府债务限额612.4亿元，其中：一般债务限额251.6亿元，专项债务限额360.8亿元。全市政府债务余额600亿元，其中：一般债务余额240亿元，专项债务余额360亿元。

2025年末，市本级政府债务余额150亿元。

二、2026年预算草案

全市一般公共预算收入预期206亿元，增长3%。

全市一般公共预算支出安排540亿元，其中：预备费安排6.2亿元，占总支出的1.1%。
"""

# Question, the first asked figure ("": none may be given), words of the reply.
SHARES = [
    ("临汾市本级一般公共预算收入2025年占全市的比重大概多少，算一下", "25%", "50亿元 ÷ 全市一般公共预算收入200亿元"),
    ("临汾全市政府债务余额里市本级占多大比例，25年的，算算看", "25%", "150亿元 ÷ 全市政府债务余额600亿元"),
    ("临汾2025年全市政府债务里头专项债务占到总债务的百分之几", "60%", "推算"),
    ("临汾2025年全市一般公共预算支出里教育支出占几成", "20%", "推算"),
    ("临汾市本级2026年一般公共预算收入占全市的比重", "", "没有"),
    ("临汾2025年全市专项债务余额占专项债务限额的比重", "99.78%", "360亿元 ÷ 专项债务限额360.8亿元"),
    ("临汾2025年全市卫生健康支出占一般公共预算支出的比重", "", "约数"),
    ("临汾2025年一般公共预算收入占全省的比重", "", "没有"),
    ("临汾2025年全市地铁支出占一般公共预算支出的比重", "", "没有"),
    # sides in words of the report's own, levels by themselves, what is owed without a word for it
    ("临汾2025年底全市政府债里市本级欠的大概占几成", "25%", "150亿元 ÷ 全市政府债务余额600亿元"),
    ("临汾2025年底的法定债里专项债占几成", "60%", "360亿元 ÷ 政府债务余额600亿元"),
    ("临汾2025年全市耕地占用税收了多少", "2.6亿元", "耕地占用税"),  # 占 in a name asks for no share
]
SUMS = [
    (
        "请帮忙算一下临汾二零二五年末一般债务跟专项债务余额加到一块儿一共多少亿",
        "600亿元",
        "240亿元 + 专项债务余额360亿元",
    ),
    ("临汾2025年全市税收收入和非税收入合计多少", "200亿元", "130亿元 + 非税收入70亿元"),
    ("临汾2025年全市一般公共预算收入加上政府性基金收入一共多少", "265亿元", "200亿元 + 政府性基金收入65亿元"),
    ("临汾2025年全市一般公共预算收入和税收收入合计多少", "200亿元", "130 亿元"),  # one is part of the other: both shown
    ("临汾2025年全市教育支出一共多少", "104亿元", "教育支出"),
]
DIFFERENCES = [
    ("临汾2025年底离债务限额还有多少空间 帮算算", "12.4亿元", "推算"),
    ("临汾2025年省里核定的全市政府债务限额减掉年底全市债务余额以后还有多大空间", "12.4亿元", "推算"),
    ("临汾全市社保基金2025年收入减去支出，当年能结余多少，帮我算", "10亿元", "推算"),
    ("临汾市本级2025年一般公共预算收入没完成年初预算吧，实际跟年初预算还差多少亿元帮忙算一下", "2亿元", "推算"),
]
FOLLOW_UPS = [
    (("临汾2025年全市教育支出多少", "占总支出的比例呢"), "20%", "104亿元 ÷ 一般公共预算支出520亿元"),
    (("临汾2026年全市预备费安排多少", "占总支出的比例呢"), "1.1%", "占总支出的1.1%"),  # as printed, not 1.15%
    (("临汾2025年全市一般公共预算收入多少", "市本级占多少比重呢"), "25%", "推算"),
]
CASES = [*(((ask,), want, said) for ask, want, said in (*SHARES, *SUMS, *DIFFERENCES)), *FOLLOW_UPS]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An index of one made report."""
    with assistant_of(tmp_path_factory.mktemp("relation"), "临汾市2025年预算执行情况", REPORT) as made:
        yield made


@pytest.mark.parametrize("turns, want, said", CASES, ids=[" | ".join(case[0]) for case in CASES])
def test_relation(assistant: Assistant, turns: tuple[str, ...], want: str, said: str) -> None:
    answer = [assistant.ask(turn, "".join(turns)) for turn in turns][-1]
    asked = [figure for figure in answer.figures if figure.asked]
    assert [f"{one.value}{one.unit}" for one in asked[:1]] == ([want] if want else []), answer.reply
    assert said in answer.reply
    assert all("计算：" in one.sentence for one in asked if one.derived)


@pytest.mark.parametrize(
    "asked, read",
    [
        ("还有多少空间 帮算算", "还有多少空间，"),
        ("教育支出多少，帮我算一下", "教育支出多少，，"),
        ("预算一下拨多少", "预算一下拨多少"),
        ("决算一般公共预算支出", "决算一般公共预算支出"),
        ("收入没完成预算吧，还差多少", "收入，还差多少"),
        ("没完成预算的有几项", "没完成预算的有几项"),
    ],
)
def test_words_that_only_ask_to_reckon(asked: str, read: str) -> None:
    assert in_our_words(asked) == read
