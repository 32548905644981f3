"""A pressed admin button with all that its verb needs, and the two things every verb can say of a draft."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from telegram import CallbackQuery, Message

from bot.telegram.admin.codec import Order
from bot.telegram.outcome import Outcome
from bot.telegram.sending import Place, Spot, place_of
from bot.telegram.services import Bot, Context, Services
from index import Person


@dataclass(frozen=True, slots=True)
class Ordered:
    """Who pressed what under which message; they have been found to be an admin."""

    order: Order
    query: CallbackQuery
    context: Context
    services: Services
    by: Person

    @property
    def bot(self) -> Bot:
        """The bot."""
        return self.context.bot

    @property
    def spot(self) -> Spot:
        """The message the button stands under."""
        message = self.query.message
        return Spot(message.chat.id, message.message_id) if message else Spot()

    @property
    def place(self) -> Place:
        """Where something new is said."""
        if isinstance(self.query.message, Message):
            return place_of(self.query.message, quote=False)
        return Place(self.spot.chat)

    def later(self, work: Coroutine[Any, Any, None]) -> None:
        """Go on with something long after the press was answered, while the chat goes on."""
        self.context.application.create_task(work)


Verb = Callable[[Ordered], Awaitable[Outcome]]
