"""New versions of the index, also those made by other programs, told to the chats that follow what has changed.

    第12版 -> 第13版:  上党区 has a new report, 教育支出 was 56,917 万元 and is 57,000 万元 -> one digest for each chat

The digests and the number of the announced version are written in one transaction: a restart tells nobody twice and
leaves nobody out.  A figure is compared with what it was when the chat was last told.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from telegram import InlineKeyboardMarkup

from bot.telegram.buttons import button
from bot.telegram.desk_work import changes
from bot.telegram.page import Page, escaped, joined
from bot.telegram.services import Bot, Services, link_to
from bot.telegram.state import State, Watch
from index import Desk, Held, Version

_AT_ONCE = 50
_MOST = 15


async def look(services: Services, bot: Bot) -> None:
    """Compare the version in use with the one announced last, and queue what there is to tell."""
    number = await services.clerk.ask(lambda office: office.version())
    announced = services.state.announced()
    if announced is None:
        services.state.mark_announced(number)
        return
    if number == announced:
        return
    versions = await services.clerk.ask(lambda office: office.versions())
    watches = services.state.watches()
    came = arrived([one for one in versions if announced < one.number <= number])
    held = await services.desks.run(Desk.reports) if came else []
    new = [one for one in held if one.name in came]
    changed: dict[int, list[str]] = {}
    figures = [one for one in watches if one.kind == "figure"]
    for start in range(0, len(figures), _AT_ONCE):
        some = [(one.id, one.token, one.value) for one in figures[start : start + _AT_ONCE]]
        changed |= await services.desks.run(changes, some)
    _queue(services.state, bot, number, watches, new, changed)


def arrived(versions: Sequence[Version]) -> set[str]:
    """The names of the reports that these versions brought."""
    return {name for one in versions for name in (*one.added, *one.replaced)}


def _queue(
    state: State, bot: Bot, number: int, watches: Sequence[Watch], new: Sequence[Held], changed: dict[int, list[str]]
) -> None:
    with state.together():
        for chat in dict.fromkeys(one.chat for one in watches):
            own = [one for one in watches if one.chat == chat]
            followed = {one.token for one in own if one.kind == "region"}
            reports = [one for one in new if one.region in followed]
            figures = [(one, changed[one.id]) for one in own if one.id in changed]
            if reports or figures:
                state.queue(chat, number, digest(number, reports, figures, bot))
        for id, now in changed.items():
            state.revalue(id, json.dumps(now))
        state.mark_announced(number)


def digest(number: int, reports: Sequence[Held], figures: Sequence[tuple[Watch, list[str]]], bot: Bot) -> str:
    """What a chat is told of a version."""
    blocks = ["<b>关注的内容有更新</b>"]
    for watch, now in figures[:_MOST]:
        link = link_to(bot, watch.token)
        before = "、".join(json.loads(watch.value or "[]")) or "没有"
        blocks.append(f'· <a href="{escaped(link)}">{escaped(watch.label)}</a>')
        blocks.append(f"  {escaped(before)} → <b>{escaped('、'.join(now) or '报告里没有了')}</b>")
    for one in reports[:_MOST]:
        years = "、".join(f"{year}年" for year in one.years)
        blocks.append(f"· 新报告：{escaped(one.place)} {years} {escaped(one.kind)}")
        blocks.append(f"  <i>《{escaped(one.title[:80])}》</i>")
    more = max(0, len(figures) - _MOST) + max(0, len(reports) - _MOST)
    if more:
        blocks.append(f"另有 {more} 项，/sources 看收录的报告")
    return joined([*blocks, f"索引第{number}版"])


def digest_page(html: str, version: int) -> Page:
    """A digest with the one tap that stops all of them; other notices (version 0 and below) have none."""
    if version <= 0:
        return Page(html)
    return Page(html, InlineKeyboardMarkup([[button("不再提醒", "unwatch"), button("关注了什么", "watches")]]))
