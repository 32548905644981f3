"""What is done on the page with the answer before: the picture is shown, the report and the table are handed out.

    画个图 -> the picture, in words for who cannot see it     导出 -> a button for the table
    不对 -> noted for the admins, and the other levels and years

The words are those of the chat (``index.ask.talk``); pictures and tables are fetched from the entry they stand in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

from bot.charts.asking import NO_LAST, chart_for, kind_of, nothing
from bot.charts.pictures import NOT_INSTALLED
from bot.charts.style import can_draw
from bot.telegram import texts
from bot.telegram.amounts import in_exact
from bot.telegram.answers import lead_of
from bot.telegram.cards import sources_beside
from bot.web.pieces import Card, Link, Piece, Quote, Several, piece_of, quotes
from index import PICTURE, Desk, Shown, Turn, Wish

State = dict[str, Any] | None
Act = Callable[[Desk, Turn], Card]
NO_TABLE: Final = "这条回答里没有可以导出的数字"


@dataclass(frozen=True, slots=True)
class Told:
    """How a question was read; ``disputed`` is what somebody says is wrong, with the question it is said of."""

    reading: str
    disputed: str = ""


def acted(desk: Desk, turn: Turn, state: State) -> tuple[Piece, State, Told]:
    """What a message that is no question leads to; ``state`` is that of the answer before."""
    said, reading = turn.said, turn.detail.answer.reading
    assert said is not None
    before = desk.again(state) if said.acts else None
    if before is None:
        return piece_of(turn), turn.state, Told(reading)
    if said.kind == "unit":
        converted = Card("", "answered", told=tuple(in_exact(turn.detail.told, said.unit)))
        paragraph = turn.view is not None and turn.view.kind == "material"
        if converted.told and (paragraph or not _asked(turn)):  # beside words, which are not said again
            return converted, turn.state, Told(reading)
        shown = piece_of(turn, said.unit)
        return Several((converted, *_each(shown)), "answered"), turn.state, Told(reading)
    if said.kind == "again":
        return piece_of(before), state, Told(reading)
    disputed = f"{(state or {}).get('text', '')} → {said.words}" if said.kind == "wrong" else ""
    return _ACTS[said.kind](desk, before), state, Told(before.detail.answer.reading, disputed)


def pictured(desk: Desk, wish: Wish, question: str, state: State) -> tuple[Piece, State, Told]:
    """A picture of the last answer, or the answer to a question with its picture."""
    turn, chart = chart_for(desk, wish, state)
    if turn is None:
        turn = desk.converse(question, state) if wish.question else None
    if turn is None or turn.detail.answer.status != "answered":
        if turn is not None and wish.question:
            return piece_of(turn), turn.state, Told(turn.detail.answer.reading)
        return Card("", "not_found", told=(NO_LAST,)), state, Told("")
    if chart is None or not can_draw():
        picture = Card("", "answered", told=(nothing(wish.kind, turn) if can_draw() else NOT_INSTALLED,))
    else:
        picture = Card("" if wish.question else chart.title, "answered", drawn=chart.alt)
    told = Told(turn.detail.answer.reading)
    before, kind = (turn.state, wish.kind) if wish.question else (state, kind_of(wish, state))
    after = {**before, PICTURE: kind} if before and picture.drawn else before  # 深色 is of a picture that was drawn
    if not wish.question:
        return picture, after, told
    return Several((*_each(piece_of(turn)), picture), "answered"), after, told


def _each(piece: Piece) -> tuple[Any, ...]:
    return piece.each if isinstance(piece, Several) else (piece,)


def _asked(turn: Turn) -> list[Shown]:
    return [one for one in turn.detail.shown if one.figure.asked]


def _links(lead: str) -> tuple[Link, ...]:
    return (Link("原文件", f"/file/{lead}"), Link("返回", f"/card/{lead}")) if lead else ()


def _original(desk: Desk, before: Turn) -> Card:
    """The report that the figure stands in, if its file is still there."""
    lead = lead_of(before)
    one = next(iter(_asked(before) or before.detail.shown), None)
    if one is None or not lead or desk.original(lead) is None:
        return Card("", "answered", told=(texts.NO_FILE if one else texts.NOTHING_TO_DO,))
    title = f"《{one.figure.title or one.figure.document}》"
    return Card(title, "answered", lead, ways=_links(lead))


def _export(_: Desk, before: Turn) -> Card:
    """A button for the table."""
    if not before.detail.shown and before.view is None:
        return Card("", "answered", told=(NO_TABLE,))
    return Card(before.view.title if before.view else before.detail.answer.reading, "answered", sheet=True)


def _detail(desk: Desk, before: Turn) -> Card:
    """The sentences around the figure, its own lit."""
    lead = lead_of(before)
    found = desk.passage(lead) if lead else None
    if found is None:
        piece = piece_of(before)
        return piece if isinstance(piece, Card) else Card("", "answered", told=(texts.NO_CONTEXT,))
    lit = found.text[found.start : found.end]
    around = Quote(
        "", "\n".join((*found.before, found.text[: found.start])), lit,
        "\n".join((found.text[found.end :], *found.after)), "", found.source, lead if lit else "",
    )  # fmt: skip
    return Card(f"{found.title} · 上下文", "answered", lead, quotes=(around,), ways=_links(lead))


def _source(_: Desk, before: Turn) -> Card:
    """The reports with section and page, and the sentences."""
    listed = [row.shown for row in before.view.rows if row.shown] if before.view else []
    asked, lead = listed or list(before.detail.told), lead_of(before)
    if not asked:
        piece = piece_of(before)
        return piece if isinstance(piece, Card) else Card("", "answered", told=(texts.NOTHING_TO_DO,))
    shown, more = quotes(asked)
    told = tuple(sources_beside(asked, "".join(one.source for one in shown)))
    shown = tuple(replace(one, source=f"出自 {one.source}") for one in shown)
    return Card(before.detail.answer.reading, "answered", lead, told=told, quotes=shown, ways=_links(lead), more=more)


def _which(desk: Desk, before: Turn) -> Card:
    """Of two figures neither is chosen: where each of them stands."""
    card = _source(desk, before)
    several = len({one.number for one in _asked(before)}) > 1
    return replace(card, told=(texts.WHICH, *card.told)) if several else card


def _wrong(_: Desk, before: Turn) -> Card:
    """It is noted by whoever shows this; the other levels and years are offered."""
    ways = tuple(Link(way.label, f"/card/{way.token}") for way in (*before.detail.scopes, *before.detail.years))
    lines = texts.WRONG.format(reading=before.detail.answer.reading).split("\n")
    return Card("", "answered", told=tuple(lines), switches=ways)


_ACTS: Final[dict[str, Act]] = {
    "original": _original, "export": _export, "detail": _detail, "source": _source, "wrong": _wrong,
    "which": _which,
}  # fmt: skip
