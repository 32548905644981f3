"""Road 1 on one page: files and folders -> documents -> facts -> the index, with a report on every file.

``load(["报告/上党区2023.txt"], "data/index.db")`` gives one LoadReport: 上党区, 2023年, 决算报告, so many facts, so
many figures not understood.  A file that fails costs one line of Chinese, never the other files and never the index.
Files are read and parsed in several processes; this one alone writes, into a copy that becomes the next version of the
index when all is done.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Generator, Iterator, Sequence
from contextlib import ExitStack, closing, suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING

from index.errors import IndexDamaged, IndexTooNew, IndexUnavailable, NotAdopted, YusuanError
from index.intake.crew import Crew, cores, is_small, prepared_here
from index.intake.files import found
from index.intake.prepare import Prepared, told
from index.intake.report import LoadReport, report_on, settled
from index.models import Person, Region, Version

if TYPE_CHECKING:
    from index.store.connect import Connection
    from index.store.ledger import Ledger
    from index.store.naming import StoreResult
    from index.store.versions import Build, Versions

__all__ = ["Intake", "LoadReport", "Progress", "load", "write_into"]

Progress = Callable[[int, int, LoadReport | None], None]
Write = Callable[[Path, Prepared], "StoreResult"]
# Objects by raising; what it gives is called with the version as soon as that is in use.
Examined = Callable[[Path, Path, Sequence[str]], Callable[[Version], None]]
# The keys of the slips of a document that an admin has put aside.
Aside = Callable[[Path, Prepared], Collection[str]]
# A document with what the reports of an index say otherwise.
Beside = Callable[[Prepared], Prepared]
NOBODY = Person(0, "命令行")
PROGRAM = "程序"
TOLD = 3  # names of documents in a line of the log


def load(
    paths: Sequence[str | Path],
    db: str | Path,
    region: str | None = None,
    year: int | None = None,
    progress: Progress | None = None,
    jobs: int | None = None,
    by: Person = NOBODY,
    keep: int | None = None,
    examined: Examined | None = None,
    tell: Callable[[str], None] | None = None,
    aside: Aside | None = None,
) -> list[LoadReport]:
    """Load files and folders (with their subfolders) into an index, which is made if it is not there.

    All of it becomes visible at once, as a new version (see ``store.versions``); an interrupted load (Ctrl-C) keeps the
    documents that were complete.  ``region`` and ``year`` settle what a report leaves open; ``progress(done, all,
    report)`` is called before the first file (without a report) and after each; ``jobs`` processes read at once
    (default: one for each core); ``keep`` versions stay.  It is a line in the log, in the name of ``by``.  The new
    version is ``examined`` against the old one, with the names of the new documents, before it is put in its place.
    A damaged index gives way to its last good version first; ``tell`` is called with what was put right.  Of the slips
    of a report those that an admin has put ``aside`` are only counted.

    Raises YusuanError if nothing can be loaded (an index that cannot be written, an unknown region, no sound ledger) or
    if the examination says no; every other failure is a report.
    """
    from index.store.connect import check_writable
    from index.store.versions import KEEP, Versions

    check_writable(db)
    reports: list[LoadReport] = []
    entries = list(found(paths))
    if progress:
        progress(0, len(entries), None)
    intake = Intake(region, year, jobs, aside=aside)
    with closing(_Target(Versions(Path(db), keep or KEEP), intake, examined, tell)) as target:
        try:
            with closing(intake.run(entries, target.known, target.write)) as results:
                for done, report in results:
                    reports.append(report)
                    if progress:
                        progress(done, len(entries), report)
        except KeyboardInterrupt:
            target.publish(by)
            raise
        target.publish(by)
    return reports


class Intake:
    """Files -> reports on them, read in ``jobs`` processes; what is known and where it is written is given to it.

    ``apart`` is for a process that has others to serve meanwhile: all but small texts is read outside of it.
    """

    def __init__(
        self, region: str | None, year: int | None, jobs: int | None = None, apart: bool = False,
        aside: Aside | None = None, beside: Beside | None = None,
    ) -> None:  # fmt: skip
        self.region = _named(region) if region else None
        self.year = year
        self.jobs = jobs or (max(1, cores() - 1) if apart else cores())
        self.apart = apart
        self.aside = aside
        self.beside = beside
        # what else decides how a file is parsed: if it changes, so may the facts
        self.options = f"{self.region.code if self.region else ''}|{year or ''}|{fingerprint()}"

    def run(
        self, entries: Sequence[Path | LoadReport], known: Callable[[Path], LoadReport | None], write: Write
    ) -> Generator[tuple[int, LoadReport], None, None]:
        """The reports in the order of the entries, each with the number of its entry (from 1)."""
        settled_entries = [entry if isinstance(entry, LoadReport) else known(entry) for entry in entries]
        new = [
            entry
            for entry, report in zip(entries, settled_entries, strict=True)
            if isinstance(entry, Path) and report is None
        ]
        with ExitStack() as stack:
            if is_small(new, apart=self.apart):
                here = stack.enter_context(closing(prepared_here(new, self.region, self.year)))
                prepared: Iterator[tuple[Path, list[Prepared]]] = here
            else:
                crew = stack.enter_context(closing(Crew(min(self.jobs, len(new)), apart=self.apart)))
                prepared = crew.prepared(new, self.region, self.year)
            for done, report in enumerate(settled_entries, start=1):
                if report is not None:
                    yield done, report
                    continue
                path, documents = next(prepared)
                for document in documents:
                    yield done, self._written(path, document, write)

    def known_to(self, conn: Connection, path: Path) -> LoadReport | None:
        """The report on a file that an index has already: then it need not be read at all."""
        from index.store.naming import known

        try:
            if not path.is_file():
                return None
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        except (OSError, ValueError):
            return None  # reading it will say why
        result = known(conn, path.name, digest, self.options)
        return settled(str(path), result) if result is not None else None

    def _written(self, path: Path, document: Prepared, write: Write) -> LoadReport:
        # a member of an archive is a document of its own: 报告.zip!/决算.pdf
        place = path if document.name == path.name else path.parent / document.name
        if document.parsed is None:
            return LoadReport(str(place), "failed", error=document.error)
        try:
            beside = self.beside(document) if self.beside is not None else document
            result = write(place, beside)
        except (IndexUnavailable, IndexDamaged, IndexTooNew):
            raise
        except Exception as error:
            return LoadReport(str(place), "failed", error=told(document.name, error))
        if not result.changed:
            return settled(str(place), result)
        aside = self.aside(place, document) if self.aside is not None else ()
        return report_on(str(place), document.parsed, result, beside.findings, aside)


def write_into(conn: Connection, intake: Intake, place: Path, document: Prepared) -> StoreResult:
    """Write a prepared document into an index that is open for writing."""
    from index.find.gazetteer import region
    from index.store.write import store

    assert document.parsed is not None
    return store(
        conn, document.parsed, path=str(place.resolve()), options=intake.options, region_of=region,
        tokens=document.tokens,
    )  # fmt: skip


class _Target:
    """The index being loaded into; the copy to build on is made when the first document is ready for it."""

    def __init__(
        self, versions: Versions, intake: Intake, examined: Examined | None, tell: Callable[[str], None] | None
    ) -> None:
        self._versions = versions
        self._intake = intake
        self._examined = examined
        self._stack = ExitStack()
        self._reader: Connection | None = None
        self._build: Build | None = None
        self._changed: dict[str, set[str]] = {"added": set(), "replaced": set(), "regions": set()}
        # damage is found and told before any file is read
        for line in self._mended():
            if tell is not None:
                tell(line)
        if versions.db.exists() and versions.db.stat().st_size:
            from index.store.connect import open_reader

            self._reader = self._stack.enter_context(closing(open_reader(versions.db)))

    def _mended(self) -> list[str]:
        """Ledger and index put right; what was.  A ledger that cannot be opened is a reason to load nothing."""
        from index.store.versions import gone_back

        lines: list[str] = []
        self._ledger: Ledger | None = None
        if self._versions.db.exists():
            lines += self._books().put_right()
            if (good := self._versions.mend()) is not None:
                lines.append(gone_back(good))
                self._books().add_entry([_now(), 0, PROGRAM, "recover", gone_back(good), "", "", "done"])
        return lines

    def _books(self) -> Ledger:
        from index.store.ledger import Ledger, ledger_path

        if self._ledger is None:
            self._ledger = Ledger(ledger_path(self._versions.db))
            self._stack.enter_context(closing(self._ledger))
        return self._ledger

    def known(self, path: Path) -> LoadReport | None:
        return self._intake.known_to(self._reader, path) if self._reader is not None else None

    def write(self, place: Path, document: Prepared) -> StoreResult:
        if self._build is None:
            self._build = self._stack.enter_context(self._versions.building())
            if self._build.mended is not None:  # damaged since it was looked at
                from index.store.versions import gone_back

                raise NotAdopted(f"{gone_back(self._build.mended)}请再装入一次")
        result = write_into(self._build.conn, self._intake, place, document)
        if result.changed:
            self._changed["replaced" if result.replaced else "added"].add(result.name)
            region = document.parsed.subject.region if document.parsed else None
            self._changed["regions"].add(region.code if region else "")
        return result

    def publish(self, by: Person) -> None:
        from index.store.versions import Changes

        if self._build is not None and any(self._changed.values()):
            added, replaced, regions = (tuple(sorted(self._changed[part])) for part in ("added", "replaced", "regions"))
            draft = f"load{token_hex(4)}"
            changes = Changes(added=added, replaced=replaced, regions=regions, draft=draft)
            before = self._build.base
            in_use: Callable[[Version], None] | None = None
            if self._examined is not None:
                in_use = self._examined(self._versions.db, self._build.file, [*added, *replaced])
            # Begun before and ended after the version is in use: if this is killed between, the next who looks into
            # the ledger finds out by the draft what became of it.
            entry = self._begun(by, [*added, *replaced], before, draft)
            try:
                version = self._versions.publish(self._build, by, "load", changes)
            except BaseException:
                with suppress(YusuanError):
                    self._books().finish_entry(entry, f"第{before}版", "failed")
                raise
            with suppress(YusuanError):  # the version is in use: it is settled later
                self._books().finish_entry(entry, f"第{version.number}版", "done")
                if in_use is not None:
                    in_use(version)

    def _begun(self, by: Person, names: Sequence[str], before: int, draft: str) -> int:
        more = f" 等 {len(names)} 份" if len(names) > TOLD else ""
        subject = "、".join(names[:TOLD]) + more
        return self._books().add_entry([_now(), by.id, by.name, "load", subject, f"第{before}版", draft, "begun"])

    def close(self) -> None:
        self._stack.close()


def _now() -> str:
    return datetime.now(UTC).isoformat("T", "seconds")


def _named(region: str) -> Region:
    from index.parse import named_region

    return named_region(region)


@cache
def fingerprint() -> str:
    """Changes with the word lists and the rules, so that loading again after such a change reads the files anew."""
    from index.paths import lexicon_dir

    package = Path(__file__).parent
    rules = [path for part in ("read", "text", "find", "facts", "check") for path in (package / part).rglob("*.py")]
    digest = hashlib.sha256()
    for path in [*sorted(rules), *sorted(package.glob("*.py")), *sorted(lexicon_dir().rglob("*.*"))]:
        if path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
