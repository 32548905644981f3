"""Rows without numbers whose levels only their sums tell: 款 and 项 of a table that has no codes.

    统计信息事务   832 | 790 | 787      the seven rows below make it in the first and the third column, and in no
      行政运行     408 | 438 | 424      column of the eighth row any more: so they are what it is made of, and 790
      统计管理       6 |   7 |   6      is not their sum
      …

How many rows belong to one is not read but found: so many as make all its columns, else so many as make all but one,
where that cannot be chance.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from index.check.rows import Row, filled
from index.facts.printed import grain, value

_MOST: Final = 40  # rows that one is made of
_PROVEN: Final = 2  # columns
_CHANCE: Final = Decimal("0.01")  # that rows make a row by accident, where that is not told
_SLIGHT: Final = Decimal("0.0001")  # and where it is


def made_of(rows: Sequence[Row], position: int) -> list[Row]:
    """The rows right behind one that make it, in all columns or in all but one; none if that is not sure."""
    broken: list[Row] = []
    if len(filled(rows[position])) < _PROVEN:
        return broken
    for count, (off, chance) in enumerate(_misses(rows, position), 1):
        behind = list(rows[position + 1 : position + 1 + count])
        if not off and chance * _MOST <= _CHANCE:
            return behind
        if off == 1 and not broken and count > 1 and chance * _MOST <= _SLIGHT:
            broken = behind
    return broken


def outermost(rows: Sequence[Row], *, sure: bool) -> list[Row]:
    """The rows that are part of none before them: of none that they make beyond doubt (``sure``), or at all."""
    found, position = [], 0
    while position < len(rows):
        found.append(rows[position])
        position += 1 + (len(made_of(rows, position)) if sure else _may_make(rows, position))
    return found


def _may_make(rows: Sequence[Row], position: int) -> int:
    """How many rows right behind one make what it has, be it a single small figure."""
    if known := made_of(rows, position):
        return len(known)
    fits = (count for count, (off, _) in enumerate(_misses(rows, position), 1) if not off)
    return next(fits, 0) if filled(rows[position]) else 0


def _misses(rows: Sequence[Row], position: int) -> Iterator[tuple[int, Decimal]]:
    """Of the first row behind one, the first two, …: how many columns they miss, and the odds of hitting the others."""
    row, behind = rows[position], rows[position + 1 : position + 1 + _MOST]
    totals = filled(row)
    added = dict.fromkeys(totals, Decimal(0))
    room = {column: grain(fact) / 2 for column, fact in totals.items()}
    for one in behind:
        if one.ends or one.level < row.level:
            return
        for column in totals:
            if column in one.cells:
                added[column] += value(one.cells[column])
                room[column] += grain(one.cells[column]) / 2
        fits = {column: abs(added[column] - value(fact)) <= room[column] for column, fact in totals.items()}
        odds: dict[Decimal, Decimal] = {}
        for column, fact in totals.items():
            if fits[column]:
                odds[value(fact)] = min(Decimal(1), 2 * room[column] / abs(value(fact)))
        chance = Decimal(1)
        for odd in odds.values():
            chance *= odd
        yield sum(not fit for fit in fits.values()), chance
        if all(added[column] > value(fact) + room[column] > 0 for column, fact in totals.items()):
            return  # more than the row already
