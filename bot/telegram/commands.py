"""Commands: /start with sample questions and deep links, /q and its relatives, the menus.

/start c140404_2023_gp-exp-205_--g_211j4 -> the card of that link        /trend 上党区 教育支出 -> the years
"""

from __future__ import annotations

from typing import Any

from telegram import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    InlineKeyboardMarkup,
    Update,
)
from telegram.ext import CommandHandler, filters

from bot.telegram import menus, texts
from bot.telegram.acts import help_text, help_with
from bot.telegram.answers import Look
from bot.telegram.buttons import button
from bot.telegram.codec import from_start
from bot.telegram.desk_process import Overdue
from bot.telegram.desk_work import ranking, reopened, samples, sets_beside
from bot.telegram.page import Page
from bot.telegram.questions import respond, said_in
from bot.telegram.sending import place_of, say, send
from bot.telegram.services import Bot, Context, Services, services_of
from index import Turn, YusuanError

SPOKEN = filters.VOICE | filters.AUDIO | filters.VIDEO_NOTE
_ALL_COMPARED = "对比"
_ALL_YEARS = "历年"


class Command(CommandHandler[Context, Any]):
    """A command, also under a photo or a file, where the library does not look for one."""

    def check_update(self, update: object) -> Any:
        """The words behind the command, as the library gives them; None if it is another one, or none."""
        message = update.effective_message if isinstance(update, Update) else None
        if message is None or not message.caption:
            return super().check_update(update)
        first, *args = message.caption.split() or [""]
        name, _, whose = first.lower().partition("@")
        mine = whose in ("", message.get_bot().username.lower())
        if not name.startswith("/") or name[1:] not in self.commands or not mine:
            return None
        passed = self.filters.check_update(update)  # type: ignore[arg-type]
        return (args, passed) if passed else False


async def on_start(update: Update, context: Context) -> None:
    """Greet, or reopen the card of a link."""
    message = update.effective_message
    if message is None:
        return
    parameter = (context.args or [""])[0]
    if parameter == "help":
        await on_help(update, context)
        return
    page, turn = None, None
    if parameter:
        page, turn = await _reopened(context, message.chat.id, parameter)
    if page is None:
        page = await _greeting(context, texts.GONE if parameter else "")
    shown = await send(context.bot, page, place_of(message))
    if turn is not None:
        state = services_of(context).state
        state.keep_dialogue(message.chat.id, shown, turn.state)
        if message.chat.type == "private":
            state.keep_dialogue(message.chat.id, 0, {"message": shown})


async def _reopened(context: Context, chat: int, parameter: str) -> tuple[Page | None, Turn | None]:
    try:
        token = from_start(parameter)
    except ValueError:
        return None, None
    services = services_of(context)
    look = _look(services, chat)
    found = await services.desks.run(reopened, token, look, context.bot.username)
    return (found[1], found[0]) if found else (None, None)


def _look(services: Services, chat: int) -> Look:
    """How a chat wants it; our page opens from private chats alone."""
    settings = services.state.settings(chat)
    return Look(settings.unit, settings.rich, web=services.settings.mini_app if chat > 0 else "")


async def _greeting(context: Context, before: str) -> Page:
    """Hello, with up to three questions to tap."""
    held, found = await services_of(context).desks.run(samples)
    text = texts.START.format(**held) if held else texts.START_EMPTY
    markup = InlineKeyboardMarkup([[button(sample, "card", lead, 1)] for sample, lead in found]) if found else None
    return Page("\n".join(part for part in (before, text) if part), markup)


async def on_help(update: Update, context: Context) -> None:
    """How to ask."""
    if update.effective_message is not None:
        name = context.bot.username
        try:
            text = await services_of(context).desks.run(help_text, name)
        except (YusuanError, Overdue):  # there is no index yet, or it is being mended
            text = help_with(texts.HELP_SAMPLE, name)
        if _is_admin(update, context):
            text += texts.ADMIN_HELP
        elif services_of(context).settings.check_for_askers:
            text += texts.CHECK_HELP
        await send(context.bot, Page(text), place_of(update.effective_message))


async def on_privacy(update: Update, context: Context) -> None:
    """What is kept, with a button to delete it."""
    if update.effective_message is not None:
        kept = texts.KEPT_TEXT if services_of(context).settings.keep_questions else texts.KEPT_HASH
        markup = InlineKeyboardMarkup([[button("删除本聊天的记录", "forget")]])
        await send(context.bot, Page(texts.PRIVACY.format(kept=kept), markup), place_of(update.effective_message))


