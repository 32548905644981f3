"""In a message nothing that is asked for is passed over, and no answer contradicts itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.ask.assistant import Assistant
from tests.one_report import assistant_of

REPORT = """关于云溪区2025年预算执行情况和2026年预算草案的报告
一、2025年预算执行情况
（一）一般公共预算
2025年，全区一般公共预算收入完成43210万元，比上年增长5.2%。其中：税收收入完成30120万元，增长4.1%；非税收入完成13090万元，增长7.8%。
全区一般公共预算支出完成187650万元，增长3.3%。其中：教育支出完成41230万元，增长2.5%；社会保障和就业支出完成33310万元，\
增长6.4%；卫生健康支出完成22140万元，增长1.7%；农林水支出完成29870万元，下降3.2%。
全区“三保”支出52130万元，其中：保工资37710万元，保运转2030万元。
（二）政府性基金预算
全区政府性基金收入完成15670万元，下降12.4%。
（三）政府债务
2025年底，全区政府债务限额98700万元，政府债务余额93210万元。
二、2026年预算草案
全区一般公共预算收入预期44900万元，增长3.9%。一般公共预算支出安排191200万元，其中：教育支出安排42100万元，预备费安排1500万元。
2026年，全区“三公”经费预算安排870万元。
"""
TOWN = """肥西县官亭镇2025年财政预算执行情况和2026年财政预算草案的报告
——在肥西县官亭镇第十九届人民代表大会上
一、2025年财政预算执行情况
2025年镇级财政收入完成7532万元，比上年增长4.5%。
二、2026年财政预算草案
2026年镇级财政支出安排11715万元，其中：教育支出2310万元，预备费150万元。
"""

# what is said, and what must be in the answer to the last of it
TOLD: list[tuple[tuple[str, ...], tuple[str, ...]]] = [
    (("云溪区2025年教育支出多少？社保呢？卫生健康呢？还有债务余额",), ("41,230", "33,310", "22,140", "93,210")),
    (("云溪区2025年教育支出多少，农林水呢，另外政府性基金收入",), ("41,230", "29,870", "15,670")),
    (("云溪区2025年税收收入，云溪区2025年非税收入",), ("30,120", "13,090")),
    (("云溪区2025年税收收入,云溪区2025年政府性基金收入",), ("30,120", "15,670")),
    (("云溪区教育支出，云溪区卫生健康支出",), ("41,230", "22,140")),
    (("云溪区2025年教育支出，云溪区2025年卫生健康支出，差多少",), ("41,230", "22,140", "19,090")),
    (("云溪区2025年教育支出，云溪区2026年教育支出",), ("41,230", "42,100")),
    (
        ("帮我查三个数：云溪区2025年税收收入，云溪区2025年非税收入，云溪区2025年火星支出",),
        ("30,120", "13,090", "火星支出"),
    ),
    (("云溪区2025年教育支出、月球支出和卫生健康支出分别是多少",), ("41,230", "22,140", "月球支出")),
    (("云溪区2025年教育支出", "收入呢"), ("43,210",)),
    (("云溪区2025年教育支出", "同比呢", "收入呢"), ("+5.2%",)),
    (("云溪区2025年农林水支出", "收入呢", "支出呢"), ("187,650",)),
    (("云溪区2025年教育支出", "算算人均"), ("人均数不计算",)),
    (("云溪区2025年三保支出多少", "保工资占多少"), ("占比",)),
    (("云溪区2023年到2025年一般公共预算收入",), ("2023年：报告里没有", "2025年：43,210")),
]


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with assistant_of(tmp_path_factory.mktemp("county"), "云溪区2025年预算执行", REPORT) as found:
        yield found


@pytest.mark.parametrize("said, told", TOLD, ids=[" | ".join(said) for said, _ in TOLD])
def test_all_that_is_asked_for_is_told(county: Assistant, said: tuple[str, ...], told: tuple[str, ...]) -> None:
    for question in said:
        answer = county.ask(question, " ".join(said))
    assert [word for word in told if word not in answer.reply] == []


# a question, what its refusal says is missing, what it must not say is missing
REFUSED = [
    ("云溪区2026年三公经费花了多少", "“三公经费”的完成数", "的数字"),
    ("云溪区2026年预备费用了多少", "“预备费”的完成数", "的预算数"),
    ("云溪区2025年预备费多少", "2025年“预备费”的数字", "2026年“预备费”"),
]


@pytest.mark.parametrize("question, missing, there", REFUSED, ids=[question for question, _, _ in REFUSED])
def test_a_refusal_does_not_say_that_it_lacks_what_it_shows(
    county: Assistant, question: str, missing: str, there: str
) -> None:
    answer = county.ask(question)
    assert answer.status == "not_found"
    denied = next(line for line in answer.reply.split("\n") if line.startswith(("报告里没有", "没有把握")))
    assert missing in denied and there not in denied


OF_TOWN = [
    ("官亭镇2026年镇级预备费多少",),
    ("官亭镇2026年镇级财政支出安排多少", "其中预备费留了多少"),
    ("官亭镇2026年预备费",),
]


@pytest.mark.parametrize("said", OF_TOWN)
def test_a_town_has_no_other_level_than_its_own(town: Assistant, said: tuple[str, ...]) -> None:
    for question in said:
        answer = town.ask(question, " ".join(said))
    assert answer.status == "answered" and "150 万元" in answer.reply


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("town")
    with assistant_of(folder, "官亭镇2025年财政预算执行情况和2026年财政预算草案", TOWN) as found:
        yield found
