"""One at a time, over all processes: ``data/index.lock`` beside ``data/index.db`` is the builders'.

A process that is killed lets go by itself: a lock is SQLite's on an empty file, that is the operating system's.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from index.errors import IndexUnavailable


@contextmanager
def builders_lock(db: Path, wait: float) -> Iterator[None]:
    """Hold the lock of an index; raises IndexUnavailable if another has it for ``wait`` seconds.

    Not reentrant: who holds it must not ask for it again.
    """
    with file_lock(db.with_name(f"{db.stem}.lock"), wait, db):
        yield


@contextmanager
def file_lock(file: Path, wait: float, subject: Path) -> Iterator[None]:
    """The same for any lock file; ``subject`` is what is locked by it, for the message.  Not reentrant."""
    try:
        conn = sqlite3.connect(file, isolation_level=None, timeout=wait, check_same_thread=False)
    except sqlite3.Error as error:
        raise IndexUnavailable(f"索引不可写（只读的文件或文件夹）：{subject}") from error
    with closing(conn):
        try:
            conn.execute("PRAGMA journal_mode = OFF")  # nothing is ever written
            conn.execute("BEGIN EXCLUSIVE")
        except sqlite3.DatabaseError as error:
            if "locked" in str(error) or "busy" in str(error):
                raise IndexUnavailable(f"索引正被另一个程序写入，请稍后再试：{subject}") from error
            raise IndexUnavailable(f"无法锁定索引，请检查文件夹是否可写、磁盘是否已满：{file}（{error}）") from error
        yield
