"""/misses: questions without an answer and answers with 👎, the most frequent first, each with how it was understood.

1. 娃娃上学的钱  7 次   理解为：上党区（没找到）   [加别名 1] -> asks for the word, then for the item
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Final

from telegram import Update

from bot.telegram.admin.aliases import ASK_KIND, ask_for_word
from bot.telegram.admin.keys import key, markup, split, turning
from bot.telegram.admin.orders import Ordered
from bot.telegram.outcome import Outcome
from bot.telegram.page import Page, cut, escaped, joined
from bot.telegram.sending import place_of, send
from bot.telegram.services import Context, Services, services_of
from bot.telegram.state import Miss
from bot.telegram.tables import page_of

_PER_PAGE: Final = 6
_MOST: Final = 300
_LONGEST: Final = 80
_STATUS: Final = {"not_found": "没找到", "clarify": "反问了", "downvoted": "有人点了 👎", "disputed": "有人说不对"}
NO_TEXT: Final = "（没有保存原话）"
NOT_THERE: Final = "这一条已经不在名单里了"


async def on_misses(update: Update, context: Context) -> None:
    """/misses"""
    if update.message is not None:
        await send(context.bot, _listed(services_of(context), 0), place_of(update.message))


async def turn(ordered: Ordered) -> Outcome:
    """Another page."""
    return Outcome(page=_listed(ordered.services, ordered.order.page))


async def add_alias(ordered: Ordered) -> Outcome:
    """Ask for the askers' word of one question."""
    found = next((one for one in ordered.services.state.misses(_MOST) if mark(one) == ordered.order.about), None)
    if found is None:
        return Outcome(NOT_THERE, alert=True)
    message = await ask_for_word(ordered, found.question)
    ordered.services.state.keep_prompt(ordered.place.chat, message, ASK_KIND, json.dumps({}))
    return Outcome()


def _listed(services: Services, page: int) -> Page:
    return misses_page(services.state.misses(_MOST), page, kept=services.settings.keep_questions)


def mark(miss: Miss) -> str:
    """Tells a question in a button."""
    return hashlib.blake2b(f"{miss.question}\0{miss.reading}".encode(), digest_size=8).hexdigest()


def misses_page(misses: Sequence[Miss], page: int, *, kept: bool) -> Page:
    """A page of the list."""
    if not misses:
        return Page("没有答不上来的问题，也没有 👎。")
    shown, page, pages = page_of(misses, page, _PER_PAGE)
    blocks = [f"<b>没答上来或有 👎 的问题 {len(misses)} 种</b>"]
    keys = []
    for number, one in enumerate(shown, page * _PER_PAGE + 1):
        blocks.append(f"{number}. {escaped(cut(one.question, _LONGEST) or NO_TEXT)}  <b>{one.times} 次</b>")
        reading, status = cut(one.reading, _LONGEST) or "没看懂", _STATUS.get(one.status, one.status)
        blocks.append(f"  理解为：{escaped(reading)}（{status}）")
        keys.append(key(f"加别名 {number}", "miss_alias", mark(one)))
    if not kept:
        blocks.append("要看到原话，请机主把设置 YUSUAN_KEEP_QUESTIONS 改为 yes。")
    return Page(joined(blocks), markup([*split(keys, 3), *turning("misses", "", page, pages)]))
