"""Whether two figures agree, and the keys of one document that have two.

85655万元 and 8.57亿元 agree: the coarser print is the finer one, rounded or cut.  0.3553亿元 and 3529万元 do not.  A
mark that was passed (突破500亿元) says nothing of what a figure is.  What figures of one key cannot both be right, says
``index.check.sure``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from index.find.amounts import MONEY_UNITS, find_amounts
from index.find.written import in_digits
from index.models import Fact

MEASURES: Final = frozenset({"budget", "adjusted_budget", "actual", "limit", "outstanding"})
TABLE_RULE: Final = "table"
_ABOUT: Final = re.compile("约为|约|近|左右|上下")


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two facts that cannot both be right, in the order of the document."""

    first: Fact
    second: Fact


def agree(a: Fact, b: Fact) -> bool:
    """Is one figure the other with fewer digits, rounded or cut?  A withheld one agrees with all."""
    if a.number is None or b.number is None or a.number == b.number:
        return True
    fine, coarse = sorted((grain(a), grain(b)))
    rough = "rough" in a.flags or "rough" in b.flags
    return (rough or fine < coarse) and abs(a.number - b.number) < coarse * (2 if rough else 1)


def is_bound(fact: Fact) -> bool:
    """突破500亿元, 超过30亿元, 40亿元以上: says what the figure is beyond, not what it is (约50亿元 does)."""
    if "rough" not in fact.flags or fact.number is None:
        return False
    beside = (amount.rough for amount in find_amounts(fact.label) if amount.number == abs(fact.number))
    return any(_ABOUT.sub("", rough) for rough in beside)


def grain(fact: Fact) -> Decimal:
    """The size of the last printed digit, in base units: 8.57亿元 -> 1000000."""
    digits = len(in_digits(fact.value, fact.unit, fact.number, fact.kind).partition(".")[2])
    scale = MONEY_UNITS.get(fact.unit.partition("/")[0], Decimal(1)) if fact.kind == "money" else Decimal(1)
    return scale.scaleb(-digits)


def _slots(fact: Fact) -> tuple[object, ...]:
    return (
        fact.region,
        fact.period,
        fact.scope,
        fact.account,
        fact.flow,
        fact.key,
        fact.measure,
        fact.owner,
        fact.qualifiers,
    )


def doubled_keys(facts: Sequence[Fact]) -> list[Contradiction]:
    """Keys that have two figures in one document, also in rows and within a sentence: first of all a sign that one of
    them was filed wrongly.  What relations have marked (``unsettled``) counts no more."""
    groups: dict[tuple[object, ...], list[Fact]] = {}
    for fact in facts:
        told = fact.key and fact.number is not None and fact.kind in ("money", "percent") and fact.measure != "rate"
        if told and "unsettled" not in fact.flags and not is_bound(fact):
            basis = "same_basis" in fact.flags, "of_adjusted" in fact.flags
            groups.setdefault((*_slots(fact), fact.kind, *basis), []).append(fact)
    return [pair for group in groups.values() if (pair := _first_apart(group)) is not None]


def _first_apart(group: Sequence[Fact]) -> Contradiction | None:
    for position, first in enumerate(group):
        for second in group[position + 1 :]:
            if not agree(first, second):
                return Contradiction(first, second)
    return None
