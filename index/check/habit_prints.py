"""What the text says of a figure that a table of the report gives, where the report's text says so of all others.

    税收收入完成82.6亿元 … 一、税收收入 | 927210 | 848910      four other figures of the text are those of the tables

By itself a text that differs from a table may be of another level or stage; where it never is but once, it is a slip.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from index.check.cause import cause, digits_of, printed
from index.check.models import Finding
from index.check.paper import Paper
from index.check.repeats import KIND
from index.contradictions import agree, is_bound
from index.facts.printed import Printed, value
from index.models import Fact

_LOOSE: Final = frozenset({"rough", "same_basis", "quote", "unit_missing", "unit_unsure", "opening", "plan"})
_DONE: Final = ("actual",)
_KEPT: Final = 4  # figures of the text that are those of a table, for one that is not
_DIGITS: Final = 3
_TIMES: Final = 2  # that a figure may be of the other
_TABLE: Final = "table"


def of_habit_prints(paper: Paper) -> Iterator[Finding]:
    """All findings of this kind."""
    tables: dict[tuple[object, ...], list[Fact]] = {}
    text: dict[tuple[object, ...], list[Fact]] = {}
    for fact in paper.parsed.facts:
        if _is_told(fact):
            (tables if fact.rule == _TABLE else text).setdefault(_slots(fact), []).append(fact)
    kept: list[Fact] = []
    off: list[tuple[Fact, Fact]] = []
    for slots, told in text.items():
        cells = tables.get(slots, [])
        if not cells or not all(agree(cell, cells[0]) for cell in cells):
            continue
        for fact in told:
            if agree(fact, cells[0]):
                kept.append(fact)
            elif len(digits_of(fact)) >= _DIGITS and fact.item in paper.sentences[fact.sentence].text:
                off.append((fact, cells[0]))
    if len({_slots(fact) for fact in kept}) < _KEPT or len(off) != 1:
        return
    fact, cell = off[0]
    if abs(value(cell)) / _TIMES <= abs(value(fact)) <= abs(value(cell)) * _TIMES:
        words = f"{fact.item}：{printed(fact)} 与表里的 {printed(cell)}（正文另有 {len(kept)} 处与表相符）"
        why = cause(fact, Printed(value(cell), value(cell)))
        yield paper.finding(KIND, "疑", [fact, cell], words, "", why)


def _is_told(fact: Fact) -> bool:
    done = fact.kind == "money" and bool(fact.key and value(fact)) and fact.measure in _DONE
    return done and not fact.qualifiers and not _LOOSE & set(fact.flags) and not is_bound(fact)


def _slots(fact: Fact) -> tuple[object, ...]:
    period = fact.period
    months: Sequence[int] = (period.first_year, period.last_year, period.first_month, period.last_month)
    return fact.key, fact.account, fact.region, fact.scope or "whole", *months, fact.measure, fact.owner
