"""Who may do what: ask, or look after the index; from the lists of the settings and what /allow and /deny have said.

    Access(users={1001}, chats={-1001}).allows(user=1002, chat=-1001) -> True: all members of a listed group may ask
    Access(admins={1001}, admin_chats={-5}).administers(1001, -6)     -> False: an admin, but not in that group

Telegram brings inline queries and button presses from anywhere, so the gates here stand before all handlers.  A denial
beats every list; owners stand in the settings alone and cannot be denied.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Literal

Role = Literal["owner", "admin", "asker", "stranger", "denied"]

ROLE_NAMES: Final[dict[Role, str]] = {
    "owner": "机主", "admin": "管理员", "asker": "可提问", "stranger": "名单外", "denied": "已禁用",
}  # fmt: skip


def _nobody(user: int) -> str:
    return ""


def _never(chat: int) -> tuple[int, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Access:
    """Two empty lists of askers are an open bot.  ``kept`` gives the role a command has given: asker, admin, denied.

    A listed user may ask anywhere; an unlisted one only in a listed chat.  ``former`` gives the numbers that a group
    had before it became a supergroup: listed once is listed for good.
    """

    users: frozenset[int] = field(default_factory=frozenset)
    chats: frozenset[int] = field(default_factory=frozenset)
    owners: frozenset[int] = field(default_factory=frozenset)
    admins: frozenset[int] = field(default_factory=frozenset)
    admin_chats: frozenset[int] = field(default_factory=frozenset)
    kept: Callable[[int], str] = _nobody
    former: Callable[[int], tuple[int, ...]] = _never

    @property
    def open(self) -> bool:
        """Everyone may ask who was not denied."""
        return not (self.users or self.chats)

    def role(self, user: int | None) -> Role:
        """What a user is; None (an update that names nobody) is an asker of an open bot."""
        if user is None:
            return "asker" if self.open else "stranger"
        if user in self.owners:
            return "owner"
        kept = self.kept(user)
        if kept == "denied":
            return "denied"
        if user in self.admins or kept == "admin":
            return "admin"
        return "asker" if self.open or user in self.users or kept == "asker" else "stranger"

    def allows(self, user: int | None, chat: int | None) -> bool:
        """Whether this user may ask in this chat; None where the update names none."""
        role = self.role(user)
        return role != "denied" and (role != "stranger" or self._is_in(chat, self.chats))

    def allows_group(self, chat: int) -> bool:
        """Whether the bot may stay in a group: an open bot stays anywhere, a closed one where the chat is listed."""
        return self.open or self._is_in(chat, self.chats | self.admin_chats)

    def administers(self, user: int | None, chat: int | None) -> bool:
        """Whether this user may do an admin's work in this chat: in private, or in a group named for it."""
        if user is None or chat is None or self.role(user) not in ("owner", "admin"):
            return False
        return chat == user or self._is_in(chat, self.admin_chats)

    def _is_in(self, chat: int | None, listed: frozenset[int]) -> bool:
        if chat is None or not listed:
            return False
        return chat in listed or any(one in listed for one in self.former(chat))
