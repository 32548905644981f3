"""The command menu with the admin's commands, shown to admins alone: in their private chats and in the named groups."""

from __future__ import annotations

import contextlib
import logging

from telegram import BotCommand, BotCommandScopeChat, BotCommandScopeChatMember
from telegram.error import BadRequest, Forbidden

from bot.telegram import texts
from bot.telegram.admin.rights import COMMANDS
from bot.telegram.services import Bot, Services

log = logging.getLogger(__name__)


async def introduce(bot: Bot, services: Services) -> None:
    """At the start: the menus of all admins."""
    access = services.access
    kept = {one.user for one in services.state.people() if one.role == "admin"}
    for user in sorted({*access.owners, *access.admins, *kept}):
        await refresh(bot, services, user)


async def refresh(bot: Bot, services: Services, user: int) -> None:
    """Give or take the menu of one person, as the role now is; who has not spoken with the bot yet gets it later."""
    groups = [BotCommandScopeChatMember(chat, user) for chat in services.access.admin_chats]
    scopes = [BotCommandScopeChat(user), *groups]
    is_admin = services.access.role(user) in ("owner", "admin")
    for scope in scopes:
        with contextlib.suppress(BadRequest, Forbidden):
            if is_admin:
                await bot.set_my_commands(_commands(), scope=scope)
            else:
                await bot.delete_my_commands(scope=scope)
            if isinstance(scope, BotCommandScopeChat):
                services.work.introduced.discard(user)
                if is_admin:
                    services.work.introduced.add(user)


async def greet(bot: Bot, services: Services, user: int) -> None:
    """An admin speaks: the menu, if it could not be set before."""
    if user not in services.work.introduced:
        services.work.introduced.add(user)
        await refresh(bot, services, user)


def _commands() -> list[BotCommand]:
    everyone = [BotCommand(name, about) for name, about, _ in texts.COMMANDS]
    return [*everyone, *(BotCommand(name, f"管理：{about}") for name, about in COMMANDS)]
