"""What the page remembers of a visitor, in memory alone: who it is, and the last answers, so that one can ask on.

    session = sessions.begin("asker")        sessions.of(session.name) -> the same, until it is idle for twelve hours

Nothing is written to disk; after a restart one comes in anew.  There is room for so many visitors and answers, then
those that were idle for longest are forgotten.
"""

from __future__ import annotations

import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Literal

from bot.web.acts import State
from bot.web.pieces import Piece

IDLE: Final = 12 * 3600.0
MOST: Final = 1_000
MOST_ANSWERS: Final = 10

Means = Literal["open", "token", "admin token", "telegram"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A question with its answer, and what the dialogue had come to; ``before`` is what it went on from."""

    number: int
    question: str
    piece: Piece
    state: State
    before: State = None


@dataclass(slots=True)
class Session:
    """``name`` is the secret in the cookie; ``user`` is Telegram's number of who came in by Telegram, else 0."""

    name: str
    means: Means
    user: int = 0
    at: float = 0.0
    asked: int = 0
    entries: OrderedDict[int, Entry] = field(default_factory=OrderedDict)

    def keep(self, question: str, piece: Piece, state: State, before: State = None) -> Entry:
        """Remember an answer; the oldest is forgotten."""
        self.asked += 1
        entry = Entry(self.asked, question, piece, state, before)
        self.entries[entry.number] = entry
        while len(self.entries) > MOST_ANSWERS:
            self.entries.popitem(last=False)
        return entry


class Sessions:
    """All visitors of one process."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._all: OrderedDict[str, Session] = OrderedDict()

    def begin(self, means: Means, user: int = 0) -> Session:
        """A new visitor."""
        session = Session(secrets.token_urlsafe(32), means, user, self._clock())
        self._all[session.name] = session
        while len(self._all) > MOST:
            self._all.popitem(last=False)
        return session

    def of(self, name: str) -> Session | None:
        """The visitor with this cookie, if known and not idle for too long."""
        session = self._all.get(name)
        if session is None:
            return None
        now = self._clock()
        if now - session.at > IDLE:
            del self._all[name]
            return None
        session.at = now
        self._all.move_to_end(name)
        return session

    def end(self, name: str) -> None:
        """Forget a visitor."""
        self._all.pop(name, None)
