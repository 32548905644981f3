"""Reports sent in: fetched, read, compared, and shown to be decided on.  Nothing is in the index by this.

安娜 sends 3 files -> 收到 3 个文件 … 正在读取 2/3 … the report of all three, [采用] [改地区/年份] [放弃]
"""

from __future__ import annotations

import asyncio
import logging
import shutil
import tempfile
from pathlib import Path
from typing import Final

from telegram import Document, Update
from telegram.error import BadRequest, NetworkError, TelegramError

from bot.telegram import texts
from bot.telegram.admin.draft_page import csv_needed, draft_page
from bot.telegram.admin.names import free_path, safe_name
from bot.telegram.admin.progress import Progress
from bot.telegram.admin.rights import may, person
from bot.telegram.admin.wording import short
from bot.telegram.admin.work import MOST_FILES, Batch
from bot.telegram.answers import File
from bot.telegram.checks import work as checks
from bot.telegram.page import Page, escaped
from bot.telegram.sending import Place, Spot, edit, place_of, say, send, send_file
from bot.telegram.services import Bot, Context, Services, services_of
from index import Draft, YusuanError, wants_check

log = logging.getLogger(__name__)

TRIES: Final = 4
MEGABYTE: Final = 1 << 20


async def on_document(update: Update, context: Context) -> None:
    """Take a file into the batch of its sender; the first one opens it."""
    message, user, services = update.message, update.effective_user, services_of(context)
    if message is None or message.document is None or user is None:
        return
    place = place_of(message)
    key = (place.chat, user.id, place.topic or 0)
    batch = services.work.batches.get(key)
    admin = may(services.access, update)
    if not admin and not services.state.use(user.id, services.settings.quota):
        await say(context.bot, texts.QUOTA.format(quota=services.settings.quota), place)
        return
    check, group = wants_check(message.caption or ""), message.media_group_id or ""
    if batch is None or batch.admin != admin or len(batch.documents) >= MOST_FILES or not batch.takes(check, group):
        batch = services.work.batches[key] = Batch(person(user), place, check=check or not admin, admin=admin)
        batch.touch()
        _take(batch, message.document, services, group)
        try:
            batch.message = await send(context.bot, Page("收到文件，正在下载…"), place)
        except TelegramError:
            del services.work.batches[key]  # nobody would read what else comes into it
            raise
        batch.touch()
        context.application.create_task(_work(batch, context, key), update=update)
        return
    batch.check = batch.check or check  # of an album the caption may come with the last file
    _take(batch, message.document, services, group)
    batch.touch()


def _take(batch: Batch, document: Document, services: Services, group: str) -> None:
    most = services.settings.max_file_mb
    batch.groups |= {group} if group else set()
    if (document.file_size or 0) > most * MEGABYTE:
        batch.refused.append(f"{short(safe_name(document.file_name or ''))} 超过 {most} MB，没有收")
    else:
        batch.documents.append(document)


async def _work(batch: Batch, context: Context, key: tuple[int, int, int]) -> None:
    """From the files of a batch to the report on them; the files fetched are gone at the end, whatever happens."""
    services, bot, spot = services_of(context), context.bot, Spot(batch.place.chat, batch.message)
    await batch.settle(services.pace.album)
    if services.work.batches.get(key) is batch:
        del services.work.batches[key]
    folder = Path(await asyncio.to_thread(tempfile.mkdtemp, prefix="yusuan-"))
    try:
        files = await _fetched(batch, bot, folder, spot, services)
        if not files:
            await edit(bot, Page(escaped(_lines(batch.refused))), spot)
            return
        if batch.check:
            await checks.check(bot, spot, services, checks.examined(files), admin=batch.admin, alone=True)
            if batch.refused:
                await say(bot, _lines(batch.refused), batch.place)
            return
        async with Progress(bot, spot, "正在读取", services.pace.progress) as progress:
            draft = await services.clerk.run(lambda office: office.preview(files, batch.by, progress=progress))
        await show_draft(bot, draft, spot, services, _lines(batch.refused), batch.place)
    except YusuanError as error:
        await edit(bot, Page(escaped(_lines([*batch.refused, str(error)]))), spot)
    except TelegramError:
        raise
    except Exception:
        await edit(bot, Page("没有读成，程序出了问题。"), spot)
        raise
    finally:
        await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)


async def _fetched(batch: Batch, bot: Bot, folder: Path, spot: Spot, services: Services) -> list[Path]:
    """The files of a batch, each under a safe name of its own."""
    files: list[Path] = []
    async with Progress(bot, spot, "正在下载", services.pace.progress) as progress:
        for number, document in enumerate(batch.documents):
            progress(number, len(batch.documents))
            name = document.file_name or "报告"
            path = free_path(folder, name)
            if await _fetch(bot, document, path, services):
                files.append(path)
            else:
                batch.refused.append(f"{short(safe_name(name))} 没有下载成，请再发一次")
    return files


async def _fetch(bot: Bot, document: Document, path: Path, services: Services) -> bool:
    """Whether a file could be fetched; a broken line is tried again."""
    for attempt in range(TRIES):
        try:
            file = await bot.get_file(document.file_id)
            await file.download_to_drive(path)
        except BadRequest as error:
            log.info("a file could not be fetched: %s", error)
            return False
        except (NetworkError, OSError) as error:
            log.info("fetching a file: %s, once more", type(error).__name__)
            await asyncio.sleep(services.pace.pause * 2**attempt)
        else:
            return path.stat().st_size <= services.settings.max_file_mb * MEGABYTE
    return False


async def show_draft(bot: Bot, draft: Draft, spot: Spot, services: Services, before: str, place: Place) -> None:
    """The report in the place of a message, and all changes as a file where the page does not hold them."""
    await edit(bot, draft_page(draft, before), spot)
    await send_changes(bot, draft, services, place)


async def send_changes(bot: Bot, draft: Draft, services: Services, place: Place) -> None:
    """All changes as a file, if they are more than a page shows; without it the report still can be decided on."""
    if not csv_needed(draft):
        return
    to = Place(place.chat, place.topic)
    try:
        content = await services.clerk.ask(lambda office: office.changes_csv(draft.id))
        await send_file(bot, File("数字变动.csv", content), to)
    except YusuanError as error:
        await say(bot, f"数字变动的附件没有做成：{error}", to)


def _lines(lines: list[str]) -> str:
    return "\n".join(lines)
