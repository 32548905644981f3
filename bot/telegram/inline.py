"""Inline mode: results while one types, in any chat; each is the full card of one reading.

@bot 上党区 教育支出 -> 长治市上党区 · 2023年 · 教育支出  56,917 万元 完成数      up to five, the likeliest first
"""

from __future__ import annotations

import hashlib
from typing import Final

from telegram import (
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    Update,
)
from telegram.constants import ParseMode

from bot.telegram import texts
from bot.telegram.amounts import both
from bot.telegram.answers import Look
from bot.telegram.desk_work import typed
from bot.telegram.page import Page
from bot.telegram.services import Context, services_of
from index import Turn

CACHED: Final = 20
PER_QUESTION: Final = 10
SHORTEST: Final = 2


async def on_inline(update: Update, context: Context) -> None:
    """Answer what has been typed so far."""
    query = update.inline_query
    if query is None:
        return
    services, text = services_of(context), query.query.strip()
    if not services.state.use(-query.from_user.id, services.settings.quota * PER_QUESTION):
        button = InlineQueryResultsButton("提问次数用完了，请下个小时再问", start_parameter="help")
        await query.answer([], cache_time=CACHED, is_personal=True, button=button)
        return
    if len(text) < SHORTEST:
        button = InlineQueryResultsButton(texts.INLINE_EMPTY, start_parameter="help")
        await query.answer([], cache_time=CACHED, is_personal=True, button=button)
        return
    settings = services.state.settings(query.from_user.id)  # those of the private chat

    look = Look(settings.unit, inline=True)
    read = await services.desks.run(typed, text, settings.region, look, context.bot.username)
    articles = [article(turn, page, look) for turn, page in read]
    found = list({one.id: one for one in articles}.values())
    hint = None if found else InlineQueryResultsButton(texts.INLINE_HINT, start_parameter="help")
    await query.answer(found, cache_time=CACHED, is_personal=True, button=hint)


def _values(turn: Turn, look: Look) -> list[str]:
    """The figures in a line: those of a list with their labels, for none of them is that of the title."""
    if turn.view and len(turn.view.rows) > 1:
        return [f"{row.label} {both(row.shown, look.unit)}" for row in turn.view.rows if row.shown]
    asked = [one for one in turn.detail.shown if one.figure.asked]
    return [" ".join(part for part in (both(one, look.unit), one.scope, one.measure) if part) for one in asked]


def article(turn: Turn, page: Page, look: Look) -> InlineQueryResultArticle:
    """One reading: its title, its figure, and the card that is sent when it is chosen."""
    found = turn.detail
    values = "；".join(_values(turn, look)[:3])
    content = InputTextMessageContent(
        page.html, parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)
    )
    lines = found.answer.reply.split("\n")
    id = hashlib.blake2b(page.html.encode(), digest_size=12).hexdigest()
    return InlineQueryResultArticle(
        id, found.answer.reading or lines[0], content, reply_markup=page.markup,
        description=values or (lines[1].removeprefix("┆ ") if len(lines) > 1 else ""),
    )  # fmt: skip
