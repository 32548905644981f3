"""Tables whose columns are parted by blanks alone, as text taken out of a PDF prints them.

    项    目        2023年决算   2024年执行        ("项目", "2023年决算", "2024年执行")
    教育支出           181,540      186,327   ->   ("教育支出", "181,540", "186,327")
    文化旅游体育与传
    媒支出              11,206       10,938        ("文化旅游体育与传媒支出", "11,206", "10,938")

A column is where the figures of the rows stand below each other; a head belongs to the columns it stands above
(``blank_heads``).  Where that is not sure the lines stay lines: a figure under a wrong head is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from index.read.blank_heads import Column, heads_above
from index.read.blank_lines import (
    HAN,
    Piece,
    Pieces,
    is_body,
    is_figure,
    is_head,
    is_head_end,
    is_name,
    is_skipped,
    pieces_of,
    without_unit,
)
from index.read.cells import Rows

FEWEST_FIGURES = 3
MOST_HEADS = 5  # lines
MOST_SKIPPED = 3  # blank lines and numbers of pages between two rows
NEAR = 2  # half-ems by which the line of a wrapped name may stay short of the edge
LONGEST_TAIL = 4  # characters of the last line of a wrapped name
NUMBERED = re.compile(r"[一二三四五六七八九十]+、|[（(]?[\d一二三四五六七八九十]+[)）.、]|其中|[合总小]计|[—*#]")
# A line that ends so is a whole name: what follows is another row, not the rest of it.
WHOLE = re.compile(r"(?:收入|支出|合计|总计|小计|资金|基金|经费|费用|[税费款金额数]|情况|项目)$")


@dataclass(frozen=True, slots=True)
class BlankTable:
    """``rows`` stand for the lines up to ``end``; there are none where the heads fit no columns surely.

    ``unit`` is what the line of the heads says of it, "" if nothing.
    """

    end: int
    rows: Rows
    unit: str = ""


def blank_table(lines: Sequence[str], start: int) -> BlankTable | None:
    """The table whose heads begin at the line ``start``, or its rows if it has no heads; None if none begins there."""
    heads, first = _head_lines(lines, start)
    rows, end = _body_lines(lines, first, heads)
    bodies = [row for row in rows if is_body(row)]
    figures = sum(is_figure(piece.text) for row in bodies for piece in row)
    if len(bodies) < 2 or figures < FEWEST_FIGURES or (not heads and max(map(len, bodies)) < 3):
        return None
    found = _dense(heads, rows, bodies) if _is_dense(bodies) else _aligned(heads, rows, bodies)
    return BlankTable(end, tuple(map(tuple, found)), without_unit(pieces_of(lines[start]))[1])


def _head_lines(lines: Sequence[str], start: int) -> tuple[list[Pieces], int]:
    """The lines of the heads from ``start`` on, and where the rows begin; no heads if what follows is no row."""
    heads: list[Pieces] = []
    at = start
    while at < len(lines) and at - start < 2 * MOST_HEADS and len(heads) <= MOST_HEADS:
        pieces, _ = without_unit(pieces_of(lines[at]))
        if is_body(pieces):
            return heads, at
        if is_head(pieces) or (heads and is_head_end(pieces) and pieces[0].start > heads[0][0].end):
            heads.append(pieces)
        elif len(words := _words(pieces)) > 2 and not heads:
            heads.append(words)
        elif heads and is_name(pieces):
            return heads, at  # a group, or the first line of a wrapped name
        elif not (heads and is_skipped(lines[at])):
            break
        at += 1
    return [], start


def _words(pieces: Pieces) -> list[Piece]:
    """项目 2023年决算 2024年执行: heads with single blanks between."""
    if len(pieces) != 1:
        return []
    found, at = [], pieces[0].start
    for word in pieces[0].text.split(" "):
        found += pieces_of(word) and [replace(pieces_of(word)[0], start=at)]
    return found if is_head(found) else []


def _body_lines(lines: Sequence[str], first: int, heads: Sequence[Pieces]) -> tuple[list[list[Piece]], int]:
    """The rows and names from ``first`` on, and the line behind them."""
    printed = [[piece.text for piece in head] for head in heads]
    rows: list[list[Piece]] = []
    kept, end, skipped = 0, first, 0
    for at in range(first, len(lines)):
        pieces = pieces_of(lines[at])
        if is_body(pieces) or is_name(pieces):
            rows.append(pieces)
            if is_body(pieces) or (kept == len(rows) - 1 and _is_tail(rows)):
                kept, end = len(rows), at + 1
            skipped = 0
        elif is_skipped(lines[at]) and skipped < MOST_SKIPPED:
            skipped += 1
        elif [piece.text for piece in pieces] not in printed:
            break
    return rows[:kept], end


# ---------------------------------------------------------------------------------------------- names


def _is_tail(rows: Sequence[Pieces]) -> bool:
    """Is the last line the end of the name of the row before, which fills the width of its column?"""
    *before, tail = rows
    if not before or len(before[-1]) < 2:
        return False
    edge = max(_name(row).end for row in before)
    return _goes_back(_name(before[-1]), tail[0], edge)


def _goes_back(name: Piece, tail: Piece, edge: int) -> bool:
    return (
        _is_cut(name, edge) and tail.end < edge and len(tail.text) <= LONGEST_TAIL
        and not NUMBERED.match(tail.text) and tail.start <= name.start + 2 * NEAR
    )  # fmt: skip


def _is_cut(name: Piece, edge: int) -> bool:
    """Does a name fill the width of its column and break off?"""
    return name.end >= edge - NEAR and not WHOLE.search(name.text)


def _whole(rows: Sequence[list[Piece]]) -> list[list[Piece]]:
    """The rows with the lines of wrapped names put together; a name without figures that is whole stays a row."""
    edge = max(_name(row).end for row in rows)
    done: list[list[Piece]] = []
    opened: Piece | None = None  # lines of a name whose row is still to come
    for number, row in enumerate(rows):
        name = _name(row)
        following = rows[number + 1] if number + 1 < len(rows) else []
        alone = len(row) == 1
        if (
            alone
            and number
            and opened is None
            and len(done[-1]) > 1
            and _goes_back(_name(rows[number - 1]), name, edge)
        ):
            done[-1] = _renamed(done[-1], _name(done[-1]).text + name.text)
        elif alone and _is_cut(name, edge) and following and not NUMBERED.match(_name(following).text):
            opened = replace(name, text=(opened.text if opened else "") + name.text)
        else:
            done.append(_renamed(row, opened.text + name.text) if opened else row)
            opened = None
    return done


def _name(row: Pieces) -> Piece:
    """The piece of a row that names it: the first, or the one behind its number."""
    return next((piece for piece in row[:2] if HAN.search(piece.text)), row[0])


def _renamed(row: list[Piece], text: str) -> list[Piece]:
    return [replace(piece, text=text) if piece is _name(row) else piece for piece in row]


# ---------------------------------------------------------------------------------------------- columns


def _is_dense(bodies: Sequence[Pieces]) -> bool:
    """Does one blank part all cells of all rows, so that only their number tells the columns?"""
    gaps = [after.start - before.end for row in bodies for before, after in pairwise(row)]
    return max(gaps) == 1


def _dense(heads: Sequence[Pieces], rows: Sequence[Pieces], bodies: Sequence[Pieces]) -> list[list[str]]:
    width = len(bodies[0])
    sure = len(heads) == 1 and len(heads[0]) in (width, width - 1) and len(rows) == len(bodies)
    if not sure or any(len(row) != width for row in bodies):
        return []
    top = [piece.text for piece in heads[0]]
    return [[""] * (width - len(top)) + top, *([piece.text for piece in row] for row in bodies)]


def _aligned(heads: Sequence[Pieces], rows: Sequence[list[Piece]], bodies: Sequence[Pieces]) -> list[list[str]]:
    whole = _whole(rows)
    numbered = any(_name(row) is not row[0] for row in bodies)
    columns = _columns([row[row.index(_name(row)) + 1 :] for row in bodies])
    if not columns or not heads:
        return []
    names = [_name(row) for row in bodies]
    first = Column(min(name.start for name in names), min(max(name.end for name in names), columns[0].start - 1))
    numbers = [row[0] for row in bodies if _name(row) is not row[0]]
    lead = [Column(min(n.start for n in numbers), max(n.end for n in numbers))] if numbered else []
    every = [*lead, first, *columns]
    above = heads_above(heads, every, len(lead))
    below = [_cells(row, every, len(lead)) for row in whole]
    return [*above, *below] if above and all(below) else []


def _columns(rows: Sequence[Pieces]) -> list[Column]:
    """Where the cells behind the names stand below each other; none if two cells of a row fall into one column."""
    found: list[Column] = []
    for piece in sorted((piece for row in rows for piece in row), key=lambda piece: piece.start):
        if found and piece.start < found[-1].end:
            found[-1] = Column(found[-1].start, max(found[-1].end, piece.end))
        else:
            found.append(Column(piece.start, piece.end))
    if all(len({_column(piece, found) for piece in row}) == len(row) for row in rows):
        return found
    if len({len(row) for row in rows}) > 1:
        return []
    cells = list(zip(*rows, strict=True))  # texts of many lengths between the figures: as many cells in every row
    found = [Column(min(one.start for one in some), max(one.end for one in some)) for some in cells]
    apart = all(
        max(one.start for one in left) < min(one.start for one in right)
        and max(one.end for one in left) < min(one.end for one in right)
        for left, right in pairwise(cells)
    )
    return found if apart else []


def _column(piece: Piece, columns: Sequence[Column]) -> int:
    """The column a cell stands in: the one it shares most with."""
    shared = [min(piece.end, one.end) - max(piece.start, one.start) for one in columns]
    return shared.index(max(shared))


def _cells(row: Pieces, columns: Sequence[Column], lead: int) -> list[str]:
    """The cells of a row, one to each column; none if two want the same."""
    cells = [""] * len(columns)
    name = row.index(_name(row))
    for number, piece in enumerate(row):
        at = lead + number - name if number <= name else lead + 1 + _column(piece, columns[lead + 1 :])
        if cells[at]:
            return []
        cells[at] = piece.text
    return cells
