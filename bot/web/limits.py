"""How often one may ask: so many at once, then so many an hour; a form for coming in far less often.

    Limits(burst=20, rate=1).wait("ip 127.0.0.1") -> 0.0, the twenty-first time 1.0: the seconds until it may be tried

What is refused does not count.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

MOST_KEYS: Final = 10_000


class Limits:
    """A bucket for each key, filled with time; those not used for longest are forgotten."""

    def __init__(self, burst: float, rate: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._burst = burst
        self._rate = rate
        self._clock = clock
        self._kept: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, key: str) -> float:
        """Take one; or the seconds until there is one again."""
        now = self._clock()
        left, at = self._kept.pop(key, (self._burst, now))
        left = min(self._burst, left + (now - at) * self._rate)
        taken = left >= 1
        self._kept[key] = (left - 1 if taken else left, now)
        while len(self._kept) > MOST_KEYS:
            self._kept.popitem(last=False)
        return 0.0 if taken else (1 - left) / self._rate
