"""The admin's office: all that admins do to an index, with a line in the log for each.

    office = Office(Path("data/index.db"), Path("data/reports"))
    draft = office.preview([Path("上党区2024.pdf")], Person(1001, "王科长"))
    office.adopt(draft.id, Person(1001, "王科长")).number  ->  13

Every call is blocking and may be made from any thread.  What goes wrong is a YusuanError with a sentence for the admin;
the index then is as it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from index.admin.adopting import Progress, adopted
from index.admin.contents import Contents, changes_csv
from index.admin.drafts import Drafts
from index.admin.models import Action, Draft, Entry, Person, Version
from index.admin.preview import look
from index.admin.recovery import recovered, settled
from index.admin.rescan import digest_of, is_inside, scanned
from index.admin.restoring import finish
from index.build import Intake
from index.errors import DraftOutdated, IndexUnavailable, NotAdopted
from index.intake.files import found
from index.store.ledger import Ledger, ledger_path
from index.store.lookup import Index
from index.store.rows import StoredDocument
from index.store.versions import KEEP, Versions


class Office(Contents):
    """One for a process.  Opening makes the ledger; raises IndexUnavailable if that cannot be written."""

    def __init__(self, db: Path, reports: Path, keep: int = KEEP) -> None:
        super().__init__(db, Ledger(ledger_path(db)))
        self._reports = reports
        self._versions = Versions(db, keep)
        self._drafts = Drafts(db, self._ledger)
        with suppress(IndexUnavailable):  # another builder is at work: it will settle what it has begun itself
            settled(self._versions, self._drafts, self._ledger)

    def close(self) -> None:
        """Let go of the ledger."""
        self._ledger.close()

    # ------------------------------------------------------------------------------------------ drafts

    def preview(
        self, files: Sequence[Path], by: Person, region: str | None = None, year: int | None = None,
        progress: Progress | None = None,
    ) -> Draft:  # fmt: skip
        """Take copies of some files, and tell what adopting them would do."""
        id = self._drafts.new_id()
        try:
            self._drafts.take_in(id, _one_by_one(files))
            draft = self._draft(id, "add", by, paths=self._drafts.files(id), region=region or "", year=year)
            draft = self._drafts.save(self._looked_at(draft, progress))
        except BaseException as error:
            self._drafts.clear(id)
            if isinstance(error, OSError):
                raise NotAdopted(f"文件没有收下（{error.strerror or error}），请重新发送") from error
            raise
        self.note(by, "preview", self._subject(draft))
        return draft

    def rescan(self, by: Person, progress: Progress | None = None) -> Draft:
        """Tell what bringing the index in line with the reports folder would do."""
        scan = scanned(self._db, self._reports, Intake(None, None), self._ledger.aside())
        draft = self._draft(self._drafts.new_id(), "reload", by, paths=scan.paths, removes=scan.gone)
        draft = self._looked_at(draft, progress)
        draft = self._drafts.save(replace(draft, files=(*draft.files, *scan.notes)))
        self.note(by, "reload", self._subject(draft))
        return draft

    def removal(self, document: str, by: Person) -> Draft:
        """Tell what taking a document out would do.  Raises NotAdopted if there is none of that name."""
        self._document(document)
        draft = self._draft(self._drafts.new_id(), "remove", by, removes=(document,))
        return self._drafts.save(self._looked_at(draft))

    def revise(self, id: str, by: Person, region: str | None = None, year: int | None = None) -> Draft:
        """Look at a draft again with another region or year; None leaves what was set, "" and 0 take it back."""
        draft = self._open_draft(id)
        region = draft.region if region is None else region
        year = draft.year if year is None else year or None
        return self._drafts.save(self._looked_at(replace(draft, region=region, year=year)))

    def draft(self, id: str) -> Draft | None:
        """A draft by its id, decided ones too."""
        return self._drafts.get(id)

    def drafts(self) -> list[Draft]:
        """What is undecided, the newest first."""
        return self._drafts.open()

    def changes_csv(self, id: str) -> bytes:
        """All changes of a draft as a CSV file."""
        return changes_csv(self._drafts.wanted(id).changes)

    def drop(self, id: str, by: Person) -> None:
        """Decide against a draft.  Raises NotAdopted if it is decided already."""
        draft = self._open_draft(id)
        if not self._drafts.move(id, "open", "dropped"):
            raise NotAdopted(self._decided(id))
        self._drafts.save(replace(draft, state="dropped", decided_by=by.name))
        self._drafts.clear(id)
        self.note(by, "drop", self._subject(draft))

    def adopt(self, id: str, by: Person, progress: Progress | None = None) -> Version:
        """Make the next version of the index from a draft.

        Raises NotAdopted (decided already, nothing in it, a check objects) and DraftOutdated (the index or a file has
        changed since; the draft has been compared anew).
        """
        if self._open_draft(id).is_empty:
            raise NotAdopted("这里没有可以采用的内容，索引不会改变")
        with self._versions.building() as build:
            draft = self._up_to_date(self._open_draft(id))
            if not self._drafts.move(id, "open", "adopting"):
                raise NotAdopted(self._decided(id))
            before = f"第{build.base}版"
            entry = self._enter(by, "adopt", self._subject(draft), before, draft.id, "begun")
            lying = self._in_folder()
            try:
                intake = Intake(draft.region or None, draft.year)
                version = adopted(draft, build, self._versions, intake, self._archive, by, progress)
            except BaseException:
                self._drafts.move(id, "adopting", "open")
                self._ledger.finish_entry(entry, before, "failed")
                raise
            with self._ledger.together():
                self._drafts.save(replace(draft, state="adopted", decided_by=by.name))
                for digest in draft.digests:
                    self._ledger.take_back(digest)
                if draft.action != "reload":
                    for name in {*version.removed, *version.replaced} & lying.keys():
                        self._ledger.set_aside(lying[name], name, _now())
                self._ledger.finish_entry(entry, f"第{version.number}版", "done")
        self._drafts.clear(id)
        return version

    # ------------------------------------------------------------------------------------------ versions

    def versions(self) -> list[Version]:
        """The kept versions, the newest first, the one in use marked."""
        return self._versions.all()

    def version(self) -> int:
        """The number of the version in use, 0 without an index."""
        return self._versions.number()

    def rollback(self, number: int, by: Person) -> Version:
        """Return to a kept version.  Raises NotAdopted if it is not kept, damaged, or in use already."""
        before = f"第{self.version()}版"
        entry = self._enter(by, "rollback", f"第{number}版", before, f"第{number}版", "begun")
        try:
            version = self._versions.rollback(number)
        except BaseException:
            self._ledger.finish_entry(entry, before, "failed")
            raise
        self._ledger.finish_entry(entry, f"第{number}版", "done")
        return version

    def recover(self, *, deep: bool = False) -> list[str]:
        """If the index is damaged, return to the last good version; what the owner should be told.

        Not ``deep``, a large index is only opened and looked over.
        """
        restored = finish(self._db)
        lines = [f"上次没有做完的恢复已经做完，现在是第{restored.number}版"] if restored else []
        lines += recovered(self._versions, deep=deep)
        for line in lines:
            self.note(Person(0, "程序"), "recover", line)
        return lines

    # ------------------------------------------------------------------------------------------ log

    def note(
        self, by: Person, action: str, subject: str, before: str = "", after: str = "", outcome: str = "done"
    ) -> None:
        """A line in the log."""
        self._enter(by, action, subject, before, after, outcome)

    def log(self, limit: int = 50, offset: int = 0) -> list[Entry]:
        """Lines of the log, the latest first."""
        return [
            Entry(id, at, Person(person, name), action, subject, before, after, outcome)
            for id, at, person, name, action, subject, before, after, outcome in self._ledger.entries(limit, offset)
        ]

    # ------------------------------------------------------------------------------------------ parts

    @property
    def _archive(self) -> Path:
        """What admins sent in and adopted stays here."""
        return self._db.with_name(f"{self._db.stem}.originals")

    def _draft(
        self, id: str, action: Action, by: Person, paths: Sequence[Path] = (), removes: Sequence[str] = (),
        region: str = "", year: int | None = None,
    ) -> Draft:  # fmt: skip
        digests = tuple(digest_of(path) for path in paths)
        return Draft(
            id, "open", action, by, _now(), self.version(), (), tuple(removes), region=region, year=year,
            paths=tuple(map(str, paths)), digests=digests,
        )  # fmt: skip

    def _looked_at(self, draft: Draft, progress: Progress | None = None) -> Draft:
        """The draft compared with the index as it is now."""
        paths = [Path(path) for path in draft.paths]
        base = self.version()
        found = look(self._db, paths, Intake(draft.region or None, draft.year), draft.removes, progress)
        seen = found.comparison
        return replace(
            draft, base=base, files=found.reports, changes=seen.changes, clashes=seen.clashes, added=seen.added,
            changed=seen.changed, gone=seen.gone, digests=tuple(map(digest_of, paths)),
        )  # fmt: skip

    def _up_to_date(self, draft: Draft) -> Draft:
        """The draft, if it still tells the truth; else DraftOutdated."""
        same_files = draft.digests == tuple(digest_of(Path(path)) for path in draft.paths)
        if draft.base == self.version() and same_files:
            return draft
        fresh = self._drafts.save(self._looked_at(draft))
        same = replace(fresh, base=draft.base, files=draft.files) == draft
        if not (same and same_files and draft.files[: len(fresh.files)] == fresh.files):
            raise DraftOutdated("这期间索引或文件变了，已重新对照，请再看一遍后决定")
        return fresh

    def _open_draft(self, id: str) -> Draft:
        draft = self._drafts.wanted(id)
        if draft.state != "open":
            raise NotAdopted(self._decided(id))
        return draft

    def _decided(self, id: str) -> str:
        draft = self._drafts.wanted(id)
        if draft.state == "adopting":
            return "这份报告正在采用中"
        by = f"由{draft.decided_by}" if draft.decided_by else ""
        return f"这份报告已{by}{'采用' if draft.state == 'adopted' else '放弃'}"

    def _in_folder(self) -> dict[str, str]:
        """Documents whose files lie in the reports folder, with their SHA-256: taken out or replaced by what was sent
        in, they must not come back with the next look through the folder."""
        if not self._db.exists():
            return {}
        with Index(self._db) as index:
            return {one.name: one.sha256 for one in index.documents() if is_inside(one.path, self._reports)}

    def _document(self, name: str) -> StoredDocument:
        with Index(self._db) as index:
            for one in index.documents():
                if one.name == name:
                    return one
        raise NotAdopted(f"索引里没有名为“{name}”的报告")

    def _subject(self, draft: Draft) -> str:
        names = [Path(file.file).name for file in draft.files if file.status in ("loaded", "replaced")]
        names += [f"移除 {name}" for name in draft.removes]
        more = f" 等 {len(names)} 份" if len(names) > 3 else ""
        return "、".join(names[:3]) + more

    def _enter(self, by: Person, action: str, subject: str, before: str, after: str, outcome: str) -> int:
        return self._ledger.add_entry([_now(), by.id, by.name, action, subject, before, after, outcome])


def _one_by_one(paths: Sequence[Path]) -> list[Path]:
    """Files, and those of folders that are reports by their suffix."""
    return [
        entry for path in paths for entry in (found([path]) if path.is_dir() else [path]) if isinstance(entry, Path)
    ]


def _now() -> str:
    return datetime.now(UTC).isoformat("T", "seconds")
