"""Rates that no budget has: 社会保险基金收入完成预算的800.6%.

What such totals come to is known within limits (``check.toml``); beyond them a digit is wrong, or a budget.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from index.check.cause import printed
from index.check.models import Finding
from index.check.paper import Paper
from index.facts.printed import value
from index.lexicon import toml

KIND: Final = "完成率"
_LOOSE: Final = frozenset({"rough", "quote"})


def of_plausible(paper: Paper) -> Iterator[Finding]:
    """All findings of this kind: of a whole year, of the government's own totals."""
    if paper.parsed.subject.owner:
        return
    limits = toml("check.toml")["plausible"]["completion"]
    for _, facts in paper.prose():
        for fact in facts:
            within = limits.get(fact.key) if fact.measure == "completion" and fact.kind == "percent" else None
            whole_year = (fact.period.first_month, fact.period.last_month) == (1, 12)
            if within and whole_year and not fact.qualifiers and not _LOOSE & set(fact.flags):
                low, high = map(Decimal, within)
                if not low <= value(fact) <= high:
                    total = f"{printed(fact)} 不像{fact.item}的完成率（常在 {low}%～{high}% 之间）"
                    yield paper.finding(KIND, "疑", [fact], total)
