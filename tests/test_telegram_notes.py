"""What went wrong at night is told to the owners, in one short message, once an hour at most."""

from __future__ import annotations

import asyncio
import dataclasses
import logging
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, cast

import pytest
from telegram.error import BadRequest, NetworkError, TelegramError

from bot.telegram.limiter import Pace
from bot.telegram.notes import Line, Notes, told
from bot.telegram.state import HOUR, Noted, State, Waiting
from tests.standin.faults import server_error
from tests.standin.world import World
from tests.telegram_admin import OfficeBot, office_bot
from tests.telegram_bot import FAST, load_samples, running

LONG = 120.0
OWNER = 7


class Clock:
    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return load_samples(tmp_path_factory.mktemp("samples"))


@pytest.fixture
def time() -> Clock:
    return Clock()


@pytest.fixture
def state(tmp_path: Path, time: Clock) -> Iterator[State]:
    with closing(State(tmp_path / "c.db", time)) as opened:
        yield opened


def sent(state: State) -> list[Waiting]:
    """What waits in the outbox, taken out."""
    found = []
    while (one := state.next_waiting()) is not None:
        state.sent(one.id)
        found.append(one)
    return found


# What was noted -> what the message says.
SAID: list[tuple[list[tuple[str, str]], list[str]]] = [
    ([("deadline", "")], ["1 个问题超过时限"]),
    ([("deadline", "")] * 3, ["3 个问题超过时限"]),
    ([("damage", "索引损坏，已换回第12版")], ["发现损坏：索引损坏，已换回第12版"]),
    ([("damage", "<甲> & 乙")], ["&lt;甲&gt; &amp; 乙"]),
    ([("damage", "甲"), ("deadline", ""), ("damage", "乙")], ["发现损坏：甲", "发现损坏：乙", "1 个问题"]),
    ([("damage", f"第{number}处") for number in range(9)], ["第0处", "第4处", "另有 4 条"]),
    ([("given_up", "")] * 2, ["2 条消息"]),
    ([("新的一种", "说明")], ["新的一种：说明"]),
]


@pytest.mark.parametrize("noted, said", SAID)
def test_one_message_says_all(state: State, noted: list[tuple[str, str]], said: list[str]) -> None:
    notes = Notes(state, [OWNER], Pace())
    for kind, detail in noted:
        notes.note(kind, detail)
    assert notes.tell()
    (message,) = sent(state)
    assert message.chat == OWNER and message.version <= 0
    for words in said:
        assert words in message.html
    assert len(message.html) < 2000
    assert not notes.tell(), "what was told is not told again"


def test_once_an_hour_at_most(state: State, time: Clock) -> None:
    notes = Notes(state, [OWNER, OWNER + 1], Pace())
    notes.note("deadline")
    assert notes.tell() and len(sent(state)) == 2
    for _ in range(59):
        time.now += 60
        notes.note("deadline")
        assert not notes.tell()
    time.now += 60
    assert notes.tell()
    assert all("59 个问题" in one.html for one in sent(state))
    time.now += HOUR
    assert not notes.tell() and not sent(state)


def test_what_was_noted_outlives_the_process(tmp_path: Path) -> None:
    for _ in range(2):
        with closing(State(tmp_path / "c.db")) as state:
            Notes(state, [OWNER], Pace()).note("deadline")
    with closing(State(tmp_path / "c.db")) as state:
        assert state.notes()[0].times == 2


def test_a_bot_without_owners_only_logs(state: State, caplog: pytest.LogCaptureFixture) -> None:
    notes = Notes(state, [], Pace())
    with caplog.at_level(logging.WARNING):
        notes.note("damage", "甲")
    notes.tell()
    assert "甲" in caplog.text and not sent(state)


def test_noting_never_raises(state: State) -> None:
    notes = Notes(state, [OWNER], Pace())
    state.close()
    notes.note("damage", "甲")


def test_times_are_told(state: State) -> None:
    assert "—" in told([Noted("deadline", "", 2, 1_700_000_000, 1_700_000_900)])


# ---------------------------------------------------------------------------------------------- the line


class Reach:
    """A bot whose line is broken or not."""

    def __init__(self) -> None:
        self.error: TelegramError | None = NetworkError("down")
        self.asked = 0

    async def get_me(self, **_: Any) -> None:
        self.asked += 1
        if self.error is not None:
            raise self.error


MINUTES = [(5, False), (9, False), (10, True), (600, True)]


@pytest.mark.parametrize("restarted", [False, True])
@pytest.mark.parametrize("minutes, noted", MINUTES)
def test_telegram_out_of_reach(state: State, time: Clock, minutes: int, noted: bool, restarted: bool) -> None:
    notes, reach = Notes(state, [OWNER], Pace()), Reach()
    line = Line(state, notes, Pace())
    asyncio.run(line.probe(cast(Any, reach)))
    assert reach.asked == 0, "nobody asks while all is well"
    line.lost()
    time.now += minutes * 60
    line.lost()
    if restarted:
        line = Line(state, notes, Pace())
    asyncio.run(line.probe(cast(Any, reach)))
    assert not state.notes(), "still out of reach"
    reach.error = BadRequest("it spoke") if restarted else None
    asyncio.run(line.probe(cast(Any, reach)))
    asyncio.run(line.probe(cast(Any, reach)))
    assert reach.asked == 2
    assert [one.kind for one in state.notes()] == ["unreachable"] * noted
    assert all(f"约 {minutes} 分钟" in one.detail for one in state.notes())


def test_silence_is_found_without_a_question(state: State, time: Clock) -> None:
    reach = Reach()
    line = Line(state, Notes(state, [OWNER], Pace()), Pace())
    for _ in range(4):
        time.now += 301
        asyncio.run(line.probe(cast(Any, reach)))
    reach.error = None
    asyncio.run(line.probe(cast(Any, reach)))
    assert ["约 15 分钟" in one.detail for one in state.notes()] == [True]


def test_an_owner_is_told_that_telegram_was_out_of_reach(telegram: World, samples: Path, tmp_path: Path) -> None:
    with office_bot(telegram, tmp_path / "office", samples) as bot:
        bot.owner.ask("/versions")
    pace = dataclasses.replace(FAST, unreachable=0.0)
    owners = frozenset({bot.owner.id})
    with running(telegram, samples, pace, state=tmp_path / "c.db", owners=owners):
        telegram.faults.once("sendMessage", *[server_error()] * (FAST.retries + 1))
        bot.asker.send("上党区2023年教育支出")
        telegram.wait(lambda: said_to(telegram, bot.owner.id, "连不上 Telegram"), "the owner is told", LONG)
        telegram.wait(lambda: said_to(telegram, bot.asker.id, "56,917"), "the question is answered", LONG)


def said_to(telegram: World, chat: int, words: str) -> bool:
    """Whether the bot said this in a chat."""
    return any(one.chat_id == chat and words in one.text for one in telegram.bot_messages())


def test_others_hear_nothing(telegram: World, samples: Path, tmp_path: Path) -> None:
    bot: OfficeBot
    with office_bot(telegram, tmp_path, samples) as bot:
        with closing(State(bot.settings.state_file)) as state:
            state.add_note("damage", "甲")
        telegram.wait(lambda: said_to(telegram, bot.owner.id, "发现损坏：甲"), "the owner is told", LONG)
        assert not any(said_to(telegram, one.id, "损坏") for one in (bot.admin, bot.asker))
