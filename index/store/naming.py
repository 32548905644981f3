"""Which document a file is to the index: one it has already, a new version of one, or a new one; and by what name.

known(conn, "上党区2023.txt", its SHA-256, options) -> what it became, or None if it has to be read
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import PurePath

from index.models import Parsed
from index.store.connect import translated


@dataclass(frozen=True, slots=True)
class StoreResult:
    """What became of a document: ``name`` is the name it is kept under, ``duplicate_of`` the document that has the
    same content, ``rejected`` counts facts whose offsets do not hold their value and which therefore are left out."""

    changed: bool
    facts: int
    sentences: int
    name: str
    replaced: bool = False
    duplicate_of: str = ""
    rejected: int = 0


def known(target: sqlite3.Connection, name: str, sha256: str, options: str) -> StoreResult | None:
    """What ``store`` would say of a file before it is parsed; None if it has to be parsed."""
    with translated(file_of(target)):
        row = target.execute(
            "SELECT name, options, facts, last_sentence - first_sentence + 1, path FROM documents WHERE sha256 = ?",
            (sha256,),
        ).fetchone()
    if row is None:
        return None
    kept, kept_options, facts, sentences, kept_path = row
    if name in (kept, PurePath(kept_path).name):
        return StoreResult(False, facts, sentences, kept) if kept_options == options else None
    return StoreResult(False, facts, sentences, kept, duplicate_of=kept)


def kept_name(conn: sqlite3.Connection, parsed: Parsed, path: str) -> tuple[str, int | None]:
    """The name to keep a document under, and the id of the document it replaces.

    预算报告.docx of another place or year in another folder is another report, not a new version of this one.
    """
    plain, sha256 = parsed.document.name, parsed.document.sha256
    same = conn.execute("SELECT name, id FROM documents WHERE sha256 = ?", (sha256,)).fetchone()
    if same is not None:
        return same[0], int(same[1])
    subject, pure = parsed.subject, PurePath(plain)
    region = subject.region.code if subject.region else ""
    place = subject.region.full_name if subject.region else "地区不明"
    other_name = f"{pure.stem}（{place}{subject.year or ''}）{pure.suffix}"
    for name in (plain, other_name):
        old = conn.execute(
            "SELECT d.id, d.path, r.code, d.year FROM documents d JOIN regions r ON r.id = d.region WHERE d.name = ?",
            (name,),
        ).fetchone()
        if old is None:
            return name, None
        id, old_path, old_region, old_year = old
        other_region = old_region and region and old_region != region
        other_year = old_year and subject.year and old_year != subject.year
        if old_path == path or not (other_region or other_year):
            break
    return name, int(id)


def file_of(conn: sqlite3.Connection) -> str:
    """The file of a connection, for messages."""
    return next((row[2] for row in conn.execute("PRAGMA database_list") if row[1] == "main"), "")


def region_of_document(conn: sqlite3.Connection, name: str) -> str:
    """The code of the region a document is about, "" if it has none or is not there."""
    row = conn.execute(
        "SELECT r.code FROM documents d JOIN regions r ON r.id = d.region WHERE d.name = ?", (name,)
    ).fetchone()
    return row[0] if row else ""
