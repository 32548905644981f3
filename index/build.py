"""Road 1 on one page: files and folders -> documents -> facts -> the index, with a report on every file.

``load(["报告/上党区2023.txt"], "data/index.db")`` gives one LoadReport: 上党区, 2023年, 决算报告, so many facts, so
many figures not understood.  A file that fails costs one line of Chinese, never the other files and never the index.
Files are read and parsed in several processes; this one alone writes, a transaction for each document.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack, closing
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import IndexDamaged, IndexTooNew, IndexUnavailable
from index.intake.crew import Crew, cores, is_small, prepared_here
from index.intake.files import found
from index.intake.prepare import Prepared, told
from index.intake.report import LoadReport, report_on, settled
from index.models import Region

if TYPE_CHECKING:
    from index.store.connect import Connection
    from index.store.write import StoreResult

__all__ = ["LoadReport", "Progress", "load"]

Progress = Callable[[int, int, LoadReport | None], None]


def load(
    paths: Sequence[str | Path],
    db: str | Path,
    region: str | None = None,
    year: int | None = None,
    progress: Progress | None = None,
    jobs: int | None = None,
) -> list[LoadReport]:
    """Load files and folders (with their subfolders) into an index, which is made if it is not there.

    ``region`` and ``year`` settle what a report leaves open; ``progress(done, all, report)`` is called before the first
    file (without a report) and after each; ``jobs`` processes read at once (default: one for each core).
    Raises YusuanError if nothing can be loaded (an index that cannot be written, an unknown region); every other
    failure is a report.
    """
    from index.store.connect import check_writable

    check_writable(db)
    reports: list[LoadReport] = []
    entries = list(found(paths))
    if progress:
        progress(0, len(entries), None)
    with closing(_Loader(db, region, year)) as loader:
        if Path(db).exists():
            loader.connect()  # a damaged index is told of before any file is read
        with closing(loader.run(entries, jobs or cores())) as results:
            for done, report in results:
                reports.append(report)
                if progress:
                    progress(done, len(entries), report)
    return reports


class _Loader:
    """The index being loaded into; it is opened when the first document is ready for it."""

    def __init__(self, db: str | Path, region: str | None, year: int | None) -> None:
        self.db = Path(db)
        self.region = _named(region) if region else None
        self.year = year
        self.options = f"{self.region.code if self.region else ''}|{year or ''}|{_fingerprint()}"
        self.conn: Connection | None = None

    def connect(self) -> Connection:
        if self.conn is None:
            from index.store.connect import open_writer

            self.conn = open_writer(self.db)
        return self.conn

    def close(self) -> None:
        if self.conn is not None:
            self.conn.close()
            self.conn = None

    def run(self, entries: Sequence[Path | LoadReport], jobs: int) -> Generator[tuple[int, LoadReport], None, None]:
        """The reports in the order of the entries, each with the number of its entry (from 1)."""
        settled_entries = [entry if isinstance(entry, LoadReport) else self._known(entry) for entry in entries]
        new = [
            entry
            for entry, known in zip(entries, settled_entries, strict=True)
            if isinstance(entry, Path) and known is None
        ]
        with ExitStack() as stack:
            if jobs < 2 or is_small(new):
                here = stack.enter_context(closing(prepared_here(new, self.region, self.year)))
                prepared: Iterator[tuple[Path, list[Prepared]]] = here
            else:
                crew = stack.enter_context(closing(Crew(min(jobs, len(new)))))
                prepared = crew.prepared(new, self.region, self.year)
            for done, known in enumerate(settled_entries, start=1):
                if known is not None:
                    yield done, known
                    continue
                path, documents = next(prepared)
                for document in documents:
                    yield done, self._write(path, document)

    def _known(self, path: Path) -> LoadReport | None:
        """The report on a file that the index has already: then it need not be read at all."""
        from index.store.write import known

        try:
            if not path.is_file() or not self.db.exists():
                return None
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        except (OSError, ValueError):
            return None  # reading it will say why
        result = known(self.connect(), path.name, digest, self.options)
        return settled(str(path), result) if result is not None else None

    def _write(self, path: Path, document: Prepared) -> LoadReport:
        from index.find.gazetteer import region
        from index.store.write import store

        # a member of an archive is a document of its own: 报告.zip!/决算.pdf
        place = path if document.name == path.name else path.parent / document.name
        file = str(place)
        if document.parsed is None:
            return LoadReport(file, "failed", error=document.error)
        try:
            result: StoreResult = store(
                self.connect(), document.parsed, path=str(place.resolve()), options=self.options, region_of=region,
                tokens=document.tokens,
            )  # fmt: skip
        except (IndexUnavailable, IndexDamaged, IndexTooNew):
            raise
        except Exception as error:
            return LoadReport(file, "failed", error=told(document.name, error))
        return report_on(file, document.parsed, result) if result.changed else settled(file, result)


def _named(region: str) -> Region:
    from index.parse import named_region

    return named_region(region)


@cache
def _fingerprint() -> str:
    """Changes with the word lists and the rules, so that loading again after such a change reads the files anew."""
    from index.paths import lexicon_dir

    package = Path(__file__).parent
    rules = [path for part in ("read", "text", "find", "facts") for path in (package / part).rglob("*.py")]
    digest = hashlib.sha256()
    for path in [*sorted(rules), *sorted(package.glob("*.py")), *sorted(lexicon_dir().rglob("*.*"))]:
        if path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
