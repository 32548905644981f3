"""Who was let in or kept out by a command, as it is kept beside the lists of the settings.

people.set_role(1002, "asker", by=1001)      people.role(1002) -> "asker"
"""

from __future__ import annotations

from typing import NamedTuple

from bot.telegram.state.file import StateFile


class Known(NamedTuple):
    """``role`` is asker, admin or denied; ``by`` who said so, ``at`` when."""

    user: int
    role: str
    by: int
    at: int


class People(StateFile):
    """Roles given by /allow and /deny."""

    def role(self, user: int) -> str:
        """asker, admin, denied, or "" for somebody nobody spoke of."""
        rows = self._rows("SELECT role FROM people WHERE user = ?", user)
        return str(rows[0][0]) if rows else ""

    def set_role(self, user: int, role: str, by: int) -> None:
        """Give a role; "" forgets the user."""
        if role:
            self._write("INSERT OR REPLACE INTO people VALUES (?, ?, ?, ?)", user, role, by, self.now())
        else:
            self._write("DELETE FROM people WHERE user = ?", user)

    def people(self) -> list[Known]:
        """All of them, by role and number."""
        return [Known(*row) for row in self._rows("SELECT user, role, by, at FROM people ORDER BY role, user")]
