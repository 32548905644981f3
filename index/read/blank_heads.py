"""Which heads stand above which columns, where only blanks part them.

               2024年              增减          column 1: 2024年, 预算数      column 3: 增减, 额
项目      预算数      完成数        额      ->    column 2: 2024年, 完成数
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.read.blank_lines import Pieces

OFF = 3  # half-ems by which the middle of a head may miss the middle of what it covers


@dataclass(frozen=True, slots=True)
class Column:
    """From where to where the cells of a column reach."""

    start: int
    end: int


def heads_above(lines: Sequence[Pieces], columns: Sequence[Column], names: int) -> list[list[str]]:
    """The rows of heads, a text for each column, those that cover several repeated; none if one is not sure.

    ``names`` is the column of names, the one that may lack a head.
    """
    above: list[list[str]] = [[] for _ in columns]
    reach = list(columns)
    for line in reversed(lines):  # the lowest names single columns, the upper ones may cover several
        placed = _lowest(line, columns) if line is lines[-1] or not any(above) else _upper(line, reach, above, names)
        if not placed:
            return []
        for piece, (first, last) in zip(line, placed, strict=True):
            for at in range(first, last + 1):
                above[at].insert(0, piece.text)
                if first == last:
                    reach[at] = Column(min(reach[at].start, piece.start), max(reach[at].end, piece.end))
    if not all(texts for at, texts in enumerate(above) if at > names):
        return []
    deepest = max(map(len, above))
    return [[texts[level] if level < len(texts) else "" for texts in above] for level in range(deepest)]


def _lowest(line: Pieces, columns: Sequence[Column]) -> list[tuple[int, int]]:
    """One column for each head of the lowest line: by what it stands above, or by order where there are as many."""
    if len(line) == len(columns):
        return [(at, at) for at in range(len(columns))]
    placed = []
    for piece in line:
        touched = [at for at, one in enumerate(columns) if piece.start < one.end and one.start < piece.end]
        if len(touched) > 1:
            return []
        placed.append(touched[0] if touched else _nearest(piece.centre, columns))
    return [(at, at) for at in placed] if placed == sorted(set(placed)) else []


def _nearest(centre: float, columns: Sequence[Column]) -> int:
    return min(range(len(columns)), key=lambda at: max(columns[at].start - centre, centre - columns[at].end))


def _upper(line: Pieces, reach: Sequence[Column], above: Sequence[Sequence[str]], names: int) -> list[tuple[int, int]]:
    """The columns each upper head covers: those whose middle is its own, or the one it alone stands above."""
    if len(whole := _covering(line, reach, above, names)) == 1:
        return whole[0]
    placed: list[tuple[int, int]] = []
    for piece in line:
        fits = [
            (first, last)
            for first in range(len(reach))
            for last in range(first, len(reach))
            if abs((reach[first].start + reach[last].end) / 2 - piece.centre) <= OFF
            and (first == last or first > names)
            and all(above[at] for at in range(first, last + 1))
        ]
        touched = [at for at, one in enumerate(reach) if piece.start < one.end and one.start < piece.end]
        single = [fit for fit in fits if fit[0] == fit[1]]
        wide = [fit for fit in fits if fit[0] < fit[1]]
        if len(touched) == 1 and (not wide or not above[touched[0]]):
            fits = [(touched[0], touched[0])]
        elif len(touched) > 1:
            fits = [fit for fit in wide if fit[0] <= touched[0] and touched[-1] <= fit[1]]
        elif single and wide:
            return []
        if len(fits) != 1 or (placed and fits[0][0] <= placed[-1][1]):
            return []
        placed += fits
    return placed


def _covering(
    line: Pieces, reach: Sequence[Column], above: Sequence[Sequence[str]], names: int
) -> list[list[tuple[int, int]]]:
    """All ways to share out the columns of figures among the heads, each over the middle of its own."""
    found: list[list[tuple[int, int]]] = [[]]
    for number, piece in enumerate(line):
        longer = []
        for done in found:
            first = done[-1][1] + 1 if done else names + 1
            lasts = range(first, len(reach)) if number + 1 < len(line) else [len(reach) - 1]
            longer += [
                [*done, (first, last)]
                for last in lasts
                if first <= last and abs((reach[first].start + reach[last].end) / 2 - piece.centre) <= OFF
            ]
        found = longer
    return found if all(above[at] for at in range(names + 1, len(reach))) else []
