"""How far a long piece of work has come, shown in one message that is edited now and then.

async with Progress(bot, spot, "正在读取", every=2.0) as progress:
    await clerk.run(lambda office: office.preview(files, by, progress=progress))
"""

from __future__ import annotations

import asyncio
import contextlib
from types import TracebackType
from typing import Final

from telegram.error import TelegramError

from bot.telegram.page import Page
from bot.telegram.sending import Spot, edit
from bot.telegram.services import Bot

_IN_GROUPS: Final = 3  # a group takes few messages a minute, and answers need them


class Progress:
    """Called from the working thread with (done, total); the message is edited from the event loop, never late."""

    def __init__(self, bot: Bot, spot: Spot, words: str, every: float) -> None:
        self._bot = bot
        self._spot = spot
        self._words = words
        self._every = every * (_IN_GROUPS if spot.chat < 0 else 1)
        self._now: tuple[int, int] | None = None
        self._shown: tuple[int, int] | None = None
        self._stop = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def __call__(self, done: int, total: int) -> None:
        """So far; one assignment, which is safe from any thread."""
        self._now = (done, total)

    async def __aenter__(self) -> Progress:
        self._task = asyncio.create_task(self._tell())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        if self._task is not None:
            await self._task  # an edit under way must not come after the last word

    async def _tell(self) -> None:
        while not self._stop.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stop.wait(), self._every)
            if self._stop.is_set() or self._now is None or self._now == self._shown:
                continue
            self._shown = self._now
            done, total = self._shown
            with contextlib.suppress(TelegramError):
                await edit(self._bot, Page(f"{self._words} {done}/{total}…"), self._spot)
