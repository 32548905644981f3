"""The file of the chats: settings, dialogues, quotas, notices, and what is kept for the admin."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.telegram.access import Access
from bot.telegram.state import DAY, HOUR, Answered, ChatSettings, State
from index import Keeper


class Clock:
    now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def state(tmp_path: Path, clock: Clock) -> Iterator[State]:
    state = State(tmp_path / "sub" / "chats.db", clock)
    yield state
    state.close()


def test_settings_are_the_chats_own_and_stay(state: State, tmp_path: Path) -> None:
    assert state.settings(7) == ChatSettings()
    state.change(7, unit="万元")
    state.change(7, region="140404", offered=True)
    state.change(-100, rich=True)
    assert state.settings(7) == ChatSettings("万元", "140404", False, True)
    again = State(tmp_path / "sub" / "chats.db")
    assert again.settings(7).region == "140404"
    assert again.settings(-100).rich
    again.close()


def test_a_dialogue_lasts_a_day(state: State, clock: Clock) -> None:
    state.keep_dialogue(7, 3, {"text": "教育支出"})
    assert state.dialogue(7, 3) == {"text": "教育支出"}
    assert state.dialogue(7, 4) is None
    clock.now += DAY + 1
    assert state.dialogue(7, 3) is None


def test_what_is_too_old_is_deleted_not_only_hidden(state: State, clock: Clock, tmp_path: Path) -> None:
    state.keep_dialogue(7, 3, {"text": "这句话不应留下"})
    clock.now += DAY + 1
    for number in range(600):
        state.keep_dialogue(8, number, {})
    with sqlite3.connect(tmp_path / "sub" / "chats.db") as conn:
        left = conn.execute("SELECT count(*) FROM dialogues WHERE chat = 7").fetchone()[0]
    conn.close()
    assert left == 0


def test_answers_are_found_from_both_sides(state: State) -> None:
    state.keep_answer(7, 10, Answered(11, 7, 9))
    assert state.answer_to(7, 10) == Answered(11, 7, 9)
    assert state.answer_to(8, 10) is None
    assert state.asker_of(7, 11) == 7
    state.forget(7)
    assert state.answer_to(7, 10) is None


def test_the_quota_is_by_user_and_hour(state: State, clock: Clock) -> None:
    assert [state.use(1, 2) for _ in range(3)] == [True, True, False]
    assert state.use(2, 2)
    clock.now += HOUR
    assert state.use(1, 2)
    assert all(state.use(3, 0) for _ in range(500))


def test_a_stranger_is_told_once_an_hour(state: State, clock: Clock) -> None:
    assert [state.may_notify(5) for _ in range(3)] == [True, False, False]
    clock.now += HOUR + 1
    assert state.may_notify(5)


def test_open_questions_are_counted_and_votes_replaced(state: State) -> None:
    state.keep_unanswered("abc", None, "上党区 · 2015年", "not_found")
    state.keep_unanswered("abc", None, "上党区 · 2015年", "not_found")
    assert state.unanswered() == [("abc", None, "上党区 · 2015年", 2)]
    state.keep_vote(7, "11", 7, 1, "上党区", "t", None)
    state.keep_vote(7, "11", 7, -1, "上党区", "t", "教育支出")
    assert state.votes() == [(-1, "上党区", "t", "教育支出")]


def test_a_file_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "chats.db"
    State(path).close()
    with Keeper(path).changing():  # as the newer program would
        conn = sqlite3.connect(path)
        conn.execute("PRAGMA user_version = 99")
        conn.close()
    with pytest.raises(ValueError, match="升级"):
        State(path)


# users listed, chats listed, (user, chat), allowed
RIGHTS = [
    ([], [], (1, 1), True),
    ([], [], (None, None), True),
    ([1], [], (1, 1), True),
    ([1], [], (1, None), True),  # inline: no chat
    ([1], [], (2, 2), False),
    ([1], [-5], (2, -5), True),  # a member of a listed group
    ([1], [-5], (2, None), False),  # the same person through inline mode
    ([], [-5], (2, 2), False),
    ([], [-5], (2, -6), False),
]


@pytest.mark.parametrize("users, chats, who, allowed", RIGHTS)
def test_rights(users: list[int], chats: list[int], who: tuple[int | None, int | None], allowed: bool) -> None:
    assert Access(frozenset(users), frozenset(chats)).allows(*who) is allowed


def test_a_closed_bot_stays_in_listed_groups_only() -> None:
    assert Access().allows_group(-1)
    closed = Access(frozenset({1}), frozenset({-5}))
    assert closed.allows_group(-5)
    assert not closed.allows_group(-6)
