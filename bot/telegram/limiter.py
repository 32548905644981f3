"""How fast the bot may speak, and what it does when Telegram or the line says no.

    sendMessage to a group -> waits for the group's 20 a minute and the 30 a second in all, then tries up to 8 times

A 429 holds up its own chat alone.  A server error or a broken line is tried again with growing pauses.  What is sent to
a group that has become a supergroup goes there.  What was wrong in the call itself is raised at once.
"""

from __future__ import annotations

import asyncio
import logging
import os
import random
import time
from collections import OrderedDict
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, Final

from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter
from telegram.ext import BaseRateLimiter

from bot.telegram.outgoing import cleaned

log = logging.getLogger(__name__)

# The library's coming way to give times; without it every 429 is a deprecation warning.
os.environ.setdefault("PTB_TIMEDELTA", "1")

Result = bool | dict[str, Any] | list[dict[str, Any]]

MOST_CHATS: Final = 5_000
_OF_THE_OLD_CHAT: Final = ("reply_parameters", "message_thread_id")  # messages are numbered anew in the new one
_FREE: Final = ("answerCallbackQuery", "answerInlineQuery", "answerGuestQuery", "getFile", "getMe", "getChatMember")


@dataclass(frozen=True, slots=True)
class Pace:
    """``burst`` calls at once, then ``rate`` a second: in all, to one chat, to one group.

    Every ``progress`` seconds a long piece of work says how far it is; files that come within ``album`` seconds belong
    together; every ``look`` seconds the bot looks for a new version of the index.  Owners hear what went wrong every
    ``tell`` seconds at most, and that Telegram was out of reach if it was for ``unreachable`` seconds; every ``probe``
    seconds it is asked for a sign.
    """

    all_rate: float = 29.0
    chat_rate: float = 1.0
    chat_burst: int = 5
    group_rate: float = 20 / 60
    group_burst: int = 18
    retries: int = 8
    pause: float = 0.3
    longest_pause: float = 10.0
    progress: float = 3.0
    album: float = 1.5
    look: float = 5.0
    tell: float = 3600.0
    unreachable: float = 600.0
    probe: float = 300.0


@dataclass(slots=True)
class Bucket:
    """Tokens that fill up with time; a caller is told how long to wait for its own."""

    rate: float
    burst: float
    tokens: float = 0.0
    at: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self.tokens = self.burst

    def take(self) -> float:
        """Take a token, perhaps one to come; the seconds until it is there."""
        now = time.monotonic()
        self.tokens = min(self.burst, self.tokens + (now - self.at) * self.rate) - 1
        self.at = now
        return max(0.0, -self.tokens / self.rate)


class Limiter(BaseRateLimiter[int]):
    """The rate limiter of the bot; ``rate_limit_args`` of a call are its number of retries."""

    def __init__(self, pace: Pace | None = None, moved: Callable[[int, int], None] = lambda old, new: None) -> None:
        self.pace = pace or Pace()
        self._moved = moved
        self._all = Bucket(self.pace.all_rate, self.pace.all_rate)
        self._chats: OrderedDict[str, Bucket] = OrderedDict()
        self._held: dict[str, float] = {}

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to put away."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Result]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Result:
        """Wait for the call's turn, make it, and make it again if that may help.  What it says is cleaned first."""
        chat = str(data["chat_id"]) if data.get("chat_id") is not None and endpoint not in _FREE else ""
        retries = self.pace.retries if rate_limit_args is None else rate_limit_args
        for attempt in range(retries + 1):
            await self._turn(chat)
            try:
                return await callback(*(cleaned(one) if one is data else one for one in args), **kwargs)
            except RetryAfter as error:
                if attempt == retries:
                    raise
                wait = _seconds(error)
                log.info("%s: told to wait %.1f s", endpoint, wait)
                if chat:
                    self._held[chat] = max(self._held.get(chat, 0.0), time.monotonic() + wait)
                else:
                    await asyncio.sleep(wait)
            except ChatMigrated as error:
                self._moved(int(data["chat_id"]), error.new_chat_id)
                if attempt == retries or not endpoint.startswith("send"):
                    raise
                data["chat_id"], chat = error.new_chat_id, str(error.new_chat_id)
                for name in _OF_THE_OLD_CHAT:
                    data.pop(name, None)
            except (BadRequest, Forbidden, InvalidToken, Conflict):
                raise
            except NetworkError as error:
                if attempt == retries:
                    raise
                log.info("%s: %s, once more", endpoint, type(error).__name__)
                pause = min(self.pace.pause * 2**attempt, self.pace.longest_pause)
                await asyncio.sleep(pause * random.uniform(0.5, 1.0))
        raise AssertionError("unreachable")

    async def _turn(self, chat: str) -> None:
        if not chat:
            return
        held = self._held.pop(chat, 0.0) - time.monotonic()
        wait = max(self._bucket(chat).take(), self._all.take(), held)
        if wait > 0:
            await asyncio.sleep(wait)

    def _bucket(self, chat: str) -> Bucket:
        bucket = self._chats.pop(chat, None)
        if bucket is None:
            group = chat.startswith(("-", "@"))
            pace = self.pace
            bucket = Bucket(pace.group_rate, pace.group_burst) if group else Bucket(pace.chat_rate, pace.chat_burst)
        self._chats[chat] = bucket
        while len(self._chats) > MOST_CHATS:
            self._chats.popitem(last=False)
        return bucket


def _seconds(error: RetryAfter) -> float:
    after = error.retry_after
    return float(after if isinstance(after, int | float) else after.total_seconds()) + 0.1
