"""A draft -> the next version of the index, or a reason why not.

    adopted(draft, build, versions, intake, archive, by) -> Version 13

The build is a copy of the version in use; until ``publish`` nothing of this is seen by anyone.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from index.admin.checks import examined
from index.admin.drafts import harmless
from index.admin.models import Draft, Person, Version
from index.admin.rescan import digest_of
from index.build import Intake, write_into
from index.errors import NotAdopted
from index.intake.prepare import Prepared
from index.intake.report import LoadReport
from index.models import GoldChange
from index.store.filing import sync_folder, write_through
from index.store.naming import StoreResult, region_of_document
from index.store.versions import Build, Changes, Versions
from index.store.write import remove

Progress = Callable[[int, int], None]
NEW: Final = ".new"  # a copy that is not complete yet


@dataclass(slots=True)
class _Done:
    """What has been written so far."""

    added: set[str]
    replaced: set[str]
    regions: set[str]


def adopted(
    draft: Draft, build: Build, versions: Versions, intake: Intake, archive: Path, by: Person,
    progress: Progress | None = None, despite: str = "",
) -> tuple[Version, tuple[GoldChange, ...]]:  # fmt: skip
    """Carry a draft out; the new version, and the gold questions that it is adopted in spite of.

    Raises NotAdopted if a file cannot be loaded as it was shown or the checks object.
    """
    failing = {report.file for report in draft.files if report.status == "failed"}
    paths = [Path(path) for path in draft.paths if path not in failing]
    done = _Done(set(), set(), set())
    for name in draft.removes:
        region = region_of_document(build.conn, name)
        if remove(build.conn, name):
            done.regions.add(region)
    with _archived(paths, archive) if draft.action == "add" else nullcontext(paths) as kept:
        _load(list(zip(paths, kept, strict=True)), failing, build, intake, done, progress)
        changes = Changes(
            tuple(sorted(done.added)),
            tuple(sorted(done.replaced)),
            draft.removes,
            tuple(sorted(done.regions)),
            draft.id,
        )
        if not (changes.added or changes.replaced or changes.removed):
            raise NotAdopted("这里没有可以采用的内容，索引不会改变")
        gold = examined(versions.db, build.file, [*changes.added, *changes.replaced], despite)
    return versions.publish(build, by, draft.action, changes), gold


def _load(
    files: Sequence[tuple[Path, Path]], failing: Collection[str], build: Build, intake: Intake, done: _Done,
    progress: Progress | None,
) -> None:  # fmt: skip
    """Write files, each given as it was shown and as it is kept, into the build."""

    def write(place: Path, document: Prepared) -> StoreResult:
        result = write_into(build.conn, intake, place, document)
        if result.changed:
            (done.replaced if result.replaced else done.added).add(result.name)
            region = document.parsed.subject.region if document.parsed else None
            done.regions.add(region.code if region else "")
        return result

    def known(path: Path) -> LoadReport | None:
        return intake.known_to(build.conn, path)

    with closing(intake.run([kept for _, kept in files], known, write)) as results:
        for number, report in results:
            if progress:
                progress(number, len(files))
            shown, kept = files[number - 1]
            as_shown = str(shown.parent / Path(report.file).relative_to(kept.parent))
            if report.status == "failed" and as_shown not in failing:
                raise NotAdopted(f"{Path(report.file).name}：{report.error}；没有采用，索引未改动")


def clear_unfinished(archive: Path) -> None:
    """Remove what a killed adoption has left half copied; for who holds the builders' lock."""
    for new in archive.glob(f"*/{NEW}"):
        with suppress(OSError):
            new.unlink()
            new.parent.rmdir()


@contextmanager
def _archived(files: Sequence[Path], archive: Path) -> Iterator[list[Path]]:
    """Copies that stay for good: each content in a folder of its own, so that none ever takes another's place.

    If what is done with them fails, those that were made for it go again.
    """
    kept: list[Path] = []
    made: list[Path] = []
    try:
        for file in files:
            folder = archive / digest_of(file)[:16]
            target = folder / harmless(file.name)
            if not target.exists():
                made.append(target)
                folder.mkdir(parents=True, exist_ok=True)
                new = folder / NEW
                shutil.copyfile(file, new)
                write_through(new)
                new.replace(target)
                sync_folder(folder)
                sync_folder(archive)
            kept.append(target)
        yield kept
    except BaseException:
        for target in made:
            with suppress(OSError):
                target.unlink(missing_ok=True)
                (target.parent / NEW).unlink(missing_ok=True)
                target.parent.rmdir()
        raise
