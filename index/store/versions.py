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

import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from index.errors import IndexDamaged, IndexTooNew, IndexUnavailable, NotAdopted, YusuanError
from index.models import Person, Version
from index.store.connect import check_writable, close_finished, is_finished, open_reader, open_writer, translated
from index.store.filing import copy_file, digest, link, same, sync_folder, told, write_through

KEEP: Final = 5
WAIT_SECONDS: Final = 600.0
ROOM: Final = 50 << 20  # bytes that must stay free beside the copy
_BUILDING: Final = "building-"
_PARTS: Final = ("added", "replaced", "removed", "regions")


@dataclass(frozen=True, slots=True)
class Changes:
    """What a new version has that the one before had not: names of documents, codes of their regions; and the draft
    that it was made from."""

    added: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    draft: str = ""


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
        found: list[Version] = []
        for number in self._numbers():
            with suppress(IndexDamaged, IndexTooNew, IndexUnavailable):
                file = self._file(number)
                found.append(replace(version_of(file), current=same(file, self.db)))
        if self.db.exists() and not any(version.current for version in found):
            with suppress(IndexDamaged, IndexTooNew, IndexUnavailable):
                found.append(replace(version_of(self.db), current=True))
        return sorted(found, key=lambda version: version.number, reverse=True)

    # ------------------------------------------------------------------------------------------ building

    @contextmanager
    def building(self, wait: float = WAIT_SECONDS) -> Iterator[Build]:
        """Hold the builders' lock and give a copy of the current version (or a new index); unpublished it is removed.

        Raises IndexUnavailable (another builder, no room, no right to write), IndexDamaged, IndexTooNew.
        """
        check_writable(self.db)
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
        number = max([build.base, *self._numbers()]) + 1
        at = datetime.now(UTC).isoformat("T", "seconds")
        described: dict[str, object] = asdict(changes)
        try:
            with translated(self.db):
                documents, facts = build.conn.execute("SELECT count(*), total(facts) FROM documents").fetchone()
                described |= {"documents": documents, "facts": int(facts)}
                build.conn.execute(
                    "UPDATE version SET number = ?, base = ?, at = ?, person = ?, name = ?, action = ?, changes = ?",
                    (number, build.base, at, by.id, by.name, action, json.dumps(described, ensure_ascii=False)),
                )
                close_finished(build.conn)
            write_through(build.file)
            self._sum_file(number).write_text(digest(build.file), encoding="ascii")
            self._switch(build.file)
            build.file.replace(self._file(number))
        except OSError as error:
            raise IndexUnavailable(told(error, self.db)) from error
        self._prune()
        return replace(version_of(self.db), current=True)

    def rollback(self, number: int) -> Version:
        """Make a kept version the one in use.  Raises NotAdopted if there is none such or it is damaged."""
        check_writable(self.db)
        with self.exclusive(WAIT_SECONDS):
            file = self._file(number)
            if not file.exists():
                kept = "、".join(f"第{one}版" for one in self._numbers())
                raise NotAdopted(f"没有保留第{number}版；保留的有：{kept or '（无）'}")
            if same(file, self.db):
                raise NotAdopted(f"现在用的就是第{number}版")
            if not self.is_sound(number):
                raise NotAdopted(f"第{number}版的文件已损坏，不能退回；现在用的版本未改动")
            try:
                self._switch(file)
            except OSError as error:
                raise IndexUnavailable(told(error, self.db)) from error
            return replace(version_of(self.db), current=True)

    # ------------------------------------------------------------------------------------------ damage

    def is_sound(self, number: int | None = None, *, whole: bool = True) -> bool:
        """Whether every byte of a kept version (None: of the one in use) is as it was published.

        Reads the whole file; not ``whole``, and for a file that was never published, it is only looked over.
        """
        file = self.db if number is None else self._file(number)
        try:
            found = version_of(file)
            with closing(open_reader(file)) as conn, translated(file):
                conn.execute("SELECT count(*) FROM documents").fetchone()
            noted = self._sum_file(found.number)
            return not whole or not noted.exists() or noted.read_text(encoding="ascii") == digest(file)
        except (YusuanError, OSError, sqlite3.Error):
            return False

    def restore_last_good(self) -> Version | None:
        """Put the newest sound version in the place of a damaged one, which is kept under another name.

        None if no version is sound.  Whoever calls has found the version in use damaged.
        """
        with self.exclusive(WAIT_SECONDS):
            for number in self._numbers():
                file = self._file(number)
                if same(file, self.db) or not self.is_sound(number):
                    continue
                for name in [self._file(one) for one in self._numbers() if same(self._file(one), self.db)]:
                    name.replace(name.with_suffix(".damaged"))
                self._drop_journal()
                self._switch(file)
                return replace(version_of(self.db), current=True)
        return None

    # ------------------------------------------------------------------------------------------ files

    def _file(self, number: int) -> Path:
        return self.folder / f"{number:06}.db"

    def _sum_file(self, number: int) -> Path:
        return self.folder / f"{number:06}.sha256"

    def _numbers(self) -> list[int]:
        """The kept numbers, the newest first."""
        return sorted((int(file.stem) for file in self.folder.glob("[0-9]*.db")), reverse=True)

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
            if file.suffix == ".db" and same(file, self.db):
                file.replace(self._file(version_of(file).number))
            else:
                file.unlink(missing_ok=True)

    def _prune(self) -> None:
        numbers = self._numbers()
        for number in numbers[self.keep :]:
            if not same(self._file(number), self.db):
                with suppress(OSError):
                    self._file(number).unlink()
        kept = {f"{number:06}" for number in self._numbers()}
        for noted in self.folder.glob("[0-9]*.sha256"):
            if noted.stem not in kept:
                with suppress(OSError):
                    noted.unlink()

    @contextmanager
    def exclusive(self, wait: float = WAIT_SECONDS) -> Iterator[None]:
        """One builder at a time, over all processes; a killed one lets go by itself."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            file = self.db.with_name(f"{self.db.stem}.lock")
            conn = sqlite3.connect(file, isolation_level=None, timeout=wait, check_same_thread=False)
        except (OSError, sqlite3.Error) as error:
            raise IndexUnavailable(f"索引不可写（只读的文件或文件夹）：{self.db}") from error
        with closing(conn):
            try:
                conn.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError as error:
                raise IndexUnavailable(f"索引正被另一个程序写入，请稍后再试：{self.db}") from error
            self._clear_leftovers()
            yield


def version_of(file: Path) -> Version:
    """The version that a file is; number 0 for one that was never published.  Raises IndexDamaged, IndexTooNew."""
    with closing(open_reader(file)) as conn, translated(file):
        number, base, at, person, name, action, changes = conn.execute("SELECT * FROM version").fetchone()
    described = json.loads(changes)
    added, replaced, removed, regions = (tuple(described.get(part, ())) for part in _PARTS)
    return Version(
        number, base, at, Person(person, name), action, added, replaced, removed, regions,
        described.get("documents", 0), described.get("facts", 0), draft=described.get("draft", ""),
    )  # fmt: skip
