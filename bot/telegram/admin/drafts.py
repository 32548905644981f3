"""/drafts: what nobody has decided on yet, each to be opened again with its buttons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from telegram import Update

from bot.telegram.admin.draft_page import counted, headline
from bot.telegram.admin.keys import key, markup, split, turning
from bot.telegram.admin.orders import Ordered
from bot.telegram.admin.wording import when, who
from bot.telegram.outcome import Outcome
from bot.telegram.page import Page, escaped, joined
from bot.telegram.sending import place_of, send
from bot.telegram.services import Context, Services, services_of
from bot.telegram.tables import page_of
from index import Draft

_PER_PAGE: Final = 6


async def on_drafts(update: Update, context: Context) -> None:
    """/drafts"""
    if update.message is not None:
        await send(context.bot, await _listed(services_of(context), 0), place_of(update.message))


async def turn(ordered: Ordered) -> Outcome:
    """Another page."""
    return Outcome(page=await _listed(ordered.services, ordered.order.page))


async def _listed(services: Services, page: int) -> Page:
    return drafts_page(await services.clerk.ask(lambda office: office.drafts()), page)


def drafts_page(drafts: Sequence[Draft], page: int) -> Page:
    """A page of the list."""
    if not drafts:
        return Page("没有等着决定的报告。")
    shown, page, pages = page_of(drafts, page, _PER_PAGE)
    blocks = [f"<b>等着决定的 {len(drafts)} 份</b>"]
    keys = []
    for number, one in enumerate(shown, page * _PER_PAGE + 1):
        blocks.append(f"{number}. {escaped(headline(one))}")
        blocks.append(f"  {escaped(who(one.by))} {when(one.at)}；{escaped(counted(one))}")
        keys.append(key(f"打开 {number}", "draft", one.id))
    return Page(joined(blocks), markup([*split(keys, 3), *turning("drafts", "", page, pages)]))
