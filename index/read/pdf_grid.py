"""Ruling lines of a page -> tables: their columns, their cells, and the text that stands in them.

Cells without a line between them are one merged cell; its text stands in its first place.  Where the lines between the
records are missing, the rows of text are the records.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from index.read.cells import join_parts
from index.read.pdf_chars import Char, Page, Rule
from index.read.pdf_records import Cells, is_figure, records
from index.read.pdf_rows import lines_of, rows_of

MIDDLE = 0.35  # em from the base line to the middle of a character
NARROW = 0.9  # em: no column is as narrow
BESIDE = 3.0  # points outside the frame
SAME = 2.5  # points between lines drawn at one place
TOUCH = 3.5
MIN_COLUMNS = 2


class Found(NamedTuple):
    """A table of a page: its height, where its columns begin, its rows."""

    top: float
    bottom: float
    columns: tuple[float, ...]
    rows: list[tuple[str, ...]]


def ruled_tables(page: Page) -> tuple[list[Found], list[Char]]:
    """The tables with ruling lines from top to bottom, and the characters outside them."""
    tables: list[Found] = []
    rest = page.chars
    for top, bottom in _regions(page.vertical):
        horizontal = [rule for rule in page.horizontal if bottom - TOUCH <= rule.at <= top + TOUCH]
        vertical = [rule for rule in page.vertical if rule.first >= bottom - TOUCH and rule.last <= top + TOUCH]
        top = max([top, *(rule.at for rule in horizontal)])
        bottom = min([bottom, *(rule.at for rule in horizontal)])
        ends = [x for rule in horizontal for x in (rule.first, rule.last)]
        left, right = (min(ends) - BESIDE, max(ends) + BESIDE) if ends else (float("-inf"), float("inf"))
        inside = [
            char
            for char in rest
            if bottom < char.y + MIDDLE * char.size < top and left < (char.x0 + char.x1) / 2 < right
        ]
        table = _table(horizontal, vertical, inside, top, bottom)
        if table:
            tables.append(table)
            taken = set(map(id, inside))
            rest = [char for char in rest if id(char) not in taken]
    return tables, rest


def _regions(vertical: Sequence[Rule]) -> list[tuple[float, float]]:
    """Heights of the page that vertical lines cover without a gap, from top to bottom."""
    regions: list[list[float]] = []
    for rule in sorted(vertical, key=lambda r: -r.last):
        if regions and rule.last >= regions[-1][1] - TOUCH:
            regions[-1][1] = min(regions[-1][1], rule.first)
        else:
            regions.append([rule.last, rule.first])
    return [(top, bottom) for top, bottom in regions]


def _table(
    horizontal: Sequence[Rule], vertical: Sequence[Rule], chars: Sequence[Char], top: float, bottom: float
) -> Found | None:
    xs = _edges(horizontal, vertical, NARROW * median(char.size for char in chars) if chars else 0)
    ys = _places([rule.at for rule in horizontal] + [top, bottom])[::-1]
    if len(xs) - 1 < MIN_COLUMNS or len(ys) < 2 or not chars:
        return None
    rows = [row for row in _Grid(xs, ys, horizontal, vertical).rows(chars) if any(row)]
    filled = sum(any(row[x] for row in rows) for x in range(len(xs) - 1))
    if len(rows) < 2 or filled < MIN_COLUMNS:
        return None
    return Found(top, bottom, tuple(xs[:-1]), rows)


def _edges(horizontal: Sequence[Rule], vertical: Sequence[Rule], narrow: float) -> list[float]:
    """Where columns begin and end.  Of two edges too close for a character the one drawn longer is meant."""
    places = _places([rule.at for rule in vertical] + [x for rule in horizontal for x in (rule.first, rule.last)])
    drawn = [sum(rule.last - rule.first for rule in vertical if abs(rule.at - place) <= SAME) for place in places]
    while len(places) > 2:
        gap, index = min((b - a, i) for i, (a, b) in enumerate(pairwise(places)))
        if gap >= narrow:
            break
        weaker = index if drawn[index] < drawn[index + 1] else index + 1
        del places[weaker], drawn[weaker]
    return places


def _places(values: Sequence[float]) -> list[float]:
    """Distinct places in rising order; lines drawn at nearly one place count once."""
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > SAME:
            places.append(value)
    return places


class _Grid:
    """The finest cells between all lines of a table."""

    def __init__(self, xs: list[float], ys: list[float], horizontal: Sequence[Rule], vertical: Sequence[Rule]) -> None:
        self.xs, self.ys = xs, ys  # ys fall: row 0 is the top
        self._depths = [-y for y in ys]
        self._down = [_crossed(horizontal, y, [(a + b) / 2 for a, b in pairwise(xs)]) for y in ys]
        right = [_crossed(vertical, x, [(a + b) / 2 for a, b in pairwise(ys)]) for x in xs]
        self._right = list(zip(*right, strict=True))

    def _bands(self) -> list[tuple[int, int]]:
        """Rows of cells that some merged cell holds together, first and last."""
        bands: list[tuple[int, int]] = []
        first = 0
        for row in range(1, len(self.ys)):
            if row == len(self.ys) - 1 or all(self._down[row]):
                bands.append((first, row - 1))
                first = row
        return bands

    def rows(self, chars: Iterable[Char]) -> list[tuple[str, ...]]:
        """All rows of text from top to bottom."""
        bands = self._bands()
        band_of = [number for number, (first, last) in enumerate(bands) for _ in range(first, last + 1)]
        held: list[list[tuple[int, Char]]] = [[] for _ in bands]
        for char in chars:
            place = bisect_right(self._depths, -(char.y + MIDDLE * char.size))
            if 0 < place < len(self._depths):  # else it stands above or below the table
                held[band_of[place - 1]].append((place - 1, char))
        return [
            row for (first, last), inside in zip(bands, held, strict=True) for row in self._texts(first, last, inside)
        ]

    def _texts(self, first: int, last: int, inside: Sequence[tuple[int, Char]]) -> list[tuple[str, ...]]:
        """The rows of text of a band, whose characters stand in the rows of cells given with them."""
        if not inside:
            return []
        held: dict[tuple[int, int], list[Char]] = {}
        origins: dict[tuple[int, int], tuple[int, int]] = {}
        for y, char in inside:
            place = y, self._column(char)
            if place not in origins:
                origins[place] = self._origin(*place, first)
            held.setdefault(origins[place], []).append(char)
        lines = {place: [row.text for row in rows_of(cell)] for place, cell in held.items()}
        if any(sum(map(is_figure, texts)) > 1 for texts in lines.values()):
            return records([self._cut(line) for line in lines_of([char for _, char in inside])])
        width = len(self.xs) - 1
        if len(lines) == 1:  # a title inside the frame
            return [(text, *[""] * (width - 1)) for text in next(iter(lines.values()))]
        cells = {place: join_parts(texts) for place, texts in lines.items()}
        return [tuple(cells.get((y, x), "") for x in range(width)) for y in range(first, last + 1)]

    def _cut(self, line: Sequence[Char]) -> Cells:
        held: dict[int, list[Char]] = {}
        for char in line:
            held.setdefault(self._column(char), []).append(char)
        width = len(self.xs) - 1
        texts = tuple(join_parts(row.text for row in rows_of(held[x])) if x in held else "" for x in range(width))
        return Cells(line[0].y, texts)

    def _column(self, char: Char) -> int:
        return bisect_right(self.xs, (char.x0 + char.x1) / 2, 1, len(self.xs) - 1) - 1

    def _origin(self, y: int, x: int, first: int) -> tuple[int, int]:
        """The first place of the merged cell around (y, x): left and up until a line is in the way."""
        while x > 0 and not self._right[y][x]:
            x -= 1
        while y > first and not self._down[y][x]:
            y -= 1
            while x > 0 and not self._right[y][x]:
                x -= 1
        return y, x


def _crossed(rules: Sequence[Rule], at: float, along: Sequence[float]) -> list[bool]:
    """Does a line at ``at`` cross each of these places?"""
    drawn = [(rule.first - 1, rule.last + 1) for rule in rules if abs(rule.at - at) <= SAME]
    return [any(first <= place <= last for first, last in drawn) for place in along]
