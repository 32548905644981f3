"""Rates that no budget has: 社会保险基金收入完成预算的800.6%, 收入下降334.19%.

What such totals come to is known within limits (``check.toml``); beyond them a digit is wrong, or a budget.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from index.check.cause import TURNED, printed
from index.check.models import Finding
from index.check.paper import Paper
from index.facts.printed import value
from index.lexicon import toml
from index.models import Fact

KIND: Final = "完成率"
_LOOSE: Final = frozenset({"rough", "quote"})
_ALL: Final = -100
_WHOLE: Final = 100
_OF_PLAN: Final = re.compile(
    "占[^，,；;。]*(?:预算|计划|任务|目标|财力|上年|GDP|生产总值)[^，,；;。]*$"
)  # may be more than all


def of_plausible(paper: Paper) -> Iterator[Finding]:
    """All findings of this kind: of a whole year, of the government's own totals."""
    if paper.parsed.subject.owner:
        return
    limits = toml("check.toml")["plausible"]["completion"]
    for _, facts in paper.prose():
        for fact in facts:
            within = limits.get(fact.key) if fact.measure == "completion" and fact.kind == "percent" else None
            whole_year = (fact.period.first_month, fact.period.last_month) == (1, 12)
            if _is_below_nothing(fact):
                total = f"下降 {printed(fact).lstrip('-')} 就不剩了"
                yield paper.finding("同比", "疑", [fact], total, "", TURNED)
            if (
                fact.measure == "share"
                and fact.kind == "percent"
                and value(fact) > _WHOLE
                and not _OF_PLAN.search(paper.sentences[fact.sentence].text[: fact.start])
            ):
                yield paper.finding("占比", "疑", [fact], f"占比 {printed(fact)} 过了 100%")
            if within and whole_year and not fact.qualifiers and not _LOOSE & set(fact.flags):
                low, high = map(Decimal, within)
                if not low <= value(fact) <= high:
                    total = f"{printed(fact)} 不像{fact.item}的完成率（常在 {low}%～{high}% 之间）"
                    yield paper.finding(KIND, "疑", [fact], total)


def _is_below_nothing(fact: Fact) -> bool:
    """A fall by more than all there was, of what is never less than nothing."""
    told = fact.measure == "yoy_pct" and fact.kind == "percent" and fact.flow in ("revenue", "expenditure")
    return told and value(fact) < _ALL and not _LOOSE & set(fact.flags)
