"""The buttons under a card, a list and a question back.

    [历年] [同级对比] [构成] [上下文]   [2022年] [全市]   [复制引用] [原文件]   [👍] [👎] [概况]

All that a button does is in its data (``codec``): nothing is remembered, so it works after any restart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup, WebAppInfo

from bot.charts.asking import has_picture, list_has_picture
from bot.charts.style import can_draw
from bot.telegram.amounts import printed
from bot.telegram.cards import LONGEST_CITATION, citation
from bot.telegram.codec import encode
from bot.telegram.lists import shown_rows
from bot.telegram.page import Page, button_label
from bot.telegram.tables import page_of
from index import Choice, Detail, Row, Shown, View

Buttons = list[list[InlineKeyboardButton]]

LIST_NAMES = {"trend": "历年", "peers": "同级对比", "parts": "构成"}
MOST_WAYS = 4
PLACES = 12  # on a page to choose from
MOST_COPIES = 4
LONGEST_HALF = 11  # characters on a button of half the width
_PER_ROW = {"trend": 4, "peers": 3, "parts": 2, "overview": 3}
LISTS = ("trend", "peers", "parts")
ANSWERED = len(LISTS)  # the page of a sheet button that means: the list that the question was answered with
CARD = ANSWERED + 1  # of a picture button: what suits the card
LOOKS = 10  # the tens of a picture button's page say how it is to look
PICTURE = "图"
_ORDER = re.compile(r"^\d+\. ")
_CITY = re.compile(r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{2,7}市(?=[\u4e00-\u9fff]+[市县区旗])")


def button(label: str, action: str, token: str = "", page: int = 0) -> InlineKeyboardButton:
    """A button that calls back."""
    return InlineKeyboardButton(button_label(label), callback_data=encode(action, token, page))


def card_buttons(
    found: Detail, *, inline: bool = False, offer_home: bool = False, web: str = ""
) -> InlineKeyboardMarkup | None:
    """The ways on from an answer; under an inline message those that need no chat.  ``web`` is where our page is."""
    if found.choices:
        more = [[button(f"更多地区（{found.more}）›", "place")]] if found.more and not inline else []
        return _markup([*choice_buttons(found.choices, inline=inline, place=found.place), *more])
    rows: Buttons = []
    lead = found.lead
    if lead:
        ways = [button(LIST_NAMES[kind], kind, lead) for kind in LISTS if getattr(found, kind)]
        rows += [[*ways, button("上下文", "context", lead)]]
        switches = [button(way.label, "card", way.token) for way in (*found.scopes, *found.years)]
        rows += _split(switches, MOST_WAYS)
    asked = [one for one in found.shown if one.figure.asked]
    copies = copy_buttons(asked, lead)
    original = [button("原文件", "file", lead)] if lead and not inline else []
    original += [button(PICTURE, "picture", lead, CARD)] if original and can_draw() and has_picture(found) else []
    page = text_button(asked, web) if web and not inline else None
    original += [page] if page else []
    rows += [[*copies, *original]] if len(copies) < 2 else [*_split(copies, 2), original]
    if not inline and found.answer.status == "answered":
        votes = [button("👍", "up", lead), button("👎", "down", lead)]
        votes += [button("关注", "watch", lead)] if lead else []
        votes += [button("概况", "card", found.overview, 1)] if found.overview else []
        home = [button(f"设为默认地区：{found.place}", "home", found.region)] if offer_home and found.region else []
        rows += [votes] + ([home] if home else [])
    return _markup(rows)


def copy_buttons(asked: Sequence[Shown], lead: str) -> list[InlineKeyboardButton]:
    """One for each figure of a card, copying that figure with its level, stage and place; what is too long or too many
    for that is shown as blocks to copy from."""
    texts = {citation(one, asked): one for one in asked}
    if 0 < len(texts) <= MOST_COPIES and all(map(_fits, texts)):
        if len(texts) == 1:
            return [InlineKeyboardButton("复制引用", copy_text=CopyTextButton(next(iter(texts))))]
        return [
            InlineKeyboardButton(button_label(_copied(one)), copy_text=CopyTextButton(text))
            for text, one in texts.items()
        ]
    return [button("复制引用", "cite", lead)] if asked and lead else []


def text_button(asked: Sequence[Shown], web: str) -> InlineKeyboardButton | None:
    """Opens the report inside Telegram where the figure stands; none for a figure that is only computed."""
    token = next((one.token for one in asked if one.token and not one.figure.derived), "")
    return InlineKeyboardButton("原文", web_app=WebAppInfo(f"{web}/app?to=/text/{token}")) if token else None


def _copied(one: Shown) -> str:
    """复制 48.58亿元 全市; 复制 第四位 全市规模排名."""
    which = one.measure if one.kind == "rank" else one.level
    return " ".join(part for part in ("复制", printed(one).replace(" ", ""), which) if part)


def _fits(text: str) -> bool:
    return len(text.encode("utf-16-le")) // 2 <= LONGEST_CITATION


def choice_buttons(choices: Iterable[Choice], *, inline: bool = False, place: str = "") -> Buttons:
    """A question back: one choice a row if they are long, else two; the ``place`` that the card names goes without."""
    labelled = [(one.label.removeprefix(place) or one.label, one) for one in choices if one.token or not inline]
    made = [
        button(label, "card", one.token) if one.token else button(label, "place", one.place) for label, one in labelled
    ]
    return _fitting(made, 2)


def _fitting(buttons: Sequence[InlineKeyboardButton], most: int) -> Buttons:
    """So many a row as can be read on a small phone: a label that is cut off looks like its neighbour."""
    longest = max((len(one.text) for one in buttons), default=0)
    return _split(buttons, 1 if longest > LONGEST_HALF else most)


def turning(action: str, token: str, page: int, pages: int) -> list[InlineKeyboardButton]:
    """To the page before and the next, as far as there are such."""
    before = [button("‹ 上一页", action, token, page - 1)] if page else []
    after = [button("下一页 ›", action, token, page + 1)] if page + 1 < pages else []
    return [*before, button(f"{page + 1}/{pages}", "none"), *after]


def places_page(places: Sequence[tuple[str, str]], page: int) -> Page:
    """All places that a question back may mean, a page of them; the button of a place answers the question."""
    shown, page, pages = page_of(places, page, PLACES)
    rows = _split([button(name, "place", token) for token, name in shown], 2)
    if pages > 1:
        rows.append(turning("place", "", page, pages))
    return Page(f"请问是哪个地区？共 {len(places)} 个，点一个，或直接发地名。", _markup(rows))


def list_buttons(view: View, page: int, *, inline: bool = False, web: str = "") -> InlineKeyboardMarkup | None:
    """Pages, the rows' own cards, the file, the text of the report that the list leads to, and the way back."""
    if view.kind == "material":
        return back_button(view.lead)
    rows, page, pages = shown_rows(view, page)
    found: Buttons = []
    if view.kind in LISTS and view.lead and pages > 1:
        found.append(turning(view.kind, view.lead, page, pages))
    cards = [
        button(row.short or _row_label(view, row.label), "card", row.shown.token)
        for row in rows
        if row.shown and row.shown.token
    ]
    most = _PER_ROW.get(view.kind, 2)
    found += _fitting(cards, most) if most == 2 else _split(cards, most)
    if view.kind == "overview":
        return _markup([*found, *_of_overview(view, page, pages, inline=inline)])
    last = []
    if view.lead and view.kind in LISTS:
        last.append(button("‹ 返回", "card", view.lead))
        if not inline:
            last.append(button("导出表格", "sheet", view.lead, LISTS.index(view.kind)))
    elif not inline:
        last.append(button("导出表格", "sheet", "", ANSWERED))
    if not inline and can_draw() and list_has_picture(view):
        at_address = bool(view.lead) and view.kind in LISTS
        kind = LISTS.index(view.kind) if at_address else ANSWERED
        last.append(button(PICTURE, "picture", view.lead if at_address else "", kind))
    text = text_button(_told_in(view, rows), web) if web and not inline else None
    found += [[*last, text] if text else last] if last or text else []
    return _markup(found)


