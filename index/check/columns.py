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
from index.check.cause import SLIPS_OF_HAND
from index.check.models import Finding
from index.check.paper import Paper
from index.facts.printed import Printed, value
from index.models import Fact, Sentence

_HEAD: Final = re.compile(r"^\s*[一二三四五六七八九十]+、")
_TOTAL: Final = re.compile(r"(?:合\s*计|总\s*计)\s*$")
_CODE: Final = re.compile(r"^\d{3}(?:\d\d){0,2}$")
_NAMED: Final = re.compile(r"[\u4e00-\u9fff]{2}")
_LARGEST: Final = 400  # rows that a row is made of
_PROVEN: Final = 2  # columns that make it
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


def of_columns(paper: Paper) -> Iterator[Finding]:
    """All findings of these kinds, table by table."""
    rows = [sentence for sentence in paper.parsed.sentences if sentence.kind == "row"]
    for _, some in groupby(rows, key=lambda row: (row.section, row.header)):
        table = [row for one in some if (row := _row(paper, one)).cells]
        if len(table) > _PROVEN:
            yield from _groups(paper, table)
            yield from _across(paper, table)


def _row(paper: Paper, row: Sentence) -> _Row:
    facts = [fact for fact in paper.by_sentence.get(row.index, []) if fact.kind == "money"]
    cells = row.text.split("\t")
    name = next((cell for cell in cells if cell.strip() and not _CODE.match(cell.strip())), "")
    code = next((cell.strip() for cell in cells[:2] if _CODE.match(cell.strip())), "")
    by_column = {row.text.count("\t", 0, fact.start): fact for fact in facts}
    named = [at for at, cell in enumerate(cells) if _NAMED.search(cell)]
    return _Row(code or name.strip(), by_column, bool(named and by_column and max(named) > min(by_column)))


def _groups(paper: Paper, table: Sequence[_Row]) -> Iterator[Finding]:
    kept = 0
    single: list[tuple[Fact, Sum]] = []
    for position, row in enumerate(table):
        best: tuple[int, list[tuple[Fact, Sum]]] | None = None
        for parts in _made_of(table, position):
            fitting, off = _columns(row, parts)
            if best is None or (fitting, -len(off)) > (best[0], -len(best[1])):
                best = fitting, off
        if best is None:
            continue
        fitting, off = best
        kept += fitting > 0 and not off
        if fitting >= _PROVEN and len(off) == 1:
            # 左收右支: which rows are of which side is not read
            told = _told(paper, *off[0])
            yield from (one for one in told if not row.two_sided or one.cause in SLIPS_OF_HAND)
        elif len(row.cells) == len(off) == 1 and not fitting:
            single += off
    if len(single) == 1 and kept >= _GROUPS and all(len(row.cells) == 1 for row in table):
        yield from _told(paper, *single[0])


def _told(paper: Paper, total: Fact, added: Sum) -> Iterator[Finding]:
    yield from compared(paper, "表内合计", total, added, closed=True, whole=True)


def _columns(row: _Row, parts: Sequence[_Row]) -> tuple[int, list[tuple[Fact, Sum]]]:
    """In how many columns the parts make the row, and those where they do not."""
    fitting, off = 0, []
    for column, total in row.cells.items():
        terms = [part.cells[column] for part in parts if column in part.cells and value(part.cells[column])]
        if not value(total) or not terms:
            continue
        added = Sum(tuple((1, fact) for fact in terms))
        if not added.range.meets(Printed.rounded(total)):
            off.append((total, added))
        elif len(terms) > 1:
            fitting += 1
    return fitting, off


def _made_of(table: Sequence[_Row], position: int) -> Iterator[list[_Row]]:
    """The rows that a row may be made of, by where they stand and how they are numbered."""
    row = table[position]
    if _CODE.match(row.name):
        below = table[position + 1 : position + 1 + _LARGEST]
        within = _until(below, lambda one: not one.name.startswith(row.name))
        yield [one for one in within if len(one.name) == len(row.name) + 2]
    elif _HEAD.match(row.name):
        below = table[position + 1 : position + 1 + _LARGEST]
        yield _until(below, lambda one: bool(_HEAD.match(one.name)) or _ends(one))
    elif _ends(row):
        before = _until(list(reversed(table[max(0, position - _LARGEST) : position])), _ends)
        after = _until(table[position + 1 : position + 1 + _LARGEST], _ends)
        for rows in (before, after):
            yield [one for one in rows if _HEAD.match(one.name)]
            yield [one for one in rows if _CODE.match(one.name) and len(one.name) == 3]
            yield rows
        last = next((at for at in range(position - 1, -1, -1) if _ends(table[at])), None)
        if last is not None:
            yield list(table[last:position])
            yield list(table[last : last + 2])


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
