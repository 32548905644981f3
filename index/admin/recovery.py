"""After a crash: what had been begun is settled, and a damaged index gives way to the last good version."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from index.admin.adopting import clear_unfinished
from index.admin.drafts import Drafts
from index.admin.models import Draft, Version
from index.admin.rescan import is_inside
from index.errors import IndexDamaged, IndexTooNew, IndexUnavailable, YusuanError
from index.store.filing import GivenUp
from index.store.ledger import Ledger
from index.store.seals import AT_ONCE
from index.store.versions import Versions, gone_back


def settled(versions: Versions, drafts: Drafts, ledger: Ledger, reports: Path, archive: Path) -> None:
    """Bring drafts and log in line with the versions there are.  Raises IndexUnavailable if a builder is at work."""
    drafts.clear_strays()
    if not any(drafts.adopting()) and not ledger.unfinished():
        return
    with versions.exclusive(wait=0):
        clear_unfinished(archive)
        made = {version.draft: version for version in versions.all() if version.draft}
        for draft in list(drafts.adopting()):
            version = made.get(draft.id)
            if version is None:
                drafts.move(draft.id, "adopting", "open")
            else:
                conclude(draft, version, lying_in(versions, version.base, reports), drafts, ledger)
        current = f"第{next((version.number for version in versions.all() if version.current), 0)}版"
        for id, _, _, _, action, _, before, after, _ in ledger.unfinished():
            if action in ("adopt", "load"):
                version = made.get(after)
                ledger.finish_entry(id, f"第{version.number}版" if version else before, "done" if version else "failed")
            else:
                ledger.finish_entry(id, current, "done" if current == after else "failed")


def conclude(draft: Draft, version: Version, lying: Mapping[str, str], drafts: Drafts, ledger: Ledger) -> None:
    """After a version was made from a draft: the draft is decided, and files it put out of use stay out.

    ``lying`` are the documents of the version before whose files lie in the reports folder, with their SHA-256: taken
    out or replaced by what was sent in, they must not come back with the next look through the folder.
    """
    with ledger.together():
        drafts.save(replace(draft, state="adopted", decided_by=version.by.name))
        for digest in draft.digests:
            ledger.take_back(digest)
        if draft.action != "reload":
            for name in {*version.removed, *version.replaced} & lying.keys():
                ledger.set_aside(lying[name], name, version.at)
    drafts.clear(draft.id)


def lying_in(versions: Versions, number: int, reports: Path) -> dict[str, str]:
    """The documents of a version whose files lie in the reports folder, with their SHA-256."""
    try:
        return {name: sha256 for name, path, sha256 in versions.filed(number) if is_inside(path, reports)}
    except YusuanError:
        return {}


def recovered(versions: Versions, *, deep: bool, give_up: Callable[[], bool]) -> list[str]:
    """Put the last good version in the place of a damaged one; what the owner should be told, in Chinese.

    ``give_up`` is asked now and then whether to leave it: nothing is changed then.
    """
    if not versions.db.exists() and not versions.all():
        return []
    # Up to a size every byte is checked before the first answer; larger ones are checked while the bot is running.
    small = versions.db.exists() and versions.db.stat().st_size <= AT_ONCE
    try:
        if not versions.is_sound(whole=deep or small, anew=deep, give_up=give_up):
            good = versions.mend(give_up) if versions.db.exists() else versions.restore_last_good()
            return [gone_back(good)] if good else []
        if deep and (gone := versions.weed(give_up)):
            told = "、".join(f"第{number}版" for number in gone)
            return [f"保留的{told}已损坏，不能再退回到它；现在用的版本是完好的"]
    except IndexDamaged as error:
        return [str(error)]
    except (IndexTooNew, IndexUnavailable, GivenUp):  # not damaged as far as is known; who asks is told what it is
        pass
    return []
