"""Versions of an index: built beside the one in use, then put in its place in one step; the last few are kept.

    versions = Versions(Path("data/index.db"))
    with versions.building() as build:              # a copy of the current version, which only we write
        store(build.conn, parsed)
        version = versions.publish(build, by, "load", Changes(added=("上党区2023.txt",)))

``data/index.db`` always is a complete version: a second name (hard link) of one of ``data/index.versions/``.  Who has
it open goes on reading the old one; who opens it next gets the new one.  A process that is killed leaves the old
version or the new one, never anything between, and at most a file that the next builder removes.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from index.errors import IndexDamaged, IndexTooNew, IndexUnavailable, NotAdopted, YusuanError
from index.models import Person, Version
from index.store.connect import (
    LATEST,
    check_writable,
    close_finished,
    copy_database,
    is_finished,
    open_as_is,
    open_reader,
    open_writer,
    stopping,
    translated,
)  # fmt: skip
from index.store.connect import version as schema_of
from index.store.filing import GivenUp, copy_file, digest, link, never, same, sync_folder, told, write_through
from index.store.locking import builders_lock
from index.store.numbering import Changes as Changes
from index.store.numbering import number_it
from index.store.numbering import version_of as version_of

KEEP: Final = 5
WAIT_SECONDS: Final = 600.0
ROOM: Final = 50 << 20  # bytes that must stay free beside the copy
_BUILDING: Final = "building-"


@dataclass(slots=True)
class Build:
    """A version in the making; ``conn`` is the only connection to ``file``."""

    file: Path
    base: int
    conn: sqlite3.Connection


class Versions:
    """The versions of one index.  ``keep`` of them stay, with the current one."""

    def __init__(self, db: Path, keep: int = KEEP) -> None:
        self.db = db
        self.keep = max(1, keep)
        self.folder = db.with_name(f"{db.stem}.versions")

    # ------------------------------------------------------------------------------------------ what there is

    def current(self) -> Version | None:
        """The version in use; None without an index.  Raises IndexDamaged, IndexTooNew."""
        return version_of(self.db) if self.db.exists() else None

    def number(self) -> int:
        """The number of the version in use, 0 without an index."""
        current = self.current()
        return current.number if current else 0

    def all(self) -> list[Version]:
        """The kept versions, the newest first, the one in use marked; a damaged one is left out."""
        current: Version | None = None
        with suppress(IndexDamaged, IndexTooNew, IndexUnavailable):
            current = self.current()
        found = {current.number: replace(current, current=True)} if current else {}
        for number in self._numbers():
            with suppress(IndexDamaged, IndexTooNew, IndexUnavailable):
                found.setdefault(number, version_of(self.file(number)))
        return sorted(found.values(), key=lambda version: version.number, reverse=True)

    def filed(self, number: int) -> list[tuple[str, str, str]]:
        """Name, path and SHA-256 of the documents of a version; [] if it is not kept.  Raises IndexDamaged."""
        file = self.file(number)
        if not file.exists() and self.number() == number:
            file = self.db
        if not file.exists():
            return []
        with closing(open_as_is(file)) as conn, translated(file):
            return conn.execute("SELECT name, path, sha256 FROM documents").fetchall()

    # ------------------------------------------------------------------------------------------ building

    @contextmanager
    def building(self, wait: float = WAIT_SECONDS) -> Iterator[Build]:
        """Hold the builders' lock and give a copy of the current version (or a new index); unpublished it is removed.

        Raises IndexUnavailable (another builder, no room, no right to write), IndexDamaged, IndexTooNew.
        """
        if self.db.exists():
            open_reader(self.db).close()  # brings an older index up to date, which needs the lock
        with self.exclusive(wait):
            base = self.number()
            file = self.folder / f"{_BUILDING}{os.getpid()}.db"
            conn: sqlite3.Connection | None = None
            try:
                if self.db.exists():
                    self._copy(file)
                conn = open_writer(file, durable=False)
                yield Build(file, base, conn)
            except OSError as error:
                raise IndexUnavailable(told(error, self.db)) from error
            finally:
                if conn is not None:
                    conn.close()
                self._clear(file)

    def publish(self, build: Build, by: Person, action: str, changes: Changes) -> Version:
        """Make the build the version in use and close it.  Raises IndexUnavailable; then the index is unchanged."""
        number = max([build.base, *self._numbers(), *self._damaged_numbers()]) + 1
        try:
            with translated(self.db):
                number_it(build.conn, number, build.base, by, action, changes)
                close_finished(build.conn)
            write_through(build.file)
            noted = self._sum_file(number)
            noted.write_text(f"{digest(build.file)} {LATEST} {build.base}", encoding="ascii")
            write_through(noted)
            self._keep_base(build.base)
            self._switch(build.file)
        except OSError as error:
            raise IndexUnavailable(told(error, self.db)) from error
        # From here on the version is in use: what may fail now is only put in order later, by the next builder.
        with suppress(OSError):
            build.file.replace(self.file(number))
            sync_folder(self.folder)
        version = replace(version_of(self.db), current=True)
        self._prune(version)
        return version

    def rollback(self, number: int) -> Version:
        """Make a kept version the one in use.  Raises NotAdopted if there is none such or it is damaged."""
        with self.exclusive(WAIT_SECONDS):
            file = self.file(number)
            if not file.exists():
                kept = "、".join(f"第{one}版" for one in self._numbers())
                raise NotAdopted(f"没有保留第{number}版；保留的有：{kept or '（无）'}")
            if self._is_in_use(file) and self.is_sound():
                raise NotAdopted(f"现在用的就是第{number}版")
            if not self.is_sound(number):
                raise NotAdopted(f"第{number}版的文件已损坏，不能退回；现在用的版本未改动")
            try:
                self._switch(file)
            except OSError as error:
                raise IndexUnavailable(told(error, self.db)) from error
            return replace(version_of(self.db), current=True)

    # ------------------------------------------------------------------------------------------ damage

    def is_sound(self, number: int | None = None, *, whole: bool = True, give_up: Callable[[], bool] = never) -> bool:
        """Whether every byte of a kept version (None: of the one in use) is as it was published.

        Reads the whole file; not ``whole``, it is only looked over.  Raises IndexUnavailable and IndexTooNew if it
        cannot be told, GivenUp soon after ``give_up`` says so.
        """
        file = self.db if number is None else self.file(number)
        try:
            if not file.stat().st_size:  # what a power cut may leave
                return False
            found = version_of(file)
            with closing(open_as_is(file)) as conn, translated(file):
                conn.execute("SELECT count(*) FROM documents").fetchone()
                if not whole:
                    return True
                noted = self._noted(found.number)
                if noted[1:2] == [str(schema_of(conn, file))] and is_finished(file):
                    return noted[0] == digest(file, give_up)
                # written in place, or brought up to date after it was published
                with stopping(conn, give_up):
                    return bool(conn.execute("PRAGMA quick_check").fetchone() == ("ok",))
        except (IndexDamaged, OSError):
            if give_up():
                raise GivenUp from None
            return False

    def restore_last_good(self) -> Version | None:
        """Put the version that a damaged one was made from in its place; the damaged file gets another name.

        If that is not sound, the newest sound one before it is taken, then one that came after it and was rolled back;
        None if there is no sound one.  Whoever calls has found the version in use damaged.
        """
        with self.exclusive(WAIT_SECONDS):
            damaged = max((number for number in self._numbers() if same(self.file(number), self.db)), default=None)
            numbers = self._numbers()
            if damaged is not None:
                base = int(next(iter(self._noted(damaged)[2:]), 0))
                numbers.sort(key=lambda number: (number != base, number > damaged, -number))
            for number in numbers:
                if number == damaged or not self._is_certainly_sound(number):
                    continue
                self._switch(self.file(number))
                if damaged is not None:
                    self.file(damaged).replace(self.file(damaged).with_suffix(".damaged"))
                return replace(version_of(self.db), current=True)
        return None

    def _is_certainly_sound(self, number: int) -> bool:
        try:
            return self.is_sound(number)
        except (IndexUnavailable, IndexTooNew):
            return False

    # ------------------------------------------------------------------------------------------ files

    def file(self, number: int) -> Path:
        """Where a version is kept, if it is."""
        return self.folder / f"{number:06}.db"

    def _sum_file(self, number: int) -> Path:
        return self.folder / f"{number:06}.sha256"

    def _noted(self, number: int) -> list[str]:
        """SHA-256 of a version as it was published, layout of its tables, number of its base; [] if not known."""
        try:
            noted = self._sum_file(number).read_text(encoding="ascii").split()
        except (OSError, ValueError):
            return []
        return noted if len(noted) == 3 and all(part.isdecimal() for part in noted[1:]) else []

    def _numbers(self) -> list[int]:
        """The kept numbers, the newest first."""
        return self._numbered(".db")

    def _damaged_numbers(self) -> list[int]:
        """Numbers of versions that were found damaged: they are not given again."""
        return self._numbered(".damaged")

    def _numbered(self, suffix: str) -> list[int]:
        stems = (file.stem for file in self.folder.glob(f"[0-9]*{suffix}"))
        return sorted((int(stem) for stem in stems if stem.isdecimal()), reverse=True)

    def _is_in_use(self, file: Path) -> bool:
        """Where there are no hard links, or after an update of the tables, the file in use is a copy."""
        if same(file, self.db):
            return True
        try:
            return self.db.exists() and version_of(file).number == self.number()
        except YusuanError:
            return False

    def _switch(self, file: Path) -> None:
        """Give the index the content of a finished file, in one step."""
        self._drop_journal()
        name = self.folder / "switch"
        name.unlink(missing_ok=True)
        link(file, name)
        name.replace(self.db)
        sync_folder(self.db.parent)

    def _copy(self, file: Path) -> None:
        """The current version as a file of our own."""
        size = self.db.stat().st_size
        if shutil.disk_usage(self.folder).free < size + ROOM:
            raise IndexUnavailable(f"磁盘空间不够：新版本需要约 {(size + ROOM) >> 20} MB，索引未改动：{self.db}")
        if not is_finished(self.db):
            self._settle()
        copy_file(self.db, file)

    def _number_in_use(self, file: Path) -> int:
        """The number of a builder's file if it has become the version in use, else 0."""
        try:
            number = version_of(file).number
            if same(file, self.db):
                return number
            # a copy, where there are no hard links; a build that was not finished has the number of its base
            is_new = number == self.number() and not self.file(number).exists()
            return number if is_new and self._noted(number)[:1] == [digest(file)] else 0
        except (YusuanError, OSError):
            return 0

    def _keep_base(self, number: int) -> None:
        """An index that was not made as a version (0) has no file here yet; without one there is no way back to it."""
        if not self.db.exists() or self.file(number).exists():
            return
        copy = self.folder / f"{_BUILDING}{os.getpid()}.base"
        with suppress(YusuanError, OSError, sqlite3.Error):  # no room for it: then there is no way back
            with closing(open_as_is(self.db)) as conn:
                copy_database(conn, copy)
            write_through(copy)
            copy.replace(self.file(number))
        with suppress(OSError):
            copy.unlink(missing_ok=True)

    def _settle(self) -> None:
        """An index written in place keeps part of itself in a journal: bring that in before the file is copied."""
        with translated(self.db), closing(open_writer(self.db)) as conn:
            busy = conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if busy:
            raise IndexUnavailable(f"索引正被另一个程序使用，请稍后再试：{self.db}")

    def _drop_journal(self) -> None:
        """What an index written in place has left beside it must not be taken for part of the new one."""
        for end in ("-wal", "-shm", "-journal"):
            self.db.with_name(self.db.name + end).unlink(missing_ok=True)

    def _clear(self, mine: Path) -> None:
        for end in ("", "-journal", "-wal", "-shm"):
            with suppress(OSError):
                mine.with_name(mine.name + end).unlink(missing_ok=True)
        # without any version the folder says nothing
        with suppress(OSError):
            self.folder.rmdir()

    def _clear_leftovers(self) -> None:
        """What a killed builder left: a file in use already gets its number, any other goes."""
        for file in self.folder.glob(f"{_BUILDING}*"):
            number = self._number_in_use(file) if file.suffix == ".db" else 0
            if number:
                file.replace(self.file(number))
            elif not same(file, self.db):  # damaged since: whoever restores puts another in its place
                file.unlink(missing_ok=True)
        (self.folder / "switch").unlink(missing_ok=True)
        for noted in self.folder.glob("[0-9]*.sha256"):
            if not noted.with_suffix(".db").exists():
                noted.unlink(missing_ok=True)

    def _prune(self, current: Version) -> None:
        """Keep the version in use, the one it was made from (the way back), and the newest ones."""
        numbers = self._numbers()
        wanted = [number for number in (current.number, current.base) if number in numbers]
        kept = list(dict.fromkeys([*wanted, *numbers]))[: self.keep]
        oldest = min(kept, default=0)
        gone = [self.file(number) for number in numbers if number not in kept]
        gone += [self.file(one).with_suffix(".damaged") for one in self._damaged_numbers() if one < oldest]
        gone += [self._sum_file(number) for number in numbers if number not in kept]
        for file in gone:
            if not same(file, self.db):
                with suppress(OSError):
                    file.unlink(missing_ok=True)

    @contextmanager
    def exclusive(self, wait: float = WAIT_SECONDS) -> Iterator[None]:
        """One builder at a time, over all processes; a killed one lets go by itself."""
        check_writable(self.db)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise IndexUnavailable(f"索引不可写（只读的文件或文件夹）：{self.db}") from error
        with builders_lock(self.db, wait):
            try:
                self._clear_leftovers()
            except OSError as error:
                raise IndexUnavailable(told(error, self.db)) from error
            yield
