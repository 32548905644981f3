"""/versions and /rollback: which versions of the index there are, and back to one of them, after a second look.

第13版 ✓ 在用   5月1日 10:20 王科长   采用 1 份：上党区2023.pdf      [退回第12版] -> 确定退回？ [确定] [取消]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from telegram import Update

from bot.telegram.admin.keys import key, markup, split
from bot.telegram.admin.orders import Ordered
from bot.telegram.admin.wording import grouped, short, when, who
from bot.telegram.outcome import Outcome
from bot.telegram.page import Page, escaped, joined
from bot.telegram.sending import edit, place_of, say, send
from bot.telegram.services import Context, Services, services_of
from index import Version, YusuanError

_MOST_KEYS = 8
_ACTIONS = {
    "add": "采用", "adopt": "采用", "load": "装入", "reload": "重读文件夹", "remove": "删除", "restore": "恢复",
}  # fmt: skip
USAGE = "请写版本号，例如：/rollback 11。有哪些版本见 /versions"


async def on_versions(update: Update, context: Context) -> None:
    """/versions"""
    if update.message is not None:
        await send(context.bot, await _listed(services_of(context)), place_of(update.message))


async def on_rollback(update: Update, context: Context) -> None:
    """/rollback 11: asks once more."""
    if update.message is None:
        return
    word = (context.args or [""])[0].removeprefix("第").removesuffix("版")
    if not (word.isascii() and word.isdigit() and len(word) <= 4):
        await say(context.bot, USAGE, place_of(update.message))
        return
    await send(context.bot, await _asked(services_of(context), int(word)), place_of(update.message))


async def show(ordered: Ordered) -> Outcome:
    """The list, in the place of what stands there."""
    return Outcome(page=await _listed(ordered.services))


async def ask(ordered: Ordered) -> Outcome:
    """A button 退回: asks once more, below."""
    return Outcome(page=await _asked(ordered.services, ordered.order.page), anew=True)


async def roll_back(ordered: Ordered) -> Outcome:
    """The second look is done: go back, if the version in use still is the one that was named."""
    number, before = ordered.order.page, ordered.order.about
    if before != str(await ordered.services.clerk.ask(lambda office: office.version())):
        return Outcome("这期间索引又换了版本，请再看一遍", alert=True, page=await _listed(ordered.services), anew=True)
    ordered.later(_roll_back(ordered, number, before))
    return Outcome(f"正在退回第{number}版")


async def _roll_back(ordered: Ordered, number: int, before: str) -> None:
    try:
        version = await ordered.services.clerk.run(lambda office: office.rollback(number, ordered.by))
    except YusuanError as error:
        page = Page(f"<b>没有退回</b>\n{escaped(str(error))}")
    else:
        page = Page(
            joined(
                [
                    f"<b>✓ 已退回第{version.number}版</b>（原来是第{before}版）",
                    f"现有 {version.documents} 份报告，{grouped(version.facts)} 个数据点",
                    escaped(who(ordered.by)),
                ]
            ),
            markup([[key("全部版本", "versions")]]),
        )
    await edit(ordered.bot, page, ordered.spot)


async def cancel(ordered: Ordered) -> Outcome:
    """Nothing is to happen."""
    return Outcome("已取消", page=Page("已取消，索引没有变化。"))


async def _listed(services: Services) -> Page:
    return versions_page(await services.clerk.ask(lambda office: office.versions()))


async def _asked(services: Services, number: int) -> Page:
    return rollback_page(await services.clerk.ask(lambda office: office.versions()), number)


# ---------------------------------------------------------------------------------------------- pages


def versions_page(versions: Sequence[Version]) -> Page:
    """All kept versions, the newest first."""
    if not versions:
        return Page("还没有索引。发来报告，采用以后就有第1版。")
    blocks = [f"<b>保留着 {len(versions)} 个版本</b>"]
    for one in versions:
        blocks += _lines(one)
    keys = [key(f"退回第{one.number}版", "back", "", one.number) for one in versions if not one.current]
    return Page(joined(blocks), markup(split(keys[:_MOST_KEYS], 2)))


def rollback_page(versions: Sequence[Version], number: int) -> Page:
    """The question before going back."""
    current = next((one for one in versions if one.current), None)
    wanted = next((one for one in versions if one.number == number), None)
    if wanted is None or current is None:
        kept = "、".join(f"第{one.number}版" for one in versions)
        return Page(f"没有保留第{number}版。" + (f"保留的有：{kept}" if kept else ""))
    if wanted.current:
        return Page(f"现在用的就是第{number}版。")
    blocks = [f"<b>退回第{number}版？</b>（现在是第{current.number}版）", *_lines(wanted)]
    later = [name for one in versions if number < one.number <= current.number for name in one.added]
    if later:
        more = f" 等 {len(later)} 份" if len(later) > 3 else ""
        blocks.append(f"此后收录的将查不到：{escaped('、'.join(short(name) for name in later[:3]))}{more}")
    blocks.append("第" + f"{current.number}版仍然保留，还可以再换回来。")
    keys = [key("确定退回", "rollback", str(current.number), number), key("取消", "cancel")]
    return Page(joined(blocks), markup([keys]))


def _lines(one: Version) -> Iterator[str]:
    mark = " ✓ 在用" if one.current else ""
    yield f"<b>第{one.number}版{mark}</b>  {when(one.at)} {escaped(who(one.by))}"
    parts = [
        f"{name} {len(names)} 份：{'、'.join(short(one) for one in names[:2])}" + ("等" if len(names) > 2 else "")
        for name, names in (("新增", one.added), ("替换", one.replaced), ("删除", one.removed))
        if names
    ]
    told = "；".join(parts) or _ACTIONS.get(one.action, one.action)
    yield f"  {escaped(told)}"
    yield f"  共 {one.documents} 份报告，{grouped(one.facts)} 个数据点"
