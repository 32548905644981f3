"""Admins in processes of their own, in places that have no room, may not be written, or are used by two at once.

    python -m tests.admin_processes full FOLDER       the folder is a small file system of its own

What must hold is asserted here; the tests start these and look at the exit status.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from index import Assistant, NotAdopted, Office, Person, YusuanError, load
from index.store import versions
from index.store.ledger import Ledger, ledger_path
from index.store.lookup import Index
from index.store.versions import Versions
from tests.admin_reports import ME, text_of, variants, written

YEARS = range(1990, 2024)
QUESTION = "上党区2023年教育支出和卫生健康支出"


def long_report(folder: Path, k: int, lines: int = 150) -> Path:
    """Enough text to need many pages of the index."""
    file = written(folder, "上党区", 2023, k)
    words = "".join(f"第{number}项工作按计划推进并接受监督，涉及{number * 7}个单位。\n" for number in range(lines))
    file.write_text(text_of("上党区", 2023, k) + words, encoding="utf-8")
    return file


def begun(folder: Path) -> tuple[Path, Path]:
    """An index with one report; the database and a folder outside for what is sent."""
    db, sent = folder / "index.db", folder.parent / "sent"
    office = Office(db, folder / "reports", keep=2)
    office.adopt(office.preview([long_report(sent, 0)], ME).id, ME)
    office.close()
    return db, sent


def check_whole(db: Path, k: int) -> None:
    """The index is complete and holds this variant."""
    all = Versions(db)
    assert all.is_sound() and variants(Assistant(db).ask(QUESTION).reply) == {k}
    left = [file.name for file in all.folder.iterdir() if not file.name.endswith((".db", ".sha256"))]
    assert not [name for name in left if name != "switch"] and not list(all.folder.glob("building-*"))


def is_one_line(error: YusuanError) -> None:
    words = str(error)
    assert "\n" not in words and ("磁盘" in words or "File too large" in words), words


def try_to_adopt(db: Path, sent: Path, k: int, told: Counter[str]) -> bool:
    """Preview and adopt; a failure is one sentence, and the index as it was."""
    try:
        office = Office(db, db.parent / "reports", keep=2)
    except YusuanError as error:
        is_one_line(error)
        told[str(error).partition("：")[0]] += 1
        return False
    before = office.version()
    try:
        office.adopt(office.preview([long_report(sent, k)], ME).id, ME)
        return True
    except YusuanError as error:
        told[str(error).partition("：")[0]] += 1
        is_one_line(error)
        assert office.version() == before
        return False
    finally:
        office.close()


def settled(db: Path, told: Counter[str]) -> None:
    """With room again, drafts and log are brought in line and everything goes on."""
    office = Office(db, db.parent / "reports", keep=2)
    assert office.recover() == []
    log = office.log(10_000)
    assert not [entry for entry in log if entry.outcome == "begun"]
    for draft in office.drafts():
        office.drop(draft.id, ME)
    assert not [draft for draft in (db.parent / "index.drafts").iterdir() if not draft.name.startswith(".look")]
    office.close()


def full(folder: Path) -> None:
    """The disk has room for less and less."""
    db, sent = begun(folder)
    told: Counter[str] = Counter()
    k, done = 0, 0
    ballast = folder / "ballast"
    for room in (*range(0, 900_000, 60_000), 4_000_000):
        free = os.statvfs(folder).f_bavail * os.statvfs(folder).f_frsize
        ballast.write_bytes(bytes(max(0, free - room)))
        k_new = k + 1
        if try_to_adopt(db, sent, k_new, told):
            k, done = k_new, done + 1
        ballast.unlink()
        check_whole(db, k)
        settled(db, told)
    assert done >= 2, told
    assert sum(told.values()) >= 3, told
    print(json.dumps([done, told], ensure_ascii=False))


def limited(folder: Path) -> None:
    """No file may become longer than so many bytes, as under a quota."""
    import resource
    import signal

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    db, sent = begun(folder)
    told: Counter[str] = Counter()
    k, done = 0, 0
    size = db.stat().st_size
    for limit in (4096, 40_000, size // 2, size - 4096, size + 4096, size + 20_000, size * 2, size * 4):
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
        if try_to_adopt(db, sent, k + 1, told):
            k, done = k + 1, done + 1
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        check_whole(db, k)
        settled(db, told)
    assert done >= 1 and sum(told.values()) >= 3, told
    print(json.dumps([done, told], ensure_ascii=False))


def read_only(folder: Path) -> None:
    """The file system turns read-only while the office is open; asking goes on."""
    db, sent = begun(folder)
    office = Office(db, folder / "reports")
    draft = office.preview([long_report(sent, 1)], ME)
    office.close()  # with a file open for writing the system refuses
    assistant = Assistant(db)
    subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
    for call in (
        lambda: Office(db, folder / "reports"),
        lambda: Versions(db).rollback(1),
        lambda: Versions(db).exclusive().__enter__(),
        lambda: load([long_report(sent, 2)], db),
    ):
        try:
            call()
        except YusuanError as error:
            print(error)
        else:
            raise AssertionError("a read-only folder was written")
    assert variants(assistant.ask(QUESTION).reply) == {0} and variants(Assistant(db).ask(QUESTION).reply) == {0}
    assert [version.number for version in Versions(db).all()] == [1] and Versions(db).is_sound()
    subprocess.run(["mount", "-o", "remount,rw", str(folder)], check=True)
    office = Office(db, folder / "reports")
    assert office.adopt(draft.id, ME).number == 2
    assert variants(assistant.ask(QUESTION).reply) == {1}


def at_once(folder: Path, number: int, shared_draft: str) -> None:
    """One of several: adopts a report that all adopt, one of its own, and a file that all send in."""
    db, by = folder / "index.db", Person(2000 + number, f"第{number}人")
    office = Office(db, folder / "reports", keep=20)
    (folder / f"ready{number}").write_text("")
    while len(list(folder.glob("ready*"))) < 2:
        time.sleep(0.001)
    told = []
    try:
        told.append(["shared", office.adopt(shared_draft, by).number])
    except NotAdopted as error:
        told.append(["shared", str(error)])
    for year in (2001, 2002, 2003):
        own = written(folder / f"sent{number}", ("上党区", "解放区")[number], year, year)
        told.append(["own", office.adopt(office.preview([own], by).id, by).number])
    same = office.preview([written(folder / f"sent{number}", "屯留区", 2020, 7)], by)
    try:
        told.append(["same", office.adopt(same.id, by).number])
    except NotAdopted as error:
        told.append(["same", str(error)])
    print(json.dumps(told, ensure_ascii=False))


def documents(db: Path) -> list[str]:
    """The names of the documents, for the test."""
    with Index(db) as index:
        return sorted(one.name for one in index.documents())


def lines_of(db: Path) -> list[str]:
    """How each line of the log ended."""
    ledger = Ledger(ledger_path(db))
    try:
        return [row[8] for row in ledger.entries(1000)]
    finally:
        ledger.close()


if __name__ == "__main__":
    what, place, *more = sys.argv[1:]
    versions.ROOM = 0  # type: ignore[misc]
    if what == "at_once":
        at_once(Path(place), int(more[0]), more[1])
    else:
        {"full": full, "limited": limited, "read_only": read_only}[what](Path(place))
