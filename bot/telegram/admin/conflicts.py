"""/conflicts: figures of one thing that reports give differently, or one report in two places.

上党区 2023年 教育支出 完成数
  56917万元（重点支出 第3页）
  《…决算报告》 南湖区2023年决算.pdf
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from telegram import Update

from bot.telegram.admin.codec import shortened
from bot.telegram.admin.keys import markup, turning
from bot.telegram.admin.orders import Ordered
from bot.telegram.admin.wording import line_of, short
from bot.telegram.outcome import Outcome
from bot.telegram.page import Page, cut, escaped, joined
from bot.telegram.sending import place_of, send
from bot.telegram.services import Context, Services, services_of
from bot.telegram.tables import page_of
from index import Clash, Place, YusuanError

_PER_PAGE: Final = 4
_PLACES: Final = 4
_LONGEST: Final = 40
_SECTION: Final = 20
MOST: Final = 200


async def on_conflicts(update: Update, context: Context) -> None:
    """/conflicts [地区]"""
    if update.message is not None:
        region = shortened(" ".join(context.args or []))
        await send(context.bot, await _listed(services_of(context), region, 0), place_of(update.message))


async def turn(ordered: Ordered) -> Outcome:
    """Another page."""
    return Outcome(page=await _listed(ordered.services, ordered.order.about, ordered.order.page))


async def _listed(services: Services, region: str, page: int) -> Page:
    try:
        clashes = await services.clerk.ask(lambda office: office.clashes(region, limit=MOST))
    except YusuanError as error:
        return Page(escaped(str(error)))
    return conflicts_page(clashes, region, page)


def conflicts_page(clashes: Sequence[Clash], region: str, page: int) -> Page:
    """A page of the list; the sentences are folded up."""
    if not clashes:
        return Page(f"{escaped(region)}没有互相矛盾的数字。")
    shown, page, pages = page_of(clashes, page, _PER_PAGE)
    count = f"{len(clashes)} 处" if len(clashes) < MOST else f"{MOST} 处以上"
    blocks = [f"<b>{escaped(region)}互相矛盾的数字 {count}</b>"]
    for one in shown:
        blocks.append(f"<b>{escaped(line_of(one))}</b>")
        blocks += _places(one.places[:_PLACES])
        sentences = [_sentence(place) for place in one.places[:_PLACES] if place.sentence]
        if sentences:
            blocks.append(f"<blockquote expandable>{chr(10).join(sentences)}</blockquote>")
    blocks.append("回答时这些数字会并列给出，各带出处。")
    return Page(joined(blocks), markup(turning("conflicts", region, page, pages)))


def _places(places: Sequence[Place]) -> Iterator[str]:
    """Each figure with its report; a report that contradicts itself is named once."""
    if len({place.document for place in places}) == 1:
        yield "  " + escaped(" 与 ".join(f"{place.value}{_at(place)}" for place in places))
        yield f"  <i>{escaped(_report(places[0]))}</i>"
        return
    for place in places:
        yield f"  {escaped(place.value + _at(place))}"
        yield f"  <i>{escaped(_report(place))}</i>"


def _report(place: Place) -> str:
    """The title, cut amid, and the file where that is not the same: what /link and /reports are told."""
    return short(place.report, _LONGEST) + (f" {short(place.document, _LONGEST)}" if place.title else "")


def _at(place: Place) -> str:
    """（结余情况 第3页）"""
    page = f"第{place.page}页" if place.page else ""
    told = " ".join(part for part in (cut(place.section, _SECTION), page) if part)
    return f"（{told}）" if told else ""


def _sentence(place: Place) -> str:
    return "· " + escaped(" ".join((place.quote or place.sentence).split()))
