"""A process that answers: a question that takes too long ends it, and nothing else.

    process = DeskProcess(Path("data/index.db"), seconds=2.0, wall=6.0)
    process.ask(Desk.recall, ("140404_2023_gp-exp-205_--g",)) -> Turn        process.ask(endless, ()) -> Overdue

The clocks are the kernel's (SIGPROF and SIGALRM, which nothing catches): they also end what never comes back from C,
and a process whose bot has been killed meanwhile. ``seconds`` are those of the processor, so that a machine that is
busy with something else refuses nobody; by the clock on the wall it may be more (``wall``). The parent looks at
its own clock only where there are no such alarms, or where even they do not help. Processes are forked from a server
that has imported everything and made all it needs of the word lists (``desk_forge``).
"""

from __future__ import annotations

import logging
import pickle
import signal
import time
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final

from index import Desk, Forked, YusuanError, fingerprint, preload, read_word_lists

log = logging.getLogger(__name__)

REOPENING: Final = 30.0  # seconds a desk may take to open a new version of the index
SLACK: Final = 1.0  # seconds after which the parent does itself what the alarm should have done
STARTING: Final = 60.0
MEMORY: Final = 1 << 30  # bytes of its own that a process may ask for; the mapped index is not counted
HAS_ALARM: Final = hasattr(signal, "setitimer")
_ALARMS: Final = {-int(getattr(signal, name, 0)) for name in ("SIGALRM", "SIGPROF")} - {0}
preload("bot.telegram.desk_forge")
fingerprint()  # of the word lists that the server reads now: what is edited later counts from the next start


class Overdue(YusuanError):
    """An answer was not there at its deadline."""


class Lost(YusuanError):
    """The process that was to answer has died of something else."""


class DeskProcess:
    """A process with a desk of its own, for one caller at a time.  Once a question was not answered it has ended."""

    def __init__(self, db: Path, seconds: float, wall: float) -> None:
        self._seconds, self._wall = seconds, wall
        self._asked = False
        self.prepared = False  # for what few questions need, see ``Desks``
        self._process = Forked(serve, (db, seconds, wall), "yusuan-desk")
        self._pipe = self._process.pipe

    @property
    def pid(self) -> int | None:
        """Its number."""
        return self._process.pid

    @property
    def is_fresh(self) -> bool:
        """Nobody has asked it anything: what it dies of is what it is asked next."""
        return not self._asked

    def is_ready(self) -> bool:
        """Wait until it has opened what it needs; False if it died of that."""
        try:
            return self._pipe.poll(STARTING) and self._pipe.recv() is None
        except (EOFError, OSError):
            return False

    def ask(self, work: Callable[..., Any], args: tuple[Any, ...]) -> Any:
        """What the desk makes of it; raises what it raises there, else Overdue or Lost."""
        question = pickle.dumps((work, args))
        began = time.monotonic()
        try:
            self._pipe.send_bytes(question)
            if not self._pipe.poll(self._wall + SLACK + (REOPENING if HAS_ALARM else 0)):
                raise TimeoutError
            done, found = self._pipe.recv()
        except Exception as error:  # what does not arrive whole, too
            code = self.end(dead=isinstance(error, EOFError))
            late = isinstance(error, TimeoutError) or code in _ALARMS or time.monotonic() - began >= self._seconds
            raise Overdue if late else Lost(f"exit code {code}") from error
        self._asked = True
        if done:
            return found
        raise found

    def kill(self) -> None:
        """End it whatever it is doing; a caller that waits for it gets Lost."""
        self._process.kill()

    def end(self, *, dead: bool = False) -> int | None:
        """End it, unless it is ``dead`` already, and forget it; its exit code."""
        return self._process.end(dead=dead)


# ---------------------------------------------------------------------------------------------- in the process


def serve(pipe: Connection, db: Path, seconds: float, wall: float) -> None:
    """Answer until the parent closes its end or is gone."""
    for name in ("SIGINT", "SIGTERM"):  # for the parent, which then closes the pipe when all is answered
        if number := getattr(signal, name, None):
            signal.signal(number, signal.SIG_IGN)
    if HAS_ALARM:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
    _limit_memory()
    desk: Desk | None = None
    try:
        desk = _warmed(db)
    except YusuanError:
        log.debug("no index yet")  # said to those who ask
    _send(pipe, None)
    while True:
        try:
            work, args = pipe.recv()
        except (EOFError, OSError):
            return
        answer: tuple[bool, Any]
        try:
            _alarms(REOPENING, REOPENING)
            desk = desk or Desk(db)
            desk.refresh()
            if prepare := getattr(work, "prepare", None):  # a library that it alone needs is nobody's question either
                prepare()
            _alarms(seconds, wall)
            answer = (True, work(desk, *args))
        except Exception as error:
            error.__dict__["frames"] = traceback.format_tb(error.__traceback__)  # does not travel by itself
            answer = (False, error)
        _send(pipe, answer)
        _alarms(0, 0)
        if isinstance(answer[1], MemoryError):
            return


def _send(pipe: Connection, answer: tuple[bool, Any] | None) -> None:
    try:
        pipe.send(answer)
    except (TypeError, AttributeError, pickle.PicklingError) as error:
        pipe.send((False, TypeError(f"an answer that cannot be sent ({type(error).__name__})")))
    except BrokenPipeError:
        return


def _warmed(db: Path) -> Desk:
    """A desk that has read its word lists, so that the first question is no slower than the second."""
    if not Forked.FORKS:
        read_word_lists()  # else the server has
    desk = Desk(db)
    for question in desk.samples()[:1]:
        desk.converse(question)
    return desk


def _alarms(processor: float, wall: float) -> None:
    if HAS_ALARM:
        signal.setitimer(signal.ITIMER_PROF, processor)
        signal.setitimer(signal.ITIMER_REAL, wall)


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:
        return
    hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard), hard))
