"""A group becomes a supergroup: it gets another number, and keeps its permission, settings, watches and answers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from bot.telegram.access import Access
from bot.telegram.groups import Groups
from bot.telegram.state import ChatSettings, State
from tests import strange_desk
from tests.standin.faults import server_error
from tests.standin.people import User
from tests.standin.world import Group, World
from tests.telegram_admin import office_bot
from tests.telegram_bot import kept, load_samples, running

QUESTION = "/q 上党区2023年教育支出"
LONG = 120.0


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return load_samples(tmp_path_factory.mktemp("samples"))


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    with closing(State(tmp_path / "c.db")) as opened:
        yield opened


def asked(telegram: World, user: User, text: str, group: Group) -> str:
    """The answer to a question in a group."""
    return user.send(text, group).answer(LONG).text


def test_what_a_chat_has_is_moved(state: State) -> None:
    state.change(-4, unit="元", region="140404")
    state.watch(-4, "region", "140404", "上党区")
    state.queue(-4, 2, "变了")
    state.move_chat(-4, -1009)
    state.move_chat(-4, -1009)
    assert state.settings(-1009) == ChatSettings("元", "140404")
    assert state.settings(-4) == ChatSettings()
    assert [one.chat for one in state.watches()] == [-1009]
    waiting = state.next_waiting()
    assert waiting is not None and waiting.chat == -1009
    assert (state.former(-1009), state.current(-4), state.current(-5)) == ((-4,), -1009, -5)


@pytest.mark.parametrize("chat, allowed", [(-4, True), (-1009, True), (-1008, False), (-5, False)])
def test_a_listed_group_is_listed_under_its_new_number(state: State, chat: int, allowed: bool) -> None:
    state.move_chat(-4, -1009)
    access = Access(chats=frozenset({-4}), admins=frozenset({1}), admin_chats=frozenset({-4}), former=state.former)
    assert access.allows(2, chat) == access.allows_group(chat) == access.administers(1, chat) == allowed


@pytest.mark.parametrize("member", ["", "before", "after"])
def test_a_listed_group_goes_on_as_before(telegram: World, samples: Path, tmp_path: Path, member: str) -> None:
    anna = telegram.user()
    small = telegram.group("小组", [anna], kind="group")
    allowed = frozenset({small.chat.id})
    place = tmp_path / "c.db"
    with running(telegram, samples, state=place, allow_chats=allowed, leave_groups=True):
        assert "56,917 万元（5.69 亿元）" in asked(telegram, anna, QUESTION, small)
        with closing(State(place)) as state:
            state.change(small.chat.id, unit="元")
        grown = small.migrate(member=member)
        assert "569,170,000 元" in asked(telegram, anna, QUESTION, grown)
        telegram.wait(lambda: not telegram.state.updates, "all is heard", LONG)
        assert grown.bot_is_in
    with running(telegram, samples, state=place, allow_chats=allowed, leave_groups=True):
        assert "569,170,000 元" in asked(telegram, anna, QUESTION, grown)
    assert not any("我先退出了" in one.text for one in telegram.bot_messages())


@pytest.mark.parametrize("joins", [False, True])
def test_a_group_that_grew_unheard_is_asked_for(telegram: World, samples: Path, tmp_path: Path, joins: bool) -> None:
    """Telegram keeps messages for a day only: the bot may have been away for longer."""
    anna = telegram.user()
    small, other = (telegram.group(name, [anna], kind="group") for name in ("小组", "别组"))
    grown, foreign = small.migrate(member="after" if joins else ""), other.migrate()
    with telegram.state.changed:
        kept = [one for one in telegram.state.updates if one.kind == "my_chat_member"]
        telegram.state.updates[:] = kept
    allowed = frozenset({small.chat.id})
    with running(telegram, samples, state=tmp_path / "c.db", allow_chats=allowed, leave_groups=True):
        assert "56,917" in asked(telegram, anna, QUESTION, grown)
        anna.send(QUESTION, foreign)
        telegram.wait(lambda: not foreign.bot_is_in, "the foreign one is left", LONG)
        assert grown.bot_is_in


def test_telegram_is_asked_once_an_hour_for_each_foreign_group(telegram: World, samples: Path, tmp_path: Path) -> None:
    anna = telegram.user()
    listed, foreign = telegram.group("小组", [anna], kind="group"), telegram.group("别组", [anna])
    with running(telegram, samples, state=tmp_path / "c.db", allow_chats=frozenset({listed.chat.id})):
        assert "名单" in asked(telegram, anna, QUESTION, foreign)
        for _ in range(3):
            anna.send(QUESTION, foreign)
        telegram.wait(lambda: not telegram.state.updates, "all is heard", LONG)
    assert len(telegram.calls_of("getChat")) == 1


def test_the_answer_under_way_is_sent_there_and_followed_up(
    telegram: World, samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = tmp_path / "gate"
    monkeypatch.setattr("bot.telegram.questions.answered", partial(strange_desk.held_up, gate))
    anna = telegram.user()
    small = telegram.group("小组", [anna], kind="group")
    with running(telegram, samples, state=tmp_path / "c.db", allow_chats=frozenset({small.chat.id})):
        sent = anna.send("/q 上党区2023年公共安全支出", small)
        telegram.wait(lambda: sent.delivered and not telegram.state.updates, "it is taken", LONG)
        assert not sent.answers_now()
        grown = small.migrate()
        gate.touch()
        telegram.wait(telegram.bot_messages, "the answer", LONG)
        (card,) = telegram.bot_messages()
        assert card.chat_id == grown.chat.id and "9,093" in card.text
        telegram.wait(lambda: not telegram.state.updates and not kept(tmp_path / "c.db"), "it is noted", LONG)
        assert "258" in anna.send("那国防呢", reply_to=card).answer(LONG).text


def test_a_card_that_cannot_be_changed_any_more_is_sent_anew(telegram: World, samples: Path, tmp_path: Path) -> None:
    anna = telegram.user()
    small = telegram.group("小组", [anna], kind="group")
    with running(telegram, samples, state=tmp_path / "c.db", allow_chats=frozenset({small.chat.id})):
        card = anna.send(QUESTION, small).answer(LONG)
        data = card.button("历年")["callback_data"]
        grown = small.migrate()
        anna.press_data(card, data, wait=False)
        telegram.wait(lambda: len(telegram.bot_messages()) == 2, "the years", LONG)
    assert [one.chat_id for one in telegram.bot_messages() if "2022年" in one.text] == [grown.chat.id]


def test_an_admin_group_stays_one(telegram: World, samples: Path, tmp_path: Path) -> None:
    boss = telegram.user("组长")
    small = telegram.group("小组", [boss], kind="group")
    admins, chats = frozenset({boss.id}), frozenset({small.chat.id})
    with office_bot(telegram, tmp_path, samples, admins=admins, admin_chats=chats):
        grown = small.migrate()
        assert "第" in asked(telegram, boss, "/versions", grown)


def test_a_group_heard_of_twice(state: State) -> None:
    groups = Groups(state, Access())
    groups.moved(-4, -1009)
    state.change(-1009, unit="元")
    state.change(-4, unit="万元")  # left over from something that came late
    groups.moved(-4, -1009)
    assert state.settings(-1009).unit == "元"


def test_a_press_is_carried_out_while_its_answer_is_refused(telegram: World, samples: Path, tmp_path: Path) -> None:
    anna = telegram.user()
    with running(telegram, samples, state=tmp_path / "c.db"):
        card = anna.ask(QUESTION)
        telegram.faults.every(1, server_error(), methods={"answerCallbackQuery"})
        anna.press_data(card, card.button("历年")["callback_data"], wait=False)
        telegram.wait(lambda: "2022年" in card.text, "the years", LONG)
        telegram.faults.clear()
