"""What a chat follows: a figure or a region, by the button under a card or by /watch; and how it stops.

[关注] under 上党区2023年教育支出 -> [这个数字] [长治市上党区的新报告] [‹ 返回]
/watch -> what is followed, each with a button to stop        /unwatch -> all of it stops
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from telegram import InlineKeyboardMarkup, Message, Update

from bot.telegram import menus
from bot.telegram.answers import page_of
from bot.telegram.buttons import button
from bot.telegram.desk_work import place_named, values_of
from bot.telegram.outcome import Outcome, Pressed
from bot.telegram.page import Page, escaped, joined
from bot.telegram.sending import place_of, say, send
from bot.telegram.services import Bot, Context, link_to, services_of
from bot.telegram.state import Watch
from bot.telegram.texts import ADMINS_ONLY, GONE, NOT_OURS
from index import Desk, Turn

MOST: Final = 50
ASKED: Final = "关注什么？有变化时我会在这里提醒，随时可以取消。"
NOTHING: Final = "还没有关注什么。点回答下面的“关注”，或者写 /watch 上党区。"
FULL: Final = f"最多关注 {MOST} 项，请先取消几项（/watch）"
NOT_FOUND: Final = "没有找到。请写收录了的地区，例如 /watch 上党区，或者先问出一个数字，再点“关注”。"
STOPPED: Final = "已取消全部关注，不再提醒。"
FIGURE, REGION = 0, 1


async def on_watch(update: Update, context: Context) -> None:
    """/watch, /watch 上党区, or as a reply to a card."""
    message = update.message
    if message is None:
        return
    services, chat, words = services_of(context), message.chat.id, "".join(context.args or [])
    reply = message.reply_to_message
    if words:
        token = await services.desks.run(place_named, words)
        if not token:
            await say(context.bot, NOT_FOUND, place_of(message))
        elif await _may_change(message, context):
            await say(context.bot, _follow_region(context, chat, *token), place_of(message))
        else:
            await say(context.bot, ADMINS_ONLY, place_of(message))
        return
    if reply is not None and (state := services.state.dialogue(chat, reply.message_id)):
        question = str(state.get("text", ""))
        turn = await services.desks.run(Desk.converse, question, state)
        if turn.detail.lead:
            await send(context.bot, choice_page(turn), place_of(message))
            return
    await send(context.bot, watches_page(services.state.watches(chat), context.bot), place_of(message))


async def on_unwatch(update: Update, context: Context) -> None:
    """/unwatch: everything."""
    message = update.message
    if message is None:
        return
    if not await _may_change(message, context):
        await say(context.bot, ADMINS_ONLY, place_of(message))
        return
    stopped = services_of(context).state.unwatch(message.chat.id)
    await say(context.bot, STOPPED if stopped else NOTHING, place_of(message))


# ---------------------------------------------------------------------------------------------- buttons


async def offer(pressed: Pressed) -> Outcome:
    """关注: what exactly."""
    token = pressed.press.token
    turn = await pressed.services.desks.run(Desk.recall, token)
    return Outcome(page=choice_page(turn)) if turn and turn.detail.lead else Outcome(GONE, alert=True)


async def follow(pressed: Pressed) -> Outcome:
    """The figure, or its region; the card comes back."""
    if not pressed.chat or pressed.press.page not in (FIGURE, REGION):
        return Outcome(NOT_OURS, alert=True)
    if not await menus.may_change(pressed.query, pressed.context):
        return Outcome(ADMINS_ONLY, alert=True)
    token = pressed.press.token
    turn = await pressed.services.desks.run(Desk.recall, token)
    if turn is None or not turn.detail.lead:
        return Outcome(GONE, alert=True)
    back = page_of(turn, pressed.look, pressed.link(turn.detail.lead))
    found, state = turn.detail, pressed.services.state
    if pressed.press.page == REGION:
        line = _follow_region(pressed.context, pressed.chat, found.region, found.place) if found.region else GONE
    elif len(state.watches(pressed.chat)) >= MOST:
        line = FULL
    else:
        new = state.watch(pressed.chat, "figure", found.lead, found.answer.reading, json.dumps(values_of(turn)))
        line = f"{'已关注' if new else '已经关注着'}{found.answer.reading}"
    return Outcome(line[:200], alert=True, page=back)


async def unfollow(pressed: Pressed) -> Outcome:
    """One thing less, in the list."""
    if not await menus.may_change(pressed.query, pressed.context):
        return Outcome(ADMINS_ONLY, alert=True)
    token, state = pressed.press.token, pressed.services.state
    stopped = state.unwatch(pressed.chat, int(token)) if token.isdigit() and 0 < int(token) < 1 << 60 else 0
    if not stopped:
        return Outcome("这一项已经不在了", alert=True)
    return Outcome("已取消", page=watches_page(state.watches(pressed.chat), pressed.context.bot))


async def stop(pressed: Pressed) -> Outcome:
    """One tap under a digest: no more of them."""
    if not await menus.may_change(pressed.query, pressed.context):
        return Outcome(ADMINS_ONLY, alert=True)
    pressed.services.state.unwatch(pressed.chat)
    return Outcome(STOPPED, alert=True, without=pressed.query.data or "")


async def show(pressed: Pressed) -> Outcome:
    """What is followed, as a new message."""
    watches = pressed.services.state.watches(pressed.chat)
    return Outcome(page=watches_page(watches, pressed.context.bot), anew=True)


# ---------------------------------------------------------------------------------------------- parts


def choice_page(turn: Turn) -> Page:
    """The figure or its region."""
    found = turn.detail
    rows = [[button(f"这个数字：{found.answer.reading}", "follow", found.lead, FIGURE)]]
    if found.region and found.place:
        rows.append([button(f"{found.place}的新报告", "follow", found.lead, REGION)])
    rows.append([button("‹ 返回", "card", found.lead)])
    return Page(f"<b>{escaped(found.answer.reading)}</b>\n{ASKED}", InlineKeyboardMarkup(rows))


def watches_page(watches: Sequence[Watch], bot: Bot) -> Page:
    """Everything a chat follows."""
    if not watches:
        return Page(NOTHING)
    blocks, keys = [f"<b>关注着 {len(watches)} 项</b>"], []
    for number, one in enumerate(watches, 1):
        if one.kind == "figure":
            link = link_to(bot, one.token)
            blocks.append(f'{number}. <a href="{escaped(link)}">{escaped(one.label)}</a>')
        else:
            blocks.append(f"{number}. {escaped(one.label)}的新报告")
        keys.append(button(f"取消 {number}", "unfollow", str(one.id)))
    rows = [keys[start : start + 4] for start in range(0, len(keys), 4)]
    return Page(joined(blocks), InlineKeyboardMarkup([*rows, [button("全部取消", "unwatch")]]))


def _follow_region(context: Context, chat: int, token: str, name: str) -> str:
    state = services_of(context).state
    if len(state.watches(chat)) >= MOST:
        return FULL
    new = state.watch(chat, "region", token, name)
    return f"{'已关注' if new else '已经关注着'}{name}的新报告，收录时在这里提醒。"


async def _may_change(message: Message, context: Context) -> bool:
    """Everyone in private, administrators in a group."""
    if message.chat.type == "private":
        return True
    if message.from_user is None:
        return False
    member = await context.bot.get_chat_member(message.chat.id, message.from_user.id)
    return member.status in ("creator", "administrator")
