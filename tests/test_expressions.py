"""Figures reckoned from two sides, each a question of its own; parts of what was told; words put right by sound."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.ask.assistant import Assistant
from index.ask.expressions import expressions
from index.ask.heard import put_right
from tests.one_report import assistant_of

REPORT = """关于临汾市2025年预算执行情况和2026年预算草案的报告

一、2025年预算执行情况

全市一般公共预算收入完成200亿元，增长3.4%，其中：税收收入130亿元；非税收入70亿元。

全市一般公共预算支出完成520亿元，增长4.1%，其中：教育支出104亿元；农林水支出61.5亿元。

市本级一般公共预算收入完成80亿元，增长2.2%，其中：税收收入50亿元；非税收入30亿元。

市本级一般公共预算支出完成130亿元，增长1.9%。

全市社会保险基金预算收入完成210亿元，支出完成190亿元。

2025年末，全市政府债务限额612.4亿元，全市政府债务余额600亿元，其中：专项债务余额360亿元。

省财政下达我市再融资债券额度45亿元（一般债券30亿元，专项债券15亿元）。

财政评审项目120个，送审金额18亿元，审减金额2亿元。

发放中度以上失能老年人养老服务消费补贴2537万元。

更新老旧电梯611部，保障出行安全。

为29家企业提供设备更新贷款贴息5165万元，引导银行发放贷款47亿元。

汾河新区三保支出缺口3.2亿元。

全市三保支出160亿元，比上年增加12亿元。

二、2026年预算草案

