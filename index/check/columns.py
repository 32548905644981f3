"""Columns of a table that do not add up where the others do: 合计 and its rows, a numbered row and those below it.

    一、税收收入 | 1000 | 1100        what a row is made of is not read but found: the rows before or below it that
      增值税     |  700 |  800        make it in two columns at least make it in all; one column that misses is told
      契税       |  300 |  330
Where a table has one column, nearly all of its other groups must add up.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile
from typing import Final

from index.check.adding import Sum, compared
from index.check.cause import SLIPS_OF_HAND, digits_of
from index.check.models import Finding
from index.check.paper import Paper
from index.facts.printed import Printed, value
from index.models import Fact, Sentence

# How a row is numbered, from the highest level down; a row without a number is below all of them.
_LEVELS: Final = (
    re.compile(r"^[一二三四五六七八九十]+[、.．]"), re.compile(r"^[（(][一二三四五六七八九十]+[)）]"),
    re.compile(r"^\d{1,2}[、.．](?!\d)"), re.compile(r"^[（(]\d{1,2}[)）]"),
)  # fmt: skip
_TOTAL: Final = re.compile(r"(?:合\s*计|总\s*计)\s*$")
_CODE: Final = re.compile(r"^\d{3}(?:\d\d){0,2}$")
_NAMED: Final = re.compile(r"[\u4e00-\u9fff]{2}")
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
class _Row:
    """A row's name or code, its money by column; ``two_sided`` has a name behind a figure (左收右支)."""

    name: str
    cells: dict[int, Fact]
    two_sided: bool


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
        table = [row for one in some if (row := _row(paper, one)).cells]
        if len(table) >= _TERMS:
            yield from _groups(paper, table)
            yield from _across(paper, table)


def _row(paper: Paper, row: Sentence) -> _Row:
    facts = [fact for fact in paper.by_sentence.get(row.index, []) if fact.kind == "money"]
    cells = [cell.strip() for cell in row.text.split("\t")]
    named = [at for at, cell in enumerate(cells) if _NAMED.search(cell)]
    name = cells[named[0]] if named else ""
    if named and named[0] and _CODE.match(cells[named[0] - 1]):
        name = cells[named[0] - 1]
    by_column = {row.text.count("\t", 0, fact.start): fact for fact in facts}
    return _Row(name, by_column, bool(named and by_column and max(named) > min(by_column)))


def _groups(paper: Paper, table: Sequence[_Row]) -> Iterator[Finding]:
    found = []
    for position, row in enumerate(table):
        readings = [_columns(row, parts) for parts in _made_of(table, position)]
        found.append((row, max(readings, key=lambda one: (len(one.fitting), -len(one.off)), default=_NOTHING)))
    fitting = [one for _, columns in found for one in columns.fitting]
    exact = len(fitting) >= _GROUPS and all(added.number == total.number for total, added in fitting)
    kept = sum(bool(columns.fitting) and not columns.off for _, columns in found)
    single: list[tuple[Fact, Sum]] = []
    for row, columns in found:
        if len(columns.off) == 1 and columns.fitting:
            # 左收右支: which rows are of which side is not read
            sure = len(columns.fitting) >= _PROVEN and not row.two_sided
            told = _told(paper, *columns.off[0], exact=exact)
            yield from (one for one in told if sure or one.cause in SLIPS_OF_HAND)
        elif len(row.cells) == len(columns.off) == 1:
            single += columns.off
            if len(columns.off[0][1].terms) >= _TERMS:
                yield from (one for one in _told(paper, *columns.off[0], exact=exact) if one.cause in SLIPS_OF_HAND)
    if len(single) == 1 and kept >= _GROUPS and all(len(row.cells) == 1 for row in table):
        yield from _told(paper, *single[0], exact=exact)


def _told(paper: Paper, total: Fact, added: Sum, *, exact: bool = False) -> Iterator[Finding]:
    # 疑: the total, a row, or a row left out; only who has the books can tell
    yield from compared(paper, "表内合计", total, added, closed=True, sure=False, exact=exact)


def _columns(row: _Row, parts: Sequence[_Row]) -> _Columns:
    """The columns in which the parts make the row, and those where they do not."""
    fitting: list[tuple[Fact, Sum]] = []
    off: list[tuple[Fact, Sum]] = []
    for column, total in row.cells.items():
        terms = [part.cells[column] for part in parts if column in part.cells and value(part.cells[column])]
        if not value(total) or not terms:
            continue
        added = Sum(tuple((1, fact) for fact in terms))
        if not added.range.meets(Printed.rounded(total)):
            off.append((total, added))
        elif len(terms) >= _TERMS - _ends(row) and len(digits_of(total)) >= _DIGITS:
            fitting.append((total, added))
    return _Columns(fitting, off)


def _made_of(table: Sequence[_Row], position: int) -> Iterator[list[_Row]]:
    """The rows that a row may be made of, by where they stand and how they are numbered."""
    row = table[position]
    below = table[position + 1 : position + 1 + _LARGEST]
    level = _level(row)
    if _CODE.match(row.name):
        within = _until(below, lambda one: not one.name.startswith(row.name))
        yield [one for one in within if len(one.name) == len(row.name) + 2]
    elif level < len(_LEVELS):
        yield _highest(_until(below, lambda one: _level(one) <= level or _ends(one)))
    elif _ends(row) or (below and _level(below[0]) < len(_LEVELS)):
        yield from _of_a_total(table, position, _until(below, _ends))


def _of_a_total(table: Sequence[_Row], position: int, after: list[_Row]) -> Iterator[list[_Row]]:
    """A total stands before its rows or behind them, or adds what is behind the total before it."""
    yield _highest(after)
    yield [one for one in after if _CODE.match(one.name) and len(one.name) == _SHORTEST]
    if not _ends(table[position]):
        return
    before = _until(reversed(table[max(0, position - _LARGEST) : position]), _ends)
    yield _highest(before)
    yield before
    last = position - len(before) - 1
    if last >= 0:
        yield list(table[last:position])
        yield list(table[last : last + 2])


def _highest(rows: Sequence[_Row]) -> list[_Row]:
    """The rows of the highest level there is."""
    top = min(map(_level, rows), default=0)
    return [row for row in rows if _level(row) == top]


def _level(row: _Row) -> int:
    return next((at for at, level in enumerate(_LEVELS) if level.match(row.name)), len(_LEVELS))


def _ends(row: _Row) -> bool:
    return bool(_TOTAL.search(row.name))


def _until(rows: Iterable[_Row], stop: Callable[[_Row], bool]) -> list[_Row]:
    return list(takewhile(lambda row: not stop(row), rows))


# ---------------------------------------------------------------------------------------------- 合计 | 各项


def _across(paper: Paper, table: Sequence[_Row]) -> Iterator[Finding]:
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
