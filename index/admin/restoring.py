"""A backup put back: all of it or nothing.

    restore(Path("backup.zip"), db, state_file, reports, by) -> Version 14

Everything is read, checked and laid out beside the index first.  Then a plan is written down, and carried out under the
builders' lock.  A step that fails undoes those before it; if the process is killed meanwhile, the next start carries
the plan out (``finish``).
"""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from index.admin.backup import CHATS, INDEX, LEDGER, Entry, Manifest, safe_parts
from index.admin.check import problems
from index.admin.rescan import digest_of
from index.admin.unpacking import unpacked
from index.errors import IndexDamaged, IndexTooNew, IndexUnavailable, NotAdopted
from index.models import Person, Version
from index.store.connect import close_finished, open_writer
from index.store.copies import fill, is_database, put_back, relocate, snapshot
from index.store.filing import sync_folder, told, write_through
from index.store.ledger import Ledger, ledger_path
from index.store.versions import Changes, Versions

FORGOTTEN_SECONDS: Final = 86_400
_PLAN: Final = "plan.json"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done with the files laid out; ``paths`` tells where the documents' files lie now, ``digests`` what
    the files were when they were laid out."""

    id: str
    state_file: str
    person: int
    name: str
    source: str
    paths: dict[str, str]
    version: int
    digests: dict[str, str] = field(default_factory=dict)


def restore(source: Path, db: Path, state_file: Path, reports: Path, by: Person) -> Version:
    """Put a backup back as the next version of the index, with ledger, chats and original files.

    Raises NotAdopted (no backup of ours, damaged, of a newer program) and IndexUnavailable; then all is as it was.
    """
    finish(db)
    _clear_leftovers(db)
    folder: Path | None = None
    try:
        db.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=f"{db.stem}.restore-", dir=db.parent))
        manifest = unpacked(source, folder)
        _checked(folder, manifest)
        paths = _originals(folder, manifest, reports)
        id = hashlib.sha256(f"{source}{manifest.at}{datetime.now(UTC)}".encode()).hexdigest()[:16]
        plan = Plan(id, str(state_file), by.id, by.name, source.name, paths, manifest.version)
        return _carried_out(plan, db, folder)
    except OSError as error:
        raise IndexUnavailable(told(error, db).replace("索引未改动", "现有内容未改动")) from error
    finally:
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)


def finish(db: Path) -> Version | None:
    """Carry out what a killed process had begun; None if there is nothing.  Raises IndexUnavailable."""
    folder = _folder(db)
    try:
        plan = Plan(**json.loads((folder / _PLAN).read_text(encoding="utf-8")))
    except FileNotFoundError:
        _cleared(folder)  # what a process that was killed while it cleared up has left
        return None
    except (OSError, ValueError, TypeError) as error:
        log.warning("an unreadable plan of a restore is passed over: %s", error)
        return None
    if any(digest_of(folder / name) != told for name, told in plan.digests.items()):
        raise _given_up(plan, db, folder)
    try:
        return _carried_out(plan, db, folder)
    except OSError as error:
        raise IndexUnavailable(told(error, db)) from error


def _given_up(plan: Plan, db: Path, folder: Path) -> NotAdopted:
    """What was laid out is damaged: what has been put back already is undone, and the next start does not try again."""
    for name, target in ((LEDGER, ledger_path(db)), (CHATS, Path(plan.state_file))):
        _undone(folder / f"{name}.before", target)
    folder.rename(folder.with_name(f"{folder.name}-{plan.id}.damaged"))
    return NotAdopted("上次没有做完的恢复没有接着做：展开的文件已损坏；现有内容未改动，请再恢复一次")


def _folder(db: Path) -> Path:
    """Where the files of a plan lie from the moment on that it counts."""
    return db.with_name(f"{db.stem}.restore")


def _cleared(folder: Path) -> None:
    """The plan first: as long as it is there, all its files are; without it none of them counts."""
    with suppress(OSError):
        (folder / _PLAN).unlink(missing_ok=True)
        sync_folder(folder)
    shutil.rmtree(folder, ignore_errors=True)


def _clear_leftovers(db: Path) -> None:
    """What was laid out by processes that were killed before they had a plan."""
    for folder in db.parent.glob(f"{db.stem}.restore-*"):
        with suppress(OSError):
            if time.time() - folder.stat().st_mtime > FORGOTTEN_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)


# ---------------------------------------------------------------------------------------------- before


def _checked(folder: Path, manifest: Manifest) -> None:
    """Raises NotAdopted if what was laid out could not be used."""
    try:
        close_finished(open_writer(folder / INDEX, durable=False))  # one of an older program is brought up to date
    except (IndexDamaged, IndexTooNew) as error:
        raise NotAdopted(f"备份里的索引不能用：{error}") from error
    if wrong := problems(folder / INDEX, deep=True):
        raise NotAdopted(f"备份里的索引没有通过检查，现有内容未改动：{'；'.join(wrong[:3])}")
    for name in (LEDGER, CHATS):
        if name in manifest.entries and not is_database(folder / name):
            raise NotAdopted(f"备份里的 {name} 已损坏；现有内容未改动")
    if LEDGER in manifest.entries:
        Ledger(folder / LEDGER).close()


def _originals(folder: Path, manifest: Manifest, reports: Path) -> dict[str, str]:
    """Put the reports' files where they were, beside other content of that name; where each document lies now."""
    from index.store.lookup import Index

    with Index(folder / INDEX) as index:
        known = {one.name: one.path for one in index.documents()}
    paths: dict[str, str] = {}
    for name, entry in manifest.entries.items():
        if entry.original is None:
            continue
        place = _placed(folder / name, entry, reports)
        for document in entry.original.documents:
            if document in known:
                inside = known[document].partition("!/")[2]
                paths[document] = f"{place}!/{inside}" if inside else str(place)
    return paths


