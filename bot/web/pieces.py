"""A turn of the dialogue -> what a page shows of it, in plain text: a card or a table, ready for a template.

    Turn(上党区 教育支出) -> Card("长治市上党区 · 2023年 · …", 56,917 万元, quotes=[…«56917»…], ways=[历年 …])

Nothing here is HTML: the template escapes every piece.  The words are those of the chat (``bot.telegram.cards``).
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.charts.asking import has_picture, list_has_picture
from bot.charts.style import can_draw
from bot.telegram.amounts import converted, printed, withheld
from bot.telegram.cards import MOST_QUOTES, beside, citation, citations, marks, numbered, source, unnamed
from bot.telegram.lists import column_of, notes, on_page, row_cells, shown_rows
from index import Detail, Line, Shown, Stretch, Turn, View

LIST_NAMES: Final = {"trend": "历年", "peers": "同级对比", "parts": "构成"}
_HEADS: Final = {"trend": "年份", "peers": "地区"}
_CITED: Final = "┆ "
_BOLD: Final = re.compile(r"</?(?:b|i)>")


@dataclass(frozen=True, slots=True)
class Value:
    """A figure asked for: ``figure`` as printed, ``other`` in another unit, ``words`` what it is, ``citation`` what is
    copied of it alone where there are others."""

    mark: str
    figure: str
    other: str
    words: str
    citation: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """The figures of one line of a budget, and the measures beside them."""

    values: tuple[Value, ...]
    beside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of a report in three pieces, the middle one lit; ``token`` opens the report there ("": nowhere)."""

    mark: str
    before: str
    lit: str
    after: str
    header: str
    source: str
    token: str


@dataclass(frozen=True, slots=True)
class Link:
    """A way on: the page ``where`` it leads to.  A place that completes a question is asked for (``place``)."""

    label: str
    where: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """An answer; ``told`` are the lines of one in words.  ``drawn`` is the picture of the entry in words, ``sheet``
    says that the entry has a table to be taken away.
    """

    title: str
    status: str
    lead: str = ""
    groups: tuple[Group, ...] = ()
    told: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()
    notes: tuple[str, ...] = ()
    ways: tuple[Link, ...] = ()
    switches: tuple[Link, ...] = ()
    choices: tuple[Link, ...] = ()
    citation: str = ""
    more: int = 0
    stamp: str = ""
    dated: str = ""
    url: str = ""
    picture: str = ""
    drawn: str = ""
    sheet: bool = False


