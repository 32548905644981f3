"""A worker that is forked, as the crew takes it: it starts in a hundredth of a second where the server is running."""

from __future__ import annotations

import os
from typing import IO

from index.forked import Forked, preload
from index.intake import worker
from index.read.child import Child


def forked(hushed: bool) -> Child:
    """See ``worker.serve``.  Raises OSError."""
    preload(worker.__name__)
    try:
        return Child(_Piped(Forked(worker.serve, (hushed,), "yusuan-intake")), group=True)
    except EOFError as error:  # the server has died while it started
        raise OSError("the server of processes has ended") from error


class _Piped:
    """A forked process with two files for its pipe, as ``subprocess.Popen`` has them."""

    def __init__(self, process: Forked) -> None:
        self._process = process
        self.pid = process.pid or 0
        self.returncode: int | None = None  # until it was waited for, whether it has ended or not
        self.stdin: IO[bytes] = os.fdopen(os.dup(process.pipe.fileno()), "wb")
        self.stdout: IO[bytes] = os.fdopen(os.dup(process.pipe.fileno()), "rb")

    def kill(self) -> None:
        self._process.kill()

    def wait(self) -> int:
        """For one that has ended or is ending."""
        code = self._process.end(dead=True)
        self.returncode = -9 if code is None else code  # killed, and not gone yet
        return self.returncode
