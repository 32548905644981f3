"""核对: files -> what is wrong with each, without an index and without keeping anything of them.

    check_files(["草案.docx"]) -> Checked("草案.docx", "长治市上党区", findings=(Finding(完成率, 错, …), …))

With the draft before it (``against``) each finding is new or was there already, and what was mended is told; the report
of the year before, or the report's own tables, are held against what it says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from index.check.models import Finding
from index.check.run import in_order
from index.check.versions import compared_with
from index.check.years import is_of_year_before, is_tables_of, of_last_year, of_tables_beside
from index.intake.crew import Crew, cores, is_small, prepared_here
from index.intake.files import found
from index.intake.prepare import Prepared
from index.intake.report import LoadReport
from index.models import Parsed, Region
from index.parse import named_region


@dataclass(frozen=True, slots=True)
class Checked:
    """A file and its slips, in the order of how sure and how grave; ``error`` says why it could not be read.

    ``mended`` are findings of the draft before that are there no more, ``known`` numbers those that were there.
    """

    file: str
    region: str = ""
    title: str = ""
    years: tuple[int, ...] = ()
    findings: tuple[Finding, ...] = ()
    known: tuple[int, ...] = ()
    mended: tuple[Finding, ...] = ()
    error: str = ""

    @property
    def counted(self) -> dict[str, int]:
        """How many of each level."""
        return {level: sum(one.level == level for one in self.findings) for level in ("错", "疑", "提示")}


def check_files(
    paths: Sequence[str | Path], region: str | None = None, year: int | None = None, against: str | Path | None = None
) -> Iterator[Checked]:
    """Each report of the files and folders, checked; ``against`` is the file or folder with the draft
    before, the report of the year before, or the report's tables."""
    place = named_region(region) if region else None
    beside: list[Prepared] = []
    if against is not None:
        others = [one for one in found([Path(against)]) if isinstance(one, Path)]
        beside = [each for _, some in _prepared(others, place, year) for each in some if each.parsed is not None]
    entries = list(found([Path(path) for path in paths]))
    yield from (
        Checked(one.file, error=one.error) for one in entries if isinstance(one, LoadReport) and one.status == "failed"
    )
    files = [one for one in entries if isinstance(one, Path)]
    for path, documents in _prepared(files, place, year):
        for document in documents:
            checked = _checked(path, document)
            yield checked if document.parsed is None else _beside(checked, document.parsed, beside)


def _prepared(paths: Sequence[Path], place: Region | None, year: int | None) -> Iterator[tuple[Path, list[Prepared]]]:
    if is_small(paths):
        with closing(prepared_here(paths, place, year)) as here:
            yield from here
    else:
        with closing(Crew(min(cores(), len(paths)))) as crew:
            yield from crew.prepared(paths, place, year)


def _checked(path: Path, document: Prepared) -> Checked:
    name = str(path if document.name == path.name else path.parent / document.name)
    if document.parsed is None:
        return Checked(name, error=document.error)
    subject = document.parsed.subject
    years = tuple(sorted({year for year in (subject.year, subject.plan_year) if year is not None}))
    place = subject.region.full_name if subject.region else ""
    return Checked(name, place, subject.title, years, document.findings)


def _beside(checked: Checked, parsed: Parsed, others: Sequence[Prepared]) -> Checked:
    """With what the report of the year before and the report's own tables say; other papers are drafts before it."""
    drafts: list[Finding] = []
    found: list[Finding] = list(checked.findings)
    has_draft = False
    for other in others:
        if other.parsed is None:
            continue
        if is_of_year_before(parsed, other.parsed):
            found += of_last_year(parsed, other.parsed)
        elif is_tables_of(parsed, other.parsed) and not is_tables_of(parsed, parsed):
            found += of_tables_beside(parsed, other.parsed)
        else:
            drafts += other.findings
            has_draft = True
    checked = replace(checked, findings=in_order(found))
    if not has_draft:
        return checked
    known, mended = compared_with(checked.findings, drafts)
    return replace(checked, known=known, mended=mended)
