"""What the page has done at a desk (see ``bot.telegram.desk_work``): a question or an address in, what is shown out.

    await desks.run(answered, "上党区2023年教育支出", None) -> Card, state

These run in the processes that can be ended: a question that takes too long stops neither the page nor the chat.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from bot.charts.asking import chart_at
from bot.charts.pictures import drawn
from bot.telegram.answers import File
from bot.telegram.desk_work import sheet
from bot.web.pieces import LIST_NAMES, Block, Piece, Several, blocks, listed, piece_of
from index import Desk, Stretch, View

State = dict[str, Any] | None
LISTS = (*LIST_NAMES, "overview", "material")
BY_BUTTONS = "网页上请用下面的按钮：原文、原文件、图、复制引用、导出表格"


@dataclass(frozen=True, slots=True)
class Holdings:
    """What the first page says of the index."""

    samples: tuple[str, ...]
    places: tuple[str, ...]
    reports: int
    stamp: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A stretch of a report, set."""

    stretch: Stretch
    blocks: tuple[Block, ...]


def answered(desk: Desk, question: str, state: State) -> tuple[Piece, State, str]:
    """A question of a dialogue, what it has come to, and how the question was read."""
    turn = desk.converse(question, state)
    before = desk.again(state) if turn.said is not None and turn.said.acts else None
    piece = piece_of(before or turn)
    if before is not None and not isinstance(piece, Several):
        piece = replace(piece, notes=(*piece.notes, BY_BUTTONS))
    return piece, turn.state, turn.detail.answer.reading


def chosen(desk: Desk, place: str, state: State) -> tuple[Piece, State] | None:
    """The question that was open, for the place chosen."""
    turn = desk.choose(place, state)
    return (piece_of(turn), turn.state) if turn else None


def card_at(desk: Desk, token: str) -> tuple[Piece, State] | None:
    """The card at an address, and the dialogue that goes on from it."""
    found = desk.nearest(token)
    if found is None:
        return None
    turn, note = found
    piece = piece_of(turn)
    if note and not isinstance(piece, Several):
        piece = replace(piece, notes=(note, *piece.notes))
    return piece, turn.state


def list_at(desk: Desk, kind: str, token: str, page: int) -> Piece | None:
    """A page of the years, the other places or the parts; None if there is but one row."""
    view = _view(desk, kind, token)
    return listed(view, page) if view is not None and (view.text or len(view.rows) > 1) else None


def _view(desk: Desk, kind: str, token: str) -> View | None:
    if kind == "overview":
        turn = desk.recall(token)
        return turn.view if turn else None
    find = {"trend": desk.trend, "peers": desk.peers, "parts": desk.parts, "material": desk.material}.get(kind)
    return find(token) if find else None


def sheet_at(desk: Desk, kind: str, token: str) -> File | None:
    """The same list as a file."""
    return sheet(desk, kind, token) if kind in LIST_NAMES else None


def reading_at(desk: Desk, token: str, at: int) -> Reading | None:
    """The text of the report around a figure."""
    found = desk.stretch(token, at)
    return Reading(found, blocks(found)) if found else None


def holdings(desk: Desk) -> Holdings:
    """What there is to ask for."""
    places = tuple(name for _, name in desk.places())
    return Holdings(tuple(desk.samples()), places, len(desk.reports()), desk.stamp())


def picture_at(desk: Desk, kind: str, token: str) -> bytes | None:
    """The picture of a card or a list as PNG.  Raises CannotDraw where drawing is not installed."""
    chart = chart_at(desk, kind, token) if kind in (*LIST_NAMES, "card") else None
    return drawn(chart).content if chart else None
