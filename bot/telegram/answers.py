"""A turn of a dialogue -> the page that shows it: a card, or a list with the file for what does not fit.

Turn(上党区 教育支出历年) -> table of the years, buttons, link that reopens it
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from telegram import InlineKeyboardMarkup

from bot.telegram.buttons import button, card_buttons, list_buttons
from bot.telegram.cards import card
from bot.telegram.lists import MOST_ROWS, counted, list_html, rich_html
from bot.telegram.page import Page, escaped, joined
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
    """A file to be sent beside the page, made here or one that lies at ``path``; a ``photo`` opens in the chat."""

    name: str
    content: bytes = b""
    path: Path | None = None
    caption: str = ""
    photo: bool = False
    markup: InlineKeyboardMarkup | None = None


def page_of(turn: Turn, look: Look, link: str = "") -> Page:
    """The card or the list of a turn; the cards of a message with several questions one below the other."""
    if turn.view is not None:
        return list_page(turn.view, turn.view.start, look, link)
    if turn.each:
        return several(turn, look)
    found = turn.detail
    html = card(found, look.unit, link if found.lead else "")
    return Page(html, card_buttons(found, inline=look.inline, offer_home=look.offer_home, web=look.web))


def several(turn: Turn, look: Look) -> Page:
    """Each answer as on a card of its own, with a button that opens it as one."""
    marks = [f"{number}. " for number in range(1, len(turn.each) + 1)]
    bodies = [_body(one, look) for one in turn.each]
    blocks = [f"<b>{mark}</b>{body}\n" for mark, body in zip(marks, bodies, strict=True)]
    notes = [f"※ {escaped(note)}" for note in turn.detail.answer.notes]
    named = [(mark + _name(one), lead_of(one)) for mark, one in zip(marks, turn.each, strict=True)]
    rows = [[button(label, "card", lead, 1)] for label, lead in named if lead]
    return Page(joined([*blocks, *notes]).rstrip(), InlineKeyboardMarkup(rows) if rows else None)


def _body(turn: Turn, look: Look) -> str:
    if turn.view is not None:
        return list_html(turn.view, 0, look.unit, "")
    return card(replace(turn.detail, stamp=""), look.unit, "")


def _name(turn: Turn) -> str:
    if turn.view is not None:  # of a list: no single figure names it
        return turn.detail.answer.reading if turn.view.kind == "overview" else turn.view.title
    asked = next((one.figure for one in turn.detail.shown if one.figure.asked), None)
    return " ".join((asked.region, asked.item)) if asked else turn.detail.answer.reading


def lead_of(turn: Turn) -> str:
    """The address that reopens what is shown."""
    return turn.view.lead if turn.view is not None else turn.detail.lead


def list_page(view: View, page: int, look: Look, link: str = "") -> Page:
    """A page of a list."""
    html = list_html(view, page, look.unit, link if view.lead else "")
    rich = rich_html(view, page, look.unit) if look.rich and not look.inline else ""
    return Page(html, list_buttons(view, page, inline=look.inline, web=look.web), rich)


def file_of(turn: Turn) -> File | None:
    """The whole list as a file, where a message cannot hold it."""
    view = turn.view
    if view is None or counted(view) <= MOST_ROWS or (view.lead and view.kind != "several"):
        return None
    return File(sheet_name(view), sheet_of(view))
