"""Files as wholes: copied, linked, checked and brought safely to the disk.  Nothing here knows what is in them."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Final

PART: Final = 1 << 20  # bytes read at once
NO_ROOM: Final = (errno.ENOSPC, errno.EDQUOT)
PRIVATE: Final = 0o600  # files of state are nobody else's business


class GivenUp(Exception):
    """Whoever asked does not want to wait for the end any more."""


def never() -> bool:
    """Not to be given up."""
    return False


def digest(file: Path, give_up: Callable[[], bool] = never) -> str:
    """The SHA-256 of the content.  Raises GivenUp as soon as ``give_up`` says so."""
    seen = sha256()
    with file.open("rb", buffering=0) as opened:
        while part := opened.read(PART):
            if give_up():
                raise GivenUp
            seen.update(part)
    return seen.hexdigest()


def same(one: Path, other: Path) -> bool:
    """Two names of one file."""
    try:
        return one.samefile(other)
    except OSError:
        return False


def link(file: Path, name: Path) -> None:
    """A second name for a file; where there are no such names, a copy."""
    try:
        os.link(file, name)
    except OSError:  # a file system without hard links
        shutil.copy2(file, name)
        write_through(name)


def copy_file(source: Path, target: Path, *, share: bool = False) -> None:
    """A copy; ``share`` lets file systems that can share its blocks with the source: then it takes no time, but what
    damages one on the disk damages both."""
    if share and hasattr(os, "copy_file_range"):
        with suppress(OSError), source.open("rb") as old, target.open("wb") as new:
            left = source.stat().st_size
            while left:
                done = os.copy_file_range(old.fileno(), new.fileno(), left)
                if not done:
                    break
                left -= done
            if not left:
                return
    with source.open("rb") as old, target.open("wb") as new:
        shutil.copyfileobj(old, new, PART)


def copy_private(source: Path, target: Path) -> None:
    """A copy on the disk that only its owner may read."""
    target.unlink(missing_ok=True)
    target.touch(PRIVATE)
    with source.open("rb") as old, target.open("wb") as new:
        shutil.copyfileobj(old, new, PART)
    write_through(target)


def make_private(file: Path) -> None:
    """Have a file of state read by nobody but its owner; its journal then is the same."""
    with suppress(OSError):  # not ours, or a file system without rights
        if file.stat().st_mode & 0o777 != PRIVATE:
            file.chmod(PRIVATE)


def write_through(file: Path) -> None:
    """Have the content on the disk, not only in memory."""
    with file.open("rb+") as opened:
        os.fsync(opened.fileno())


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk."""
    with suppress(OSError):  # not on every system
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def told(error: OSError, db: Path) -> str:
    """What went wrong while an index was built, for the admin."""
    if error.errno is not None and error.errno in NO_ROOM:
        return f"磁盘已满，索引未改动：{db}"
    return f"无法写入索引所在的文件夹，索引未改动：{db}（{error.strerror or error}）"
