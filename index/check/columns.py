"""Columns of a table that do not add up where the others do: 合计 and its rows, a numbered row and those below it.

    一、税收收入 | 1000 | 1100        what a row is made of is not read but found: the rows before or below it that
      增值税     |  700 |  800        make it in two columns at least make it in all; one column that misses is told
      契税       |  300 |  330
Where a table has one column, nearly all of its other groups must add up.  A gap that two columns share (合计 and 甲县)
is one slip: a row is missing, or its figure is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from index.check.adding import Sum, compared
from index.check.cause import SLIPS_OF_HAND, digits_of, printed, shown
from index.check.models import Finding
from index.check.nesting import made_of, outermost
from index.check.paper import Paper
from index.check.rows import CODE, NO_NUMBER, Row, halves, highest, row_of, until
from index.facts.printed import Printed, value
from index.models import Fact

_SHORTEST: Final = 3  # digits of a code of the first level
_LARGEST: Final = 400  # rows that a row is made of
_PROVEN: Final = 2  # columns that make it, for one that does not
_TERMS: Final = 3  # rows (two of a total), and
_DIGITS: Final = 4  # digits, that make a sum no chance hit
_GROUPS: Final = 5  # groups of a table that add up, for one that does not
_SUMMED: Final = 6  # rows whose first figure is the sum of the others
_MOST_OFF: Final = 2
_PARTS: Final = 3


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns that add up, and those that do not."""

    fitting: Sequence[tuple[Fact, Sum]] = ()
    off: Sequence[tuple[Fact, Sum]] = ()


_NOTHING: Final = _Columns()


def of_columns(paper: Paper) -> Iterator[Finding]:
    """All findings of these kinds, table by table."""
    rows = [sentence for sentence in paper.parsed.sentences if sentence.kind == "row"]
    for _, some in groupby(rows, key=lambda row: (row.section, row.header)):
        printed_rows = list(some)
        table = [row for one in printed_rows if (row := row_of(paper, one)).cells]
        if len(table) >= _TERMS:
            yield from _groups(paper, table)
            yield from _across(paper, table)
            for side in halves(paper, printed_rows):
                yield from _groups(paper, side)


def _groups(paper: Paper, table: Sequence[Row]) -> Iterator[Finding]:
    found = []
    for position, row in enumerate(table):
        readings = [_columns(row, parts) for parts in _made_of(table, position)]
        if row.level == NO_NUMBER and not row.ends and not row.two_sided and not CODE.match(row.name):
            readings.append(_columns(row, made_of(table, position), known=True))
        readings = [one for one in readings if one.fitting or one.off]
        found.append((row, max(readings, key=lambda one: (len(one.fitting), -len(one.off)), default=_NOTHING)))
    fitting = [one for _, columns in found for one in columns.fitting]
    exact = len(fitting) >= _GROUPS and all(added.number == total.number for total, added in fitting)
    kept = sum(bool(columns.fitting) and not columns.off for _, columns in found)
    single: list[tuple[Fact, Sum]] = []
    for row, columns in found:
        if len(columns.off) == 1 and columns.fitting and (copied := _copied(table, row, columns)) is not None:
            yield _last_years(paper, *columns.off[0], copied)
        elif len(columns.off) == 1 and columns.fitting:
            # 左收右支: which rows are of which side is not read
            sure = len(columns.fitting) >= _PROVEN and not row.two_sided
            told = _told(paper, *columns.off[0], exact=exact, whole=sure and len(columns.fitting) > _PROVEN)
            yield from (one for one in told if sure or one.cause in SLIPS_OF_HAND)
        elif len(row.cells) == len(columns.off) == 1:
            single += columns.off
            if len(columns.off[0][1].terms) >= _TERMS:
                yield from (one for one in _told(paper, *columns.off[0], exact=exact) if one.cause in SLIPS_OF_HAND)
    if len(single) == 1 and kept >= _GROUPS and all(len(row.cells) == 1 for row in table):
        yield from _told(paper, *single[0], exact=exact)


def _copied(table: Sequence[Row], total: Row, columns: _Columns) -> Fact | None:
    """个人所得税 | 2205 | 2205: the only cell of the column that misses which is that of a column that does not."""
    off, added = columns.off[0]
    fitting = {id(fact) for _, one in columns.fitting for _, fact in one.terms}
    found = [
        fact for _, fact in added.terms if len(digits_of(fact)) >= _DIGITS
        for row in table if fact in row.cells.values() and row is not total
        for other in row.cells.values() if id(other) in fitting and other.number == fact.number
    ]  # fmt: skip
    return found[0] if len(found) == 1 and value(found[0]) + value(off) - added.number > 0 else None