async def on_question(update: Update, context: Context) -> None:
    """/q and the question; without one, the text of the message replied to."""
    await _ask(update, context, "q", "")


async def on_compare(update: Update, context: Context) -> None:
    """/compare: several places or years beside each other."""
    await _ask(update, context, "compare", _ALL_COMPARED)


async def on_trend(update: Update, context: Context) -> None:
    """/trend: one item over the years."""
    await _ask(update, context, "trend", _ALL_YEARS)


async def _ask(update: Update, context: Context, command: str, shape: str) -> None:
    message = update.effective_message
    if message is None:
        return
    question = " ".join(context.args or [])
    reply = message.reply_to_message
    if reply is not None and (reply.from_user is None or reply.from_user.id != context.bot.id):
        question = question or said_in(reply)
    if not question:
        await say(context.bot, texts.ARGUMENTS[command], place_of(message))
        return
    if command == "compare" and not await services_of(context).desks.run(sets_beside, question):
        await say(context.bot, texts.ARGUMENTS[command], place_of(message))
        return
    await respond(context, message, question if not shape or shape in question else f"{question} {shape}")


async def on_rank(update: Update, context: Context) -> None:
    """/rank: the places by one item."""
    message = update.effective_message
    if message is None:
        return
    question, services = " ".join(context.args or []), services_of(context)
    if not question:
        await say(context.bot, texts.ARGUMENTS["rank"], place_of(message))
        return
    if not services.state.use(message.from_user.id if message.from_user else 0, services.settings.quota):
        await say(context.bot, texts.QUOTA.format(quota=services.settings.quota), place_of(message))
        return
    look = _look(services, message.chat.id)
    page = await services.desks.run(ranking, question, look, context.bot.username)
    await send(context.bot, page or Page(texts.NO_RANKING), place_of(message))


async def on_sources(update: Update, context: Context) -> None:
    """/sources: the reports that are held."""
    if update.effective_message is not None:
        page = await menus.sources_page(services_of(context))
        await send(context.bot, page or Page(texts.START_EMPTY), place_of(update.effective_message))


async def on_glossary(update: Update, context: Context) -> None:
    """/glossary: the words explained; with a word, that one, or those that have it."""
    message = update.effective_message
    if message is None:
        return
    if word := " ".join(context.args or []).strip():
        page = await menus.glossary_search(services_of(context), word)
        if page is None:
            await respond(context, message, f"什么是{word}")
        else:
            await send(context.bot, page, place_of(message))
        return
    await send(context.bot, await menus.glossary_page(services_of(context)), place_of(message))


async def on_settings(update: Update, context: Context) -> None:
    """/settings: unit, default place, tables."""
    if update.effective_message is not None:
        page = await menus.settings_page(services_of(context), update.effective_message.chat.id)
        await send(context.bot, page, place_of(update.effective_message))


async def on_unknown(update: Update, context: Context) -> None:
    """A command there is none of (in private)."""
    if update.effective_message is not None:
        await say(context.bot, texts.UNKNOWN, place_of(update.effective_message))


async def on_other(update: Update, context: Context) -> None:
    """Pictures, voices, stickers (in private)."""
    if update.effective_message is not None:
        if SPOKEN.check_update(update):
            await say(context.bot, texts.VOICE, place_of(update.effective_message))
            return
        text = f"{texts.ONLY_TEXT}\n{texts.AS_FILE}" if _is_admin(update, context) else texts.ONLY_TEXT
        await say(context.bot, text, place_of(update.effective_message))


async def on_spoken(update: Update, context: Context) -> None:
    """A voice message in a group, as a reply to the bot."""
    message = update.effective_message
    reply = message.reply_to_message if message is not None else None
    if message is not None and reply is not None and reply.from_user and reply.from_user.id == context.bot.id:
        await say(context.bot, texts.VOICE, place_of(message))


def _is_admin(update: Update, context: Context) -> bool:
    user, chat = update.effective_user, update.effective_chat
    return services_of(context).access.administers(user.id if user else None, chat.id if chat else None)


async def introduce(bot: Bot) -> None:
    """Set the command menus and the descriptions."""
    private = [BotCommand(name, about) for name, about, _ in texts.COMMANDS]
    group = [BotCommand(name, about) for name, about, everywhere in texts.COMMANDS if everywhere]
    await bot.set_my_commands(private, scope=BotCommandScopeAllPrivateChats())
    await bot.set_my_commands(group, scope=BotCommandScopeAllGroupChats())
    await bot.set_my_commands(private)
    await bot.set_my_description(texts.DESCRIPTION)
    await bot.set_my_short_description(texts.SHORT_DESCRIPTION)
