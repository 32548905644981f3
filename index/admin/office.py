"""The admin's office: all that admins do to an index, with a line in the log for each.

    office = Office(Path("data/index.db"), Path("data/reports"))
    draft = office.preview([Path("上党区2024.pdf")], Person(1001, "王科长"))
    office.adopt(draft.id, Person(1001, "王科长")).number  ->  13

Every call is blocking and may be made from any thread.  What goes wrong is a YusuanError with a sentence for the admin;
the index then is as it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

from index.admin.adopting import Progress, adopted
from index.admin.contents import changes_csv, checked_page
from index.admin.drafts import Drafts, harmless
from index.admin.examining import Examining
from index.admin.models import Action, Draft, Entry, Person, Version
from index.admin.preview import look
from index.admin.proposals import proposal, written
from index.admin.recovery import conclude, lying_in, recovered, settled
from index.admin.rescan import digest_of, scanned
from index.admin.restoring import finish
from index.build import Intake
from index.errors import DraftOutdated, IndexUnavailable, NotAdopted, YusuanError
from index.intake.files import found
from index.store.filing import NO_ROOM, GivenUp, told
from index.store.ledger import Ledger, ledger_path
from index.store.lookup import Index
from index.store.rows import StoredDocument
from index.store.versions import KEEP, Versions, gone_back

LONGEST_REASON = 200  # characters of an error in the log
PROGRAM = Person(0, "程序")


class Office(Examining):
    """One for a process.  Opening makes the ledger; raises IndexUnavailable if that cannot be written."""

    def __init__(self, db: Path, reports: Path, keep: int = KEEP) -> None:
        super().__init__(db, Ledger(ledger_path(db)))
        self._reports = reports
        self._versions = Versions(db, keep)
        self._drafts = Drafts(db, self._ledger)
        self._leaving = Event()
        self._news = self._ledger.put_right()  # for the owner, with the next ``recover``
        self._settle()

    def leave(self) -> None:
        """Break off what may be broken off: the process is about to end.  From any thread."""
        self._leaving.set()

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
        with self._failure_noted(by, "preview", "、".join(harmless(file.name) for file in files[:3])):
            try:
                self._mend()
                self._drafts.take_in(id, _one_by_one(files))
                draft = self._draft(id, "add", by, paths=self._drafts.files(id), region=region or "", year=year)
                draft = self._drafts.save(self._looked_at(draft, progress))
            except BaseException as error:
                self._drafts.clear(id)
                if isinstance(error, OSError):
                    why = "磁盘已满" if error.errno in NO_ROOM else error.strerror or str(error)
                    raise NotAdopted(f"文件没有收下（{why}），请稍后重新发送") from error
                raise
        self.note(by, "preview", self._subject(draft))
        return draft

    def rescan(self, by: Person, progress: Progress | None = None) -> Draft:
        """Tell what bringing the index in line with the reports folder would do."""
        with self._failure_noted(by, "reload", str(self._reports)):
            self._mend()
            scan = scanned(self._db, self._reports, Intake(None, None), self._ledger.aside())
            draft = self._draft(self._drafts.new_id(), "reload", by, paths=scan.paths, removes=scan.gone)
            draft = self._looked_at(draft, progress)
            draft = self._drafts.save(replace(draft, files=(*draft.files, *scan.notes)))
        self.note(by, "reload", self._subject(draft))
        return draft

    def removal(self, document: str, by: Person) -> Draft:
        """Tell what taking a document out would do.  Raises NotAdopted if there is none of that name."""
        with self._failure_noted(by, "removal", document):
            self._mend()
            self._document(document)
            draft = self._draft(self._drafts.new_id(), "remove", by, removes=(document,))
            draft = self._drafts.save(self._looked_at(draft))
        self.note(by, "removal", document)
        return draft

    def revise(self, id: str, by: Person, region: str | None = None, year: int | None = None) -> Draft:
        """Look at a draft again with another region or year; None leaves what was set, "" and 0 take it back."""
        draft = self._open_draft(id)
        before = self._settings(draft)
        with self._failure_noted(by, "revise", self._subject(draft)):
            self._mend()
            region = draft.region if region is None else region
            year = draft.year if year is None else year or None
            draft = self._kept(self._looked_at(replace(draft, region=region, year=year)))
        self.note(by, "revise", self._subject(draft), before, self._settings(draft))
        return draft

    def draft(self, id: str) -> Draft | None:
        """A draft by its id, decided ones too."""
        return self._drafts.get(id)

    def drafts(self) -> list[Draft]:
        """What is undecided, the newest first; what could not be read goes after a day."""
        return self._drafts.worth_deciding()

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

    def adopt(self, id: str, by: Person, progress: Progress | None = None, despite: str = "") -> Version:
        """Make the next version of the index from a draft.

        Raises NotAdopted (decided already, nothing in it, a check objects), DraftOutdated (the index or a file has
        changed since, or the index was damaged; the draft has been compared anew) and GoldChanged, unless ``despite``
        is its seal: then it is adopted in spite of these gold questions, which is in the log (see ``proposal``).
        """
        subject = self._subject(self._drafts.wanted(id))
        with self._begun(by, "adopt", subject, id) as entry:
            self._open_draft(id).check()
            with self._versions.building() as build:
                if build.mended is not None:
                    raise self._outdated(id, build.mended)
                draft = self._up_to_date(self._open_draft(id))
                if not self._drafts.move(id, "open", "adopting"):
                    raise NotAdopted(self._decided(id))
                lying = lying_in(self._versions, build.base, self._reports)
                try:
                    intake, archive = self._intake(draft), self._archive
                    version, gold = adopted(draft, build, self._versions, intake, archive, by, progress, despite)
                except BaseException:
                    self._not_made(id)
                    raise
                # The version is in use.  If the ledger cannot say so now (no room), it is settled later.
                with suppress(YusuanError):
                    conclude(draft, version, lying, self._drafts, self._ledger)
                    self._ledger.finish_entry(entry, f"第{version.number}版", "done")
                    written(self._db, self._ledger, gold, version, by)
        return version

    def link(self, document: str, url: str, by: Person) -> None:
        """Give a report's public page, which stands under its answers; "" takes it away."""
        self._document(document)
        self._ledger.put_link(document, checked_page(url))
        self.note(by, "link", document, after=url)

    def proposal(self, number: int) -> Path | None:
        """New lines for the gold file, if a version was adopted in spite of gold questions."""
        file = proposal(self._db, number)
        return file if file.exists() else None

    # ------------------------------------------------------------------------------------------ versions

    def versions(self) -> list[Version]:
        """The kept versions, the newest first, the one in use marked."""
        return self._versions.all()

    def version(self) -> int:
        """The number of the version in use, 0 without an index."""
        return self._versions.number()

    def rollback(self, number: int, by: Person) -> Version:
        """Return to a kept version.  Raises NotAdopted if it is not kept, damaged, or in use already."""
        with self._begun(by, "rollback", f"第{number}版", f"第{number}版") as entry:
            version = self._versions.rollback(number)
            with suppress(YusuanError):
                self._ledger.finish_entry(entry, f"第{number}版", "done")
        return version

    def recover(self, *, deep: bool = False) -> list[str]:
        """If the index is damaged, return to the last good version; what the owner should be told.

        Not ``deep``, a large index is only opened and looked over.
        """
        restored = finish(self._db)
        lines, self._news = [*self._news, *self._ledger.put_right()], []
        if restored:
            lines.append(f"上次没有做完的恢复已经做完，现在是第{restored.number}版")
        lines += recovered(self._versions, deep=deep, give_up=self._leaving.is_set)
        for line in lines:
            self.note(PROGRAM, "recover", line)
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

    def _mend(self) -> None:
        """Nothing is compared with a damaged index; the owner is told with the next ``recover``."""
        try:
            good = self._versions.mend(self._leaving.is_set)
        except GivenUp:
            raise IndexUnavailable("程序正在停止，索引未改动") from None
        if good is not None:
            self._news.append(gone_back(good))
            self.note(PROGRAM, "recover", gone_back(good))

    def _outdated(self, id: str, good: Version) -> DraftOutdated:
        """The version that a draft was to be adopted onto was damaged."""
        self._news.append(gone_back(good))
        self.note(PROGRAM, "recover", gone_back(good))
        self._kept(self._looked_at(self._open_draft(id)))
        return DraftOutdated(f"{gone_back(good)}已重新对照，请再看一遍后决定")

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
        """The draft compared with the index as it is now; whoever builds holds the lock and has mended it."""
        paths = [Path(path) for path in draft.paths]
        base = self.version()
        intake = self._intake(draft)
        try:
            found = look(self._db, paths, intake, draft.removes, progress, self._drafts.room())
        except OSError as error:
            raise IndexUnavailable(told(error, self._db)) from error
        seen = found.comparison
        beside = self.kept_and_compared(found.checked) if draft.action == "add" else ()
        return replace(
            draft, base=base, files=found.reports, changes=seen.changes, clashes=seen.clashes, added=seen.added,
            changed=seen.changed, gone=seen.gone, digests=tuple(map(digest_of, paths)),
            rules=intake.options, beside=beside,
        )  # fmt: skip

    def _up_to_date(self, draft: Draft) -> Draft:
        """The draft, if it still tells the truth; else DraftOutdated."""
        same_files = draft.digests == tuple(digest_of(Path(path)) for path in draft.paths)
        if draft.base == self.version() and same_files and draft.rules == self._intake(draft).options:
            return draft
        fresh = self._kept(self._looked_at(draft))
        same = replace(fresh, base=draft.base, rules=draft.rules, files=draft.files, beside=draft.beside) == draft
        if not (same and same_files and draft.files[: len(fresh.files)] == fresh.files):
            raise DraftOutdated("这期间索引或文件变了，已重新对照，请再看一遍后决定")
        return fresh

    def _open_draft(self, id: str) -> Draft:
        draft = self._drafts.wanted(id)
        if draft.state == "adopting":  # or what was adopting it has ended
            self._settle()
            draft = self._drafts.wanted(id)
        if draft.state != "open":
            raise NotAdopted(self._decided(id))
        return draft

    def _kept(self, draft: Draft) -> Draft:
        """A draft looked at again, if nobody has decided on it meanwhile."""
        kept = self._drafts.save_open(draft)
        if kept is None:
            raise NotAdopted(self._decided(draft.id))
        return kept

    def _not_made(self, id: str) -> None:
        """The adoption of a draft has failed: unless its version is in use all the same, it is open again."""
        with suppress(YusuanError):
            current = self._versions.current()
            if current is None or current.draft != id:
                self._drafts.move(id, "adopting", "open")

    def _settle(self) -> None:
        with suppress(IndexUnavailable):  # a builder is at work: what it has begun it will end itself
            settled(self._versions, self._drafts, self._ledger, self._reports, self._archive)

    def _decided(self, id: str) -> str:
        draft = self._drafts.wanted(id)
        if draft.state == "adopting":
            return "这份报告正在采用中"
        by = f"由{draft.decided_by}" if draft.decided_by else ""
        return f"这份报告已{by}{'采用' if draft.state == 'adopted' else '放弃'}"

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

    @contextmanager
    def _begun(self, by: Person, action: str, subject: str, meant: str) -> Iterator[int]:
        """A line in the log that says ``begun`` until the block says how it ended, or fails.

        An interrupted one stays: what became of it is seen from the index when it is opened again.
        """
        before = "已损坏的索引"
        with suppress(YusuanError):
            before = f"第{self.version()}版"
        entry = self._enter(by, action, subject, before, meant, "begun")
        try:
            yield entry
        except Exception as error:
            with suppress(YusuanError):
                self._ledger.finish_entry(entry, _short(error), "failed")
            raise

    @contextmanager
    def _failure_noted(self, by: Person, action: str, subject: str) -> Iterator[None]:
        try:
            yield
        except YusuanError as error:
            with suppress(YusuanError):
                self.note(by, action, subject, after=_short(error), outcome="failed")
            raise

    def _settings(self, draft: Draft) -> str:
        return " ".join(filter(None, (draft.region, f"{draft.year}年" if draft.year else "")))

    def _intake(self, draft: Draft) -> Intake:
        return Intake(draft.region or None, draft.year, apart=True, aside=self.keys_aside, beside=self.beside_held)

    def _enter(self, by: Person, action: str, subject: str, before: str, after: str, outcome: str) -> int:
        return self._ledger.add_entry([_now(), by.id, by.name, action, subject, before, after, outcome])


def _one_by_one(paths: Sequence[Path]) -> list[Path]:
    """Files, and those of folders that are reports by their suffix."""
    return [
        entry for path in paths for entry in (found([path]) if path.is_dir() else [path]) if isinstance(entry, Path)
    ]


def _now() -> str:
    return datetime.now(UTC).isoformat("T", "seconds")


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:LONGEST_REASON]
