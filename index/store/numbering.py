"""Which version of the index a file is: its number, who made it, what changed; the one row of its table ``version``.

version_of(Path("data/index.db")) -> Version(number=12, base=11, by=Person(1001, "王科长"), action="add", …)
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from index.errors import IndexDamaged
from index.models import Person, Version
from index.store.connect import open_as_is, translated
from index.store.connect import version as schema_of

FIRST_NUMBERED: Final = 3  # the layout of the tables that has a version number
_PARTS: Final = ("added", "replaced", "removed", "regions")


@dataclass(frozen=True, slots=True)
class Changes:
    """What a new version has that the one before had not: names of documents, codes of their regions; and the draft
    that it was made from."""

    added: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    draft: str = ""


def number_it(conn: sqlite3.Connection, number: int, base: int, by: Person, action: str, changes: Changes) -> None:
    """Write down in a file which version it is."""
    at = datetime.now(UTC).isoformat("T", "seconds")
    described: dict[str, object] = asdict(changes)
    documents, facts = conn.execute("SELECT count(*), total(facts) FROM documents").fetchone()
    described |= {"documents": documents, "facts": int(facts)}
    conn.execute(
        "UPDATE version SET number = ?, base = ?, at = ?, person = ?, name = ?, action = ?, changes = ?",
        (number, base, at, by.id, by.name, action, json.dumps(described, ensure_ascii=False)),
    )


def version_of(file: Path) -> Version:
    """The version that a file is; number 0 for one that was never published.  Raises IndexDamaged, IndexTooNew.

    The file stays as it is, also one that an older program made.
    """
    with closing(open_as_is(file)) as conn, translated(file):
        if schema_of(conn, file) < FIRST_NUMBERED:
            return Version(0, 0, "", Person(0, ""), "")
        row = conn.execute("SELECT number, base, at, person, name, action, changes FROM version").fetchone()
        number, base, at, person, name, action, changes = row
    try:
        described = json.loads(changes)
        parts = (tuple(described.get(part, ())) for part in _PARTS)
        added, replaced, removed, regions = parts
    except (ValueError, AttributeError, TypeError) as error:
        raise IndexDamaged(f"索引已损坏或结构不符：{file}（版本说明无法读出）") from error
    return Version(
        number, base, at, Person(person, name), action, added, replaced, removed, regions,
        described.get("documents", 0), described.get("facts", 0), draft=described.get("draft", ""),
    )  # fmt: skip
