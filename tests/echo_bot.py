"""A small Application of python-telegram-bot with a handler for everything; it answers with what it was told."""

from __future__ import annotations

import asyncio
import io
from typing import Any

from telegram import (
    BotCommandScopeAllPrivateChats,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    Update,
)
from telegram.error import BadRequest, NetworkError, RetryAfter
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    ChosenInlineResultHandler,
    CommandHandler,
    ContextTypes,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from tests.standin.world import World

Context = ContextTypes.DEFAULT_TYPE
BUTTONS = InlineKeyboardMarkup([[InlineKeyboardButton("再答", callback_data="again")]])


async def patiently(call: Any) -> Any:
    """Again after an overload, a server error or a lost connection."""
    for _ in range(20):
        try:
            return await call()
        except RetryAfter as error:
            wait = error.retry_after
            await asyncio.sleep(wait if isinstance(wait, int | float) else wait.total_seconds())
        except BadRequest:
            raise
        except NetworkError:
            await asyncio.sleep(0)
    raise AssertionError("no luck in 20 attempts")


async def echo(update: Update, context: Context) -> None:
    message = update.effective_message
    assert message is not None and message.text is not None
    text, key = f"<b>答</b> {message.text}", (message.chat_id, message.id)
    if update.edited_message:
        while key not in context.bot_data:  # the answer stands in the chat before this side knows its number
            await asyncio.sleep(0.001)
        await context.bot_data[key].edit_text(text, parse_mode="HTML")
        return
    sent = await patiently(lambda: message.reply_text(text, parse_mode="HTML", do_quote=True, reply_markup=BUTTONS))
    context.bot_data[key] = sent


async def start(update: Update, context: Context) -> None:
    assert update.message
    await update.message.reply_text(f"开始 {' '.join(context.args or [])}", reply_markup=ForceReply(selective=True))


async def press(update: Update, context: Context) -> None:
    query = update.callback_query
    assert query
    await query.answer(f"收到 {query.data}")
    await query.edit_message_text(f"改成 {query.data}", reply_markup=BUTTONS)


async def inline(update: Update, context: Context) -> None:
    query = update.inline_query
    assert query
    content = InputTextMessageContent(f"<b>卡</b> {query.query}", parse_mode="HTML")
    results = [InlineQueryResultArticle("1", query.query or "空", content, reply_markup=BUTTONS)]
    button = InlineQueryResultsButton("问法", start_parameter="help")
    await query.answer(results, cache_time=5, is_personal=True, button=button)


async def file(update: Update, context: Context) -> None:
    message = update.message
    assert message and message.document
    content = await (await message.document.get_file()).download_as_bytearray()
    await message.reply_document(
        io.BytesIO(bytes(content)[::-1]), filename="倒.txt", caption="<i>倒过来</i>", parse_mode="HTML"
    )


async def seen(update: Update, context: Context) -> None:
    changed = update.my_chat_member
    if changed and changed.new_chat_member.status == "member" and changed.chat.type != "private":
        await context.bot.send_message(changed.chat.id, "大家好")


async def began(application: Application) -> None:
    await application.bot.set_my_commands([("q", "查询")], scope=BotCommandScopeAllPrivateChats())
    await application.bot.set_my_description("预算问答")


def application(world: World) -> Application:
    """A small bot with a handler for everything."""
    builder = Application.builder().token(world.token).base_url(world.base_url).base_file_url(world.base_file_url)
    made = builder.concurrent_updates(True).post_init(began).build()
    made.add_handlers(
        [
            CommandHandler("start", start),
            MessageHandler(filters.Document.ALL, file),
            MessageHandler(filters.TEXT & ~filters.VIA_BOT, echo),
            CallbackQueryHandler(press),
            InlineQueryHandler(inline),
            ChosenInlineResultHandler(seen),
            ChatMemberHandler(seen, ChatMemberHandler.MY_CHAT_MEMBER),
        ]
    )
    return made
