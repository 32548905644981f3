"""Pressed buttons: each changes the message it stands under, sends a file, or records something; each is answered once.

    [历年] under the card of 上党区教育支出 -> the same message now shows the years, with [‹ 返回]

Data that was not written by this program, or by an older version of it, gets a kind line.
"""

from __future__ import annotations

import contextlib
from typing import Any, Final

from telegram import CallbackQuery, Message, Update
from telegram.error import BadRequest

from bot.telegram import around, menus, picturing, texts, watching
from bot.telegram.answers import File, Look
from bot.telegram.checks import work as checks
from bot.telegram.codec import Outdated, Press, decode
from bot.telegram.desk_work import chosen, places
from bot.telegram.errors import AfterAnswer
from bot.telegram.outcome import Action, Outcome, Pressed, answer
from bot.telegram.sending import Place, Spot, edit, place_of, send, send_file
from bot.telegram.services import Context, services_of
from index import Desk, Detail

PRESSES_PER_QUESTION: Final = 10


async def on_press(update: Update, context: Context) -> None:
    """Answer the press, then do what it leads to."""
    query = update.callback_query
    if query is None:
        return
    pressed: Pressed | None = None
    try:
        press = decode(query.data or "")
    except Outdated:
        outcome = Outcome(texts.OUTDATED, alert=True)
    except ValueError:
        outcome = Outcome(texts.NOT_OURS, alert=True)
    else:
        pressed = _pressed(press, query, context)
        quota = pressed.services.settings.quota * PRESSES_PER_QUESTION
        if pressed.services.state.use(-query.from_user.id, quota):
            outcome = await _ACTIONS[press.action](pressed)
        else:
            outcome = Outcome(texts.QUOTA.format(quota=quota), alert=True)
    answer(query, outcome, context)
    if pressed is not None:
        try:
            await _carry_out(pressed, outcome)
        except Exception as error:
            raise AfterAnswer from error


def _pressed(press: Press, query: CallbackQuery, context: Context) -> Pressed:
    services = services_of(context)
    chat = query.message.chat.id if query.message else 0
    settings = services.state.settings(chat)
    inline = query.message is None
    web = services.settings.mini_app if chat > 0 else ""
    return Pressed(press, query, context, services, chat, Look(settings.unit, settings.rich, inline, web=web))


async def _carry_out(pressed: Pressed, outcome: Outcome) -> None:
    bot, query, state = pressed.context.bot, pressed.query, pressed.services.state
    place = place_of(query.message, quote=False) if isinstance(query.message, Message) else Place(pressed.chat)
    shown = pressed.message
    if outcome.page is not None:
        if outcome.anew and query.message is not None:
            shown = await send(bot, outcome.page, place)
        else:
            shown = await edit(bot, outcome.page, Spot(pressed.chat, shown, query.inline_message_id or ""))
    if outcome.without and isinstance(query.message, Message):
        await _drop_button(query, outcome.without)
    if outcome.turn is not None and shown:
        state.keep_dialogue(pressed.chat, shown, outcome.turn.state)
        if query.message is not None and query.message.chat.type == "private":
            state.keep_dialogue(pressed.chat, 0, {"message": shown})
    if isinstance(outcome.file, File):
        sent = await send_file(bot, outcome.file, place)
        if outcome.file.photo:
            kind = picturing.kind_at(pressed.press.page)
            picturing.keep(pressed.services, pressed.chat, pressed.message, sent, kind)
    elif outcome.file is not None:
        await bot.send_document(place.chat, outcome.file, filename=outcome.file.name, message_thread_id=place.topic)


async def _drop_button(query: CallbackQuery, data: str) -> None:
    """Take one button away, leave the others."""
    markup = query.message.reply_markup if isinstance(query.message, Message) else None
    if markup is None:
        return
    rows = [[one for one in row if one.callback_data != data] for row in markup.inline_keyboard]
    with contextlib.suppress(BadRequest):
        await query.edit_message_reply_markup(type(markup)([row for row in rows if row]))


# ---------------------------------------------------------------------------------------------- choices, votes


