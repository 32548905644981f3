"""What the page has done at a desk (see ``bot.telegram.desk_work``): a question or an address in, what is shown out.

    await desks.run(answered, "上党区2023年教育支出", None) -> Card, state

These run in the processes that can be ended: a question that takes too long stops neither the page nor the chat.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.telegram.answers import File
from bot.telegram.desk_work import sheet
from bot.web.pieces import LIST_NAMES, Block, Piece, blocks, piece_of, table
from index import Desk, Stretch

State = dict[str, Any] | None


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
    return piece_of(turn), turn.state, turn.detail.answer.reading


def chosen(desk: Desk, place: str, state: State) -> tuple[Piece, State] | None:
    """The question that was open, for the place chosen."""
    turn = desk.choose(place, state)
    return (piece_of(turn), turn.state) if turn else None


def card_at(desk: Desk, token: str) -> tuple[Piece, State] | None:
    """The card at an address, and the dialogue that goes on from it."""
    turn = desk.recall(token)
    return (piece_of(turn), turn.state) if turn else None


def list_at(desk: Desk, kind: str, token: str, page: int) -> Piece | None:
    """A page of the years, the other places or the parts; None if there is but one row."""
    view = {"trend": desk.trend, "peers": desk.peers, "parts": desk.parts}[kind](token) if kind in LIST_NAMES else None
    return table(view, page) if view is not None and len(view.rows) > 1 else None


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


def picture_at(desk: Desk, token: str) -> bytes | None:
    """The picture of an answer as PNG.  The one place to fill in once answers can be drawn; see ``HAS_PICTURES``."""
    return None


HAS_PICTURES = False  # True where ``picture_at`` draws: cards then show a 图 that opens it
