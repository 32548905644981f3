"""What admins look back on, who was let in, and what waits to be sent, as it stands in the chats' file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.telegram.state import DAY, Miss, State, Waiting


class Clock:
    now = 1_700_000_000.0  # 2023-11-14 22:13 UTC

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def state(tmp_path: Path, clock: Clock) -> Iterator[State]:
    state = State(tmp_path / "chats.db", clock)
    yield state
    state.close()


def test_misses_are_open_questions_and_votes_by_frequency(state: State, clock: Clock) -> None:
    for _ in range(3):
        state.keep_unanswered("a", "娃娃上学的钱", "上党区", "not_found")
    state.keep_unanswered("b", None, "", "clarify")
    state.keep_unanswered("c", None, "", "clarify")  # another question, as little understood
    clock.now += 60
    state.keep_vote(7, "11", 7, -1, "上党区 · 教育支出", "t", None)
    state.keep_vote(7, "12", 7, 1, "上党区 · 国防支出", "t", None)
    state.keep_vote(7, "13", 7, -1, "上党区", "t", "娃娃上学的钱")
    at = 1_700_000_000
    assert state.misses() == [
        Miss("娃娃上学的钱", "上党区", "not_found", 3, at),
        Miss("", "", "clarify", 2, at),
        Miss("", "上党区 · 教育支出", "downvoted", 1, at + 60),
        Miss("娃娃上学的钱", "上党区", "downvoted", 1, at + 60),
    ]
    assert [one.times for one in state.misses(2)] == [3, 2]


def test_days_count_what_became_of_questions_and_how_long_they_took(state: State, clock: Clock) -> None:
    for number in range(100):
        state.count("answered", 0.010 if number < 98 else 2.0)
    state.count("clarify", 0.010)
    clock.now += DAY
    state.count("not_found", 0.0)
    first, second = state.day_counts(7)
    assert (first.asked, first.not_found, first.p50_ms) == (1, 1, 1)
    assert (second.asked, second.answered, second.clarify, second.not_found) == (101, 100, 1, 0)
    assert second.p50_ms == pytest.approx(10, rel=0.05)
    assert second.p99_ms == pytest.approx(2000, rel=0.05)
    assert first.day > second.day
    assert [one.asked for one in state.day_counts(1)] == [1]
    clock.now += 500 * DAY
    for _ in range(500):
        state.count("answered", 0.01)
    assert len(state.day_counts(7)) == 1


def test_days_hold_no_texts(state: State, tmp_path: Path) -> None:
    state.count("answered", 0.01)
    with sqlite3.connect(tmp_path / "chats.db") as conn:
        columns = [row[1] for table in ("days", "latencies") for row in conn.execute(f"PRAGMA table_info({table})")]
    conn.close()
    assert columns == ["day", "status", "times", "day", "bucket", "times"]


def test_roles_are_given_and_forgotten(state: State) -> None:
    state.set_role(5, "asker", by=1)
    state.set_role(6, "admin", by=1)
    state.set_role(5, "denied", by=2)
    assert [state.role(user) for user in (5, 6, 7)] == ["denied", "admin", ""]
    assert [(one.user, one.role, one.by) for one in state.people()] == [(6, "admin", 1), (5, "denied", 2)]
    state.set_role(5, "", by=1)
    assert state.role(5) == ""


def test_a_chat_follows_a_thing_once_and_forgets_it(state: State) -> None:
    assert state.watch(7, "region", "140404", "长治市上党区")
    assert not state.watch(7, "region", "140404", "长治市上党区")
    state.watch(7, "figure", "t", "教育支出", '["1 万元"]')
    state.watch(8, "figure", "t", "教育支出", '["1 万元"]')
    assert [one.kind for one in state.watches(7)] == ["region", "figure"]
    assert state.unwatch(8, state.watches(7)[0].id) == 0  # not this chat's own
    assert state.unwatch(7, state.watches(7)[0].id) == 1
    assert state.unwatch(7) == 1
    assert [one.chat for one in state.watches()] == [8]
    state.move_chat(8, -9)
    assert state.watches()[0].chat == -9


def test_a_digest_waits_over_a_restart_and_is_there_once(state: State, tmp_path: Path) -> None:
    with state.together():
        state.queue(7, 12, "甲")
        state.queue(7, 12, "甲")
        state.mark_announced(12)
    taken = state.next_waiting()
    assert taken == Waiting(1, 7, 12, "甲", 0)
    again = State(tmp_path / "chats.db")  # the process died while it was being sent
    assert again.announced() == 12
    assert again.next_waiting() == Waiting(1, 7, 12, "甲", 1)
    again.sent(1)
    assert again.waiting() == 0
    assert again.next_waiting() is None
    again.close()


def test_announcing_is_whole_or_not_at_all(state: State) -> None:
    def announce() -> None:
        with state.together():
            state.queue(7, 12, "甲")
            state.mark_announced(12)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        announce()
    assert (state.waiting(), state.announced()) == (0, None)


def test_the_file_of_the_first_version_is_brought_up_to_date(tmp_path: Path) -> None:
    from bot.telegram.state.steps import STEPS

    conn = sqlite3.connect(tmp_path / "chats.db")
    conn.executescript(f"BEGIN; {STEPS[0]}; PRAGMA user_version = 1; INSERT INTO chats (chat) VALUES (7); COMMIT;")
    conn.close()
    state = State(tmp_path / "chats.db")
    state.count("answered", 0.01)
    assert state.settings(7).unit == "auto"
    state.close()
