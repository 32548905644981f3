"""Many files prepared at once, each in one of a few processes of our own; the results keep the order of the files.

``Crew(4).prepared([Path("甲.pdf"), Path("乙.pdf")], None, None)`` yields the documents of 甲, then those of 乙.  Every
process is led by a thread that waits for it.  A process that dies or hangs costs the file it was at, nothing else: the
next file gets a new one.  None is forked from this process, whose open index it would inherit: they are started afresh,
or, where others are answered meanwhile, forked from the server that desks are forked from (``index.forked``).
"""

from __future__ import annotations

import contextlib
import itertools
import os
import pickle
import queue
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import closing
from pathlib import Path
from typing import Final

from index.intake.forked import forked
from index.intake.parcel import received
from index.intake.prepare import Prepared, prepare
from index.models import Region
from index.read.child import Child, ChildDied, import_path, module, waited
from index.read.reader import Reader
from index.read.sandbox import usual_limits

COMMAND: Final = tuple(module("index.intake.worker"))
HUSHED: Final = "--hushed"  # for all but the first process: what a system lacks is said once
PARSE_SECONDS: Final = 120
AHEAD: Final = 12  # files per process that are begun together; twice as many may wait for the writer
# Up to so many bytes of plain text are done before a process would have started; for all else there is one that can be
# ended.
SMALL: Final = 100_000
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
        if len(paths) < 2 and not apart and not any(path.exists() for path in paths):
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


def _largest_first(files: Sequence[Path], group: int) -> Iterator[int]:
    """The numbers of the files, group by group, in each the largest first."""

    def size(number: int) -> int:
        with contextlib.suppress(OSError, ValueError):
            return files[number].stat().st_size
        return 0

    for start in range(0, len(files), group):
        yield from sorted(range(start, min(start + group, len(files))), key=lambda number: (-size(number), number))


class Crew:
    """Up to ``size`` processes.  Close it when done: an interrupted load leaves none behind.

    ``apart`` is for a process that has others to serve meanwhile: the processes are forked, and give way to those.
    """

    def __init__(
        self, size: int, command: Sequence[str] = COMMAND, seconds: float | None = None, *, apart: bool = False
    ) -> None:
        self._command = tuple(command)
        self._apart = apart
        self._seconds = seconds or PARSE_SECONDS + usual_limits()[0]
        self._size = size
        self._threads = ThreadPoolExecutor(size, thread_name_prefix="intake")
        self._idle: queue.SimpleQueue[Child] = queue.SimpleQueue()
        self._workers: list[Child] = []
        self._numbers = itertools.count()
        self._closed = False

    def prepared(
        self, paths: Iterable[Path], region: Region | None, year: int | None
    ) -> Iterator[tuple[Path, list[Prepared]]]:
        """Each path with its documents, in order.  Raises LexiconError.

        Of the files that may be begun the largest is begun first: a long one at the end would be waited for alone.
        """
        files = list(paths)
        order = list(_largest_first(files, AHEAD * self._size))
        begun: dict[int, Future[list[Prepared]]] = {}
        for number, path in enumerate(files):
            while order and len(begun) < AHEAD * self._size * 2:
                next_one = order.pop(0)
                begun[next_one] = self._threads.submit(self._prepare, files[next_one], region, year)
            result = begun.pop(number)
            waited(lambda seconds, result=result: bool(wait([result], seconds).done))  # type: ignore[misc]
            yield path, result.result()

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
            answer: object = worker.ask(pickle.dumps((path, region, year)), received, self._seconds)
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
        hushed = next(self._numbers) > 0
        if self._apart:
            worker = forked(hushed)
        else:
            environment = {**os.environ, "PYTHONPATH": import_path(), "PYTHONUTF8": "1"}
            command = (*self._command, HUSHED) if hushed else self._command
            # A group of its own: Ctrl-C reaches only the writer, which then ends all, with the readers they started.
            worker = Child.of(command, environment, group=True)
        self._workers.append(worker)
        return worker
