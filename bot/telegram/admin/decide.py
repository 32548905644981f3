"""What becomes of a draft: adopted, changed in region or year, dropped; each by a button under its report.

Two admins may press at once and the index may have moved on: whoever comes second is told who was first, and nothing is
adopted that was not on the page that the button stood under.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging

from telegram import Message
from telegram.error import TelegramError

from bot.telegram.admin.draft_page import adopted_page, decided_page, draft_page, dropped_words, seal
from bot.telegram.admin.gold_page import ONLY_OWNERS, gold_page
from bot.telegram.admin.intake import send_changes
from bot.telegram.admin.orders import Ordered
from bot.telegram.admin.progress import Progress
from bot.telegram.admin.wording import who
from bot.telegram.answers import File
from bot.telegram.outcome import Outcome
from bot.telegram.page import Page
from bot.telegram.sending import edit, send_file
from index import Draft, DraftOutdated, GoldChanged, YusuanError

log = logging.getLogger(__name__)

_ID = 8
NOT_THERE = "这份报告已经处理过，找不到了"
CHANGED = "情况有变，请看新的对比再决定"
_DONE = {"adopted": "采用", "dropped": "放弃"}


async def adopt(ordered: Ordered) -> Outcome:
    """Begin to adopt what the page shows; the rest goes on behind the answer."""
    about = ordered.order.about
    draft = await find(ordered, about[:_ID])
    if draft is None:
        return Outcome(NOT_THERE, alert=True)
    if (decided := settled(ordered, draft)) is not None:
        return decided
    if about[_ID:] != seal(draft):
        return Outcome(CHANGED, alert=True, page=draft_page(draft), anew=True)
    ordered.services.work.deciding[draft.id] = ordered.by
    ordered.later(_adopt(ordered, draft))
    return Outcome("开始采用")


async def adopt_in_spite(ordered: Ordered) -> Outcome:
    """An owner's second press: adopt in spite of the gold questions that the page shows, and of no others."""
    if ordered.services.access.role(ordered.by.id) != "owner":
        return Outcome(ONLY_OWNERS, alert=True)
    about = ordered.order.about
    draft = await find(ordered, about[:_ID])
    if draft is None or not about[_ID:]:
        return Outcome(NOT_THERE, alert=True)
    if (decided := settled(ordered, draft)) is not None:
        return decided
    ordered.services.work.deciding[draft.id] = ordered.by
    ordered.later(_adopt(ordered, draft, about[_ID:]))
    return Outcome("开始采用")


async def _adopt(ordered: Ordered, draft: Draft, despite: str = "") -> None:
    services, bot, spot = ordered.services, ordered.bot, ordered.spot
    try:
        await _show(ordered, Page("正在采用：先建好新版本，核对无误再换上……"))
        async with Progress(bot, spot, "正在采用", services.pace.progress) as progress:
            version = await services.clerk.run(
                lambda office: office.adopt(draft.id, ordered.by, progress=progress, despite=despite)
            )
        page = adopted_page(draft, version)
        if despite:
            await _propose(ordered, version.number)
    except GoldChanged as error:
        page = gold_page(draft, error)
    except DraftOutdated as error:
        fresh = await find(ordered, draft.id) or draft
        damaged = "损坏" in str(error)
        page = draft_page(fresh, str(error) if damaged else f"索引刚刚换成了第{fresh.base}版，请看新的对比再决定。")
        with contextlib.suppress(TelegramError, YusuanError):
            await send_changes(bot, fresh, services, ordered.place)
    except YusuanError as error:
        now = await find(ordered, draft.id)
        words = told(now) if now is not None and now.state != "open" else ""
        page = decided_page(draft, words) if words else draft_page(now or draft, f"没有采用：{error}")
    except Exception:
        log.exception("adopting %s", draft.id)
        page = draft_page(draft, "没有采用：程序出了问题，索引没有变化。")
    finally:
        services.work.deciding.pop(draft.id, None)
    await _show(ordered, page)


async def _propose(ordered: Ordered, number: int) -> None:
    """The lines of the gold file that would have to be others now, as a file below."""
    file = await ordered.services.clerk.ask(lambda office: office.proposal(number))
    if file is not None:
        with contextlib.suppress(TelegramError, OSError):
            content = await asyncio.to_thread(file.read_bytes)
            await send_file(ordered.bot, File(f"金标改动_第{number}版.jsonl", content), ordered.place)


async def drop(ordered: Ordered) -> Outcome:
    """Give a draft up."""
    draft = await find(ordered, ordered.order.about)
    if draft is None:
        return Outcome(NOT_THERE, alert=True)
    if (decided := settled(ordered, draft)) is not None:
        return decided
    try:
        await ordered.services.clerk.ask(lambda office: office.drop(draft.id, ordered.by))
    except YusuanError as error:
        return Outcome(str(error)[:200], alert=True)
    return Outcome("已放弃", page=decided_page(draft, dropped_words(ordered.by)))


async def show(ordered: Ordered) -> Outcome:
    """A draft once more, as a new message."""
    draft = await find(ordered, ordered.order.about)
    if draft is None:
        return Outcome(NOT_THERE, alert=True)
    if draft.state != "open":
        return Outcome(told(draft), alert=True)
    return Outcome(page=draft_page(draft), anew=True)


async def find(ordered: Ordered, id: str) -> Draft | None:
    """The draft of a button; None for anything that is no id of one."""
    if len(id) != _ID or not (id.isascii() and id.isalnum()):
        return None
    return await ordered.services.clerk.ask(lambda office: office.draft(id))


def settled(ordered: Ordered, draft: Draft) -> Outcome | None:
    """What to say if somebody was faster; None if the draft is still open."""
    first = ordered.services.work.deciding.get(draft.id)
    if first is not None:
        return Outcome(f"{who(first)}正在采用这份报告", alert=True)
    if draft.state == "open":
        return None
    words, message = told(draft), ordered.query.message
    shown = isinstance(message, Message) and message.reply_markup is None  # it says so already
    return Outcome(words, alert=True, page=None if shown or draft.state == "adopting" else decided_page(draft, words))


def told(draft: Draft) -> str:
    """已由王科长采用."""
    if draft.state == "adopting":
        return "这份报告正在采用中"
    return f"已由{draft.decided_by or '别的管理员'}{_DONE[draft.state]}"


async def _show(ordered: Ordered, page: Page) -> None:
    try:
        await edit(ordered.bot, page, ordered.spot)
    except TelegramError as error:
        log.warning("the report on a draft could not be changed: %s", error)
