"""SQLite files that are written in place and cannot be made again: the ledger and the chats, each with verified copies.

    keeper = Keeper(Path("data/index.ledger.db"))
    keeper.check_in(); keeper.told           -> [], or what was damaged and from what it was put right
    keeper.seal(checkpoint)                  -> data/index.ledger.copies/000012-<SHA-256>.db
    keeper.problems()                        -> lines of Chinese, none if every byte is as it was sealed

The main file changes only in a checkpoint of its journal (WAL), and checkpoints are made only here (connections have
``wal_autocheckpoint = 0``), under a lock of all processes.  Directly after one the main file is copied byte by byte;
the name of the copy holds its SHA-256.  So the main file is sound exactly if it is the newest copy, and a damaged one
is put right by writing the copy over it: the journal holds all that came later.  ``pending`` says that a checkpoint was
begun and not copied yet, which is what a killed process leaves: then only SQLite's own check can be asked.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext, suppress
from functools import partial
from pathlib import Path
from typing import Final

from index.errors import IndexDamaged, IndexUnavailable, YusuanError
from index.store import journal
from index.store.connect import translated
from index.store.filing import copy_private, digest, make_private, sync_folder
from index.store.handles import Handle
from index.store.locking import file_lock

KEPT: Final = 2
WAIT_SECONDS: Final = 30.0

log = logging.getLogger(__name__)


class Keeper:
    """The copies of one file, which has to exist only when it is sealed."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.folder = file.with_name(f"{file.stem}.copies")
        self.told: list[str] = []  # what was put right, for the owner
        self._pending = self.folder / "pending"
        self._content = Handle(file)

    # ------------------------------------------------------------------------------------------ before it is opened

    def check_in(self) -> None:
        """Put a damaged or lost file right before it is opened, and tell of it.

        Raises IndexDamaged if it is damaged and there is no sound copy; the file then is as it was.
        """
        if not self.file.exists() and not self._copies():
            return
        if not self._may_write():
            if not self._is_trusted():
                raise self._no_way_out()
            return
        with self._locked():
            if not self._is_trusted():
                self._put_right()
            if not journal.is_sound(self.file):
                copy_private(_journal(self.file), aside := self.file.with_name(f"{self.file.name}-wal.damaged"))
                self._tell(f"{self.file.name}最后的一些改动已损坏，没有了；损坏的日志保存为{aside.name}")

    def is_trusted(self) -> bool:
        """Whether a reader may believe the file.  Changes nothing."""
        if self._is_trusted():
            return True
        if not self._may_write() or not self.folder.exists():
            return False
        with self._locked():  # it was looked at in the middle of a checkpoint, or is damaged indeed
            return self._is_trusted()

    def seal(self, checkpoint: Callable[[], bool]) -> bool:
        """Bring the journal in (by ``checkpoint``, which says whether it could) and make a copy; whether it was made.

        A file that was damaged since it was sealed is put right first, so that no copy is made of damage.
        """
        with self._locked():
            self._fence()
            self._mark()
            if not checkpoint():
                return False
            self._copy()
            return True

    @contextmanager
    def changing(self) -> Iterator[None]:
        """For who gives the file another content, or closes its last connection: sealed anew behind the block."""
        with self._locked():
            with suppress(IndexDamaged):  # it is given another content, or goes on being damaged
                self._fence()
            self._mark()
            yield
            if self.file.exists() and not _journal_size(self.file) and is_sound(self.file):
                try:
                    self._copy()
                except (OSError, IndexDamaged) as error:  # no room: what was done is done, a copy is made later
                    log.warning("no copy of %s was made: %s", self.file, error)

    def begin_anew(self) -> None:
        """Put a file for which there is no way out aside, with its journal and copies, so that an empty one is made.

        Nothing is deleted, and it is told.
        """
        with self._locked():
            mark = f"damaged-{int(time.time())}"
            for one in (self.file, _journal(self.file)):
                if one.exists():
                    one.replace(one.with_name(f"{one.name}.{mark}"))
            self.file.with_name(f"{self.file.name}-shm").unlink(missing_ok=True)
            for copy in self._copies():
                copy.replace(copy.with_suffix(f".{mark}"))
            self._mark()
            self._tell(
                f"{self.file.name}已损坏，也没有完好的副本，只能从空白开始；"
                f"损坏的文件保存为{self.file.name}.{mark}，有备份的请用 yusuan restore 恢复"
            )

    def make_private(self) -> None:
        """Have nobody but its owner read the file."""
        make_private(self.file)

    def closing(self, owner: object, conn: sqlite3.Connection) -> Callable[[], object]:
        """What closes a connection of ``owner``, once: when called, or at the end of a process that forgot to."""
        return weakref.finalize(owner, partial(_closed, conn, self))

    # ------------------------------------------------------------------------------------------ looking it over

    def problems(self) -> list[str]:
        """What is wrong with the file and its copies, in Chinese; changes nothing."""
        if not self.file.exists() and not self._copies():
            return []
        lock = self._locked() if self._may_write() and self.folder.exists() else nullcontext()
        name = self.file.name
        with lock:
            lines = []
            if not self.file.exists() or not self.file.stat().st_size:
                lines.append(f"{name}不在了，或是空文件")
            elif not self._is_trusted():
                sealed = self._copies() and not self._pending.exists()
                lines.append(f"{name}已损坏" + ("：与记下的散列值不符" if sealed else ""))
            elif not journal.is_sound(self.file):
                lines.append(f"{name}的日志已损坏：{_journal(self.file).name}")
            return lines + [f"{name}的副本已损坏：{copy.name}" for copy in self._copies() if not _is_itself(copy)]

    # ------------------------------------------------------------------------------------------ parts

    def _copies(self) -> list[Path]:
        """The newest first."""
        return sorted(self.folder.glob("[0-9]*-*.db"), reverse=True)

    def _is_sealed(self) -> bool:
        """Whether the main file is what was copied last.  Not in the middle of a checkpoint."""
        newest = next(iter(self._copies()), None)
        if newest is None or self._pending.exists():
            return False
        try:
            return self._content.digest() == _told(newest)
        except OSError:
            return False

    def _is_trusted(self) -> bool:
        """Sealed; or, where a process was killed or nothing was sealed yet, sound as far as SQLite can tell."""
        if self._is_sealed():
            return True
        begun = self._pending.exists()
        if self._copies() and not begun:
            return False
        try:
            empty = not self.file.stat().st_size
        except OSError:
            return begun and not self._copies()  # killed before it was made
        return (begun and not self._copies()) if empty else is_sound(self.file)

    def _fence(self) -> None:
        """No copy is made of what was damaged while it was in use."""
        if self._copies() and not self._pending.exists() and not self._is_sealed():
            self._put_right(in_use=True)

    def _put_right(self, *, in_use: bool = False) -> None:
        """Write the newest sound copy over the file; the journal, which goes on from there, stays if it fits."""
        good = next((copy for copy in self._copies() if _is_itself(copy) and is_sound(copy)), None)
        if good is None:
            raise self._no_way_out()
        aside = self.file.with_name(f"{self.file.name}.damaged")
        if self.file.exists():
            self._content.copy_to(aside)
        fits = good == self._copies()[0]
        self._mark()
        self._content.overwrite(good)
        lost = not fits
        if not in_use and _journal_size(self.file) and not (fits and is_sound(self.file)):
            lost = True
            _journal(self.file).replace(aside.with_name(f"{aside.name}-wal"))
            self.file.with_name(f"{self.file.name}-shm").unlink(missing_ok=True)
        if not _journal_size(self.file):
            self._copy()
        kept = f"；损坏的文件保存为{aside.name}" if aside.exists() else ""
        self._tell(f"{self.file.name}已损坏，已用核对过的副本恢复{'，最后的一些改动没有了' if lost else ''}{kept}")

    def _tell(self, line: str) -> None:
        log.error("damage: %s", line)
        self.told.append(line)

    def _copy(self) -> None:
        """A copy of the main file as it lies there, unless it is copied already; then nothing is pending any more."""
        now = self._content.digest()
        copies = self._copies()
        if not (copies and _told(copies[0]) == now and _is_itself(copies[0])):
            number = int(copies[0].name.partition("-")[0]) + 1 if copies else 1
            new = self.folder / "new"
            try:
                self._content.copy_to(new)
                if digest(new) != now or not is_sound(new):
                    raise IndexDamaged(f"没有写成完好的副本：{self.file}")
                new.replace(self.folder / f"{number:06}-{now}.db")
            finally:
                new.unlink(missing_ok=True)
            sync_folder(self.folder)
            for place, old in enumerate(self._copies()):
                if place >= KEPT or not _is_itself(old):
                    old.unlink(missing_ok=True)
        self._pending.unlink(missing_ok=True)

    def _mark(self) -> None:
        if not self._pending.exists():
            self._pending.touch()
            sync_folder(self.folder)

    def _may_write(self) -> bool:
        folder = self.folder if self.folder.exists() else self.file.parent
        return os.access(folder, os.W_OK)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        try:
            self.folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise IndexUnavailable(f"无法建立副本所在的文件夹：{self.folder}（{error.strerror}）") from error
        with file_lock(self.folder / "lock", WAIT_SECONDS, self.file):
            try:
                yield
            except OSError as error:
                raise IndexUnavailable(f"副本没有写成：{self.folder}（{error.strerror or error}）") from error

    def _no_way_out(self) -> IndexDamaged:
        return IndexDamaged(
            f"{self.file}已损坏，也没有完好的副本；请用 yusuan restore 恢复备份，"
            "或把它移到别处保存（不要删除）再试，那时其中的内容从空白开始"
        )


