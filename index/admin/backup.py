"""All that is worth keeping in one zip file: the index, the ledger, the chats' state, the reports themselves.

    backup(db, state_file, reports, Path("backup.zip")) -> Kept(7 files, 12345678 bytes)

It may be made while the bot is running.  ``manifest.json`` names every entry with size and SHA-256; the original files
are named by their SHA-256 alone, so that no name from outside becomes a path.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from index.admin.drafts import harmless
from index.admin.rescan import digest_of
from index.errors import IndexDamaged, IndexUnavailable, NotAdopted
from index.store.copies import is_database, snapshot
from index.store.filing import digest, sync_folder, told, write_through
from index.store.keeper import Keeper
from index.store.ledger import ledger_path
from index.store.lookup import Index
from index.store.versions import Versions, gone_back

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
INDEX: Final = "index.db"
LEDGER: Final = "ledger.db"
CHATS: Final = "chats.db"
ORIGINALS: Final = "originals/"
LOCK_SECONDS: Final = 120.0
ROOM: Final = 20 << 20


@dataclass(frozen=True, slots=True)
class Original:
    """A report's own file: its name, where it lay below the reports folder ("" elsewhere), its documents."""

    name: str
    below: str
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the backup."""

    size: int
    sha256: str
    original: Original | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds.  ``version`` is the number of the index version, ``program`` that of the program."""

    format: int
    program: str
    at: str
    version: int
    entries: dict[str, Entry] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Kept:
    """What was put into a backup; ``missing`` are reports whose file is gone or changed.

    ``notes`` tell what was found damaged and put right before.
    """

    file: str
    version: int
    reports: int
    originals: int
    size: int
    missing: tuple[str, ...]
    notes: tuple[str, ...] = ()


def backup(db: Path, state_file: Path, reports: Path, target: Path) -> Kept:
    """Write a backup, of nothing that is damaged.

    Raises NotAdopted (the file exists, no index), IndexUnavailable (no room, no right to write), IndexDamaged (and
    there is no sound copy of what is).
    """
    if target.exists():
        raise NotAdopted(f"文件已存在，请换一个名字：{target}")
    if not db.exists():
        raise NotAdopted(f"还没有索引，没有什么可备份：{db}")
    folder = target.absolute().parent
    if not folder.is_dir():
        raise NotAdopted(f"文件夹不存在：{folder}")
    notes: list[str] = []
    for state in (ledger_path(db), state_file):
        keeper = Keeper(state)
        keeper.check_in()
        notes += keeper.told
    if (good := Versions(db).mend()) is not None:
        notes.append(gone_back(good))
    try:
        with tempfile.TemporaryDirectory(prefix=".backup-", dir=folder) as scratch:
            kept = _written(db, state_file, reports, target, Path(scratch))
    except OSError as error:
        raise IndexUnavailable(told(error, target).replace("索引未改动", "没有写成备份")) from error
    return replace(kept, notes=tuple(notes))


def program_version() -> str:
    """The version of this program, "" if it is not installed."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("yusuan")
    except PackageNotFoundError:
        return ""


def _written(db: Path, state_file: Path, reports: Path, target: Path, scratch: Path) -> Kept:
    needed = 2 * sum(file.stat().st_size for file in (db, ledger_path(db), state_file) if file.exists())
    _make_sure_of_room(scratch, needed)
    with ExitStack() as stack:
        versions = Versions(db)
        if os.access(db.parent, os.W_OK):  # else nobody can adopt anything meanwhile
            stack.enter_context(versions.exclusive(LOCK_SECONDS))
        copies = [(INDEX, db), (LEDGER, ledger_path(db)), (CHATS, state_file)]
        for name, source in copies:
            if source.exists():
                snapshot(source, scratch / name)
        if not versions.is_sound(anew=True):  # looked at behind the copying: what was copied before is not better
            raise IndexDamaged(f"索引在备份时被发现已损坏，没有写成备份：{db}")
        for name in (LEDGER, CHATS):
            if (scratch / name).exists() and not is_database(scratch / name):
                raise IndexDamaged(f"没有写成备份：{name} 的副本不完好")
    files: list[tuple[str, Path, Original | None]] = [
        (name, scratch / name, None) for name, _ in copies if (scratch / name).exists()
    ]
    with Index(scratch / INDEX) as index:
        version, documents = index.version(), index.documents()
    missing: list[str] = []
    lying: dict[str, tuple[Path, list[str]]] = {}
    for document in documents:
        container, inside, _ = document.path.partition("!/")
        found = digest_of(Path(container)) if container else ""
        if not found or (not inside and found != document.sha256):
            missing.append(document.name)
        else:
            lying.setdefault(found, (Path(container), []))[1].append(document.name)
    for sha256, (file, names) in lying.items():
        files.append((ORIGINALS + sha256, file, Original(file.name, _below(file, reports), tuple(names))))
    _make_sure_of_room(scratch, sum(file.stat().st_size for _, file, _ in files))
    _zip(scratch / "backup.zip", files, version)
    (scratch / "backup.zip").replace(target)
    sync_folder(target.absolute().parent)
    return Kept(str(target), version, len(documents), len(lying), target.stat().st_size, tuple(missing))


def _zip(target: Path, files: list[tuple[str, Path, Original | None]], version: int) -> None:
    entries: dict[str, Entry] = {}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as book:
        for name, file, original in files:
            entries[name] = Entry(file.stat().st_size, digest(file), original)
            book.write(file, name)
        at = datetime.now(UTC).isoformat("T", "seconds")
        manifest = Manifest(FORMAT, program_version(), at, version, entries)
        book.writestr(MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False, indent=1))
    write_through(target)


def _below(file: Path, reports: Path) -> str:
    with suppress(ValueError):
        return file.resolve().relative_to(reports.resolve()).as_posix()
    return ""


def _make_sure_of_room(folder: Path, size: int) -> None:
    if shutil.disk_usage(folder).free < size + ROOM:
        raise IndexUnavailable(f"磁盘空间不够：备份需要约 {(size + ROOM) >> 20} MB：{folder.parent}")


def safe_parts(below: str, name: str) -> Iterator[str]:
    """The parts of a path below the reports folder, each made harmless."""
    parts = [part for part in below.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    yield from (harmless(part) for part in parts[:-1])
    yield harmless(parts[-1] if parts else name)
