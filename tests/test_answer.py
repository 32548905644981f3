"""Questions to the sample reports and small made ones, one dialogue a line of ``cases/questions.jsonl``.

``want`` are asked figures, the first of them the first of the answer; no ``want`` means: no figure may be offered as
the answer.  ``has`` are words of the reply.  ``family`` is the kind of question.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.ask.assistant import Assistant
from index.ask.wording import LONGEST_REPLY
from index.build import load
from index.models import Answer
from index.paths import data_dir

MADE = Path(__file__).parent / "cases" / "reports"
CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
]
# The kinds of question of the requirements; clarifying, misspelt and withheld ones have families of their own.
KINDS = [
    "single", "measure", "two", "scope", "time", "compare", "trend", "compose", "computed", "define", "quote", "about",
    "dialogue", "conflict", "twins", "talk", "people", "nothing", "rank", "difference",
]  # fmt: skip


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An index of the sample reports and the made ones."""
    db = tmp_path_factory.mktemp("index") / "sample.db"
    reports = load([data_dir() / "reports", MADE], db)
    assert all(report.status == "loaded" for report in reports if report.status != "skipped")
    assistant = Assistant(db)
    yield assistant
    assistant.close()


@pytest.fixture(scope="module")
def alone(assistant: Assistant) -> Callable[[str], Answer]:
    """The answer to a question asked by itself, in no dialogue; each is asked once."""
    return cache(assistant.ask)


def asked(answer: Answer) -> list[str]:
    return [figure.value + figure.unit for figure in answer.figures if figure.asked]


def name(case: dict[str, Any]) -> str:
    return f"{case['family']}:{'/'.join(case['turns'])[:40]}"


@pytest.mark.parametrize("case", CASES, ids=[name(case) for case in CASES])
def test_question(assistant: Assistant, alone: Callable[[str], Answer], case: dict[str, Any]) -> None:
    chat, turns = name(case), case["turns"]
    answer = [assistant.ask(turn, chat) for turn in turns][-1] if len(turns) > 1 else alone(turns[0])
    assert answer.status == case["status"], answer.reply
    assert asked(answer)[:1] == case["want"][:1], answer.reply
    assert set(case["want"]) <= set(asked(answer)), answer.reply
    for words in case["has"]:
        assert words in answer.reply


def test_every_third_question_has_no_answer() -> None:
    status = Counter(case["status"] for case in CASES)
    assert (status["not_found"] + status["clarify"]) * 3 >= len(CASES)
    assert len(CASES) >= 500


def test_every_kind_of_question_has_ten_cases() -> None:
    families = Counter(case["family"] for case in CASES)
    assert all(families[kind] >= 10 for kind in KINDS), families


@pytest.fixture(scope="module")
def each_alone(alone: Callable[[str], Answer]) -> list[Answer]:
    """The answers to all turns, each asked by itself."""
    return [alone(turn) for case in CASES for turn in case["turns"]]


def test_figures_are_facts_or_say_how_they_were_computed(each_alone: list[Answer]) -> None:
    for answer in each_alone:
        for figure in answer.figures:
            assert figure.document
            if figure.derived:
                assert figure.sentence.startswith("计算：") and figure.value in figure.sentence.replace(",", "")
            else:
                assert figure.value in figure.sentence


def test_replies_fit_a_message(each_alone: list[Answer]) -> None:
    for answer in each_alone:
        assert answer.reply and len(answer.reply) <= LONGEST_REPLY
        assert len(answer.options) <= 6


def test_the_reading_stands_in_the_first_line(assistant: Assistant) -> None:
    answer = assistant.ask("上党区2023年教育支出同比")
    first = answer.reply.splitlines()[0]
    assert answer.reading == first
    assert [part in first for part in ("长治市上党区", "2023年", "教育支出", "一般公共预算", "同比")] == [True] * 5


