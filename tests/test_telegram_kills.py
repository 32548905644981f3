"""The bot is killed at any moment while it answers: every question gets its answer, once, and follow-ups the right one.

A message that Telegram took while the bot was killed before it had heard of that cannot be told from one that was never
sent: only such a one may come twice.  The chats' file says which they are.  ``YUSUAN_KILLS`` sets the number of kills.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.standin.faults import drop
from tests.standin.state import Call
from tests.standin.world import World
from tests.telegram_bot import ROOT, load_samples, read_only

KILLS = int(os.environ.get("YUSUAN_KILLS") or 25)
SEED = int(os.environ.get("YUSUAN_CRASH_SEED") or random.randrange(1 << 30))
PATIENCE = 300.0
# Question -> the first line of its answer.  Each goes on from the one before; the places alternate.
TALK = {
    "上党区2023年教育支出": "长治市上党区 · 2023年 · 教育支出",
    "一般公共预算收入呢": "长治市上党区 · 2023年 · 一般公共预算收入",
    "西工区2023年教育支出": "洛阳市西工区 · 2023年 · 教育支出",
    "政府性基金收入呢": "洛阳市西工区 · 2023年 · 政府性基金收入",
    "上党区2023年国防支出": "长治市上党区 · 2023年 · 国防支出",
    "公共安全支出呢": "长治市上党区 · 2023年 · 公共安全支出",
}

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return load_samples(tmp_path_factory.mktemp("samples"))


class Bots:
    """One bot after the other on the same files."""

    def __init__(self, telegram: World, db: Path, state: Path) -> None:
        self._order = json.dumps([telegram.base_url.removesuffix("/bot"), telegram.token, str(db), str(state)])
        self._zygote = subprocess.Popen(
            [sys.executable, "-m", "tests.answer_zygote", str(db)], cwd=ROOT, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.pid = 0

    def start(self) -> None:
        print(self._order, file=self._zygote.stdin, flush=True)
        self.pid = int(self._said())

    def end(self, by: signal.Signals) -> None:
        os.kill(self.pid, by)
        assert self._said() == "gone"
        self.pid = 0

    def close(self) -> None:
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)
        assert self._zygote.stdin is not None and self._zygote.stdout is not None
        self._zygote.stdin.close()
        self._zygote.wait(PATIENCE)
        self._zygote.stdout.close()

    def _said(self) -> str:
        assert self._zygote.stdout is not None
        return self._zygote.stdout.readline().strip()


@pytest.fixture
def bots(telegram: World, samples: Path, tmp_path: Path) -> Iterator[Bots]:
    with closing(Bots(telegram, samples, tmp_path / "c.db")) as started:
        yield started


def known(state: Path) -> set[tuple[int, int]]:
    """Which message of which chat the bot knows to be answered."""
    if not state.exists():
        return set()
    with closing(read_only(state)) as db:
        return set(db.execute("SELECT chat, asked FROM answers"))


def said(telegram: World, since: int = 0) -> list[tuple[Call, int, str]]:
    """The messages that Telegram has taken from the bot: the call, the chat, the first line."""
    taken = [call for call in telegram.calls[since:] if call.method == "sendMessage" and call.result]
    return [(call, call.result["chat"]["id"], call.result["text"].split("\n")[0].split("（")[0]) for call in taken]


def test_every_question_is_answered_once(telegram: World, bots: Bots, tmp_path: Path) -> None:
    print(f"YUSUAN_CRASH_SEED={SEED}")
    rng, state = random.Random(SEED), tmp_path / "c.db"
    asked: dict[tuple[int, str], int] = {}  # chat and first line of the answer -> question
    unheard: Counter[tuple[int, str]] = Counter()  # answers of which the bot did not hear that Telegram had taken them
    under_way = since = 0
    for number in range(KILLS):
        bots.start()
        user = telegram.user(f"用户{number}")
        if rng.random() < 0.3:
            telegram.faults.once("sendMessage", drop(after=rng.random() < 0.5))
        asked |= {(user.id, line): user.send(question).id for question, line in TALK.items()}
        before, some = len(said(telegram)), rng.randrange(len(TALK))
        telegram.wait(
            lambda before=before, some=some: (  # type: ignore[misc]
                telegram.state.history[-1].given and len(said(telegram)) >= before + some
            ),
            "the bot has begun", PATIENCE,
        )  # fmt: skip
        time.sleep(rng.choice((0, 0, rng.random() * 0.01, rng.random() * 0.1)))
        bots.end(signal.SIGKILL)
        telegram.wait(lambda: telegram.server.is_left, "what the bot had sent is taken", PATIENCE)
        there = known(state)
        under_way += any((chat, message) not in there for (chat, _), message in asked.items() if chat == user.id)
        for call, chat, line in said(telegram, since):
            unheard[chat, line] += not call.ok or (chat, asked[chat, line]) not in there
        since = len(telegram.calls)
    bots.start()
    telegram.wait(lambda: {(chat, id) for (chat, _), id in asked.items()} <= known(state), "all answers", PATIENCE)
    bots.end(signal.SIGTERM)
    unheard.update((chat, line) for call, chat, line in said(telegram, since) if not call.ok)
    came = Counter((chat, line) for _, chat, line in said(telegram))
    assert came == Counter(asked.keys()) + unheard
    order = list(dict.fromkeys((chat, line) for _, chat, line in said(telegram)))
    assert sorted(order, key=lambda one: one[0]) == list(asked)  # in each chat as asked, whatever came twice
    with closing(read_only(state)) as db:
        assert db.execute("SELECT count(*) FROM updates WHERE body != ''").fetchone() == (0,)
    print(f"{KILLS} kills, {under_way} with a question under way; {len(asked)} questions, each answered; "
          f"{unheard.total()} answers were taken unheard and came again")  # fmt: skip
    assert under_way > KILLS // 4
