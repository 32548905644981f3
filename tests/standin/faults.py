"""Misbehaviour on purpose: refusals by overload, server errors, dropped connections, duplicate and late updates.

    telegram.faults.every(5, drop(), server_error(), too_many(0.05))   # every fifth call fails, the faults in turn
    telegram.faults.every(1, too_many(1), methods={"sendMessage"})  # until clear()
    telegram.faults.once("sendMessage", too_many(1), drop())        # the next two sendMessage fail, one each
    telegram.faults.duplicate_updates(every=1); telegram.faults.late_updates(0.2)
    telegram.faults.flood_control(per_chat=1.0, per_second=30, per_minute_in_group=20)   # as Telegram counts
    telegram.faults.clear(); telegram.faults.injected               # how many calls failed on purpose

A failed call is not carried out, except with ``drop(after=True)``: then it is, and the answer is lost; a bot cannot
tell the two apart.  ``getUpdates`` only fails when ``methods`` names it.  All times are seconds.
"""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Collection
from dataclasses import dataclass, field

from tests.standin.refusal import Refused
from tests.standin.state import Json, State


@dataclass(frozen=True, slots=True)
class Fault:
    """``code`` 0 drops the connection; ``after`` first carries the call out."""

    code: int
    retry_after: float = 0
    after: bool = False

    def refused(self) -> Refused:
        """The answer of this fault."""
        if self.code == 429:
            return Refused(429, f"Too Many Requests: retry after {self.retry_after}", retry_after=self.retry_after)
        return Refused(self.code, "" if self.code == 500 else "Bad Gateway")


def too_many(retry_after: float = 1) -> Fault:
    """429 with ``retry_after`` in seconds; Telegram sends whole ones, a fraction keeps a test quick."""
    assert retry_after > 0, "the library takes 429 with 0 seconds for a mere network error"
    return Fault(429, retry_after)


def server_error(code: int = 500) -> Fault:
    """500, or another 5xx."""
    return Fault(code)


def drop(after: bool = False) -> Fault:
    """The connection is closed without an answer."""
    return Fault(0, after=after)


@dataclass(slots=True)
class Rule:
    """Every ``n``-th call of ``methods`` (None: all but getUpdates) fails."""

    n: int
    faults: tuple[Fault, ...]
    methods: Collection[str] | None
    seen: int = 0

    def hit(self, method: str) -> Fault | None:
        """The fault for this call."""
        if method not in self.methods if self.methods is not None else method == "getUpdates":
            return None
        self.seen += 1
        return self.faults[(self.seen // self.n - 1) % len(self.faults)] if self.seen % self.n == 0 else None


@dataclass(slots=True)
class Flood:
    """Telegram's own limits on sending."""

    per_chat: float
    per_second: int
    per_minute_in_group: int
    sent: dict[int, deque[float]] = field(default_factory=dict)
    everywhere: deque[float] = field(default_factory=deque)

    def wait(self, chat: int, now: float) -> float:
        """Seconds until a message to the chat may be sent; counts it when that is now."""
        times = self.sent.setdefault(chat, deque(maxlen=max(self.per_minute_in_group, 1)))
        waits = [times[-1] + self.per_chat - now] if times else [0.0]
        if len(self.everywhere) >= self.per_second:
            waits.append(self.everywhere[-self.per_second] + 1 - now)
        if chat < 0 and len(times) == times.maxlen:
            waits.append(times[0] + 60 - now)
        if max(waits) <= 0:
            times.append(now)
            self.everywhere.append(now)
            while len(self.everywhere) > self.per_second:
                self.everywhere.popleft()
        return max(*waits, 0.0)


class Faults:
    """See the module."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.injected = 0
        self._rules: list[Rule] = []
        self._once: dict[str, deque[Fault]] = {}
        self._flood: Flood | None = None

    def every(self, n: int, *faults: Fault, methods: Collection[str] | None = None) -> None:
        """From now on every n-th call fails, the faults taking turns."""
        assert n >= 1 and faults
        with self.state.changed:
            self._rules.append(Rule(n, faults, methods))

    def once(self, method: str, *faults: Fault) -> None:
        """The next calls of a method fail, one per fault."""
        with self.state.changed:
            self._once.setdefault(method, deque()).extend(faults)

    def duplicate_updates(self, every: int = 1) -> None:
        """Every n-th update from now on is given out twice, with the same update_id; 0 ends it."""
        with self.state.changed:
            self.state.duplicate_every = every

    def late_updates(self, delay: float) -> None:
        """Updates from now on wait ``delay`` seconds; they keep their date and are numbered when they are given out."""
        with self.state.changed:
            self.state.delay = delay

    def flood_control(self, per_chat: float = 1.0, per_second: int = 30, per_minute_in_group: int = 20) -> None:
        """Refuse messages that come too fast."""
        with self.state.changed:
            self._flood = Flood(per_chat, per_second, per_minute_in_group)

    def clear(self) -> None:
        """Behave again."""
        with self.state.changed:
            self._rules, self._once, self._flood = [], {}, None
            self.state.delay, self.state.duplicate_every = 0.0, 0

    def hit(self, method: str, params: Json) -> Fault | None:
        """The fault for a call that is about to be carried out; the caller holds the lock."""
        waiting = self._once.get(method)
        fault = waiting.popleft() if waiting else None
        for rule in self._rules:
            fault = fault or rule.hit(method)
        if (
            fault is None
            and self._flood
            and method.startswith(("send", "copy", "forward"))
            and method != "sendChatAction"
        ):
            chat = params.get("chat_id")
            wait = self._flood.wait(chat, time.monotonic()) if isinstance(chat, int) else 0
            fault = too_many(math.ceil(wait)) if wait > 0 else None
        if fault is not None:
            self.injected += 1
        return fault
