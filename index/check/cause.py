"""What may have happened to a figure: a printed one and the one it should be -> 抄错一位, 两位颠倒, 单位, ...

113.36, should be 213.36   抄错一位
24754.14, 224457.14        少印一位 (one digit left out, in any order of the print a slip of the hand)
8650元, 8650万元            单位
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import Final

from index.facts.printed import Printed, grain
from index.find.amounts import MONEY_UNITS
from index.models import Fact
from index.text.normal import plain

_FACTORS: Final = (Decimal(10) ** 4, Decimal(10) ** -4, Decimal(10) ** 8, Decimal(10) ** -8)
_SHIFTS: Final = (Decimal(10), Decimal("0.1"), Decimal(100), Decimal("0.01"), Decimal(1000), Decimal("0.001"))
TURNED: Final = "增减的方向写反"
SWAPPED: Final = "两位数字颠倒"
SHIFTED: Final = "小数点错位，或多写少写一个0"
SLIPS_OF_HAND: Final = ("抄错一位", SWAPPED)
MISCOUNTED: Final = ("少印一位", "多印一位")
_ALL: Final = "0123456789"
_MANY: Final = 4
_PAIR: Final = 2
# Room for what a figure should be, of all that has as many digits: some fifty slips lead from one figure to others, so
# the first is met by chance in one of a dozen misreadings, the others in one of thirty and of two hundred.
CHANCE: Final = Decimal("0.0015")
LITTLE: Final = Decimal("0.0006")
LEAST: Final = Decimal("0.0001")
_RARER: Final = 10  # times that two digits swapped are met less by chance than any of them changed
_NARROW: Final = 8  # last digits
_FEWEST: Final = 3  # digits in which a slip of the hand can be told from chance


def shown(number: Decimal, like: Fact) -> str:
    """A number printed as the figure ``like`` is: 76495 -> 76,495万元, with as many decimals."""
    if like.kind == "money":
        number /= MONEY_UNITS.get(like.unit.partition("/")[0], Decimal(1))
    places = max(len(plain(like.value).partition(".")[2]), 2 if like.kind == "percent" and number != int(number) else 0)
    places = places if like.kind == "percent" or "." in plain(like.value) or number == int(number) else 2
    return f"{number:,.{places}f}{like.unit}"


def printed(fact: Fact) -> str:
    """A figure as it is printed, with its unit and its sign."""
    sign = "-" if (fact.number or 0) < 0 and not fact.value.lstrip().startswith(("-", "－", "−")) else ""
    return f"{sign}{fact.value}{fact.unit}"


def cause(fact: Fact, should: Printed) -> str:
    """What makes the figure of what it should be; "" if no single slip does."""
    number = fact.number or Decimal(0)
    half = grain(fact) / 2  # what it should be would be printed rounded as well
    # a percentage may be cut off as well as rounded
    should = Printed(should.low - (half * 2 if fact.kind == "percent" else half), should.high + half)
    if not number or should.low <= 0 <= should.high:
        return ""
    if should.low <= -number <= should.high:
        return TURNED
    if fact.kind == "money" and any(should.low <= number * factor <= should.high for factor in _FACTORS):
        return "单位"
    if _few(fact):
        return ""
    why = _of_hand(fact, should)
    shifted = any(should.low <= number * by <= should.high for by in _SHIFTS)
    # 14.3 for 1.43: also of one digit too many, but all of them are there
    return SHIFTED if shifted and (not why or (why in MISCOUNTED and is_narrow(fact, should))) else why


def corrected(fact: Fact, should: Printed, nominal: Decimal | None = None) -> str:
    """What a figure should be, as it would be printed: of a wrong unit the same digits in the unit that fits."""
    number = fact.number or Decimal(0)
    if fact.kind == "money" and number:
        bare = number / MONEY_UNITS.get(fact.unit.partition("/")[0], Decimal(1))
        for unit in ("万元", "亿元", "元"):
            if should.low <= bare * MONEY_UNITS[unit] <= should.high:
                return f"{fact.value}{unit}"
    if nominal is not None:
        return shown(nominal, fact)
    if exact := _before_the_shift(fact, should) or _before_the_slip(fact, should):
        return exact
    low, high = shown(should.low, fact), shown(should.high, fact)
    return low if low == high else f"约{shown((should.low + should.high) / 2, fact)}"


def is_telling(fact: Fact, should: Printed, chance: Decimal = CHANCE) -> bool:
    """Is a single slip no chance hit: many digits, and little room for what the figure should be?"""
    digits = len(digits_of(fact))
    room: Decimal = (should.high - should.low) / grain(fact)
    if digits == _FEWEST:  # there are but two ways to swap
        return room <= chance * _RARER * 10**digits and cause(fact, should) == SWAPPED
    return digits >= _MANY and room <= chance * 10**digits


def is_narrow(fact: Fact, should: Printed, most: int = _NARROW) -> bool:
    """Is what a figure should be known to a few of its last digits?"""
    return len(digits_of(fact)) >= _FEWEST and (should.high - should.low) / grain(fact) <= most


def is_swapped(fact: Fact, should: Decimal) -> bool:
    """5600 for 6500: two digits of a figure in each other's place, be it as round as it will."""
    digits, wanted = digits_of(fact), str(abs(int(should / grain(fact))))
    apart = [pair for pair in zip(digits, wanted, strict=False) if pair[0] != pair[1]]
    return len(digits) == len(wanted) and len(apart) == _PAIR and apart[0] == apart[1][::-1]


