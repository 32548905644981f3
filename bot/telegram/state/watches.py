"""What chats follow, and the digests that wait to be sent to them.

A watch is a figure (token: its address, value: what it last was) or a region (token: the region's).  A digest is put
into the outbox in the same transaction that notes the version as announced, and taken out once Telegram has it: a
process that dies in between sends it again rather than never.
"""

from __future__ import annotations

from typing import NamedTuple

from bot.telegram.state.file import StateFile


class Watch(NamedTuple):
    """``kind`` is figure or region; ``value`` the figure's values as a JSON list of texts, "" for a region."""

    id: int
    chat: int
    kind: str
    token: str
    label: str
    value: str


class Waiting(NamedTuple):
    """A digest on its way; ``tries`` counts the attempts there have been."""

    id: int
    chat: int
    version: int
    html: str
    tries: int


_WATCH = "SELECT id, chat, kind, token, label, value FROM watches"


class Watches(StateFile):
    """Watches, outbox, and what was announced last."""

    def watch(self, chat: int, kind: str, token: str, label: str, value: str = "") -> bool:
        """Follow something; False if the chat does so already."""
        sql = "INSERT OR IGNORE INTO watches (chat, kind, token, label, value, at) VALUES (?, ?, ?, ?, ?, ?)"
        return bool(self._write(sql, chat, kind, token, label, value, self.now()))

    def watches(self, chat: int | None = None) -> list[Watch]:
        """What a chat follows (None: all chats), oldest first."""
        rows = self._rows(f"{_WATCH} WHERE ? IS NULL OR chat = ? ORDER BY id", chat, chat)
        return [Watch(*row) for row in rows]

    def unwatch(self, chat: int, id: int = 0) -> int:
        """Stop following one thing (0: everything, and drop what waits to be sent); how many there were."""
        if id:
            return self._write("DELETE FROM watches WHERE chat = ? AND id = ?", chat, id)
        self._write("DELETE FROM outbox WHERE chat = ? AND state = 'waiting' AND version > 0", chat)
        return self._write("DELETE FROM watches WHERE chat = ?", chat)

    def revalue(self, id: int, value: str) -> None:
        """What a watched figure is now."""
        self._write("UPDATE watches SET value = ? WHERE id = ?", value, id)

    # ------------------------------------------------------------------------------------------ announcing

    def announced(self) -> int | None:
        """The number of the version that was announced last; None before the first."""
        rows = self._rows("SELECT value FROM marks WHERE name = 'announced'")
        return int(rows[0][0]) if rows else None

    def mark_announced(self, version: int) -> None:
        """Note the version as announced."""
        self._write("INSERT OR REPLACE INTO marks VALUES ('announced', ?)", version)

    def queue(self, chat: int, version: int, html: str) -> None:
        """Put a digest into the outbox, once for each chat and version."""
        sql = "INSERT OR IGNORE INTO outbox (chat, version, html, at) VALUES (?, ?, ?, ?)"
        self._write(sql, chat, version, html, self.now())

    def next_waiting(self) -> Waiting | None:
        """The oldest digest, marked as being sent."""
        with self._lock:
            rows = self._rows("SELECT id, chat, version, html, tries FROM outbox ORDER BY tries, id LIMIT 1")
            if not rows:
                return None
            self._write("UPDATE outbox SET state = 'sending', tries = tries + 1 WHERE id = ?", rows[0][0])
            return Waiting(*rows[0])

    def hold_back(self, id: int) -> None:
        """It could not be sent now: it waits for another turn."""
        self._write("UPDATE outbox SET state = 'waiting' WHERE id = ?", id)

    def sent(self, id: int) -> None:
        """Telegram has it, or never will."""
        self._write("DELETE FROM outbox WHERE id = ?", id)

    def waiting(self) -> int:
        """How many digests wait."""
        return int(self._rows("SELECT count(*) FROM outbox")[0][0])
