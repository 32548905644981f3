"""What one question may cost: counted where its figures are looked for, whatever way leads there.

Forty questions pasted into one message ask for eight places, five years and four items together: that would take a
minute; whoever asks is told to ask in parts (请分成几条来问), however fast the machine.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final, TypeVar, cast

MOST: Final = 40_000  # words set beside candidates: eight times what the dearest of 1,200 gold questions needs

T = TypeVar("T")

_found: ContextVar[dict[Hashable, object] | None] = ContextVar("what was found for this question", default=None)
_left: ContextVar[list[int] | None] = ContextVar("what is left to spend", default=None)


class TooMuchAsked(Exception):
    """The question asks for more at once than is looked up for one message."""


@contextmanager
def bounded(most: int = MOST) -> Iterator[None]:
    """What is spent inside the block is counted; TooMuchAsked comes out of it when it is more than ``most``."""
    before, found = _left.set([most]), _found.set({})
    try:
        yield
    finally:
        _left.reset(before)
        _found.reset(found)


def once(key: Hashable, look: Callable[[], T]) -> T:
    """What a look-up gives, which is done once for a question: several readings of it ask for the same figure."""
    found = _found.get()
    if found is None:
        return look()
    if key not in found:
        found[key] = look()
    return cast(T, found[key])


def spend(amount: int) -> None:
    """So much is about to be done."""
    left = _left.get()
    if left is None:
        return
    left[0] -= amount
    if left[0] < 0:
        raise TooMuchAsked
