"""Which processes that share a chats' file are still there, told by locks that end with the process, however it ends.

Presence(path).number -> 1482736551       another process: Presence(path).is_gone(1482736551) -> False, until it ends
"""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path
from typing import Final

_NUMBERS: Final = 1 << 30


class Presence:
    """A number of one's own: the byte of the file beside the chats' that this process holds locked.

    Not a byte of the chats' file itself: to close that would let go of SQLite's locks.
    """

    def __init__(self, path: Path) -> None:
        self.number = secrets.randbelow(_NUMBERS) + 1
        self._file = os.open(path.with_name(f"{path.name}-lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self._lock(self.number)

    def is_gone(self, number: int) -> bool:
        """Whether the process with this number has ended (or is this one)."""
        if number == self.number or not self._lock(number):
            return number == self.number
        self._unlock(number)
        return True

    def close(self) -> None:
        """Not to be there any more."""
        with contextlib.suppress(OSError):
            os.close(self._file)

    def _lock(self, number: int) -> bool:
        try:
            import fcntl
        except ImportError:  # no such locks on this system: processes do not share the file here
            return True
        try:
            fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, number)
        except OSError:
            return False
        return True

    def _unlock(self, number: int) -> None:
        with contextlib.suppress(ImportError):
            import fcntl

            fcntl.lockf(self._file, fcntl.LOCK_UN, 1, number)
