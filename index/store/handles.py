"""The bytes of a file that SQLite may have open in this process, read and overwritten without loss of its locks.

    handle = Handle(Path("data/index.ledger.db"))
    handle.digest()                          -> its SHA-256

A lock of POSIX belongs to a process and a file: closing any descriptor of the file gives up what SQLite holds, and
another process then takes itself for the last one that has the file open and removes the journal that is still in use
(https://www.sqlite.org/howtocorrupt.html, 2.2).  So what is opened here stays open as long as there is a handle of that
name in the process, and who has the file open in SQLite has a handle.
"""

from __future__ import annotations

import os
import shutil
import weakref
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from io import FileIO
from pathlib import Path
from threading import RLock
from typing import Final

from index.store.filing import PART, PRIVATE, write_through

_lock: Final = RLock()
_handles: Final[Counter[str]] = Counter()
_opened: Final[dict[str, list[tuple[int, bool]]]] = {}  # by name: descriptors, and whether they may be written to


class Handle:
    """The file of this name, whichever it is at the moment; it need not exist.  All raise OSError."""

    def __init__(self, file: Path) -> None:
        self._name = os.path.realpath(file)
        with _lock:
            _handles[self._name] += 1
        weakref.finalize(self, _let_go, self._name)

    def digest(self) -> str:
        """The SHA-256 of the content."""
        seen = sha256()
        with self._file() as opened:
            while part := opened.read(PART):
                seen.update(part)
        return seen.hexdigest()

    def copy_to(self, target: Path) -> None:
        """A copy on the disk that only its owner may read."""
        target.unlink(missing_ok=True)
        target.touch(PRIVATE)
        with self._file() as old, target.open("wb") as new:
            shutil.copyfileobj(old, new, PART)
        write_through(target)

    def overwrite(self, source: Path) -> None:
        """Content into the same file, made if there is none: who has it open goes on with it."""
        if not (file := Path(self._name)).exists():
            file.touch(PRIVATE)
        with source.open("rb") as old, self._file(write=True) as new:
            shutil.copyfileobj(old, new, PART)
            new.truncate()
            os.fsync(new.fileno())

    @contextmanager
    def _file(self, *, write: bool = False) -> Iterator[FileIO]:
        with _lock, FileIO(self._descriptor(write), "rb+" if write else "rb", closefd=False) as opened:
            opened.seek(0)
            yield opened

    def _descriptor(self, write: bool) -> int:
        now = Path(self._name).stat()
        known = _opened.setdefault(self._name, [])
        for number, writable in known:
            if os.path.samestat(os.fstat(number), now) and (writable or not write):
                return number
        writable = write or os.access(self._name, os.W_OK)
        number = os.open(self._name, os.O_CLOEXEC | (os.O_RDWR if writable else os.O_RDONLY))
        known.append((number, writable))
        return number


def _let_go(name: str) -> None:
    with _lock:
        _handles[name] -= 1
        if not _handles[name]:
            del _handles[name]
            for number, _ in _opened.pop(name, ()):
                os.close(number)
