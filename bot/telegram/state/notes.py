"""What the owners are to hear of: noted when it happens, told once an hour at most.

book.add_note("deadline", "")  (three times)     book.notes() -> [Noted("deadline", "", 3, 1700000000, 1700000300)]
"""

from __future__ import annotations

from typing import NamedTuple

from bot.telegram.state.file import StateFile


class Noted(NamedTuple):
    """The same detail of the same kind is one line; ``first`` and ``last`` are when it came."""

    kind: str
    detail: str
    times: int
    first: int
    last: int


class NoteBook(StateFile):
    """Notes that wait, when the last were told, and since when Telegram cannot be reached."""

    def add_note(self, kind: str, detail: str, times: int = 1) -> None:
        """Note something, once more if it is there already."""
        self._write(
            """INSERT INTO notes VALUES (?, ?, ?, ?, ?) ON CONFLICT (kind, detail)
            DO UPDATE SET times = times + excluded.times, last = excluded.last""",
            kind, detail, times, self.now(), self.now(),
        )  # fmt: skip

    def notes(self) -> list[Noted]:
        """What waits to be told, in the order in which it first came."""
        return [Noted(*row) for row in self._rows("SELECT kind, detail, times, first, last FROM notes ORDER BY first")]

    def drop_notes(self) -> None:
        """They are on their way: in the outbox, if this is called together with its ``queue``."""
        self._write("DELETE FROM notes")
        self.set_mark("told", self.now())

    def mark(self, name: str) -> int:
        """A number kept under a name; 0 if there is none."""
        rows = self._rows("SELECT value FROM marks WHERE name = ?", name)
        return int(rows[0][0]) if rows else 0

    def set_mark(self, name: str, value: int) -> None:
        """Keep a number."""
        self._write("INSERT OR REPLACE INTO marks VALUES (?, ?)", name, value)
