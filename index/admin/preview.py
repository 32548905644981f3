"""Files looked at as if they were loaded: the same reports as loading gives, and what would change; nothing does.

    look(db, [Path("上党区2024.pdf")], intake) -> Findings(reports, replaced names, Comparison)

The new documents go into a small index of their own, which is compared with the one in use and then thrown away.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from pathlib import Path

from index.admin.checking import Checked, checked_of
from index.admin.compare import Comparison, compare
from index.build import Intake, write_into
from index.intake.files import found
from index.intake.prepare import Prepared
from index.intake.report import LoadReport
from index.models import StoredFact
from index.store.connect import Connection, open_reader, open_writer
from index.store.lookup import Index
from index.store.naming import StoreResult, kept_name, known

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Findings:
    """The reports on the files, the names of the documents that new ones replace, what would change, and the slips."""

    reports: tuple[LoadReport, ...]
    replaces: tuple[str, ...]
    comparison: Comparison
    checked: tuple[Checked, ...]


def look(
    db: Path, files: Sequence[Path], intake: Intake, removes: Sequence[str] = (), progress: Progress | None = None,
    room: Path | None = None,
) -> Findings:  # fmt: skip
    """Read the files and compare them, and the documents to be removed, with the index.  Raises YusuanError.

    ``room`` is a folder for what is needed meanwhile.
    """
    with tempfile.TemporaryDirectory(prefix=".look-", dir=room) as folder, ExitStack() as stack:
        scratch = Path(folder) / "draft.db"
        current = stack.enter_context(closing(open_reader(db))) if db.exists() else None
        writer = stack.enter_context(closing(open_writer(scratch, durable=False)))
        looker = _Looker(writer, current, intake, removes)
        entries = list(found(files))
        reports = []
        results = stack.enter_context(closing(intake.run(entries, looker.known, looker.write)))
        for done, report in results:
            reports.append(report)
            if progress:
                progress(done, len(entries))
        comparison = _comparison(scratch, db, [*removes, *looker.replaces])
        return Findings(tuple(reports), tuple(looker.replaces), comparison, tuple(looker.checked))


class _Looker:
    """Writes to the draft's own index what would be written to the one in use."""

    def __init__(self, scratch: Connection, current: Connection | None, intake: Intake, removes: Sequence[str]) -> None:
        self._scratch = scratch
        self._current = current
        self._intake = intake
        self._removes = frozenset(removes)
        self.replaces: list[str] = []
        self.checked: list[Checked] = []

    def known(self, path: Path) -> LoadReport | None:
        """The report on a file that the index has already."""
        return self._intake.known_to(self._current, path) if self._current is not None else None

    def write(self, place: Path, document: Prepared) -> StoreResult:
        """Write to the draft's own index; the result says what would become of the document in the one in use."""
        self.checked.append(checked_of(place, document))
        if self._current is None or document.parsed is None:
            return write_into(self._scratch, self._intake, place, document)
        read = document.parsed.document
        held = known(self._current, read.name, read.sha256, self._intake.options)  # a member of an archive may be
        if held is not None and held.name not in self._removes:
            return held
        result = write_into(self._scratch, self._intake, place, document)
        if not result.changed:
            return result
        name, old = kept_name(self._current, document.parsed, str(place))
        if old is None:
            return replace(result, name=name)
        self.replaces.append(name)
        return replace(result, name=name, replaced=True)


def _comparison(scratch: Path, db: Path, gone: Sequence[str]) -> Comparison:
    with ExitStack() as stack:
        new = stack.enter_context(Index(scratch))
        coming = new.facts(_codes(new)) if new.documents() else []
        if not db.exists():
            return compare(coming, (), ())
        old = stack.enter_context(Index(db))
        going = [fact for name in dict.fromkeys(gone) for fact in old.facts_of_document(name)]
        beside = _beside(old, [*coming, *going], set(gone))
        return compare(coming, going, beside)


def _codes(index: Index) -> list[str]:
    return [region.code for region in index.regions()] + [""]


def _beside(old: Index, touched: Sequence[StoredFact], gone: set[str]) -> list[StoredFact]:
    """What other documents say of the same places and years."""
    years: dict[str, set[int]] = {}
    for one in touched:
        years.setdefault(one.fact.region, set()).add(one.fact.period.last_year)
    found: list[StoredFact] = []
    for code, some in years.items():
        found += [one for one in old.facts([code], sorted(some)) if one.document not in gone]
    return found