@dataclass(frozen=True, slots=True)
class TableRow:
    """A label that may lead to its own card, and cells of figures; a heading has none."""

    label: str
    where: str
    cells: tuple[str, ...]
    here: bool
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A list; ``heads`` has one word more than the rows have cells.  Pages count from 0.  ``drawable``: of
    a list without an address, whose picture is asked for in words."""

    title: str
    kind: str
    heads: tuple[str, ...]
    rows: tuple[TableRow, ...]
    lead: str = ""
    quotes: tuple[Quote, ...] = ()
    notes: tuple[str, ...] = ()
    page: int = 0
    pages: int = 1
    stamp: str = ""
    ways: tuple[Link, ...] = ()
    picture: str = ""
    drawable: bool = False

    @property
    def status(self) -> str:
        """A list is an answer."""
        return "answered"


@dataclass(frozen=True, slots=True)
class Several:
    """The answers to a message with several questions; ``told`` is what is said beside them."""

    each: tuple[Card | Table, ...]
    status: str
    told: str = ""


Piece = Card | Table | Several


def piece_of(turn: Turn, unit: str = "auto") -> Piece:
    """The card or the list of a turn, or those of its questions."""
    if turn.view is None and turn.each:
        return Several(tuple(_single(one, unit) for one in turn.each), turn.detail.answer.status, _left(turn))
    return _single(turn, unit)


def _single(turn: Turn, unit: str) -> Card | Table:
    return listed(turn.view, unit=unit) if turn.view is not None else card(turn.detail, unit)


def _left(turn: Turn) -> str:
    """A message with too many questions says how many were left."""
    return "；".join(note for note in turn.detail.answer.notes if note not in _notes_of(turn))


def _notes_of(turn: Turn) -> set[str]:
    return {note for one in turn.each for note in one.detail.answer.notes}


def listed(view: View, page: int | None = None, unit: str = "auto") -> Card | Table:
    """A list, or the paragraph that stands in its place, to be copied as a whole."""
    if view.text:
        back = (Link("返回", f"/card/{view.lead}"),) if view.lead else ()
        return Card(
            view.title, "answered", told=tuple(view.text.split("\n")), notes=tuple(view.notes), ways=back,
            citation=view.text, stamp=view.stamp,
        )  # fmt: skip
    return table(view, page if page is not None else view.start, unit)


def card(found: Detail, unit: str = "auto") -> Card:
    """The card of an answer, amounts in brackets in ``unit``."""
    answer = found.answer
    asked = [one for one in found.shown if one.figure.asked]
    choices = tuple(Link(one.label, f"/card/{one.token}" if one.token else "", one.place) for one in found.choices)
    if answer.status != "answered" or not asked:
        return _in_words(found, choices)
    marked = numbered(asked)
    quoted, more = quotes(asked, marked)
    lead = found.lead
    lists = [Link(LIST_NAMES[kind], f"/list/{kind}/{lead}") for kind in LIST_NAMES if lead and getattr(found, kind)]
    files = [Link("原文件", f"/file/{lead}")] if lead else []
    files += [Link("概况", f"/card/{found.overview}")] if found.overview else []
    return Card(
        answer.reading, answer.status, lead, tuple(_groups(found, asked, marked, unit)), (), quoted,
        (*answer.notes, *marks(asked)), (*lists, *files),
        tuple(Link(way.label, f"/card/{way.token}") for way in (*found.scopes, *found.years)) if lead else (),
        choices, citations(asked), more, found.stamp, found.dated, found.url,
        f"/picture/card/{lead}.png" if lead and can_draw() and has_picture(found) else "",
    )  # fmt: skip


def _in_words(found: Detail, choices: tuple[Link, ...]) -> Card:
    """An explanation, a question back, what is missing: its first line is the title."""
    lines = found.answer.reply.split("\n")
    title, body = (lines[0], lines[1:]) if len(lines) > 1 else ("", lines)
    told = tuple(line for line in body if not line.startswith(_CITED))
    shown: list[Quote] = []
    for line in (line.removeprefix(_CITED) for line in body if line.startswith(_CITED)):
        if line.startswith("《") and shown and not shown[-1].source:
            shown[-1] = replace(shown[-1], source=line)
        else:
            shown.append(Quote("", line, "", "", "", "", ""))
    return Card(title, found.answer.status, "", (), told, tuple(shown), choices=choices, stamp=found.stamp)


def _groups(found: Detail, asked: Sequence[Shown], marked: dict[int, str], unit: str) -> list[Group]:
    """Each line of the budget with the measures beside it, as the chat has them."""
    context = [one for one in found.shown if not one.figure.asked]
    several = len({one.figure.item for one in asked}) > 1
    name = unnamed(asked[0], found.answer.reading) if len(asked) == 1 else ""
    groups: list[Group] = []
    for line in dict.fromkeys(map(_line, asked)):
        own = [(number, one) for number, one in enumerate(asked) if _line(one) == line]
        values = tuple(
            _value(one, marked.get(number, ""), unit, asked, one.figure.item if several else name)
            for number, one in own
        )
        words = beside([one for one in context if _line(one) == line], unit)
        groups.append(Group(values, tuple(_plain(word) for word in words)))
    return groups


def _value(one: Shown, mark: str, unit: str, asked: Sequence[Shown], name: str) -> Value:
    words = (name, one.scope, one.measure, "推算" if one.figure.derived else "")
    other = "报告隐去了金额" if withheld(one) else converted(one, unit)
    cited = citation(one, asked) if len(asked) > 1 else ""
    return Value(mark.strip(), printed(one), other, "，".join(filter(None, words)), cited)


def quotes(asked: Sequence[Shown], marked: dict[int, str] | None = None) -> tuple[tuple[Quote, ...], int]:
    """The sentences of the figures, each once and with the marks of its figures; how many more there are."""
    sentences: dict[tuple[str, int | None, str], tuple[str, Shown]] = {}
    for number, one in enumerate(asked):
        place = (one.figure.document, one.figure.page, one.text)
        mark = (marked or {}).get(number, "").strip()
        before = sentences.get(place)
        sentences[place] = (before[0] + mark, before[1]) if before else (mark, one)
    found = [
        Quote(
            mark, one.text[: one.start], one.text[one.start : one.end], one.text[one.end :], one.header, source(one),
            "" if one.figure.derived else one.token,
        )
        for mark, one in sentences.values()
    ]  # fmt: skip
    return tuple(found[:MOST_QUOTES]), max(len(found) - MOST_QUOTES, 0)


def table(view: View, page: int = 0, unit: str = "auto") -> Table:
    """A page of a list."""
    rows, page, pages = shown_rows(view, page)
    view = on_page(view, page)
    column = column_of(view, unit)
    made = [row_cells(view, row, column, page, number) for number, row in enumerate(rows)]
    cells = tuple(
        TableRow(
            texts[0].strip().removesuffix("◂"), f"/card/{row.shown.token}" if row.shown and row.shown.token else "",
            tuple(text.strip() for text in texts[1:]), row.here, row.heading,
        )
        for row, texts in zip(rows, made, strict=True)
    )  # fmt: skip
    heads = [_HEADS.get(view.kind, "项目"), column.unit or "数字"]
    if any(row.beside for row in view.rows):
        heads.append("同比")
    if any(row.share is not None for row in view.rows):
        heads.append("占比")
    asked = [row.shown for row in view.rows if row.shown and (row.shown.figure.asked or row.here)]
    quoted = quotes(asked)[0] if view.kind == "several" else ()
    return Table(
        view.title, view.kind, tuple(heads), cells, view.lead, quoted, tuple(notes(view, column)), page, pages,
        view.stamp, _ways(view), _picture(view), view.kind == "several" and can_draw() and list_has_picture(view),
    )  # fmt: skip


def _ways(view: View) -> tuple[Link, ...]:
    """Other lists of its kind; of an overview the paragraph, too."""
    ways = [Link(way.label, f"/card/{way.token}") for way in view.ways]
    if view.kind == "overview" and view.lead:
        ways.append(Link("材料", f"/list/material/{view.lead}"))
    return tuple(ways)


def _picture(view: View) -> str:
    if not view.lead or not can_draw() or not (view.kind in LIST_NAMES or view.kind == "overview"):
        return ""
    kind = "card" if view.kind == "overview" else view.kind
    return f"/picture/{kind}/{view.lead}.png" if list_has_picture(view) else ""


def _line(one: Shown) -> tuple[str, str, str, str, str]:
    figure = one.figure
    return figure.region, figure.period, figure.account, figure.scope, figure.item


def _plain(text: str) -> str:
    """A line that the chat has made HTML of, as text again: the template escapes what it shows."""
    return html.unescape(_BOLD.sub("", text))


# ---------------------------------------------------------------------------------------------- the text of a report


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of text with its middle lit (all of it before where nothing is)."""

    before: str
    lit: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a sentence, or rows of one table; ``page`` is told where another page begins."""

    kind: str
    rows: tuple[tuple[Cell, ...], ...]
    lit: int = -1
    header: str = ""
    page: int | None = None
    wide: int = 1


def blocks(found: Stretch) -> tuple[Block, ...]:
    """The lines of a stretch, rows of one table together."""
    made: list[Block] = []
    page: int | None = None
    for line in found.lines:
        cells = _cells(line)
        turned = line.page if line.page != page else None
        page = line.page
        last = made[-1] if made else None
        if line.kind == "row" and last and last.kind == "row" and last.header == line.header and turned is None:
            lit = len(last.rows) if line.lit else last.lit
            made[-1] = Block("row", (*last.rows, cells), lit, last.header, last.page, max(last.wide, len(cells)))
        else:
            header = line.header if line.kind == "row" else ""
            made.append(Block(line.kind, (cells,), 0 if line.lit else -1, header, turned, len(cells)))
    return tuple(made)


def _cells(line: Line) -> tuple[Cell, ...]:
    """The cells of a row, the one sentence of anything else."""
    made: list[Cell] = []
    at = 0
    for text in line.text.split("\t") if line.kind == "row" else [line.text]:
        start, end = line.start - at, line.end - at
        if line.lit and 0 <= start < end <= len(text):
            made.append(Cell(text[:start], text[start:end], text[end:]))
        else:
            made.append(Cell(text))
        at += len(text) + 1
    return tuple(made)
