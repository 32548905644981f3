"""Columns that are parts of another: what the head of one says holds for the other, too.

新增债务限额 | 其中：专项债务限额                  新增专项债务限额, not all that may be owed
2026年预算数 | 其中：基本支出 | 项目支出             both as budgeted for 2026
新增一般债务限额 | 新增专项债务限额 | 合计            新增债务限额, where the rows add up to it
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from index.facts.columns import BRACKETED_UNIT, SUM_HEAD, Column
from index.facts.grid import Row
from index.facts.table_cells import amount_in

_SAYS: Final = "其中"
_STAGES: Final = ("budget", "adjusted_budget", "actual")
_OPEN: Final = ("", "figure")
_KINDS: Final = ("general", "special")


def of_which(columns: Sequence[Column], body: Sequence[Row]) -> list[Column]:
    """The columns in order; ``body`` tells how far the parts of a whole go on behind the one that says 其中."""
    found: list[Column] = []
    whole: Column | None = None
    parts: list[Column] = []
    for at in columns:
        if at.role != "figure":
            whole, parts = None if at.role == "label" else whole, []
        elif whole is not None and any(part.startswith(_SAYS) for part in at.parts):
            at = _as_part(at, whole)
            parts.append(at)
        elif whole is not None and parts and _completes(at, parts, whole, body):
            at = _as_part(at, whole)
        elif at.measure in (*_STAGES, *_OPEN, "limit", "outstanding") and at.unit != "%":
            whole, parts = at, []
        found.append(at)
    return found


def with_sums_of_debts(columns: Sequence[Column], body: Sequence[Row]) -> list[Column]:
    """The columns in order; one that is only called 合计 is of the debt that two others are the kinds of, if it is what
    they come to in every row."""
    parts = [at for at in columns if at.debt is not None]
    wholes = {replace(at.debt, kind="all") for at in parts if at.debt is not None}
    if len(parts) != 2 or len(wholes) != 1 or {at.debt.kind for at in parts if at.debt} != {"general", "special"}:
        return list(columns)
    whole = wholes.pop()
    item = whole.item
    return [
        replace(at, debt=whole, items=(item,), measure=at.measure or "figure")
        if item and _is_only_a_sum(at) and _completes(parts[1], parts[:1], at, body)
        else at
        for at in columns
    ]


def _is_only_a_sum(at: Column) -> bool:
    return at.debt is None and not at.items and SUM_HEAD.fullmatch(BRACKETED_UNIT.sub("", at.head)) is not None


def _as_part(at: Column, whole: Column) -> Column:
    if at.debt is not None and whole.debt is not None:
        part, of = at.debt, whole.debt
        same = part.act == of.act and part.kind in _KINDS and of.kind not in _KINDS
        if not (same and of.origin and not part.origin):
            return at
        debt = replace(part, origin=of.origin)
        return replace(at, debt=debt, items=(debt.item,) if debt.item else ())
    staged = whole.measure in _STAGES and at.measure in _OPEN and at.unit != "%" and at.debt is None
    if not staged or at.year is not None or at.offset:
        return at
    return replace(at, measure=whole.measure, year=whole.year, offset=whole.offset, months=at.months or whole.months)


def _completes(at: Column, parts: Sequence[Column], whole: Column, body: Sequence[Row]) -> bool:
    """其中：专项债务限额 | 一般债务限额: is a column without 其中 what the parts before it leave of their whole?"""
    rows = [[amount_in(row.cells[one.index]) for one in (whole, at, *parts)] for row in body]
    known = [(one[0], one[1], one[2:]) for one in rows if one[0] and one[1]]
    return bool(known) and all(first == second + sum(x or 0 for x in rest) for first, second, rest in known)
