"""What is carried from year to year: 年末滚存结余 ＝ 上年末滚存结余 ＋ 当年结余.

2025年当期结余13.07亿元，滚存结余167.58亿元 … 2026年当期结余14.98亿元，滚存结余181.8亿元      167.58＋14.98＝182.56
2025年末滚存结余105.8亿元 … 2026年收入198.1亿元，支出181.2亿元，年末滚存结余122.7亿元       105.8＋198.1－181.2＝122.7
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final

from index.check.adding import STATE, Sum, compared
from index.check.cause import SLIPS_OF_HAND, SWAPPED, cause, is_narrow
from index.check.models import Finding
from index.check.paper import Entry, Paper
from index.facts.printed import Printed, value
from index.models import Fact

_YEARS: Final = re.compile(r"(?:当年|当期|本年|年度)(?:收支)?(?:预计)?结余(?:为|约|预计)*$")
_CARRIED: Final = re.compile(r"滚存结余(?:为|约|预计|达到?)*$")

_CUMULATED: Final = "si-balance-cum"
_FLOWS: Final = ("total-si-rev", "total-si-exp")
_LOOSE: Final = frozenset({"rough", "quote", "unit_missing"})
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
    yield from _from_flows(paper)
    made_of = {
        (where, year): (total, Sum(((1, pairs[where, year - 1][0][1]), (1, found[0][0]))))
        for (where, year), found in pairs.items() for _, total in found[:1]
        if len(found) == len(pairs.get((where, year - 1), [])) == 1
    }  # fmt: skip
    kept = sum(made.range.meets(Printed.rounded(total)) for total, made in made_of.values())
    for total, made in made_of.values():
        if kept and kept == len(made_of) - 1:  # as the other level's
            yield from compared(paper, "滚存结余", total, made, closed=True, sure=False, whole=True)
        else:
            slipped = cause(total, made.range) in SLIPS_OF_HAND
            # a new year may begin with another fund in the account: what is far off says nothing
            if slipped or abs(made.number - value(total)) <= abs(value(total)) * _NEAR:
                yield from compared(paper, "滚存结余", total, made, closed=True, sure=False)


def _from_flows(paper: Paper) -> Iterator[Finding]:
    """What a fund had at the end of a year, what came in and went out in the next, what it had at its end."""
    made = [one for figures in _by_level(paper) for one in _reckoned(figures)]
    # a year often begins with another figure than the last one ended with, unless the other level's did not
    proven = any(added.range.meets(Printed.rounded(total)) for total, added in made)
    for total, added in made:
        why = cause(total, added.range)
        alone = len(made) == 1 and why == SWAPPED and is_narrow(total, added.range)
        if (proven and why in SLIPS_OF_HAND) or alone:
            yield from compared(paper, "滚存结余", total, added, closed=True, sure=False)


def _by_level(paper: Paper) -> Iterator[Mapping[tuple[str, int], Sequence[Fact]]]:
    """The flows and year's ends of each place by level; a report that tells each once has one level, named or not."""
    places: dict[tuple[object, ...], list[Fact]] = {}
    for _, facts in paper.prose():
        for fact in facts:
            told = fact.key in (_CUMULATED, *_FLOWS) and fact.measure in STATE and not _LOOSE & set(fact.flags)
            if told and not fact.qualifiers:
                places.setdefault((fact.region, fact.owner), []).append(fact)
    for facts in places.values():
        figures = _by_year(facts)
        if all(_is_one(some) for some in figures.values()):
            yield figures
            continue
        for scope in dict.fromkeys(fact.scope or "whole" for fact in facts):
            yield _by_year([fact for fact in facts if (fact.scope or "whole") == scope])


def _by_year(facts: Sequence[Fact]) -> dict[tuple[str, int], list[Fact]]:
    found: dict[tuple[str, int], list[Fact]] = {}
    for fact in facts:
        found.setdefault((fact.key, fact.period.last_year), []).append(fact)
    return found


def _reckoned(figures: Mapping[tuple[str, int], Sequence[Fact]]) -> Iterator[tuple[Fact, Sum]]:
    """A year's end with what it should be, where all is told, and once."""
    for key, year in figures:
        wanted = [(_CUMULATED, year - 1), *((flow, year) for flow in _FLOWS), (_CUMULATED, year)]
        if key == _CUMULATED and all(_is_one(figures.get(one, [])) for one in wanted):
            last, income, spent, total = (figures[one][0] for one in wanted)
            yield total, Sum(((1, last), (1, income), (-1, spent)))


def _is_one(facts: Sequence[Fact]) -> bool:
    return len({fact.number for fact in facts}) == 1


def _is_pair(years: Entry, carried: Entry) -> bool:
    same = years.fact.period.last_year == carried.fact.period.last_year
    return same and bool(_YEARS.search(years.gap) and _CARRIED.search(carried.gap))
