"""核对 as an office does it: what was put aside counts no more, and a draft stands beside the version before it.

    checked, = office.examine([Path("草案二稿.docx")])     -> Checked(findings=(…), mended=(…), aside=(…))
    office.put_aside(checked, checked.findings[0], "口径不同", Person(1001, "王科长"))

A file that is only checked leaves nothing behind; of a draft (a file sent in to be adopted) its slips are kept, for its
next version.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from contextlib import closing
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from index.admin.checking import Aside, Checked, Progress, check_files, checked_of
from index.admin.contents import Contents
from index.admin.drafts import Drafts
from index.admin.held import beside_held
from index.admin.models import Person
from index.check.keys import key_of
from index.check.models import Finding, Span
from index.errors import NotAdopted
from index.intake.prepare import Prepared
from index.store.ledger import Ledger, ledger_path

KEPT_VERSIONS: Final = 5
MOST_KEPT: Final = 300  # slips of one draft
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
        at, told = _now(), f"{finding.kind}：{finding.told}"[:LONGEST_TOLD]
        row = (checked.sha256, key_of(finding), checked.paper, told, reason, by.id, by.name, at)
        name = Path(checked.file).name
        if not self._ledger.put_slip_aside(row, (at, by.id, by.name, "aside", f"{name}：{told}", "", reason, "done")):
            raise NotAdopted("这一条已经搁置")
        return Aside(finding, reason, by, at)

    def take_back(self, checked: Checked, finding: Finding, by: Person) -> None:
        """Let it count again.  Raises NotAdopted if it is not aside."""
        told = f"{Path(checked.file).name}：{finding.kind}：{finding.told}"[:LONGEST_TOLD]
        entry = (_now(), by.id, by.name, "unaside", told, "", "", "done")
        if not self._ledger.take_slip_back(checked.paper, checked.sha256, key_of(finding), entry):
            raise NotAdopted(NOT_ASIDE)


def check_against(
    ledger_of: Path | None, paths: Sequence[str | Path], region: str | None, year: int | None,
    against: str | Path | None, held: Path | None = None,
) -> list[Checked]:  # fmt: skip
    """What ``yusuan check`` lists, beside the reports of an index (``held``): with its ledger, without what was put
    aside there."""
    found = list(check_files(paths, region, year, against, held=held))
    file = ledger_path(ledger_of) if ledger_of is not None else None
    if file is None or not file.exists():
        return found
    with closing(Ledger(file, read_only=True)) as ledger:
        return [(without_aside if against is not None else settled)(ledger, one) for one in found]


def settled(ledger: Ledger, checked: Checked) -> Checked:
    """Without what is aside, and beside the draft before it, if there is one."""
    checked = without_aside(ledger, checked)
    earlier = before(ledger, checked)
    return checked.beside(earlier) if earlier is not None else checked


def without_aside(ledger: Ledger, checked: Checked) -> Checked:
    """What an admin has put aside is listed by itself."""
    why = {row[0]: row for row in ledger.slips_aside(checked.paper, checked.sha256)} if checked.sha256 else {}
    if not why:
        return checked
    kept: list[Finding] = []
    known: list[int] = []
    aside: list[Aside] = []
    for number, one in enumerate(checked.findings):
        row = why.get(key_of(one))
        if row is not None:
            aside.append(Aside(one, row[1], Person(row[2], row[3]), row[4]))
            continue
        if number in checked.known:
            known.append(len(kept))
        kept.append(one)
    return replace(checked, findings=tuple(kept), known=tuple(known), aside=tuple(aside))


def keys_aside(ledger: Ledger, checked: Checked) -> Collection[str]:
    """The keys of the slips that an admin has put aside for this paper."""
    return {str(row[0]) for row in ledger.slips_aside(checked.paper, checked.sha256)} if checked.sha256 else ()


def before(ledger: Ledger, checked: Checked) -> Checked | None:
    """The latest draft that this one is another version of, of those that came before it."""
    if not checked.paper:
        return None
    rows = ledger.drafts_checked(checked.paper)
    own = next((number for number, (sha256, _) in enumerate(rows) if sha256 == checked.sha256), -1)
    drafts = (_read(content) for _, content in rows[own + 1 :])
    return next((one for one in drafts if checked.follows(one)), None)


def keep(ledger: Ledger, checked: Checked) -> None:
    """Keep what was found in a draft, for its next version."""
    if checked.paper and not checked.error:
        found = (*checked.findings, *(one.finding for one in checked.aside))[:MOST_KEPT]
        plain = Checked(
            Path(checked.file).name, checked.region, checked.title, checked.years, found, sha256=checked.sha256,
            paper=checked.paper, sketch=checked.sketch,
        )  # fmt: skip
        content = json.dumps(asdict(plain), ensure_ascii=False)
        ledger.put_checked(checked.paper, checked.sha256, _now(), content, KEPT_VERSIONS)


def _read(content: str) -> Checked:
    told: dict[str, Any] = json.loads(content)
    told["findings"] = tuple(_finding(one) for one in told["findings"])
    told |= {name: tuple(told[name]) for name in ("years", "sketch")}
    for name in ("known", "mended", "aside"):
        del told[name]
    return Checked(**told)


def _finding(told: dict[str, Any]) -> Finding:
    return Finding(**{**told, "spans": tuple(Span(**span) for span in told["spans"])})


def _now() -> str:
    return datetime.now(UTC).isoformat("T", "microseconds")