def is_sound(file: Path) -> bool:
    """Whether SQLite finds nothing wrong with a file (with its journal, if it has one)."""
    alone = "" if _journal_size(file) else "&immutable=1"  # else files are made beside it
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro{alone}", uri=True)) as conn:
            conn.execute("PRAGMA busy_timeout = 20000")
            return bool(conn.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",))
    except sqlite3.Error:
        return False


def _closed(conn: sqlite3.Connection, keeper: Keeper) -> None:
    """The last connection brings the journal in when it is closed, and so changes the main file."""
    try:
        with keeper.changing():
            conn.close()
    except YusuanError as error:
        log.warning("closed without a copy: %s", error)
    finally:
        conn.close()


def checkpointed(conn: sqlite3.Connection, file: Path) -> bool:
    """Bring all of the journal into the main file; False if somebody's reading or writing is in the way."""
    with translated(file):
        return not conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]


def _journal(file: Path) -> Path:
    return file.with_name(f"{file.name}-wal")


def _journal_size(file: Path) -> int:
    with suppress(OSError):
        return _journal(file).stat().st_size
    return 0


def _told(copy: Path) -> str:
    """The SHA-256 in the name of a copy."""
    return copy.stem.partition("-")[2]


def _is_itself(copy: Path) -> bool:
    try:
        return digest(copy) == _told(copy)
    except OSError:
        return False
