"""What a pressed button is and what it leads to: the values between actions and what carries them out."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from telegram import CallbackQuery
from telegram.error import TelegramError

from bot.telegram.answers import File, Look
from bot.telegram.codec import Press
from bot.telegram.page import Page
from bot.telegram.services import Context, Services, link_to
from index import Turn

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a press leads to: a line for the presser, a page for the message (or ``anew``), a file, a dialogue."""

    line: str = ""
    alert: bool = False
    page: Page | None = None
    anew: bool = False
    file: File | Path | None = None
    turn: Turn | None = None
    without: str = ""


@dataclass(frozen=True, slots=True)
class Pressed:
    """A press with all that an action needs."""

    press: Press
    query: CallbackQuery
    context: Context
    services: Services
    chat: int
    look: Look

    @property
    def message(self) -> int:
        """The message the button stands under, 0 for an inline one."""
        return self.query.message.message_id if self.query.message else 0

    @property
    def name(self) -> str:
        """The bot's own, for links."""
        return self.context.bot.username

    def link(self, token: str) -> str:
        """What reopens the card of an address."""
        return link_to(self.context.bot, token)


def answer(query: CallbackQuery, outcome: Outcome, context: Context) -> None:
    """Answer a press beside what it leads to: if Telegram is slow to take the one or refuses it, the other goes on."""

    async def answering() -> None:
        try:
            await query.answer(outcome.line or None, show_alert=outcome.alert)
        except TelegramError as error:  # too old to be answered, or the line is down
            log.info("a press was not answered: %s", type(error).__name__)

    context.application.create_task(answering())


Action = Callable[[Pressed], Awaitable[Outcome]]
