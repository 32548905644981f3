"""What one question may cost: counted where its figures are looked for, whatever way leads there.

Forty questions pasted into one message ask for eight places, five years and four items together: that would take a
minute; whoever asks is told to ask in parts (请分成几条来问), however fast the machine.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

MOST: Final = 40_000  # words set beside candidates: eight times what the dearest of 1,200 gold questions needs

_left: ContextVar[list[int] | None] = ContextVar("what is left to spend", default=None)


class TooMuchAsked(Exception):
    """The question asks for more at once than is looked up for one message."""


@contextmanager
def bounded(most: int = MOST) -> Iterator[None]:
    """What is spent inside the block is counted; TooMuchAsked comes out of it when it is more than ``most``."""
    before = _left.set([most])
    try:
        yield
    finally:
        _left.reset(before)


def spend(amount: int) -> None:
    """So much is about to be done."""
    left = _left.get()
    if left is None:
        return
    left[0] -= amount
    if left[0] < 0:
        raise TooMuchAsked
