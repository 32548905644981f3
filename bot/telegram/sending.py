"""Pages out: sent into the chat and topic of a message, or put in the place of what a message says now.

    await send(bot, page, to=Place(chat, topic, reply_to))      await edit(bot, page, at=Spot(chat, message))

"Not modified" is no error.  A message that cannot be edited any more is sent anew where there is a chat to send it to.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any, Final

from telegram import LinkPreviewOptions, Message, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, EndPointNotFound

from bot.telegram.answers import File
from bot.telegram.page import Page
from bot.telegram.services import Bot

log = logging.getLogger(__name__)

_NO_PREVIEW: Final = LinkPreviewOptions(is_disabled=True)
# Spelled so that the library takes it for a method it does not know: its own has no parameter for rich messages.
_EDIT_TEXT: Final = "editMessage_text"
_GONE: Final = ("message to edit not found", "message can't be edited", "message_id_invalid")


@dataclass(frozen=True, slots=True)
class Place:
    """Where to say something new; ``reply_to`` 0 is no reply."""

    chat: int
    topic: int | None = None
    reply_to: int = 0


@dataclass(frozen=True, slots=True)
class Spot:
    """A message of the bot: in a chat, or sent through inline mode."""

    chat: int = 0
    message: int = 0
    inline: str = ""


def place_of(message: Message, *, quote: bool | None = None) -> Place:
    """The chat and topic of a message; in groups as a reply to it."""
    topic = message.message_thread_id if message.is_topic_message else None
    in_group = message.chat.type != "private"
    return Place(message.chat.id, topic, message.message_id if (in_group if quote is None else quote) else 0)


async def send(bot: Bot, page: Page, to: Place) -> int:
    """Send a page; the id of the message."""
    if page.rich:
        try:
            return await _send_rich(bot, page, to)
        except (BadRequest, EndPointNotFound) as error:
            log.info("no rich message here (%s), sending a classic one", type(error).__name__)
    sent = await bot.send_message(
        to.chat, page.html, parse_mode=ParseMode.HTML, link_preview_options=_NO_PREVIEW, reply_markup=page.markup,
        message_thread_id=to.topic, reply_parameters=_reply(to),
    )  # fmt: skip
    return sent.message_id


async def say(bot: Bot, text: str, to: Place) -> int:
    """Send a plain line."""
    sent = await bot.send_message(
        to.chat, text, link_preview_options=_NO_PREVIEW, message_thread_id=to.topic, reply_parameters=_reply(to)
    )
    return sent.message_id


async def send_file(bot: Bot, file: File, to: Place) -> int:
    """Send a file, or a picture; the id of the message."""
    more: dict[str, Any] = {
        "caption": file.caption or None, "filename": file.name, "reply_markup": file.markup,
        "message_thread_id": to.topic, "reply_parameters": _reply(to),
    }  # fmt: skip
    if file.photo:
        return (await bot.send_photo(to.chat, file.content, **more)).message_id
    return (await bot.send_document(to.chat, file.path or file.content, **more)).message_id


async def edit(bot: Bot, page: Page, at: Spot) -> int:
    """Put a page in the place of a message; the id of the message that now shows it (0 for an inline one)."""
    try:
        return await _edit(bot, page, at)
    except ChatMigrated as error:  # what was said before cannot be changed any more
        return await send(bot, page, Place(error.new_chat_id))


async def _edit(bot: Bot, page: Page, at: Spot) -> int:
    where: dict[str, Any] = (
        {"inline_message_id": at.inline} if at.inline else {"chat_id": at.chat, "message_id": at.message}
    )
    if page.rich and not at.inline:
        try:
            await bot.do_api_request(_EDIT_TEXT, api_kwargs={**where, **_rich(page)})
            return at.message
        except (BadRequest, EndPointNotFound) as error:
            if _is_same(error):
                return at.message
            log.info("no rich message here (%s), editing a classic one", type(error).__name__)
    try:
        await bot.edit_message_text(
            page.html, parse_mode=ParseMode.HTML, link_preview_options=_NO_PREVIEW, reply_markup=page.markup, **where
        )
    except BadRequest as error:
        if _is_same(error):
            return at.message
        if at.inline or not any(reason in str(error).lower() for reason in _GONE):
            raise
        return await send(bot, page, Place(at.chat))
    return at.message


async def _send_rich(bot: Bot, page: Page, to: Place) -> int:
    more: dict[str, Any] = {"chat_id": to.chat}
    if to.topic is not None:
        more["message_thread_id"] = to.topic
    if to.reply_to:
        more["reply_parameters"] = _reply(to)
    sent = await bot.do_api_request("sendRichMessage", api_kwargs={**more, **_rich(page)}, return_type=Message)
    assert isinstance(sent, Message)
    return sent.message_id


def _rich(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = {"rich_message": {"html": page.rich, "skip_entity_detection": True}}
    if page.markup is not None:
        found["reply_markup"] = page.markup
    return found


def _reply(to: Place) -> ReplyParameters | None:
    return ReplyParameters(to.reply_to, allow_sending_without_reply=True) if to.reply_to else None


def _is_same(error: BaseException) -> bool:
    return "not modified" in str(error).lower()
