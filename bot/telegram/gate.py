"""The one gate before all handlers: whoever may not ask gets one polite line, and nothing else happens.

Messages, edits, button presses and inline queries all pass here: the last two come from anywhere, whatever group the
bot is in.  A foreign group is left, if the settings say so.
"""

from __future__ import annotations

import contextlib

from telegram import Chat, InlineQueryResultsButton, Message, Update
from telegram.error import TelegramError
from telegram.ext import ApplicationHandlerStop

from bot.telegram import guests, texts
from bot.telegram.sending import Place, place_of, say
from bot.telegram.services import Context, services_of


async def gate(update: Update, context: Context) -> None:
    """Let an update pass, or stop it here."""
    if update.my_chat_member is not None:
        return
    user, chat = update.effective_user, update.effective_chat
    services = services_of(context)
    services.groups.hear(update)
    if update.guest_message is not None:  # in a chat of others, whose number says nothing
        allowed = services.access.allows(user.id if user else None, None)
        await (guests.on_guest(update, context) if allowed else guests.turn_away(update.guest_message, context))
        raise ApplicationHandlerStop
    asker, place = user.id if user else None, chat.id if chat else None
    if services.access.allows(asker, place):
        return
    in_group = place is not None and place < 0 and await services.groups.is_known(place, context.bot)
    if in_group and services.access.allows(asker, place):
        return
    with contextlib.suppress(TelegramError):
        await _turned_away(update, context)
    raise ApplicationHandlerStop


async def _turned_away(update: Update, context: Context) -> None:
    user = update.effective_user
    if update.callback_query is not None:
        await update.callback_query.answer(texts.STRANGER_SHORT, show_alert=True)
    elif update.inline_query is not None:
        button = InlineQueryResultsButton(texts.INLINE_STRANGER, start_parameter="help")
        await update.inline_query.answer([], cache_time=10, is_personal=True, button=button)
    elif update.message is not None and user is not None:
        if update.message.chat.type == Chat.PRIVATE:
            if services_of(context).state.may_notify(user.id):
                await say(context.bot, texts.STRANGER.format(user=user.id), place_of(update.message))
        elif _is_for_us(update.message, context):
            await _foreign_group(update.message, context)


async def _foreign_group(message: Message, context: Context) -> None:
    services = services_of(context)
    if services.settings.leave_groups:
        await leave(message.chat.id, context, place_of(message))
    elif services.state.may_notify(message.chat.id):
        await say(context.bot, texts.FOREIGN_GROUP_STAY.format(chat=message.chat.id), place_of(message))


async def leave(chat: int, context: Context, place: Place | None = None) -> None:
    """Say why, and go."""
    with contextlib.suppress(TelegramError):
        await say(context.bot, texts.FOREIGN_GROUP.format(chat=chat), place or Place(chat))
    await context.bot.leave_chat(chat)


async def on_membership(update: Update, context: Context) -> None:
    """The bot was added to a chat, or removed from one."""
    change, services = update.my_chat_member, services_of(context)
    if change is None or change.chat.type == Chat.PRIVATE:
        return
    there = change.new_chat_member.status in ("member", "administrator", "restricted")
    known = there and await services.groups.is_known(change.chat.id, context.bot)
    if there and not known and services.settings.leave_groups:
        await leave(change.chat.id, context)
    elif known and not services.state.former(change.chat.id) and change.old_chat_member.status in ("left", "kicked"):
        await say(context.bot, "大家好，用 /q 提问，或者回复我的消息接着问。/help 看说明。", Place(change.chat.id))


def _is_for_us(message: Message, context: Context) -> bool:
    """A group talks to the bot: a command, a mention, a reply."""
    reply = message.reply_to_message
    if reply is not None and reply.from_user is not None and reply.from_user.id == context.bot.id:
        return True
    text = message.text or message.caption or ""
    return text.startswith("/") or f"@{context.bot.username}".lower() in text.lower()