async def _choose(pressed: Pressed) -> Outcome:
    """The place that a question left open."""
    asker = pressed.services.state.asker_of(pressed.chat, pressed.message)
    if pressed.chat < 0 and asker is not None and asker != pressed.query.from_user.id:
        return Outcome(texts.ASKER_ONLY, alert=True)
    state = pressed.services.state.dialogue(pressed.chat, pressed.message)
    if state is None:
        return Outcome(texts.EXPIRED_CHOICE, alert=True)

    if not pressed.press.token:
        return Outcome(page=await pressed.services.desks.run(places, state, pressed.press.page))
    found = await pressed.services.desks.run(chosen, pressed.press.token, state, pressed.look, pressed.name)
    return Outcome(page=found[1], turn=found[0]) if found else Outcome(texts.GONE, alert=True)


async def _vote(pressed: Pressed) -> Outcome:
    """👍 or 👎: the reading is kept, the question only if the settings allow."""
    vote = 1 if pressed.press.action == "up" else -1
    state, token = pressed.services.state, pressed.press.token
    dialogue: dict[str, Any] = state.dialogue(pressed.chat, pressed.message) or {}
    reading = ""
    if token:
        turn = await pressed.services.desks.run(Desk.recall, token)
        reading = _reading(turn.detail) if turn else ""
    question = str(dialogue.get("text", "")) if pressed.services.settings.keep_questions else None
    spot = str(pressed.message or pressed.query.inline_message_id)
    state.keep_vote(pressed.chat, spot, pressed.query.from_user.id, vote, reading, token, question)
    return Outcome(texts.VOTED[vote])


def _reading(found: Detail) -> str:
    return found.answer.reading


# ---------------------------------------------------------------------------------------------- menus


async def _home(pressed: Pressed) -> Outcome:
    """Make a place the chat's own; "" forgets it.  Page 1: pressed in the settings."""
    if not await menus.may_change(pressed.query, pressed.context):
        return Outcome(texts.ADMINS_ONLY, alert=True)
    places = dict(await pressed.services.desks.run(Desk.places))
    token = pressed.press.token
    if token and token not in places:
        return Outcome(texts.GONE, alert=True)
    pressed.services.state.change(pressed.chat, region=token, offered=True)
    line = texts.HOME_SET.format(place=places[token]) if token else "已取消默认地区"
    if pressed.press.page == 1:
        return Outcome(line, page=await menus.settings_page(pressed.services, pressed.chat))
    return Outcome(line, without=pressed.query.data or "")


async def _setting(pressed: Pressed) -> Outcome:
    if not await menus.may_change(pressed.query, pressed.context):
        return Outcome(texts.ADMINS_ONLY, alert=True)
    press, state = pressed.press, pressed.services.state
    if press.action == "unit" and press.token in menus.UNITS:
        state.change(pressed.chat, unit=menus.UNITS[press.token])
    elif press.action == "rich" and press.token in ("on", "off"):
        state.change(pressed.chat, rich=press.token == "on")
    else:
        return Outcome(texts.NOT_OURS, alert=True)
    return Outcome("已设置", page=await menus.settings_page(pressed.services, pressed.chat))


async def _menu(pressed: Pressed) -> Outcome:
    page = await menus.page_for(pressed.press, pressed.services, pressed.chat)
    return Outcome(page=page) if page else Outcome(texts.GONE, alert=True)


async def _forget(pressed: Pressed) -> Outcome:
    if not await menus.may_change(pressed.query, pressed.context):
        return Outcome(texts.ADMINS_ONLY, alert=True)
    pressed.services.state.forget(pressed.chat)
    pressed.services.state.unwatch(pressed.chat)
    return Outcome(texts.FORGOTTEN, alert=True)


async def _none(pressed: Pressed) -> Outcome:
    return Outcome()


_ACTIONS: Final[dict[str, Action]] = {
    "card": around.show_card,
    "trend": around.show_list,
    "peers": around.show_list,
    "parts": around.show_list,
    "context": around.show_context,
    "cite": around.show_citation,
    "file": around.send_original,
    "sheet": around.send_sheet,
    "place": _choose,
    "up": _vote,
    "down": _vote,
    "home": _home,
    "unit": _setting,
    "rich": _setting,
    "settings": _menu,
    "places": _menu,
    "sources": _menu,
    "glossary": _menu,
    "forget": _forget,
    "watch": watching.offer,
    "follow": watching.follow,
    "unfollow": watching.unfollow,
    "unwatch": watching.stop,
    "watches": watching.show,
    "picture": picturing.press,
    "check": checks.turn,
    "none": _none,
}
