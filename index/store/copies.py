"""Whole SQLite files: copied while others write, put back while others have them open, looked over.

    snapshot(Path("index.chats.db"), Path("copy.db"))      put_back(Path("copy.db"), Path("index.chats.db"))

Both go through SQLite's backup interface, page by page in one transaction of the target: who has the target open sees
all of it change at once, or nothing.  What is put back is sealed (see ``keeper``).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Final

from index.errors import IndexUnavailable
from index.store.connect import Connection, open_reader, translated
from index.store.filing import make_private
from index.store.keeper import Keeper, checkpointed

WAIT_MS: Final = 20_000
TRIES: Final = 200  # with a pause of 0.1 s each


def snapshot(source: Path, target: Path) -> None:
    """A consistent copy as one finished file.  Raises IndexUnavailable, IndexDamaged."""
    with translated(source), closing(_read_only(source)) as conn, closing(sqlite3.connect(target)) as copy:
        conn.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")


def put_back(source: Path, target: Path) -> None:
    """Give ``target`` (made if need be, moved aside if it is no database) the content of ``source``."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists() and not is_database(target):
        target.replace(target.with_name(f"{target.name}.damaged"))
        for end in ("-wal", "-shm"):
            target.with_name(target.name + end).unlink(missing_ok=True)
    with (
        Keeper(target).changing(),
        translated(target),
        closing(_read_only(source)) as conn,
        closing(sqlite3.connect(target)) as held,
    ):
        make_private(target)
        held.execute(f"PRAGMA busy_timeout = {WAIT_MS}")
        held.execute("PRAGMA wal_autocheckpoint = 0")
        _copy(conn, held, target)
        checkpointed(held, target)


def fill(conn: Connection, source: Path, target: Path) -> None:
    """Give an open database (at ``target``) the content of the index ``source``."""
    with translated(target), closing(open_reader(source)) as other:
        _copy(other, conn, target)


def relocate(conn: Connection, paths: Mapping[str, str]) -> None:
    """Tell an index where the files of its documents lie: names -> paths."""
    with conn:
        conn.executemany("UPDATE documents SET path = ? WHERE name = ?", [(path, name) for name, path in paths.items()])


def is_database(file: Path) -> bool:
    """Whether SQLite finds nothing wrong with a file."""
    try:
        with closing(_read_only(file)) as conn:
            return bool(conn.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
    except sqlite3.Error:
        return False


def _copy(source: Connection, target: Connection, file: Path) -> None:
    tries = 0

    def progress(status: int, remaining: int, total: int) -> None:
        nonlocal tries
        tries += status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
        if tries > TRIES:
            raise IndexUnavailable(f"文件正被另一个程序写入，请稍后再试：{file}")

    source.backup(target, progress=progress, sleep=0.1)


def _read_only(file: Path) -> Connection:
    conn = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)
    conn.execute(f"PRAGMA busy_timeout = {WAIT_MS}")
    return conn
