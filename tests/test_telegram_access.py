"""Who may ask: strangers by every way in, listed users and groups, foreign groups, quotas."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.standin.world import World
from tests.telegram_bot import load_samples, running

QUESTION = "上党区2023年教育支出"


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return load_samples(tmp_path_factory.mktemp("samples"))


def test_a_stranger_gets_one_polite_line(telegram: World, samples: Path, tmp_path: Path) -> None:
    anna, stranger = telegram.user(), telegram.user("陌生人")
    with running(telegram, samples, state=tmp_path / "c.db", allow_users=frozenset({anna.id})):
        card = anna.ask(QUESTION)
        assert "56,917" in card.text
        told = stranger.ask(QUESTION)
        assert "56,917" not in told.text
        assert str(stranger.id) in told.text
        # not again, whatever they send; nor an answer
        sent = stranger.send("/start")
        stranger.send("/q " + QUESTION)
        sent.edit(QUESTION)
        telegram.quiet()
        # inline mode and buttons bypass chats
        typed = stranger.inline(QUESTION)
        assert typed.results == []
        press = stranger.press_data(card, card.button("历年")["callback_data"])
        assert press.alert
        assert "56,917 万元（5.69 亿元）" in card.text
        link = next(entity["url"] for entity in card.entities if entity["type"] == "text_link")
        stranger.follow(link)
        telegram.quiet()
    assert telegram.refusals() == []


def test_members_of_a_listed_group_may_ask_there_only(telegram: World, samples: Path, tmp_path: Path) -> None:
    anna = telegram.user()
    office, other = telegram.group("财政科", [anna]), telegram.group("别的群", [anna])
    with running(telegram, samples, state=tmp_path / "c.db", allow_chats=frozenset({office.chat.id})):
        assert "56,917" in anna.ask("/q " + QUESTION, office).text
        assert "名单" in anna.ask("/q " + QUESTION, other).text
        assert "名单" in anna.ask(QUESTION).text
        assert anna.inline(QUESTION).results == []
        assert other.bot_is_in
    assert telegram.refusals() == []


def test_foreign_groups_are_left_politely(telegram: World, samples: Path, tmp_path: Path) -> None:
    anna = telegram.user()
    office = telegram.group("财政科", [anna])
    other = telegram.group("别的群", [anna], bot_in=False)
    third = telegram.group("第三个群", [anna])
    allowed = frozenset({office.chat.id})
    with running(telegram, samples, state=tmp_path / "c.db", allow_chats=allowed, leave_groups=True):
        other.add_bot(anna)
        telegram.wait(lambda: not other.bot_is_in, "the bot left")
        anna.send("/q " + QUESTION, third)
        telegram.wait(lambda: not third.bot_is_in, "the bot left")
        assert office.bot_is_in
    said = [message for message in telegram.bot_messages() if "我先退出了" in message.text]
    assert len(said) == 2
    assert telegram.refusals() == []


def test_a_quota_by_user(telegram: World, samples: Path, tmp_path: Path) -> None:
    anna, boris = telegram.user(), telegram.user("鲍里斯")
    with running(telegram, samples, state=tmp_path / "c.db", quota=2):
        for _ in range(2):
            assert "56,917" in anna.ask(QUESTION).text
        assert "用完" in anna.ask(QUESTION).text
        assert "56,917" in boris.ask(QUESTION).text
    assert telegram.refusals() == []
