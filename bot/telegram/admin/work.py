"""Files that came together: those an admin sends one after the other, also as an album, make one draft.

A batch takes in what comes until nothing has come for a moment; then it is closed and read.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from telegram import Document

from index import Person

if TYPE_CHECKING:
    from bot.telegram.sending import Place

MOST_FILES: Final = 30

Key = tuple[int, int, int]  # chat, user, topic


@dataclass(slots=True)
class Batch:
    """``refused`` are lines about files that were not taken; ``message`` the one that shows how far it has come.

    ``check``: the files are to be checked (核对) and not to be kept; ``groups`` are the albums they came in.
    """

    by: Person
    place: Place
    message: int = 0
    documents: list[Document] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    touched: float = 0.0
    check: bool = False
    admin: bool = True
    groups: set[str] = field(default_factory=set)

    def takes(self, check: bool, group: str) -> bool:
        """Whether a file belongs to these: it came in an album with them, or for the same purpose."""
        return (bool(group) and group in self.groups) or check == self.check

    def touch(self) -> None:
        """Something came: wait a little for more."""
        self.touched = asyncio.get_running_loop().time()

    async def settle(self, seconds: float) -> None:
        """Return once nothing has come for this long."""
        loop = asyncio.get_running_loop()
        while (left := self.touched + seconds - loop.time()) > 0:
            await asyncio.sleep(left)


@dataclass(slots=True)
class Work:
    """What admins have under way: open batches, who is deciding which draft, and whose menu is set."""

    batches: dict[Key, Batch] = field(default_factory=dict)
    deciding: dict[str, Person] = field(default_factory=dict)
    introduced: set[int] = field(default_factory=set)
