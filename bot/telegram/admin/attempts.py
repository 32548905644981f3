"""How many refused attempts were written down in this hour, so that nobody fills the log."""

from __future__ import annotations

import time
from typing import Final

MOST_OF_ONE: Final = 30
MOST_IN_ALL: Final = 600


class Attempts:
    """Counts by user; forgets with the hour."""

    def __init__(self) -> None:
        self._hour = 0
        self._all = 0
        self._by: dict[int, int] = {}

    def counts(self, user: int) -> bool:
        """Count one more; False if it is not worth a line any more."""
        hour = int(time.monotonic() // 3600)
        if hour != self._hour:
            self._hour, self._all = hour, 0
            self._by.clear()
        self._all += 1
        if self._all > MOST_IN_ALL:
            return False
        self._by[user] = self._by.get(user, 0) + 1
        return self._by[user] <= MOST_OF_ONE
