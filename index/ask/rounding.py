"""To how many places a question wants what is computed for it: 保留一位小数, 精确到整数.

The number of places holds inside a block, wherever the figure is computed; what a report prints stays as printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import Decimal
from typing import Final

from index.ask.vocabulary import asking_pattern
from index.text.normal import plain

USUAL: Final = 2
_NUMERALS: Final = "零一二三四五"
_places: ContextVar[int] = ContextVar("decimal places of what is computed", default=USUAL)


def places_asked(question: str) -> int:
    """2 where the question does not say."""
    found = asking_pattern("relation", "places").search(plain(question))
    if found is None:
        return USUAL
    said = (found["n"] or found["m"] or "零").replace("两", "二")
    return int(said) if said.isdecimal() else _NUMERALS.index(said)


@contextmanager
def rounded_to(places: int) -> Iterator[None]:
    """What is computed inside the block is rounded to so many places."""
    before = _places.set(places)
    try:
        yield
    finally:
        _places.reset(before)


def last_place() -> Decimal:
    """0.01, as the question has it."""
    return Decimal(1).scaleb(-_places.get())
