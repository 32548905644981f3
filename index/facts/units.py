"""Units of tables, tested against the rest of the paper: the unit that makes a table agree with it is the table's.

    债务余额 | 1308.97 in a table without a unit, 债务余额1308.97亿元 in the text    -> 亿元
    支出合计 | 3296600 in a table of 万元, 支出预算329.66万元 in the text            -> ``unit_unsure``: 元 would fit

What stays open is flagged, and so is an amount that no such body can spend.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from index.find.amounts import MONEY_UNITS
from index.models import Fact, Region, Sentence, Subject

UNSURE: Final = "unit_unsure"
_MISSING: Final = "unit_missing"
_UNITS: Final = ("亿元", "万元", "元", "千元", "百万元")
_DIGITS: Final = 3  # that a figure must have to prove anything
_MANY_DIGITS: Final = 5  # that prove a unit by themselves, if all are the same
_FEWEST: Final = 2  # figures that tell against a printed unit
# The units that tables leave out, and how large a whole of a place is against the largest figure that is told of it.
_APART: Final = ("亿元", "万元", "元")
_WHOLES: Final = ("debt-balance", "debt-limit", "total-gp-exp", "total-gp-rev")
_LEAST: Final = Decimal("0.01")
_LARGEST: Final = Decimal(10)
# What a body of a county, a city or a province can spend in a year, at the very most.
_MOST: Final = {"county": Decimal(10) ** 10, "zone": Decimal(10) ** 10, "prefecture": Decimal(10) ** 11}


def with_units(facts: Sequence[Fact], sentences: Sequence[Sentence], about: Subject) -> list[Fact]:
    """The facts in order: of a table whose unit could be settled in it, of one where it could not with a flag."""
    tables: dict[tuple[str, str, bool], list[int]] = {}
    told: dict[tuple[object, ...], set[Decimal]] = {}
    for position, fact in enumerate(facts):
        if fact.kind != "money" or fact.number is None:
            continue
        missing = _MISSING in fact.flags
        if fact.rule == "table":
            tables.setdefault((sentences[fact.sentence].header, fact.unit, missing), []).append(position)
        if fact.rule != "table" and not missing and fact.key:
            told.setdefault(_slots(fact), set()).add(fact.number)
    proven = {slots: set(numbers) for slots, numbers in told.items()}
    for (_, _, missing), positions in tables.items() if any(missing for _, _, missing in tables) else ():
        if not missing:
            for position in positions:
                if facts[position].key:
                    proven.setdefault(_slots(facts[position]), set()).add(facts[position].number or Decimal(0))
    settled = list(facts)
    for (_, unit, missing), positions in tables.items():
        some = [facts[position] for position in positions]
        fitting = _fitting(some, proven if missing else told)
        if missing and len(fitting) == 1:
            [(found, times)] = fitting.items()
            for position in positions:
                settled[position] = _in_unit(settled[position], found, proven=times >= _FEWEST)
        elif missing and _is_likely(some, unit, proven):
            continue
        elif missing or (fitting and unit not in fitting and max(fitting.values()) >= _FEWEST):
            for position in positions:
                settled[position] = _flagged(settled[position])
    return [_flagged(fact) if _is_too_much(fact, about.region) else fact for fact in settled]


def _fitting(facts: Iterable[Fact], told: dict[tuple[object, ...], set[Decimal]]) -> Counter[str]:
    """How many figures of a table agree with what is told elsewhere, by the unit that they would have to be in."""
    found: Counter[str] = Counter()
    for fact in facts:
        bare = _bare(fact)
        if not fact.key or fact.qualifiers or bare is None or len(bare.as_tuple().digits) < _DIGITS:
            continue
        others = told.get(_slots(fact), set())
        for unit in _UNITS:
            if any(_agree(bare * MONEY_UNITS[unit], one) for one in others):
                same = len(bare.as_tuple().digits) >= _MANY_DIGITS and bare * MONEY_UNITS[unit] in others
                found[unit] += _FEWEST if same else 1
    return found


def _is_likely(facts: Iterable[Fact], unit: str, proven: dict[tuple[object, ...], set[Decimal]]) -> bool:
    """Is a whole of the place, what it owes or spends, of its size in this unit, and in no other?

    A debt of 678060 where 647545万元 are spent a year: 万元, for in 元 or 亿元 the one would be nothing to the other.
    """
    largest = max((number for numbers in proven.values() for number in numbers), default=Decimal(0))
    wholes = [bare for fact in facts if fact.key in _WHOLES and (bare := _bare(fact))]
    if not (largest and wholes):
        return False
    fits = [one for one in _APART if _LEAST <= max(wholes) * MONEY_UNITS[one] / largest <= _LARGEST]
    return fits == [unit]


def _agree(number: Decimal, other: Decimal) -> bool:
    """One figure, perhaps with fewer digits: apart by less than one in two hundred."""
    return abs(number - other) * 200 <= abs(other) and bool(other)


def _bare(fact: Fact) -> Decimal | None:
    number, scale = fact.number, MONEY_UNITS.get(fact.unit, Decimal(1))
    return None if number is None else (number / scale).normalize()


def _in_unit(fact: Fact, unit: str, *, proven: bool) -> Fact:
    """In the unit that the text bears out; ``proven`` by several figures, it is as good as printed."""
    bare = _bare(fact)
    if bare is None:
        return fact
    flags = tuple(flag for flag in fact.flags if flag != _MISSING) if proven else fact.flags
    return replace(fact, unit=unit, number=bare * MONEY_UNITS[unit], flags=flags)


def _flagged(fact: Fact) -> Fact:
    return fact if UNSURE in fact.flags else replace(fact, flags=(*fact.flags, UNSURE))


def _is_too_much(fact: Fact, region: Region | None) -> bool:
    most = _MOST.get(region.level) if region is not None and fact.owner else None
    return most is not None and fact.kind == "money" and fact.number is not None and abs(fact.number) > most


def _slots(fact: Fact) -> tuple[object, ...]:
    return fact.region, fact.scope or "whole", fact.period, fact.key, fact.measure, fact.owner, fact.qualifiers
