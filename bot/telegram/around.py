"""Buttons under cards and lists: another card, a list around the figure, its context, a citation, files.

[历年] under the card of 上党区教育支出 -> the years, with [‹ 返回]        [原文件] -> the report as a document
"""

from __future__ import annotations

from typing import Final

from bot.telegram import texts
from bot.telegram.buttons import ANSWERED, LISTS, back_button
from bot.telegram.cards import citation, passage
from bot.telegram.desk_work import answered_sheet, around, card, material, sheet
from bot.telegram.lists import TO_COPY
from bot.telegram.outcome import Outcome, Pressed
from bot.telegram.page import Page, escaped, joined
from index import Desk

MOST_UPLOAD: Final = 50_000_000


async def show_card(pressed: Pressed) -> Outcome:
    """Another card in this place; page 1 asks for a message of its own (sample questions)."""
    found = await pressed.services.desks.run(card, pressed.press.token, pressed.look, pressed.name)
    if found is None:
        return Outcome(texts.GONE, alert=True)
    return Outcome(page=found[1], turn=found[0], anew=pressed.press.page == 1)


async def show_list(pressed: Pressed) -> Outcome:
    """A page of the years, the other places or the parts."""
    press = pressed.press
    page = await pressed.services.desks.run(around, press.action, press.token, press.page, pressed.look, pressed.name)
    if page is None:
        return await _nothing(pressed, texts.NO_LIST[press.action])
    return Outcome(page=page)


async def _nothing(pressed: Pressed, line: str) -> Outcome:
    """There is no such list: because it was never there, or because the index has changed."""
    known = await pressed.services.desks.run(Desk.recall, pressed.press.token)
    return Outcome(line if known else texts.GONE, alert=True)


async def show_context(pressed: Pressed) -> Outcome:
    """The sentences around the figure."""
    token = pressed.press.token
    found = await pressed.services.desks.run(Desk.passage, token)
    if found is None:
        return await _nothing(pressed, texts.NO_CONTEXT)
    return Outcome(page=Page(passage(found), back_button(token)))


async def show_citation(pressed: Pressed) -> Outcome:
    """A citation that is too long for a copy button, as a block to copy from; of an overview, its paragraph."""
    page = await pressed.services.desks.run(material, pressed.press.token, pressed.look, pressed.name)
    if page is not None:
        return Outcome(page=page)
    turn = await pressed.services.desks.run(Desk.recall, pressed.press.token)
    asked = [one for one in turn.detail.shown if one.figure.asked] if turn else []
    if not asked:
        return Outcome(texts.GONE, alert=True)
    cited = dict.fromkeys(citation(one, asked) for one in asked)
    blocks = [TO_COPY, *(f"<pre>{escaped(text)}</pre>" for text in cited)]
    return Outcome(page=Page(joined(blocks), back_button(pressed.press.token)))


async def send_sheet(pressed: Pressed) -> Outcome:
    """The whole list as a file."""
    press = pressed.press
    if press.page > ANSWERED or not pressed.chat:
        return Outcome(texts.NOT_OURS, alert=True)
    if press.page == ANSWERED:
        return await _answered_sheet(pressed)
    kind = LISTS[press.page]
    file = await pressed.services.desks.run(sheet, kind, press.token)
    return Outcome(texts.SENT_FILE, file=file) if file else await _nothing(pressed, texts.NO_LIST[kind])


async def _answered_sheet(pressed: Pressed) -> Outcome:
    """The list of a question with several places, years or items: the question is answered once more."""
    state = pressed.services.state.dialogue(pressed.chat, pressed.message)
    if state is None:
        return Outcome(texts.EXPIRED_CHOICE, alert=True)
    file = await pressed.services.desks.run(answered_sheet, state)
    return Outcome(texts.SENT_FILE, file=file) if file else Outcome(texts.GONE, alert=True)


async def send_original(pressed: Pressed) -> Outcome:
    """The report itself."""
    path = await pressed.services.desks.run(Desk.original, pressed.press.token)
    if path is None or not pressed.chat or path.stat().st_size > MOST_UPLOAD:
        return Outcome(texts.NO_FILE, alert=True)
    return Outcome(texts.SENT_FILE, file=path)
