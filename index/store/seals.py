"""What every version was when it was published: its SHA-256 beside it.

    seals = Seals(Path("data/index.versions"))
    seals.note(12, digest(file), base=11)        000012.sha256: digest, layout, base, a checksum of the line itself
    seals.noted(12).digest == seals.digest(file)

A file of more than ``AT_ONCE`` bytes is not read again for ``REMEMBERED`` seconds, as long as it is the same file of
the same size and time (``checked.json``): what changes on the disk without a write is found only after that.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from zlib import crc32

from index.store.connect import LATEST, UPGRADED
from index.store.filing import digest, never, write_through

AT_ONCE: Final = 256 << 20
REMEMBERED: Final = 86_400.0
CHECKED: Final = "checked.json"


@dataclass(frozen=True, slots=True)
class Noted:
    """SHA-256 of a version as it was published, the layout of its tables, the number of its base."""

    digest: str
    layout: int
    base: int


class Seals:
    """The notes in a folder of versions."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def note(self, number: int, found: str, base: int) -> None:
        """Write down what a version is, safely on the disk."""
        line = f"{found} {LATEST} {base}"
        file = self.file(number)
        file.write_text(f"{line} {crc32(line.encode()):08x}", encoding="ascii")
        write_through(file)

    def noted(self, number: int) -> Noted | None:
        """What was written down; None if nothing was, or if it is damaged."""
        try:
            line = self.file(number).read_text(encoding="ascii")
        except (OSError, ValueError):
            return None
        parts = line.split()
        if len(parts) == 4 and parts.pop() != f"{crc32(line.rpartition(' ')[0].encode()):08x}":
            return None
        if len(parts) != 3 or not all(part.isdecimal() for part in parts[1:]):
            return None
        return Noted(parts[0], int(parts[1]), int(parts[2]))

    def digest(self, file: Path, give_up: Callable[[], bool] = never, *, anew: bool = False) -> str:
        """The SHA-256 of a file, or what it lately was, unless it is to be read ``anew``.

        Raises OSError, and GivenUp soon after ``give_up`` says so.
        """
        lately = None if anew or file.stat().st_size <= AT_ONCE else self._checked().get(_identity(file))
        if lately is not None:
            return lately[0]
        found = digest(file, give_up)
        self.remember(file, found)
        return found

    def remember(self, file: Path, found: str) -> None:
        """A large file has just been read."""
        if file.stat().st_size <= AT_ONCE:
            return
        content = self._checked() | {_identity(file): (found, time.time())}
        new = self._folder / f"checked-{os.getpid()}.new"
        with suppress(OSError):  # a folder that may only be read: then it is read every time
            new.write_text(json.dumps(content), encoding="ascii")
            new.replace(self._folder / CHECKED)

    def forget(self, number: int) -> None:
        """The version is not kept any more."""
        with suppress(OSError):
            self.file(number).unlink(missing_ok=True)

    def numbers(self) -> list[int]:
        """The versions that something is written down of."""
        return [int(file.stem) for file in self._folder.glob("[0-9]*.sha256") if file.stem.isdecimal()]

    def all(self) -> set[str]:
        """Every SHA-256 that a file of ours may have, also that of a copy brought up to date."""
        found = {noted.digest for number in self.numbers() if (noted := self.noted(number))}
        with suppress(OSError, ValueError):
            found.add((self._folder / UPGRADED).read_text(encoding="ascii"))
        return found

    def file(self, number: int) -> Path:
        """Where it is written down."""
        return self._folder / f"{number:06}.sha256"

    def _checked(self) -> dict[str, tuple[str, float]]:
        """Files that were read lately, by what they are."""
        now = time.time()
        try:
            told = json.loads((self._folder / CHECKED).read_text(encoding="ascii"))
            return {key: (str(found), at) for key, (found, at) in told.items() if 0 <= now - at < REMEMBERED}
        except (OSError, ValueError, TypeError, AttributeError):
            return {}


def _identity(file: Path) -> str:
    status = file.stat()
    return f"{status.st_dev}:{status.st_ino}:{status.st_size}:{status.st_mtime_ns}"
