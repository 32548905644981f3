"""The processes that answer: each may hang, die and grow; the asker is told, and the next question is answered."""

from __future__ import annotations

import asyncio
import gc
import multiprocessing
import os
import runpy
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.charts.style import can_draw
from bot.telegram import picturing
from bot.telegram.desk_process import HAS_ALARM, Lost, Overdue
from bot.telegram.desks import Desks
from index import Desk, Office, Person, load
from index.errors import LexiconError
from tests import strange_desk
from tests.telegram_bot import ROOT, load_samples

QUESTION = "上党区2023年教育支出"
SOON = 0.5  # a deadline for what never ends
LATE = 120.0  # one that no machine is too busy for


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return load_samples(tmp_path_factory.mktemp("samples"))


def together(*works: Coroutine[Any, Any, Any]) -> list[Any]:
    async def all_of_them() -> list[Any]:
        return await asyncio.gather(*works, return_exceptions=True)

    return asyncio.run(all_of_them())


def answer(desks: Desks, question: str = QUESTION) -> str:
    """The reply, waited for as long as it takes: a busy machine may be late once."""
    for _ in range(50):
        (turn,) = together(desks.run(Desk.converse, question))
        if not isinstance(turn, Overdue):
            return str(turn.detail.answer.reply)
    raise AssertionError("no answer")


# ---------------------------------------------------------------------------------------------- in idle time


