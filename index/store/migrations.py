"""Numbered steps that make an index or bring an older one up to date; each runs in a transaction of its own.

In goes a writable connection, out comes a file of ``LATEST``.  ``user_version`` holds the number of the last step, so
that a reader need not import sqlite-utils to see whether 预算.db is current.  A new step is a new function at the end
of ``STEPS``; a step that has been released is never changed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from index.store import schema

if TYPE_CHECKING:
    from sqlite_utils import Database

BATCH: Final = 5000


def m001_tables(db: Database) -> None:
    """Documents, sections, sentences, facts and the small tables they refer to."""
    for statement in schema.TABLES:
        db.execute(statement)


def m002_full_text(db: Database) -> None:
    """The words of all sentences, also of those that version 1 had stored without."""
    from index.store.fulltext import joined

    for statement in schema.FULL_TEXT:
        db.execute(statement)
    last = 0
    while rows := db.execute(
        "SELECT id, text FROM sentences WHERE id > ? ORDER BY id LIMIT ?", (last, BATCH)
    ).fetchall():
        db.conn.executemany(
            "INSERT INTO sentences_fts (rowid, tokens) VALUES (?, ?)", [(id, joined(text)) for id, text in rows]
        )
        last = rows[-1][0]


def m003_version(db: Database) -> None:
    """The number of the version; files of before have none (0)."""
    for statement in schema.VERSION:
        db.execute(statement)


def m004_peers(db: Database) -> None:
    """The index by items holds what lists of many places are made from."""
    for statement in schema.PEERS:
        db.execute(statement)


def m005_owners(db: Database) -> None:
    """Whose figures: what was loaded before counts as a government's until it is loaded again."""
    for statement in schema.OWNERS:
        db.execute(statement)


STEPS: Final[tuple[Callable[[Database], None], ...]] = (
    m001_tables, m002_full_text, m003_version, m004_peers, m005_owners,
)  # fmt: skip
LATEST: Final = len(STEPS)


def migrate(conn: sqlite3.Connection, upto: int = LATEST) -> None:
    """Run the steps that the file has not seen yet, up to number ``upto``."""
    from sqlite_utils import Database, Migrations

    migrations = Migrations("yusuan")
    for number, step in enumerate(STEPS[:upto], start=1):
        migrations(name=step.__name__)(_numbered(step, number))
    migrations.apply(Database(conn))


def _numbered(step: Callable[[Database], None], number: int) -> Callable[[Database], None]:
    def run(db: Database) -> None:
        step(db)
        # Both live in the file's header and are part of the transaction.
        db.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        db.execute(f"PRAGMA user_version = {number}")

    return run
