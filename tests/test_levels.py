"""Two levels asked for together: both are looked for, and the one that is missing is said to be."""

from __future__ import annotations

import pytest

from index import Assistant, load
from index.ask.scoping import find_scope

PAIRS = [
    # a question, the two levels that it names together
    ("全市和市本级税收收入", ("全市", "市本级")),
    ("全市和市级税收收入", ("全市", "市级")),
    ("市级、全市各多少", ("全市", "市级")),
    ("全县与县级", ("全县", "县级")),
    ("全市税收收入", ()),
    ("全市比市级多多少", ()),
    ("全市和各县区", ()),
    ("市本级和各县区", ()),
]
REPORT = (
    "青石区2024年预算执行情况的报告\n2024年，全区教育支出9120万元，增长3%。区本级教育支出4120万元，增长2%。\n"
    "全区卫生健康支出5310万元，增长4%。\n区本级农林水支出2210万元。\n"
)
ANSWERS = [
    # a question, the figures asked, what is said of a missing one
    ("2024年全区和区级教育支出各多少", ["9120", "4120"], ""),
    ("2024年全区和区本级卫生健康支出各多少", ["5310"], "没有找到区本级的数"),
    ("2024年全区和区本级农林水支出", ["2210"], "没有找到全区的数"),
    ("2024年全区卫生健康支出", ["5310"], ""),
]


@pytest.mark.parametrize("text, both", PAIRS, ids=[text for text, _ in PAIRS])
def test_two_levels(text: str, both: tuple[str, ...]) -> None:
    assert find_scope(text).both == both


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("levels")
    (folder / "青石区2024年预算执行情况的报告.txt").write_text(REPORT, encoding="utf-8")
    load([folder], folder / "index.db", region="屯留区")
    return Assistant(folder / "index.db")


@pytest.mark.parametrize("question, values, missing", ANSWERS, ids=[question for question, _, _ in ANSWERS])
def test_each_level_or_its_absence(assistant: Assistant, question: str, values: list[str], missing: str) -> None:
    answer = assistant.ask(question)
    assert [one.value for one in answer.figures if one.asked] == values
    assert [note for note in answer.notes if note.startswith("没有找到")] == ([missing] if missing else [])
    assert missing in answer.reply
