"""核对 as an office does it: what was put aside counts no more, and a draft stands beside the version before it.

    checked, = office.examine([Path("草案二稿.docx")])     -> Checked(findings=(…), mended=(…), aside=(…))
    office.put_aside(checked, checked.findings[0], "口径不同", Person(1001, "王科长"))

A file that is only checked leaves nothing behind; of a draft (a file sent in to be adopted) its slips are kept, for its
next version.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from index.admin.checking import Aside, Checked, Progress, check_files, checked_of
from index.admin.contents import Contents
from index.admin.drafts import Drafts
from index.admin.held import beside_held
from index.admin.models import Person
from index.admin.slips_kept import keep, keys_aside, now, settled, without_aside
from index.check.keys import key_of
from index.check.models import Finding
from index.errors import NotAdopted
from index.intake.prepare import Prepared

LONGEST_REASON: Final = 200
LONGEST_TOLD: Final = 300
NO_REASON: Final = "请写明理由"
NOT_ASIDE: Final = "这一条没有搁置，或者已经收回"


class Examining(Contents):
    """The part of the ``Office`` that checks papers."""

    def examine(
        self, files: Sequence[Path], region: str | None = None, year: int | None = None,
        progress: Progress | None = None,
    ) -> list[Checked]:  # fmt: skip
        """The slips of some files, in themselves and beside the reports that are held; nothing of them is kept."""
        checked = check_files(files, region, year, apart=True, progress=progress, held=self._db)
        return [settled(self._ledger, one) for one in checked]

    def examine_draft(self, id: str, progress: Progress | None = None) -> list[Checked]:
        """The slips of a draft's files as they are; raises NotAdopted if there is none of that id."""
        draft = Drafts(self._db, self._ledger).wanted(id)
        return self.examine([Path(path) for path in draft.paths], draft.region or None, draft.year, progress)

    def reckoned(self, checked: Checked) -> Checked:
        """Something checked before, with what is aside now."""
        everything = (*checked.findings, *(one.finding for one in checked.aside))
        before = {key_of(everything[number]) for number in checked.known}
        fresh = without_aside(self._ledger, replace(checked, findings=everything, aside=()))
        known = tuple(number for number, one in enumerate(fresh.findings) if key_of(one) in before)
        return replace(fresh, known=known)

    def keys_aside(self, place: Path, document: Prepared) -> Collection[str]:
        """The keys of the slips of a document that are aside."""
        return keys_aside(self._ledger, checked_of(place, document)) if document.parsed else ()

    def beside_held(self, document: Prepared) -> Prepared:
        """A document with what the reports that are held say otherwise."""
        return beside_held(self._db, document)

    def kept_and_compared(self, checked: Sequence[Checked]) -> tuple[str, ...]:
        """Keep the slips of drafts; a line for each that is a next version."""
        reckoned = [settled(self._ledger, one) for one in checked if not one.error]
        for one in reckoned:
            keep(self._ledger, one)
        return tuple(one.compared for one in reckoned if one.before)

    def put_aside(self, checked: Checked, finding: Finding, reason: str, by: Person) -> Aside:
        """Let a slip count no more in this file and the next versions of its paper.  Raises NotAdopted."""
        reason = " ".join(reason.split())[:LONGEST_REASON]
        if not reason:
            raise NotAdopted(NO_REASON)
        at, told = now(), f"{finding.kind}：{finding.told}"[:LONGEST_TOLD]
        row = (checked.sha256, key_of(finding), checked.paper, told, reason, by.id, by.name, at)
        name = Path(checked.file).name
        if not self._ledger.put_slip_aside(row, (at, by.id, by.name, "aside", f"{name}：{told}", "", reason, "done")):
            raise NotAdopted("这一条已经搁置")
        return Aside(finding, reason, by, at)

    def take_back(self, checked: Checked, finding: Finding, by: Person) -> None:
        """Let it count again.  Raises NotAdopted if it is not aside."""
        told = f"{Path(checked.file).name}：{finding.kind}：{finding.told}"[:LONGEST_TOLD]
        entry = (now(), by.id, by.name, "unaside", told, "", "", "done")
        if not self._ledger.take_slip_back(checked.paper, checked.sha256, key_of(finding), entry):
            raise NotAdopted(NOT_ASIDE)
