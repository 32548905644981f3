"""The process is killed at any moment: what was accepted is there, what was not is not, and no answer is wrong.

An admin's process adopts, loads, removes, rolls back, restores a backup and adds words at random, and tells of it;
after a random time it is killed with SIGKILL and the office is opened again.  All the while another process asks.
``YUSUAN_CRASH_SEED`` repeats a run (the moments of the clock are not repeated), ``YUSUAN_CRASHES`` sets their number.
"""

from __future__ import annotations

import json
import os
import queue
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from index import Keeper, Office
from index.models import Version
from index.store.connect import open_reader
from index.store.ledger import Ledger, ledger_path
from index.store.versions import Versions
from tests.admin_reports import ME, contents, name_of, written
from tests.crash_zygote import KEEP, PLACES, YEARS

ROOT = Path(__file__).resolve().parent.parent
SEED = int(os.environ.get("YUSUAN_CRASH_SEED") or random.randrange(1 << 30))
CRASHES = int(os.environ.get("YUSUAN_CRASHES") or 50)
PATIENCE = 300.0

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")


class Zygote:
    """``tests.crash_zygote`` and what its children say."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.crash_zygote"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            text=True, encoding="utf-8",
        )  # fmt: skip
        self.admin: queue.SimpleQueue[list[Any]] = queue.SimpleQueue()
        self.answers: list[list[Any]] = []
        self.children: list[int] = []
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            told = json.loads(line)
            if told[0] in ("answer", "error"):
                self.answers.append(told)
            else:
                self.admin.put([time.monotonic(), *told])

    def start(self, *words: object) -> int:
        """Fork; the number of the process."""
        print(json.dumps(words), file=self.process.stdin, flush=True)
        pid = 0
        while not pid:
            _, *told = self.said()
            pid = told[1] if told[0] == "pid" else 0
        self.children.append(pid)
        return pid

    def said(self) -> list[Any]:
        """The next thing an admin says, with its time."""
        told = self.admin.get(timeout=PATIENCE)
        assert told[1] != "died", told
        return told

    def close(self) -> None:
        for pid in self.children:
            with _gone_already():
                os.kill(pid, signal.SIGKILL)
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        self.process.stdout.close()


class _gone_already:  # noqa: N801
    def __enter__(self) -> None: ...
    def __exit__(self, kind: type[BaseException] | None, *_: object) -> bool:
        return kind is not None and issubclass(kind, ProcessLookupError)


@pytest.fixture
def zygote() -> Iterator[Zygote]:
    started = Zygote()
    yield started
    started.close()


@dataclass
class Known:
    """What the test knows of the index from what it was told and has seen."""

    k_of: dict[str, tuple[str, int]] = field(default_factory=dict)  # draft -> document, variant
    loaded: list[tuple[str, int]] = field(default_factory=list)  # document, variant
    restored: list[dict[str, int]] = field(default_factory=list)  # document -> variant of the backups put back
    history: dict[int, dict[str, int]] = field(default_factory=dict)  # version -> document -> variant
    current: int = 0
    aliases: set[str] = field(default_factory=set)
    under_way: list[Any] = field(default_factory=list)
    hits: Counter[str] = field(default_factory=Counter)
    ends: Counter[str] = field(default_factory=Counter)
    since: float = 0.0
    took: dict[str, float] = field(default_factory=dict)  # seconds, the last time

    def sent(self) -> set[tuple[str, int]]:
        """Every document with every variant that was ever sent or put back."""
        before = (one for held in (*self.history.values(), *self.restored) for one in held.items())
        return {*self.k_of.values(), *self.loaded, *before}

    def hear(self, told: list[Any]) -> bool:
        """Take note of a line of the admin's process; whether something begins with it."""
        at, *told = told
        if told[0] == "begin":
            self.under_way, self.since = told[1:], at
            if told[1] == "load":
                self.loaded.append((told[2], told[3]))
            elif told[1] == "restore":
                self.restored.append(told[3])
        elif told[0] == "end":
            self.took[told[1]] = at - self.since
            self.under_way = []
            what, number = told[1:3]
            if what == "preview":
                self.k_of[told[3]] = (told[4], number)
            elif what == "alias":
                self.aliases.add(number)
            else:
                self.current = number
        return bool(told[0] == "begin")


# ---------------------------------------------------------------------------------------------- what must hold


def check_versions(known: Known, office: Office, versions: Versions) -> None:
    kept = office.versions()
    for version in sorted(kept, key=lambda one: one.number):
        if version.number in known.history:
            continue  # its digest says that it is as it was
        held = contents(versions.held_in(version.number))
        if version.action == "restore":
            assert held in known.restored, "it is not what was in a backup"
        elif version.base and version.base not in known.history:  # made and cleared away before anybody looked
            assert set(held.items()) <= known.sent(), "it has what nobody sent"
        else:
            assert held in changed(known, version), f"version {version.number} is not its base with its changes"
        known.history[version.number] = held
    assert contents(versions.db) == known.history[office.version()]
    assert versions.is_sound() and all(versions.is_sound(version.number) for version in kept)
    with closing(open_reader(versions.db)) as conn:
        assert conn.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert office.check() == []


def changed(known: Known, version: Version) -> list[dict[str, int]]:
    """What a version may hold, from what its base held."""
    held = dict(known.history[version.base]) if version.base else {}
    for name in version.removed:
        del held[name]
    came = [*version.added, *version.replaced]
    if not came:
        return [held]
    (name,) = came
    assert (name in held) == (name in version.replaced)
    if version.action == "load":
        return [held | {name: k} for document, k in known.loaded if document == name]
    document, k = known.k_of[version.draft]
    assert document == name
    return [held | {name: k}]


