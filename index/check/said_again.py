"""What the text gives otherwise than a table, where the text's other figures are the table's.

    卫生健康支出下降7.5%，主要是……        the table has -5.7, and of 科学技术支出 and 节能环保支出 the same as the text

An amount may be of another basis than the table's, so of amounts only a plain slip is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from index.check.cause import SLIPS_OF_HAND, SWAPPED, TURNED, cause, digits_of, is_swapped, printed
from index.check.models import Finding
from index.check.paper import Paper
from index.facts.printed import Printed, grain, value
from index.models import Fact

KIND: Final = "前后不一致"
_RATES: Final = ("yoy_pct", "completion")
_AMOUNTS: Final = ("actual", "budget", "adjusted_budget", "outstanding", "limit")
_LOOSE: Final = frozenset({"rough", "same_basis", "quote", "unit_missing", "unit_unsure"})
_KEPT: Final = 2  # rates that are the table's, for one that is not
_MOST_OFF: Final = 1


def of_said_again(paper: Paper) -> Iterator[Finding]:
    """All findings of this kind, table by table."""
    tables: dict[tuple[str, str], dict[tuple[object, ...], list[Fact]]] = {}
    texts: list[Fact] = []
    for fact in paper.parsed.facts:
        told = fact.measure in (_RATES if fact.kind == "percent" else _AMOUNTS if fact.kind == "money" else ())
        if not told or not fact.key or not fact.number or fact.qualifiers or _LOOSE & set(fact.flags):
            continue
        if fact.rule == "table":
            header = paper.sentences[fact.sentence].header
            tables.setdefault((header, fact.measure), {}).setdefault(_slots(fact), []).append(fact)
        else:
            texts.append(fact)
    for (_, measure), cells in tables.items():
        pairs = [
            (fact, cells[_slots(fact)][0]) for fact in texts
            if fact.measure == measure and len(cells.get(_slots(fact), [])) == 1
        ]  # fmt: skip
        off = [(fact, cell) for fact, cell in pairs if not Printed.of(fact).meets(Printed.of(cell))]
        if len(off) <= _MOST_OFF and len(pairs) - len(off) >= _KEPT:
            for fact, cell in off:
                found = _told(paper, fact, cell)
                if fact.kind == "percent" or found.cause in SLIPS_OF_HAND:
                    yield found
        elif len(off) == 1 and off[0][0].kind == "percent" and len(digits_of(off[0][0])) > 1:
            # one percentage alone says little of what the table is, but the same digits in another order do
            fact, cell = off[0]
            if value(fact) * value(cell) > 0 and is_swapped(fact, value(cell)):
                yield replace(_told(paper, fact, cell), cause=SWAPPED)


def _slots(fact: Fact) -> tuple[object, ...]:
    year = fact.period.first_year, fact.period.last_year, fact.period.first_month, fact.period.last_month
    return fact.key, fact.region, fact.scope or "whole", year, fact.owner


def _told(paper: Paper, fact: Fact, cell: Fact) -> Finding:
    exact = Printed(value(cell) - grain(cell) / 2, value(cell) + grain(cell) / 2)
    why = TURNED if value(fact) == -value(cell) else cause(fact, exact)
    total = f"{fact.item}：文字 {printed(fact)}，表 {printed(cell)}"
    return paper.finding(KIND, "疑", [fact, cell], total, printed(cell), why)
