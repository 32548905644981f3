"""The chats' SQLite file: one connection for all threads, opened with its tables brought up to date.

The parts of the state (chats, people, counts, watches) are classes on top of it; each call is one short statement or
a few in one transaction.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Any, Final

from bot.telegram.state.presence import Presence
from bot.telegram.state.steps import STEPS

DAY: Final = 86_400
HOUR: Final = 3_600
CLEAN_EVERY: Final = 500
StateError = sqlite3.Error  # the file cannot be read or written


class StateFile:
    """Rows in, rows out; times are whole seconds since 1970 by ``clock``."""

    def __init__(self, path: Path, clock: Callable[[], float] = time.time) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._clock = clock
        self._presence = Presence(path)
        self._lock = RLock()
        self._writes = 0
        self._conn = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._conn.execute("PRAGMA journal_mode = WAL")
        self._conn.execute("PRAGMA synchronous = NORMAL")
        self._conn.execute("PRAGMA busy_timeout = 10000")
        done = int(self._conn.execute("PRAGMA user_version").fetchone()[0])
        if done > len(STEPS):
            raise ValueError(f"聊天状态文件由更新的版本建立，请升级程序：{path}")
        for number, step in enumerate(STEPS[done:], done + 1):
            self._conn.executescript(f"BEGIN; {step}; PRAGMA user_version = {number}; COMMIT;")

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._conn.close()
            self._presence.close()

    def now(self) -> int:
        """Seconds since 1970."""
        return int(self._clock())

    def clean(self) -> None:
        """Delete what is too old; each part adds its own."""

    @contextmanager
    def together(self) -> Iterator[None]:
        """All writes inside are made, or none."""
        with self._lock:
            self._conn.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._conn.execute("ROLLBACK")
                raise
            self._conn.execute("COMMIT")

    def _rows(self, sql: str, *values: Any) -> list[Any]:
        with self._lock:
            return self._conn.execute(sql, values).fetchall()

    def _write(self, sql: str, *values: Any) -> int:
        """Make a change; how many rows it touched."""
        with self._lock:
            touched = self._conn.execute(sql, values).rowcount
            self._writes += 1
            if self._writes % CLEAN_EVERY == 1:
                self.clean()
            return touched
