"""Do two figures say the same?  85655万元 and 8.57亿元 do: the coarser one is rounded.

In go facts of one item, out come groups of facts that agree, each led by the most exact print.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from index.find.amounts import COUNT_SCALES, MONEY_UNITS
from index.find.written import in_digits
from index.models import StoredFact
from index.text.normal import plain

ROUGH: Final = "rough"
_PLAIN: Final = re.compile(r"[^\d.]")


def grain(one: StoredFact) -> Decimal:
    """The size of the last printed digit, in base units: 8.57亿元 -> 1000000."""
    fact, unit = one.fact, one.fact.unit
    value = plain(in_digits(fact.value, unit, fact.number, fact.kind)).replace(",", "").replace("，", "")
    digits = len(value.partition(".")[2]) if "." in value else 0
    scale = Decimal(1)
    if one.fact.kind == "money":
        scale = next((size for word, size in MONEY_UNITS.items() if unit.startswith(word)), Decimal(1))
    elif one.fact.kind == "count":
        scale = next((size for word, size in COUNT_SCALES.items() if unit.startswith(word)), Decimal(1))
    elif one.fact.kind == "times":
        scale = Decimal(100) if one.fact.measure == "yoy_pct" else Decimal(1)
    return scale * Decimal(10) ** -digits


def same(a: StoredFact, b: StoredFact) -> bool:
    """Whether two figures are equal, or one is the other rounded."""
    if a.fact.number is None or b.fact.number is None:
        return a.fact.number is b.fact.number
    if a.fact.number == b.fact.number:
        return True
    if a.fact.kind == b.fact.kind == "count" and not (a.fact.unit and b.fact.unit):
        return _digits(a) == _digits(b)  # 346.7 in a table whose head says 万人
    if {a.fact.kind, b.fact.kind} == {"percent", "times"}:
        return abs(a.fact.number - b.fact.number) <= max(grain(a), grain(b)) / 2 * 3
    coarse = max(grain(a), grain(b))
    if ROUGH in a.fact.flags or ROUGH in b.fact.flags:
        coarse *= 2
    return abs(a.fact.number - b.fact.number) <= coarse / 2


def _digits(one: StoredFact) -> str:
    return _PLAIN.sub("", one.fact.value)


def exact_only(facts: Sequence[StoredFact]) -> list[StoredFact]:
    """Without the rough prints (突破500亿元, 约50亿元) of what another of the facts gives exactly."""
    exact = {_thing(one) for one in facts if ROUGH not in one.fact.flags}
    return [one for one in facts if ROUGH not in one.fact.flags or _thing(one) not in exact]


def _thing(one: StoredFact) -> tuple[object, ...]:
    fact = one.fact
    measure = "actual" if fact.measure == "amount" else fact.measure
    period = fact.period.first_year, fact.period.last_year, fact.period.first_month, fact.period.last_month
    return fact.region, period, fact.scope or "whole", fact.account, fact.key or fact.item, measure, fact.kind


def groups(facts: Sequence[StoredFact]) -> list[list[StoredFact]]:
    """Facts that agree, in the order of the facts; each group is led by the most exact print of its earliest place."""
    found: list[list[StoredFact]] = []
    for one in facts:
        for group in found:
            if all(same(one, other) for other in group):
                group.append(one)
                break
        else:
            found.append([one])
    for group in found:
        told = [one for one in group if one.fact.unit] or group
        finest = min(grain(one) for one in told)
        lead = next(one for one in told if grain(one) == finest)
        group.remove(lead)
        group.insert(0, lead)
    return found


def best_told(agreed: Sequence[StoredFact], line: Sequence[StoredFact]) -> StoredFact:
    """Of prints that agree, as exact as the first: the sentence that says most of the item, so that the quotation
    holds its budget and growth too; the first if none says more.

    ``line`` are the facts of all measures of the item.
    """
    lead = agreed[0]
    alike = [one for one in agreed if grain(one) == grain(lead) and one.fact.number == lead.fact.number]
    alike = [one for one in alike if one.document == lead.document and not one.header]

    def said(one: StoredFact) -> int:
        here = one.fact
        return len({
            other.fact.measure for other in line
            if other.fact.sentence == here.sentence and other.document == one.document
            and (other.fact.key, other.fact.item, other.fact.account) == (here.key, here.item, here.account)
        })  # fmt: skip

    return max((lead, *alike), key=said)
