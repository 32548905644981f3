"""The buttons under a card, a list and a question back.

    [历年] [同级对比] [构成] [上下文]   [2022年] [全市]   [复制引用] [原文件]   [👍] [👎]

All that a button does is in its data (``codec``): nothing is remembered, so it works after any restart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup, WebAppInfo

from bot.telegram.cards import LONGEST_CITATION, citations
from bot.telegram.codec import encode
from bot.telegram.lists import shown_rows
from bot.telegram.page import button_label
from index import Choice, Detail, Shown, View

Buttons = list[list[InlineKeyboardButton]]

LIST_NAMES = {"trend": "历年", "peers": "同级对比", "parts": "构成"}
MOST_WAYS = 4
_PER_ROW = {"trend": 4, "peers": 3, "parts": 2}
LISTS = ("trend", "peers", "parts")
ANSWERED = len(LISTS)  # the page of a sheet button that means: the list that the question was answered with


def button(label: str, action: str, token: str = "", page: int = 0) -> InlineKeyboardButton:
    """A button that calls back."""
    return InlineKeyboardButton(button_label(label), callback_data=encode(action, token, page))


def card_buttons(
    found: Detail, *, inline: bool = False, offer_home: bool = False, web: str = ""
) -> InlineKeyboardMarkup | None:
    """The ways on from an answer; under an inline message those that need no chat.  ``web`` is where our page is."""
    if found.choices:
        return _markup(choice_buttons(found.choices, inline=inline))
    rows: Buttons = []
    lead = found.lead
    if lead:
        ways = [button(LIST_NAMES[kind], kind, lead) for kind in LISTS if getattr(found, kind)]
        rows += [[*ways, button("上下文", "context", lead)]]
        switches = [button(way.label, "card", way.token) for way in (*found.scopes, *found.years)]
        rows += _split(switches, MOST_WAYS)
    asked = [one for one in found.shown if one.figure.asked]
    last = [copy_button(asked, lead)] if asked and (lead or _fits(asked)) else []
    if lead and not inline:
        last.append(button("原文件", "file", lead))
    page = text_button(asked, web) if web and not inline else None
    last += [page] if page else []
    rows += [last] if last else []
    if not inline and found.answer.status == "answered":
        votes = [button("👍", "up", lead), button("👎", "down", lead)]
        votes += [button("关注", "watch", lead)] if lead else []
        home = [button(f"设为默认地区：{found.place}", "home", found.region)] if offer_home and found.region else []
        rows += [votes] + ([home] if home else [])
    return _markup(rows)


def copy_button(asked: Sequence[Shown], lead: str) -> InlineKeyboardButton:
    """Copies the citation; what is too long for that is shown as a block to copy from."""
    if _fits(asked):
        return InlineKeyboardButton("复制引用", copy_text=CopyTextButton(citations(asked)))
    return button("复制引用", "cite", lead)


def text_button(asked: Sequence[Shown], web: str) -> InlineKeyboardButton | None:
    """Opens the report inside Telegram where the figure stands; none for a figure that is only computed."""
    token = next((one.token for one in asked if one.token and not one.figure.derived), "")
    return InlineKeyboardButton("原文", web_app=WebAppInfo(f"{web}/app?to=/text/{token}")) if token else None


def _fits(asked: Sequence[Shown]) -> bool:
    return len(citations(asked).encode("utf-16-le")) // 2 <= LONGEST_CITATION


def choice_buttons(choices: Iterable[Choice], *, inline: bool = False) -> Buttons:
    """A question back: one choice a row if they are long, else two."""
    made = [
        button(one.label, "card", one.token) if one.token else button(one.label, "place", one.place)
        for one in choices
        if one.token or not inline
    ]
    longest = max((len(one.text) for one in made), default=0)
    return _split(made, 1 if longest > 14 else 2)


def list_buttons(view: View, page: int, *, inline: bool = False) -> InlineKeyboardMarkup | None:
    """Pages, the rows' own cards, the file, and the way back."""
    rows, page, pages = shown_rows(view, page)
    found: Buttons = []
    if view.kind in LISTS and view.lead and pages > 1:
        found.append(
            [
                button("‹ 上一页", view.kind, view.lead, page - 1) if page else button("·", "none"),
                button(f"{page + 1}/{pages}", "none"),
                button("下一页 ›", view.kind, view.lead, page + 1) if page + 1 < pages else button("·", "none"),
            ]
        )
    cards = [
        button(_row_label(view, row.label), "card", row.shown.token) for row in rows if row.shown and row.shown.token
    ]
    found += _split(cards, _PER_ROW.get(view.kind, 2))
    last = []
    if view.lead and view.kind in LISTS:
        last.append(button("‹ 返回", "card", view.lead))
        if not inline:
            last.append(button("导出表格", "sheet", view.lead, LISTS.index(view.kind)))
    elif not inline:
        last.append(button("导出表格", "sheet", "", ANSWERED))
    found += [last] if last else []
    return _markup(found)


def back_button(lead: str) -> InlineKeyboardMarkup:
    """The one way back to a card."""
    return InlineKeyboardMarkup([[button("‹ 返回", "card", lead)]])


def _row_label(view: View, label: str) -> str:
    if view.kind == "peers":
        return label[label.find("市") + 1 :] or label
    return label


def _split(buttons: Sequence[InlineKeyboardButton], size: int) -> Buttons:
    return [list(buttons[start : start + size]) for start in range(0, len(buttons), size)]


def _markup(rows: Buttons) -> InlineKeyboardMarkup | None:
    rows = [row for row in rows if row]
    return InlineKeyboardMarkup(rows) if rows else None
