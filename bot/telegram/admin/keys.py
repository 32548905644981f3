"""Buttons of admin pages, and the row that turns pages."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.telegram.admin.codec import encode
from bot.telegram.page import button_label

Row = list[InlineKeyboardButton]


def key(label: str, verb: str, about: str = "", page: int = 0) -> InlineKeyboardButton:
    """A button that gives an order."""
    return InlineKeyboardButton(button_label(label), callback_data=encode(verb, about, page))


def turning(verb: str, about: str, page: int, pages: int) -> list[Row]:
    """The row for the page before and the page after; none for a single page."""
    if pages < 2:
        return []
    before = [key("‹ 上一页", verb, about, page - 1)] if page else []
    after = [key("下一页 ›", verb, about, page + 1)] if page + 1 < pages else []
    return [[*before, key(f"{page + 1}/{pages}", verb, about, page), *after]]


def split(keys: Sequence[InlineKeyboardButton], size: int) -> list[Row]:
    """Rows of at most ``size`` buttons."""
    return [list(keys[start : start + size]) for start in range(0, len(keys), size)]


def markup(rows: Sequence[Row]) -> InlineKeyboardMarkup | None:
    """The rows as a keyboard; None where there is none."""
    kept = [row for row in rows if row]
    return InlineKeyboardMarkup(kept) if kept else None
