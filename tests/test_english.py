"""Simple questions in English are read in our words; what is more than that, or no question, is not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index import Desk
from index.ask.english import in_chinese, is_english
from index.models import Region
from tests.telegram_bot import load_samples

PLACES = {
    "990101": Region("990101", "南湖区", "东山市南湖区", "county", "990100"),
    "990102": Region("990102", "青田县", "东山市青田县", "county", "990100"),
    "990100": Region("990100", "东山市", "东山市", "prefecture", "990000"),
    "990200": Region("990200", "南湖市", "南湖市", "prefecture", "990000"),
}
READ = [
    ("How much did Qingtian spend on education in 2023?", "东山市青田县2023年教育支出多少"),
    ("education spending of Qingtian county, 2023", "东山市青田县2023年教育支出多少"),
    ("Qingtian 2023 health care expenditure", "东山市青田县2023年卫生健康支出多少"),
    ("What is the debt limit of Dongshan city?", "东山市政府债务限额多少"),
    ("QINGTIAN DEBT", "东山市青田县政府债务余额多少"),
    ("tax revenue and non-tax revenue of Dongshan in 2024", "东山市2024年税收收入和非税收入多少"),
    ("revenue and expenditure of Dongshan", "东山市一般公共预算收入和一般公共预算支出多少"),
    ("Dongshan's general public budget revenue in 2023", "东山市2023年一般公共预算收入多少"),
    ("government fund revenue, Dongshan city", "东山市政府性基金收入多少"),
    ("Did tax revenue grow in Qingtian in 2023?", "东山市青田县2023年税收收入同比增长百分之几"),
    ("education budget of Qingtian in 2024", "东山市青田县2024年教育支出预算数"),
    ("compare defense spending in Qingtian and Dongshan in 2023", "东山市青田县和东山市2023年国防支出对比"),
    ("Nanhu district police spending", "东山市南湖区公共安全支出多少"),
    ("Dongshan Nanhu district police spending", "东山市南湖区公共安全支出多少"),
    ("Qingtian overview", "东山市青田县财政概况"),
    ("how much did Qingtian spend in 2023", "东山市青田县2023年一般公共预算支出多少"),
    ("How much did Qingtian collect?", "东山市青田县一般公共预算收入多少"),
    ("how much does Qingtian owe", "东山市青田县政府债务余额多少"),
    ("what about 2022?", "2022年呢"),
    ("and health?", "卫生健康支出多少"),
    ("how about Qingtian?", "东山市青田县呢"),
    ("growth rate?", "同比增长百分之几"),
    # another kind of place, one of two, none that is held, more than is understood, no question
    ("Qingtian district debt", ""),
    ("Nanhu debt", ""),
    ("debt of Paris", ""),
    ("Why did revenue fall in Qingtian?", ""),
    ("which district has the highest revenue", ""),
    ("how is the weather in Qingtian", ""),
    ("how to use", ""),
    ("hello", ""),
]


@pytest.mark.parametrize("question, ours", READ, ids=[question for question, _ in READ])
def test_a_simple_question_is_read_in_our_words(question: str, ours: str) -> None:
    assert in_chinese(question, PLACES) == ours
    assert is_english(question)


@pytest.mark.parametrize("question", ["good morning", "Good afternoon!", "lol", "weather", "asdf", "English please"])
def test_what_is_said_in_english_gets_its_line(question: str) -> None:
    assert is_english(question)


@pytest.mark.parametrize(
    "question", ["青田县GDP", "qingtian jiaoyu zhichu", "R&D", "supportfund 2023", "2023", "教育education"]
)
def test_what_is_no_english(question: str) -> None:
    assert not is_english(question)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    found = Desk(load_samples(tmp_path_factory.mktemp("english")))
    yield found
    found.close()


def test_it_is_answered_with_a_card_and_goes_on(desk: Desk) -> None:
    first = desk.converse("How much did Shangdang spend on education in 2023?")
    assert first.said is None and first.detail.lead
    assert first.detail.answer.reply.startswith("长治市上党区 · 2023年 · 教育支出（一般公共预算）\n56,917 万元")
    assert "Read as “长治市上党区2023年教育支出多少”" in first.detail.answer.notes
    second = desk.converse("and health?", first.state)
    assert second.detail.answer.reading == "长治市上党区 · 2023年 · 卫生健康支出（一般公共预算）"
    assert desk.converse("国防呢", second.state).detail.answer.reading.startswith("长治市上党区 · 2023年 · 国防支出")


@pytest.mark.parametrize(
    "question, told",
    [
        ("Shangdang police spending in 1999", "Nothing is held that answers “长治市上党区1999年公共安全支出多少”. I "),
        ("education", "I answer in Chinese"),
        ("how is the weather in Shangdang", "I answer in Chinese"),
    ],
)
def test_else_one_line_says_how_to_ask(desk: Desk, question: str, told: str) -> None:
    turn = desk.converse(question)
    assert turn.said is not None and turn.said.kind == "english" and turn.state is None
    assert turn.detail.answer.reply.startswith(told) and "\n" not in turn.detail.answer.reply