def _told_in(view: View, rows: Sequence[Row]) -> list[Shown]:
    """The figures whose report a list opens: its own, those asked for, the first of the page."""
    shown = [row.shown for row in rows if row.shown is not None]
    own = [one for one in shown if one.token == view.lead] + [one for one in shown if one.figure.asked]
    return [*own, *shown]


def picture_buttons(token: str, page: int, *, dark: bool = False) -> InlineKeyboardMarkup:
    """The same picture otherwise: in the dark (in the light), for slides and uncompressed as it is."""
    own = page % LOOKS
    svg, file = (4, 5) if dark else (2, 3)
    ways = ((0, "浅色") if dark else (1, "深色"), (svg, "SVG"), (file, "PNG 文件"))
    return InlineKeyboardMarkup([[button(label, "picture", token, own + LOOKS * number) for number, label in ways]])


def _of_overview(view: View, page: int, pages: int, *, inline: bool) -> Buttons:
    """更多, the paragraph, the picture, the file, the other years and levels.

    The rows of an overview are its parts, its paragraph is how it is cited.
    """
    ways = _split([button(way.label, "card", way.token) for way in view.ways], MOST_WAYS)
    turn = [button("‹ 前面的", "parts", view.lead, page - 1)] if page else []
    turn += [button("更多 ›", "parts", view.lead, page + 1)] if page + 1 < pages else []
    last = [button("材料", "cite", view.lead)]
    drawn = not inline and can_draw() and list_has_picture(view)
    last += [button(PICTURE, "picture", view.lead, CARD)] if drawn else []
    last += [] if inline else [button("导出表格", "sheet", view.lead, LISTS.index("parts"))]
    return [turn, last, *ways]


def back_button(lead: str) -> InlineKeyboardMarkup:
    """The one way back to a card."""
    return InlineKeyboardMarkup([[button("‹ 返回", "card", lead)]])


def _row_label(view: View, label: str) -> str:
    """长治市上党区 -> 上党区, unless another place of the list bears the same name."""
    short = {row.label: _CITY.sub("", row.label) for row in view.rows}
    names = [_ORDER.sub("", name) for name in short.values()]
    alike = names.count(_ORDER.sub("", short.get(label, label))) > 1
    return short[label] if view.kind in ("peers", "several") and label in short and not alike else label


def _split(buttons: Sequence[InlineKeyboardButton], size: int) -> Buttons:
    return [list(buttons[start : start + size]) for start in range(0, len(buttons), size)]


def _markup(rows: Buttons) -> InlineKeyboardMarkup | None:
    rows = [row for row in rows if row]
    return InlineKeyboardMarkup(rows) if rows else None
