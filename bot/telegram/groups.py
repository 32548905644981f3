"""Groups that become supergroups: they get another number, and keep what they had.

    「教育支出」 is asked in -4000001, which becomes -1009000000002 meanwhile -> the answer is sent there

Telegram says so in both chats, and refuses what is sent to the old number; whatever comes first counts.  Before a group
is taken for a foreign one Telegram is asked what became of those that are listed: its words may have been missed.
"""

from __future__ import annotations

import contextlib
import logging
from typing import Final

from telegram import Update
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.telegram.access import Access
from bot.telegram.state import HOUR, State

log = logging.getLogger(__name__)

_SUPERGROUPS: Final = -1_000_000_000_000  # numbers from here on downwards


class Groups:
    """Notes new numbers in the state, which ``access`` goes by."""

    def __init__(self, state: State, access: Access) -> None:
        self._state = state
        self._access = access
        self._asked: dict[int, int] = {}

    def hear(self, update: Update) -> None:
        """What Telegram says in either chat."""
        message = update.message
        if message is None:
            return
        if message.migrate_to_chat_id:
            self.moved(message.chat.id, message.migrate_to_chat_id)
        elif message.migrate_from_chat_id:
            self.moved(message.migrate_from_chat_id, message.chat.id)

    def moved(self, old: int, new: int) -> None:
        """A group got another number; to hear of it again changes nothing."""
        if self._state.current(old) != new:
            log.info("group %s is %s now", old, new)
            self._state.move_chat(old, new)

    async def is_known(self, chat: int, bot: ExtBot[int]) -> bool:
        """Whether a group that is not listed was, under its old number; Telegram is asked once an hour for each."""
        access, now = self._access, self._state.now()
        if access.allows_group(chat) or chat > _SUPERGROUPS or self._asked.get(chat, 0) > now - HOUR:
            return access.allows_group(chat)
        self._asked = {one: at for one, at in self._asked.items() if at > now - HOUR} | {chat: now}
        for listed in access.chats | access.admin_chats:
            if _SUPERGROUPS < listed < 0 and self._state.current(listed) == listed:
                with contextlib.suppress(TelegramError):  # the limiter takes note of a new number
                    await bot.get_chat(listed)
        return access.allows_group(chat)
