"""Several figures asked for in one breath, and which of several is meant: flows, stages, places, levels, items."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.ask.assistant import Assistant
from tests.one_report import assistant_of

REPORT = """关于池州市2025年预算执行情况和2026年预算草案的报告

一、2025年预算执行情况

（一）一般公共预算
全市一般公共预算收入完成86.4亿元，增长3.1%，其中税收收入51.2亿元，非税收入35.2亿元。
全市一般公共预算支出完成203.7亿元，增长2.6%。其中：教育支出38.9亿元，社会保障和就业支出31.4亿元，卫生健康支出22.6亿元。
市级（含开发区）一般公共预算收入完成33.5亿元；市级（含开发区）一般公共预算支出完成67.1亿元。
市本级一般公共预算收入完成24.8亿元；市本级一般公共预算支出完成49.6亿元。

（二）政府性基金预算
全市政府性基金收入完成41.9亿元，下降7.4%，其中国有土地使用权出让收入35.6亿元。
全市政府性基金支出完成63.8亿元，增长9.2%。

（三）国有资本经营预算
全市国有资本经营收入完成2.9亿元，支出完成1.3亿元。

（四）社会保险基金预算
全市社会保险基金收入完成74.5亿元，支出完成66.2亿元，年末滚存结余97.3亿元。

二、各县区一般公共预算收入
贵池区一般公共预算收入21.7亿元，东至县一般公共预算收入14.3亿元，石台县一般公共预算收入4.1亿元，青阳县一般公共预算收入12.9亿元。

三、2026年预算草案
全市一般公共预算收入预期89.0亿元，增长3%。
全市一般公共预算支出安排209.8亿元。
"""
CASES = [
    # receipts and payments
    ("2025年全市收多少支多少", ["86.4亿元", "203.7亿元"]),
    ("2025年社保基金收多少支多少", ["74.5亿元", "66.2亿元"]),
    ("2025年全市政府性基金收了多少、花了多少", ["41.9亿元", "63.8亿元"]),
    ("2025年国资经营预算收了多少支了多少", ["2.9亿元", "1.3亿元"]),
    ("2025年全市一般公共预算收、支各多少", ["86.4亿元", "203.7亿元"]),
    ("2025年社保基金收多少支多少年底还剩多少", ["74.5亿元", "66.2亿元", "97.3亿元"]),
    # one of them alone stays alone, and taxes are no receipts in general
    ("2025年全市税收多少", ["51.2亿元"]),
    ("2025年政府性基金收了多少", ["41.9亿元"]),
    ("2025年政府性基金花出去多少", ["63.8亿元"]),
    ("2025年政府性基金进账多少", ["41.9亿元"]),
    # stages with their years
    ("25年全市一般公共预算收入实际和26年预计各多少", ["86.4亿元", "89.0亿元"]),
    ("25年全市一般公共预算支出完成和26年安排各多少", ["203.7亿元", "209.8亿元"]),
    ("2025年全市一般公共预算收入多少", ["86.4亿元"]),
    # a city and places below it: the level is that of the city
    ("2025年市级、贵池区一般公共预算收入各多少", ["33.5亿元", "21.7亿元"]),
    ("2025年市级、东至县、石台县一般公共预算收入各多少", ["33.5亿元", "14.3亿元", "4.1亿元"]),
    # with and without the zones, wherever it is said
    ("2025年一般公共预算收入多少，市级（含开发区）", ["33.5亿元"]),
    ("2025年市级含开发区一般公共预算收入多少", ["33.5亿元"]),
    ("2025年市级不含开发区一般公共预算收入多少", ["24.8亿元"]),
    ("2025年一般公共预算支出多少，市本级（不含开发区）", ["49.6亿元"]),
    # items against places
    ("2025年全市教育、社保、卫健这三项哪个最高", ["38.9亿元"]),
    ("2025年教育、社保、卫健这三块哪个最少", ["22.6亿元"]),
    ("2025年下面几个县区哪个一般公共预算收入最高", ["21.7亿元"]),
    ("2025年各县区一般公共预算收入最低的是哪个", ["4.1亿元"]),
    # shares: of what the other side is
    ("2025年土地出让占政府性基金收入多少", ["84.96%"]),
    ("2025年土地出让收入占政府性基金收入多少", ["84.96%"]),
    ("2025年土地出让收入多少", ["35.6亿元"]),
]
FOLLOW_UPS = [
    ("2025年政府性基金收入多少|支出呢", ["63.8亿元"]),
    ("2025年全市一般公共预算支出多少|真正用掉的呢", ["203.7亿元"]),
    ("2025年全市一般公共预算收入多少|真正用掉的呢", ["203.7亿元"]),
    ("2025年全市一般公共预算支出多少|真正收上来的呢", ["86.4亿元"]),
    ("2025年全市一般公共预算支出多少|后勤呢", []),
    ("2025年全市一般公共预算支出多少|会议呢", []),
    ("2025年全市一般公共预算支出多少|能源呢", []),
    ("2025年社会保险基金支出多少|年底还剩多少", ["97.3亿元"]),
    ("2025年政府性基金支出多少|年底还剩多少", []),
    ("2025年全市一般公共预算收入多少|其中税收呢", ["51.2亿元"]),
]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with assistant_of(tmp_path_factory.mktemp("breath"), "池州市2025年预算报告", REPORT) as made:
        yield made


@pytest.mark.parametrize("question, wanted", [*CASES, *FOLLOW_UPS], ids=[case[0] for case in (*CASES, *FOLLOW_UPS)])
def test_each_that_is_asked_and_no_other(assistant: Assistant, question: str, wanted: list[str]) -> None:
    turns = [f"池州市{turn}" if not number else turn for number, turn in enumerate(question.split("|"))]
    answer = [assistant.ask(turn, question) for turn in turns][-1]
    assert [f"{one.value}{one.unit}" for one in answer.figures if one.asked] == wanted, answer.reply
