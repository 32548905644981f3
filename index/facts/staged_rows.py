"""Tables whose rows are named by a stage or a year alone: the heads name the items, the row says which figure it is.

        | “三公”经费合计 | 公务接待费        预算数: 三公经费 75 and 公务接待费 23, budget
预算数  | 75             | 23          ->    决算数: 三公经费 58, actual
决算数  | 58             | 13                2025年 in a table of budgets: the budget of 2025
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from index.facts.columns import Column, column
from index.facts.grid import Row
from index.facts.table_columns import Run

_STAGES: Final = ("budget", "adjusted_budget", "actual", "figure", "yoy_amount", "yoy_pct", "completion")


@dataclass(frozen=True, slots=True)
class Stage:
    """What the name of a row says of its figures: ``measure``, "figure" if only a year; ``year`` or years ``back``."""

    measure: str
    year: int | None
    offset: int

    def of(self, at: Column) -> Column:
        """The column as this row fills it."""
        return replace(at, measure=self.measure, year=self.year or at.year, offset=self.offset)


def stages(runs: Sequence[Run], body: Sequence[Row]) -> list[Stage]:
    """What each row of the body says; none unless all of them say a stage or a year and nothing else."""
    if len(runs) != 1 or len(body) < 2 or len(runs[0].labels) != 1:
        return []
    if any(at.year or (at.measure not in ("", "figure") and not at.items) for at in runs[0].figures):
        return []
    found = [_stage(row.cells[runs[0].main.index]) for row in body]
    whole = [stage for stage in found if stage is not None]
    return whole if len(whole) == len(found) and len(set(whole)) == len(whole) else []


def _stage(name: str) -> Stage | None:
    read = column(0, name, 1.0)
    known = read.role == "figure" and read.measure in _STAGES and not (read.items or read.besides or read.debt)
    if not known or not (read.year or read.measure != "figure"):
        return None
    return Stage(read.measure, read.year, read.offset)
