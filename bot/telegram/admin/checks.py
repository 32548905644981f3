"""The admin's buttons of a check: 核对 under the report on a draft, 搁置 under what was found, with a reason.

[核对] -> what was found   [搁置 3] -> why?  [口径不同] or a reply -> ✓ 已搁置第 3 条  [收回]
"""

from __future__ import annotations

import json
from typing import Final

from telegram import Message

from bot.telegram import texts
from bot.telegram.admin.decide import NOT_THERE, find, settled
from bot.telegram.admin.orders import Ordered
from bot.telegram.admin.progress import Progress
from bot.telegram.admin.rights import person
from bot.telegram.checks.memory import Kept
from bot.telegram.checks.page import aside_page, check_page, page_with, put_aside_page
from bot.telegram.checks.work import CHECKING, check
from bot.telegram.outcome import Outcome
from bot.telegram.page import Page, escaped
from bot.telegram.sending import Place, Spot, edit, place_of, say, send
from bot.telegram.services import Bot, Context, Services, services_of
from index import Checked, Office, Person, YusuanError, aside_reasons

KIND: Final = "aside"
_ID: Final = 8


async def check_draft(ordered: Ordered) -> Outcome:
    """Check the files of a draft once more, below its report."""
    draft = await find(ordered, ordered.order.about)
    if draft is None:
        return Outcome(NOT_THERE, alert=True)
    if (decided := settled(ordered, draft)) is not None:
        return decided

    def found(office: Office, progress: Progress) -> list[Checked]:
        progress(0, len(draft.paths))
        return office.examine_draft(draft.id, progress)

    async def work() -> None:
        spot = Spot(ordered.place.chat, await send(ordered.bot, Page(f"{CHECKING}…"), ordered.place))
        await check(ordered.bot, spot, ordered.services, found, admin=True, alone=False)

    ordered.later(work())
    return Outcome(f"{CHECKING}…")


async def ask(ordered: Ordered) -> Outcome:
    """Why is it put aside?"""
    number = ordered.order.page
    kept = _kept(ordered.services, ordered.spot.chat, ordered.order.about, number)
    if kept is None:
        return Outcome(texts.CHECK_GONE, alert=True)
    if kept.is_aside(number) is not None:
        return Outcome("这一条已经搁置", alert=True, page=_list(kept, number))
    message = await send(ordered.bot, aside_page(kept, number, aside_reasons()), ordered.place)
    subject = json.dumps({"check": kept.id, "number": number, "card": ordered.spot.message})
    ordered.services.state.keep_prompt(ordered.place.chat, message, KIND, subject)
    return Outcome()


async def choose(ordered: Ordered) -> Outcome:
    """One of the reasons that are given in one tap."""
    about, reasons = ordered.order.about, aside_reasons()
    number = int(about[_ID:]) if about[_ID:].isascii() and about[_ID:].isdigit() else -1
    kept = _kept(ordered.services, ordered.spot.chat, about[:_ID], number)
    if kept is None or ordered.order.page >= len(reasons):
        return Outcome(texts.CHECK_GONE, alert=True)
    prompt = ordered.services.state.prompt(ordered.spot.chat, ordered.spot.message)
    card = int(json.loads(prompt[1])["card"]) if prompt and prompt[0] == KIND else 0
    try:
        page = await _put(ordered.services, kept, number, reasons[ordered.order.page], ordered.by)
    except YusuanError as error:
        return Outcome(str(error)[:200], alert=True)
    await _show(ordered.bot, kept, number, Spot(ordered.spot.chat, card))
    return Outcome("已搁置", page=page)


async def on_reply(message: Message, context: Context, subject: str) -> None:
    """The reason, written."""
    services, place, about = services_of(context), place_of(message), json.loads(subject)
    number = int(about["number"])
    kept = _kept(services, place.chat, str(about["check"]), number)
    if kept is None:
        await say(context.bot, texts.CHECK_GONE, place)
        return
    assert message.from_user is not None
    try:
        page = await _put(services, kept, number, message.text or "", person(message.from_user))
    except YusuanError as error:
        await say(context.bot, str(error), place)
        return
    await _show(context.bot, kept, number, Spot(place.chat, int(about["card"])))
    await send(context.bot, page, Place(place.chat, place.topic))


async def undo(ordered: Ordered) -> Outcome:
    """Let it count again."""
    about = ordered.order.about
    number = int(about[_ID:]) if about[_ID:].isascii() and about[_ID:].isdigit() else -1
    kept = _kept(ordered.services, ordered.spot.chat, about[:_ID], number)
    if kept is None:
        return Outcome(texts.CHECK_GONE, alert=True)
    file, finding = kept.slips[number]
    try:
        await ordered.services.clerk.ask(lambda office: office.take_back(kept.results[file], finding, ordered.by))
    except YusuanError as error:
        return Outcome(str(error)[:200], alert=True)
    await _reckon(ordered.services, kept)
    return Outcome("已收回", page=Page(f"<b>已收回第 {number + 1} 条</b>，照常列出。\n{escaped(finding.told[:300])}"))


async def leave(ordered: Ordered) -> Outcome:
    """It stays in the list."""
    return Outcome("已取消", page=Page("已取消，这一条照常列出。"))


def _kept(services: Services, chat: int, id: str, number: int) -> Kept | None:
    kept = services.checks.get(id, chat)
    return kept if kept is not None and 0 <= number < len(kept.slips) else None


async def _put(services: Services, kept: Kept, number: int, reason: str, by: Person) -> Page:
    file, finding = kept.slips[number]
    aside = await services.clerk.ask(lambda office: office.put_aside(kept.results[file], finding, reason, by))
    await _reckon(services, kept)
    return put_aside_page(kept, number, aside.reason, by)


async def _reckon(services: Services, kept: Kept) -> None:
    kept.results[:] = await services.clerk.ask(lambda office: [office.reckoned(one) for one in kept.results])


async def _show(bot: Bot, kept: Kept, number: int, card: Spot) -> None:
    """The list as it is now."""
    if card.message:
        await edit(bot, _list(kept, number), card)


def _list(kept: Kept, number: int) -> Page:
    return check_page(kept, page_with(kept, number), admin=True)