def test_each_process_is_prepared_once_while_it_is_idle(
    samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.desks.AFTERWARDS", 0.01)
    with closing(Desks(samples, 2, LATE, prepare=partial(strange_desk.noted, tmp_path))) as desks:
        desks.start()
        _until(lambda: len(list(tmp_path.iterdir())) == 2)
        assert "56,917" in answer(desks)
        assert sorted(int(one.name) for one in tmp_path.iterdir()) == sorted(desks.pids())
        assert [one.read_text() for one in tmp_path.iterdir()] == ["."] * 2


def test_what_cannot_be_prepared_answers_all_the_same(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.telegram.desks.AFTERWARDS", 0.0)
    with closing(Desks(samples, 1, LATE, prepare=strange_desk.unable)) as desks:
        desks.start()
        _until(lambda: desks.pids())
        assert "56,917" in answer(desks)


def test_the_first_picture_finds_its_library_there(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not can_draw():
        pytest.skip("pictures are not installed")
    monkeypatch.setattr("bot.telegram.desks.AFTERWARDS", 0.0)
    with closing(Desks(samples, 1, LATE)) as desks:
        assert together(desks.run(strange_desk.has_drawn)) == [False]
    with closing(Desks(samples, 1, LATE, prepare=picturing.ready)) as desks:
        _until(lambda: together(desks.run(strange_desk.has_drawn)) == [True])


def _until(condition: Callable[[], object]) -> None:
    end = time.monotonic() + LATE
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


# ---------------------------------------------------------------------------------------------- the deadline


@pytest.mark.parametrize(
    "work", [strange_desk.looping, strange_desk.asleep, strange_desk.in_c, strange_desk.backtracking,
             strange_desk.catching],
)  # fmt: skip
def test_what_never_ends_is_ended(samples: Path, work: Callable[[Desk], None]) -> None:
    with closing(Desks(samples, 1, SOON)) as desks:
        (before,) = together(desks.run(strange_desk.number))
        assert isinstance(together(desks.run(work))[0], Overdue)
        assert "56,917" in answer(desks)
        (after,) = together(desks.run(strange_desk.number))
    assert before != after


@pytest.mark.skipif("forkserver" not in multiprocessing.get_all_start_methods(), reason="nothing is forked here")
def test_the_word_lists_are_read_before_a_process_is_forked(samples: Path) -> None:
    with closing(Desks(samples, 1, LATE)) as desks:
        assert "56,917" in answer(desks)
        assert together(desks.run(strange_desk.items_of_its_own)) == [0]


def test_a_broken_word_list_leaves_processes_to_be_forked(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise LexiconError("data/lexicon: …")

    monkeypatch.setattr("index.ready.understand", broken)
    try:
        runpy.run_module("bot.telegram.desk_forge")
    finally:
        gc.unfreeze()


@pytest.mark.skipif(not HAS_ALARM, reason="no alarms here")
def test_one_that_is_stopped_is_ended_by_the_parent(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.telegram.desk_process.REOPENING", 0.1)
    with closing(Desks(samples, 1, SOON)) as desks:
        assert isinstance(together(desks.run(strange_desk.stopped))[0], Overdue)
        assert "56,917" in answer(desks)


def test_the_others_do_not_wait(samples: Path, tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    held = partial(strange_desk.held_up, gate)

    async def both(desks: Desks) -> tuple[bool, str]:
        slow = asyncio.create_task(desks.run(held, "公共安全", None, "", *_look()))
        turn = await desks.run(Desk.converse, QUESTION)
        waiting = not slow.done()
        gate.touch()
        await slow
        return waiting, turn.detail.answer.reply

    with closing(Desks(samples, 2, LATE)) as desks:
        waiting, reply = asyncio.run(both(desks))
    assert waiting
    assert "56,917" in reply


def test_many_that_never_end_leave_as_many_processes_as_before(samples: Path) -> None:
    with closing(Desks(samples, 2, SOON)) as desks:
        ended = together(*(desks.run(strange_desk.looping) for _ in range(6)))
        assert all(isinstance(one, Overdue) for one in ended)
        assert "56,917" in answer(desks)
        given_up = time.monotonic() + LATE
        while len(desks.pids()) > 2 and time.monotonic() < given_up:
            time.sleep(0.05)  # the last that was replaced may still be ending
        assert len(desks.pids()) <= 2


def test_closing_waits_for_nothing_that_hangs(samples: Path) -> None:
    async def closed(desks: Desks) -> BaseException:
        hanging = asyncio.create_task(desks.run(strange_desk.looping))
        await desks.run(Desk.converse, QUESTION)  # the other process is at work by now
        await asyncio.to_thread(desks.close)
        return (await asyncio.gather(hanging, return_exceptions=True))[0]  # type: ignore[return-value]

    assert isinstance(asyncio.run(closed(Desks(samples, 2, LATE))), Lost)


def test_nothing_is_left_of_a_bot_that_was_killed(samples: Path) -> None:
    """The process that hangs ends itself, the idle one and the server end with the bot."""
    code = f"""
        import asyncio, sys
        from pathlib import Path
        from bot.telegram.desks import Desks
        from tests import strange_desk
        async def main():
            desks = Desks(Path({str(samples)!r}), 2, 3)
            print(await desks.run(strange_desk.number), flush=True)
            hanging = asyncio.create_task(desks.run(strange_desk.looping))
            print(await desks.run(strange_desk.number), flush=True)
            await hanging
        if __name__ == "__main__":
            asyncio.run(main())
    """
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code)], stdout=subprocess.PIPE, text=True, cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert process.stdout is not None
    pids = [int(process.stdout.readline()) for _ in range(2)]
    process.send_signal(signal.SIGKILL)
    process.communicate()
    until = time.monotonic() + 120
    while any(_lives(pid) for pid in pids) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(_lives(pid) for pid in pids)


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


# ---------------------------------------------------------------------------------------------- dying, failing


def test_dying_is_told_and_over(samples: Path) -> None:
    with closing(Desks(samples, 1, LATE)) as desks:
        assert isinstance(together(desks.run(strange_desk.killed))[0], Lost)
        assert "56,917" in answer(desks)


def test_nobody_pays_for_a_process_that_was_killed_meanwhile(samples: Path, tmp_path: Path) -> None:
    with closing(Desks(samples, 1, LATE)) as desks:
        assert "56,917" in answer(desks)
        os.kill(desks.pids()[0], signal.SIGKILL)
        assert "56,917" in answer(desks)
        assert together(desks.run(partial(strange_desk.dies_once, tmp_path / "mark"))) == ["lives"]


def test_memory_has_a_bound(samples: Path) -> None:
    with closing(Desks(samples, 1, LATE)) as desks:
        assert isinstance(together(desks.run(strange_desk.greedy))[0], Lost)
        assert "56,917" in answer(desks)


@pytest.mark.parametrize(
    "work,kind",
    [
        (strange_desk.raising, LookupError),
        (strange_desk.unsendable, TypeError),
        (strange_desk.recursing, RecursionError),
    ],
)
def test_what_is_raised_there_is_raised_here(samples: Path, work: Callable[[Desk], Any], kind: type) -> None:
    with closing(Desks(samples, 1, LATE)) as desks:
        pids = together(desks.run(strange_desk.number))
        (error,) = together(desks.run(work))
        assert isinstance(error, kind)
        assert kind is TypeError or any("strange_desk" in frame for frame in vars(error)["frames"])
        assert together(desks.run(strange_desk.number)) == pids  # nothing to be replaced for


def test_no_index_is_said_and_found_once_it_is_there(tmp_path: Path) -> None:
    with closing(Desks(tmp_path / "index.db", 1, LATE)) as desks:
        assert "index.db" in str(together(desks.run(Desk.converse, QUESTION))[0])
        load_samples(tmp_path)
        assert "56,917" in answer(desks)


# ---------------------------------------------------------------------------------------------- one index, one dialogue


@pytest.fixture
def own(tmp_path: Path) -> Iterator[tuple[Path, Desks]]:
    db = load_samples(tmp_path)
    with closing(Desks(db, 2, LATE)) as desks:
        yield db, desks


async def everywhere(desks: Desks, question: str) -> set[str]:
    """What each of the processes answers."""
    found: dict[int, str] = {}
    while len(found) < 2:
        both = await asyncio.gather(*(desks.run(numbered, question) for _ in range(2)))
        found |= dict(both)
    return set(found.values())


def numbered(desk: Desk, question: str) -> tuple[int, str]:
    time.sleep(0.05)  # so that two go to two
    return os.getpid(), desk.converse(question).detail.answer.reply


def test_a_new_version_is_noticed_by_all(own: tuple[Path, Desks], tmp_path: Path) -> None:
    db, desks = own
    question = "潞城区2023年教育支出多少"
    assert not any("45,600" in reply for reply in asyncio.run(everywhere(desks, question)))
    report = tmp_path / "潞城区2023.txt"
    report.write_text(
        "长治市潞城区2023年财政决算报告\n一、支出情况\n2023年，全区教育支出45600万元，增长3.1%。\n", "utf-8"
    )
    assert load([report], db)[0].status == "loaded"
    assert all("45,600" in reply for reply in asyncio.run(everywhere(desks, question)))


def test_an_alias_is_noticed_by_all(own: tuple[Path, Desks], tmp_path: Path) -> None:
    db, desks = own
    question = "上党区2023年娃娃钱多少"
    assert not any("56,917" in reply for reply in asyncio.run(everywhere(desks, question)))
    with closing(Office(db, tmp_path / "reports")) as office:
        office.add_alias("娃娃钱", "教育支出", Person(1, "安娜"))
    assert all("56,917" in reply for reply in asyncio.run(everywhere(desks, question)))


def test_a_dialogue_goes_on_in_whatever_process(own: tuple[Path, Desks]) -> None:
    _, desks = own

    async def dialogues() -> list[str]:
        async def one(place: str) -> str:
            turn = await desks.run(Desk.converse, f"{place}2023年一般公共预算收入")
            for follow in ("同比呢", "那支出呢", "一般公共预算收入呢"):
                turn = await desks.run(Desk.converse, follow, turn.state)
            return turn.detail.answer.reading

        return list(await asyncio.gather(*(one(place) for place in ("上党区", "解放区", "西工区") * 4)))

    readings = asyncio.run(dialogues())
    for place, some in (("上党区", readings[0::3]), ("解放区", readings[1::3]), ("西工区", readings[2::3])):
        assert all(place in reading for reading in some)


def _look() -> tuple[Any, str]:
    from bot.telegram.answers import Look

    return Look(), "budget_bot"
