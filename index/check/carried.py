"""What is carried from year to year: 年末滚存结余 ＝ 上年末滚存结余 ＋ 当年结余.

2025年当期结余13.07亿元，滚存结余167.58亿元 … 2026年当期结余14.98亿元，滚存结余181.8亿元      167.58＋14.98＝182.56
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Final

from index.check.adding import Sum, compared
from index.check.cause import SLIPS_OF_HAND, cause
from index.check.models import Finding
from index.check.paper import Entry, Paper
from index.facts.printed import value
from index.models import Fact

_YEARS: Final = re.compile(r"(?:当年|当期|本年|年度)(?:收支)?(?:预计)?结余(?:为|约|预计)*$")
_CARRIED: Final = re.compile(r"滚存结余(?:为|约|预计|达到?)*$")

_NEAR: Final = Decimal("0.005")


def of_carried(paper: Paper) -> Iterator[Finding]:
    """All findings of this kind; a place and account with two pairs for one year is left alone."""
    pairs: dict[tuple[tuple[object, ...], int], list[tuple[Fact, Fact]]] = {}
    for sentence, _ in paper.prose():
        entries = [one for one in paper.entries(sentence) if not one.depth]
        for years, carried in pairwise(entries):
            if _is_pair(years, carried):
                fact = carried.fact
                place: tuple[object, ...] = (fact.region, fact.scope or "whole", fact.account, fact.owner)
                pairs.setdefault((place, fact.period.last_year), []).append((years.fact, fact))
    for (where, year), found in pairs.items():
        before = pairs.get((where, year - 1), [])
        if len(found) == len(before) == 1:
            (added, total), (_, last) = found[0], before[0]
            made = Sum(((1, last), (1, added)))
            slipped = cause(total, made.range) in SLIPS_OF_HAND
            # a new year may begin with another fund in the account: what is far off says nothing
            if slipped or abs(made.number - value(total)) <= abs(value(total)) * _NEAR:
                yield from compared(paper, "滚存结余", total, made, closed=True, sure=False)


def _is_pair(years: Entry, carried: Entry) -> bool:
    same = years.fact.period.last_year == carried.fact.period.last_year
    return same and bool(_YEARS.search(years.gap) and _CARRIED.search(carried.gap))
