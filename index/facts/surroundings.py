"""What a rule for the measure of a figure may look at, and what it decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from index.find.amounts import Amount
from index.models import Measure


class Surroundings(NamedTuple):
    """What a rule may look at.

    ``left`` is the masked text from the last mark or figure to this figure, ``clause`` from the last clause mark on,
    ``sentence`` all before it, ``right`` the masked text behind it; ``before`` is the measure of the figure before
    it in the same sentence; ``base`` is the year a change is measured against, if one is named; ``plan`` says that
    the period is a coming year.
    """

    amount: Amount
    left: str
    clause: str
    sentence: str
    right: str
    before: Measure | None
    same_clause: bool
    base: Literal["", "last_year", "other"]
    plan: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """The measure, the sign a direction word gives (+1, -1; 0: as printed), flags, and the rule's name; ``unspoken``:
    nothing but 支出 or 收入 says that it was done."""

    measure: Measure
    rule: str
    sign: int = 0
    flags: tuple[str, ...] = ()
    unspoken: bool = False


Rule = Callable[[Surroundings], Verdict | None]
