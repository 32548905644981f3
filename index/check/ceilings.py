"""Debt above its ceiling: 政府债务余额 can be no more than 政府债务限额, of one place and year.

政府债务限额87452万元，余额97452万元      余额高于限额
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from index.check.cause import cause, printed
from index.check.models import Finding
from index.check.paper import Paper
from index.facts.printed import Printed, value
from index.models import Fact

_LIMIT: Final = "debt-limit"
_BALANCE: Final = "debt-balance"
_KINDS: Final = ("", "-general", "-special")


def of_ceilings(paper: Paper) -> Iterator[Finding]:
    """All findings of this kind: only where every print of the one is above every print of the other."""
    groups: dict[tuple[object, ...], dict[str, list[Fact]]] = {}
    for fact in paper.parsed.facts:
        for kind in _KINDS:
            if fact.key in (_LIMIT + kind, _BALANCE + kind) and fact.kind == "money" and _is_plain(fact):
                place = (fact.region, fact.scope or "whole", fact.period.last_year, kind)
                groups.setdefault(place, {}).setdefault(fact.measure, []).append(fact)
    for group in groups.values():
        limits, balances = group.get("limit", []), group.get("outstanding", [])
        if not limits or not balances:
            continue
        limit, balance = max(limits, key=value), min(balances, key=value)
        if Printed.of(balance).low > Printed.of(limit).high:
            total = f"余额 {printed(balance)} 高于限额 {printed(limit)}"
            why = cause(balance, Printed.of(limit)) or cause(limit, Printed.of(balance))
            yield paper.finding("限额", "疑", [balance, limit], total, "", why)


def _is_plain(fact: Fact) -> bool:
    return bool(fact.number) and not fact.qualifiers and "rough" not in fact.flags and "opening" not in fact.flags
