"""Drafts: what an admin has sent in and not decided on yet, kept with its files over restarts.

    index.drafts/k3x9a2bc/0/上党区2024.pdf        the files, each in a folder of its own, under names made harmless

The draft itself is a line of the ledger, as JSON.
"""

from __future__ import annotations

import json
import secrets
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, cast

from index.admin.models import Change, Clash, Draft, DraftState, Person, Place
from index.errors import IndexUnavailable, NotAdopted
from index.intake.report import LoadReport
from index.store.ledger import Ledger

LETTERS: Final = "abcdefghijkmnpqrstuvwxyz23456789"  # none that is taken for another
LONGEST_NAME: Final = 120  # bytes, of the 255 a file system takes
KEPT_CHANGES: Final = 20_000
STRAY_SECONDS: Final = 86_400  # no preview takes so long: a folder without a draft is no one's any more


class Drafts:
    """The drafts of one index."""

    def __init__(self, db: Path, ledger: Ledger) -> None:
        self.folder = db.with_name(f"{db.stem}.drafts")
        self._ledger = ledger

    def new_id(self) -> str:
        """An id that no draft has."""
        while True:
            id = "".join(secrets.choice(LETTERS) for _ in range(8))
            if self._ledger.draft(id) is None:
                return id

    def take_in(self, id: str, files: Sequence[Path]) -> None:
        """Copy files into the draft's folder."""
        for number, file in enumerate(files):
            folder = self.folder / id / str(number)
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, folder / harmless(file.name))

    def room(self) -> Path:
        """A folder for what is needed while files are looked at."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise IndexUnavailable(f"索引不可写（只读的文件或文件夹）：{self.folder}") from error
        return self.folder

    def files(self, id: str) -> list[Path]:
        """The files of a draft, in the order they were sent."""
        folders = sorted((one for one in (self.folder / id).glob("*") if one.name.isdigit()), key=lambda f: int(f.name))
        return [file for folder in folders for file in sorted(folder.iterdir())]

    def clear(self, id: str) -> None:
        """Remove a decided draft's files."""
        shutil.rmtree(self.folder / id, ignore_errors=True)

    def clear_strays(self) -> None:
        """Remove what killed processes left: files of decided drafts, and old ones that never became a draft."""
        for folder in self.folder.glob("*"):
            draft = self.get(folder.name)
            if draft is None:
                with suppress(OSError):
                    stray = time.time() - folder.stat().st_mtime > STRAY_SECONDS
                    if stray:
                        shutil.rmtree(folder, ignore_errors=True)
            elif draft.state in ("adopted", "dropped"):
                self.clear(folder.name)

    def save(self, draft: Draft) -> Draft:
        """Keep a draft as it is now."""
        kept = replace(draft, changes=draft.changes[:KEPT_CHANGES])
        self._ledger.put_draft(draft.id, draft.state, draft.at, _plain(kept))
        return kept

    def save_open(self, draft: Draft) -> Draft | None:
        """Keep an undecided draft as it is now; None if it has been decided meanwhile."""
        kept = replace(draft, changes=draft.changes[:KEPT_CHANGES])
        return kept if self._ledger.revise_draft(draft.id, "open", _plain(kept)) else None

    def get(self, id: str) -> Draft | None:
        """A draft by its id."""
        row = self._ledger.draft(id)
        return _draft(*row) if row else None

    def wanted(self, id: str) -> Draft:
        """A draft by its id; raises NotAdopted if there is none."""
        draft = self.get(id)
        if draft is None:
            raise NotAdopted("没有这份待定的报告，请重新发送文件")
        return draft

    def open(self) -> list[Draft]:
        """The undecided ones, the newest first."""
        return [_draft(*row) for row in self._ledger.drafts("open")]

    def worth_deciding(self) -> list[Draft]:
        """The undecided ones, without those that could not be read and have been there for a day: these are dropped."""
        kept = []
        for draft in self.open():
            if draft.is_unreadable and _age(draft) > STRAY_SECONDS and self.move(draft.id, "open", "dropped"):
                self.clear(draft.id)
            else:
                kept.append(draft)
        return kept

    def adopting(self) -> Iterator[Draft]:
        """Those whose adoption was begun."""
        return (_draft(*row) for row in self._ledger.drafts("adopting"))

    def move(self, id: str, before: DraftState, after: DraftState) -> bool:
        """Take a draft from one state into another; only one of several who try at once succeeds."""
        return self._ledger.move_draft(id, before, after)


def harmless(name: str) -> str:
    """A file name from outside, without folders, control characters and what a shell or a system might take amiss."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    clean = "".join(char for char in last if char.isprintable() and char not in '<>:"|?*').strip().lstrip(".~$- ")
    stem, dot, suffix = clean.rpartition(".")
    if not dot:
        stem, suffix = clean, ""
    suffix = suffix[:10]
    room = LONGEST_NAME - len(suffix.encode()) - 1
    stem = stem.encode()[:room].decode(errors="ignore").strip() or "报告"
    return f"{stem}.{suffix}" if suffix else stem


def _age(draft: Draft) -> float:
    """Seconds since it was sent in."""
    return (datetime.now(UTC) - datetime.fromisoformat(draft.at)).total_seconds()


def _plain(draft: Draft) -> str:
    return json.dumps(asdict(draft), ensure_ascii=False)


def _draft(state: str, content: str) -> Draft:
    told: dict[str, Any] = json.loads(content)
    told["by"] = Person(**told["by"])
    told["files"] = tuple(LoadReport(**_tuples(file)) for file in told["files"])
    told["changes"] = tuple(Change(**_tuples(change)) for change in told["changes"])
    told["clashes"] = tuple(
        Clash(**{**clash, "places": tuple(Place(**place) for place in clash["places"])}) for clash in told["clashes"]
    )
    known = {field.name for field in fields(Draft)}
    kept = _tuples({name: value for name, value in told.items() if name in known})
    return Draft(**{**kept, "state": cast(DraftState, state)})


def _tuples(values: dict[str, Any]) -> dict[str, Any]:
    """JSON has lists where the values have tuples."""
    return {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