def check_current(known: Known, office: Office) -> None:
    """The old version or the new one; what was acknowledged is not lost."""
    now, (what, *words) = office.version(), known.under_way or ["nothing"]
    known.hits[what] += 1
    if now == known.current:
        known.ends[f"{what}: old"] += 1
        return
    known.ends[f"{what}: new"] += 1
    if what == "rollback":
        assert now == words[0]
    elif what in ("load", "restore"):
        (made,) = [version for version in office.versions() if version.current]
        assert made.action == what and made.base == known.current
        assert what == "restore" or words[0] in (*made.added, *made.replaced)
    else:
        assert what in ("adopt", "remove")
        (made,) = [version for version in office.versions() if version.current]
        assert made.draft == words[0] and made.base == known.current
    known.current = now


def check_books(known: Known, office: Office, db: Path) -> None:
    """Drafts, log and aliases say what the index says."""
    made = {version.draft for version in office.versions()}
    for id in known.k_of:
        draft = office.draft(id)
        if draft is None:  # sent in after the backup was made that has been put back since
            assert known.restored
            continue
        if id in made:
            assert draft.state == "adopted"
        assert draft.state in ("open", "adopted", "dropped")
    for draft in office.drafts():
        office.drop(draft.id, ME)
    log = office.log(limit=10_000)
    assert {entry.outcome for entry in log} <= {"done", "failed"}
    with closing(Ledger(ledger_path(db))) as ledger:
        words = {row[0] for row in ledger.aliases()}
    assert words == {entry.subject for entry in log if entry.action == "alias"}
    assert known.aliases <= words
    known.aliases = words


def check_files(office: Office, db: Path) -> None:
    numbers = [version.number for version in office.versions()]
    wanted = {f"{number:06}.{end}" for number in numbers for end in ("db", "sha256")}
    folder = db.with_name("index.versions")
    there = {file.name for file in folder.iterdir()}
    assert there == wanted
    others = {"index.ledger.db-shm", "index.ledger.db-wal", "index.ledger.copies", "sent", "reports"}
    laid_out = {file.name for file in db.parent.glob("index.restore-*")}  # goes when it is a day old
    beside = {file.name for file in db.parent.iterdir()} - others - laid_out
    assert beside == {"index.db", "index.versions", "index.ledger.db", "index.lock", "index.drafts", "index.originals"}
    assert not list((db.parent / "index.originals").glob("*/.*"))
    for stray in (db.parent / "index.drafts").iterdir():
        assert office.draft(stray.name) is None  # of a preview that was killed: goes when it is a day old


def check_answers(known: Known, answers: list[list[Any]]) -> None:
    """Every answer is of one version, and what that version holds."""
    assert not [told for told in answers if told[0] == "error"]
    for _, name, stamp, variants, figures, wanted, status in answers:
        number = int(re.sub(r"\D", "", stamp))
        held = known.history[number].get(name)
        if held is None:
            assert (variants, figures) == ([], 0), (name, stamp, status)
        else:
            assert (variants, figures, status) == ([held], wanted, "answered"), (name, stamp, held)


# ---------------------------------------------------------------------------------------------- the test


def test_killed_at_any_moment(tmp_path: Path, zygote: Zygote) -> None:
    print(f"YUSUAN_CRASH_SEED={SEED}")
    rng = random.Random(SEED)
    db, reports, known = tmp_path / "index.db", tmp_path / "reports", Known()
    reports.mkdir()
    first = Office(db, reports, KEEP)
    files = [written(tmp_path / "sent", place, year, 0) for place in PLACES for year in YEARS[:1]]
    known.current = first.adopt(first.preview(files, ME).id, ME).number
    first.close()
    known.history[known.current] = {name_of(place, YEARS[0]): 0 for place in PLACES}
    zygote.start("asker", str(db), SEED)
    for cycle in range(CRASHES):
        admin = zygote.start("admin", str(db), str(reports), rng.randrange(1 << 30), 1 + cycle * 20)
        begins = rng.randint(1, 5)
        while begins:
            begins -= known.hear(zygote.said())
        time.sleep(rng.uniform(0, 1.1 * known.took.get(known.under_way[0], 0.02)))
        os.kill(admin, signal.SIGKILL)
        while (told := zygote.said())[1:] != ["gone"]:
            known.hear(told)
        office = Office(db, reports, KEEP)
        told = office.recover()
        assert told == [] or (known.under_way[0] == "restore" and "没有做完的恢复已经做完" in told[0])
        assert Keeper(ledger_path(db)).problems() == []
        check_current(known, office)
        check_versions(known, office, Versions(db, KEEP))
        check_books(known, office, db)
        with Versions(db, KEEP).exclusive():  # as the next builder
            pass
        check_files(office, db)
        office.close()
        known.under_way = []
    zygote.close()
    check_answers(known, zygote.answers)
    print(f"hit: {dict(known.hits)}; {dict(known.ends)}; {len(zygote.answers)} answers, {len(known.history)} versions")
    answered = {told[2] for told in zygote.answers}
    if CRASHES >= 50:  # else the test would prove nothing
        assert known.hits["adopt"] >= 5 and known.hits["rollback"] >= 1 and len(answered) > 10
        assert known.hits["load"] >= 1
