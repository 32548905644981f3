"""What is done with the answer before, at a desk: the report is sent, a table made, the sentences around it shown.

    发原文 -> a line, and the report as a file      导出 -> the figures as a table
    从哪来的 -> report, page, sentence

A word of thanks gets a word; none of it becomes a question.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from html import unescape
from typing import Any, Final

from telegram import InlineKeyboardMarkup

from bot.telegram import texts
from bot.telegram.amounts import in_exact, printed
from bot.telegram.answers import File, Look, lead_of, page_of
from bot.telegram.buttons import back_button, button
from bot.telegram.cards import passage, quotes, sources_beside, told
from bot.telegram.codec import link
from bot.telegram.page import Page, escaped, joined
from bot.telegram.sheets import sheet_name, sheet_of
from index import Desk, Row, Shown, Turn, View

Done = tuple[Page, File | None]
Act = Callable[[Desk, Turn, dict[str, Any], Look], Done]

MOST_UPLOAD: Final = 50_000_000


def acted(
    desk: Desk, turn: Turn, state: dict[str, Any] | None, look: Look, name: str
) -> tuple[Turn, Page, File | None]:
    """What a message that is no question leads to; ``state`` is that of the answer before."""
    assert turn.said is not None
    if turn.said.kind == "help":
        return turn, Page(help_text(desk, name)), None
    before = desk.again(state) if turn.said.kind in (*_ACTS, "unit") else None
    if before is None or state is None:
        return turn, Page(joined(told(turn.detail.answer.reply))), None
    if turn.said.kind == "unit" and not turn.detail.told:  # the last of several answers
        return turn, Page(texts.NOTHING_TO_DO), None
    if turn.said.kind == "unit":
        return turn, _in_unit(turn, turn.said.unit, look, name), None
    if turn.said.meant and (instead := _meant(desk, turn, before, state, look, name)):
        return instead
    page, file = _ACTS[turn.said.kind](desk, before, state, look)
    return turn, page, file


def _meant(
    desk: Desk, turn: Turn, before: Turn, state: dict[str, Any], look: Look, name: str
) -> tuple[Turn, Page, File | None] | None:
    """不是这个，我要市本级的: that answer, and that it was noted; None where it is no other one."""
    assert turn.said is not None
    found = desk.converse(turn.said.meant, state)
    told = [one.fact_id for one in before.detail.answer.figures if one.asked]
    figures = [one for one in found.detail.answer.figures if one.asked]
    same = not figures or [one.fact_id for one in figures] == told
    if found.said is not None or found.detail.answer.status != "answered" or same:
        return None
    page = page_of(found, look, link(name, lead_of(found)))
    reading = before.detail.answer.reading
    said = replace(turn.said, of=str(state.get("text", "")), reading=reading)
    html = f"{texts.NOTED.format(reading=escaped(reading))}\n{page.html}"
    return replace(found, said=said), replace(page, html=html), None


def help_text(desk: Desk, name: str) -> str:
    """How to ask, with a question that the index answers."""
    return help_with(next(iter(desk.samples()), texts.HELP_SAMPLE), name)


def help_with(sample: str, name: str) -> str:
    """How to ask; ``name`` is the bot's."""
    return texts.HELP.format(username=escaped(name), sample=escaped(sample))


def _in_unit(turn: Turn, unit: str, look: Look, name: str) -> Page:
    """The figures in a unit without any rounding, and the card in it; where it has no such figure, no card again."""
    lines = in_exact(turn.detail.told, unit)
    if turn.view is not None and turn.view.kind == "overview":  # a card of figures, not one or a few
        return page_of(turn, replace(look, unit=unit), link(name, lead_of(turn)))
    paragraph = turn.view is not None and turn.view.kind == "material"
    if lines and (paragraph or not _asked(turn)):  # beside words, which are not said again
        return Page(joined([*map(escaped, lines)]))
    if lines:
        page = page_of(turn, replace(look, unit=unit), link(name, lead_of(turn)))
        return replace(page, html=joined([*map(escaped, lines), page.html]))
    same = [printed(one) for one in turn.detail.told if one.kind == "money" and one.figure.unit.startswith(unit)]
    if same:
        return Page(texts.SAME_UNIT.format(unit=unit, figures=escaped("、".join(dict.fromkeys(same)))))
    near = [one for one in turn.detail.shown if not one.figure.asked]
    others = [f"{one.measure} {line}" for one in near for line in in_exact([one], unit)]
    said = texts.BESIDE_UNIT if others else texts.NO_UNIT.format(unit=unit)
    return Page(joined([said, *map(escaped, dict.fromkeys(others))]))


