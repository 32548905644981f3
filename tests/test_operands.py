"""Things that a question reckons with, each found as a question for it alone finds it; what a follow-up inherits."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.ask.assistant import Assistant
from tests.one_report import assistant_of

REPORT = """关于临汾市2025年预算执行情况和2026年预算草案的报告

一、2025年预算执行情况

（一）一般公共预算

全市一般公共预算收入完成200亿元，增长3.4%，其中：税收收入130亿元；非税收入70亿元。

全市一般公共预算支出完成520亿元，增长4.1%，其中：教育支出104亿元；农林水支出61.5亿元；住房保障及古村更新支出12亿元。

市本级一般公共预算收入完成80亿元，增长2.2%。

市本级一般公共预算支出完成130亿元。一般公共预算对县区转移支付150亿元。

全市三保支出160亿元。安排教育发展资金3亿元，护林防火补助2325万元，苹果产业奖补资金6440万元，新建改扩建中小学校25所。

（二）政府性基金预算

全市政府性基金收入完成50亿元。市本级政府性基金收入完成30亿元。政府性基金对县区转移支付20亿元。

（三）政府债务

2025年末，全市政府债务余额600亿元，其中：市本级政府债务余额240亿元。2024年末，全市政府债务余额550亿元，县区政府债务余额330亿元，市本级政府债务余额220亿元。2025年全市政府债务还本付息40亿元，其中付息18亿元。

按区域划分：市级债务限额250亿元，洪洞县债务限额90亿元，襄汾县债务限额70亿元。

分季看，全市第一季度契税收入1亿元，第二季度契税收入2亿元，第三季度契税收入3亿元，第四季度契税收入4亿元。

全市城镇居民人均可支配收入4万元；农村居民人均可支配收入2万元；居民人均可支配收入3万元。农村居民恩格尔系数34.6%。

（四）债务还本付息

专项债务：2026年应还本付息13.9亿元。一般债务：2026年应还本付息5.6亿元。

二、2026年预算草案

