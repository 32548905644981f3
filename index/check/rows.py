"""Rows of tables as the rules of sums look at them: a name, the money by column, how deep the row stands.

一、税收收入 | 1000 | 1100      level 0, two cells
  增值税     |  700 |  800      no number: below all that have one
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from typing import Final

from index.check.paper import Paper
from index.facts.printed import value
from index.lexicon import toml
from index.models import Fact, Sentence

# How a row is numbered, from the highest level down; a row without a number is below all of them.
_LEVELS: Final = (
    re.compile(r"^[一二三四五六七八九十]+[、.．]"), re.compile(r"^[（(][一二三四五六七八九十]+[)）]"),
    re.compile(r"^\d{1,2}[、.．](?!\d)"), re.compile(r"^[（(]\d{1,2}[)）]"),
)  # fmt: skip
NO_NUMBER: Final = len(_LEVELS)
CODE: Final = re.compile(r"^\d{3}(?:\d\d){0,2}$")
_TOTAL: Final = re.compile(r"(?:合\s*计|总\s*计)\s*$")
_NAMED: Final = re.compile(r"[\u4e00-\u9fff]{2}")
_CHANGES: Final = "yoy_amount"
_FEWEST: Final = 2


@dataclass(frozen=True, slots=True)
class Row:
    """A row's name or code, its money and numbers of things by column; ``two_sided`` has a name behind a figure
    (左收右支)."""

    name: str
    cells: dict[int, Fact]
    two_sided: bool

    @property
    def level(self) -> int:
        """How deep the row is numbered; NO_NUMBER if it is not."""
        return _level(self.name)

    @property
    def ends(self) -> bool:
        """A total: 合计, 总计."""
        return bool(_TOTAL.search(self.name))

    @property
    def told(self) -> dict[int, Fact]:
        """The cells that are figures of their own: what has changed against another column follows from it."""
        own = {column: fact for column, fact in self.cells.items() if fact.measure != _CHANGES}
        return own if len(own) >= _FEWEST else self.cells


@lru_cache(maxsize=4096)
def _level(name: str) -> int:
    return next((at for at, level in enumerate(_LEVELS) if level.match(name)), NO_NUMBER)


def row_of(paper: Paper, row: Sentence) -> Row:
    """A row of a table."""
    facts = [fact for fact in paper.by_sentence.get(row.index, []) if fact.kind == "money" or _is_of_things(fact)]
    cells = [cell.strip() for cell in row.text.split("\t")]
    named = [at for at, cell in enumerate(cells) if _NAMED.search(cell)]
    name = cells[named[0]] if named else ""
    if named and named[0] and CODE.match(cells[named[0] - 1]):
        name = cells[named[0] - 1]
    by_column = {row.text.count("\t", 0, fact.start): fact for fact in facts}
    return Row(name, by_column, bool(named and by_column and max(named) > min(by_column)))


def halves(paper: Paper, rows: Sequence[Sentence]) -> tuple[list[Row], list[Row]]:
    """The two sides of a table with names behind its first figures (左收右支); two empty lists of another one."""
    cells = [[cell.strip() for cell in row.text.split("\t")] for row in rows]
    second = Counter(at for row in cells for at, cell in enumerate(row) if at > 1 and _NAMED.search(cell))
    at, often = second.most_common(1)[0] if second else (0, 0)
    if len(second) != 1 or often * 2 <= len(rows):
        return [], []
    sides: tuple[list[Row], list[Row]] = ([], [])
    for row, some in zip(rows, cells, strict=True):
        whole = row_of(paper, row)
        for side, start, end in zip(sides, (0, at), (at, len(some)), strict=True):
            name = next((cell for cell in some[start:end] if _NAMED.search(cell)), "")
            money = {column: fact for column, fact in whole.cells.items() if start <= column < end}
            if name and money:
                side.append(Row(name, money, False))
    return sides


def _is_of_things(fact: Fact) -> bool:
    """在岗职工312人: not 期限10年, 第3名."""
    return fact.kind == "count" and fact.unit in toml("check.toml")["count"]["things"]


def highest(rows: Sequence[Row]) -> list[Row]:
    """The rows of the highest level there is."""
    top = min((row.level for row in rows), default=0)
    return [row for row in rows if row.level == top]


def until(rows: Iterable[Row], stop: Callable[[Row], bool]) -> list[Row]:
    """The rows before the first one that is not of them."""
    return list(takewhile(lambda row: not stop(row), rows))


def filled(row: Row) -> dict[int, Fact]:
    """The cells that are something."""
    return {column: fact for column, fact in row.told.items() if value(fact)}
