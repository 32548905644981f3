"""Pictures through the stand-in: the 图 button, 画个图 about the last answer, a picture asked for with a question."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.charts.style import DARK, can_draw
from tests.standin.shown import Shown
from tests.standin.world import World
from tests.telegram_bot import load_samples, running

pytestmark = pytest.mark.skipif(not can_draw(), reason="the extra charts is not installed")

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of the sample reports."""
    return load_samples(tmp_path_factory.mktemp("samples"))


@pytest.fixture
def bot(telegram: World, samples: Path, tmp_path: Path) -> Iterator[World]:
    """A running bot; at the end nothing it said may have been refused."""
    with running(telegram, samples, state=tmp_path / "chats.db"):
        yield telegram
    assert telegram.refusals() == []


def next_message(bot: World, count: int) -> Shown:
    """The message that is the ``count``-th of the bot's."""
    bot.wait(lambda: len(bot.bot_messages()) >= count, "the picture")
    return bot.bot_messages()[count - 1]


# a question, the buttons pressed one after the other, what the picture's caption says
PRESSED = [
    ("上党区2023年教育支出多少", ["图"], ["预算执行", "预算数 59,325万元", "完成数 56,917万元"]),
    ("上党区2023年教育支出多少", ["历年", "图"], ["2022年 53,318*万元", "2023年 完成数 56,917万元，预算数 59,325万元"]),
    ("解放区2023年一般公共预算收入", ["构成", "图"], ["税收收入 86,460万元，占95.99%", "《关于解放区2023年预算执行"]),
    ("解放区2023年一般公共预算收入", ["同级对比", "图"], ["焦作市解放区", "90,074万元"]),
    ("上党区和解放区2023年一般公共预算收入对比", ["图"], ["长治市上党区 207,450万元", "焦作市解放区 90,074万元"]),
    ("西工区2023年财政怎么样", ["图"], ["西工区 · 2023年 · 四本账", "174,559万元", "政府性基金预算"]),
    ("西工区2023年四本账", ["更多 ›", "图"], ["西工区 · 2023年 · 四本账", "174,559万元"]),
]  # fmt: skip


@pytest.mark.parametrize("question,buttons,words", PRESSED)
def test_the_button_sends_a_picture(bot: World, question: str, buttons: list[str], words: list[str]) -> None:
    anna = bot.user()
    card = anna.ask(question)
    for label in buttons[:-1]:
        anna.press(card, label).edited()
    anna.press(card, buttons[-1])
    picture = next_message(bot, 2)
    assert picture.download().startswith(PNG) and picture.data.get("photo")
    for word in words:
        assert word in picture.caption
    assert picture.labels == [["深色", "SVG", "PNG 文件"]]


# what is said after the question, what the caption of the picture says
SAID = [
    ("画个图", ["预算数 59,325万元", "完成数 56,917万元"]),
    ("趋势图", ["2022年 53,318*万元"]),
    ("给我画张图看看", ["完成数 56,917万元"]),
]  # fmt: skip


@pytest.mark.parametrize("said,words", SAID)
def test_the_last_answer_is_drawn(bot: World, said: str, words: list[str]) -> None:
    anna = bot.user()
    anna.ask("上党区2023年教育支出多少")
    anna.send(said)
    picture = next_message(bot, 2)
    assert picture.download().startswith(PNG)
    for word in words:
        assert word in picture.caption
    assert "国防" in anna.ask("那国防呢").text  # the dialogue goes on as if nothing had been said
    assert len(bot.bot_messages()) == 3


def test_the_same_otherwise(bot: World) -> None:
    anna = bot.user()
    anna.ask("上党区2023年教育支出多少")
    anna.send("画个图")
    picture = next_message(bot, 2)
    anna.press(picture, "深色")
    dark = next_message(bot, 3)
    assert dark.download().startswith(PNG) and dark.download() != picture.download()
    anna.press(dark, "SVG")
    vector = next_message(bot, 4)
    assert b"<svg" in vector.download() and vector.file_name.endswith(".svg")
    anna.press(dark, "PNG 文件")
    assert next_message(bot, 5).file_name.endswith(".png")
    anna.press(picture, "SVG")
    of_light = next_message(bot, 6)
    anna.send("画个深色的 SVG")
    ground = DARK.ground.lower().encode()  # each is as light or dark as what it is made of
    assert [ground in one.download().lower() for one in (of_light, vector, next_message(bot, 7))] == [False, True, True]


