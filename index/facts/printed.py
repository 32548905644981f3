"""What a printed figure may have been before it was rounded: the arithmetic of relations, in exact decimals.

95.94 %   may be anything between 95.93 and 95.95 (rounded or cut)
约9.16亿元  may be off by two in its last digit
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from index.find.amounts import MONEY_UNITS
from index.models import Fact
from index.text.normal import plain

_HUNDRED: Final = Decimal(100)
# Of a figure in a report that drops the noughts at the end of its figures: none, one, two of them.
NOUGHTS: Final = ("", "nought", "noughts")


@dataclass(frozen=True, slots=True)
class Printed:
    """Between what a printed figure may be, before it was rounded."""

    low: Decimal
    high: Decimal

    @classmethod
    def of(cls, fact: Fact, factor: Decimal = Decimal(1)) -> Printed:
        # a total may well be printed coarser than the others, so dropped noughts count in sums alone
        number, size = (fact.number or Decimal(0)) * factor, _last_digit(fact) * factor
        if "rough" in fact.flags:
            size *= 2
        return cls(number - size, number + size)

    @classmethod
    def rounded(cls, fact: Fact) -> Printed:
        """As a term of a sum: rounded, not cut."""
        number, size = fact.number or Decimal(0), grain(fact)
        size = size * 2 if "rough" in fact.flags else size / 2
        return cls(number - size, number + size)

    def over(self, other: Printed) -> Printed | None:
        """The quotient in percent; None if the divisor may be nothing."""
        if other.low <= 0 <= other.high:
            return None
        ends = [a / b * _HUNDRED for a in (self.low, self.high) for b in (other.low, other.high)]
        return Printed(min(ends), max(ends))

    def less(self, other: Printed) -> Printed:
        return Printed(self.low - other.high, self.high - other.low)

    def plus(self, other: Printed) -> Printed:
        return Printed(self.low + other.low, self.high + other.high)

    def meets(self, other: Printed) -> bool:
        return self.low <= other.high and other.low <= self.high


def grain(fact: Fact) -> Decimal:
    """The size of the last printed digit, in base units."""
    size = _last_digit(fact)
    if fact.flags and (dropped := next((at for at, flag in enumerate(NOUGHTS) if flag in fact.flags), 0)):
        return size.scaleb(-dropped)
    return size


def _last_digit(fact: Fact) -> Decimal:
    return _grain(fact.value, fact.unit if fact.kind == "money" else "")


@lru_cache(maxsize=4096)  # the rules ask for each figure of a table some thirty times
def _grain(text: str, unit: str) -> Decimal:
    digits = len(plain(text).partition(".")[2])
    return MONEY_UNITS.get(unit.partition("/")[0], Decimal(1)).scaleb(-digits)


def value(fact: Fact) -> Decimal:
    """The exact number, nothing if the report withholds it."""
    return fact.number if fact.number is not None else Decimal(0)
