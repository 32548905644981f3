"""What every handler has at hand, kept once in the application's bot data.

services_of(context).desks, .state, .access, .settings
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, cast

from telegram.ext import Application, CallbackContext, ExtBot

from bot.settings import Settings
from bot.telegram.access import Access
from bot.telegram.admin.attempts import Attempts
from bot.telegram.admin.clerk import Clerk
from bot.telegram.admin.work import Work
from bot.telegram.checks.memory import Memory
from bot.telegram.codec import link
from bot.telegram.desks import Desks
from bot.telegram.groups import Groups
from bot.telegram.limiter import Pace
from bot.telegram.notes import Line, Notes
from bot.telegram.state import State
from bot.telegram.taking import Taking

Bot = ExtBot[int]
Context = CallbackContext[Bot, dict[Any, Any], dict[Any, Any], dict[Any, Any]]
App = Application[Bot, Context, dict[Any, Any], dict[Any, Any], dict[Any, Any], Any]

_KEY = "services"


@dataclass(frozen=True, slots=True)
class Services:
    """Made by ``app``, closed when the application shuts down."""

    settings: Settings
    desks: Desks
    state: State
    access: Access
    clerk: Clerk
    pace: Pace
    taking: Taking
    notes: Notes
    line: Line
    groups: Groups
    work: Work = field(default_factory=Work)
    attempts: Attempts = field(default_factory=Attempts)
    checks: Memory = field(default_factory=Memory)


def keep(app: App, services: Services) -> None:
    """Put the services where handlers find them."""
    app.bot_data[_KEY] = services


def services_in(app: App) -> Services:
    """The services of an application."""
    return cast(Services, app.bot_data[_KEY])


def services_of(context: Context) -> Services:
    """The services of this application."""
    return cast(Services, context.bot_data[_KEY])


def link_to(bot: Bot, token: str) -> str:
    """t.me/<bot>?start=…: reopens a card; "" without an address."""
    return link(bot.username, token)
