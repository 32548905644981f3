"""Buttons under cards and lists: another card, a list around the figure, its context, a citation, files.

[历年] under the card of 上党区教育支出 -> the years, with [‹ 返回]        [原文件] -> the report as a document
"""

from __future__ import annotations

from typing import Final

from bot.telegram import texts
from bot.telegram.answers import File, list_page, page_of
from bot.telegram.buttons import ANSWERED, LISTS, back_button
from bot.telegram.cards import citations, passage
from bot.telegram.outcome import Outcome, Pressed
from bot.telegram.page import Page, escaped
from bot.telegram.sheets import sheet_name, sheet_of
from index import Desk, Turn, View

MOST_UPLOAD: Final = 50_000_000


async def show_card(pressed: Pressed) -> Outcome:
    """Another card in this place; page 1 asks for a message of its own (sample questions)."""
    token = pressed.press.token

    def work(desk: Desk) -> tuple[Turn, Page] | None:
        turn = desk.recall(token)
        return (turn, page_of(turn, pressed.look, pressed.link(turn.detail.lead))) if turn else None

    found = await pressed.services.desks.run(work)
    if found is None:
        return Outcome(texts.GONE, alert=True)
    return Outcome(page=found[1], turn=found[0], anew=pressed.press.page == 1)


async def show_list(pressed: Pressed) -> Outcome:
    """A page of the years, the other places or the parts."""
    press = pressed.press

    def work(desk: Desk) -> Page | None:
        view = _view(desk, press.action, press.token)
        if view is None or len(view.rows) < 2:
            return None
        return list_page(view, press.page, pressed.look, pressed.link(press.token))

    page = await pressed.services.desks.run(work)
    if page is None:
        return await _nothing(pressed, texts.NO_LIST[press.action])
    return Outcome(page=page)


async def _nothing(pressed: Pressed, line: str) -> Outcome:
    """There is no such list: because it was never there, or because the index has changed."""
    known = await pressed.services.desks.run(lambda desk: desk.recall(pressed.press.token))
    return Outcome(line if known else texts.GONE, alert=True)


async def show_context(pressed: Pressed) -> Outcome:
    """The sentences around the figure."""
    token = pressed.press.token
    found = await pressed.services.desks.run(lambda desk: desk.passage(token))
    if found is None:
        return await _nothing(pressed, texts.NO_CONTEXT)
    return Outcome(page=Page(passage(found), back_button(token)))


async def show_citation(pressed: Pressed) -> Outcome:
    """A citation that is too long for a copy button, as a block to copy from."""
    turn = await pressed.services.desks.run(lambda desk: desk.recall(pressed.press.token))
    asked = [one for one in turn.detail.shown if one.figure.asked] if turn else []
    if not asked:
        return Outcome(texts.GONE, alert=True)
    return Outcome(
        page=Page(f"点一下即可复制：\n<pre>{escaped(citations(asked))}</pre>", back_button(pressed.press.token))
    )


async def send_sheet(pressed: Pressed) -> Outcome:
    """The whole list as a file."""
    press = pressed.press
    if press.page > ANSWERED or not pressed.chat:
        return Outcome(texts.NOT_OURS, alert=True)
    if press.page == ANSWERED:
        return await _answered_sheet(pressed)
    kind = LISTS[press.page]
    view = await pressed.services.desks.run(lambda desk: _view(desk, kind, press.token))
    if view is None:
        return await _nothing(pressed, texts.NO_LIST[kind])
    return Outcome(texts.SENT_FILE, file=File(sheet_name(view), sheet_of(view)))


async def _answered_sheet(pressed: Pressed) -> Outcome:
    """The list of a question with several places, years or items: the question is answered once more."""
    state = pressed.services.state.dialogue(pressed.chat, pressed.message)
    if state is None:
        return Outcome(texts.EXPIRED_CHOICE, alert=True)
    turn = await pressed.services.desks.run(lambda desk: desk.converse(str(state.get("text", "")), state))
    if turn.view is None:
        return Outcome(texts.GONE, alert=True)
    return Outcome(texts.SENT_FILE, file=File(sheet_name(turn.view), sheet_of(turn.view)))


async def send_original(pressed: Pressed) -> Outcome:
    """The report itself."""
    path = await pressed.services.desks.run(lambda desk: desk.original(pressed.press.token))
    if path is None or not pressed.chat or path.stat().st_size > MOST_UPLOAD:
        return Outcome(texts.NO_FILE, alert=True)
    return Outcome(texts.SENT_FILE, file=path)


def _view(desk: Desk, kind: str, token: str) -> View | None:
    find = {"trend": desk.trend, "peers": desk.peers, "parts": desk.parts}[kind]
    return find(token)
