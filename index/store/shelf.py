"""The versions of an index that there are, and whether they are sound; nothing is changed here (see ``versions``).

shelf = Shelf(Path("data/index.db"))
shelf.number() -> 13        shelf.all() -> 13, 12, 11        shelf.is_sound(12) -> True: byte by byte as published
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from index.errors import IndexDamaged, IndexTooNew, IndexUnavailable, YusuanError
from index.models import Version
from index.store.connect import is_finished, open_as_is, stopping, translated
from index.store.filing import GivenUp, digest, never, same
from index.store.numbering import version_of
from index.store.seals import AT_ONCE, Seals

KEEP: Final = 5


class Shelf:
    """The versions of one index, as they lie in ``index.versions/``."""

    def __init__(self, db: Path, keep: int = KEEP) -> None:
        self.db = db
        self.keep = max(1, keep)
        self.folder = db.with_name(f"{db.stem}.versions")
        self.seals = Seals(self.folder)

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

    def held_in(self, number: int) -> Path:
        """The file of a version: the one in use may not have got its own name yet, if who published it was killed."""
        file = self.file(number)
        return file if file.exists() or self.number() != number else self.db

    def filed(self, number: int) -> list[tuple[str, str, str]]:
        """Name, path and SHA-256 of the documents of a version; [] if it is not kept.  Raises IndexDamaged."""
        file = self.held_in(number)
        if not file.exists():
            return []
        with closing(open_as_is(file)) as conn, translated(file):
            return conn.execute("SELECT name, path, sha256 FROM documents").fetchall()

    # ------------------------------------------------------------------------------------------ soundness

    def is_sound(
        self, number: int | None = None, *, whole: bool = True, anew: bool = False,
        give_up: Callable[[], bool] = never,
    ) -> bool:  # fmt: skip
        """Whether every byte of a kept version (None: of the one in use) is as it was published.

        Reads the whole file, a large one only ``anew`` or if it was not read lately; not ``whole``, it is only looked
        over.  Raises IndexUnavailable and IndexTooNew if it cannot be told, GivenUp soon after ``give_up`` says so.
        """
        file = self.db
        try:
            file = self.db if number is None else self.held_in(number)
            if not file.stat().st_size:  # what a power cut may leave
                return False
            published = self._published(number) if whole and is_finished(file) else set()
            if published and self.seals.digest(file, give_up, anew=anew) not in published:
                return False
            with closing(open_as_is(file)) as conn, translated(file):
                conn.execute("SELECT count(*) FROM documents").fetchone()
                if published or not whole:
                    return True
                # written in place, or nothing was written down of it
                with stopping(conn, give_up):
                    return bool(conn.execute("PRAGMA quick_check").fetchone() == ("ok",))
        except (IndexDamaged, OSError):
            if give_up():
                raise GivenUp from None
            return False

    def _published(self, number: int | None) -> set[str]:
        """What the SHA-256 of a kept version (None: of the one in use) may be; empty if that is not known.

        Which version a file is, is not looked up in the file: that may be what is damaged.
        """
        if number is None:
            number = next((one for one in self._numbers() if same(self.file(one), self.db)), None)
        if number is None:  # a file of its own, or a copy that was brought up to date
            return self.seals.all()
        noted = self.seals.noted(number)
        return {noted.digest} if noted else set()

    def problems(self) -> list[str]:
        """Which files of the versions are not as they were published, in Chinese; reads all of them."""
        lines: list[str] = []
        with suppress(YusuanError):  # that is said by who looks into the tables
            if self._is_there() and not self.is_sound(anew=True):
                lines.append(f"索引文件已损坏：与采用时记下的散列值不符：{self.db}")
        for number in self._numbers():
            if not same(self.file(number), self.db) and not self._is_certainly_sound(number):
                lines.append(f"保留的第{number}版已损坏，不能退回到它：{self.file(number)}")
            if self.seals.noted(number) is None:
                lines.append(f"第{number}版的散列值没有记下，或记录已损坏：{self.seals.file(number)}")
        return lines

    def _is_certainly_sound(self, number: int | None) -> bool:
        try:
            return self.is_sound(number, anew=True)
        except (IndexUnavailable, IndexTooNew):
            return False

    def _is_true_copy(self, file: Path) -> bool:
        """Whether a copy of the version in use is what was published; of a large one that was read lately, trust it."""
        if published := self._published(None):
            large = file.stat().st_size > AT_ONCE
            return (self.seals.digest(self.db) if large else digest(file)) in published
        with closing(open_as_is(file)) as conn, translated(file):
            return bool(conn.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",))

    # ------------------------------------------------------------------------------------------ files

    def file(self, number: int) -> Path:
        """Where a version is kept, if it is."""
        return self.folder / f"{number:06}.db"

    def _numbers(self) -> list[int]:
        """The kept numbers, the newest first."""
        return self._numbered(".db")

    def _damaged_numbers(self) -> list[int]:
        """Numbers of versions that were found damaged: they are not given again."""
        return self._numbered(".damaged")

    def _numbered(self, suffix: str) -> list[int]:
        stems = (file.stem for file in self.folder.glob(f"[0-9]*{suffix}"))
        return sorted((int(stem) for stem in stems if stem.isdecimal()), reverse=True)

    def _is_there(self) -> bool:
        """Whether there is an index: an empty file beside which no version ever was is none."""
        try:
            return bool(self.db.stat().st_size or self._numbers() or self._damaged_numbers())
        except OSError:
            return False
