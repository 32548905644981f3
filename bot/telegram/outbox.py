"""What the bot says by itself: looks for new versions, and for what owners should hear of, and sends what waits in the
outbox, one message at a time.

A message leaves the outbox once Telegram has it.  Answers go first: there is never more than one digest under way, and
it takes its turn in the limiter like everything else.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import Final

from telegram.error import BadRequest, Forbidden, TelegramError

from bot.telegram.announce import digest_page, look
from bot.telegram.sending import Place, send
from bot.telegram.services import Bot, Services
from bot.telegram.state import Waiting
from index import YusuanError

log = logging.getLogger(__name__)

MOST_TRIES: Final = 50
_NOBODY: Final = ("chat not found", "user is deactivated", "peer_id_invalid", "not enough rights", "have no rights")


class Outbox:
    """Runs beside the handlers from the start of the application to its end."""

    def __init__(self, services: Services, bot: Bot) -> None:
        self._services = services
        self._bot = bot
        self._stop = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Begin; the event loop runs."""
        self._tasks = [asyncio.create_task(one()) for one in (self._looking, self._sending, self._tending)]

    async def stop(self) -> None:
        """Finish the message under way, so that it is not sent again at the next start."""
        self._stop.set()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _looking(self) -> None:
        while not self._stop.is_set():
            try:
                await look(self._services, self._bot)
            except (YusuanError, OSError) as error:
                log.warning("looking for a new version: %s", error)
            except Exception:
                log.exception("looking for a new version")
            await self._pause(self._services.pace.look)

    async def _tending(self) -> None:
        """Tell the owners what went wrong, and see whether the line is back."""
        while not self._stop.is_set():
            try:
                await self._services.line.probe(self._bot)
                self._services.notes.tell()
            except Exception:
                log.exception("telling the owners")
            await self._pause(self._services.pace.look)

    async def _sending(self) -> None:
        while not self._stop.is_set():
            waiting = self._services.state.next_waiting()
            if waiting is None or not await self._sent(waiting):
                await self._pause(self._services.pace.look)

    async def _sent(self, waiting: Waiting) -> bool:
        """Send one; False if it has to wait."""
        state = self._services.state
        if waiting.version > 0 and not self._may_hear(waiting.chat):
            state.unwatch(waiting.chat)
            state.sent(waiting.id)
            return True
        try:
            await send(self._bot, digest_page(waiting.html, waiting.version), Place(waiting.chat))
        except Forbidden:
            state.unwatch(waiting.chat)
        except BadRequest as error:
            log.warning("a digest was refused: %s", error)
            if any(words in str(error).lower() for words in _NOBODY):
                state.unwatch(waiting.chat)
        except TelegramError as error:
            log.info("a digest has to wait: %s", type(error).__name__)
            if waiting.tries < MOST_TRIES:
                state.hold_back(waiting.id)
                return False
        state.sent(waiting.id)
        return True

    def _may_hear(self, chat: int) -> bool:
        """Whether the chat still may ask: who was kept out is told nothing any more."""
        access = self._services.access
        return access.allows(chat, chat) if chat > 0 else access.allows_group(chat)

    async def _pause(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._stop.wait(), seconds)
