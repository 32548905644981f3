"""A version that is in use in spite of gold questions: a line of the log for each, and new lines for the gold file.

written(db, ledger, gold, Version 13, by) -> data/index.proposals/000013.jsonl
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from index.models import GoldChange, Person, Version
from index.store.ledger import Ledger

LONGEST_SUBJECT = 200


def proposal(db: Path, number: int) -> Path:
    """Where the lines lie that are proposed for the gold file, if there are any for a version."""
    return db.with_name(f"{db.stem}.proposals") / f"{number:06}.jsonl"


def written(db: Path, ledger: Ledger, gold: Sequence[GoldChange], version: Version, by: Person) -> Path | None:
    """Enter them in the log and propose their new answers; the file, None if there is none."""
    at = datetime.now(UTC).isoformat("T", "seconds")
    for one in gold:
        subject = f"{one.place} {one.question}"[:LONGEST_SUBJECT]
        ledger.add_entry([at, by.id, by.name, "gold", subject, one.before or one.expected, one.after, "done"])
    file = proposal(db, version.number)
    with suppress(OSError):
        if gold:
            file.parent.mkdir(exist_ok=True)
            file.write_text("\n".join(one.proposal or f"# {one.told}" for one in gold) + "\n", encoding="utf-8")
    return file if file.exists() else None
