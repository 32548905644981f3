"""A part beside its whole, and what a sentence says of two times: 其中…类, …里…, 从多少提到多少."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.ask.assistant import Assistant
from tests.one_report import assistant_of

REPORT = """关于池州市2025年预算执行情况和2026年预算草案的报告

一、一般公共预算
全市一般公共预算收入完成86.4亿元，增长3.1%。
全市一般公共预算支出完成203.7亿元，增长2.6%。
一般公共服务支出19.6亿元。

二、2025年政府采购
2025年全市政府采购预算3.6亿元，其中：政府采购货物预算1.1亿元、政府采购工程预算0亿元、政府采购服务预算0.6亿元。
2025年全市信息化项目预算100万元，其中：硬件预算0万元、软件预算100万元。

三、民生
城乡居民基本养老保险基础养老金最低标准由每人每月183元提高到203元。
"""
CASES = [
    # the part that the report lists by that name
    ("2025年政府采购预算多少，其中服务类多少", ["3.6亿元", "0.6亿元"]),
    ("2025年政府采购预算多少，其中货物多少", ["3.6亿元", "1.1亿元"]),
    ("2025年政府采购预算里服务类有多少", ["0.6亿元"]),
    ("2025年政府采购预算里面货物有多少", ["1.1亿元"]),
    ("2025年政府采购预算多少|其中服务类呢", ["0.6亿元"]),
    # a label that holds the value twice: 0 of 100
    ("2025年政府采购预算里工程有多少", ["0亿元"]),
    ("2025年软件预算多少", ["100万元"]),
    # no part of it: neither the whole nor a line that has the word in its name (一般公共服务)
    ("2025年政府采购预算里家具有多少", []),
    ("2025年政府采购预算多少，其中咨询类多少", ["3.6亿元"]),
    ("2025年一般公共预算收入多少，其中服务类多少", ["86.4亿元"]),
    # the whole of it is in no report, and its part then in none
    ("2026年政府采购预算多少，其中服务类多少", []),
    ("2025年科技创新券多少，其中服务类多少", []),
    # an item by its own name beside the whole
    ("2025年一般公共预算支出里一般公共服务支出多少", ["19.6亿元"]),
    # a total says where the part stands, and is not the part
    ("2025年一般公共预算支出里教育多少", []),
    ("2025年一般公共预算支出中教育、农林水各多少", []),
    # both figures, the one now and the one before
    ("2025年基础养老金最低标准从多少提到多少", ["203元", "183元"]),
    ("2025年基础养老金最低标准从每月多少提高到多少", ["203元", "183元"]),
    ("2025年基础养老金最低标准多少，此前多少", ["203元", "183元"]),
    ("2025年基础养老金最低标准提到多少", ["203元"]),
    ("2025年基础养老金最低标准多少", ["203元"]),
    ("2025年一般公共预算收入从多少增加到多少", ["86.4亿元"]),
]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with assistant_of(tmp_path_factory.mktemp("parts"), "池州市2025年预算报告", REPORT) as made:
        yield made


@pytest.mark.parametrize("question, wanted", CASES, ids=[case[0] for case in CASES])
def test_the_part_and_no_other_figure(assistant: Assistant, question: str, wanted: list[str]) -> None:
    turns = [f"池州市{turn}" if not number else turn for number, turn in enumerate(question.split("|"))]
    answer = [assistant.ask(turn, question) for turn in turns][-1]
    assert [f"{one.value}{one.unit}" for one in answer.figures if one.asked] == wanted, answer.reply
