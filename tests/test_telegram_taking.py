"""A message that was taken from Telegram is answered, whatever comes between; and its text is kept no longer."""

from __future__ import annotations

import dataclasses
import logging
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.telegram import taking
from bot.telegram.state import DAY, Answered, State, Taken
from tests import strange_desk
from tests.standin.faults import server_error
from tests.standin.world import World
from tests.telegram_bot import FAST, ROOT, kept, load_samples, running

QUESTION = "上党区2023年教育支出"
LONG = 120.0


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return load_samples(tmp_path_factory.mktemp("samples"))


class Clock:
    now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    with closing(State(tmp_path / "c.db", Clock())) as opened:
        yield opened


def test_taken_once_and_kept_until_done(state: State) -> None:
    assert [state.take(2, "乙"), state.take(1, "甲"), state.take(2, "丙")] == [True, True, False]
    assert state.pending() == [Taken(1, "甲", 0), Taken(2, "乙", 0)]
    state.begin(2)
    state.done(1)
    assert state.pending() == [Taken(2, "乙", 1)]
    assert not state.take(1, "甲"), "what is done is not taken again"


OTHER = """
import sys
from pathlib import Path
from bot.telegram.state import State
state = State(Path(sys.argv[1]))
state.take(3, "丙")
print([one.id for one in state.pending()], flush=True)
sys.stdin.read()
"""


def test_what_another_process_is_at_is_its_own(tmp_path: Path) -> None:
    """Several may share the file; only what a process left behind that has ended is taken over."""
    place = tmp_path / "c.db"
    with closing(State(place)) as state:
        state.take(1, "甲")
        command = [sys.executable, "-c", OTHER, str(place)]
        with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
            assert other.stdout is not None
            assert other.stdout.readline().strip() == "[3]"
            assert [one.id for one in state.pending()] == [1]
            other.kill()
            other.wait()
        assert [one.id for one in state.pending()] == [1, 3]
    with closing(State(place)) as state:
        assert [one.id for one in state.pending()] == [1, 3]


def test_what_is_older_than_a_day_is_not_answered_any_more(state: State) -> None:
    state.take(1, "甲")
    Clock.now += DAY + 1
    state.take(2, "乙")
    assert [one.id for one in state.pending()] == [2]
    Clock.now -= DAY + 1


def test_an_answer_that_owes_a_file(state: State) -> None:
    state.keep_answer(1, 2, Answered(3, 4, 0, owes=True))
    assert state.answer_to(1, 2) == Answered(3, 4, 0, owes=True)
    state.keep_sent(1, 2)
    assert state.answer_to(1, 2) == Answered(3, 4, 0)


def test_what_was_taken_is_answered_at_the_next_start(telegram: World, samples: Path, tmp_path: Path) -> None:
    anna = telegram.user()
    telegram.faults.every(1, server_error(), methods={"sendMessage"})
    place = tmp_path / "c.db"
    with running(telegram, samples, state=place):
        anna.send(QUESTION)
        anna.send("那国防呢")
        telegram.wait(lambda: telegram.faults.injected > FAST.retries and not telegram.state.updates, "tries", LONG)
    assert not telegram.bot_messages() and len(kept(place)) == 2
    telegram.faults.clear()
    with running(telegram, samples, state=place):
        telegram.wait(lambda: not kept(place), "both are answered", LONG)
    first, then = telegram.bot_messages()
    assert "56,917" in first.text and "258" in then.text


def test_when_the_line_is_back_the_question_is_answered_before_what_goes_on_from_it(
    telegram: World, samples: Path, tmp_path: Path
) -> None:
    anna = telegram.user()
    with running(telegram, samples, state=tmp_path / "c.db"):
        anna.ask("西工区2023年教育支出")
        telegram.faults.once("sendMessage", *[server_error()] * (FAST.retries + 3))
        anna.send(QUESTION)
        anna.send("那国防呢")
        telegram.wait(lambda: len(telegram.bot_messages()) == 3, "all answers", LONG)
        _, first, then = telegram.bot_messages()
        assert "上党区" in first.text and "56,917" in first.text
        assert "上党区" in then.text and "258" in then.text
        telegram.wait(lambda: not kept(tmp_path / "c.db"), "nothing is kept", LONG)


def test_a_file_that_was_not_sent_is_sent_without_the_list(
    telegram: World, samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.questions.answered", strange_desk.with_a_file)
    anna = telegram.user()
    telegram.faults.every(1, server_error(), methods={"sendDocument"})
    place = tmp_path / "c.db"
    with running(telegram, samples, state=place):
        sent = anna.send("上党区2023年教育支出、国防支出、公共安全支出")
        sent.answer(LONG)
        telegram.wait(lambda: telegram.calls_of("sendDocument"), "a file", LONG)
    assert len(telegram.bot_messages()) == 1 and kept(place)
    telegram.faults.clear()
    with running(telegram, samples, state=place):
        telegram.wait(lambda: len(telegram.bot_messages()) == 2, "the file", LONG)
        telegram.wait(lambda: not kept(place), "nothing is kept", LONG)
    assert telegram.bot_messages()[1].file_name.endswith(".csv")


def test_a_message_that_ends_every_process_is_given_up(
    telegram: World, samples: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking, "MOST_TRIES", 3)
    anna = telegram.user()
    telegram.faults.every(1, server_error(), methods={"sendMessage"})
    place = tmp_path / "c.db"
    with running(telegram, samples, state=place):
        anna.send(QUESTION)
        telegram.wait(lambda: telegram.calls_of("sendMessage"), "a try", LONG)
    for _ in range(2):
        assert kept(place)
        before = len(telegram.calls_of("sendMessage"))
        with running(telegram, samples, state=place):
            telegram.wait(lambda before=before: len(telegram.calls_of("sendMessage")) > before, "a try", LONG)  # type: ignore[misc]
    assert kept(place)
    with caplog.at_level(logging.WARNING), running(telegram, samples, state=place):
        assert not kept(place)
    assert "given up after 3 tries" in caplog.text


def test_a_full_disk_loses_no_question(
    telegram: World, samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: State, id: int, body: str) -> bool:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(State, "take", full)
    anna = telegram.user()
    with running(telegram, samples, state=tmp_path / "c.db"):
        assert "56,917" in anna.send(QUESTION).answer(LONG).text
        assert "258" in anna.send("那国防呢").answer(LONG).text


def test_an_error_of_ours_is_said_and_not_tried_again(
    telegram: World, samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.questions.answered", strange_desk.broken)
    anna = telegram.user()
    with running(telegram, samples, dataclasses.replace(FAST, pause=0.01), state=tmp_path / "c.db"):
        assert "编号" in anna.send(QUESTION).answer(LONG).text
        telegram.wait(lambda: not kept(tmp_path / "c.db"), "nothing is kept", LONG)
    assert len(telegram.bot_messages()) == 1
