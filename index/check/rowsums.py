"""Rows of small tables that make one another in every column but one: what was there ＋ what came － what went.

    2023年末余额  | 290.59 | 295.40        the last row is the first and the second less the third in seven columns of
    2024年发行额  |  19.01 |  29.33        the tables that have these rows, and in the eighth it is not
    2024年还本额  |  21.12 |  26.28
    2024年末余额  | 288.48 | 293.05

No row is read: a relation counts where nearly all columns keep it, those of all tables with rows of these names (一般,
专项 and the levels aside).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby
from typing import Final

from index.check.adding import Sum, compared
from index.check.cause import SLIPS_OF_HAND, digits_of
from index.check.models import Finding
from index.check.paper import Paper
from index.facts.printed import Printed, value
from index.models import Fact, Sentence

KIND: Final = "表内合计"
_KINDS: Final = re.compile(r"一般|专项|(?:市|州|省|区|县)?本级|全[市省州区县]|\s|[\d（(）)]")
_NAMED: Final = re.compile(r"[\u4e00-\u9fff]{2}")
_FEWEST, _MOST = 3, 10  # rows
_KEPT: Final = 3  # columns that keep a relation, for one that does not
_KEPT_OF_SLIP: Final = 2  # for one that a slip of the hand explains
_DIGITS: Final = 4

Column = Sequence[Fact | None]


@dataclass(frozen=True, slots=True)
class _Relation:
    """The row that others make, with their signs."""

    whole: int
    terms: tuple[tuple[int, int], ...]


def of_row_sums(paper: Paper) -> Iterator[Finding]:
    """All findings of this kind."""
    told: dict[tuple[str, ...], list[Column]] = {}
    rows = [sentence for sentence in paper.parsed.sentences if sentence.kind == "row"]
    for _, some in groupby(rows, key=lambda row: (row.section, row.header)):
        table = list(some)
        if _FEWEST <= len(table) <= _MOST:
            told.setdefault(tuple(_name(row) for row in table), []).extend(_columns(paper, table))
    for columns in told.values():
        yield from _judged(paper, columns)


def _name(row: Sentence) -> str:
    """What a row is called, whichever kind and level of it: 年末地方政府债务余额."""
    name = next((cell for cell in row.text.split("\t") if _NAMED.search(cell)), "")
    return _KINDS.sub("", name)


def _columns(paper: Paper, table: Sequence[Sentence]) -> Iterator[Column]:
    cells = [
        {row.text.count("\t", 0, fact.start): fact for fact in paper.by_sentence.get(row.index, []) if value(fact)}
        for row in table
    ]
    for column in sorted({column for row in cells for column in row}):
        found = [row.get(column) for row in cells]
        money = [fact for fact in found if fact is not None]
        if len(money) >= _FEWEST and all(fact.kind == "money" for fact in money):
            yield found


def _judged(paper: Paper, columns: Sequence[Column]) -> Iterator[Finding]:
    if len(columns) <= _KEPT_OF_SLIP:
        return
    for one in _relations(len(columns[0])):
        kept, off = 0, []
        for column in columns:
            whole, added = column[one.whole], _made(column, one)
            if whole is None or added is None or len(digits_of(whole)) < _DIGITS:
                continue
            if added.range.meets(Printed.rounded(whole)):
                kept += 1
            else:
                off.append((whole, added))
            if len(off) > 1:
                break
        if len(off) == 1 and kept >= _KEPT_OF_SLIP:
            found = compared(paper, KIND, *off[0], closed=True, sure=False, whole=True)
            yield from (slip for slip in found if kept >= _KEPT or slip.cause in SLIPS_OF_HAND)


def _relations(rows: int) -> Iterator[_Relation]:
    """A row is two others, or two less a third."""
    for whole in range(rows):
        others = [row for row in range(rows) if row != whole]
        for first, second in combinations(others, 2):
            yield _Relation(whole, ((1, first), (1, second)))
            for less in others:
                if less not in (first, second):
                    yield _Relation(whole, ((1, first), (1, second), (-1, less)))


def _made(column: Column, one: _Relation) -> Sum | None:
    facts = [(sign, column[row]) for sign, row in one.terms]
    told = tuple((sign, fact) for sign, fact in facts if fact is not None)
    return Sum(told) if len(told) == len(facts) else None