def _asked(turn: Turn) -> list[Shown]:
    return [one for one in turn.detail.shown if one.figure.asked]


def _original(desk: Desk, before: Turn, _: dict[str, Any], __: Look) -> Done:
    """The report that the figure stands in."""
    figures = [one.figure for one in _asked(before)] or [one.figure for one in before.detail.shown]
    documents = dict.fromkeys((one.document, one.title) for one in figures if one.document)
    for document, title in documents:
        path = desk.report(document)
        if path is not None and path.stat().st_size <= MOST_UPLOAD:
            return Page(f"原文件：《{escaped(title or document)}》"), File(path.name, path=path)
    return Page(texts.NO_FILE if documents else texts.NOTHING_TO_DO), None


def _export(desk: Desk, before: Turn, state: dict[str, Any], _: Look) -> Done:
    """The figures of the answer as a table."""
    view = to_export(desk, before, state)
    if view is None:
        return Page(texts.NOTHING_TO_DO), None
    return Page(f"已导出：{escaped(view.title)}"), File(sheet_name(view), sheet_of(view))


def to_export(desk: Desk, before: Turn, state: dict[str, Any]) -> View | None:
    """The figures of an answer, those beside them, too; None if there are none."""
    whole = desk.converse(str(state.get("text", "")), state)
    turn = whole if whole.each and whole.detail.shown else before
    rows = tuple(Row(one.figure.item, one) for one in turn.detail.shown)
    view = turn.view or View("several", turn.detail.answer.reading, rows)
    return view if view.rows else None


def _detail(desk: Desk, before: Turn, _: dict[str, Any], look: Look) -> Done:
    """The sentences around the figure."""
    lead = lead_of(before) or next((one.token for one in before.detail.shown if one.token), "")
    found = desk.passage(lead) if lead else None
    if found is None:
        return page_of(before, look), None
    return Page(passage(found), back_button(lead)), None


def _source(desk: Desk, before: Turn, _: dict[str, Any], look: Look) -> Done:
    """The report, the section and the page, and the sentence itself."""
    listed = [row.shown for row in before.view.rows if row.shown] if before.view else []
    asked = listed or list(before.detail.told)
    if not asked:
        return page_of(before, look), None
    quoted = quotes(asked)
    lead = lead_of(before)
    rows = [[button("上下文", "context", lead), button("原文件", "file", lead)]] if lead else []
    head = f"<b>{escaped(before.detail.answer.reading)}</b>"
    blocks = [head, *map(escaped, sources_beside(asked, unescape("".join(quoted)))), *quoted]
    return Page(joined(blocks), InlineKeyboardMarkup(rows) if rows else None), None


def _which(desk: Desk, before: Turn, state: dict[str, Any], look: Look) -> Done:
    """Of two figures neither is chosen: where each of them stands."""
    page, file = _source(desk, before, state, look)
    several = len({one.number for one in _asked(before)}) > 1
    return (replace(page, html=f"{texts.WHICH}\n{page.html}") if several else page), file


def _again(_: Desk, before: Turn, __: dict[str, Any], look: Look) -> Done:
    """The same once more."""
    return page_of(before, look), None


def _wrong(_: Desk, before: Turn, __: dict[str, Any], ___: Look) -> Done:
    """It is noted by whoever sends this; the other scopes and years are offered."""
    ways = [button(way.label, "card", way.token, 1) for way in (*before.detail.scopes, *before.detail.years)]
    rows = [ways[start : start + 4] for start in range(0, len(ways), 4)]
    text = texts.WRONG.format(reading=escaped(before.detail.answer.reading))
    return Page(text, InlineKeyboardMarkup(rows) if rows else None), None


_ACTS: Final[dict[str, Act]] = {
    "original": _original, "export": _export, "detail": _detail, "source": _source, "wrong": _wrong,
    "again": _again, "which": _which,
}  # fmt: skip
