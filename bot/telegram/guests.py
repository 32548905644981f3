"""Guest messages: somebody mentions the bot in a chat it is no member of; it answers once, knowing nothing of the chat.

    安娜 in a chat without the bot: @bot 上党区2023年教育支出 -> the card        @bot alone, as a reply -> that question

Such a chat's number may be that of another chat, so that nothing is kept or looked up under it: whether one may ask,
the unit and the place are those of the asker, as for inline mode.
"""

from __future__ import annotations

import contextlib

from telegram import InlineQueryResultArticle, InputTextMessageContent, Message, Update
from telegram.error import TelegramError

from bot.telegram import texts
from bot.telegram.answers import Look
from bot.telegram.desk_work import answered
from bot.telegram.inline import article
from bot.telegram.questions import LONGEST, said_in, without_mention
from bot.telegram.services import Context, services_of


async def on_guest(update: Update, context: Context) -> None:
    """Answer a guest message; small talk and what asks nothing get no answer."""
    message, user = update.guest_message, update.effective_user
    if message is None or user is None or not message.guest_query_id:
        return
    services, question = services_of(context), asked_in(message, context)
    if not question:
        await tell(message, context, texts.GUEST)
        return
    if not services.state.use(user.id, services.settings.quota):
        await tell(message, context, texts.QUOTA.format(quota=services.settings.quota))
        return
    settings = services.state.settings(user.id)  # those of the private chat
    look = Look(settings.unit, inline=True)
    name = context.bot.username
    turn, page, _ = await services.desks.run(answered, question[:LONGEST], None, settings.region, look, name)
    if turn.said is not None and turn.said.small:
        return
    await context.bot.answer_guest_query(message.guest_query_id, article(turn, page, look))


async def turn_away(message: Message, context: Context) -> None:
    """A stranger hears so once in a while, others' chats are not filled with it."""
    user = message.from_user
    if user is not None and services_of(context).state.may_notify(user.id):
        await tell(message, context, texts.STRANGER_SHORT)


async def tell(message: Message, context: Context, line: str) -> None:
    """One line instead of an answer."""
    result = InlineQueryResultArticle("line", line[:60], InputTextMessageContent(line))
    with contextlib.suppress(TelegramError):
        await context.bot.answer_guest_query(message.guest_query_id or "", result)


def asked_in(message: Message, context: Context) -> str:
    """The question without the mention; with the mention alone, that of the message replied to."""
    return without_mention(said_in(message), context) or without_mention(said_in(message.reply_to_message), context)