def _last_years(paper: Paper, total: Fact, added: Sum, cell: Fact) -> Finding:
    should = shown(value(cell) + value(total) - added.number, cell)
    told = f"{added.words} ＝ {shown(added.number, total)}，印的是 {printed(total)}"
    facts = [cell, total, *(fact for _, fact in added.terms if fact is not cell)]
    return paper.finding("表内合计", "疑", facts, told, should, "用了另一栏（上年）的数")


def _told(paper: Paper, total: Fact, added: Sum, *, exact: bool = False, whole: bool = False) -> Iterator[Finding]:
    # 疑: the total, a row, or a row left out; only who has the books can tell
    yield from compared(paper, "表内合计", total, added, closed=True, sure=False, exact=exact, whole=whole)


def _columns(row: Row, parts: Sequence[Row], *, known: bool = False) -> _Columns:
    """The columns in which the parts make the row, and those where they do not; ``known`` parts are no chance hit."""
    fitting: list[tuple[Fact, Sum]] = []
    off: list[tuple[Fact, Sum]] = []
    for column, total in row.told.items():
        terms = [part.cells[column] for part in parts if column in part.cells and value(part.cells[column])]
        if not value(total) or not terms:
            continue
        added = Sum(tuple((1, fact) for fact in terms))
        if not added.range.meets(Printed.rounded(total)):
            off.append((total, added))
        elif known or (len(terms) >= _TERMS - row.ends and len(digits_of(total)) >= _DIGITS):
            fitting.append((total, added))
    return _Columns(fitting, off[:1] if _is_one_gap(off) else off)


def _is_one_gap(off: Sequence[tuple[Fact, Sum]]) -> bool:
    """Do two columns miss their totals by the same, as a row that was left out of both makes them?"""
    if len(off) != _PROVEN:
        return False
    first, second = (Printed.rounded(total).less(added.range) for total, added in off)
    return first.meets(second)


def _made_of(table: Sequence[Row], position: int) -> Iterator[list[Row]]:
    """The rows that a row may be made of, by where they stand and how they are numbered."""
    row = table[position]
    below = table[position + 1 : position + 1 + _LARGEST]
    if CODE.match(row.name):
        within = until(below, lambda one: not one.name.startswith(row.name))
        # 214 above 2140101: a level that is not printed
        deep = min((len(one.name) for one in within if CODE.match(one.name)), default=0)
        yield [one for one in within if len(one.name) == deep]
    elif row.level < NO_NUMBER:
        within = until(below, lambda one: one.level <= row.level or one.ends)
        yield highest(within)
        if within and within[0].level == NO_NUMBER:
            yield outermost(within, sure=True)
            yield outermost(within, sure=False)
    elif row.ends or (below and below[0].level < NO_NUMBER):
        yield from _of_a_total(table, position, until(below, lambda one: one.ends))


def _of_a_total(table: Sequence[Row], position: int, after: list[Row]) -> Iterator[list[Row]]:
    """A total stands before its rows or behind them, or adds what is behind the total before it."""
    yield highest(after)
    yield [one for one in after if CODE.match(one.name) and len(one.name) == _SHORTEST]
    if not table[position].ends:
        return
    before = until(reversed(table[max(0, position - _LARGEST) : position]), lambda one: one.ends)
    yield highest(before)
    yield before
    last = position - len(before) - 1
    if last >= 0:
        yield list(table[last:position])
        yield list(table[last : last + 2])


# ---------------------------------------------------------------------------------------------- 合计 | 各项


def _across(paper: Paper, table: Sequence[Row]) -> Iterator[Finding]:
    """合计 | 甲 | 乙 | 丙: the first figure of nearly all rows is the sum of the others; a plain slip is told."""
    off, kept = [], 0
    for row in table:
        columns = sorted(row.cells)
        if row.two_sided or len(columns) < _PARTS or not value(row.cells[columns[0]]):
            continue
        total = row.cells[columns[0]]
        added = Sum(tuple((1, row.cells[column]) for column in columns[1:]))
        if added.range.meets(Printed.rounded(total)):
            kept += 1
        else:
            off.append((total, added))
    if len(off) <= _MOST_OFF and kept >= _SUMMED:
        for total, added in off:
            yield from (one for one in _told(paper, total, added) if one.cause in SLIPS_OF_HAND)
