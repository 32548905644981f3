"""What the page has done at a desk (see ``bot.telegram.desk_work``): a question or an address in, what is shown out.

    await desks.run(answered, "上党区2023年教育支出", None) -> Card, state

These run in the processes that can be ended: a question that takes too long stops neither the page nor the chat.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.charts.asking import chart_at, drawn_for
from bot.charts.pictures import drawn
from bot.telegram.acts import to_export
from bot.telegram.answers import File
from bot.telegram.desk_work import UNITS, sheet
from bot.telegram.sheets import sheet_name, sheet_of
from bot.web.acts import State, Told, acted, pictured
from bot.web.pieces import LIST_NAMES, Block, Card, Link, Piece, Several, blocks, listed, piece_of
from index import Desk, Stretch, View, wish_of

LISTS = (*LIST_NAMES, "overview", "material")
MOST_PLACES = 80


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


def answered(desk: Desk, question: str, state: State) -> tuple[Piece, State, Told]:
    """A question of a dialogue, or what is to be done with the answer before; what it has come to."""
    wish = wish_of(question)
    if wish is not None:
        return pictured(desk, wish, question, state)
    turn = desk.converse(question, state)
    if turn.said is not None:
        return acted(desk, turn, state)
    unit = str((turn.state or {}).get("unit", ""))
    piece = piece_of(turn, unit if unit in UNITS else "auto")
    if isinstance(piece, Card) and turn.detail.more:  # the places that a question back may mean, all of them
        places = desk.places_open(turn.state)[:MOST_PLACES]
        piece = replace(piece, choices=tuple(Link(name, place=token) for token, name in places))
    return piece, turn.state, Told(turn.detail.answer.reading)


def drawn_at(desk: Desk, question: str, state: State, dark: bool = False) -> bytes | None:
    """The picture that was asked for in words.  Raises CannotDraw where drawing is not installed."""
    wish = wish_of(question)
    found = drawn_for(desk, replace(wish, dark=wish.dark or dark), state) if wish is not None else None
    return found.picture.content if found and found.picture else None


def export_at(desk: Desk, state: State) -> File | None:
    """The figures of an answer as a file."""
    before = desk.again(state)
    view = to_export(desk, before, state) if before is not None and state is not None else None
    return File(sheet_name(view), sheet_of(view)) if view else None


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


def picture_at(desk: Desk, kind: str, token: str, dark: bool = False) -> bytes | None:
    """The picture of a card or a list as PNG.  Raises CannotDraw where drawing is not installed."""
    chart = chart_at(desk, kind, token) if kind in (*LIST_NAMES, "card") else None
    return drawn(chart, dark=dark).content if chart else None