def _placed(file: Path, entry: Entry, reports: Path) -> Path:
    assert entry.original is not None
    *folders, name = safe_parts(entry.original.below, entry.original.name)
    target = reports.resolve().joinpath(*folders, name)
    if not target.resolve().is_relative_to(reports.resolve()):  # a link that leads elsewhere
        target = reports.resolve() / name
    other = target.with_name(f"{target.stem}（恢复{entry.sha256[:8]}）{target.suffix}")
    for place in (target, other):
        if place.exists() and digest_of(place) == entry.sha256:
            return place
    place = other if target.exists() else target
    place.parent.mkdir(parents=True, exist_ok=True)
    new = place.with_name(f".{entry.sha256[:16]}.new")
    shutil.copyfile(file, new)
    write_through(new)
    new.replace(place)
    return place


# ---------------------------------------------------------------------------------------------- putting back


def _carried_out(plan: Plan, db: Path, folder: Path) -> Version:
    """All steps under the builders' lock, each undone if a later one fails; the index last, in one step."""
    versions = Versions(db)
    by = Person(plan.person, plan.name)
    with _usable(db):
        done = versions.current()
        if done is not None and done.draft == plan.id:  # killed between the last step and clearing up
            _cleared(folder)
            return done
        with versions.building(fresh=True) as build:
            fill(build.conn, folder / INDEX, build.file)
            relocate(build.conn, plan.paths)
            if folder != _folder(db):
                _entered(folder, db, by, plan, done.number if done else 0)
                folder = _written_down(plan, db, folder)
            undo = ExitStack()
            try:
                undo.callback(_put(folder, LEDGER, ledger_path(db)))
                undo.callback(_put(folder, CHATS, Path(plan.state_file)))
                version = versions.publish(build, by, "restore", Changes(draft=plan.id))
            except BaseException:
                undo.close()  # if this fails as well, the plan stays, and the next start carries it out
                _cleared(folder)
                raise
    _cleared(folder)
    return version


def _put(folder: Path, name: str, target: Path) -> Callable[[], None]:
    """Put a file of the backup back; what is returned undoes it."""
    new, old = folder / name, folder / f"{name}.before"
    if not new.exists():
        return lambda: None
    if target.exists() and not old.exists() and is_database(target):
        snapshot(target, new_old := folder / f"{name}.saving")
        new_old.replace(old)
    try:
        put_back(new, target)
    except BaseException:
        _undone(old, target)
        raise
    return lambda: _undone(old, target)


def _undone(old: Path, target: Path) -> None:
    if old.exists():
        put_back(old, target)


@contextmanager
def _usable(db: Path) -> Iterator[None]:
    """A damaged index cannot be built upon: it is moved aside, and back if the restore fails."""
    try:
        if db.exists() and not db.stat().st_size:
            raise IndexDamaged(db)
        Versions(db).current()
    except (IndexDamaged, IndexTooNew):
        aside = db.with_name(f"{db.name}.damaged")
        db.replace(aside)
        try:
            yield
        except BaseException:
            if not db.exists():
                aside.replace(db)
            raise
        return
    yield


def _written_down(plan: Plan, db: Path, folder: Path) -> Path:
    """The plan beside its files, all under the name where the next start would look for it."""
    file, counting = folder / _PLAN, _folder(db)
    laid = [name for name in (INDEX, LEDGER, CHATS) if (folder / name).exists()]
    plan = replace(plan, digests={name: digest_of(folder / name) for name in laid})
    file.write_text(json.dumps(asdict(plan), ensure_ascii=False), encoding="utf-8")
    write_through(file)
    shutil.rmtree(counting, ignore_errors=True)
    folder.rename(counting)
    sync_folder(db.parent)
    return counting


def _entered(folder: Path, db: Path, by: Person, plan: Plan, before: int) -> None:
    """The ledger of the backup goes on where the one in use ends: no line of the log is lost, this restore is the last.

    Drafts of that time have no files any more.
    """
    current = ledger_path(db)
    lines: list[tuple[Any, ...]] = []
    with suppress(IndexDamaged):  # of a damaged one that cannot be put right there is nothing to go on with
        if current.exists():
            now = Ledger(current)
            lines = [row[1:] for row in reversed(now.entries(-1))]
            now.close()
    new = Ledger(folder / LEDGER)
    try:
        with new.together():
            for state, content in new.drafts("open", "adopting"):
                with suppress(ValueError, KeyError, TypeError):
                    new.move_draft(json.loads(content)["id"], state, "dropped")
            kept = {row[1:] for row in new.entries(-1)}
            for line in lines:
                if line not in kept:
                    new.add_entry(line)
            entry = (
                datetime.now(UTC).isoformat("T", "seconds"), by.id, by.name, "restore", plan.source,
                f"第{before}版", f"备份里的第{plan.version}版", "done",
            )  # fmt: skip
            new.add_entry(entry)
    finally:
        new.close()
