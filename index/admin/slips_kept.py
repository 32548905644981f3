"""The slips that the ledger keeps: those put aside, and those of the drafts before, beside what a check finds now.

    check_against(None, ["草案二稿.docx"], None, None, "草案.docx")  ->  [Checked(findings=(…), mended=(…))]

``yusuan check`` needs nothing else of the office, so nothing else is imported.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from contextlib import closing
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from index.admin.checking import Aside, Checked, check_files
from index.admin.models import Person
from index.check.keys import key_of
from index.check.models import Finding, Span
from index.store.ledger import Ledger, ledger_path

KEPT_VERSIONS: Final = 5
MOST_KEPT: Final = 300  # slips of one draft


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
        ledger.put_checked(checked.paper, checked.sha256, now(), content, KEPT_VERSIONS)


def _read(content: str) -> Checked:
    told: dict[str, Any] = json.loads(content)
    told["findings"] = tuple(_finding(one) for one in told["findings"])
    told |= {name: tuple(told[name]) for name in ("years", "sketch")}
    for name in ("known", "mended", "aside"):
        del told[name]
    return Checked(**told)


def _finding(told: dict[str, Any]) -> Finding:
    return Finding(**{**told, "spans": tuple(Span(**span) for span in told["spans"])})


def now() -> str:
    """This moment, as the ledger has it."""
    return datetime.now(UTC).isoformat("T", "microseconds")
