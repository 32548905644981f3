"""Pages that are no answers: settings, the reports that are held, the words explained; all paged, all by buttons.

/sources -> 长治市上党区 2 份 · 焦作市解放区 1 份 …   [长治市上党区] …  [2023年] [2024年]
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from telegram import CallbackQuery, ChatMember, InlineKeyboardButton, InlineKeyboardMarkup

from bot.telegram.buttons import button, turning
from bot.telegram.codec import Press
from bot.telegram.page import Page, escaped, joined
from bot.telegram.services import Context, Services
from bot.telegram.tables import page_of
from index import Desk, Held

UNITS: Final = {"auto": "auto", "yuan": "元", "wan": "万元", "yi": "亿元"}
UNIT_NAMES: Final = {"auto": "自动", "元": "元", "万元": "万元", "亿元": "亿元"}
_PLACES: Final = 12
_REPORTS: Final = 6
_WORDS: Final = 6
_FOUND: Final = 12
_LONGEST: Final = 220

Row = list[InlineKeyboardButton]


async def page_for(press: Press, services: Services, chat: int) -> Page | None:
    """The page a menu button leads to."""
    if press.action == "settings":
        return await settings_page(services, chat)
    if press.action == "places":
        return await places_page(services, press.page)
    if press.action == "sources":
        return await sources_page(services, press.token, press.page)
    return await glossary_page(services, press.page)


async def may_change(query: CallbackQuery, context: Context) -> bool:
    """Whether the presser may change a chat's settings: everyone in private, administrators in a group."""
    if query.message is None:
        return False
    if query.message.chat.type == "private":
        return True
    member = await context.bot.get_chat_member(query.message.chat.id, query.from_user.id)
    return member.status in (ChatMember.OWNER, ChatMember.ADMINISTRATOR)


async def settings_page(services: Services, chat: int) -> Page:
    """What is set, with a button for each choice."""
    settings = services.state.settings(chat)
    places = dict(await services.desks.run(Desk.places))
    place = places.get(settings.region, "未设置")
    lines = [
        "<b>设置</b>",
        f"金额另换算成：{UNIT_NAMES.get(settings.unit, '自动')}（原文的写法总是先写出）",
        f"默认地区：{escaped(place)}（“我区”“本市”和没写地区的问题）",
        f"表格：{'富文本（部分客户端显示为空白）' if settings.rich else '等宽文字'}",
    ]
    units = [
        button(_marked(UNIT_NAMES[value], settings.unit == value), "unit", token) for token, value in UNITS.items()
    ]
    rich = [
        button(_marked("等宽文字", not settings.rich), "rich", "off"),
        button(_marked("富文本表格", settings.rich), "rich", "on"),
    ]
    home = [button("选默认地区", "places")] + ([button("取消默认地区", "home", "", 1)] if settings.region else [])
    return Page("\n".join(lines), InlineKeyboardMarkup([units, home, rich]))


async def places_page(services: Services, page: int) -> Page:
    """The places to choose the chat's own from."""
    places = await services.desks.run(Desk.places)
    shown, page, pages = page_of(places, page, _PLACES)
    rows = _split([button(name, "home", token, 1) for token, name in shown], 2)
    rows += _turning("places", "", page, pages)
    rows.append([button("‹ 返回设置", "settings")])
    return Page("选一个默认地区：", InlineKeyboardMarkup(rows))


async def sources_page(services: Services, token: str = "", page: int = 0) -> Page | None:
    """Without a token the places and years there are; with one (a place, or y2023) its reports."""
    held = await services.desks.run(Desk.reports)
    if not token:
        return _overview(held, page)
    chosen = [one for one in held if token == one.region or token in {f"y{year}" for year in one.years}]
    if not chosen:
        return None
    shown, page, pages = page_of(chosen, page, _REPORTS)
    head = chosen[0].place if token == chosen[0].region else f"{token[1:]}年"
    lines = [f"<b>{escaped(head)} · {len(chosen)} 份报告</b>"]
    for one in shown:
        years = "、".join(map(str, one.years)) + "年" if one.years else "年份不明"
        mark = "，图片识别" if one.ocr else ""
        lines.append(f"· {escaped(one.place)} {years} {escaped(one.kind)}（{one.facts} 个数据点{mark}）")
        lines.append(f"  <i>《{escaped(one.title[:80])}》</i>")
    rows = _turning("sources", token, page, pages)
    rows.append([button("‹ 全部地区和年份", "sources")])
    return Page(joined(lines), InlineKeyboardMarkup(rows))


def _overview(held: Sequence[Held], page: int) -> Page:
    if not held:
        return Page("索引里还没有报告。")
    counted = Counter((one.region, one.place) for one in sorted(held, key=lambda one: not one.placed))
    named = len({one.region for one in held if one.placed})
    years = sorted({year for one in held for year in one.years}, reverse=True)
    shown, page, pages = page_of(list(counted.items()), page, _PLACES)
    lines = [f"<b>收录 {len(held)} 份报告，{named} 个地区</b>"]
    lines += [f"· {escaped(place)} {count} 份" for (_, place), count in shown]
    lines.append("按地区或年份查看：")
    rows = _split([button(place, "sources", token) for (token, place), _ in shown], 2)
    rows += _split([button(f"{year}年", "sources", f"y{year}") for year in years[:8]], 4)
    rows += _turning("sources", "", page, pages)
    return Page(joined(lines), InlineKeyboardMarkup(rows))


async def glossary_page(services: Services, page: int = 0) -> Page:
    """The words that are explained."""
    words = await services.desks.run(Desk.glossary)
    shown, page, pages = page_of(words, page, _WORDS)
    lines = ["<b>名词解释</b>（不是报告原文；问“什么是……”先找报告自己的解释）"]
    for name, meaning in shown:
        lines.append(f"<b>{escaped(name)}</b>：{escaped(_brief(meaning))}")
    rows = _turning("glossary", "", page, pages)
    return Page(joined(lines), InlineKeyboardMarkup(rows) if rows else None)


async def glossary_search(services: Services, word: str) -> Page | None:
    """The explained words that have a word in their name, then those that have it in their meaning.

    None for a word that is one of them: it is asked for, since a report may explain it; and for one that none has.
    """
    words = await services.desks.run(Desk.glossary)
    named = [one for one in words if word in one[0]]
    found = [*named, *(one for one in words if word in one[1] and one not in named)]
    if not found or any(name == word for name, _ in words):
        return None
    lines = [f"<b>名词解释里有“{escaped(word[:20])}”的 {len(found)} 个</b>"]
    lines += [f"<b>{escaped(name)}</b>：{escaped(_brief(meaning))}" for name, meaning in found[:_FOUND]]
    if len(found) > _FOUND:
        lines.append(f"另有 {len(found) - _FOUND} 个，请把词写长些")
    return Page(joined(lines))


def _brief(meaning: str) -> str:
    return meaning if len(meaning) <= _LONGEST else meaning[: _LONGEST - 1] + "…"


def _turning(action: str, token: str, page: int, pages: int) -> list[Row]:
    if pages < 2:
        return []
    return [turning(action, token, page, pages)]


def _split(buttons: Sequence[InlineKeyboardButton], size: int) -> list[Row]:
    return [list(buttons[start : start + size]) for start in range(0, len(buttons), size)]


def _marked(label: str, chosen: bool) -> str:
    return f"✓ {label}" if chosen else label