def test_the_picture_before_in_another_look(bot: World) -> None:
    """深色 typed after a picture is that picture, not the one that suits the answer best."""
    anna = bot.user()
    anna.ask("上党区2023年一般公共预算收入")
    said = ["饼图", "深色的来一张", "SVG", "图呢"]
    sent = []
    for number, words in enumerate(said, 2):
        anna.send(words)
        sent.append(next_message(bot, number))
    parts, dark, vector, plain = sent
    assert "的构成" in parts.caption and dark.caption == parts.caption and dark.download() != parts.download()
    assert dark.labels == [["浅色", "SVG", "PNG 文件"]] and "构成" in vector.file_name
    assert "预算执行" in plain.caption
    anna.press(dark, "浅色")
    assert next_message(bot, 6).download() == parts.download()


def test_the_picture_of_a_button_in_another_look(bot: World) -> None:
    anna = bot.user()
    card = anna.ask("上党区2023年教育支出多少")
    anna.press(card, "历年").edited()
    anna.press(card, "图")
    trend = next_message(bot, 2)
    anna.send("深色")
    assert next_message(bot, 3).caption == trend.caption


def test_years_have_no_parts(bot: World) -> None:
    anna = bot.user()
    anna.ask("上党区教育支出近几年画饼图")
    assert "2022年 53,318*万元" in next_message(bot, 2).caption


def test_a_question_with_a_picture_gets_both(bot: World) -> None:
    anna = bot.user()
    card = anna.ask("上党区教育支出的趋势图")
    picture = next_message(bot, 2)
    assert "53,318*" in card.text and "2022年 53,318*万元" in picture.caption
    assert "国防" in anna.ask("那国防呢", reply_to=picture).text


def test_four_accounts(bot: World) -> None:
    anna = bot.user()
    card = anna.ask("上党区2023年四本账画个图")
    picture = next_message(bot, 2)
    assert "财政概况" in card.text
    assert "四本账" in picture.caption and "政府性基金预算" in picture.caption
    anna.press(picture, "深色")
    assert next_message(bot, 3).caption == picture.caption


# what there is no picture of, what is said instead
NONE = [
    (["画个图"], "还没有可以画的回答"),
    (["什么是转移支付", "画个图"], "没有可以画的"),
    (["屯留区2024年四本账", "画个图"], "没有可以画的"),
    # nothing else in its place
    (["上党区2023年教育支出多少", "饼图"], "画不成构成图"),
]


@pytest.mark.parametrize("said,line", NONE)
def test_no_picture_is_said(bot: World, said: list[str], line: str) -> None:
    anna = bot.user()
    for text in said[:-1]:
        anna.ask(text)
    assert line in anna.ask(said[-1]).text


def test_in_a_group_the_picture_answers_the_reply(bot: World) -> None:
    anna, boris = bot.user(), bot.user("鲍里斯")
    office = bot.group("财政科", [anna, boris])
    card = anna.ask("/q 上党区2023年教育支出", office)
    said = boris.send("画个图", office, reply_to=card)
    picture = next_message(bot, 2)
    assert picture.reply_to == said.id and "完成数 56,917万元" in picture.caption


def test_without_the_extra_there_is_a_line(bot: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.telegram.picturing.can_draw", lambda: False)
    anna = bot.user()
    anna.ask("上党区2023年教育支出多少")
    assert "make charts" in anna.ask("画个图").text


def test_no_button_where_no_budget_is_told(bot: World) -> None:
    assert "图" not in [label for row in bot.user().ask("屯留区2024年四本账").labels for label in row]
