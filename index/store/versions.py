"""Versions of an index: built beside the one in use, then put in its place in one step; the last few are kept.

    versions = Versions(Path("data/index.db"))
    with versions.building() as build:              # a copy of the current version, which only we write
        store(build.conn, parsed)
        version = versions.publish(build, by, "load", Changes(added=("上党区2023.txt",)))

``data/index.db`` always is a complete version: a second name (hard link) of one of ``data/index.versions/``.  Who has
it open goes on reading the old one; who opens it next gets the new one.  A process that is killed leaves the old
version or the new one, never anything between, and at most a file that the next builder removes.

Nothing is built on a damaged version: the copy is compared with what was published, and if it is not that, the last
good version takes its place (``Build.mended``).  As long as no other version is kept, ``index.db`` is a file of its
own.
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
    WHAT_TO_DO,
    check_writable,
    close_finished,
    copy_database,
    is_finished,
    open_as_is,
    open_reader,
    open_writer,
    translated,
)  # fmt: skip
from index.store.filing import copy_file, digest, link, never, same, sync_folder, told, write_through
from index.store.locking import builders_lock
from index.store.numbering import Changes as Changes
from index.store.numbering import number_it
from index.store.numbering import version_of as version_of
from index.store.seals import AT_ONCE
from index.store.shelf import KEEP as KEEP
from index.store.shelf import Shelf

WAIT_SECONDS: Final = 600.0
ROOM: Final = 50 << 20  # bytes that must stay free beside the copy
_BUILDING: Final = "building-"


@dataclass(slots=True)
class Build:
    """A version in the making; ``conn`` is the only connection to ``file``.

    ``mended`` is the version it is built on if the one in use was found damaged and gave way to it.
    """

    file: Path
    base: int
    conn: sqlite3.Connection
    mended: Version | None = None


def gone_back(good: Version) -> str:
    """What is said when the last good version has taken the place of a damaged one."""
    return (
        f"索引文件已损坏，已自动退回第{good.number}版（{good.at[:10]}，{good.documents} 份报告）。"
        "这以后采用的报告请用 /reload 或重新发送补上；原文件都还在。"
    )


class Versions(Shelf):
    """The versions of one index, as they are changed.  ``keep`` of them stay, with the current one."""

    # ------------------------------------------------------------------------------------------ building

    @contextmanager
    def building(self, wait: float = WAIT_SECONDS, *, fresh: bool = False) -> Iterator[Build]:
        """Hold the builders' lock and give a copy of the current version (or a new index); unpublished it is removed.

        A damaged one gives way to the last good version first.  ``fresh`` is for who puts all of another index in: the
        current version is not even copied.  Raises IndexUnavailable (another builder, no room, no right to write),
        IndexDamaged (and no good version is left), IndexTooNew.
        """
        if self._is_there() and not fresh and self.db.stat().st_size:
            with suppress(IndexDamaged, IndexTooNew):  # a damaged one gives way; whether it is too new is seen below
                open_reader(self.db).close()  # brings an older index up to date, which needs the lock
        with self.exclusive(wait):
            file = self.folder / f"{_BUILDING}{os.getpid()}.db"
            conn: sqlite3.Connection | None = None
            try:
                mended = self._copied(file) if self._is_there() and not fresh else None
                base = self.number() if self._is_there() else 0
                conn = open_writer(file, durable=False)
                yield Build(file, base, conn, mended)
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
            self._keep_base(build.base)
            found = digest(build.file)
            self.seals.note(number, found, build.base)
            self.seals.remember(build.file, found)
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
            if not self.is_sound(number, anew=True):
                raise NotAdopted(f"第{number}版的文件已损坏，不能退回；现在用的版本未改动")
            try:
                self._switch(file)
            except OSError as error:
                raise IndexUnavailable(told(error, self.db)) from error
            return replace(version_of(self.db), current=True)

    # ------------------------------------------------------------------------------------------ damage

    def mend(self, give_up: Callable[[], bool] = never) -> Version | None:
        """If the version in use is damaged, put the last good one in its place; which that is, None if all is well.

        Raises IndexDamaged if there is none, else as ``is_sound`` does.
        """
        if not self._is_there() or self.is_sound(give_up=give_up):
            return None
        with self.exclusive(WAIT_SECONDS):
            return None if self.is_sound(give_up=give_up) else self._gone_back()

    def restore_last_good(self) -> Version | None:
        """Put the version that a damaged one was made from in its place; the damaged file gets another name.

        If that is not sound, the newest sound one before it is taken, then one that came after it and was rolled back;
        None if there is no sound one.  Whoever calls has found the version in use damaged.
        """
        with self.exclusive(WAIT_SECONDS), suppress(IndexDamaged):
            return self._gone_back()
        return None

    def weed(self, give_up: Callable[[], bool] = never) -> list[int]:
        """Put kept versions that are damaged aside, for there is no way back to them; their numbers.

        The one in use is none of them: see ``mend``.
        """
        found = [number for number in self._numbers() if not same(self.file(number), self.db)]
        if all(self.is_sound(number, give_up=give_up) for number in found):
            return []
        with self.exclusive(WAIT_SECONDS):
            gone = [number for number in found if self.file(number).exists() and not same(self.file(number), self.db)]
            gone = [number for number in gone if not self.is_sound(number, give_up=give_up)]
            for number in gone:
                self.file(number).replace(self.file(number).with_suffix(".damaged"))
        return gone

    def _gone_back(self) -> Version:
        """The same, for who holds the lock; raises IndexDamaged if there is no sound one."""
        damaged = max((number for number in self._numbers() if same(self.file(number), self.db)), default=None)
        numbers = self._numbers()
        if damaged is not None:
            noted = self.seals.noted(damaged)
            base = noted.base if noted else 0
            numbers.sort(key=lambda number: (number != base, number > damaged, -number))
        for number in numbers:
            if number == damaged or not self._is_certainly_sound(number):
                continue
            if damaged is None and self.db.exists():  # it has no other name: nothing is thrown away
                aside = self.db.with_name(f"{self.db.name}.damaged")
                aside.unlink(missing_ok=True)
                link(self.db, aside)
            self._switch(self.file(number))
            if damaged is not None:
                self.file(damaged).replace(self.file(damaged).with_suffix(".damaged"))
            return replace(version_of(self.db), current=True)
        raise IndexDamaged(
            f"{self._why()}；也没有完好的旧版本，请用 yusuan restore 恢复备份，或把它移到别处再重新载入报告"
        )

    def _why(self) -> str:
        try:
            version_of(self.db)
        except YusuanError as error:
            return str(error).removesuffix(WHAT_TO_DO)
        return f"索引已损坏：{self.db}"

    # ------------------------------------------------------------------------------------------ files

    def _is_in_use(self, file: Path) -> bool:
        """Where there are no hard links, or after an update of the tables, the file in use is a copy."""
        if same(file, self.db):
            return True
        try:
            return self.db.exists() and version_of(file).number == self.number()
        except YusuanError:
            return False

    def _switch(self, file: Path) -> None:
        """Give the index the content of a finished file, in one step.

        A second name of it costs nothing, but what damages one damages both: that is for when there is another version
        to go back to.
        """
        self._drop_journal()
        name = self.folder / "switch"
        name.unlink(missing_ok=True)
        others = self.keep > 1 and any(not same(self.file(number), file) for number in self._numbers())
        if others or shutil.disk_usage(self.folder).free < file.stat().st_size + ROOM:
            link(file, name)
        else:
            copy_file(file, name)
            write_through(name)
        name.replace(self.db)
        sync_folder(self.db.parent)

    def _copied(self, file: Path) -> Version | None:
        """The current version as a file of our own; if it is damaged, the last good one, which then is the current."""
        with suppress(IndexDamaged):
            self._copy(file)
            if self._is_true_copy(file):
                return None
        file.unlink(missing_ok=True)
        good = self._gone_back()
        self._copy(file)
        if not self._is_true_copy(file):
            raise IndexDamaged(f"复制的索引与原来的不符，索引未改动；请检查磁盘：{self.db}")
        return good

    def _copy(self, file: Path) -> None:
        size = self.db.stat().st_size
        if shutil.disk_usage(self.folder).free < size + ROOM:
            raise IndexUnavailable(f"磁盘空间不够：新版本需要约 {(size + ROOM) >> 20} MB，索引未改动：{self.db}")
        if not is_finished(self.db):
            self._settle()
        copy_file(self.db, file, share=size > AT_ONCE)

    def _number_in_use(self, file: Path) -> int:
        """The number of a builder's file if it has become the version in use, else 0."""
        try:
            number = version_of(file).number
            if same(file, self.db):
                return number
            # a copy, where there are no hard links; a build that was not finished has the number of its base
            is_new = number == self.number() and not self.file(number).exists()
            return number if is_new and digest(file) in self._published(number) else 0
        except (YusuanError, OSError):
            return 0

    def _keep_base(self, number: int) -> None:
        """An index that was not made as a version (0) has no file here yet; without one there is no way back to it."""
        if not self.db.exists() or self.file(number).exists() or not self._is_certainly_sound(None):
            return
        copy = self.folder / f"{_BUILDING}{os.getpid()}.base"
        with suppress(YusuanError, OSError, sqlite3.Error):  # no room for it: then there is no way back
            with closing(open_as_is(self.db)) as conn:
                copy_database(conn, copy)
            write_through(copy)
            self.seals.note(number, digest(copy), 0)
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
        current = -1
        with suppress(YusuanError):
            current = self.number()  # it may not have got its second name
        for number in self.seals.numbers():
            if number != current and not self.file(number).exists():
                self.seals.forget(number)

    def _prune(self, current: Version) -> None:
        """Keep the version in use, the one it was made from (the way back), and the newest ones."""
        numbers = self._numbers()
        wanted = [number for number in (current.number, current.base) if number in numbers]
        kept = list(dict.fromkeys([*wanted, *numbers]))[: self.keep]
        oldest = min(kept, default=0)
        gone = [self.file(number) for number in numbers if number not in kept]
        gone += [self.file(one).with_suffix(".damaged") for one in self._damaged_numbers() if one < oldest]
        for file in gone:
            if not same(file, self.db):
                with suppress(OSError):
                    file.unlink(missing_ok=True)
        for number in set(numbers) - set(kept):  # after the file: nothing is kept of which nothing is written down
            if not self.file(number).exists():
                self.seals.forget(number)

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
