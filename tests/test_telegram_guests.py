"""Guest messages: answered once, in chats that the bot is no member of and must know nothing of."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.standin.world import World
from tests.telegram_bot import load_samples, running

NAME = "@yusuan_test_bot"
ASKED = f"{NAME} 上党区2023年教育支出"


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return load_samples(tmp_path_factory.mktemp("guests"))


def test_a_mention_is_answered_with_the_card_and_its_buttons(telegram: World, samples: Path, tmp_path: Path) -> None:
    anna, boris = telegram.user(), telegram.user("鲍里斯")
    with running(telegram, samples, state=tmp_path / "c.db"):
        card = anna.summon(ASKED)
        assert card is not None and "56,917" in card.text
        assert "原文件" not in str(card.labels), "what is sent needs a chat"
        boris.press(card, "历年").edited()
        assert "53,318" in card.text
        same = anna.summon(NAME, reply_to="西工区政府债务余额是多少来着")
        assert same is not None and "13.02" in same.text
        both = anna.summon(f"{NAME} 上党区2023年教育支出多少？国防支出多少？")
        assert both is not None and "56,917" in both.text and "258" in both.text
    assert telegram.refusals() == []


SAID = [
    (NAME, "写问题"),
    (f"{NAME} 天气怎么样", "我回答地方财政"),
    (f"{NAME} 导出", "先问一个数"),
    (f"{NAME} 谢谢", None),
]


@pytest.mark.parametrize("said, told", SAID)
def test_what_is_no_question(telegram: World, samples: Path, tmp_path: Path, said: str, told: str | None) -> None:
    with running(telegram, samples, state=tmp_path / "c.db"):
        answer = telegram.user().summon(said)
        assert answer is None if told is None else answer is not None and told in answer.text
    assert telegram.refusals() == []


def test_the_number_of_the_chat_opens_no_door(telegram: World, samples: Path, tmp_path: Path) -> None:
    """A guest's chat may bear the number of a chat that is listed, or of somebody's private one."""
    anna, stranger = telegram.user(), telegram.user("陌生人")
    office = telegram.group("财政科", [anna])
    users, chats = frozenset({anna.id}), frozenset({office.chat.id})
    with running(telegram, samples, state=tmp_path / "c.db", allow_users=users, allow_chats=chats):
        anna.ask("上党区2023年教育支出")
        told = stranger.summon(ASKED, chat_id=office.chat.id)
        assert told is not None and "56,917" not in told.text and "名单" in told.text
        assert stranger.summon(ASKED) is None, "told once in a while"
        follow = anna.summon(f"{NAME} 那国防呢", chat_id=anna.id)
        assert follow is not None and "258" not in follow.text, "no dialogue of another chat is gone on with"
        assert "258" in anna.ask("那国防呢").text
    assert telegram.refusals() == []


def test_the_hour_of_an_asker_counts_guest_messages_too(telegram: World, samples: Path, tmp_path: Path) -> None:
    anna = telegram.user()
    with running(telegram, samples, state=tmp_path / "c.db", quota=1):
        assert anna.summon(ASKED) is not None
        told = anna.summon(ASKED)
        assert told is not None and "用完了" in told.text
        assert "用完了" in anna.ask("上党区2023年教育支出").text
