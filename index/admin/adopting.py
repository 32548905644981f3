"""A draft -> the next version of the index, or a reason why not.

    adopted(draft, build, versions, intake, archive, by) -> Version 13

The build is a copy of the version in use; until ``publish`` nothing of this is seen by anyone.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.admin.checks import objections
from index.admin.drafts import harmless
from index.admin.models import Draft, Person, Version
from index.admin.rescan import digest_of
from index.build import Intake, write_into
from index.errors import NotAdopted
from index.intake.prepare import Prepared
from index.store.naming import StoreResult
from index.store.versions import Build, Changes, Versions
from index.store.write import remove

Progress = Callable[[int, int], None]


@dataclass(slots=True)
class _Done:
    """What has been written so far."""

    added: set[str]
    replaced: set[str]
    regions: set[str]


def adopted(
    draft: Draft, build: Build, versions: Versions, intake: Intake, archive: Path, by: Person,
    progress: Progress | None = None,
) -> Version:  # fmt: skip
    """Carry a draft out.  Raises NotAdopted if a file cannot be loaded as it was shown or the checks object."""
    done = _Done(set(), set(), set())
    for name in draft.removes:
        region = region_of(build, name)
        if remove(build.conn, name):
            done.regions.add(region)
    paths = [Path(path) for path in draft.paths]
    if draft.action == "add":
        paths = archived(paths, archive)

    def write(place: Path, document: Prepared) -> StoreResult:
        result = write_into(build.conn, intake, place, document)
        if result.changed:
            (done.replaced if result.replaced else done.added).add(result.name)
            region = document.parsed.subject.region if document.parsed else None
            done.regions.add(region.code if region else "")
        return result

    def known(path: Path) -> None:
        return None

    for number, report in intake.run(paths, known, write):
        if progress:
            progress(number, len(paths))
        if report.status == "failed" and not _was_shown_failing(draft, report.file):
            raise NotAdopted(f"{Path(report.file).name}：{report.error}；没有采用，索引未改动")
    changes = Changes(
        tuple(sorted(done.added)), tuple(sorted(done.replaced)), draft.removes, tuple(sorted(done.regions)), draft.id
    )
    reasons = objections(versions.db, build.file, [*changes.added, *changes.replaced])
    if reasons:
        more = f"（另有 {len(reasons) - 3} 处）" if len(reasons) > 3 else ""
        raise NotAdopted(f"新版本没有通过检查，索引未改动：{'；'.join(reasons[:3])}{more}")
    return versions.publish(build, by, draft.action, changes)


def archived(files: Sequence[Path], archive: Path) -> list[Path]:
    """Copies that stay for good: each content in a folder of its own, so that none ever takes another's place."""
    kept: list[Path] = []
    for file in files:
        folder = archive / digest_of(file)[:16]
        target = folder / harmless(file.name)
        if not target.exists():
            folder.mkdir(parents=True, exist_ok=True)
            new = folder / f".{target.name[-60:]}.new"
            shutil.copyfile(file, new)
            with new.open("rb+") as opened:
                opened.flush()
            new.replace(target)
        kept.append(target)
    return kept


def region_of(build: Build, name: str) -> str:
    """The region code of a document, "" if it has none."""
    from index.store.naming import region_of_document

    return region_of_document(build.conn, name)


def _was_shown_failing(draft: Draft, file: str) -> bool:
    """A file that could not be read in the preview either; the rest of the draft counts."""
    name = Path(file).name
    return any(report.status == "failed" and Path(report.file).name == name for report in draft.files)
