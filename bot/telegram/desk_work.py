"""What is done at a desk: a question or an address in, the page that shows it out, all in values that can travel.

    await desks.run(answered, "上党区2023年教育支出", None, "", Look(), bot.username) -> Turn, Page, no File

These run in the processes of ``desk_process``, so that making a page has the same deadline as finding what it shows.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.telegram.acts import acted
from bot.telegram.amounts import printed
from bot.telegram.answers import File, Look, file_of, lead_of, list_page, page_of
from bot.telegram.buttons import places_page
from bot.telegram.codec import link
from bot.telegram.page import Page, escaped
from bot.telegram.sheets import sheet_name, sheet_of
from index import Desk, Turn, View

MOST_NAMED = 4  # places that are named in one line
UNITS = ("元", "万元", "亿元")


def answered(
    desk: Desk, question: str, state: dict[str, Any] | None, home: str, look: Look, name: str
) -> tuple[Turn, Page, File | None]:
    """A question; ``name`` is the bot's own, for the link that reopens the answer."""
    turn = desk.converse(question, state, home)
    if turn.said is not None:
        return acted(desk, turn, state, look, name)
    unit = str((turn.state or {}).get("unit", ""))
    look = replace(look, unit=unit) if unit in UNITS else look  # 换成亿元 holds for what follows
    return turn, page_of(turn, look, link(name, lead_of(turn))), file_of(turn)


def typed(desk: Desk, text: str, home: str, look: Look, name: str) -> list[tuple[Turn, Page]]:
    """The likeliest readings of what has been typed so far."""
    return [(turn, page_of(turn, look, link(name, lead_of(turn)))) for turn in desk.readings(text, home)]


def places(desk: Desk, state: dict[str, Any] | None, page: int) -> Page:
    """More places to choose from."""
    return places_page(desk.places_open(state), page)


def chosen(desk: Desk, place: str, state: dict[str, Any] | None, look: Look, name: str) -> tuple[Turn, Page] | None:
    """The question that was open, for the place chosen."""
    turn = desk.choose(place, state)
    return (turn, page_of(turn, look, link(name, lead_of(turn)))) if turn else None


def card(desk: Desk, token: str, look: Look, name: str) -> tuple[Turn, Page] | None:
    """The card at an address."""
    turn = desk.recall(token)
    return (turn, page_of(turn, look, link(name, lead_of(turn)))) if turn else None


def reopened(desk: Desk, token: str, look: Look, name: str) -> tuple[Turn, Page] | None:
    """The card of a link, which may be of an older version: then the nearest one, and it says so."""
    found = desk.nearest(token)
    if found is None:
        return None
    turn, note = found
    page = page_of(turn, look, link(name, lead_of(turn)))
    return turn, replace(page, html=f"※ {note}\n{page.html}" if note else page.html)


def material(desk: Desk, token: str, look: Look, name: str) -> Page | None:
    """The paragraph of the overview at an address."""
    view = desk.material(token)
    return list_page(view, 0, look, link(name, token)) if view else None


def samples(desk: Desk) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """What is held, in words (empty: nothing), and questions that are answered, with the addresses of the answers."""
    asked = [(sample, desk.converse(sample).detail.lead) for sample in desk.samples()]
    return _held(desk), [(sample, lead) for sample, lead in asked if lead]


def _held(desk: Desk) -> dict[str, str]:
    """5 份报告, 长治市上党区、…等 52 个地区, 2023—2024年."""
    reports = desk.reports()
    if not reports:
        return {}
    places = [name for _, name in desk.places()]
    named = "、".join(places[:MOST_NAMED]) + (f"等 {len(places)} 个地区" if len(places) > MOST_NAMED else "")
    years = sorted({year for one in reports for year in one.years})
    span = f"{years[0]}—{years[-1]}年" if len(years) > 1 else f"{years[0]}年" if years else "年份不明"
    return {"reports": str(len(reports)), "places": escaped(named or "没有写明地区"), "years": span}


def sets_beside(desk: Desk, question: str) -> bool:
    """Whether a question names at least two places, years or items to be set beside each other."""
    return desk.several(question)


def ranking(desk: Desk, question: str, look: Look, name: str) -> Page | None:
    """The places by one item."""
    view = desk.ranking(question)
    return list_page(view, 0, look, link(name, view.lead)) if view else None


def around(desk: Desk, kind: str, token: str, page: int, look: Look, name: str) -> Page | None:
    """A page of the years, the other places or the parts; None if there is but one row."""
    view = _list(desk, kind, token)
    if view is None or len(view.rows) < 2:
        return None
    return list_page(view, page, look, link(name, token))


def sheet(desk: Desk, kind: str, token: str) -> File | None:
    """The same list as a file."""
    view = _list(desk, kind, token)
    return File(sheet_name(view), sheet_of(view)) if view else None


def answered_sheet(desk: Desk, state: dict[str, Any]) -> File | None:
    """The list of a question that is answered once more."""
    view = desk.converse(str(state.get("text", "")), state).view
    return File(sheet_name(view), sheet_of(view)) if view else None


def place_named(desk: Desk, words: str) -> tuple[str, str] | None:
    """The one place with reports that bears this name: its token and name."""
    places = desk.places()
    found = [one for one in places if one[1] == words] or [one for one in places if one[1].endswith(words)]
    return found[0] if len(found) == 1 else None


def changes(desk: Desk, watched: Sequence[tuple[int, str, str]]) -> dict[int, list[str]]:
    """Of watches (number, address, values when last told) those whose figure is another now, with the new values."""
    found: dict[int, list[str]] = {}
    for number, token, value in watched:
        now = values_of(desk.recall(token))
        if now != json.loads(value or "[]"):
            found[number] = now
    return found


def values_of(turn: Turn | None) -> list[str]:
    """The figures of an answer as printed; none if there is no answer any more."""
    if turn is None or turn.detail.answer.status != "answered":
        return []
    return list(dict.fromkeys(printed(one) for one in turn.detail.shown if one.figure.asked))


def _list(desk: Desk, kind: str, token: str) -> View | None:
    find = {"trend": desk.trend, "peers": desk.peers, "parts": desk.parts}[kind]
    return find(token)
