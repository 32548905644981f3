"""The reports folder against the index: files that are new or changed, documents whose file is gone.

scanned(db, Path("data/reports"), intake, aside) -> Scan(files to load, documents to take out, what is left alone)
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from index.build import Intake
from index.errors import NotAdopted
from index.intake.files import found
from index.intake.report import LoadReport
from index.store.connect import open_reader
from index.store.lookup import Index

SET_ASIDE: Final = "已由管理员移除或换成别的文件，不再载入；要用请直接发送这个文件"


@dataclass(frozen=True, slots=True)
class Scan:
    """``paths`` are to be loaded, ``gone`` names of documents to be taken out, ``notes`` on files that are neither."""

    paths: tuple[Path, ...]
    gone: tuple[str, ...]
    notes: tuple[LoadReport, ...]


def scanned(db: Path, folder: Path, intake: Intake, aside: Mapping[str, str]) -> Scan:
    """Look through the folder and its subfolders.  Raises NotAdopted if it is not there."""
    if not folder.is_dir():
        raise NotAdopted(f"报告文件夹不存在：{folder}")
    paths: list[Path] = []
    notes: list[LoadReport] = []
    digests: set[str] = set()
    reader = open_reader(db) if db.exists() else None
    try:
        for entry in found([folder]):
            if isinstance(entry, LoadReport):
                if entry.status == "failed" and not _is_only_empty(entry):
                    notes.append(entry)
                continue
            digest = digest_of(entry)
            digests.add(digest)
            if reader is not None and intake.known_to(reader, entry) is not None:
                continue
            if digest in aside:
                notes.append(LoadReport(str(entry), "skipped", warnings=(SET_ASIDE,)))
            else:
                paths.append(entry)
    finally:
        if reader is not None:
            reader.close()
    return Scan(tuple(paths), _gone(db, folder, digests), tuple(notes))


def digest_of(file: Path) -> str:
    """The SHA-256 of a file, "" if it cannot be read: reading it will say why."""
    try:
        with file.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except (OSError, ValueError):
        return ""


def is_inside(path: str, folder: Path) -> bool:
    """Whether a document's file lies in a folder (an archive's member where the archive does)."""
    return Path(path.partition("!/")[0]).is_relative_to(folder.resolve())


def _gone(db: Path, folder: Path, digests: set[str]) -> tuple[str, ...]:
    """Documents of this folder whose file is not there any more, under no name."""
    if not db.exists():
        return ()
    with closing(Index(db)) as index:
        return tuple(
            one.name
            for one in index.documents()
            if is_inside(one.path, folder)
            and one.sha256 not in digests
            and not Path(one.path.partition("!/")[0]).exists()
        )


def _is_only_empty(entry: LoadReport) -> bool:
    return Path(entry.file).is_dir()
