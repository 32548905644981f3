"""Questions for a list are answered with the whole list, in its order, and with nothing that stands outside it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index import Assistant, load, open_index

REPORT = """临汾市2025年预算执行情况和2026年预算草案的报告

一、2025年预算执行情况

全市一般公共预算收入完成180.5亿元。落实四项举措：一是盘活存量资产。清查闲置房屋。二是严控一般性支出。三是规范专户管理。

二、2026年预算编制

2026年预算编制坚持三项原则：一是量入为出。收支都要算细账。二是有保有压。三是讲求绩效。

三、完成2026年预算的主要措施

（一）培植壮大财源。支持重点企业。

1.落实减税政策。

2.清理拖欠账款。

（二）守牢安全底线。

（三）强化监督检查。

四、其他事项

全市共有三项工作获得通报表扬。

财政运行仍面临一些困难。主要是：一是税源结构单一。二是刚性支出增多。

五、2027年工作安排

2027年将稳中求进。

（一）办好实事。

（二）管好资金。

六、附则

1.本报告由财政部门解释。
"""
QUESTIONS = [
    ("临汾2026年预算编制坚持哪三项原则", ["1. 量入为出", "2. 有保有压", "3. 讲求绩效"], ["盘活", "培植"]),
    ("临汾完成2026年预算有哪几条措施", ["1. 培植壮大财源", "2. 守牢安全底线", "3. 强化监督检查"], ["减税", "量入为出"]),
    ("临汾财政运行面临哪些困难", ["1. 税源结构单一", "2. 刚性支出增多"], ["培植", "量入为出"]),
    ("临汾2027年工作安排有哪几项", ["1. 办好实事", "2. 管好资金"], ["本报告由"]),
    ("临汾2025年落实了哪四项举措", ["1. 盘活存量资产", "2. 严控一般性支出", "3. 规范专户管理"], ["量入为出"]),
]  # fmt: skip


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("lists")
    (folder / "临汾市2025年报告.txt").write_text(REPORT, encoding="utf-8")
    load([folder], folder / "lists.db")
    opened = open_index(folder / "lists.db")
    yield opened
    opened.close()


@pytest.mark.parametrize("question, listed, outside", QUESTIONS, ids=[question for question, *_ in QUESTIONS])
def test_a_list_is_whole(assistant: Assistant, question: str, listed: list[str], outside: list[str]) -> None:
    answer = assistant.ask(question)
    assert answer.status == "answered"
    lines = [line.removeprefix("┆ ") for line in answer.reply.splitlines()]
    assert [line for line in lines if line[:2] in ("1.", "2.", "3.", "4.")] == listed
    assert not any(word in answer.reply for word in outside)
    assert not [figure for figure in answer.figures if figure.asked]


def test_a_sentence_that_only_counts_lists_nothing(assistant: Assistant) -> None:
    reply = assistant.ask("临汾哪些工作获得通报表扬").reply
    assert "三项工作获得通报表扬" in reply and "1." not in reply
