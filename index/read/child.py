"""A process of our own that answers one thing at a time, each in a limited time.

    Child(["python", "-m", "…"], environment).ask(b"question\\n", lambda answers: answers.readline(), 60)

Once a question found no answer the process has ended: ask a new one.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, TypeVar

T = TypeVar("T")


def module(name: str) -> list[str]:
    """The command that runs a module of ours.  Not with -m alone, which imports what lies in the working folder first:
    a report may well be called json.py."""
    return [sys.executable, "-P", "-m", name]


def import_path() -> str:
    """PYTHONPATH for a child that is to import what this process imports."""
    return os.pathsep.join(folder or str(Path.cwd()) for folder in sys.path)


class ChildDied(Exception):
    """The process ended before its answer: ``late`` because the time was over, else with the exit code ``code``."""

    def __init__(self, late: bool, code: int) -> None:
        super().__init__(f"late: {late}, exit code {code}")
        self.late = late
        self.code = code


class Child:
    """A process with pipes to its standard input and output.

    ``group`` gives it a session of its own: then Ctrl-C reaches only this process, and ``end`` also ends what the child
    started.  ``quiet`` throws its standard error away.  Raises OSError if it cannot be started.
    """

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], *, group: bool = False, quiet: bool = False
    ) -> None:
        self._group = group and hasattr(os, "killpg")
        self._ending = threading.Lock()
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL if quiet else None,
            env=environment, start_new_session=group,
        )  # fmt: skip

    def ask(self, question: bytes, receive: Callable[[IO[bytes]], T], seconds: float) -> T:
        """What ``receive`` makes of the answer.  Raises ChildDied if there is none in time or it is none."""
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
            self.process.stdin.write(question)
            self.process.stdin.flush()
            answer = receive(self.process.stdout)
            timer.cancel()
            if late.is_set():
                raise EOFError
            return answer
        except (EOFError, OSError, pickle.UnpicklingError, ValueError) as error:
            raise ChildDied(late.is_set(), self.end()) from error
        except BaseException:  # Ctrl-C in the middle of an answer: the next one would not be the next question's
            self.end()
            raise
        finally:
            timer.cancel()

    def end(self) -> int:
        """Stop the process (and its group); returns its exit code, its own one if it had ended before."""
        with self._ending:
            if self.process.returncode is None:  # until it is waited for its number is not given to another process
                with contextlib.suppress(OSError):
                    if self._group:
                        os.killpg(self.process.pid, signal.SIGKILL)
                    else:
                        self.process.kill()
            return self.process.wait()

    def forget(self) -> None:
        """Close the pipes of an ended process, when no thread waits at them any more."""
        for stream in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(OSError):
                if stream is not None:
                    stream.close()
