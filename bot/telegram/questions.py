"""Questions: plain ones in private, addressed ones in groups, edited ones; each becomes one message.

    安娜：上党区2023年教育支出         -> card
    安娜：那卫生健康呢 (as a reply)    -> card, same place and year
    安娜 edits her question           -> the same card is changed

A dialogue goes on from the message replied to; in private, without a reply, from the last answer.
"""

from __future__ import annotations

import re
import time

from telegram import Message, Update

from bot.telegram import picturing, texts
from bot.telegram.answers import File, Look
from bot.telegram.desk_work import answered
from bot.telegram.digest import digest
from bot.telegram.page import Page
from bot.telegram.sending import Spot, edit, place_of, say, send, send_file
from bot.telegram.services import Context, Services, services_of
from bot.telegram.state import DISPUTED, Answered
from index import Said, Turn, says_nothing, wish_of

LONGEST = 1_000
_FULL_SLASH = re.compile(r"\s*[／、]\s?([A-Za-z_]{1,32})\b")  # no client takes it for a command
_WHO = re.compile(r"(?:^|(?<=\s))[@＠][^\s@＠]{1,32}(?=\s|$)")  # 上党区2023年教育支出 @老王: for whom it is


async def on_private(update: Update, context: Context) -> None:
    """A plain question in a private chat, or an edit of one."""
    message = update.effective_message
    text = said_in(message)
    if message is None or not text or _is_our_card(message, context):
        return
    if message.caption and text.strip().lower() == f"@{context.bot.username}".lower():  # a file, and nothing asked
        await say(context.bot, texts.ONLY_TEXT, place_of(message))
        return
    if named := _FULL_SLASH.match(text):
        await say(context.bot, texts.FULL_SLASH.format(name=named[1].lower()), place_of(message))
        return
    await respond(context, message, text)


async def on_group(update: Update, context: Context) -> None:
    """A message in a group: answered if it is a reply to the bot or mentions it; the mention alone, as a reply to
    somebody's question, means that question."""
    message = update.effective_message
    if message is None or not said_in(message) or _is_our_card(message, context):
        return
    question = addressed(message, context)
    if question:
        await respond(context, message, question)


async def respond(context: Context, message: Message, question: str) -> None:
    """Answer a question with one message, or change the answer when the question was edited or came twice."""
    services, user = services_of(context), message.from_user
    chat, asker = message.chat.id, user.id if user else 0
    question = _WHO.sub(" ", question).strip() or question
    before = services.state.answer_to(chat, message.message_id)
    if before is not None and message.edit_date is None:  # a process ended before it had noted this message as done
        if before.owes:
            _, _, file = await _worked_out(context, message, question[:LONGEST], before.base)
            await _send_file(context, message, file, before.message)
        return
    if not services.state.use(asker, services.settings.quota):
        await say(context.bot, texts.QUOTA.format(quota=services.settings.quota), place_of(message))
        return
    began = time.monotonic()
    base = before.base if before else _base(services, message, context)
    wish = wish_of(question[:LONGEST])
    if wish is not None and not wish.question:
        shown = await picturing.of_last(context, message, wish, base)
        services.state.keep_answer(chat, message.message_id, Answered(shown, asker, base))
        return
    turn, page, file = await _worked_out(context, message, question[:LONGEST], base)
    if turn.said is not None and turn.said.small and message.chat.type != "private":
        return  # a word of thanks in a group is not answered
    if before is not None:
        shown = await edit(context.bot, page, Spot(chat, before.message))
    else:
        shown = await send(context.bot, page, place_of(message))
    took = time.monotonic() - began
    _keep(services, message, question, Answered(shown, asker, base, owes=file is not None), turn)
    if turn.said is None:
        services.state.count(turn.detail.answer.status, took)
    await _send_file(context, message, file, shown, wish.kind if wish else "")


async def _send_file(
    context: Context, message: Message, file: File | None, before: int | None = None, wished: str = ""
) -> None:
    """What belongs to the answer and does not fit into a message; ``before`` is the message with the answer,
    ``wished`` the kind of picture."""
    if file is not None:
        sent = await send_file(context.bot, file, place_of(message))
        if file.photo and before is not None:
            picturing.keep(services_of(context), message.chat.id, before, sent, wished)
        services_of(context).state.keep_sent(message.chat.id, message.message_id)


