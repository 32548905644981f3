"""The processes that answer, a thread leading each, so that answering never holds up the event loop nor itself.

    await desks.run(Desk.converse, "上党区2023年教育支出多少")

What is run is a function that a process can import by its name, with what it is given and gives back in plain values.
It has a deadline: past it Overdue is raised here, and a new process takes the place of the one that was late.  An index
that cannot be opened raises YusuanError to the caller.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import queue
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock, Timer
from typing import Concatenate, Final, ParamSpec, TypeVar

from bot.telegram.desk_process import DeskProcess, Lost, Overdue
from index import Desk

log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")

AFTERWARDS: Final = 2.0  # seconds after the start: what waited to be answered goes first
SECONDS: Final = 2.0
WALL: Final = 3.0  # seconds on the wall for one of the processor


def cores() -> int:
    """The processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Desks:
    """``count`` processes (0: one for each core) on one index.

    An answer may take ``seconds`` of the processor, and ``wall`` by the clock (0: three times as many).  ``prepare`` is
    done in each of them once, while it is idle: what takes time and only few questions need.
    """

    def __init__(
        self, db: Path, count: int = 0, seconds: float = SECONDS, wall: float = 0.0,
        prepare: Callable[[Desk], None] | None = None,
    ) -> None:  # fmt: skip
        self._db = db
        self._count = count or cores()
        self._seconds = seconds
        self._wall = wall or seconds * WALL
        self._idle: queue.SimpleQueue[DeskProcess] = queue.SimpleQueue()
        self._all: set[DeskProcess] = set()
        self._lock = Lock()
        self._choosing = Lock()
        self._closed = False
        self._prepare = prepare
        self._later: Timer | None = None
        self._pool = ThreadPoolExecutor(self._count, thread_name_prefix="desk")

    def start(self) -> None:
        """Have the processes started before anybody asks; nobody waits for that."""
        for _ in range(self._count):
            self._refill()

    async def run(self, work: Callable[Concatenate[Desk, P], T], *args: P.args, **_: P.kwargs) -> T:
        """Let a desk do some work; what it raises is raised here, and Overdue or Lost."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, self._done, work, args)

    def close(self) -> None:
        """Let go of the index; what is still being worked on is given up."""
        self.give_up()
        self._pool.shutdown(wait=True, cancel_futures=True)
        with self._lock:
            processes, self._all = self._all, set()
        for process in processes:
            process.end()

    def give_up(self) -> None:
        """Answer nothing more: whoever waits gets Lost."""
        self._closed = True
        with self._lock:
            if self._later is not None:
                self._later.cancel()
            for process in self._all:
                process.kill()

    def pids(self) -> list[int]:
        """The numbers of the processes there are now."""
        with self._lock:
            return [pid for one in self._all if (pid := one.pid) is not None]

    def _done(self, work: Callable[..., T], args: tuple[object, ...]) -> T:
        while True:
            if self._closed:
                raise Lost("closed")
            process = self._taken()
            fresh = process.is_fresh
            try:
                found: T = process.ask(work, args)
            except (Overdue, Lost, MemoryError) as error:
                self._forget(process)
                log.warning("a desk has to be replaced: %s", type(error).__name__)
                if isinstance(error, MemoryError):
                    error = Lost("memory")
                if isinstance(error, Overdue) or fresh or self._closed:
                    self._refill()
                    raise error from None
            except BaseException:
                self._idle.put(process)
                raise
            else:
                self._idle.put(process)
                return found

    def _taken(self) -> DeskProcess:
        """An idle process, or a new one: there are never more callers than threads."""
        try:
            with self._choosing:
                return self._idle.get_nowait()
        except queue.Empty:
            return self._started()

    def _prepare_later(self) -> None:
        """See to it that every process gets prepared, if that is wanted."""
        with self._lock:
            if self._prepare is None or self._closed or self._later or all(one.prepared for one in self._all):
                return
            self._later = Timer(AFTERWARDS, self._submit, (self._prepare_next,))
            self._later.daemon = True
            self._later.start()

    def _prepare_next(self) -> None:
        """Prepare one idle process, then another: one by one, so that the others answer meanwhile."""
        self._later = None
        with self._choosing:
            idle = [self._idle.get_nowait() for _ in range(self._idle.qsize())]
            process = next((one for one in idle if not one.prepared), None)
            for one in idle:
                if one is not process:
                    self._idle.put(one)
        if process is None:
            self._prepare_later()
        elif self._prepared(process):
            self._idle.put(process)
            self._submit(self._prepare_next)

    def _prepared(self, process: DeskProcess) -> bool:
        """Have a process prepare itself; False if it has ended of that."""
        process.prepared = True
        try:
            if self._prepare is not None:
                process.ask(self._prepare, ())
        except (Overdue, Lost) as error:
            if not self._closed:
                log.warning("a desk could not be prepared: %s", error)
            self._forget(process)
            return False
        except Exception:
            log.warning("a desk could not be prepared", exc_info=True)
        return True

    def _refill(self) -> None:
        self._submit(self._replace)

    def _submit(self, work: Callable[[], None]) -> None:
        with contextlib.suppress(RuntimeError):  # closed meanwhile
            self._pool.submit(work)

    def _replace(self) -> None:
        """One more idle process, if there are not enough of them yet."""
        with self._lock:
            enough = len(self._all) >= self._count
        if not enough and not self._closed:
            try:
                self._idle.put(self._started())
            except (Lost, OSError) as error:
                log.warning("a desk could not be set up: %s", error)

    def _started(self) -> DeskProcess:
        process = DeskProcess(self._db, self._seconds, self._wall)
        with self._lock:
            self._all.add(process)
        if not process.is_ready():
            self._forget(process)
            raise Lost("not started")
        self._prepare_later()
        return process

    def _forget(self, process: DeskProcess) -> None:
        process.end()
        with self._lock:
            self._all.discard(process)
