"""In which order updates are worked on: those of one chat one after the other, those of different chats side by side.

    安娜：教育支出 | 安娜：那卫生健康呢 | 鲍里斯：…   -> 安娜's second question waits for her first, 鲍里斯 for nobody

An update that comes twice is worked on once.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable
from typing import Any, Final

from telegram import Update
from telegram.ext import BaseUpdateProcessor

from bot.telegram.taking import Taking

AT_ONCE: Final = 256
_REMEMBERED: Final = 20_000


class ByChat(BaseUpdateProcessor):
    """One queue for each chat (for inline queries: each user)."""

    def __init__(self, taking: Taking) -> None:
        super().__init__(AT_ONCE)
        self._taking = taking
        self._locks: dict[int, tuple[asyncio.Lock, int]] = {}
        self._seen: OrderedDict[int, None] = OrderedDict()

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to put away."""

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Wait for the chat's turn; pass over what has been seen."""
        if not isinstance(update, Update):
            await coroutine
            return
        if self._is_repeat(update.update_id):
            close = getattr(coroutine, "close", None)
            if close:
                close()
            return
        place = update.effective_user if update.guest_message else update.effective_chat or update.effective_user
        if place is None:
            await self._taking.through(update, coroutine)
            return
        lock, waiting = self._locks.get(place.id, (asyncio.Lock(), 0))
        self._locks[place.id] = (lock, waiting + 1)
        try:
            async with lock:
                await self._taking.through(update, coroutine)
        finally:
            waiting = self._locks[place.id][1] - 1
            if waiting:
                self._locks[place.id] = (lock, waiting)
            else:
                del self._locks[place.id]

    def _is_repeat(self, number: int) -> bool:
        if number in self._seen:
            return True
        self._seen[number] = None
        while len(self._seen) > _REMEMBERED:
            self._seen.popitem(last=False)
        return False
