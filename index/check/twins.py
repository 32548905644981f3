"""A 款 with a single 项: two rows, one below the other, with one name and the same figures.

城乡社区规划与管理 |   |    | 75 |        in a table where such rows have the same figures throughout, a cell that
  城乡社区规划与管理 |   | 75 | 75 |      is empty above, or is another figure, was left out or is wrong
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, pairwise
from typing import Final

from index.check.cause import SLIPS_OF_HAND, cause, printed
from index.check.models import Finding
from index.check.paper import Paper
from index.check.rows import Row, filled, row_of
from index.facts.printed import Printed, value

KIND: Final = "表内合计"
_KEPT: Final = 4  # such rows that are the same, for one that is not
_MOST_OFF: Final = 1
_NAMED: Final = 2  # characters of a name


def of_twins(paper: Paper) -> Iterator[Finding]:
    """All findings of this kind, table by table."""
    rows = [sentence for sentence in paper.parsed.sentences if sentence.kind == "row"]
    for _, some in groupby(rows, key=lambda row: (row.section, row.header)):
        table = [row_of(paper, one) for one in some]
        twins = [(above, below) for above, below in pairwise(table) if _are_twins(above, below)]
        off = [pair for pair in twins if _apart(*pair)]
        if len(off) <= _MOST_OFF and len(twins) - len(off) >= _KEPT:
            for above, below in off:
                yield from _told(paper, above, below)


def _are_twins(above: Row, below: Row) -> bool:
    """One name, and all but one figure of the two the same."""
    if above.name != below.name or len(above.name) < _NAMED or above.two_sided or not filled(below):
        return False
    return bool(_same(above, below)) and len(_apart(above, below)) <= 1


def _same(above: Row, below: Row) -> list[int]:
    first, second = filled(above), filled(below)
    return [column for column in first if column in second and value(first[column]) == value(second[column])]


def _apart(above: Row, below: Row) -> list[int]:
    first, second = filled(above), filled(below)
    return [
        column for column in sorted({*first, *second})
        if column not in first or column not in second or value(first[column]) != value(second[column])
    ]  # fmt: skip


def _told(paper: Paper, above: Row, below: Row) -> Iterator[Finding]:
    (column,) = _apart(above, below)
    first, second = filled(above).get(column), filled(below).get(column)
    if first is None and second is not None:
        total = f"“{above.name}”一格空着，它下面惟一的一行是 {printed(second)}，合计里可能少了它"
        yield paper.finding(KIND, "疑", [second], total, "", "漏填")
    elif first is not None and second is not None:
        why = cause(first, Printed(value(second), value(second)))
        if why in SLIPS_OF_HAND:
            total = f"“{above.name}”{printed(first)}，它下面惟一的一行是 {printed(second)}"
            yield paper.finding(KIND, "疑", [first, second], total, printed(second), why)
