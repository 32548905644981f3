"""A number or a name answers a question back; a strange word before an item is said, not dropped."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index import Assistant, load

REPORTS = Path(__file__).resolve().parent.parent / "data" / "reports"
SHANGDANG, JIEFANG = "长治市上党区 · 2023年 · 教育支出", "焦作市解放区 · 2024年 · 教育支出"
ALL = "请问是哪个地区？长治市上党区、焦作市解放区、长治市屯留区、洛阳市西工区"
ANSWERS_BACK = [
    # what is said after the bot asked which place, and how the answer begins
    ("1", SHANGDANG),
    ("第一个", SHANGDANG),
    ("①", SHANGDANG),
    ("(2)", JIEFANG),
    ("我要第二个吧", JIEFANG),
    ("焦作的", JIEFANG),
    ("选上党", SHANGDANG),
    ("上党区2023年", SHANGDANG),
    ("长治的", "请问是哪个地区？长治市上党区、长治市屯留区"),
    # no choice of those
    ("8", ALL),
    ("前者", ALL),
    ("南京的", "索引里没有“南京”的报告"),
    ("谢谢", "不客气"),
]
STRANGE = [
    # a word that no report has, right before the item: in a dialogue about another place
    ("2023年月球税收收入", "月球"),
    ("2023年月球的税收收入多少", "月球"),
    ("月球2023年税收收入", "月球"),
    ("2023年日本一般公共预算收入", "日本"),
    ("西工区2023年月球教育支出", "月球"),
    ("2023年冥王星一般公共预算收入", "冥王星"),
    ("2023年深圳税收收入", "深圳"),
    ("2023年深圳的教育支出多少", "深圳"),
]
PLAIN = [
    # words that say only how it is asked, and words of the reports
    "2023年真实税收收入", "2023年公布的税收收入", "2023年全区税收收入", "2023年本区税收收入",
    "2023年地方税收收入", "2023年详细的教育支出", "2023年教育支出完成情况",
]  # fmt: skip


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    db = tmp_path_factory.mktemp("choosing") / "index.db"
    load([REPORTS], db)
    one = Assistant(db)
    yield one
    one.close()


@pytest.mark.parametrize("said, begins", ANSWERS_BACK, ids=[said for said, _ in ANSWERS_BACK])
def test_which_place(assistant: Assistant, said: str, begins: str) -> None:
    assert assistant.ask("教育支出多少", said).reply == ALL
    assert assistant.ask(said, said).reply.startswith(begins)


def test_narrowed_and_chosen(assistant: Assistant) -> None:
    replies = [assistant.ask(said, "narrowed").reply for said in ("教育支出多少", "长治的", "第一个", "上一年呢")]
    assert replies[2].startswith(SHANGDANG)
    assert replies[3].startswith("长治市上党区 · 2022年 · 教育支出")


def test_which_item(assistant: Assistant) -> None:
    asked = assistant.ask("上党区2023年", "item")
    assert asked.status == "clarify"
    item = asked.options[1].removeprefix("长治市上党区2023年")  # of the year that was asked for
    assert item != asked.options[1]
    assert assistant.ask("2", "item").reading.startswith(f"长治市上党区 · 2023年 · {item}")


def test_a_number_alone_is_no_question(assistant: Assistant) -> None:
    assistant.ask("上党区2023年教育支出", "alone")
    assert assistant.ask("1", "alone").reply.startswith("这句话没看懂")


@pytest.mark.parametrize("question, word", STRANGE, ids=[question for question, _ in STRANGE])
def test_a_strange_word_is_said(assistant: Assistant, question: str, word: str) -> None:
    assistant.ask("上党区2023年国防支出", question)
    answer = assistant.ask(question, question)
    assert answer.status == "not_found" and f"“{word}”" in answer.reply
    assert not any(one.asked for one in answer.figures)


@pytest.mark.parametrize("question", PLAIN)
def test_other_words_stand_in_no_way(assistant: Assistant, question: str) -> None:
    assistant.ask("上党区2023年国防支出", question)
    assert assistant.ask(question, question).status == "answered"
