"""The chats' SQLite file: one connection for all threads, opened with its tables brought up to date.

The parts of the state (chats, people, counts, watches) are classes on top of it; each call is one short statement or
a few in one transaction.  A verified copy is made beside it now and then, and when it is closed; from that a damaged
file is put right when it is opened (see ``index.store.keeper``).
"""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, RLock, Thread
from typing import Any, Final

from bot.telegram.state.presence import Presence
from bot.telegram.state.steps import STEPS
from index import IndexDamaged, Keeper, YusuanError

DAY: Final = 86_400
HOUR: Final = 3_600
CLEAN_EVERY: Final = 500
COPY_SECONDS: Final = 300.0  # so old a copy may be, if there was anything to copy

log = logging.getLogger(__name__)
StateError = sqlite3.Error  # the file cannot be read or written


class StateFile:
    """Rows in, rows out; times are whole seconds since 1970 by ``clock``."""

    def __init__(self, path: Path, clock: Callable[[], float] = time.time) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._clock = clock
        self._presence = Presence(path)
        self._lock = RLock()
        self._writes = 0
        self._copied = 0
        self._keeper = Keeper(path)
        self._open()
        self._leaving = Event()
        self._copier: Thread | None = None

    def _open(self) -> None:
        try:
            self._keeper.check_in()
        except IndexDamaged:  # there is no sound copy either: what is left is kept, and the bot answers all the same
            self._keeper.begin_anew()
        with self._keeper.changing():
            self._conn = sqlite3.connect(self._path, isolation_level=None, check_same_thread=False)
            try:
                self._keeper.make_private()
                self._conn.execute("PRAGMA busy_timeout = 10000")
                self._conn.execute("PRAGMA journal_mode = WAL")
                self._conn.execute("PRAGMA wal_autocheckpoint = 0")  # the keeper's business
                self._conn.execute("PRAGMA synchronous = NORMAL")
                self._migrate()
                self._checkpoint()
            except BaseException:
                self._conn.close()
                raise
        self._end = self._keeper.closing(self, self._conn)

    def _migrate(self) -> None:
        done = int(self._conn.execute("PRAGMA user_version").fetchone()[0])
        if done > len(STEPS):
            raise ValueError(f"聊天状态文件由更新的版本建立，请升级程序：{self._path}")
        for number, step in enumerate(STEPS[done:], done + 1):
            self._conn.executescript(f"BEGIN; {step}; PRAGMA user_version = {number}; COMMIT;")

    def close(self) -> None:
        """Let go of the file."""
        self._leaving.set()
        if self._copier is not None:
            self._copier.join()
        with self._lock:
            self._end()
            self._presence.close()

    def put_right(self) -> list[str]:
        """What was damaged and is put right, in Chinese; told once."""
        told, self._keeper.told = self._keeper.told, []
        return told

    def copy(self) -> None:
        """Make a verified copy of what there is now, if anything has changed."""
        if self._copied == self._writes:
            return
        writes = self._writes
        try:
            if self._keeper.seal(self._checkpoint):
                self._copied = writes
        except YusuanError as error:
            log.warning("no copy of the chats was made: %s", error)

    def keep_copies(self) -> None:
        """Make copies from time to time until it is closed, in a thread of its own."""

        def work() -> None:
            while not self._leaving.wait(COPY_SECONDS):
                self.copy()

        self._copier = Thread(target=work, name="copies of the chats", daemon=True)
        self._copier.start()

    def _checkpoint(self) -> bool:
        with self._lock:
            return not self._conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]

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