def is_digit_off(fact: Fact, should: Decimal) -> bool:
    """Is a figure what it should be, rounded, but for one digit?"""
    digits, wanted = digits_of(fact), str(abs(round(should / grain(fact))))
    return len(digits) == len(wanted) and sum(a != b for a, b in zip(digits, wanted, strict=True)) == 1


def digits_of(fact: Fact) -> str:
    """The digits of a figure as printed, without the noughts before them."""
    return str(abs(int((fact.number or Decimal(0)) / grain(fact))))


def _few(fact: Fact) -> bool:
    """Round amounts have few digits: 50000 and 51000 are two figures, no slip of the hand; 26.0 % has three."""
    if fact.kind != "money":
        return len(digits_of(fact)) < _FEWEST
    return len(fact.value.replace(".", "").replace(",", "").strip("-－0")) < _FEWEST


def _of_hand(fact: Fact, should: Printed) -> str:
    """A digit changed, two swapped, one too few or too many: the print of one of these that fits, to the last digit if
    any does."""
    middle = _middle(should)
    fits = [(why, number) for why, number in _slips(fact) if should.low <= number <= should.high]
    return next((why for why, number in fits if number == middle), fits[0][0] if fits else "")


def _middle(should: Printed) -> Decimal:
    return (should.low + should.high) / 2


def is_exact(fact: Fact, should: Printed) -> bool:
    """Does a slip of the hand lead from a figure to the very middle of what it should be?"""
    middle = _middle(should)
    return not _few(fact) and any(number == middle for _, number in _slips(fact))


def _slips(fact: Fact) -> tuple[tuple[str, Decimal], ...]:
    """What a figure may have been before a slip of the hand, kind by kind."""
    size = grain(fact)
    return _slips_of(digits_of(fact), -size if (fact.number or 0) < 0 else size)


@lru_cache(maxsize=256)  # a figure is tried against one sum after the other
def _slips_of(digits: str, size: Decimal) -> tuple[tuple[str, Decimal], ...]:
    kinds = (
        (
            "抄错一位",
            (digits[:i] + new + digits[i + 1 :] for i, old in enumerate(digits) for new in _ALL if new != old),
        ),
        (SWAPPED, (digits[:i] + b + a + digits[i + 2 :] for i, (a, b) in enumerate(pairwise(digits)) if a != b)),
        ("少印一位", (digits[:i] + new + digits[i:] for i in range(len(digits) + 1) for new in _ALL)),
        ("多印一位", (digits[:i] + digits[i + 1 :] for i in range(len(digits)))),
    )
    return tuple((why, int(text) * size) for why, texts in kinds for text in texts if text)


def _before_the_shift(fact: Fact, should: Printed) -> str:
    """1.43 of 14.3: all digits, the point where it fits; "" if it is no such slip."""
    by = next((by for by in _SHIFTS if should.low <= (fact.number or 0) * by <= should.high), None)
    if by is None or cause(fact, should) != SHIFTED:
        return ""
    number = (fact.number or Decimal(0)) * by
    if fact.kind == "money":
        number /= MONEY_UNITS.get(fact.unit.partition("/")[0], Decimal(1))
    return f"{number.normalize():,f}{fact.unit}"


def _before_the_slip(fact: Fact, should: Printed) -> str:
    """The only figure within a range from which one kind of slip leads to the print; "" if there are several."""
    half = grain(fact) / 2
    fits = [(why, number) for why, number in _slips(fact) if should.low - half <= number <= should.high + half]
    exact = {number for _, number in fits if number == _middle(should)}
    numbers = exact or {number for why, number in fits if why == fits[0][0]}
    if _few(fact) or len(numbers) != 1:
        return ""
    number = numbers.pop()
    if fact.kind == "money":
        number /= MONEY_UNITS.get(fact.unit.partition("/")[0], Decimal(1))
    return f"{number:,.{len(plain(fact.value).partition('.')[2])}f}{fact.unit}"
