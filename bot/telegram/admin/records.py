"""/stats, /audit and /export: how much is asked and answered, who did what, and the figures of a place as a file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Literal

from telegram import Update

from bot.telegram.admin.keys import Row, key, markup
from bot.telegram.admin.orders import Ordered
from bot.telegram.admin.rights import person
from bot.telegram.admin.wording import grouped, short, when, who
from bot.telegram.answers import File
from bot.telegram.around import MOST_UPLOAD
from bot.telegram.outcome import Outcome
from bot.telegram.page import Page, escaped, joined
from bot.telegram.sending import place_of, say, send, send_file
from bot.telegram.services import Context, Services, services_of
from bot.telegram.state import DayCount
from bot.telegram.tables import aligned
from index import Entry, Version, YusuanError

DAYS: Final = 7
_PER_PAGE: Final = 8
_LONGEST: Final = 60
ACTIONS: Final = {
    "preview": "预览", "add": "收录", "adopt": "采用", "drop": "放弃", "reload": "重读文件夹", "remove": "删除",
    "removal": "删除", "rollback": "退回版本", "revise": "改地区或年份", "link": "公开网页",
    "recover": "恢复", "backup": "备份",
    "restore": "还原", "add_alias": "加别名", "remove_alias": "撤销别名", "alias": "加别名", "unalias": "撤销别名",
    "load": "装入", "export": "导出", "/allow": "允许", "/deny": "禁用", "upload": "发文件", "button": "按钮",
    "reply": "回复", "gold": "不顾金标采用",
    "aside": "搁置", "unaside": "收回搁置",
}  # fmt: skip
OUTCOMES: Final = {"done": "", "refused": "（被拒）", "failed": "（没成）", "begun": "（进行中）"}
EXPORT_USAGE: Final = "请写地区，可加年份和格式，例如：/export 上党区 2023 xlsx"


# ---------------------------------------------------------------------------------------------- stats


async def on_stats(update: Update, context: Context) -> None:
    """/stats"""
    if update.message is not None:
        await send(context.bot, await _stats(services_of(context)), place_of(update.message))


async def _stats(services: Services) -> Page:
    versions = await services.clerk.ask(lambda office: office.versions())
    current = next((one for one in versions if one.current), None)
    watches = services.state.watches()
    chats = len({one.chat for one in watches})
    counted = services.state.day_counts(DAYS)
    return stats_page(counted, current, _size(services.settings.db), len(watches), chats)


def _size(db: Path) -> int:
    try:
        return db.stat().st_size
    except OSError:
        return 0


def stats_page(days: Sequence[DayCount], current: Version | None, size: int, watches: int, chats: int) -> Page:
    """Questions by day, how quickly they were answered, how large the index is."""
    blocks = ["<b>最近的提问</b>"]
    if days:
        rows = [["日期", "提问", "答出", "没有", "反问"]]
        rows += [[_day(one.day), *map(str, (one.asked, one.answered, one.not_found, one.clarify))] for one in days]
        blocks.append(f"<pre>{escaped(chr(10).join(aligned(rows)))}</pre>")
        latest = days[0]
        if latest.p50_ms is not None and latest.p99_ms is not None:
            blocks.append(f"{_day(latest.day)} 一半在 {_time(latest.p50_ms)}内答出，99% 在 {_time(latest.p99_ms)}内")
    else:
        blocks.append("还没有人提问。")
    if current is not None:
        blocks.append(f"索引第{current.number}版：{current.documents} 份报告，{grouped(current.facts)} 个数据点")
    blocks.append(f"索引文件 {size / 1e6:.1f} MB")
    blocks.append(f"关注 {watches} 条（{chats} 个聊天）")
    return Page(joined(blocks))


def _day(day: str) -> str:
    return day[5:]


def _time(ms: int) -> str:
    return f"{ms} 毫秒" if ms < 1000 else f"{ms / 1000:.1f} 秒"


# ---------------------------------------------------------------------------------------------- audit


async def on_audit(update: Update, context: Context) -> None:
    """/audit"""
    if update.message is not None:
        await send(context.bot, await _audit(services_of(context), 0), place_of(update.message))


async def turn_audit(ordered: Ordered) -> Outcome:
    """Another page."""
    return Outcome(page=await _audit(ordered.services, ordered.order.page))


async def _audit(services: Services, page: int) -> Page:
    entries = await services.clerk.ask(lambda office: office.log(_PER_PAGE + 1, page * _PER_PAGE))
    return audit_page(entries, page)


def audit_page(entries: Sequence[Entry], page: int) -> Page:
    """A page of the log; one line more than is shown tells that there is another page."""
    if not entries:
        return Page("没有更早的记录了。" if page else "还没有管理记录。", markup([_paging(page, more=False)]))
    blocks = ["<b>管理记录</b>" + (f"（第 {page + 1} 页）" if page else "")]
    for one in entries[:_PER_PAGE]:
        action = ACTIONS.get(one.action, one.action) + OUTCOMES.get(one.outcome, "")
        blocks.append(f"<b>{escaped(action)}</b>  {when(one.at)} {escaped(_person(one))}")
        change = " → ".join(part for part in (_cut(one.before), _cut(one.after)) if part)
        told = "：".join(part for part in (_cut(one.subject), change) if part)
        if told:
            blocks.append(f"  {escaped(told)}")
    return Page(joined(blocks), markup([_paging(page, more=len(entries) > _PER_PAGE)]))


def _person(entry: Entry) -> str:
    """Somebody refused is told by number too: it is what /deny needs."""
    return f"{who(entry.by)}（{entry.by.id}）" if entry.outcome == "refused" else who(entry.by)


def _cut(text: str) -> str:
    return short(" ".join(text.split()), _LONGEST)


def _paging(page: int, *, more: bool) -> Row:
    before = [key("‹ 较新", "audit", "", page - 1)] if page else []
    return [*before, *([key("较早 ›", "audit", "", page + 1)] if more else [])]


# ---------------------------------------------------------------------------------------------- export


async def on_export(update: Update, context: Context) -> None:
    """/export 地区 [年] [csv|xlsx]"""
    message = update.message
    if message is None or message.from_user is None:
        return
    services, place = services_of(context), place_of(message)
    wanted = export_of(context.args or [])
    if wanted is None:
        await say(context.bot, EXPORT_USAGE, place)
        return
    region, year, form = wanted
    try:
        name, content = await services.clerk.ask(lambda office: office.export(region, year, form))
    except YusuanError as error:
        await say(context.bot, str(error), place)
        return
    if len(content) > MOST_UPLOAD:
        await say(context.bot, "内容太多，发不出来。请加上年份，或者在服务器上用 yusuan export。", place)
        return
    by, asked = person(message.from_user), " ".join(str(part) for part in wanted if part)
    await services.clerk.ask(lambda office: office.note(by, "export", asked))
    await send_file(context.bot, File(name, content), place)


def export_of(words: Sequence[str]) -> tuple[str, int | None, Literal["csv", "xlsx"]] | None:
    """["上党区", "2023", "xlsx"] -> ("上党区", 2023, "xlsx"); None if it makes no sense."""
    form: Literal["csv", "xlsx"] = "csv"
    region, years = [], []
    for word in words:
        if word.lower().lstrip(".") == "xlsx":
            form = "xlsx"
        elif word.lower().lstrip(".") != "csv":
            found = re.fullmatch(r"((?:19|20)\d\d)年?", word, re.ASCII)
            years += [int(found[1])] if found else []
            region += [] if found else [word]
    if not region or len(years) > 1:
        return None
    return "".join(region)[:40], years[0] if years else None, form