安排新增专项债券40亿元，12亿元用于土地储备，18亿元用于园区建设，10亿元用于补充财力。
"""

READ = [
    # the text of a question, the first expression in it
    ("本级收入里头税占几成", ("share", "本级收入", "税收收入")),
    ("教育占总支出的百分之几", ("share", "总支出", "教育")),
    ("县区的收入比市本级多多少亿", ("gap", "县区的收入", "市本级")),
    ("送审的钱扣掉审减的还剩多少亿", ("gap", "送审", "审减")),
    ("职工医保加上居民医保，支出合起来多少", ("sum", "职工医保支出", "居民医保支出")),
    ("再融资的和新增的哪个多，多几个亿", ("gap", "再融资", "新增")),
    ("教育支出和科技支出相差多少", ("gap", "教育支出", "科技支出")),
    ("教育支出多少", None),
    ("教育支出比上年", None),
    ("教育支出多少，农林水占几成", None),  # the first asks for itself
]
RECKONED = [
    # question, the first asked figure
    ("临汾市本级2025年收的钱里头税占几成", "62.5%"),
    ("临汾2025年全市社保收的减去花的，还有多少", "20亿元"),
    ("2025年临汾财政评审，送审的钱扣掉审减的还剩多少亿", "16亿元"),
    ("临汾全市2025年底政府债务余额，去掉专项的还有多少", "240亿元"),
    ("临汾2025年全市教育支出超过农林水支出多少", "42.5亿元"),
    ("临汾2025年全市一般公共预算花的比收的多多少", "320亿元"),
]
NOT_RECKONED = [
    # growth rates, two things in one, what the report does not tell
    "临汾2025年全市一般公共预算收入增幅比支出增幅高多少个百分点",
    "临汾2025年全市科技支出比教育支出多多少",
    "临汾2025年全市教育支出里农林水占几成",  # two parts of one whole
    "临汾2025年全市科技支出超过教育支出多少",
    "临汾2025年全市一般公共预算支出减一般公共预算收入再减社保基金收入还剩多少",
    "临汾2025年全市教育支出减去专项债务余额是多少",  # what is owed is no money of the year
]
DIALOGUES = [
    # turns, asked figures of the last answer
    (("临汾2025年再融资债券额度多少", "其中一般债券呢"), ["30亿元"]),
    (("临汾2025年底全市政府债务余额多少", "其中专项的呢"), ["360亿元"]),
    (("临汾2025年全市教育支出多少", "占支出总数的百分之多少"), ["20%"]),
    (("临汾2026年新增专项债券多少", "这里头区里自己掏多少"), []),  # the whole is no part of itself
]
FOUND = [
    # question, asked figures: literal readings, sounds, counts with money, parts by size, an inner place, enumerations
    ("临汾去年给失能老人发的养老消费补贴一共多少钱", ["2537万元"]),
    ("临汾2025年更新了多少部老旧点梯", ["611部"]),
    ("临汾2025年设备更新贷款贴息给了多少家企业，多少钱", ["29家", "5165万元"]),
    ("临汾2026年新增专项债券40亿怎么分下去的", ["40亿元", "12亿元", "18亿元", "10亿元"]),
    ("临汾2026年那40亿新增专项债券，最大一笔用到哪了", ["18亿元"]),
    ("临汾25年下达的再融资债，一般债和专项债各是多少", ["30亿元", "15亿元"]),
    ("临汾2025年全市教育支出多少，占总支出的百分之几", ["104亿元", "20%"]),
    # nothing of these is told: neither by a word of them alone nor by what sounds alike
    ("临汾2025年老人补助多少家", []),
    ("临汾2025年还本付息多少", []),
    ("临汾2025年计划委托几家中介机构", []),
]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with assistant_of(tmp_path_factory.mktemp("expressions"), "临汾市2025年预算执行情况", REPORT) as made:
        yield made


def asked(assistant: Assistant, *turns: str) -> tuple[list[str], str]:
    answer = [assistant.ask(turn, "".join(turns)) for turn in turns][-1]
    return [f"{one.value}{one.unit}" for one in answer.figures if one.asked], answer.reply


@pytest.mark.parametrize("text, want", READ, ids=[case[0] for case in READ])
def test_read(text: str, want: tuple[str, str, str] | None) -> None:
    found = next(expressions(text, loose=True), None)
    assert (found and (found.operation, found.first, found.second)) == want


@pytest.mark.parametrize("question, want", RECKONED, ids=[case[0] for case in RECKONED])
def test_reckoned(assistant: Assistant, question: str, want: str) -> None:
    figures, reply = asked(assistant, question)
    assert figures[0] == want and "推算" in reply, reply


@pytest.mark.parametrize("question", NOT_RECKONED)
def test_not_reckoned(assistant: Assistant, question: str) -> None:
    figures, reply = asked(assistant, question)
    assert figures == [] and "推算" not in reply, reply


@pytest.mark.parametrize("turns, want", DIALOGUES, ids=[" | ".join(case[0]) for case in DIALOGUES])
def test_a_part_of_what_was_told(assistant: Assistant, turns: tuple[str, ...], want: list[str]) -> None:
    figures, reply = asked(assistant, *turns)
    assert figures == want, reply


@pytest.mark.parametrize("question, want", FOUND, ids=[case[0] for case in FOUND])
def test_found(assistant: Assistant, question: str, want: list[str]) -> None:
    figures, reply = asked(assistant, question)
    assert figures == want, reply


def test_what_was_put_right_is_said(assistant: Assistant) -> None:
    figures, reply = asked(assistant, "临汾2025年全市三宝支出多少")
    assert figures == ["160亿元"] and "“三宝支出”按“三保支出”理解" in reply, reply


SOUNDS = [
    # how often pairs of characters stand in the reports, a word, what it is put right to
    ({"三保": 3, "支出": 9}, "三宝支出", [("三宝支", "三保支")]),
    ({"电梯": 3, "旧电": 3}, "旧电提", [("电提", "电梯")]),
    ({"三宝": 1, "三保": 3}, "三宝支出", []),  # it stands there
    ({"交育": 3, "交遇": 2}, "交域", []),  # of two that are told as often, neither
    ({"支出": 9}, "月球支出", []),
    ({"十年": 3}, "时年", [("时年", "十年")]),
    ({"四年": 3}, "十年", []),  # numerals are never taken for others
]


@pytest.mark.parametrize("known, word, want", SOUNDS, ids=[case[1] for case in SOUNDS])
def test_put_right(known: dict[str, int], word: str, want: list[tuple[str, str]]) -> None:
    assert put_right(lambda asked: {pair: known.get(pair, 0) for pair in asked}, word) == want


def test_an_inner_place_without_a_report_is_told_by_its_city(assistant: Assistant) -> None:
    figures, reply = asked(assistant, "临汾汾河新区三保缺口多少")
    assert figures == ["3.2亿元"], reply
    figures, reply = asked(assistant, "临汾汾河新区一般公共预算收入多少")
    assert figures == [], reply
