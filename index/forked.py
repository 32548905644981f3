"""Processes forked from a small server that has everything in memory: one costs a hundredth of a second, not one.

    preload("bot.telegram.desk_forge")
    Forked(serve, (Path("data/index.db"),), "yusuan-desk")      runs serve(pipe, Path("data/index.db"))

The server is multiprocessing's own.  It starts afresh with the first process and imports then what has been asked for
(``preload``); what this process has open, or has read, is not in it.  Where nothing can be forked, every process starts
afresh.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from typing import Any, Final

SLACK: Final = 1.0  # seconds that a killed process may take to be gone
_preloaded: dict[str, None] = {}
_lock = threading.Lock()  # the library keeps a list of its processes, and looks at them whenever one is started


def preload(module: str) -> None:
    """Have the server import a module before it forks, if it has not been started yet."""
    _preloaded[module] = None


class Forked:
    """A process that runs ``serve(pipe, *args)``; ``pipe`` here is the other end of its pipe.

    ``FORKS``: is there a server, or does every process start afresh?
    """

    FORKS: Final = "forkserver" in multiprocessing.get_all_start_methods()
    pipe: Connection

    def __init__(self, serve: Callable[..., None], args: tuple[Any, ...], name: str) -> None:
        context: Any = multiprocessing.get_context("forkserver" if self.FORKS else "spawn")
        if self.FORKS:
            context.set_forkserver_preload(list(_preloaded))
        self.pipe, other = context.Pipe()
        self._process = context.Process(target=serve, args=(other, *args), name=name, daemon=True)
        with _lock, _safe_path():
            self._process.start()
        other.close()

    @property
    def pid(self) -> int | None:
        """Its number."""
        pid: int | None = self._process.pid
        return pid

    def kill(self) -> None:
        """End it whatever it is doing."""
        with _lock:
            self._process.kill()

    def end(self, *, dead: bool = False) -> int | None:
        """End it, unless it is ``dead`` already, and close the pipe; its exit code."""
        with _lock:
            if dead:
                self._process.join(SLACK)
            if self._process.exitcode is None:
                self._process.kill()
                self._process.join(SLACK)
            self.pipe.close()
            code: int | None = self._process.exitcode
            return code


@contextlib.contextmanager
def _safe_path() -> Iterator[None]:
    """Python started meanwhile imports nothing from the working folder: a report may well be called json.py."""
    before = os.environ.get("PYTHONSAFEPATH")
    os.environ["PYTHONSAFEPATH"] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ["PYTHONSAFEPATH"]
        else:
            os.environ["PYTHONSAFEPATH"] = before
