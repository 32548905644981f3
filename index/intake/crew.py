"""Many files prepared at once, each in one of a few processes of our own; the results keep the order of the files.

``Crew(4).prepared([Path("甲.pdf"), Path("乙.pdf")], None, None)`` yields the documents of 甲, then those of 乙.  Every
process is led by a thread that waits for it.  A process that dies or hangs costs the file it was at, nothing else: the
next file gets a new one.  The processes are started afresh, not forked: a fork would inherit the open index.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Final

from index.intake.prepare import Prepared, prepare
from index.models import Region
from index.read.sandbox import SECONDS, SECONDS_WITH_OCR

COMMAND: Final = (sys.executable, "-m", "index.intake.worker")
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
) -> Iterator[tuple[Path, list[Prepared]]]:
    """The same as Crew.prepared, in this process."""
    for path in paths:
        yield path, prepare(path, region, year)


class _Died(Exception):
    """A process ended before its answer; the message is for the admin."""


class _Worker:
    """One process, asked one thing at a time."""

    def __init__(self, command: Sequence[str]) -> None:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONUTF8": "1"}
        # In a session of its own: Ctrl-C reaches only the writer, which then ends all, with the readers they started.
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, start_new_session=True
        )

    def ask(self, task: object, seconds: float) -> object:
        """The answer to a task; raises _Died if there is none in time."""
        late = threading.Event()

        def stop() -> None:
            late.set()
            self.end()

        timer = threading.Timer(seconds, stop)
        timer.daemon = True
        timer.start()
        try:
            assert self.process.stdin is not None
            assert self.process.stdout is not None
            pickle.dump(task, self.process.stdin)
            self.process.stdin.flush()
            answer: object = pickle.load(self.process.stdout)
            return answer
        except (EOFError, OSError, pickle.UnpicklingError, ValueError) as error:
            self.end()
            if late.is_set():
                raise _Died(f"处理超过 {seconds:.0f} 秒，已停止，未载入") from error
            raise _Died("处理这份文件的进程意外终止（可能内存不足），未载入") from error
        finally:
            timer.cancel()

    def end(self) -> None:
        """Stop the process and what it started."""
        if self.process.poll() is None:
            with contextlib.suppress(OSError):
                if hasattr(os, "killpg"):
                    os.killpg(self.process.pid, signal.SIGKILL)
                else:
                    self.process.kill()
        self.process.wait()

    def forget(self) -> None:
        """Close the pipes of an ended process, when no thread waits at them any more."""
        for stream in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(OSError):
                if stream is not None:
                    stream.close()


class Crew:
    """Up to ``size`` processes.  Close it when done: an interrupted load leaves none behind."""

    def __init__(self, size: int, command: Sequence[str] = COMMAND, seconds: float | None = None) -> None:
        from index.read.image_file import is_installed

        self._command = tuple(command)
        self._seconds = seconds or PARSE_SECONDS + (SECONDS_WITH_OCR if is_installed() else SECONDS)
        self._size = size
        self._threads = ThreadPoolExecutor(size, thread_name_prefix="intake")
        self._idle: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
        self._workers: list[_Worker] = []
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
            worker = _Worker(self._command)
            self._workers.append(worker)
        try:
            answer = worker.ask((path, region, year), self._seconds)
        except _Died as error:
            return [Prepared(path.name, error=str(error))]
        self._idle.put(worker)
        if isinstance(answer, Exception):
            raise answer
        assert isinstance(answer, list)
        return answer
