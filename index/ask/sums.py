"""The sum of several figures asked for together: 一般债务跟专项债务余额加到一块儿一共多少.

Only figures of one kind, measure, level and account are added, each of them the only one of its cell; the sum is
marked as computed, with its operands, and stands first.  Where it cannot be computed, none of the figures answers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from index.ask import derive
from index.ask.answers import Cell
from index.ask.found import Found
from index.ask.query import Query
from index.ask.select import SCOPES
from index.lexicon import toml
from index.models import StoredFact

NOT_ADDED: Final = "这几个数口径、阶段不同或有缺，没有相加"


def asks_sum(query: Query) -> bool:
    """Two things or more, and a word that adds them up."""
    return len(query.items) > 1 and bool(re.search(toml("asking.toml")["relation"]["sum"], query.text))


def asks_uncomputed(text: str) -> bool:
    """收入增幅比支出增幅高多少个百分点: a relation of two ratios or levels, which is not computed."""
    return bool(re.search(toml("asking.toml")["relation"]["uncomputed"], text))


def with_sum(cells: Sequence[Cell]) -> list[Cell]:
    """The cells with their sum in the first of them; the figures themselves stand beside it."""
    facts = _addable(cells)
    beside = tuple(one for cell in cells for one in (*cell.found.asked, *cell.found.context))
    if not facts:
        return [replace(cells[0], found=Found(context=beside, notes=(NOT_ADDED,)))]
    total = derive.total(facts)
    name = "、".join(one.fact.item for one in facts)
    return [replace(cells[0], item=name, found=Found(computed=(total,), context=tuple(facts)))]


def _addable(cells: Sequence[Cell]) -> list[StoredFact]:
    """One figure of each cell, all of one level; the widest level that every cell has."""
    for level in SCOPES[""]:
        own = [[one for one in cell.found.asked if one.fact.scope in level] for cell in cells]
        facts = [some[0] for some in own if len(some) == 1]
        alike = {(one.fact.measure, one.fact.kind) for one in facts}
        if len(facts) == len(cells) > 1 and len(alike) == 1 and all(_is_money(one) for one in facts):
            return facts
    return []


def _is_money(one: StoredFact) -> bool:
    return one.fact.kind == "money" and isinstance(one.fact.number, Decimal) and "rough" not in one.fact.flags
