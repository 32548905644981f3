"""A process of our own that answers one thing at a time, each in a limited time.

    Child.of(["python", "-m", "…"], environment).ask(b"question\\n", lambda answers: answers.readline(), 60)

Once a question found no answer the process has ended: ask a new one.
"""

from __future__ import annotations

import contextlib
import math
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, Final, Generic, Protocol, TypeVar

T = TypeVar("T")

_STEP: Final = 0.5
_NO_ANSWER: Final = (EOFError, OSError, pickle.UnpicklingError, ValueError)


def module(name: str) -> list[str]:
    """The command that runs a module of ours.  Not with -m alone, which imports what lies in the working folder first:
    a report may well be called json.py."""
    return [sys.executable, "-P", "-m", name]


def import_path() -> str:
    """PYTHONPATH for a child that is to import what this process imports."""
    return os.pathsep.join(folder or str(Path.cwd()) for folder in sys.path)


def waited(wait: Callable[[float], bool], seconds: float = math.inf) -> bool:
    """Whether what ``wait(seconds)`` waits for came in time.

    In short steps: a signal that comes just before a thread lies down to wait does not wake it, and Ctrl-C would have
    to wait until there is an answer.
    """
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        if wait(min(left, _STEP)):
            return True
    return wait(0)


class ChildDied(Exception):
    """The process ended before its answer: ``late`` because the time was over, else with the exit code ``code``."""

    def __init__(self, late: bool, code: int) -> None:
        super().__init__(f"late: {late}, exit code {code}")
        self.late = late
        self.code = code


class Process(Protocol):
    """What a child needs of a process: that of ``subprocess.Popen``, with pipes to its input and output."""

    @property
    def pid(self) -> int: ...
    @property
    def stdin(self) -> IO[bytes] | None: ...
    @property
    def stdout(self) -> IO[bytes] | None: ...
    @property
    def returncode(self) -> int | None: ...
    def kill(self) -> None: ...
    def wait(self) -> int: ...


class _Exchange(threading.Thread, Generic[T]):
    """A question put to a process, and its answer, in a thread of its own that ends with the process at the latest."""

    def __init__(self, process: Process, question: bytes, receive: Callable[[IO[bytes]], T]) -> None:
        super().__init__(daemon=True)
        self._process = process
        self._question = question
        self._receive = receive
        self.done = threading.Event()
        self.answer: list[T] = []
        self.error: BaseException | None = None

    def run(self) -> None:
        """Write, then read."""
        try:
            assert self._process.stdin is not None
            assert self._process.stdout is not None
            self._process.stdin.write(self._question)
            self._process.stdin.flush()
            self.answer.append(self._receive(self._process.stdout))
        except BaseException as error:
            self.error = error
        finally:
            self.done.set()


class Child:
    """A process with pipes to its input and output.

    ``group``: it has a session of its own, so that Ctrl-C reaches only this process, and ``end`` also ends what the
    child started.
    """

    def __init__(self, process: Process, *, group: bool = False) -> None:
        self._group = group and hasattr(os, "killpg")
        self._ending = threading.Lock()
        self.process = process

    @classmethod
    def of(
        cls, command: Sequence[str], environment: Mapping[str, str], *, group: bool = False, quiet: bool = False
    ) -> Child:
        """A command started; ``quiet`` throws its standard error away.  Raises OSError if it cannot be."""
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL if quiet else None,
            env=environment, start_new_session=group,
        )  # fmt: skip
        return cls(process, group=group)

    def ask(self, question: bytes, receive: Callable[[IO[bytes]], T], seconds: float) -> T:
        """What ``receive`` makes of the answer.  Raises ChildDied if there is none in time or it is none."""
        exchange = _Exchange(self.process, question, receive)
        exchange.start()
        try:
            late = not waited(exchange.done.wait, seconds)
        except BaseException:  # Ctrl-C in the middle of an answer: the next one would not be the next question's
            self.end()
            exchange.join()
            raise
        if late:
            self.end()
        exchange.join()  # whatever it waited for has ended with the process
        if late or isinstance(exchange.error, _NO_ANSWER):
            raise ChildDied(late, self.end()) from exchange.error
        if exchange.error is not None:
            self.end()
            raise exchange.error
        return exchange.answer[0]

    def end(self) -> int:
        """Stop the process (and its group); returns its exit code, its own one if it had ended before."""
        with self._ending:
            if self.process.returncode is None:  # until it is waited for its number is not given to another process
                with contextlib.suppress(OSError):
                    if self._group:
                        os.killpg(self.process.pid, signal.SIGKILL)
                with contextlib.suppress(OSError):  # also one so young that it leads no group yet
                    self.process.kill()
            return self.process.wait()

    def forget(self) -> None:
        """Close the pipes of an ended process, when no thread waits at them any more."""
        for stream in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(OSError):
                if stream is not None:
                    stream.close()
