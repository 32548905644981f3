"""Words -> a picture: of the last answer (画个图, 饼图), or of a question asked with it (教育支出趋势图).

    drawn_for(desk, wish_of("画个图"), state) -> Drawn(turn, picture, "")

This is the one door for everybody who has a question and a dialogue; ``draw`` is the same for a button.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from bot.charts.chart import Chart
from bot.charts.making import accounts, chart_of, chart_of_view, stages
from bot.charts.pictures import Form, Picture, drawn
from index import PICTURE, Desk, Detail, Turn, View, Wish, WishKind, account_items

NOTHING: Final = "这个回答没有可以画的：图要有几年、几个地区、几个部分，或者预算和完成两个数"
NOTHING_OF: Final[dict[WishKind, str]] = {
    "trend": "报告里只有这一年的数，画不成趋势图", "parts": "报告没有写它的构成，画不成构成图",
    "peers": "没有其他同级地区的这个数，画不成对比图", "ranking": "没有其他同级地区的这个数，画不成排名图",
}  # fmt: skip
NO_PARTS: Final = "画不成构成图"
ACCOUNTS: Final = "四本账"
_OVERVIEWS: Final = ("overview", "material")
NO_LAST: Final = "还没有可以画的回答：先问一个数，或者写“上党区教育支出趋势图”。"


@dataclass(frozen=True, slots=True)
class Drawn:
    """The answer, its picture, or a line that says why there is none."""

    turn: Turn | None
    picture: Picture | None
    line: str = ""


def drawn_for(
    desk: Desk, wish: Wish, state: dict[str, Any] | None = None, home: str = "", *, unit: str = "auto"
) -> Drawn:
    """The picture a wish asks for; ``state`` is the dialogue it is said in."""
    turn, chart = chart_for(desk, wish, state, home, unit=unit)
    if turn is None or turn.detail.answer.status != "answered":
        return Drawn(turn, None, "" if wish.question else NO_LAST)
    if chart is None:
        return Drawn(turn, None, nothing(wish.kind))
    form: Form = "svg" if wish.vector else "png"
    return Drawn(turn, drawn(chart, dark=wish.dark, form=form))


def nothing(kind: WishKind, turn: Turn | None = None) -> str:
    """Why there is no picture of an answer; the card of ``turn`` may have said half of it."""
    if kind == "parts" and turn is not None and any("构成" in note for note in turn.detail.answer.notes):
        return NO_PARTS
    return NOTHING_OF.get(kind, NOTHING)


def kind_of(wish: Wish, state: dict[str, Any] | None) -> WishKind:
    """The kind of picture wished for; 深色, SVG, PNG alone are of the picture before."""
    before = str((state or {}).get(PICTURE, "")) if wish.again else ""
    return wish.kind or next((kind for kind in NOTHING_OF if kind == before), "")


def chart_for(
    desk: Desk, wish: Wish, state: dict[str, Any] | None = None, home: str = "", *, unit: str = "auto"
) -> tuple[Turn | None, Chart | None]:
    """The answer a wish is about, and what is to be drawn of it."""
    question, kind = wish.question or str((state or {}).get("text", "")), kind_of(wish, state)
    if not question:
        return None, None
    turn = desk.converse(question, state, home)
    if turn.detail.answer.status != "answered" and not wish.question:
        turn = desk.again(state) or turn
    if turn.detail.answer.status != "answered":
        return turn, None
    view = turn.view
    if view is not None and view.kind in _OVERVIEWS:
        return turn, _accounts(desk, turn)
    if kind in ("trend", "parts") and (view is None or view.kind != kind):
        other = None if view is None or view.kind in ("trend", "parts") else view
        view = next(filter(None, (list_at(desk, kind, lead) for lead in _leads(turn))), other)
    elif kind in ("peers", "ranking") and view is None:
        view = list_at(desk, "peers", turn.detail.lead)
    if kind and view is None:
        return turn, None  # another picture than that asked for would be taken for it
    if view is not None and view is not turn.view:
        return turn, chart_of_view(view, unit)
    return turn, chart_of(turn, unit) or _instead(desk, turn, unit)


def _leads(turn: Turn) -> list[str]:
    """Where the years or parts of an answer may be looked for: at its own address, else at its newest figure."""
    rows = [row.shown.token for row in turn.view.rows if row.shown] if turn.view and turn.view.kind == "trend" else []
    return list(dict.fromkeys((turn.detail.lead, *rows[-1:])))


def chart_at(desk: Desk, kind: str, token: str, unit: str = "auto") -> Chart | None:
    """The picture of a button: a list around the figure at an address, or the card there."""
    if kind in ("trend", "peers", "parts"):
        view = list_at(desk, kind, token)
        return chart_of_view(view, unit) if view else None
    turn = desk.recall(token)
    if turn is not None and turn.view is not None and turn.view.kind in _OVERVIEWS:
        return _accounts(desk, turn)
    return (chart_of(turn, unit) or _instead(desk, turn, unit)) if turn else None


def list_at(desk: Desk, kind: str, token: str) -> View | None:
    """The years, places or parts around an address; None if there is but one row."""
    if not token:
        return None
    find = {"trend": desk.trend, "peers": desk.peers, "parts": desk.parts}[kind]
    view = find(token)
    return view if view and len(view.rows) > 1 else None


def has_picture(found: Detail) -> bool:
    """Is there something to draw of a card?"""
    return bool(found.lead) and (found.trend or found.parts or stages(found) is not None)


def list_has_picture(view: View) -> bool:
    """Is there something to draw of a list; of an overview the budgets that it tells of?"""
    if view.kind in _OVERVIEWS:
        return any(row.shown is not None and row.shown.figure.account in account_items() for row in view.rows)
    return chart_of_view(view) is not None


def _instead(desk: Desk, turn: Turn, unit: str) -> Chart | None:
    """A card with one figure: its years, else its parts, else the other places."""
    if turn.view is not None:
        return None
    for kind in ("trend", "parts", "peers"):
        if getattr(turn.detail, kind) and (view := list_at(desk, kind, turn.detail.lead)):
            return chart_of_view(view, unit)
    return None


def _accounts(desk: Desk, overview: Turn) -> Chart | None:
    """All four budgets of a place and year: asked for after the overview, once for each side of each."""
    turns: list[tuple[str, Turn | None]] = []
    first: Turn | None = None
    for account, items in account_items().items():
        for item in items:
            turn = desk.converse(item, overview.state)
            told = _is_of(turn, account) and (first is None or _when(turn) == _when(first))
            first = first or (turn if told else None)
            turns.append((item, turn if told else None))
    return accounts(turns, _title(first)) if first else None


def _is_of(turn: Turn, account: str) -> bool:
    """Is the figure asked one of this budget, not merely the nearest there is?"""
    asked = next((one.figure for one in turn.detail.shown if one.figure.asked), None)
    answered = turn.detail.answer.status == "answered" and asked is not None
    return answered and asked is not None and asked.account == account and "nearest" not in asked.flags


def _when(turn: Turn) -> tuple[str, str]:
    figure = next((one.figure for one in turn.detail.shown if one.figure.asked), None)
    return (figure.region, figure.period) if figure else ("", "")


def _title(turn: Turn) -> str:
    region, period = _when(turn)
    return f"{region} · {period}年 · {ACCOUNTS}" if period.isdigit() else f"{region} · {period} · {ACCOUNTS}"
