"""Many files prepared at once, each in one of a few processes of our own; the results keep the order of the files.

``Crew(4).prepared([Path("甲.pdf"), Path("乙.pdf")], None, None)`` yields the documents of 甲, then those of 乙.  Every
process is led by a thread that waits for it.  A process that dies or hangs costs the file it was at, nothing else: the
next file gets a new one.  The processes are started afresh, not forked: a fork would inherit the open index.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import queue
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import IO, Final

from index.intake.prepare import Prepared, prepare
from index.models import Region
from index.read.child import Child, ChildDied, import_path, module
from index.read.reader import Reader
from index.read.sandbox import usual_limits

COMMAND: Final = tuple(module("index.intake.worker"))
PARSE_SECONDS: Final = 120
AHEAD: Final = 4  # files per process that may wait for the writer
# Up to so many bytes of plain text are done before a second process would have started.
SMALL: Final = 300_000
SMALL_APART: Final = 20_000
PLAIN: Final = frozenset({".txt", ".text", ".md", ".csv", ".tsv"})


def cores() -> int:
    """The processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def is_small(paths: Sequence[Path], *, apart: bool = False) -> bool:
    """Is the work over sooner than a process starts?  ``apart``: and of no weight for what else this process does?"""
    with contextlib.suppress(OSError, ValueError):
        if len(paths) < 2 and not apart:
            return True
        size = sum(path.stat().st_size for path in paths if path.exists())
        return all(path.suffix.lower() in PLAIN for path in paths) and size <= (SMALL_APART if apart else SMALL)
    return True


def prepared_here(
    paths: Iterable[Path], region: Region | None, year: int | None
) -> Generator[tuple[Path, list[Prepared]], None, None]:
    """The same as Crew.prepared, in this process.  Close it when done: it may keep a process that reads."""
    with closing(Reader()) as reader:
        for path in paths:
            yield path, prepare(path, region, year, reader)


def _received(answers: IO[bytes]) -> object:
    """A pickled answer.  It is a hundred thousand objects and no garbage, which the collector would look for."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        return pickle.load(answers)
    finally:
        if collecting:
            gc.enable()


class Crew:
    """Up to ``size`` processes.  Close it when done: an interrupted load leaves none behind."""

    def __init__(self, size: int, command: Sequence[str] = COMMAND, seconds: float | None = None) -> None:
        self._command = tuple(command)
        self._seconds = seconds or PARSE_SECONDS + usual_limits()[0]
        self._size = size
        self._threads = ThreadPoolExecutor(size, thread_name_prefix="intake")
        self._idle: queue.SimpleQueue[Child] = queue.SimpleQueue()
        self._workers: list[Child] = []
        self._closed = False

    def prepared(
        self, paths: Iterable[Path], region: Region | None, year: int | None
    ) -> Iterator[tuple[Path, list[Prepared]]]:
        """Each path with its documents, in order.  Raises LexiconError."""
        waiting: deque[tuple[Path, Future[list[Prepared]]]] = deque()
        for path in paths:
            waiting.append((path, self._threads.submit(self._prepare, path, region, year)))
            if len(waiting) >= AHEAD * self._size:
                first, future = waiting.popleft()
                yield first, future.result()
        for first, future in waiting:
            yield first, future.result()

    def close(self) -> None:
        """End all processes."""
        self._closed = True
        for worker in self._workers:
            worker.end()
        self._threads.shutdown(cancel_futures=True)
        for worker in self._workers:
            worker.end()
            worker.forget()

    def _prepare(self, path: Path, region: Region | None, year: int | None) -> list[Prepared]:
        if self._closed:
            return []
        try:
            worker = self._idle.get_nowait()
        except queue.Empty:
            worker = self._started()
        try:
            answer: object = worker.ask(pickle.dumps((path, region, year)), _received, self._seconds)
        except ChildDied as died:
            worker.forget()
            if died.late:
                return [Prepared(path.name, error=f"处理超过 {self._seconds:.0f} 秒，已停止，未载入")]
            return [Prepared(path.name, error="处理这份文件的进程意外终止（可能内存不足），未载入")]
        self._idle.put(worker)
        if isinstance(answer, Exception):
            raise answer
        assert isinstance(answer, list)
        return answer

    def _started(self) -> Child:
        environment = {**os.environ, "PYTHONPATH": import_path(), "PYTHONUTF8": "1"}
        # A group of its own: Ctrl-C reaches only the writer, which then ends all, with the readers they started.
        worker = Child(self._command, environment, group=True)
        self._workers.append(worker)
        return worker
