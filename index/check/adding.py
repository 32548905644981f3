"""Sums of printed figures, and what is told of a total that misses its sum.

A difference is told where the sum is all there is (``closed``), where it is small, or where a single slip of the hand
explains it: 20776＋153900 ＝ 174676, printed 174666 (抄错一位).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from typing import Final

from index.check.cause import (
    LEAST,
    LITTLE,
    MISCOUNTED,
    SHIFTED,
    SLIPS_OF_HAND,
    SWAPPED,
    cause,
    corrected,
    is_exact,
    is_narrow,
    is_telling,
    printed,
    shown,
)
from index.check.models import Finding, Level
from index.check.paper import Paper
from index.facts.printed import Printed, grain, value
from index.find.amounts import MONEY_UNITS
from index.models import Fact
from index.text.normal import plain

STATE: Final = ("actual", "budget", "adjusted_budget", "amount", "outstanding", "limit", "balance")
PARTS: Final = "分项"
_NEAR: Final = Decimal("0.0005")
_CLOSE: Final = Decimal("0.02")  # as far as a sum that leaves out little
_NEAR_CLOSED: Final = Decimal("0.1")
_LITTLE_ROOM: Final = 4  # last digits
_MORE: Final = "有没有列出的项"
MISSED_ONE: Final = "少列一项"
_ROUNDED: Final = "四舍五入"


Slip = Callable[[Fact, Printed], bool]
# When a single slip is taken for what happened: the surer that the terms are all there is, the more room it may have.
_NEARLY: Final[Slip] = partial(is_telling, chance=LITTLE)
_FAR: Final[Slip] = _NEARLY
_SOME: Final[Slip] = partial(is_telling, chance=LEAST)


def _all_there_is(fact: Fact, fit: Printed) -> bool:
    return is_telling(fact, fit) or is_narrow(fact, fit)


def _closely(fact: Fact, fit: Printed) -> bool:
    """Where the difference is small, a last digit or two changed explain it by chance more often."""
    return is_telling(fact, fit, LEAST) or is_narrow(fact, fit, _LITTLE_ROOM)


@dataclass(frozen=True, slots=True)
class Sum:
    """Terms with their signs."""

    terms: tuple[tuple[int, Fact], ...]

    @property
    def number(self) -> Decimal:
        return sum((sign * value(fact) for sign, fact in self.terms), Decimal(0))

    @property
    def range(self) -> Printed:
        """What it may be: terms are rounded up and down, so half of their last digits is room enough."""
        whole = Printed(Decimal(0), Decimal(0))
        for sign, fact in self.terms:
            one = Printed.rounded(fact)
            whole = whole.plus(one) if sign > 0 else whole.less(one)
        return whole

    @property
    def words(self) -> str:
        """25185万元＋9330万元; falls that are added are written without their sign."""
        falls = all(sign * value(fact) < 0 for sign, fact in self.terms)
        return "".join(
            f"{'－' if sign < 0 and not falls else '＋' if position else ''}{_bare(fact, falls=falls)}"
            for position, (sign, fact) in enumerate(self.terms)
        )


def nearest(whole: Fact, facts: Sequence[Fact]) -> Sum | None:
    """The first so many of the figures that come nearest to a whole, two at least; None if the first ones make it,
    be it a single one: what stands behind them is no part."""
    sums = [Sum(tuple((1, fact) for fact in facts[:count])) for count in range(1, len(facts) + 1)]
    if any(one.range.meets(Printed.rounded(whole)) for one in sums):
        return None
    return likeliest(whole, [*sums[-1:], *sums[1:-1]]) if len(sums) > 1 else None


def likeliest(total: Fact, sums: Sequence[Sum], *, closed: bool = False) -> Sum:
    """The sum that was meant: the first or the nearest one, if a single slip makes it the total, else the nearest."""
    nearest_one = min(sums, key=lambda one: abs(one.number - value(total)))
    for one, told_by in ((sums[0], _all_there_is if closed else _FAR), (nearest_one, _FAR)):
        if any(_explanations(total, one, told_by)):
            return one
    return nearest_one


def compared(
    paper: Paper,
    kind: str,
    total: Fact,
    added: Sum,
    *,
    closed: bool = False,
    opened: bool = False,
    sure: bool = True,
    whole: bool = False,
    some: bool = False,
    exact: bool = False,
) -> Iterator[Finding]:
    """The finding, if a total and a sum differ by more than rounding and the difference is told; ``some`` says that the
    terms may be the larger ones only, ``exact`` that no figure is rounded."""
    fits = added.range
    size = Printed.rounded(total)
    if not total.number or (added.number == total.number if exact else fits.meets(size)):
        return
    apart = added.number - total.number
    near = abs(apart) <= abs(total.number) * (_NEAR_CLOSED if closed else _NEAR)
    close = abs(apart) <= abs(total.number) * _CLOSE
    told_by = _NEARLY if near else _all_there_is if closed else _SOME if opened or some else _closely if close else _FAR
    if kind == PARTS and apart > 0 and not near and not closed:
        told_by = _closely  # parts are never more than their whole
    ways = _with_noughts(total, added, told_by, near=near) if closed else []
    ways = ways or list(_explanations(total, added, told_by, near=near))
    why, wrong, should = ways[0] if ways else ("", total, shown(added.number, total))
    if opened and apart < 0 and abs(apart) > abs(total.number) * Decimal("0.01") and why != "单位":
        return  # 等: more parts than are named
    if not near and not why and not whole:
        return
    if not exact and abs(apart) <= _last_digits(total, added):
        why, wrong, should, sure = _ROUNDED, total, shown(added.number, total), False
    elif opened:
        why, sure = why if why == "单位" else _MORE, False
    if kind == PARTS and whole and not why:
        why, should = MISSED_ONE if apart < 0 else "", ""  # one of the parts, or the whole: nobody can tell
    is_unit = kind == PARTS and why == "单位"
    level: Level = "错" if (closed or (why and near) or why == "单位") and (sure or is_unit) else "疑"
    like = min((fact for _, fact in added.terms), key=lambda fact: (-MONEY_UNITS.get(fact.unit, 0), grain(fact)))
    made = abs(added.number) if (added.number < 0) == (value(total) < 0) else added.number
    told = f"{added.words} ＝ {shown(made, like)}，印的是 {printed(total).lstrip('-')}"
    if len(added.terms) == 1:
        told = f"{added.words}，{printed(total)}"
    if why != "单位":
        told += f"，差 {shown(abs(apart), like)}"
    terms = (total, *(fact for _, fact in added.terms))
    found = [paper.finding(kind, level, _first(wrong, terms), told, should, why)]
    if why in (*SLIPS_OF_HAND, "单位"):
        more = [*ways[1:], *_less_sure(total, added, [fact for _, fact, _ in ways])]
        found += [paper.finding(kind, level, _first(fact, terms), told, size, slip) for slip, fact, size in more]
    yield paper.either(found)


def _last_digits(total: Fact, added: Sum) -> Decimal:
    """What rounding may make: a last digit of each term, and of a total that is printed more coarsely."""
    terms = [grain(fact) for _, fact in added.terms]
    return sum(terms, Decimal(0)) + (grain(total) if grain(total) > max(terms) else 0)


def _first(wrong: Fact, facts: Sequence[Fact]) -> list[Fact]:
    return [wrong, *(fact for fact in facts if fact is not wrong)]


def _explanations(total: Fact, added: Sum, told_by: Slip, *, near: bool = False) -> Iterator[tuple[str, Fact, str]]:
    """The figures that a single slip explains, with what each should be."""
    # what makes the sum to the last digit before what makes it with some rounding
    for fact, fit in sorted(_candidates(total, added), key=lambda one: not is_exact(*one)):
        why = cause(fact, fit)
        known = near and (fact is total or (why == SWAPPED and is_exact(fact, fit)))
        if why and (why == "单位" or known or (_may_slip(why, near=near) and told_by(fact, fit))):
            yield why, fact, corrected(fact, fit, added.number if fact is total else None)
    apart = abs(added.number - value(total))
    for _, fact in added.terms if near else ():
        if apart and apart == abs(value(fact)):
            yield f"{printed(fact)} 多算或少算了一次", total, shown(added.number, total)


def _with_noughts(total: Fact, added: Sum, told_by: Slip, *, near: bool) -> list[tuple[str, Fact, str]]:
    """131亿元 beside 147.2亿元 is 131.0亿元, its last nought not printed; that the sum is off is known without this."""
    facts = [total, *(fact for _, fact in added.terms)]
    places = {fact.unit: max(_places(other) for other in facts if other.unit == fact.unit) for fact in facts}
    made = {id(fact): _to_places(fact, places[fact.unit]) for fact in facts}
    printed_as = {id(one): fact for fact in facts for one in [made[id(fact)]]}
    exact = Sum(tuple((sign, made[id(fact)]) for sign, fact in added.terms))
    ways = _explanations(made[id(total)], exact, told_by, near=near)
    return [(why, printed_as[id(fact)], should) for why, fact, should in ways]


def _places(fact: Fact) -> int:
    return len(plain(fact.value).partition(".")[2])


def _to_places(fact: Fact, places: int) -> Fact:
    missing = places - _places(fact)
    if not missing or "rough" in fact.flags:
        return fact
    dot = "" if _places(fact) else "."
    return replace(fact, value=f"{fact.value}{dot}{'0' * missing}")


def _candidates(total: Fact, added: Sum) -> Iterator[tuple[Fact, Printed]]:
    """The total and the terms, each with what it would have to be."""
    every, whole = added.range, Printed.rounded(total)
    yield total, every
    for sign, fact in added.terms:
        own = Printed.rounded(fact)
        # all but one: what it adds to either end taken off again
        low, high = (own.low, own.high) if sign > 0 else (-own.high, -own.low)
        rest = Printed(every.low - low, every.high - high)
        yield fact, whole.less(rest) if sign > 0 else rest.less(whole)


def _less_sure(total: Fact, added: Sum, told: Sequence[Fact]) -> Iterator[tuple[str, Fact, str]]:
    """Slips that are too much of a chance to be told for themselves, but that another relation may bear out."""
    for fact, fit in _candidates(total, added):
        if fact not in told and cause(fact, fit) in (*SLIPS_OF_HAND, *MISCOUNTED) and is_telling(fact, fit):
            yield cause(fact, fit), fact, corrected(fact, fit)


def _may_slip(why: str, *, near: bool) -> bool:
    return near or why in (*SLIPS_OF_HAND, SHIFTED)


def _bare(fact: Fact, *, falls: bool) -> str:
    bare = f"{fact.value.lstrip('-－')}{fact.unit}"
    return f"（-{bare}）" if value(fact) < 0 and not falls else bare
