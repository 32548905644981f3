"""The ledger beside the index: what admins did, what they are about to do, and the words they taught the bot.

    Ledger(ledger_path(Path("data/index.db"))) -> data/index.ledger.db, made when first written to

It is no part of a version: rolling the index back keeps the log and the aliases.  Every call is one short transaction;
several processes may use it at once.  After every change there is a verified copy beside it (see ``keeper``), from
which a damaged ledger is put right when it is opened.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Any, Final

from index.errors import IndexDamaged, IndexUnavailable, YusuanError
from index.store.connect import check_writable, translated
from index.store.keeper import Keeper, checkpointed

BUSY_MS: Final = 20_000
# Numbered steps; PRAGMA user_version tells how many have been made.
STEPS: Final = (
    """
    CREATE TABLE log (
        id INTEGER PRIMARY KEY, at TEXT NOT NULL, person INTEGER NOT NULL, name TEXT NOT NULL, action TEXT NOT NULL,
        subject TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL, outcome TEXT NOT NULL);
    CREATE TABLE aliases (
        word TEXT PRIMARY KEY, item TEXT NOT NULL, key TEXT NOT NULL, person INTEGER NOT NULL, name TEXT NOT NULL,
        at TEXT NOT NULL) WITHOUT ROWID;
    -- content is the draft as JSON; state is beside it, so that deciding is one statement that only one admin wins
    CREATE TABLE drafts (id TEXT PRIMARY KEY, state TEXT NOT NULL, at TEXT NOT NULL, content TEXT NOT NULL)
        WITHOUT ROWID;
    CREATE INDEX drafts_state ON drafts (state, at);
    -- reports that an admin took out although their files still lie in the reports folder
    CREATE TABLE set_aside (sha256 TEXT PRIMARY KEY, document TEXT NOT NULL, at TEXT NOT NULL) WITHOUT ROWID;
    """,
    # the public page of a report, by the document's name: it holds for all versions
    "CREATE TABLE links (document TEXT PRIMARY KEY, url TEXT NOT NULL) WITHOUT ROWID",
    """
    -- slips (核对) that an admin has put aside: of a file, and of the versions of its paper that come after it
    CREATE TABLE slips_aside (
        sha256 TEXT NOT NULL, key TEXT NOT NULL, paper TEXT NOT NULL, told TEXT NOT NULL, reason TEXT NOT NULL,
        person INTEGER NOT NULL, name TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (sha256, key)) WITHOUT ROWID;
    CREATE INDEX slips_aside_paper ON slips_aside (paper, key);
    -- what was found in the drafts of a paper, for its next version; content is JSON
    CREATE TABLE drafts_checked (
        paper TEXT NOT NULL, sha256 TEXT NOT NULL, at TEXT NOT NULL, content TEXT NOT NULL,
        PRIMARY KEY (paper, sha256)) WITHOUT ROWID;
    """,
)

Row = tuple[Any, ...]

log = logging.getLogger(__name__)


def ledger_path(db: Path) -> Path:
    """Where the ledger of an index lies."""
    return db.with_name(f"{db.stem}.ledger.db")


class Ledger:
    """One connection for all threads of a process.  Opening makes the file; raises IndexUnavailable, IndexDamaged."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        self._lock = RLock()
        self._keeper = Keeper(path)
        self._read_only = read_only
        if read_only:
            if not self._keeper.is_trusted():
                raise IndexDamaged(f"管理记录已损坏：{path}")
            self._conn = self._connected("ro")
            self._end: Callable[[], object] = self._conn.close
            return
        check_writable(path)
        _made(path.parent)
        self._keeper.check_in()
        with self._keeper.changing():
            self._conn = self._connected("rwc")
        self._end = self._keeper.closing(self, self._conn)

    def _connected(self, mode: str) -> sqlite3.Connection:
        with translated(self.path):
            conn = sqlite3.connect(
                f"{self.path.resolve().as_uri()}?mode={mode}", uri=True, isolation_level=None, check_same_thread=False
            )
            try:
                conn.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
                if mode != "ro":
                    self._keeper.make_private()
                    conn.execute("PRAGMA journal_mode = WAL")
                    conn.execute("PRAGMA wal_autocheckpoint = 0")  # the keeper's business
                    conn.execute("PRAGMA synchronous = FULL")  # what was accepted survives a power cut
                    self._migrate(conn)
                    checkpointed(conn, self.path)
            except BaseException:
                conn.close()
                raise
        return conn

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._end()

    def put_right(self) -> list[str]:
        """What was damaged and is put right, in Chinese; told once."""
        told, self._keeper.told = self._keeper.told, []
        return told

    def changed(self) -> int:
        """A number that changes when another connection has written; costs a few microseconds."""
        return int(self._rows("PRAGMA data_version")[0][0])

    # ------------------------------------------------------------------------------------------ log

    def add_entry(self, entry: Sequence[str | int]) -> int:
        """A line of the log: at, person, name, action, subject, before, after, outcome.  Its number."""
        with self.together():
            self._run("INSERT INTO log VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?)", entry)
            return int(self._rows("SELECT last_insert_rowid()")[0][0])

    def finish_entry(self, id: int, after: str, outcome: str) -> None:
        """Say how something ended that was entered as begun."""
        self._run("UPDATE log SET after = ?, outcome = ? WHERE id = ?", [after, outcome, id])

    def unfinished(self) -> list[Row]:
        """Lines of the log whose end is not known, the oldest first."""
        return self._rows("SELECT * FROM log WHERE outcome = 'begun' ORDER BY id")

    def entries(self, limit: int, offset: int = 0) -> list[Row]:
        """Lines of the log with their numbers first, the latest first."""
        return self._rows("SELECT * FROM log ORDER BY id DESC LIMIT ? OFFSET ?", [limit, offset])

    # ------------------------------------------------------------------------------------------ aliases

    def aliases(self) -> list[Row]:
        """All aliases as word, item, key, person, name, at; by word."""
        return self._rows("SELECT word, item, key, person, name, at FROM aliases ORDER BY word")

    def put_alias(self, alias: Sequence[str | int]) -> None:
        """Add or change one: word, item, key, person, name, at."""
        self._run("INSERT OR REPLACE INTO aliases VALUES (?, ?, ?, ?, ?, ?)", alias)

    def drop_alias(self, word: str) -> bool:
        """Take one back; whether there was one."""
        return self._run("DELETE FROM aliases WHERE word = ?", [word]) > 0

    def add_alias(self, alias: Sequence[str | int], entry: Sequence[str | int]) -> bool:
        """Add one with its line of the log, both or neither; False if the word has one already."""
        return self._noted("INSERT OR IGNORE INTO aliases VALUES (?, ?, ?, ?, ?, ?)", alias, entry)

    def remove_alias(self, word: str, entry: Sequence[str | int]) -> bool:
        """Take one back with its line of the log, both or neither; False if there was none."""
        return self._noted("DELETE FROM aliases WHERE word = ?", [word], entry)

    # ------------------------------------------------------------------------------------------ drafts

    def put_draft(self, id: str, state: str, at: str, content: str) -> None:
        """Keep a draft, in place of what it was."""
        self._run("INSERT OR REPLACE INTO drafts VALUES (?, ?, ?, ?)", [id, state, at, content])

    def revise_draft(self, id: str, state: str, content: str) -> bool:
        """Keep a draft as it is now if it still is in this state; False if not."""
        return self._run("UPDATE drafts SET content = ? WHERE id = ? AND state = ?", [content, id, state]) > 0

    def move_draft(self, id: str, before: str, after: str) -> bool:
        """Take a draft from one state into another; False if it is not (any more) in the first."""
        return self._run("UPDATE drafts SET state = ? WHERE id = ? AND state = ?", [after, id, before]) > 0

    def draft(self, id: str) -> tuple[str, str] | None:
        """State and content of a draft."""
        rows = self._rows("SELECT state, content FROM drafts WHERE id = ?", [id])
        return (rows[0][0], rows[0][1]) if rows else None

    def drafts(self, *states: str) -> list[tuple[str, str]]:
        """State and content of the drafts in these states, the latest first."""
        marks = ", ".join("?" * len(states))
        sql = f"SELECT state, content FROM drafts WHERE state IN ({marks}) ORDER BY at DESC, id"
        return [(row[0], row[1]) for row in self._rows(sql, states)]

    # ------------------------------------------------------------------------------------------ set aside

    def set_aside(self, sha256: str, document: str, at: str) -> None:
        """Remember that a file is not wanted."""
        self._run("INSERT OR REPLACE INTO set_aside VALUES (?, ?, ?)", [sha256, document, at])

    def take_back(self, sha256: str) -> None:
        """It is wanted again."""
        self._run("DELETE FROM set_aside WHERE sha256 = ?", [sha256])

    def aside(self) -> dict[str, str]:
        """The content of the files that are not wanted, by SHA-256, with the names of the documents they were."""
        return dict(self._rows("SELECT sha256, document FROM set_aside"))

    # ------------------------------------------------------------------------------------------ slips

    def put_slip_aside(self, slip: Sequence[str | int], entry: Sequence[str | int]) -> bool:
        """sha256, key, paper, told, reason, person, name, at, with its line of the log; False if it is aside."""
        return self._noted("INSERT OR IGNORE INTO slips_aside VALUES (?, ?, ?, ?, ?, ?, ?, ?)", slip, entry)

    def take_slip_back(self, paper: str, sha256: str, key: str, entry: Sequence[str | int]) -> bool:
        """Let it count again, in all versions of its paper; False if it was not aside."""
        sql = "DELETE FROM slips_aside WHERE key = ? AND (sha256 = ? OR (paper = ? AND paper <> ''))"
        return self._noted(sql, [key, sha256, paper], entry)

    def slips_aside(self, paper: str, sha256: str) -> list[Row]:
        """key, reason, person, name, at of what is aside for a file or for a version of its paper; the oldest first."""
        if not self._has("slips_aside"):
            return []
        sql = "SELECT key, reason, person, name, at FROM slips_aside WHERE sha256 = ? OR (paper = ? AND paper <> '')"
        return self._rows(f"{sql} ORDER BY at", [sha256, paper])

    def put_checked(self, paper: str, sha256: str, at: str, content: str, keep: int) -> None:
        """Keep what was found in a draft; of each paper the last ``keep``."""
        with self.together():
            self._run("INSERT OR IGNORE INTO drafts_checked VALUES (?, ?, ?, ?)", [paper, sha256, at, content])
            self._run("UPDATE drafts_checked SET content = ? WHERE paper = ? AND sha256 = ?", [content, paper, sha256])
            last = "SELECT sha256 FROM drafts_checked WHERE paper = ? ORDER BY at DESC, sha256 LIMIT ?"
            self._run(f"DELETE FROM drafts_checked WHERE paper = ? AND sha256 NOT IN ({last})", [paper, paper, keep])

    def drafts_checked(self, paper: str) -> list[tuple[str, str]]:
        """SHA-256 and content of the drafts of a paper, the latest first."""
        if not self._has("drafts_checked"):
            return []
        sql = "SELECT sha256, content FROM drafts_checked WHERE paper = ? ORDER BY at DESC, sha256"
        return [(row[0], row[1]) for row in self._rows(sql, [paper])]

    # ------------------------------------------------------------------------------------------ SQL

    @contextmanager
    def together(self) -> Iterator[None]:
        """Several calls as one: all of them happen, or none."""
        with self._held() as conn:
            if conn.in_transaction:
                yield
                return
            conn.execute("BEGIN IMMEDIATE")
            try:
                yield
                conn.execute("COMMIT")
            except BaseException:
                if conn.in_transaction:  # SQLite itself takes back what a full disk stopped
                    conn.execute("ROLLBACK")
                raise
            self._seal(conn)

    # ------------------------------------------------------------------------------------------ public pages

    def put_link(self, document: str, url: str) -> None:
        """The public page of a document; "" forgets it."""
        if url:
            self._run("INSERT INTO links VALUES (?, ?) ON CONFLICT DO UPDATE SET url = excluded.url", (document, url))
        else:
            self._run("DELETE FROM links WHERE document = ?", (document,))

    def links(self) -> dict[str, str]:
        """The public pages by document; a ledger of an older program has none."""
        if not self._has("links"):
            return {}
        return dict(self._rows("SELECT document, url FROM links"))

    def _has(self, table: str) -> bool:
        """A ledger of an older program, opened only to be read, lacks the later ones."""
        return bool(self._rows("SELECT 1 FROM sqlite_master WHERE name = ?", [table]))

    def copy_to(self, target: Path) -> None:
        """A consistent copy, also while others write."""
        with self._held() as conn, translated(target):
            copy = sqlite3.connect(target)
            try:
                conn.backup(copy)
            finally:
                copy.close()

    def _seal(self, conn: sqlite3.Connection) -> None:
        """A copy of what has just been committed.  If there is no room for it now, the next change makes one."""
        if self._read_only or conn.in_transaction:
            return
        try:
            self._keeper.seal(lambda: checkpointed(conn, self.path))
        except YusuanError as error:
            log.warning("no copy of the ledger was made: %s", error)

    def _migrate(self, conn: sqlite3.Connection) -> None:
        done = int(conn.execute("PRAGMA user_version").fetchone()[0])
        if done > len(STEPS):
            raise IndexUnavailable(f"管理记录由更新的版本建立，请升级程序：{self.path}")
        for number, step in enumerate(STEPS[done:], done + 1):
            try:
                conn.executescript(f"BEGIN IMMEDIATE; {step}; PRAGMA user_version = {number}; COMMIT;")
            except sqlite3.OperationalError:
                # Two programs may begin the same ledger; then the other one has done it meanwhile.
                if conn.in_transaction:
                    conn.execute("ROLLBACK")
                if int(conn.execute("PRAGMA user_version").fetchone()[0]) < number:
                    raise

    def _rows(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        with self._held() as conn:
            return conn.execute(sql, values).fetchall()

    def _run(self, sql: str, values: Sequence[Any]) -> int:
        with self._held() as conn:
            touched = conn.execute(sql, values).rowcount
            self._seal(conn)
            return touched

    def _noted(self, sql: str, values: Sequence[Any], entry: Sequence[str | int]) -> bool:
        """Run a statement; if it changed something, the entry goes into the log in the same transaction."""
        with self._held() as conn:
            conn.execute("BEGIN IMMEDIATE")
            try:
                changed = conn.execute(sql, values).rowcount > 0
                if changed:
                    conn.execute("INSERT INTO log VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?)", entry)
                conn.execute("COMMIT")
            except BaseException:
                conn.execute("ROLLBACK")
                raise
            self._seal(conn)
        return changed

    @contextmanager
    def _held(self) -> Iterator[sqlite3.Connection]:
        with self._lock, translated(self.path):
            yield self._conn


def _made(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise IndexUnavailable(f"无法建立索引所在的文件夹：{folder}（{error.strerror}）") from error