async def _worked_out(context: Context, message: Message, question: str, base: int) -> tuple[Turn, Page, File | None]:
    """The answer and its page, made in another process."""
    services, chat = services_of(context), message.chat.id
    settings = services.state.settings(chat)
    state = services.state.dialogue(chat, base) if base else None
    offer = not settings.region and not settings.offered
    web = services.settings.mini_app if chat > 0 else ""  # Telegram opens pages from private chats alone
    look = Look(settings.unit, settings.rich, offer_home=offer, web=web)
    name = context.bot.username
    wish = wish_of(question)
    if wish is not None:
        turn, page, file = await services.desks.run(
            picturing.pictured, wish, question, state, settings.region, look, name
        )
    else:
        turn, page, file = await services.desks.run(answered, question, state, settings.region, look, name)
    if offer and turn.detail.region and turn.detail.answer.status == "answered" and turn.view is None:
        services.state.change(chat, offered=True)
    return turn, page, file


def _base(services: Services, message: Message, context: Context) -> int:
    """The message of the bot whose dialogue this question goes on from; 0 for a fresh start."""
    reply = message.reply_to_message
    if reply is not None and reply.from_user is not None and reply.from_user.id == context.bot.id:
        return reply.message_id
    if message.chat.type == "private":
        last = services.state.dialogue(message.chat.id, 0)
        return int(last["message"]) if last else 0
    return 0


def _keep(services: Services, message: Message, question: str, sent: Answered, turn: Turn) -> None:
    """Note the answer and what follow-ups go on from, all at once."""
    chat = services.state.current(message.chat.id)  # the group may have become a supergroup meanwhile
    with services.state.together():
        services.state.keep_answer(message.chat.id, message.message_id, sent)
        services.state.keep_dialogue(chat, sent.message, turn.state)
        goes_on = turn.said is None or turn.said.kind == "unit" or bool(turn.said.of)
        if message.chat.type == "private" and goes_on:
            services.state.keep_dialogue(chat, 0, {"message": sent.message})
    answer = turn.detail.answer
    if turn.said is not None:
        if turn.said.kind == "wrong" and turn.state:
            _note_wrong(services, turn)
    elif answer.status != "answered":
        text = question if services.settings.keep_questions else None
        services.state.keep_unanswered(digest(question), text, answer.reading, answer.status)


def _note_wrong(services: Services, turn: Turn) -> None:
    """不对: for the admins' list, with the question it is said of; the asker is told so."""
    said = turn.said or Said("wrong")
    text = f"{said.of or (turn.state or {}).get('text', '')} → {said.words}"
    services.state.keep_unanswered(digest(text), text, said.reading or turn.detail.answer.reading, DISPUTED)


def _is_our_card(message: Message, context: Context) -> bool:
    """A result of our own inline mode, sent into a chat with us."""
    return message.via_bot is not None and message.via_bot.id == context.bot.id


def said_in(message: Message | None) -> str:
    """The text of a message, or what is written under its photo or file."""
    return (message.text or message.caption or "") if message is not None else ""


def without_mention(text: str, context: Context) -> str:
    """What is said to the bot."""
    name = re.escape(context.bot.username)
    return re.sub(rf"@{name}\b", " ", text, flags=re.IGNORECASE).strip()


def addressed(message: Message, context: Context) -> str:
    """The question put to the bot in a group, without the mention; "" if the message is not for it."""
    text, reply = said_in(message), message.reply_to_message
    bare = without_mention(text, context)
    if bare != text.strip():
        others = reply is not None and (reply.from_user is None or reply.from_user.id != context.bot.id)
        own = "" if others and says_nothing(bare) else bare
        return own or (without_mention(said_in(reply), context) if others else "")
    if reply is not None and reply.from_user is not None and reply.from_user.id == context.bot.id:
        return "" if reply.forum_topic_created is not None else bare
    return ""
