"""What follows from figures of other years, or of two ways to divide one whole, wherever they stand.

    年末滚存结余1746579万元 … 2026年本年收支结余77244万元 … 年末滚存结余1823823万元      the first two make the third
    一般债务1245053万元，专项债务3931014万元 … 市级1725275万元，县区3450792万元      both make the whole, unprinted

The relations of years are those of ``check.toml`` (``chain``).  A figure printed with two values is none, and only what
a slip of the hand explains is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Final

from index.check.adding import STATE, Sum, compared
from index.check.cause import SLIPS_OF_HAND, digits_of, is_digit_off, is_swapped
from index.check.models import Finding
from index.check.paper import Paper
from index.contradictions import agree
from index.facts.printed import Printed, grain, value
from index.lexicon import toml
from index.models import Fact

KIND: Final = "滚存结余"
PARTS: Final = "分项"
LEVELS: Final = "分级次"
_LOOSE: Final = frozenset({"rough", "same_basis", "quote", "unit_missing", "unit_unsure", "opening"})
_PLANNED: Final = {"budget": "plan", "adjusted_budget": "adjusted"}
_DIGITS: Final = 5  # of the figures, of which a slip is none by chance
Place = tuple[object, ...]
Figures = Mapping[tuple[str, int, str], Sequence[Fact]]


def of_chains(paper: Paper) -> Iterator[Finding]:
    """All findings of these kinds."""
    told = [fact for fact in paper.parsed.facts if _is_told(fact)]
    yield from _of_years(paper, told)
    yield from _both_ways(paper, told)


def _is_told(fact: Fact) -> bool:
    plain = not fact.qualifiers and not _LOOSE & set(fact.flags)
    return fact.kind == "money" and bool(fact.key and fact.number) and fact.measure in STATE and plain


def _only(facts: Sequence[Fact]) -> Fact | None:
    """The finest print of a figure; None if there is none, or two that do not agree."""
    finest = min(facts, key=grain, default=None)
    return finest if finest is not None and all(agree(one, finest) for one in facts) else None


# ---------------------------------------------------------------------------------------------- years


def _of_years(paper: Paper, told: Sequence[Fact]) -> Iterator[Finding]:
    keys = {key for one in _chains() for key in (one["whole"], *(term[0] for term in one["terms"]))}
    places: dict[Place, dict[tuple[str, int], list[Fact]]] = {}
    for fact in told:
        if fact.key in keys and fact.measure != "adjusted_budget":
            place = fact.region, fact.scope or "whole", fact.owner
            places.setdefault(place, {}).setdefault((fact.key, fact.period.last_year), []).append(fact)
    for figures in places.values():
        for one in _chains():
            for key, year in [slot for slot in figures if slot[0] == one["whole"]]:
                whole = _only(figures[key, year])
                terms = [(sign, _only(figures.get((name, year + ahead), []))) for name, ahead, sign in one["terms"]]
                yield from _slips(paper, KIND, whole, terms)


def _slips(paper: Paper, kind: str, whole: Fact | None, terms: Sequence[tuple[int, Fact | None]]) -> Iterator[Finding]:
    made = tuple((sign, fact) for sign, fact in terms if fact is not None)
    if whole is None or len(made) < len(terms) or Sum(made).range.meets(Printed.rounded(whole)):
        return
    if min(len(digits_of(fact)) for fact in (whole, made[0][1])) < _DIGITS:
        return
    gap = Sum(made).number - value(whole)
    exact = [(whole, gap), *((fact, -sign * gap) for sign, fact in made)]
    if any(is_swapped(fact, value(fact) + by) or is_digit_off(fact, value(fact) + by) for fact, by in exact):
        found = compared(paper, kind, whole, Sum(made), closed=True, sure=False)
        yield from (one for one in found if one.cause in SLIPS_OF_HAND)


@cache
def _chains() -> Sequence[Mapping[str, Any]]:
    told: list[dict[str, Any]] = toml("check.toml")["chain"]
    return told


# ---------------------------------------------------------------------------------------------- two ways to divide


def _both_ways(paper: Paper, told: Sequence[Fact]) -> Iterator[Finding]:
    """By level, and by kind and by level where the whole itself is not printed."""
    kinds: dict[str, list[str]] = toml("check.toml")["identity"]
    named: dict[Place, dict[tuple[str, str], list[Fact]]] = {}
    for fact in told:
        stage = _PLANNED.get(fact.measure, "done")
        place = fact.region, fact.period.first_year, fact.period.last_year, stage, fact.owner, fact.account
        named.setdefault(place, {}).setdefault((fact.key, fact.scope or "whole"), []).append(fact)
    for figures in named.values():
        for whole in dict.fromkeys(key for key, _ in figures):
            levels = [_only(figures.get((whole, level), [])) for level in ("own", "lower")]
            if None not in levels and (printed_whole := _only(figures.get((whole, "whole"), []))) is not None:
                yield from _slips(paper, LEVELS, printed_whole, [(1, level) for level in levels])
        for whole, parts in kinds.items():
            levels = [_only(figures.get((whole, level), [])) for level in ("own", "lower")]
            made = [_only(figures.get((part, "whole"), [])) for part in parts]
            if (whole, "whole") not in figures and None not in (*levels, *made):
                own, lower = levels
                terms = [*((1, fact) for fact in made), (-1, own)]
                yield from _slips(paper, PARTS, lower, terms)
