"""Chats and who asks in them: settings, dialogues, quotas, notices, prompts.

    chats.settings(-1001) -> ChatSettings(unit="auto", region="140404", rich=False)

Questions are kept only inside the dialogue they belong to, for a day.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.telegram.state.file import DAY, HOUR, StateFile

DIALOGUE_LIFE: Final = DAY
ANSWER_LIFE: Final = 14 * DAY
NOTICE_EVERY: Final = HOUR
PROMPT_LIFE: Final = 7 * DAY


@dataclass(frozen=True, slots=True)
class ChatSettings:
    """``region`` is a place's token or "", ``unit`` auto, 元, 万元 or 亿元; ``offered``: one was."""

    unit: str = "auto"
    region: str = ""
    rich: bool = False
    offered: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """The bot's answer to a user's message; ``base`` is the message whose dialogue the question went on from.

    ``owes``: a file belongs to the answer and has not been sent yet.
    """

    message: int
    user: int
    base: int
    owes: bool = False


class Chats(StateFile):
    """Settings, dialogues, quotas and notices of chats and users."""

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
        if not rows or rows[0][1] < self.now() - DIALOGUE_LIFE:
            return None
        state: dict[str, Any] = json.loads(rows[0][0])
        return state

    def keep_dialogue(self, chat: int, message: int, state: Mapping[str, Any] | None) -> None:
        """Keep what a dialogue has come to; None forgets it."""
        if state is None:
            self._write("DELETE FROM dialogues WHERE chat = ? AND message = ?", chat, message)
            return
        text = json.dumps(state, ensure_ascii=False, separators=(",", ":"))
        self._write("INSERT OR REPLACE INTO dialogues VALUES (?, ?, ?, ?)", chat, message, text, self.now())

    def answer_to(self, chat: int, asked: int) -> Answered | None:
        """The answer to a user's message."""
        rows = self._rows("SELECT message, user, base, owes FROM answers WHERE chat = ? AND asked = ?", chat, asked)
        return Answered(rows[0][0], rows[0][1], rows[0][2], bool(rows[0][3])) if rows else None

    def asker_of(self, chat: int, message: int) -> int | None:
        """Whose question a message of the bot answers."""
        rows = self._rows("SELECT user FROM answers WHERE chat = ? AND message = ?", chat, message)
        return int(rows[0][0]) if rows else None

    def keep_answer(self, chat: int, asked: int, answered: Answered) -> None:
        """Remember which message answers which."""
        self._write(
            """INSERT OR REPLACE INTO answers (chat, asked, message, user, base, at, owes)
            VALUES (?, ?, ?, ?, ?, ?, ?)""",
            chat, asked, answered.message, answered.user, answered.base, self.now(), answered.owes,
        )  # fmt: skip

    def keep_sent(self, chat: int, asked: int) -> None:
        """The file of an answer has been sent as well."""
        self._write("UPDATE answers SET owes = 0 WHERE chat = ? AND asked = ?", chat, asked)

    # ------------------------------------------------------------------------------------------ quotas, notices

    def use(self, user: int, quota: int) -> bool:
        """Count a question; False if the hour's quota is used up.  0 is no limit."""
        if not quota:
            return True
        hour = self.now() // HOUR
        rows = self._rows("SELECT used FROM quota WHERE user = ? AND hour = ?", user, hour)
        if rows and rows[0][0] >= quota:
            return False
        self._write(
            "INSERT INTO quota VALUES (?, ?, 1) ON CONFLICT (user, hour) DO UPDATE SET used = used + 1", user, hour
        )
        return True

    def may_notify(self, peer: int) -> bool:
        """Whether a stranger (or a foreign group) may be told once more; at most once an hour."""
        now = self.now()
        rows = self._rows("SELECT at FROM notices WHERE peer = ?", peer)
        if rows and rows[0][0] > now - NOTICE_EVERY:
            return False
        self._write("INSERT OR REPLACE INTO notices VALUES (?, ?)", peer, now)
        return True

    # ------------------------------------------------------------------------------------------ prompts

    def keep_prompt(self, chat: int, message: int, kind: str, subject: str) -> None:
        """A message of the bot asks for a reply; ``subject`` says what the reply is about."""
        self._write("INSERT OR REPLACE INTO prompts VALUES (?, ?, ?, ?, ?)", chat, message, kind, subject, self.now())

    def prompt(self, chat: int, message: int) -> tuple[str, str] | None:
        """Kind and subject of a message that asks for a reply."""
        rows = self._rows("SELECT kind, subject, at FROM prompts WHERE chat = ? AND message = ?", chat, message)
        return (rows[0][0], rows[0][1]) if rows and rows[0][2] >= self.now() - PROMPT_LIFE else None

    def clean(self) -> None:
        """Dialogues, answers, quotas and prompts have their time."""
        super().clean()
        now = self.now()
        self._conn.execute("DELETE FROM dialogues WHERE at < ?", (now - DIALOGUE_LIFE,))
        self._conn.execute("DELETE FROM answers WHERE at < ?", (now - ANSWER_LIFE,))
        self._conn.execute("DELETE FROM quota WHERE hour < ?", (now // HOUR - 1,))
        self._conn.execute("DELETE FROM notices WHERE at < ?", (now - NOTICE_EVERY,))
        self._conn.execute("DELETE FROM prompts WHERE at < ?", (now - PROMPT_LIFE,))
