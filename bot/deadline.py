"""A deadline for what this process does itself: the commands that answer on the terminal.

    with within(2.0):
        assistant.ask(question)        -> TookTooLong once two seconds are over

It is the time of the processor that counts, so that a busy machine or a slow disk changes no answer.  Python is
interrupted wherever it is, so what was being worked with may be half done: take a new one.  (The bot has processes that
can be ended, see ``bot.telegram.desk_process``: there nothing is left behind at all.)
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

from index import YusuanError

AGAIN: Final = 0.05  # seconds after which an interruption that was swallowed is repeated
LINE: Final = "这个问题算得太久（超过 {seconds:g} 秒），没有算出来，不是报告里没有；请写短些再问"


class TookTooLong(YusuanError):
    """The deadline was over before the work."""


class _Interrupted(BaseException):
    """Not an Exception: nothing on the way may take it for its own."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Interrupt what is done inside after so many seconds; without alarms (Windows, threads) there is no limit."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    inside = True

    def interrupt(_: int, __: FrameType | None) -> None:
        if inside:
            raise _Interrupted

    before = signal.signal(signal.SIGPROF, interrupt)
    try:
        signal.setitimer(signal.ITIMER_PROF, seconds, AGAIN)
        yield
        inside = False
    except _Interrupted as error:
        inside = False
        raise TookTooLong(LINE.format(seconds=seconds)) from error
    finally:
        inside = False
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
