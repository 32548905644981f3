"""The one thread in which the admin's work is done, so that neither the event loop nor those who ask wait for it.

    version = await clerk.run(lambda office: office.adopt(id, by))

Jobs are done one after the other, in the order in which they came.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from index import Office, Person

log = logging.getLogger(__name__)

T = TypeVar("T")


class Clerk:
    """Opens the office in its thread when it is first needed, and closes it there."""

    def __init__(self, open_office: Callable[[], Office]) -> None:
        self._open = open_office
        self._office: Office | None = None
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="office")

    async def run(self, work: Callable[[Office], T]) -> T:
        """Let the office do some work; what it raises is raised here."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, lambda: work(self._own()))

    def note_refused(self, by: Person, action: str, subject: str) -> None:
        """Put a refused attempt into the log; nobody waits for it."""

        def work() -> None:
            try:
                self._own().note(by, action, subject, outcome="refused")
            except Exception:
                log.exception("a refused attempt could not be noted")

        self._pool.submit(work)

    def close(self) -> None:
        """Finish what there is to do, then let go of the index."""
        self._pool.shutdown(wait=True)
        if self._office is not None:
            self._office.close()

    def _own(self) -> Office:
        if self._office is None:
            self._office = self._open()
        return self._office
