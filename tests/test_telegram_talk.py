"""Talking through the stand-in: choices of many places, several questions, what is wrong, files, edits."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.telegram.state import DISPUTED, State
from index import load
from tests.standin.world import World
from tests.telegram_bot import load_samples, running

PLACES = ("宝山区", "徐汇区", "长宁区", "静安区", "普陀区", "虹口区", "杨浦区", "闵行区")


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of the sample reports."""
    return load_samples(tmp_path_factory.mktemp("samples"))


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of eight places, one of them not named by its report."""
    folder = tmp_path_factory.mktemp("many")
    for number, place in enumerate(PLACES, 1):
        text = f"上海市{place}2023年财政决算报告\n2023年，{place}教育支出 {number}234 万元。\n"
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    (folder / "9.txt").write_text("2023年财政决算报告\n2023年，教育支出 9234 万元。\n", encoding="utf-8")
    load([folder], folder / "index.db")
    return folder / "index.db"


@pytest.fixture
def bot(telegram: World, samples: Path, tmp_path: Path) -> Iterator[World]:
    """A running bot; at the end nothing it said may have been refused."""
    with running(telegram, samples, state=tmp_path / "chats.db"):
        yield telegram
    assert telegram.refusals() == []


def test_more_places_than_six(telegram: World, many: Path, tmp_path: Path) -> None:
    with running(telegram, many, state=tmp_path / "chats.db"):
        anna = telegram.user()
        card = anna.ask("2023年教育支出多少")
        labels = [label for row in card.labels for label in row]
        assert len(labels) == 7 and labels[-1] == "更多地区（8）›"
        anna.press(card, "更多地区").edited()
        places = [label for row in card.labels for label in row]
        assert len(places) == len(PLACES)
        assert not any("某市" in label or "未写明" in label for label in places)
        anna.press(card, "闵行区").edited()
        assert "8,234 万元" in card.text
    assert telegram.refusals() == []


def test_what_is_wrong_is_kept_with_the_words(telegram: World, samples: Path, tmp_path: Path) -> None:
    with running(telegram, samples, state=tmp_path / "chats.db"):
        anna = telegram.user()
        anna.ask("上党区2023年教育支出多少")
        assert "已记下" in anna.ask("不对，应该是本级的").text
        assert "国防支出" in anna.ask("那国防呢").text  # nothing of it stays
        telegram.idle()
    state = State(tmp_path / "chats.db")
    (miss,) = state.misses()
    state.close()
    assert miss.question == "上党区2023年教育支出多少 → 不对，应该是本级的"
    assert (miss.status, "教育支出" in miss.reading) == (DISPUTED, True)


def test_small_talk_counts_as_no_question(telegram: World, samples: Path, tmp_path: Path) -> None:
    with running(telegram, samples, state=tmp_path / "chats.db"):
        anna = telegram.user()
        for text in ("谢谢", "好的", "hello", "导出"):
            assert anna.ask(text).labels == []
        telegram.idle()
    state = State(tmp_path / "chats.db")
    assert (state.misses(), state.day_counts()) == ([], [])
    state.close()


def test_the_figures_of_several_questions_are_exported(bot: World) -> None:
    anna = bot.user()
    anna.ask("上党区2023年教育支出\n上党区2023年国防支出")
    anna.ask("导出")
    bot.idle()
    rows = list(csv.DictReader(io.StringIO(bot.bot_messages()[-1].download().decode("utf-8-sig"))))
    assert [(row["科目"], row["数值"]) for row in rows] == [("教育支出", "56917"), ("国防支出", "258")]


def test_each_of_several_answers_opens_as_a_card(bot: World) -> None:
    anna = bot.user()
    both = anna.ask("上党区2023年教育支出多少？解放区2023年一般公共预算收入呢？")
    assert "56,917 万元" in both.text and "90,074 万元" in both.text
    anna.press(both, "2. ")
    bot.idle()
    assert "90,074 万元" in bot.bot_messages()[-1].text
    assert "56,917 万元" in both.text  # what was asked stays


def test_an_explanation_has_no_unit(bot: World) -> None:
    """The last of several answers: there is nothing to be converted, and its card does not come again."""
    anna = bot.user()
    anna.ask("上党区2023年教育支出多少？什么是三公经费")
    assert anna.ask("换成亿元").text.startswith("这条回答里没有可以用的数字")


def test_a_number_answers_the_question_back(bot: World) -> None:
    anna, boris = bot.user(), bot.user("鲍里斯")
    assert anna.ask("教育支出多少").text.startswith("请问是哪个地区")
    assert "上党区 · 2023年 · 教育支出" in anna.ask("第一个").text
    group = bot.group("财政科", [boris])
    back = boris.ask("/q 教育支出多少", group)
    assert "解放区" in boris.ask("焦作的", reply_to=back).text.partition("\n")[0]


def test_nine_questions_are_eight_and_a_word(bot: World) -> None:
    names = ("教育", "国防", "公共安全", "科学技术", "卫生健康", "农林水", "城乡社区", "住房保障", "交通运输")
    text = bot.user().ask("\n".join(f"上党区2023年{name}支出多少" for name in names)).text
    assert "还有 1 个" in text


def test_an_act_edited_into_a_question_is_answered(bot: World) -> None:
    anna = bot.user()
    anna.ask("上党区2023年教育支出多少")
    sent = anna.send("谢谢")
    said = sent.answer()
    anna.edit(sent, "那国防呢")
    assert "258 万元" in said.changed().text


def test_a_mention_alone_answers_the_caption_replied_to(bot: World) -> None:
    anna, boris = bot.user(), bot.user("鲍里斯")
    office = bot.group("财政科", [anna, boris])
    asked = anna.photo(b"\x89PNG", office, caption="上党区2023年教育支出多少")
    assert "56,917" in boris.ask("@yusuan_test_bot", reply_to=asked).text


# what is written under a photo in a group, what its answer says ("": none comes)
UNDER_PHOTOS = [
    ("/q 上党区2023年教育支出多少", "56,917 万元"),
    ("/Q@yusuan_test_bot 上党区2023年教育支出多少", "56,917 万元"),
    ("/q@another_bot 上党区2023年教育支出多少", ""),
    ("/q", "请在 /q 后面写问题"),
    ("/trend 上党区教育支出", "53,318"),
    ("/compare 上党区 解放区 2023年一般公共预算收入", "90,074"),
    ("/rank 一般公共预算收入 2023", "207,450"),
    ("/help", "怎样提问"),
    ("上党区2023年教育支出多少", ""),
    ("看 /q 上党区2023年教育支出多少", ""),
]


@pytest.mark.parametrize("caption, told", UNDER_PHOTOS, ids=[caption for caption, _ in UNDER_PHOTOS])
def test_a_command_under_a_photo_in_a_group(bot: World, caption: str, told: str) -> None:
    anna = bot.user()
    office = bot.group("财政科", [anna])
    sent = anna.photo(b"\x89PNG", office, caption=caption)
    if told:
        assert told in sent.answer().text
    else:
        bot.quiet()


def test_a_command_alone_takes_the_caption_replied_to(bot: World) -> None:
    anna, boris = bot.user(), bot.user("鲍里斯")
    office = bot.group("财政科", [anna, boris])
    asked = anna.photo(b"\x89PNG", office, caption="上党区2023年教育支出多少")
    assert "56,917" in boris.ask("/q", reply_to=asked).text


def test_a_command_under_a_photo_in_private(bot: World) -> None:
    assert "56,917 万元" in bot.user().photo(b"\x89PNG", caption="/q 上党区2023年教育支出多少").answer().text


def test_a_voice_message_to_the_bot_in_a_group(bot: World) -> None:
    anna = bot.user()
    office = bot.group("财政科", [anna])
    anna.voice(office)
    bot.quiet()
    assert "话筒" in anna.voice().answer().text
