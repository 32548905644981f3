"""Characters of a page -> rows of text, each made of the pieces that wide gaps part.

    教育支出      56917      95.94   ->  Row with the pieces 教育支出 | 56917 | 95.94

Blanks are taken from the places of the characters, never from the file: blanks in the file cut figures in two.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from index.read.cells import WIDE
from index.read.pdf_chars import Char

SAME_ROW = 0.4  # em between base lines
SURELY_SAME = SAME_ROW * 4.0  # points: type is not smaller
PIECE_GAP = 1.3  # em of white that parts two cells
BLANK_GAP = 0.28  # em of white that is a blank
FIGURE_GAP = 0.45  # em of white between two figures that parts two cells
WORD = re.compile(r"[A-Za-z]")
FIGURE_END = re.compile(r"\d|[%％]")
LEFT, BASE_LINE, SIZE = attrgetter("x0"), attrgetter("y"), attrgetter("size")
FIGURE_START = re.compile(r"\d|[-－]")


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters that stand together."""

    text: str
    x0: float
    x1: float


@dataclass(frozen=True, slots=True)
class Row:
    """Pieces on one base line, from left to right; ``size`` is its em in points."""

    pieces: tuple[Piece, ...]
    y: float
    size: float

    @property
    def text(self) -> str:
        """The row as a line of text; two figures far apart keep a wide blank, which is no mark of thousands."""
        text = self.pieces[0].text
        for piece in self.pieces[1:]:
            text += (WIDE if _two_figures(text[-1:], piece.text[:1]) else " ") + piece.text
        return text

    @property
    def x0(self) -> float:
        return self.pieces[0].x0

    @property
    def x1(self) -> float:
        return self.pieces[-1].x1


def rows_of(chars: Sequence[Char]) -> list[Row]:
    """The rows from top to bottom."""
    return [_row(line) for line in lines_of(chars)]


def lines_of(chars: Sequence[Char]) -> list[list[Char]]:
    """Characters by base line, from top to bottom."""
    lines: list[list[Char]] = []
    first: Char | None = None  # of the last line
    for char in sorted(chars, key=BASE_LINE, reverse=True):
        if first is not None:
            below = first.y - char.y
            if below <= SURELY_SAME or below <= SAME_ROW * min(char.size, first.size):
                lines[-1].append(char)
                continue
        first = char
        lines.append([char])
    return lines


def _row(line: list[Char]) -> Row:
    line.sort(key=LEFT)
    before, size = line[0], _median(sorted(map(SIZE, line)))
    em = max(size, 1)
    pieces: list[Piece] = []
    text, x0 = before.text, before.x0
    for char in line[1:]:
        gap = (char.x0 - before.x1) / em
        if gap <= BLANK_GAP:
            text += char.text
        elif gap > PIECE_GAP or (gap > FIGURE_GAP and _two_figures(before.text, char.text)):
            pieces.append(Piece(text, x0, before.x1))
            text, x0 = char.text, char.x0
        else:
            text += ("" if _inside_figure(before.text, char.text) else " ") + char.text
        before = char
    pieces.append(Piece(text, x0, before.x1))
    return Row(tuple(pieces), line[0].y, size)


def _median(values: Sequence[float]) -> float:
    """Of values in rising order; that of ``statistics`` takes ten times as long for a few."""
    middle = len(values) // 2
    return values[middle] if len(values) % 2 else (values[middle - 1] + values[middle]) / 2


def _two_figures(before: str, after: str) -> bool:
    return bool(FIGURE_END.match(before) and FIGURE_START.match(after))


def _inside_figure(before: str, after: str) -> bool:
    return (before.isdigit() and after in ".,．，%％") or (before in ".．" and after.isdigit())
