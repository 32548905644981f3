"""What went wrong while nobody looked, told to the owners in one short message, at most one an hour.

    notes.note("deadline")                            from any thread; what is noted survives a restart
    notes.note("damage", "索引损坏，已换回第12版")   -> 「· 发现损坏：索引损坏，已换回第12版」

``Line`` notes by itself when Telegram could not be reached for long.
"""

from __future__ import annotations

import datetime
import logging
from collections.abc import Collection, Sequence
from itertools import groupby
from typing import Final

from telegram.error import BadRequest, TelegramError
from telegram.ext import ExtBot

from bot.telegram.limiter import Pace
from bot.telegram.page import escaped
from bot.telegram.state import Noted, State, StateError
from bot.telegram.texts import NOTES, NOTES_MORE, NOTES_OTHER, NOTES_TITLE

log = logging.getLogger(__name__)

_MOST_LINES: Final = 5  # of a kind


class Notes:
    """Kinds are those of ``texts.NOTES``; another one is told by its name and detail."""

    def __init__(self, state: State, owners: Collection[int], pace: Pace) -> None:
        self._state = state
        self._owners = owners
        self._pace = pace

    def note(self, kind: str, detail: str = "", times: int = 1) -> None:
        """Something happened that owners should hear of; never raises."""
        log.warning("noted for the owners: %s %s", kind, detail)
        try:
            self._state.add_note(kind, detail, times)
        except StateError as error:
            log.error("it could not be noted: %s", error)

    def tell(self) -> bool:
        """Put what there is into the outbox, if the last message is more than an hour old; whether there was any."""
        state = self._state
        if state.now() - state.mark("told") < self._pace.tell:
            return False
        noted = state.notes()
        if not noted:
            return False
        with state.together():
            for owner in self._owners:
                state.queue(owner, -state.now(), told(noted))
            state.drop_notes()
        return True


def told(noted: Sequence[Noted]) -> str:
    """The message: a line for each thing, of each kind only a few."""
    lines = [f"<b>{NOTES_TITLE}</b>"]
    for _, group in groupby(sorted(noted, key=lambda one: one.kind), key=lambda one: one.kind):
        some = list(group)
        lines += [_line(one) for one in some[:_MOST_LINES]]
        if len(some) > _MOST_LINES:
            lines.append(NOTES_MORE.format(more=len(some) - _MOST_LINES))
    return "\n".join(lines)


def _line(one: Noted) -> str:
    first, last = clock(one.first), clock(one.last)
    when = first if first == last else f"{first}—{last}"
    text = NOTES.get(one.kind, NOTES_OTHER)
    return escaped(text.format(kind=one.kind, detail=one.detail, times=one.times, when=when))


def clock(at: int) -> str:
    """Day and minute by the clock on the wall."""
    return datetime.datetime.fromtimestamp(at).strftime("%m-%d %H:%M")


class Line:
    """Whether Telegram can be reached; since when not is kept, so that a restart does not hide it."""

    def __init__(self, state: State, notes: Notes, pace: Pace) -> None:
        self._state = state
        self._notes = notes
        self._pace = pace
        self._lost = bool(state.mark("lost"))
        self._probed = state.now()

    def lost(self) -> None:
        """A call was not answered."""
        if not self._lost:
            self._lost = True
            self._state.set_mark("lost", self._state.now())

    async def probe(self, bot: ExtBot[int]) -> None:
        """Ask whether Telegram can be reached, if it could not be and once in a while; note how long it could not."""
        if not self._lost and self._state.now() - self._probed < self._pace.probe:
            return
        self._probed = self._state.now()
        try:
            await bot.get_me(rate_limit_args=0)
        except BadRequest:
            pass  # it spoke
        except TelegramError:
            self.lost()
            return
        if not self._lost:
            return
        self._lost = False
        since, now = self._state.mark("lost"), self._state.now()
        self._state.set_mark("lost", 0)
        if since and now - since >= self._pace.unreachable:
            detail = f"{clock(since)}—{clock(now)}，约 {max(1, round((now - since) / 60))} 分钟"
            self._notes.note("unreachable", detail)
