"""核对: files -> what is wrong with each, without an index and without keeping anything of them.

    check_files(["草案.docx"]) -> Checked("草案.docx", "长治市上党区", findings=(Finding(完成率, 错, …), …))

With the draft before it (``against``) each finding is new or was there already, and what was mended is told; the report
of the year before, or the report's own tables, are held against what it says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from typing import Final

from index.admin.held import beside_held
from index.check.models import Finding as Finding
from index.check.run import in_order
from index.check.versions import compared_with
from index.check.years import is_of_year_before, is_tables_of, of_last_year, of_tables_beside
from index.intake.crew import Crew, cores, is_small, prepared_here
from index.intake.files import found
from index.intake.prepare import Prepared
from index.intake.report import LoadReport
from index.models import Parsed, Person, Region
from index.parse import named_region

Progress = Callable[[int, int], None]
SKETCHED: Final = 64  # sentences by which two drafts are seen to be versions of one paper
ALIKE: Final = 0.25


@dataclass(frozen=True, slots=True)
class Aside:
    """A slip that an admin has put aside (搁置), and why."""

    finding: Finding
    reason: str
    by: Person
    at: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A file and its slips, in the order of how sure and how grave; ``error`` says why it could not be read.

    ``mended`` are findings of the draft ``before`` that are there no more, ``known`` numbers those that were there;
    ``aside`` are those that an admin has put aside.  ``paper`` is the same for all versions of a paper (whose, of which
    place, year and kind; "" if that is not known), ``sketch`` tells its versions from other papers of that kind.
    """

    file: str
    region: str = ""
    title: str = ""
    years: tuple[int, ...] = ()
    findings: tuple[Finding, ...] = ()
    known: tuple[int, ...] = ()
    mended: tuple[Finding, ...] = ()
    error: str = ""
    before: str = ""
    aside: tuple[Aside, ...] = ()
    sha256: str = ""
    paper: str = ""
    sketch: tuple[str, ...] = ()

    @property
    def counted(self) -> dict[str, int]:
        """How many of each level."""
        return {level: sum(one.level == level for one in self.findings) for level in ("错", "疑", "提示")}

    @property
    def compared(self) -> str:
        """与上一稿（初稿.docx）比：改好 2 条，新出 1 条，仍在 3 条; "" without a version before."""
        if not self.before:
            return ""
        numbers = (
            ("改好", len(self.mended)),
            ("新出", len(self.findings) - len(self.known)),
            ("仍在", len(self.known)),
        )
        told = "，".join(f"{word} {number} 条" for word, number in numbers if number)
        return f"与上一稿（{self.before}）比：{told or '都没有问题'}"

    def beside(self, other: Checked) -> Checked:
        """Compared with the version before."""
        known, _ = compared_with(self.findings, other.findings)
        _, mended = compared_with([*self.findings, *(one.finding for one in self.aside)], other.findings)
        return replace(self, known=known, mended=mended, before=Path(other.file).name)

    def follows(self, other: Checked) -> bool:
        """Whether the other is another version of this paper: of one place, year and kind, most of its sentences."""
        if not self.paper or self.paper != other.paper or self.sha256 == other.sha256:
            return False
        smallest = set(sorted({*self.sketch, *other.sketch})[:SKETCHED])
        return len(smallest & set(self.sketch) & set(other.sketch)) >= ALIKE * len(smallest) > 0


def check_files(
    paths: Sequence[str | Path], region: str | None = None, year: int | None = None, against: str | Path | None = None,
    *, apart: bool = False, progress: Progress | None = None, held: Path | None = None,
) -> Iterator[Checked]:  # fmt: skip
    """Each report of the files and folders, checked; ``against`` is the file or folder with the draft before, the
    report of the year before, or the report's tables; without it the reports of the index ``held`` stand beside it.

    ``apart``: this process has others to serve meanwhile, so that all but small texts is read outside of it.
    """
    place = named_region(region) if region else None
    beside: list[tuple[Path, Prepared]] = []
    if against is not None:
        others = [one for one in found([Path(against)]) if isinstance(one, Path)]
        beside = [(path, each) for path, some in _prepared(others, place, year) for each in some if each.parsed]
    entries = list(found([Path(path) for path in paths]))
    yield from (
        Checked(one.file, error=one.error) for one in entries if isinstance(one, LoadReport) and one.status == "failed"
    )
    files = [one for one in entries if isinstance(one, Path)]
    for done, (path, documents) in enumerate(_prepared(files, place, year, apart=apart), start=1):
        if progress:
            progress(done, len(files))
        for document in documents:
            told = document if held is None or against is not None else beside_held(held, document)
            checked = checked_of(path, told)
            yield checked if told.parsed is None else _beside(checked, told.parsed, beside)


def _prepared(
    paths: Sequence[Path], place: Region | None, year: int | None, *, apart: bool = False
) -> Iterator[tuple[Path, list[Prepared]]]:
    if is_small(paths, apart=apart):
        with closing(prepared_here(paths, place, year)) as here:
            yield from here
    else:
        size = max(1, cores() - 1) if apart else cores()
        with closing(Crew(min(size, len(paths)), apart=apart)) as crew:
            yield from crew.prepared(paths, place, year)


def checked_of(path: Path, document: Prepared) -> Checked:
    """What the check of a document has found."""
    name = str(path if document.name == path.name else path.parent / document.name)
    if document.parsed is None:
        return Checked(name, error=document.error)
    subject = document.parsed.subject
    years = tuple(sorted({year for year in (subject.year, subject.plan_year) if year is not None}))
    place = subject.region.full_name if subject.region else ""
    paper = ""
    if subject.region and years:
        paper = "|".join([subject.region.code, subject.owner, "-".join(map(str, years)), subject.kind])
    return Checked(
        name, place, subject.title, years, document.findings, sha256=document.parsed.document.sha256, paper=paper,
        sketch=_sketch(document.parsed),
    )  # fmt: skip


def _beside(checked: Checked, parsed: Parsed, others: Sequence[tuple[Path, Prepared]]) -> Checked:
    """With what the report of the year before and the report's own tables say; other papers are drafts before it."""
    drafts: list[Finding] = []
    found: list[Finding] = list(checked.findings)
    before = ""
    for path, other in others:
        if other.parsed is None:
            continue
        if is_of_year_before(parsed, other.parsed):
            found += of_last_year(parsed, other.parsed)
        elif is_tables_of(parsed, other.parsed) and not is_tables_of(parsed, parsed):
            found += of_tables_beside(parsed, other.parsed)
        else:
            drafts += other.findings
            before = before or path.name
    checked = replace(checked, findings=in_order(found))
    return checked.beside(Checked(before, findings=tuple(drafts))) if before else checked


def _sketch(parsed: Parsed) -> tuple[str, ...]:
    """The smallest of the hashes of its sentences: of two papers as many are the same as the papers have in common."""
    texts = {"".join(sentence.text.split()) for sentence in parsed.sentences}
    hashes = sorted(blake2b(text.encode(), digest_size=6).hexdigest() for text in texts)
    return tuple(hashes[:SKETCHED])
