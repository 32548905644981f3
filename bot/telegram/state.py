"""What chats leave behind, in a SQLite file beside the index: settings, dialogues, quotas, feedback, open questions.

    state.settings(-1001) -> ChatSettings(unit="auto", region="140404", rich=False)

Questions are kept only inside the dialogue they belong to, for a day, or as the admin's setting allows.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any, Final

DAY: Final = 86_400
HOUR: Final = 3_600
DIALOGUE_LIFE: Final = DAY
ANSWER_LIFE: Final = 14 * DAY
NOTICE_EVERY: Final = HOUR
_CLEAN_EVERY: Final = 500

# Numbered steps; PRAGMA user_version tells how many have been made.
_STEPS: Final = (
    """
    CREATE TABLE chats (
        chat INTEGER PRIMARY KEY, unit TEXT NOT NULL DEFAULT 'auto', region TEXT NOT NULL DEFAULT '',
        rich INTEGER NOT NULL DEFAULT 0, offered INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
    -- message 0 is the chat's own dialogue; any other that of an answer, for replies to it
    CREATE TABLE dialogues (chat INTEGER NOT NULL, message INTEGER NOT NULL, state TEXT NOT NULL, at INTEGER NOT NULL,
        PRIMARY KEY (chat, message)) WITHOUT ROWID;
    CREATE INDEX dialogues_at ON dialogues (at);
    -- which message of the bot answers which message of a user
    CREATE TABLE answers (
        chat INTEGER NOT NULL, asked INTEGER NOT NULL, message INTEGER NOT NULL,
        user INTEGER NOT NULL, base INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (chat, asked)) WITHOUT ROWID;
    CREATE INDEX answers_message ON answers (chat, message);
    CREATE INDEX answers_at ON answers (at);
    CREATE TABLE quota (user INTEGER NOT NULL, hour INTEGER NOT NULL, used INTEGER NOT NULL,
        PRIMARY KEY (user, hour)) WITHOUT ROWID;
    CREATE TABLE notices (peer INTEGER PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE feedback (chat INTEGER NOT NULL, message TEXT NOT NULL, user INTEGER NOT NULL, vote INTEGER NOT NULL,
        reading TEXT NOT NULL, token TEXT NOT NULL, question TEXT, at INTEGER NOT NULL,
        PRIMARY KEY (chat, message, user)) WITHOUT ROWID;
    CREATE TABLE unanswered (id INTEGER PRIMARY KEY, digest TEXT NOT NULL, question TEXT, reading TEXT NOT NULL,
        status TEXT NOT NULL, times INTEGER NOT NULL, at INTEGER NOT NULL, UNIQUE (digest, reading));
    """,
)


@dataclass(frozen=True, slots=True)
class ChatSettings:
    """``region`` is a place's token or "", ``unit`` auto, 元, 万元 or 亿元; ``offered``: one was."""

    unit: str = "auto"
    region: str = ""
    rich: bool = False
    offered: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """The bot's answer to a user's message; ``base`` is the message whose dialogue the question went on from."""

    message: int
    user: int
    base: int


class State:
    """One connection for all threads; every call is one short statement or two."""

    def __init__(self, path: Path, clock: Callable[[], float] = time.time) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._clock = clock
        self._lock = Lock()
        self._writes = 0
        self._conn = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._conn.execute("PRAGMA journal_mode = WAL")
        self._conn.execute("PRAGMA synchronous = NORMAL")
        self._conn.execute("PRAGMA busy_timeout = 10000")
        done = int(self._conn.execute("PRAGMA user_version").fetchone()[0])
        if done > len(_STEPS):
            raise ValueError(f"聊天状态文件由更新的版本建立，请升级程序：{path}")
        for number, step in enumerate(_STEPS[done:], done + 1):
            self._conn.executescript(f"BEGIN; {step}; PRAGMA user_version = {number}; COMMIT;")

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._conn.close()

    # ------------------------------------------------------------------------------------------ settings

    def settings(self, chat: int) -> ChatSettings:
        """A chat's settings; the defaults if it never changed any."""
        rows = self._rows("SELECT unit, region, rich, offered FROM chats WHERE chat = ?", chat)
        return ChatSettings(rows[0][0], rows[0][1], bool(rows[0][2]), bool(rows[0][3])) if rows else ChatSettings()

    def change(self, chat: int, **values: str | bool) -> None:
        """Set some of ``unit``, ``region``, ``rich``, ``offered``."""
        columns = {name: values[name] for name in ("unit", "region", "rich", "offered") if name in values}
        names, marks = ", ".join(columns), ", ".join("?" * len(columns))
        updates = ", ".join(f"{name} = excluded.{name}" for name in columns)
        sql = f"INSERT INTO chats (chat, {names}) VALUES (?, {marks}) ON CONFLICT (chat) DO UPDATE SET {updates}"
        self._write(sql, chat, *columns.values())

    def forget(self, chat: int) -> None:
        """Remove all that is kept of a chat but its settings."""
        for table in ("dialogues", "answers", "feedback"):
            self._write(f"DELETE FROM {table} WHERE chat = ?", chat)

    # ------------------------------------------------------------------------------------------ dialogues

    def dialogue(self, chat: int, message: int = 0) -> dict[str, Any] | None:
        """What a dialogue has come to; None when there is none or it is older than a day."""
        rows = self._rows("SELECT state, at FROM dialogues WHERE chat = ? AND message = ?", chat, message)
        if not rows or rows[0][1] < self._now() - DIALOGUE_LIFE:
            return None
        state: dict[str, Any] = json.loads(rows[0][0])
        return state

    def keep_dialogue(self, chat: int, message: int, state: Mapping[str, Any] | None) -> None:
        """Keep what a dialogue has come to; None forgets it."""
        if state is None:
            self._write("DELETE FROM dialogues WHERE chat = ? AND message = ?", chat, message)
            return
        text = json.dumps(state, ensure_ascii=False, separators=(",", ":"))
        self._write("INSERT OR REPLACE INTO dialogues VALUES (?, ?, ?, ?)", chat, message, text, self._now())

    def answer_to(self, chat: int, asked: int) -> Answered | None:
        """The answer to a user's message."""
        rows = self._rows("SELECT message, user, base FROM answers WHERE chat = ? AND asked = ?", chat, asked)
        return Answered(*rows[0]) if rows else None

    def asker_of(self, chat: int, message: int) -> int | None:
        """Whose question a message of the bot answers."""
        rows = self._rows("SELECT user FROM answers WHERE chat = ? AND message = ?", chat, message)
        return int(rows[0][0]) if rows else None

    def keep_answer(self, chat: int, asked: int, answered: Answered) -> None:
        """Remember which message answers which."""
        self._write(
            "INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?, ?)",
            chat, asked, answered.message, answered.user, answered.base, self._now(),
        )  # fmt: skip

    # ------------------------------------------------------------------------------------------ quotas, notices

    def use(self, user: int, quota: int) -> bool:
        """Count a question; False if the hour's quota is used up.  0 is no limit."""
        if not quota:
            return True
        hour = self._now() // HOUR
        rows = self._rows("SELECT used FROM quota WHERE user = ? AND hour = ?", user, hour)
        if rows and rows[0][0] >= quota:
            return False
        self._write(
            "INSERT INTO quota VALUES (?, ?, 1) ON CONFLICT (user, hour) DO UPDATE SET used = used + 1", user, hour
        )
        return True

    def may_notify(self, peer: int) -> bool:
        """Whether a stranger (or a foreign group) may be told once more; at most once an hour."""
        now = self._now()
        rows = self._rows("SELECT at FROM notices WHERE peer = ?", peer)
        if rows and rows[0][0] > now - NOTICE_EVERY:
            return False
        self._write("INSERT OR REPLACE INTO notices VALUES (?, ?)", peer, now)
        return True

    # ------------------------------------------------------------------------------------------ for the admin

    def keep_vote(
        self, chat: int, message: str, user: int, vote: int, reading: str, token: str, question: str | None
    ) -> None:
        """A 👍 (1) or 👎 (-1); the same user's later vote replaces it."""
        self._write(
            "INSERT OR REPLACE INTO feedback VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            chat, message, user, vote, reading, token, question, self._now(),
        )  # fmt: skip

    def keep_unanswered(self, digest: str, question: str | None, reading: str, status: str) -> None:
        """A question without an answer: counted, its text only if given."""
        self._write(
            """INSERT INTO unanswered (digest, question, reading, status, times, at) VALUES (?, ?, ?, ?, 1, ?)
            ON CONFLICT (digest, reading)
            DO UPDATE SET times = times + 1, at = excluded.at, question = excluded.question""",
            digest, question, reading, status, self._now(),
        )  # fmt: skip

    def unanswered(self, limit: int = 50) -> list[tuple[str, str | None, str, int]]:
        """Digest, text or None, reading and how often, the latest first."""
        return self._rows(
            "SELECT digest, question, reading, times FROM unanswered ORDER BY at DESC, id DESC LIMIT ?", limit
        )

    def votes(self, limit: int = 50) -> list[tuple[int, str, str, str | None]]:
        """Vote, reading, address and question or None, the latest first."""
        return self._rows("SELECT vote, reading, token, question FROM feedback ORDER BY at DESC LIMIT ?", limit)

    # ------------------------------------------------------------------------------------------ SQL

    def _now(self) -> int:
        return int(self._clock())

    def _rows(self, sql: str, *values: Any) -> list[Any]:
        with self._lock:
            return self._conn.execute(sql, values).fetchall()

    def _write(self, sql: str, *values: Any) -> None:
        with self._lock:
            self._conn.execute(sql, values)
            self._writes += 1
            if self._writes % _CLEAN_EVERY == 1:
                self._clean()

    def _clean(self) -> None:
        now = self._now()
        self._conn.execute("DELETE FROM dialogues WHERE at < ?", (now - DIALOGUE_LIFE,))
        self._conn.execute("DELETE FROM answers WHERE at < ?", (now - ANSWER_LIFE,))
        self._conn.execute("DELETE FROM quota WHERE hour < ?", (now // HOUR - 1,))
        self._conn.execute("DELETE FROM notices WHERE at < ?", (now - NOTICE_EVERY,))