预计2026年全市一般公共预算收入208亿元。预计2026年全市社会保险基金收入230亿元。新建改扩建中小学校10所。
"""

RECKONED = [
    # question, the first asked figure, what the answer says of it
    ("临汾2025年护林防火补助和苹果产业奖补资金加起来多少", "8765万元", "2,325万元 + "),
    ("临汾2025年苹果产业奖补资金比护林防火补助多多少", "4115万元", "护林防火补助多 4,115 万元"),
    ("临汾2025年护林防火补助占苹果产业奖补资金的百分之多少", "36.1%", "÷"),
    ("临汾2025年三保支出是苹果产业奖补资金的几倍", "248.45倍", "÷"),
    ("临汾2025年教育支出比三保支出少多少", "56亿元", "少"),
    ("临汾今年全市一般公共预算收入的预算，跟去年完成数比砍掉了多少", "8亿元", "问的是“少”，报告里是多"),
    # a name with a joining word is one thing
    ("临汾2025年全市住房保障及古村更新支出和教育支出加起来多少", "116亿元", "住房保障及古村更新支出12亿元"),
    # the very name that the question has, and no shorter one
    ("临汾2025年全市三保支出比教育发展资金多多少", "157亿元", "教育发展资金3亿元"),
    # things counted, in other years
    ("临汾2026年打算新建改扩建的中小学，比2025年建的少几所", "15所", "25所 - "),
    # what is said of the other thing, or of the whole question
    ("临汾2024年末市本级和县区的债务余额哪个大，差多少", "110亿元", ""),
    ("临汾2025年三保支出占全市一般公共预算支出多大比例", "30.77%", "÷"),
    ("临汾2025年对县区的转移支付，一般公共预算和基金两块合计多少亿", "170亿元", "政府性基金对县区转移支付20亿元"),
    # what stands at a day, as so many times the money of a year
    ("临汾2025年全市政府债务余额是一般公共预算收入的几倍", "3倍", "÷"),
    ("临汾2025年末全市政府债务余额，刨去市本级，下面各县区一共多少", "360亿元", "不含市本级"),
    ("临汾的洪洞、襄汾两个县2025年债务限额加起来多少", "160亿元", "+"),
    # a row of things that are not named
    ("临汾2025年全市契税收入四个季度加起来多少", "10亿元", "1亿元 + "),
    ("临汾2025年政府债务还本付息总数里扣掉付息，光还本是多少", "22亿元", "付息18亿元"),
]
NOT_RECKONED = [
    # one of two is no answer for both; revenue and expenditure make no sum; a limit that is asked for is no thing
    "临汾2025年护林防火补助和南湖清淤资金加起来多少",
    "临汾2025年全市教育支出和一般公共预算收入加起来多少",
    "临汾2025年苹果产业奖补资金比南湖清淤资金多多少",
    "临汾2025年全市教育支出里农林水占几成",
    "临汾2025年全市教育支出减去政府债务余额是多少",
    "临汾2025年全市政府债务还本多少",  # 还本付息 is neither
]
DIALOGUES = [
    # turns, asked figures of the last answer
    (("临汾2025年护林防火补助多少", "比苹果产业奖补资金少多少"), ["4115万元", "2325万元", "6440万元"]),
    (("临汾2025年护林防火补助多少", "占苹果产业奖补资金的百分之几"), ["36.1%"]),
    (("临汾2025年教育支出多少", "它比农林水支出多多少"), ["42.5亿元", "104亿元", "61.5亿元"]),
    # the stage before fits no other year
    (("临汾2026年全市一般公共预算收入预计多少", "去年呢"), ["200亿元"]),
    (("临汾2025年全市一般公共预算收入完成多少", "2026年呢"), ["208亿元"]),
    # the account before is another
    (("临汾2025年一般公共预算对县区的转移支付多少", "基金呢"), ["20亿元"]),
    # the level before, and those below the city, which are no places elsewhere
    (("临汾2025年末市本级政府债务余额多少", "各县区呢"), ["360亿元"]),
    (("临汾2025年市级债务限额多少", "洪洞县呢"), ["90亿元"]),
    (("临汾2025年末全市政府债务余额多少", "市级核定的限额呢"), ["250亿元"]),
    # a half of what was told, and that alone
    (("临汾2025年全市政府债务还本付息多少", "付息呢"), ["18亿元"]),
    (("临汾2025年全市政府债务还本付息多少", "还本呢"), []),
    # an item named once more is asked for as such
    (("临汾2025年市本级一般公共预算收入多少", "比上年增长百分之几", "那全市一般公共预算收入是多少"), ["200亿元"]),
    # a part of what was told, by two words of its name; no ratio for money
    (("临汾2025年居民人均可支配收入多少", "农村居民呢"), ["2万元"]),
    # of each month, of what was told
    (("临汾2025年教育支出多少", "折合每个月多少"), ["8.6667亿元"]),
    # months are of the year spoken of
    (("临汾2025年第一季度全市契税收入多少", "第二季度呢"), ["2亿元"]),
]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with assistant_of(tmp_path_factory.mktemp("operands"), "临汾市2025年预算执行情况", REPORT) as made:
        yield made


def asked(assistant: Assistant, *turns: str) -> tuple[list[str], str]:
    answer = [assistant.ask(turn, "".join(turns)) for turn in turns][-1]
    return [f"{one.value}{one.unit}" for one in answer.figures if one.asked], answer.reply


@pytest.mark.parametrize("question, want, said", RECKONED, ids=[case[0] for case in RECKONED])
def test_reckoned(assistant: Assistant, question: str, want: str, said: str) -> None:
    figures, reply = asked(assistant, question)
    assert figures[:1] == [want] and "推算" in reply and said in reply, reply


@pytest.mark.parametrize("question", NOT_RECKONED)
def test_not_reckoned(assistant: Assistant, question: str) -> None:
    figures, reply = asked(assistant, question)
    assert figures == [] and "推算" not in reply, reply


@pytest.mark.parametrize("turns, want", DIALOGUES, ids=[" | ".join(case[0]) for case in DIALOGUES])
def test_follow_up(assistant: Assistant, turns: tuple[str, ...], want: list[str]) -> None:
    figures, reply = asked(assistant, *turns)
    assert figures == want, reply
