"""Tables of projects and their total: rows 1, 2, 3, … and nothing else, or names that no catalogue has.

1 | 易涝点整治     | 16处  | 5600      the total right before or behind the list is of all its rows, so a difference
2 | 养老服务设施   | 28处  | 1960      is told whatever its size
  | 合计           |       | 7660
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby
from typing import Final

from index.check.adding import Sum, compared
from index.check.cause import SLIPS_OF_HAND, SWAPPED, is_swapped, shown
from index.check.models import Finding
from index.check.paper import Paper
from index.check.rows import NO_NUMBER, Row, row_of
from index.facts.printed import value
from index.models import Fact, Sentence

KIND: Final = "表内合计"
_TOTAL: Final = re.compile(r"^(?:合\s*计|总\s*计|小\s*计|共\s*计)$")
_NUMBER: Final = re.compile(r"^\d{1,3}$")
_FEWEST: Final = 3  # rows
_ALIKE: Final = Decimal("0.2")  # of a total, that a list without numbers misses it by


@dataclass(frozen=True, slots=True)
class _Line:
    """A row with its number, 0 if it has none; ``ends`` is a total, ``plain`` a project: of no item, not numbered."""

    row: Row
    number: int
    ends: bool
    plain: bool


def of_numbered(paper: Paper) -> Iterator[Finding]:
    """All findings of this kind, table by table."""
    rows = [sentence for sentence in paper.parsed.sentences if sentence.kind == "row"]
    for _, some in groupby(rows, key=lambda row: (row.section, row.header)):
        lines = [_line(paper, row) for row in some]
        for at, total in enumerate(lines):
            if not total.ends:
                continue
            before, after = _list_before(lines[:at]), _list_behind(lines[at + 1 :])
            numbered = before or after
            listed = numbered or (lines[:at] if all(line.plain for line in lines[:at]) else [])
            if len(listed) >= _FEWEST:
                yield from _judged(paper, total.row, [line.row for line in listed], numbered=bool(numbered))


def _line(paper: Paper, sentence: Sentence) -> _Line:
    cells = [cell.strip() for cell in sentence.text.split("\t")]
    number = int(cells[0]) if _NUMBER.match(cells[0]) else 0
    row = row_of(paper, sentence)
    ends = any(_TOTAL.match(cell) for cell in cells)
    known = any(fact.key for fact in row.cells.values())
    return _Line(row, number, ends, bool(row.cells) and not known and row.level == NO_NUMBER and "其中" not in row.name)


def _list_before(lines: Sequence[_Line]) -> list[_Line]:
    """The rows n, …, 2, 1 that end right here."""
    found: list[_Line] = []
    for line in reversed(lines):
        if not line.number or (found and line.number != found[-1].number - 1):
            break
        found.append(line)
    return found[::-1] if found and found[-1].number == 1 else []


def _list_behind(lines: Sequence[_Line]) -> list[_Line]:
    """The rows 1, 2, …, n that are all that follows."""
    if all(line.number == at for at, line in enumerate(lines, 1)):
        return list(lines)
    return []


def _judged(paper: Paper, total: Row, rows: Sequence[Row], *, numbered: bool) -> Iterator[Finding]:
    for column, fact in total.cells.items():
        terms = [row.cells[column] for row in rows if column in row.cells]
        if not value(fact) or len(terms) < _FEWEST or fact.measure == "yoy_amount":
            continue
        added = Sum(tuple((1, term) for term in terms))
        near = abs(added.number - value(fact)) <= abs(value(fact)) * _ALIKE
        whole = len(terms) == len(rows) and (numbered or near)
        for found in compared(paper, KIND, fact, added, closed=True, sure=False, whole=whole):
            if whole and not found.cause:
                yield _one_row(paper, found, fact, terms)
            elif whole or found.cause in SLIPS_OF_HAND:
                yield found


def _one_row(paper: Paper, found: Finding, total: Fact, terms: Sequence[Fact]) -> Finding:
    """5600 for 6500: a round figure, so by itself no slip of the hand, but the only one that makes the total."""
    gap = value(total) - sum((value(term) for term in terms), Decimal(0))
    wrong = [term for term in terms if is_swapped(term, value(term) + gap)]
    if len(wrong) != 1:
        return replace(found, should="")  # the total, a row or one left out
    facts = [wrong[0], total, *(term for term in terms if term is not wrong[0])]
    return paper.finding(KIND, "疑", facts, found.sum, shown(value(wrong[0]) + gap, wrong[0]), SWAPPED)
