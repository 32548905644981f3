"""Figures beside an item that are not the item's: five years' totals, differences, given money, marks that were passed.

One small report, read and asked: no question for the item gets one of them, and none makes two figures out of one.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.ask.assistant import Assistant
from index.ask.conflict import CONFLICT
from index.build import load
from index.models import Answer

TITLE = "关于长治市2025年预算执行情况和2026年预算草案的报告"
TEXT = """一、2025年预算执行情况
2025年，全市一般公共预算收入完成86.4亿元，增长5.2%。
全市教育支出完成51.3亿元，增加2.6亿元。全市卫生健康支出完成33.7亿元，比年初预算增加1.9亿元。
全市科学技术支出完成4.8亿元。下达1.3亿元，支持重点实验室建设。
全市一般公共预算收入突破80亿元大关，财源建设取得成效。
二、“十四五”时期财政工作回顾
全市一般公共预算收入累计完成391亿元，比“十三五”时期增加57亿元。
全市教育支出累计完成233亿元，为“十三五”时期的1.3倍。
"""

# the question, the figures offered as the answer, and those that must not be
ASKED = [
    ("长治市2025年一般公共预算收入多少", ["86.4亿元"], ["80亿元", "391亿元", "57亿元"]),
    ("长治市2025年教育支出多少", ["51.3亿元"], ["2.6亿元", "233亿元"]),
    ("长治市2025年教育支出比上年增加多少", ["2.6亿元"], []),
    ("长治市2025年卫生健康支出多少", ["33.7亿元"], ["1.9亿元"]),
    ("长治市2025年科学技术支出多少", ["4.8亿元"], ["1.3亿元"]),
    ("长治市十四五时期一般公共预算收入累计多少", ["391亿元"], ["86.4亿元", "80亿元"]),
    ("长治市十四五时期教育支出多少", ["233亿元"], ["51.3亿元"]),
]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("apart")
    (folder / "长治市2025年报告.txt").write_text(f"{TITLE}\n{TEXT}", encoding="utf-8")
    (report,) = load([folder / "长治市2025年报告.txt"], folder / "index.db")
    assert report.status == "loaded"
    assistant = Assistant(folder / "index.db")
    yield assistant
    assistant.close()


def offered(answer: Answer) -> list[str]:
    return [figure.value + figure.unit for figure in answer.figures if figure.asked]


@pytest.mark.parametrize("question, wanted, barred", ASKED)
def test_the_item_alone_answers(assistant: Assistant, question: str, wanted: list[str], barred: list[str]) -> None:
    answer = assistant.ask(question, question)
    assert answer.status == "answered"
    assert offered(answer) == wanted
    assert not set(barred) & set(offered(answer))
    assert not any(note.startswith(CONFLICT) for note in answer.notes)


def test_a_mark_answers_where_nothing_is_exact(assistant: Assistant, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("mark")
    text = f"{TITLE}\n2025年，全市税收收入突破60亿元大关。全市非税收入完成26亿元。\n"
    (folder / "报告.txt").write_text(text, encoding="utf-8")
    load([folder / "报告.txt"], folder / "index.db")
    other = Assistant(folder / "index.db")
    answer = other.ask("长治市2025年税收收入多少", "mark")
    other.close()
    assert offered(answer) == ["60亿元"]
    assert "约数" in answer.reply
