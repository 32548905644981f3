"""Messages taken from Telegram: each is kept until it has been dealt with, so that none is lost with the process.

    updates.take(700000001, '{"update_id": …}') -> True      the same again -> False
    updates.pending() -> [Taken(700000001, '{"update_id": …}', 1)]     updates.done(700000001) -> no text is left of it

Telegram forgets a message as soon as it was fetched.  Numbers are remembered longer than Telegram brings them anew.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from bot.telegram.state.file import DAY, StateFile

REMEMBERED: Final = 2 * DAY
ANSWERED_WITHIN: Final = DAY


class Taken(NamedTuple):
    """``body`` is the update as JSON; ``tries`` counts how often it was begun with."""

    id: int
    body: str
    tries: int


class Updates(StateFile):
    """What was taken and is not done, and the numbers of what is."""

    def take(self, id: int, body: str) -> bool:
        """Keep an update, on the disk before this returns; False if it was taken before."""
        with self._lock:
            self._conn.execute("PRAGMA synchronous = FULL")
            try:
                sql = "INSERT OR IGNORE INTO updates (id, body, tries, owner, at) VALUES (?, ?, 0, ?, ?)"
                return bool(self._write(sql, id, body, self._presence.number, self.now()))
            finally:
                self._conn.execute("PRAGMA synchronous = NORMAL")

    def begin(self, id: int) -> None:
        """It is being dealt with now."""
        self._write("UPDATE updates SET tries = tries + 1 WHERE id = ?", id)

    def done(self, id: int) -> None:
        """It has been dealt with: only its number is remembered."""
        self._write("UPDATE updates SET body = '' WHERE id = ?", id)

    def pending(self) -> list[Taken]:
        """What was taken within the last day and is not done, in the order of Telegram; this process has it now.

        What another process that is still there has taken is its own.
        """
        with self.together():
            self._conn.execute("UPDATE updates SET body = '' WHERE at < ?", (self.now() - ANSWERED_WITHIN,))
            owners = [int(row[0]) for row in self._rows("SELECT DISTINCT owner FROM updates WHERE body != ''")]
            for owner in filter(self._presence.is_gone, owners):
                self._conn.execute("UPDATE updates SET owner = ? WHERE owner = ?", (self._presence.number, owner))
            sql = "SELECT id, body, tries FROM updates WHERE body != '' AND owner = ? ORDER BY id"
            return [Taken(*row) for row in self._rows(sql, self._presence.number)]

    def clean(self) -> None:
        """Numbers have their time."""
        super().clean()
        self._conn.execute("DELETE FROM updates WHERE at < ?", (self.now() - REMEMBERED,))
