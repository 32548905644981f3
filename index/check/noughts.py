"""The noughts that a print drops at the end of its figures: 63亿元 beside 142.9亿元 and 45.1亿元 is 63.0亿元.

A report that gives its 亿元 to one place or two, and never ends one with a nought, has dropped them: its 63亿元 is no
coarser than its 142.9亿元.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from index.facts.printed import NOUGHTS, value
from index.find.amounts import MONEY_UNITS
from index.models import Fact, Parsed
from index.text.normal import plain

_LARGE: Final = 10  # of a unit; a small figure may have more places (0.21亿元), or fewer (6亿元)
_FEWEST: Final = 12  # figures that show how a unit is printed
_SHORT: Final = 3  # one of so many may lack a place: one in ten does by chance
_SELDOM: Final = 10  # one of so many may have a place more
_LOOSE: Final = frozenset({"rough", "quote"})


def with_noughts(parsed: Parsed) -> Parsed:
    """A report whose figures say how many noughts were dropped at their end."""
    places = _places(parsed)
    if not places:
        return parsed
    facts = tuple(_told(fact, places.get(fact.unit, 0)) for fact in parsed.facts)
    return replace(parsed, facts=facts)


def _told(fact: Fact, places: int) -> Fact:
    if not places or not _is_large(fact):
        return fact
    missing = places - _places_of(fact)
    return replace(fact, flags=(*fact.flags, NOUGHTS[missing])) if 0 < missing < len(NOUGHTS) else fact


def _places(parsed: Parsed) -> Mapping[str, int]:
    """The places that each unit is printed with, of units whose noughts are dropped."""
    told: dict[str, list[str]] = {}
    for fact in parsed.facts:
        if _is_large(fact):
            told.setdefault(fact.unit, []).append(plain(fact.value).partition(".")[2])
    found = {}
    for unit, ends in told.items():
        usual, often = Counter(map(len, ends)).most_common(1)[0]
        more = sum(len(end) > usual for end in ends)  # 14.21亿元 beside 14.19亿元
        dropped = not any(end.endswith("0") for end in ends) and more * _SELDOM <= len(ends)
        if usual and dropped and len(ends) >= _FEWEST and (len(ends) - often) * _SHORT <= len(ends):
            found[unit] = usual
    return found


def _is_large(fact: Fact) -> bool:
    of_text = fact.kind == "money" and fact.rule != "table" and not _LOOSE & set(fact.flags)
    return of_text and abs(value(fact)) >= _LARGE * MONEY_UNITS.get(fact.unit, 1)


def _places_of(fact: Fact) -> int:
    return len(plain(fact.value).partition(".")[2])
