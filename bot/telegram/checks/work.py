"""A check in a chat: under way, shown, its pages turned.

安娜 sends 草案.docx with 核对 -> 正在核对… -> what was found, [更多]
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from telegram import Message
from telegram.ext import filters

from bot.telegram import texts
from bot.telegram.admin.progress import Progress
from bot.telegram.checks.page import check_page
from bot.telegram.outcome import Outcome, Pressed
from bot.telegram.page import Page, escaped
from bot.telegram.sending import Spot, edit
from bot.telegram.services import Bot, Services
from index import Checked, Office, YusuanError, wants_check

CHECKING = "正在核对"
Found = Callable[[Office, Progress], list[Checked]]


class ForCheck(filters.MessageFilter):
    """A file with 核对 under it, of one who may only ask; in a group it has to name the bot."""

    def __init__(self, services: Services, name: Callable[[], str]) -> None:
        super().__init__(name="ForCheck")
        self._services = services
        self._bot_name = name

    def filter(self, message: Message) -> bool:
        """Whether it is one."""
        return may_check(self._services, message, self._bot_name())


def may_check(services: Services, message: Message, name: str) -> bool:
    """Whether a message is a file to be checked for somebody who may only ask, where the owner allows it."""
    if not services.settings.check_for_askers or message.document is None:
        return False
    if not wants_check(message.caption or ""):
        return _is_in_album(services, message)
    return message.chat.type == "private" or f"@{name}".lower() in (message.caption or "").lower()


def _is_in_album(services: Services, message: Message) -> bool:
    """Whether a file without a caption came in an album of which another bears it."""
    group, user = message.media_group_id, message.from_user
    batches = services.work.batches.values()
    return any(
        one.check and user is not None and one.by.id == user.id and one.place.chat == message.chat.id
        and group in one.groups
        for one in batches
    )  # fmt: skip


async def check(bot: Bot, spot: Spot, services: Services, found: Found, *, admin: bool, alone: bool) -> None:
    """Do the work, and show what was found in the place of a message."""
    try:
        async with Progress(bot, spot, CHECKING, services.pace.progress) as progress:
            results = await services.clerk.check(lambda office: found(office, progress))
    except YusuanError as error:
        await edit(bot, Page(escaped(str(error))), spot)
        return
    except Exception:
        await edit(bot, Page("没有核对成，程序出了问题。"), spot)
        raise
    kept = services.checks.keep(spot.chat, results, alone=alone)
    await edit(bot, check_page(kept, 0, admin=admin), spot)


def examined(files: list[Path]) -> Found:
    """The check of files that were fetched."""

    def found(office: Office, progress: Progress) -> list[Checked]:
        progress(0, len(files))
        return office.examine(files, progress=progress)

    return found


async def turn(pressed: Pressed) -> Outcome:
    """Another page, for whoever is in the chat."""
    kept = pressed.services.checks.get(pressed.press.token, pressed.chat)
    if kept is None:
        return Outcome(texts.CHECK_GONE, alert=True)
    admin = pressed.services.access.administers(pressed.query.from_user.id, pressed.chat)
    return Outcome(page=check_page(kept, pressed.press.page, admin=admin))
