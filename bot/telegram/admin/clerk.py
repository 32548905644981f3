"""The threads in which the admin's work is done, so that neither the event loop nor those who ask wait for it.

version = await clerk.run(lambda office: office.adopt(id, by))      # long: one after the other, in one thread
versions = await clerk.ask(lambda office: office.versions())        # a look, in another: waits for no adoption
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import TypeVar

from index import Office, Person

log = logging.getLogger(__name__)

T = TypeVar("T")


class Clerk:
    """Opens the office when it is first needed."""

    def __init__(self, open_office: Callable[[], Office]) -> None:
        self._open = open_office
        self._lock = Lock()
        self._office: Office | None = None
        self._long = ThreadPoolExecutor(1, thread_name_prefix="office")
        self._short = ThreadPoolExecutor(1, thread_name_prefix="office-look")
        self._checks = ThreadPoolExecutor(1, thread_name_prefix="office-check")

    async def run(self, work: Callable[[Office], T]) -> T:
        """Let the office do what may take a minute; what it raises is raised here."""
        return await asyncio.get_running_loop().run_in_executor(self._long, lambda: work(self._own()))

    async def check(self, work: Callable[[Office], T]) -> T:
        """Let it check files, which others than admins may ask for: nobody else's work waits for it."""
        return await asyncio.get_running_loop().run_in_executor(self._checks, lambda: work(self._own()))

    async def ask(self, work: Callable[[Office], T]) -> T:
        """Look something up, or note something."""
        return await asyncio.get_running_loop().run_in_executor(self._short, lambda: work(self._own()))

    def note_refused(self, by: Person, action: str, subject: str) -> None:
        """Put a refused attempt into the log; nobody waits for it."""

        def work() -> None:
            try:
                self._own().note(by, action, subject, outcome="refused")
            except Exception:
                log.exception("a refused attempt could not be noted")

        self._short.submit(work)

    def close(self) -> None:
        """Finish what there is to do, but for looking through the index, then let go of it."""
        if self._office is not None:
            self._office.leave()
        self._long.shutdown(wait=True)
        self._short.shutdown(wait=True)
        self._checks.shutdown(wait=True, cancel_futures=True)
        if self._office is not None:
            self._office.close()

    def _own(self) -> Office:
        with self._lock:
            if self._office is None:
                self._office = self._open()
            return self._office
