"""The largest of the items that a question names: told only where it is sure."""

from __future__ import annotations

from pathlib import Path

import pytest

from index import load
from index.ask.assistant import Assistant

REPORT = (
    "东山市南湖区2023年财政决算报告\n一、一般公共预算支出\n"
    "2023年，教育支出 300 万元，国防支出 100 万元，公共安全支出 200 万元，科学技术支出 200 万元。\n"
    "二、支出结构\n一是公共安全支出 400 万元。\n"
)
ASKED = [
    ("教育支出、国防支出哪个最多", "最高：教育支出  300 万元", True),
    ("教育支出、国防支出哪个最少", "最低：国防支出  100 万元", True),
    ("国防支出、公共安全支出哪个最多", "最高：公共安全支出  400 万元", True),  # whichever of its two figures is right
    ("教育支出、公共安全支出哪个最多", "不能确定哪一项最高", False),
    ("科学技术支出、公共安全支出哪个最少", "不能确定哪一项最低", False),  # 200 or 400 beside 200
    ("教育支出、国防支出、月球探测支出哪个最多", "“月球探测支出”", False),
]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """A report that says two things of one item."""
    place: Path = tmp_path_factory.mktemp("named")
    (place / "决算.txt").write_text(REPORT, encoding="utf-8")
    load([place / "决算.txt"], place / "index.db")
    return Assistant(place / "index.db")


@pytest.mark.parametrize("question, told, sure", ASKED)
def test_the_largest_of_those_named(assistant: Assistant, question: str, told: str, sure: bool) -> None:
    answer = assistant.ask(f"南湖区2023年{question}")
    assert told in answer.reply
    assert (len([one for one in answer.figures if one.asked]) == 1) is sure
