"""Worker threads, each with a desk of its own, so that answering never holds up the event loop.

    await desks.run(lambda desk: desk.converse("上党区2023年教育支出多少"))

A desk is opened in its thread when first needed; an index that cannot be opened raises YusuanError to the caller.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock, local
from typing import TypeVar

from index import Desk

T = TypeVar("T")


class Desks:
    """``count`` threads on one index."""

    def __init__(self, db: Path, count: int) -> None:
        self._db = db
        self._own = local()
        self._all: list[Desk] = []
        self._lock = Lock()
        self._pool = ThreadPoolExecutor(count, thread_name_prefix="desk")

    async def run(self, work: Callable[[Desk], T]) -> T:
        """Let a desk do some work; what it raises is raised here."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, lambda: work(self._desk()))

    def close(self) -> None:
        """Wait for what is being worked on, then let go of the index."""
        self._pool.shutdown(wait=True)
        for desk in self._all:
            desk.close()
        self._all.clear()

    def _desk(self) -> Desk:
        desk: Desk | None = getattr(self._own, "desk", None)
        if desk is None:
            desk = Desk(self._db)
            self._own.desk = desk
            with self._lock:
                self._all.append(desk)
        return desk
