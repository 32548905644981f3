"""Between Telegram and the handlers: a message is kept in the chats' file until it has been answered.

    getUpdates -> 「上党区2023年教育支出」 is kept -> queue -> answered -> done     killed before: at the next start

The updater asks for more, and the receiver of a webhook says 200, only after ``put``: what Telegram takes for delivered
is kept.  A question whose answer could not be sent because the line is down is tried again, and what comes behind it in
its chat waits: a question that goes on from it must not be answered for the one before.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any, Final

from telegram import Bot, Update

from bot.telegram.limiter import Pace
from bot.telegram.notes import Notes
from bot.telegram.state import State, StateError

log = logging.getLogger(__name__)

MOST_TRIES: Final = 100  # with which so many processes did not come to an end is likely what ends them
_LOOK: Final = 0.2


class Taking(asyncio.Queue[object]):
    """The queue of the application; ``attend`` tells it how to handle an update anew and whether the bot still runs."""

    def __init__(self, state: State, pace: Pace, notes: Notes) -> None:
        super().__init__()
        self._notes = notes
        self._state = state
        self._pace = pace
        self._unsent: set[int] = set()
        self._again: Callable[[Update], Awaitable[Any]] | None = None
        self._runs: Callable[[], bool] = lambda: False

    def attend(self, again: Callable[[Update], Awaitable[Any]], runs: Callable[[], bool]) -> None:
        """Set what is only known once there is an application."""
        self._again, self._runs = again, runs

    async def put(self, item: object) -> None:
        """Keep a message, then queue it; what was taken before is passed over."""
        if isinstance(item, Update) and is_kept(item) and not self._is_new(item):
            log.info("update %s has come again", item.update_id)
            return
        await super().put(item)

    def _is_new(self, update: Update) -> bool:
        try:
            return self._state.take(update.update_id, update.to_json())
        except (StateError, TypeError, ValueError) as error:  # a full disk: better answered and not kept than neither
            log.error("update %s could not be kept: %s", update.update_id, error)
            return True

    async def bring_back(self, bot: Bot) -> None:
        """Queue what an earlier process took and did not answer, before anything new."""
        for id, body, tries in self._state.pending():
            update = self._read(body, bot) if tries < MOST_TRIES else None
            if update is None:
                log.warning("update %s is given up after %d tries", id, tries)
                self._notes.note("given_up")
                self._state.done(id)
            else:
                await super().put(update)

    def _read(self, body: str, bot: Bot) -> Update | None:
        try:
            return Update.de_json(json.loads(body), bot)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            log.error("a message that was kept cannot be read: %s", type(error).__name__)
            return None

    def unsent(self, update: object) -> None:
        """The line was down when it was to be answered: it is not done."""
        if isinstance(update, Update) and is_kept(update):
            self._unsent.add(update.update_id)

    async def through(self, update: Update, handling: Awaitable[Any]) -> None:
        """Handle an update until it is done or the bot stops; what is not done then is for the next start."""
        if is_kept(update):
            self._noted(self._state.begin, update)
        await handling
        pause = self._pace.pause
        while update.update_id in self._unsent:
            self._unsent.discard(update.update_id)
            if self._again is None or not await self._rested(pause):
                return
            pause = min(2 * pause, self._pace.longest_pause)
            await self._again(update)
        if is_kept(update):
            self._noted(self._state.done, update)

    def _noted(self, note: Callable[[int], None], update: Update) -> None:
        try:
            note(update.update_id)
        except StateError as error:
            log.error("update %s: %s", update.update_id, error)

    async def _rested(self, seconds: float) -> bool:
        """Wait; False as soon as the bot is to stop."""
        until = asyncio.get_running_loop().time() + seconds
        while self._runs() and (left := until - asyncio.get_running_loop().time()) > 0:
            await asyncio.sleep(min(left, _LOOK))
        return self._runs()


def is_kept(update: Update) -> bool:
    """Messages and edited ones.  A button can be pressed again, and what it orders must not happen twice."""
    return update.message is not None or update.edited_message is not None
