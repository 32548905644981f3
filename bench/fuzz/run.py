"""The fuzzers at work: questions to the processes that answer them for the bot, files to the way they are loaded.

ask(db, seed=1, count=200) -> Found(count=200, raised=[], overdue=[], slowest=(0.02, "…"), grown=1.3 MB)
"""

from __future__ import annotations

import asyncio
import logging
import random
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from bench.fuzz.files import files
from bench.fuzz.questions import questions
from bot.deadline import TookTooLong, within
from bot.telegram.answers import Look
from bot.telegram.desk_process import Lost, Overdue
from bot.telegram.desk_work import answered, typed
from bot.telegram.desks import Desks
from bot.telegram.outgoing import is_blank, without_controls
from bot.telegram.page import Page
from index import Desk, YusuanError
from index.intake.prepare import Prepared, prepare
from index.read.reader import Reader

log = logging.getLogger(__name__)

Trouble = tuple[str, str]

CUT: Final = 1_000  # as bot.telegram.questions does
GOING_ON: Final = 0.3  # of the questions go on from the one before
INLINE: Final = 0.1
WARM: Final = 0.25  # of the work is done before memory is looked at
UNFORESEEN: Final = "处理时出错"
WALL: Final = 300.0  # the machine may be busy with something else: it is our own time that is looked at
NAME: Final = "budget_bot"


@dataclass(slots=True)
class Found:
    """What came of it: the troubles with what they came of, the slowest with its seconds, the growth in bytes."""

    count: int = 0
    raised: list[Trouble] = field(default_factory=list)
    overdue: list[Trouble] = field(default_factory=list)
    unclean: list[Trouble] = field(default_factory=list)
    answered: int = 0
    slowest: tuple[float, str] = (0.0, "")
    grown: int = 0

    def lines(self) -> list[str]:
        """All that a reader wants to know."""
        troubles = (("raised", self.raised), ("overdue", self.overdue), ("unclean", self.unclean))
        counts = ", ".join(f"{name} {len(some)}" for name, some in troubles)
        slowest = f"slowest {self.slowest[0] * 1000:.0f} ms: {self.slowest[1]}"
        grown = f"memory grew by {self.grown / 2**20:.1f} MB"
        return [f"{self.count}: {counts}, answered {self.answered}; {grown}; {slowest}",
                *(f"  {name} {what}: {text}" for name, some in troubles for what, text in some[:20])]  # fmt: skip

    @property
    def is_clean(self) -> bool:
        """Nothing went wrong."""
        return not (self.raised or self.overdue or self.unclean)


# ---------------------------------------------------------------------------------------------- questions


def at_desk(
    desk: Desk, question: str, state: dict[str, Any] | None, inline: bool
) -> tuple[Any, list[Page], float, int]:
    """What a chat would be shown, the seconds of the processor, the memory of the process, and the dialogue."""
    began = time.process_time()
    if inline:
        read = typed(desk, question, "", Look(inline=True), NAME)
        turn, pages = (read[0][0] if read else None), [page for _, page in read]
    else:
        turn, page, _ = answered(desk, question, state, "", Look(rich=True), NAME)
        pages = [page]
    return turn, pages, time.process_time() - began, _resident()


def ask(db: Path, seed: int, count: int, seconds: float = 2.0, workers: int = 0) -> Found:
    """Mutated questions, as they come from chats and from inline mode."""
    return asyncio.run(_ask(db, seed, count, seconds, workers))


async def _ask(db: Path, seed: int, count: int, seconds: float, workers: int) -> Found:
    found, dice = Found(), random.Random(seed)
    waiting = enumerate(questions(seed, count))
    sizes: list[int] = []

    async def asker() -> None:
        state = None
        for _, question in waiting:
            cut, before = question[:CUT], state if dice.random() < GOING_ON else None
            found.count += 1
            try:
                turn, pages, took, size = await desks.run(at_desk, cut, before, dice.random() < INLINE)
            except Overdue:
                found.overdue.append(("", repr(cut)))
                log.warning("late: %r after %r", cut, before)
            except Exception as error:
                found.raised.append((_told(error), repr(cut)))
            else:
                state = turn.state if turn else None
                found.answered += turn is not None and turn.detail.answer.status == "answered"
                found.slowest = max(found.slowest, (took, repr(cut[:120])))
                found.unclean += [(what, repr(cut)) for page in pages for what in unclean(page)]
                sizes.append(size)

    with closing(Desks(db, workers, seconds, WALL)) as desks:
        desks.start()
        await asyncio.gather(*(asker() for _ in range(4)))
    found.grown = _growth(sizes)
    return found


def unclean(page: Page) -> Iterator[str]:
    """What Telegram would refuse or show wrongly."""
    buttons = [one for row in page.markup.inline_keyboard for one in row] if page.markup else []
    if is_blank(page.html):
        yield "empty text"
    if any(without_controls(text) != text for text in (page.html, page.rich, *(one.text for one in buttons))):
        yield "controls"
    if any(is_blank(one.text) for one in buttons):
        yield "empty button"


# ---------------------------------------------------------------------------------------------- files


def load(seed: int, count: int, seconds: float = 10.0) -> Found:
    """Damaged files, read in a worker and parsed here, as loading does."""
    found = Found()
    sizes: list[int] = []
    with tempfile.TemporaryDirectory() as folder, closing(Reader()) as reader:
        for number, (name, data) in enumerate(files(seed, count)):
            path = Path(folder) / name
            path.write_bytes(data)
            found.count += 1
            began = time.monotonic()
            try:
                with within(seconds):
                    prepared = prepare(path, None, None, reader)
            except TookTooLong:
                found.overdue.append((name, f"seed {seed} number {number}"))
                continue
            took = time.monotonic() - began
            found.slowest = max(found.slowest, (took, f"{name}, seed {seed} number {number}"))
            found.answered += any(one.parsed is not None for one in prepared)
            found.raised += [(one.error, f"seed {seed} number {number}") for one in prepared if _unforeseen(one)]
            if took > seconds:
                found.overdue.append((name, f"seed {seed} number {number}"))
            path.unlink()
            sizes.append(_resident())
    found.grown = _growth(sizes)
    return found


def _unforeseen(one: Prepared) -> bool:
    return one.error.startswith(UNFORESEEN)


# ---------------------------------------------------------------------------------------------- parts


def _told(error: Exception) -> str:
    frames = getattr(error, "frames", None) or [""]
    said = str(error) if isinstance(error, Lost | YusuanError | ValueError) else ""
    return f"{type(error).__name__} {said[:80]} {' '.join(frames[-1].split())[:160]}"


def _growth(sizes: list[int]) -> int:
    """From the largest of the first quarter to the largest of the last."""
    quarter = max(1, int(len(sizes) * WARM))
    return max(0, max(sizes[-quarter:], default=0) - max(sizes[:quarter], default=0))


def _resident() -> int:
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * 4096
    except OSError:
        return 0
