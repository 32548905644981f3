"""What checks have found, while the process lives: their pages are turned, and a next version is compared with it.

A file that is only checked is kept nowhere else; after a restart it has to be sent again.
"""

from __future__ import annotations

import secrets
import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from index import Aside, Checked, Finding

MOST: Final = 100
MOST_SLIPS: Final = 1_000  # of one check
SECONDS: Final = 12 * 3600.0


@dataclass(slots=True)
class Kept:
    """The files of one check.  ``slips`` are numbered once for all: the number of the file, and what was found;
    ``left`` counts those that are too many for a chat.  ``alone``: the files are no drafts.  ``told`` are the parts of
    pages that have been made."""

    id: str
    chat: int
    results: list[Checked]
    slips: tuple[tuple[int, Finding], ...]
    at: float
    alone: bool
    left: int = 0
    told: dict[tuple[int, str], Any] = field(default_factory=dict)

    def is_aside(self, number: int) -> Aside | None:
        """Why a slip was put aside; None if it was not."""
        file, finding = self.slips[number]
        return next((one for one in self.results[file].aside if one.finding == finding), None)


class Memory:
    """The latest checks of all chats."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Kept] = OrderedDict()

    def keep(self, chat: int, results: Sequence[Checked], *, alone: bool) -> Kept:
        """Keep what was found, each file beside the version before it that this chat had checked, if the ledger knows
        none; ``alone``: the files are no drafts, nothing else is kept of them."""
        self._forget()
        earlier = [one for kept in reversed(self._kept.values()) if kept.chat == chat for one in kept.results]
        compared = [_compared(one, earlier) for one in results]
        slips = [(file, slip) for file, one in enumerate(compared) for slip in one.findings]
        slips += [(file, aside.finding) for file, one in enumerate(compared) for aside in one.aside]
        left = max(0, len(slips) - MOST_SLIPS)
        kept = Kept(secrets.token_hex(4), chat, compared, tuple(slips[:MOST_SLIPS]), time.monotonic(), alone, left)
        self._kept[kept.id] = kept
        return kept

    def get(self, id: str, chat: int) -> Kept | None:
        """A check of this chat."""
        self._forget()
        kept = self._kept.get(id)
        return kept if kept is not None and kept.chat == chat else None

    def _forget(self) -> None:
        late = time.monotonic() - SECONDS
        for id in [id for id, kept in self._kept.items() if kept.at < late]:
            del self._kept[id]
        while len(self._kept) >= MOST:
            self._kept.popitem(last=False)


def _compared(one: Checked, earlier: Sequence[Checked]) -> Checked:
    if one.before or one.error:
        return one
    before = next((other for other in earlier if one.follows(other)), None)
    return one.beside(before) if before is not None else one
