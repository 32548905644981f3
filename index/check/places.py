"""The places of a region that do not make it: 分地区看：市本级28.5亿元，甲县18.4亿元，乙县….

A list that takes in the region's own level leaves little out, so what a plain slip of one of its figures or of the
whole explains is told; a place may be left out of it, so nothing else is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from index.check.adding import STATE, Sum, compared
from index.check.cause import SLIPS_OF_HAND
from index.check.models import Finding
from index.check.paper import Paper
from index.facts.printed import Printed
from index.models import Fact

_BY_PLACE: Final = re.compile("(?:分|按|从)(?:各)?(?:地区|区域|县区|县市|县|区县|市县|区划)[^，,；;。]{0,6}[：:，,]")
_FEWEST: Final = 3
_LOOSE: Final = frozenset({"rough", "quote", "unit_missing"})


def of_places(paper: Paper) -> Iterator[Finding]:
    """All findings of this kind."""
    wholes: dict[tuple[object, ...], list[Fact]] = {}
    for fact in paper.parsed.facts:
        if fact.key.startswith("total-") and fact.scope == "whole" and fact.measure in STATE and fact.kind == "money":
            wholes.setdefault((fact.key, fact.period, fact.measure), []).append(fact)
    for sentence, _ in paper.prose():
        facts = [one.fact for one in paper.entries(sentence) if not one.depth]
        told = len(facts) >= _FEWEST and _BY_PLACE.search(sentence.text[: facts[0].start])
        if not told or sentence.index in paper.missed or any(_LOOSE & set(fact.flags) for fact in facts):
            continue
        first = facts[0]
        alike = len({(fact.key, fact.period, fact.measure) for fact in facts}) == 1
        named = wholes.get((first.key, first.period, first.measure), [])
        totals = [one for one in named if one.sentence < first.sentence]
        if alike and any(fact.scope == "own" for fact in facts) and totals:
            added = Sum(tuple((1, fact) for fact in facts))
            if not any(added.range.meets(Printed.rounded(one)) for one in totals):
                found = compared(paper, "分项", totals[-1], added, closed=True, sure=False)
                yield from (one for one in found if one.cause in (*SLIPS_OF_HAND, "单位"))
