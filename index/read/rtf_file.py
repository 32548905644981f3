"""An RTF file -> paragraphs, notes and tables in their order.

    \\trowd\\cellx2000\\cellx4000 教育支出\\cell 56917\\cell\\row  ->  a row ("教育支出", "56917")

Rows say where their cells end; the cells of a table stand in the columns that all its rows' ends make together, so that
a merged cell takes its first column and the others stay empty.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from index.errors import UnreadableFile
from index.models import Block, Line, Table
from index.read.cells import even_rows, join_parts, parts
from index.read.reading import Reading
from index.read.rtf_text import Piece, pieces
from index.read.rtf_tokens import tokens

SAME_EDGE = 40  # twips (a twentieth of a point) by which the ends of cells in one column differ
LONG_CELL = 400  # characters: prose in a frame, not a table
MAX_COLUMNS = 1000
BREAK = "\n"


def read(data: bytes) -> Reading:
    """Body, footnotes and text boxes.  Raises UnreadableFile for a damaged or empty file."""
    stories = [_Story()]
    for piece in pieces(tokens(data)):
        if piece.word == "story":
            stories.append(_Story())
        elif piece.word == "end" and len(stories) > 1:
            inner = stories.pop()
            stories[-1].insert(inner.ended())
        else:
            stories[-1].take(piece)
    while len(stories) > 1:  # the file is cut inside a note
        inner = stories.pop()
        stories[-1].later += inner.ended()
    blocks = tuple(stories[0].ended())
    if not blocks:
        raise UnreadableFile("RTF 文件里没有文字。")
    return Reading(blocks)


class _Cell(NamedTuple):
    """A cell's right edge, its text, and whether it belongs to the one above or before it."""

    edge: int
    text: str
    merged: bool


@dataclass
class _Story:
    """A text being read: the body, a note or a text box."""

    blocks: list[Block] = field(default_factory=list)
    later: list[Block] = field(default_factory=list)  # notes and boxes, to follow the paragraph or table they stand in
    words: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)  # of the open row
    rows: list[list[_Cell]] = field(default_factory=list)
    edges: list[tuple[int, bool]] = field(default_factory=list)  # of the row's definition
    merged: bool = False
    in_table: bool = False

    def take(self, piece: Piece) -> None:
        """The next piece."""
        word = piece.word
        if not word:
            self.words.append(piece.text)
        elif word in {"par", "sect", "page"}:
            self.paragraph()
        elif word == "pard":
            self.in_table = False
        elif word in {"intbl", "itap"}:
            self.in_table = piece.number != 0
        elif word == "nestcell":
            self.words.append(BREAK)
        elif word == "cell":
            self.texts.append(join_parts("".join(self.words).split(BREAK)))
            self.words.clear()
        elif word == "row":
            self.row()
        elif word == "trowd":
            self.edges.clear()
            self.merged = False
        elif word in {"clvmrg", "clmrg"}:
            self.merged = True
        elif word == "cellx":
            self.edges.append((piece.number or 0, self.merged))
            self.merged = False

    def insert(self, blocks: list[Block]) -> None:
        """What stands inside: at once before a paragraph that has not begun, else behind what it stands in."""
        if self.in_table or self.texts or "".join(self.words).strip():
            self.later += blocks
        else:
            self.blocks += [*self.table(), *blocks]

    def paragraph(self) -> None:
        """The end of a paragraph: of one inside a cell, or of one behind the table, if there is one."""
        if self.in_table or self.texts:
            self.words.append(BREAK)
            return
        text = "".join(self.words)
        self.words.clear()
        if text.strip():
            self.blocks += self.table()
            self.blocks += [Line(line.strip(), whole=True) for line in text.split(BREAK) if line.strip()]
        if not self.rows:
            self.blocks += self.later
            self.later.clear()

    def row(self) -> None:
        """The end of a row; without a definition its cells are columns."""
        edges = (
            self.edges
            if len(self.edges) >= len(self.texts)
            else [(n * 10 * SAME_EDGE, False) for n in range(len(self.texts))]
        )
        self.rows.append([_Cell(*edge[:1], text, edge[1]) for edge, text in zip(edges, self.texts, strict=False)])
        self.texts.clear()
        self.words.clear()

    def table(self) -> Iterator[Block]:
        """The rows so far as a table, or as lines if it only frames prose."""
        rows, self.rows = self.rows, []
        even = even_rows(_grid(rows))
        if len(even) < 2 or len(even[0]) < 2 or any(len(cell) > LONG_CELL for row in even for cell in row):
            yield from (Line(cell, whole=True) for row in even for cell in row if cell)
        else:
            yield from (Table(part) for part in parts(even))

    def ended(self) -> list[Block]:
        """All blocks, at the end of the text."""
        if self.texts:
            self.row()
        self.in_table = False
        self.paragraph()
        return [*self.blocks, *self.table(), *self.later]


def _grid(rows: list[list[_Cell]]) -> list[list[str]]:
    """Rows of one length: every cell in the column in which it begins."""
    edges: list[int] = []
    for edge in sorted({cell.edge for row in rows for cell in row}):
        if not edges or edge - edges[-1] > SAME_EDGE or len(rows) == 1:
            edges.append(edge)
    edges = edges[:MAX_COLUMNS]
    out = []
    for row in rows:
        texts = [""] * len(edges)
        column = 0
        for cell in row:
            end = bisect_left(edges, cell.edge - SAME_EDGE)
            if column < len(texts) and not cell.merged:
                texts[column] += cell.text
            column = max(end + 1, column + 1)
        out.append(texts)
    return out
