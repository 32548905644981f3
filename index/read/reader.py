"""A worker that reads one file after the other: starting one for every file takes longer than most files do.

    with closing(Reader()) as reader:
        reader.documents(Path("甲.pdf")), reader.documents(Path("乙.docx"))

The limits on time and memory hold for each file.  A worker that dies, is late or has grown is replaced, so a file costs
its own line and its memory is given back.  A file is only blamed for what it does to a fresh worker.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

from index.models import Document
from index.read import sandbox
from index.read.child import Child, ChildDied


class Reader:
    """A worker, started with the first file.  Close it when done; it serves one thread at a time."""

    def __init__(
        self, *, seconds: int | None = None, memory: int | None = None, command: Sequence[str] | None = None
    ) -> None:
        usual = sandbox.usual_limits()
        self._seconds = seconds or usual[0]
        self._command = command or sandbox.command(self._seconds, memory or usual[1])
        self._child: Child | None = None

    @property
    def process(self) -> int | None:
        """The number of the worker's process; None if there is none now."""
        return self._child.process.pid if self._child is not None else None

    def documents(self, path: Path) -> list[Document]:
        """The documents of a file.  Raises UnreadableFile, also when the worker breaks a limit or dies."""
        question = sandbox.question(path)
        found = None if self._child is None else self._asked(self._child, question, fresh=False)
        if found is None:
            found = self._asked(self._started(), question, fresh=True)
        return sandbox.unpacked(found or {"error": sandbox.BROKEN})

    def close(self) -> None:
        """End the worker."""
        if self._child is not None:
            self._child.end()
            self._child.forget()
            self._child = None

    def _started(self) -> Child:
        try:
            self._child = Child.of(self._command, sandbox.environment(), quiet=True)
        except OSError as error:
            raise sandbox.not_started(error) from error
        return self._child

    def _asked(self, child: Child, question: bytes, *, fresh: bool) -> dict[str, Any] | None:
        """The worker's answer; None if one that is not fresh failed, which may be an earlier file's fault."""
        try:
            found = child.ask(question, _received, self._seconds)
        except ChildDied as died:
            self.close()
            if died.late:
                raise sandbox.too_slow(self._seconds) from died
            if fresh or died.code in sandbox.TIME_OVER:
                raise sandbox.ended(died.code, self._seconds) from died
            return None
        except BaseException:
            self.close()
            raise
        if found.get("last"):
            self.close()
        return None if "error" in found and "last" in found and not fresh else found


def _received(answers: IO[bytes]) -> dict[str, Any]:
    line = answers.readline(sandbox.MAX_ANSWER + 1)
    if not line.endswith(b"\n"):
        raise EOFError
    found = json.loads(line)
    if not isinstance(found, dict):
        raise ValueError(line[:80])
    return found
