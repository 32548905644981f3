"""Lists of targets with heads (重点项目绩效目标表): a project's name on a line of its own, its targets below it.

项目名称     | 三级指标     | 指标性质 | 指标值 | 度量单位
古桥修缮经费 |              |          |        |
             | 修缮桥梁数量 | >=       | 12     | 座          古桥修缮经费（修缮桥梁数量）: count 12座
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import Final

from index.facts.captions import Caption
from index.facts.grid import Row, is_blank
from index.facts.table_cells import offsets_of
from index.find.amounts import COUNT_SCALES, MONEY_UNITS
from index.find.cells import figure_in, printed_span
from index.lexicon import toml
from index.models import Fact, Measure, Period, Sentence, Subject, ValueKind

_WORDS: Final = re.compile(r"[\u4e00-\u9fff]")
_EQUAL: Final = ("", "=", "＝", "等于")
_UNIT: Final = re.compile(r"[^（(、，/]{1,8}")
_LONGEST: Final = 60
_SEARCHED: Final = 4  # rows among which its heads stand


class TargetRows:
    """Reads the rows of such a list in order; ``project`` is the one that the list before it ended with."""

    def __init__(self, about: Subject, around: Caption, heads: Sequence[str], project: str = "") -> None:
        self._about, self._around, self.project = about, around, project
        self._name, self._value, self._unit = (_column(heads, group) for group in ("target_name", "target", "unit"))
        self._sign = _column(heads, "sign")

    @property
    def header(self) -> str:
        """The line that names the rows: of which list, of which project."""
        return "｜".join(filter(None, (self._around.header, f"项目名称：{self.project}" if self.project else "")))

    def read(self, row: Row, sentence: Sentence) -> list[Fact]:
        """The facts of one row."""
        cells = row.cells
        if cells[0] and is_blank(cells[self._value]) and figure_in(cells[0]) is None:
            self.project = cells[0]
        figure = figure_in(cells[self._value])
        name, unit = cells[self._name], _UNIT.match(cells[self._unit])
        if (
            figure is None
            or figure.number is None
            or figure.kind is not None
            or unit is None
            or not _WORDS.search(name)
        ):
            return []
        printed = row.printed[self._value].strip("\n")
        first, last = printed_span(printed, cells[self._value], figure.start, figure.end)
        start = offsets_of(row)[self._value] + first
        kind, measure, number = _read(unit[0], figure.number)
        rough = figure.rough or (self._sign >= 0 and cells[self._sign][:1] not in _EQUAL)
        region = self._around.region or self._about.region
        item = f"{self.project}（{name}）" if self.project else name
        return [
            Fact(
                region.code if region else "", self._around.scope, self._around.scope_words,
                Period.year(self._around.year), "", "", item[:_LONGEST], "", self.project[:_LONGEST],
                f"{self.project} {name}"[:120], measure, kind, printed[first:last], unit[0], number,
                sentence.index, start, start + last - first, "form", ("rough",) if rough else (),
            )
        ]  # fmt: skip


def target_heads(rows: Sequence[Row]) -> tuple[str, ...]:
    """The heads of such a list, which name a target, its value and its unit; () of any other table."""
    groups = ("target_name", "target", "unit")
    return next((row.cells for row in rows[:_SEARCHED] if all(_column(row.cells, group) >= 0 for group in groups)), ())


def _read(unit: str, number: Decimal) -> tuple[ValueKind, Measure, Decimal]:
    if unit in ("%", "％"):
        return "percent", "rate", number
    if unit in MONEY_UNITS:
        return "money", "amount", number * MONEY_UNITS[unit]
    return "count", "count", number * COUNT_SCALES.get(unit[:1], Decimal(1))


def _column(heads: Sequence[str], group: str) -> int:
    """Where the head of this group stands; -1 if nowhere."""
    return next((at for at, head in enumerate(heads) if head in _words(group)), -1)


@cache
def _words(group: str) -> frozenset[str]:
    return frozenset(toml("forms.toml")["form"][group])
