"""A turn of a dialogue -> the page that shows it: a card, or a list with the file for what does not fit.

Turn(上党区 教育支出历年) -> table of the years, buttons, link that reopens it
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.telegram.buttons import card_buttons, list_buttons
from bot.telegram.cards import card
from bot.telegram.lists import MOST_ROWS, list_html, rich_html
from bot.telegram.page import Page
from bot.telegram.sheets import sheet_name, sheet_of
from index import Turn, View


@dataclass(frozen=True, slots=True)
class Look:
    """How a chat wants it: unit, rich tables, whether the message has a chat (inline messages have none), and the page
    that may be opened from it (private chats alone)."""

    unit: str = "auto"
    rich: bool = False
    inline: bool = False
    offer_home: bool = False
    web: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """A file to be sent beside the page."""

    name: str
    content: bytes


def page_of(turn: Turn, look: Look, link: str = "") -> Page:
    """The card or the list of a turn."""
    if turn.view is not None:
        return list_page(turn.view, 0, look, link)
    found = turn.detail
    html = card(found, look.unit, link if found.lead else "")
    return Page(html, card_buttons(found, inline=look.inline, offer_home=look.offer_home, web=look.web))


def lead_of(turn: Turn) -> str:
    """The address that reopens what is shown."""
    return turn.view.lead if turn.view is not None else turn.detail.lead


def list_page(view: View, page: int, look: Look, link: str = "") -> Page:
    """A page of a list."""
    html = list_html(view, page, look.unit, link if view.lead else "")
    rich = rich_html(view, page, look.unit) if look.rich and not look.inline else ""
    return Page(html, list_buttons(view, page, inline=look.inline), rich)


def file_of(turn: Turn) -> File | None:
    """The whole list as a file, where a message cannot hold it."""
    view = turn.view
    if view is None or len(view.rows) <= MOST_ROWS or (view.lead and view.kind != "several"):
        return None
    return File(sheet_name(view), sheet_of(view))
