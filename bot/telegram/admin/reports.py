"""/reports and /reload: what is held, its originals, taking one out; and the folder of reports read anew.

/reports 上党区 2023 -> 1. 长治市上党区 2023年 决算报告 …  [原件 1] [删除 1]
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import Final

from telegram import Update

from bot.telegram.admin.codec import shortened
from bot.telegram.admin.draft_page import draft_page
from bot.telegram.admin.intake import send_changes, show_draft
from bot.telegram.admin.keys import key, markup, split, turning
from bot.telegram.admin.orders import Ordered
from bot.telegram.admin.progress import Progress
from bot.telegram.admin.rights import person
from bot.telegram.admin.wording import grouped, short, years
from bot.telegram.around import MOST_UPLOAD
from bot.telegram.outcome import Outcome
from bot.telegram.page import Page, escaped, joined
from bot.telegram.sending import Spot, edit, place_of, send
from bot.telegram.services import Context, Services, services_of
from bot.telegram.tables import page_of
from bot.telegram.texts import NO_FILE, SENT_FILE
from index import Held, YusuanError

_PER_PAGE: Final = 6
_YEAR: Final = re.compile(r"((?:19|20)\d\d)年?", re.ASCII)
NOT_HELD: Final = "这份报告已经不在索引里了"


async def on_reports(update: Update, context: Context) -> None:
    """/reports [地区] [年]"""
    if update.message is not None:
        region, year = filter_of(context.args or [])
        page = await _listed(services_of(context), region, year, 0)
        await send(context.bot, page, place_of(update.message))


async def on_reload(update: Update, context: Context) -> None:
    """/reload: what bringing the index in line with the folder would change."""
    message = update.message
    if message is None or update.effective_user is None:
        return
    place = place_of(message)
    spot = Spot(place.chat, await send(context.bot, Page("正在看报告文件夹……"), place))
    services, by = services_of(context), person(update.effective_user)

    async def work() -> None:
        try:
            async with Progress(context.bot, spot, "正在读取", services.pace.progress) as progress:
                draft = await services.clerk.run(lambda office: office.rescan(by, progress=progress))
            await show_draft(context.bot, draft, spot, services, "", place)
        except YusuanError as error:
            await edit(context.bot, Page(escaped(str(error))), spot)
        except Exception:
            await edit(context.bot, Page("没有读成，程序出了问题。"), spot)
            raise

    context.application.create_task(work(), update=update)


async def turn(ordered: Ordered) -> Outcome:
    """Another page of the list."""
    year, _, region = ordered.order.about.partition(" ")
    if not re.fullmatch(r"\d{0,4}", year, re.ASCII):
        return Outcome(NOT_HELD, alert=True)
    return Outcome(page=await _listed(ordered.services, region, int(year) if year else None, ordered.order.page))


async def send_original(ordered: Ordered) -> Outcome:
    """The file itself."""
    held = await _held(ordered)
    if held is None:
        return Outcome(NOT_HELD, alert=True)
    path = await ordered.services.clerk.ask(lambda office: office.original(held.name))
    if path is None or path.stat().st_size > MOST_UPLOAD:
        return Outcome(NO_FILE, alert=True)
    return Outcome(SENT_FILE, file=path)


async def remove(ordered: Ordered) -> Outcome:
    """What taking it out would change, as a draft to be decided on; in a message of its own."""
    held = await _held(ordered)
    if held is None:
        return Outcome(NOT_HELD, alert=True)
    ordered.later(_remove(ordered, held.name))
    return Outcome("正在比较")


async def _remove(ordered: Ordered, name: str) -> None:
    services, bot = ordered.services, ordered.bot
    try:
        draft = await services.clerk.run(lambda office: office.removal(name, ordered.by))
    except YusuanError as error:
        await send(bot, Page(escaped(str(error))), ordered.place)
        return
    await send(bot, draft_page(draft), ordered.place)
    await send_changes(bot, draft, services, ordered.place)


async def _held(ordered: Ordered) -> Held | None:
    held = await ordered.services.clerk.ask(lambda office: office.documents())
    return next((one for one in held if mark(one) == ordered.order.about), None)


async def _listed(services: Services, region: str, year: int | None, page: int) -> Page:
    try:
        held = await services.clerk.ask(lambda office: office.documents(region, year))
    except YusuanError as error:
        return Page(escaped(str(error)))
    return reports_page(held, region, year, page)


def filter_of(words: Sequence[str]) -> tuple[str, int | None]:
    """["上党区", "2023"] -> ("上党区", 2023)."""
    found = [match for word in words if (match := _YEAR.fullmatch(word))]
    region = " ".join(word for word in words if not _YEAR.fullmatch(word))
    return shortened(region), int(found[0][1]) if found else None


def mark(held: Held) -> str:
    """Tells a report in a button; the same as long as its name is."""
    return hashlib.blake2b(held.name.encode(), digest_size=8).hexdigest()


def reports_page(held: Sequence[Held], region: str, year: int | None, page: int) -> Page:
    """A page of the list."""
    about = f"{year or ''} {region}"
    asked = " ".join(part for part in (region, f"{year}年" if year else "") if part)
    if not held:
        return Page(f"没有收录{escaped(asked)}的报告。" if asked else "索引里还没有报告。")
    shown, page, pages = page_of(held, page, _PER_PAGE)
    blocks = [f"<b>{escaped(asked)}收录 {len(held)} 份报告</b>"]
    keys = []
    for number, one in enumerate(shown, page * _PER_PAGE + 1):
        ocr = "，图片识别" if one.ocr else ""
        blocks.append(f"{number}. {escaped(one.place)} {years(one.years)} {escaped(one.kind)}")
        blocks.append(f"  <i>{escaped(short(one.name))}</i>（{grouped(one.facts)} 个数据点{ocr}）")
        keys += [key(f"原件 {number}", "original", mark(one)), key(f"删除 {number}", "remove", mark(one))]
    return Page(joined(blocks), markup([*split(keys, 4), *turning("reports", about, page, pages)]))
