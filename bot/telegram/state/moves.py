"""Groups that got another number: one that becomes a supergroup keeps its settings, what it follows, and its rights.

    moves.move_chat(-4000001, -1009000000002)      moves.former(-1009000000002) -> (-4000001,)

Messages are numbered anew there, so dialogues stay with the old number.
"""

from __future__ import annotations

from bot.telegram.state.file import StateFile


class Moves(StateFile):
    """Old and new numbers."""

    def move_chat(self, old: int, new: int) -> None:
        """Everything that belongs to a chat belongs to its new number."""
        with self.together():
            self._conn.execute("INSERT OR REPLACE INTO moves VALUES (?, ?)", (old, new))
            for table in ("chats", "watches", "outbox"):
                self._conn.execute(f"UPDATE OR REPLACE {table} SET chat = ? WHERE chat = ?", (new, old))

    def former(self, chat: int) -> tuple[int, ...]:
        """The numbers a chat had before."""
        return tuple(int(row[0]) for row in self._rows("SELECT old FROM moves WHERE new = ?", chat))

    def current(self, chat: int) -> int:
        """The number a chat has now."""
        rows = self._rows("SELECT new FROM moves WHERE old = ?", chat)
        return int(rows[0][0]) if rows else chat
