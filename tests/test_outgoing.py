"""What goes out to Telegram holds no marks that turn writing around, nothing empty that Telegram refuses."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputFile,
    InputTextMessageContent,
    ReplyParameters,
)

from bot.telegram.limiter import Limiter
from bot.telegram.outgoing import NOTHING, cleaned, is_blank
from bot.telegram.page import button_label, escaped
from index import load
from tests.standin.world import World
from tests.telegram_bot import FAST, running

TURNING = "".join(map(chr, (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))))


def keys(*rows: list[str]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(text, callback_data="1n.") for text in row] for row in rows])


def labels(markup: dict[str, Any]) -> list[list[str]]:
    return [[one["text"] for one in row] for row in markup["inline_keyboard"]]


@pytest.mark.parametrize(
    "text,clean",
    [(f"56{char}917", "56917") for char in TURNING]
    + [("\u202e71965", "71965"), ("教育\ud800支出", "教育支出"), ("", ""), ("\u200f", NOTHING), (" \u200b\n", NOTHING),
       ("👨\u200d👧 教育", "👨\u200d👧 教育"), ("上党区2023年", "上党区2023年"), ("a\u00a0b", "a\u00a0b")],
)  # fmt: skip
def test_texts(text: str, clean: str) -> None:
    for name in ("text", "caption"):
        assert cleaned({"chat_id": 1, name: text}) == {"chat_id": 1, name: clean}
    assert cleaned({"rich_message": {"html": f"<b>{text}</b>"}})["rich_message"]["html"].find("\u202e") < 0


@pytest.mark.parametrize(
    "rows,left",
    [
        ([["历年"]], [["历年"]]),
        ([["", "历年"], ["\u2067"], ["👍", "👎"]], [["历年"], ["👍", "👎"]]),
        ([["\u202e历年"]], [["历年"]]),
        ([["·"]], [["·"]]),
        ([[""]], None),
        ([["\u200b \u3164"]], None),
    ],
)
def test_buttons(rows: list[list[str]], left: list[list[str]] | None) -> None:
    found = cleaned({"text": "x", "reply_markup": keys(*rows)})
    assert (labels(found["reply_markup"]) if "reply_markup" in found else None) == left


def test_other_parameters_stay() -> None:
    file = InputFile(b"x", "表.csv")
    data = {"chat_id": -5, "document": file, "reply_parameters": ReplyParameters(7), "is_personal": True, "ids": [1, 2]}
    found = cleaned(data)
    assert found["document"] is file
    assert found["reply_parameters"] == {"message_id": 7}
    assert (found["chat_id"], found["is_personal"], found["ids"]) == (-5, True, [1, 2])


def test_results_of_inline_mode() -> None:
    article = InlineQueryResultArticle(
        "1", "\u2066", InputTextMessageContent("\u202e元"), reply_markup=keys(["", "历年"]), description="\u200f说"
    )
    (found,) = cleaned({"results": [article]})["results"]
    assert found["title"] == NOTHING
    assert found["description"] == "说"
    assert found["input_message_content"]["message_text"] == "元"
    assert labels(found["reply_markup"]) == [["历年"]]


def test_the_limiter_is_the_door() -> None:
    went: list[Any] = []

    async def call(endpoint: str, data: dict[str, Any]) -> bool:
        went.append(data)
        return True

    data = {"chat_id": 1, "text": "\u202e71965"}
    asyncio.run(Limiter(FAST).process_request(call, ("sendMessage", data), {}, "sendMessage", data, None))
    assert went == [{"chat_id": 1, "text": "71965"}]


@pytest.mark.parametrize("text,blank", [("", True), ("\u200b\ufeff", True), ("。", False), ("0", False)])
def test_blank(text: str, blank: bool) -> None:
    assert is_blank(text) is blank


def test_the_cause_is_clean_too() -> None:
    assert escaped("5\u202e6\u2069<") == "56&lt;"
    assert button_label("\u202e教育") == "教育"


def test_a_report_that_turns_writing_around(telegram: World, tmp_path: Path) -> None:
    """Nothing that the bot sends holds what the report and the question hold; the question pasted twice is answered."""
    report = tmp_path / "上党区2023年.txt"
    sentence = "教育支出\u202e56917\u202c万元，同比增长6.75%。\u2067卫生健康支出23500万元。"
    report.write_text(f"长治市上党区2023年财政决算报告\n一、支出\n{sentence}\n", encoding="utf-8")
    db = tmp_path / "index.db"
    assert load([report], db)[0].status == "loaded"
    anna = telegram.user()
    with running(telegram, db, state=tmp_path / "c.db"):
        anna.ask("\u202e上党区2023年\u2066卫生健康支出多少\u200f")
        anna.ask("上党区2023年养老\u202e怎么说")
        twice = anna.ask("上党区2023年卫生健康支出多少？上党区2023年卫生健康支出多少？")
        assert "23,500" in twice.text
        anna.inline("\u202e上党区2023年卫生健康支出")
    sent = json.dumps([call.params for call in telegram.calls], ensure_ascii=False, default=str)
    assert "23,500" in sent
    assert not [char for char in TURNING if char in sent]
    assert telegram.refusals() == []