def test_context_is_shown_and_not_asked(assistant: Assistant) -> None:
    answer = assistant.ask("上党区2023年教育支出多少")
    beside = {figure.measure: figure.value for figure in answer.figures if not figure.asked}
    assert beside == {"budget": "59325", "completion": "95.94", "yoy_pct": "6.75", "yoy_amount": "3599"}


def test_a_withheld_amount_is_never_an_answer(assistant: Assistant) -> None:
    answer = assistant.ask("某市2023年上半年税收收入完成多少")
    assert answer.status == "answered" and "隐去" in answer.reply
    assert all(figure.unit in ("%", "％") for figure in answer.figures if figure.asked)
    assert any(figure.value == "*" and not figure.asked for figure in answer.figures)


def test_a_computed_figure_is_exact(assistant: Assistant) -> None:
    figure = assistant.ask("上党区2022年住房保障支出").figures[0]
    assert (figure.derived, figure.period, Decimal(figure.value)) == (True, "2022", Decimal(8767) - Decimal(1864))


def test_parts_are_checked_against_their_total(assistant: Assistant) -> None:
    assert "各项之和与合计相符" in assistant.ask("临汾2025年全市一般公共预算收入由哪些组成").reply
    answer = assistant.ask("临汾2025年全市一般公共预算支出由哪些组成")
    rest = next(figure for figure in answer.figures if figure.derived)
    assert not rest.asked and Decimal(rest.value) == Decimal("520.6") - Decimal("98.4") - Decimal("56.7") - Decimal(
        "88.9"
    )


def test_changes_from_year_to_year_are_computed(assistant: Assistant) -> None:
    answer = assistant.ask("沁源县历年一般公共预算收入")
    change = next(figure for figure in answer.figures if figure.derived)
    assert not change.asked and change.period == "2023" and "比上年 +" in answer.reply


def test_a_contradiction_is_explained_and_not_settled(assistant: Assistant) -> None:
    answer = assistant.ask("上党区2023年农林水支出")
    assert asked(answer) == ["22504万元", "31651万元"]
    assert "其中一个与上年的数相同" in answer.reply


def test_explaining_shows_candidates_rules_and_sql(assistant: Assistant) -> None:
    told = assistant.explain("上党区2023年教育支出完成率")
    assert told["slots"]["measures"] == ("completion",)
    assert told["candidates"][0]["rule"] and any(row["value"] == "95.94%" for row in told["candidates"])
    assert any("facts f" in sql and "140404" in sql for sql in told["sql"])


def test_rows_are_quoted_with_their_heads(assistant: Assistant) -> None:
    assert "1-12月累计完成 448683" in assistant.ask("屯留区2023年一般公共预算支出").reply


def test_the_same_question_gives_the_same_answer(assistant: Assistant) -> None:
    question = "上党区2023年一般公共预算支出的年度预算是多少"
    assert assistant.ask(question) == assistant.ask(question)


@given(st.text(max_size=60))
@settings(max_examples=60)
def test_no_text_raises(assistant: Assistant, text: str) -> None:
    assert assistant.ask(text, "x").status in ("answered", "clarify", "not_found")


WORDS = [
    *(
        "上党区",
        "长治",
        "2023年",
        "去年",
        "教育支出",
        "同比",
        "多少",
        "，",
        "各",
        "全市",
        "本级",
        "哪个高",
        "组成",
        "呢",
    ),
    *(
        "2021-2023年",
        "最高",
        "什么是",
        "占",
        "预算",
        "债",
        "《",
        "（",
        "几",
        "1-6月",
        "\n",
        "３",
        "0",
        "%",
        "第几",
        "*",
    ),
]


@given(st.lists(st.sampled_from(WORDS), max_size=9))
@settings(max_examples=120)
def test_no_order_of_words_raises(assistant: Assistant, words: list[str]) -> None:
    answer = assistant.ask("".join(words), "y")
    assert answer.reply
    assert answer.status == "answered" or not asked(answer)
