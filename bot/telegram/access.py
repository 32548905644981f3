"""Who may ask: everybody, or the users and chats of two lists; and how much in an hour.

    Access(users={1001}, chats={-1001}).allows(user=1002, chat=-1001) -> True: all members of a listed group may ask

Telegram brings inline queries and button presses from anywhere, so the one gate here stands before all handlers.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Access:
    """Two empty lists are an open bot.  A listed user may ask anywhere; an unlisted one only in a listed chat."""

    users: frozenset[int] = field(default_factory=frozenset)
    chats: frozenset[int] = field(default_factory=frozenset)

    @property
    def open(self) -> bool:
        """Everyone may ask."""
        return not (self.users or self.chats)

    def allows(self, user: int | None, chat: int | None) -> bool:
        """Whether this user may ask in this chat; None where the update names none."""
        return self.open or user in self.users or chat in self.chats

    def allows_group(self, chat: int) -> bool:
        """Whether the bot may stay in a group: an open bot stays anywhere, a closed one where the chat is listed."""
        return self.open or chat in self.chats
