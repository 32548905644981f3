"""Pictures in the chat: the 图 button, 画个图 about the last answer, and a picture asked for with a question.

    画个图 -> a photo of the last answer, its caption says it in words        [深色] [SVG] [PNG 文件] under it

A picture is made at a desk, like the answer it shows; its message goes on with the same dialogue.
"""

from __future__ import annotations

from typing import Any, Final

from telegram import Message

from bot.charts.asking import NO_LAST, NOTHING, chart_at, chart_for, kind_of, nothing
from bot.charts.chart import Chart
from bot.charts.drawing import warm
from bot.charts.pictures import NOT_INSTALLED, drawn
from bot.charts.style import can_draw
from bot.telegram import texts
from bot.telegram.answers import File, Look, file_of, lead_of, page_of
from bot.telegram.buttons import ANSWERED, CARD, LISTS, LOOKS, picture_buttons
from bot.telegram.codec import link
from bot.telegram.outcome import Outcome, Pressed
from bot.telegram.page import Page
from bot.telegram.sending import place_of, say, send_file
from bot.telegram.services import Context, Services, services_of
from index import PICTURE, Desk, Turn, Wish

# The look of a picture as a button says it: its form (a photo, a file to be kept) and whether it is dark.
_FORMS: Final = (("photo", False), ("photo", True), ("svg", False), ("file", False), ("svg", True), ("file", True))


# ---------------------------------------------------------------------------------------------- at a desk


def pictured(
    desk: Desk, wish: Wish, question: str, state: dict[str, Any] | None, home: str, look: Look, name: str
) -> tuple[Turn, Page, File | None]:
    """The card of a question and the picture asked for with it; the answer says so where there is nothing to draw."""
    turn, chart = chart_for(desk, wish, state, home, unit=look.unit)
    if turn is None:
        turn = desk.converse(question, state, home)
    page = page_of(turn, look, link(name, lead_of(turn)))
    if turn.detail.answer.status != "answered":
        return turn, page, None
    if chart is None or not can_draw():
        line = nothing(wish.kind, turn) if can_draw() else NOT_INSTALLED
        return turn, Page(f"{page.html}\n※ {line}", page.markup, page.rich), file_of(turn)
    return turn, page, _file(chart, _number(wish), ANSWERED)


def last_pictured(desk: Desk, wish: Wish, state: dict[str, Any] | None, home: str, unit: str) -> File | str:
    """The picture of the last answer, or a line that says why there is none."""
    turn, chart = chart_for(desk, wish, state, home, unit=unit)
    if turn is None or turn.detail.answer.status != "answered":
        return NO_LAST
    if chart is None:
        return nothing(wish.kind)
    lead, kind = turn.detail.lead, kind_of(wish, state)
    if kind in LISTS and lead:
        return _file(chart, _number(wish), LISTS.index(kind), lead)
    return _file(chart, _number(wish), ANSWERED)


def picture_at(desk: Desk, token: str, page: int, state: dict[str, Any] | None, unit: str) -> File | None:
    """The picture of a button: of a list or card at an address, or of an answer that is given once more."""
    look, kind = divmod(page, LOOKS)
    if kind == ANSWERED:
        _, chart = chart_for(desk, Wish("", ""), state, unit=unit)
    else:
        chart = chart_at(desk, "card" if kind == CARD else LISTS[kind], token, unit)
    return _file(chart, look, kind, token) if chart else None


def _prepare() -> None:
    if can_draw():
        warm()


def ready(_: Desk) -> None:
    """A desk that draws its first picture as quickly as its second; for when it is idle."""


for _work in (pictured, last_pictured, picture_at, ready):
    _work.__dict__["prepare"] = _prepare  # see ``desk_process``: not in the time of the answer


def _file(chart: Chart, look: int, kind: int, token: str = "") -> File:
    form, dark = _FORMS[look]
    made = drawn(chart, dark=dark, form="svg" if form == "svg" else "png")
    if form != "photo":
        return File(made.name, made.content, caption=made.title)
    return File(
        made.name,
        made.content,
        caption=made.caption,
        photo=True,
        markup=picture_buttons(token, kind, dark=dark),
    )


def _number(wish: Wish) -> int:
    return _FORMS.index(("svg" if wish.vector else "photo", wish.dark))


# ---------------------------------------------------------------------------------------------- in the chat


async def of_last(context: Context, message: Message, wish: Wish, base: int) -> int:
    """画个图: a picture of the answer that the dialogue has come to, never its card again; the id of the message."""
    services, chat, place = services_of(context), message.chat.id, place_of(message)
    if not can_draw():
        return await say(context.bot, NOT_INSTALLED, place)
    settings = services.state.settings(chat)
    state = services.state.dialogue(chat, base) if base else None
    found = await services.desks.run(last_pictured, wish, state, settings.region, settings.unit)
    if isinstance(found, str):
        return await say(context.bot, found, place)
    sent = await send_file(context.bot, found, place)
    keep(services, chat, base, sent, kind_of(wish, state))
    return sent


async def press(pressed: Pressed) -> Outcome:
    """The picture as a message of its own."""
    number = pressed.press.page
    if number % LOOKS > CARD or number // LOOKS >= len(_FORMS) or not pressed.chat:
        return Outcome(texts.NOT_OURS, alert=True)
    if not can_draw():
        return Outcome(NOT_INSTALLED, alert=True)
    state = pressed.services.state.dialogue(pressed.chat, pressed.message)
    if number % LOOKS == ANSWERED and state is None:
        return Outcome(texts.EXPIRED_CHOICE, alert=True)
    file = await pressed.services.desks.run(picture_at, pressed.press.token, number, state, pressed.look.unit)
    if file is not None:
        return Outcome(file=file)
    token = pressed.press.token
    gone = token and await pressed.services.desks.run(Desk.recall, token) is None
    return Outcome(texts.GONE if gone else NOTHING, alert=True)


def keep(services: Services, chat: int, before: int, sent: int, kind: str = "") -> None:
    """A reply to the picture goes on from the answer it shows; 深色 is the same picture (its ``kind``) once more."""
    state = services.state.dialogue(chat, before)
    if state is not None:
        for message in (before, sent):
            services.state.keep_dialogue(chat, message, {**state, PICTURE: kind})


def kind_at(number: int) -> str:
    """Which kind of picture a button of this page number draws."""
    kind = number % LOOKS
    return LISTS[kind] if kind < len(LISTS) else ""
