"""Backup and restore: all that counts comes back, while others read and write, or nothing changes at all."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from index.admin import backup as writing
from index.admin import restoring
from index.admin.backup import MANIFEST, backup
from index.admin.check import problems
from index.admin.office import Office
from index.admin.restoring import finish, restore
from index.ask.assistant import Assistant
from index.build import load
from index.errors import IndexUnavailable, NotAdopted
from index.models import Person
from index.store.versions import Versions

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = sorted((ROOT / "data" / "reports").glob("0[135]_*"))
BY = Person(7, "王五")


@dataclass(frozen=True)
class Place:
    """An installation: its files, all below one folder."""

    folder: Path

    @property
    def db(self) -> Path:
        return self.folder / "index.db"

    @property
    def reports(self) -> Path:
        return self.folder / "reports"

    @property
    def state(self) -> Path:
        return self.folder / "index.chats.db"

    def restore(self, source: Path) -> int:
        return restore(source, self.db, self.state, self.reports, BY).number

    def backup(self, target: Path) -> writing.Kept:
        return backup(self.db, self.state, self.reports, target)

    def told(self) -> dict[str, Any]:
        """All that a restore changes."""
        office = Office(self.db, self.reports)
        try:
            with closing(sqlite3.connect(self.state)) as chats:
                rows = chats.execute("SELECT * FROM chats").fetchall()
            return {
                "documents": [held.name for held in office.documents()],
                "facts": [clash.item for clash in office.clashes()],
                "aliases": [alias.word for alias in office.aliases()],
                "chats": rows,
            }
        finally:
            office.close()


def write_chats(state: Path, *rows: str) -> None:
    with closing(sqlite3.connect(state)) as conn, conn:
        conn.execute("PRAGMA journal_mode = WAL")
        conn.execute("CREATE TABLE IF NOT EXISTS chats (text TEXT)")
        conn.execute("DELETE FROM chats")
        conn.executemany("INSERT INTO chats VALUES (?)", [(row,) for row in rows])


def alias(place: Place, word: str) -> None:
    office = Office(place.db, place.reports)
    office.add_alias(word, "教育支出", BY)
    office.close()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Place:
    place = Place(tmp_path_factory.mktemp("made"))
    (place.reports / "2023").mkdir(parents=True)
    for sample in SAMPLES:
        shutil.copy(sample, place.reports / "2023")
    load([place.reports], place.db, jobs=1)
    write_chats(place.state, "一", "二")
    alias(place, "娃娃钱")
    return place


@pytest.fixture
def place(made: Place, tmp_path: Path) -> Place:
    """A copy whose index names the files of the copy."""
    place = Place(tmp_path / "place")
    shutil.copytree(made.folder, place.folder)
    with closing(sqlite3.connect(place.db)) as conn, conn:
        conn.execute("UPDATE documents SET path = replace(path, ?, ?)", (str(made.folder), str(place.folder.resolve())))
    shutil.rmtree(place.folder / "index.versions")
    return place


@pytest.fixture
def kept(place: Place, tmp_path: Path) -> Path:
    place.backup(tmp_path / "kept.zip")
    return tmp_path / "kept.zip"


# ------------------------------------------------------------------------------------------- round trip


def test_everything_comes_back_on_an_empty_machine(place: Place, kept: Path, tmp_path: Path) -> None:
    told = place.told()
    other = Place(tmp_path / "other" / "deep")
    shutil.rmtree(place.folder)
    assert other.restore(kept) == 1
    assert other.told() == told
    assert problems(other.db, deep=True) == []
    office = Office(other.db, other.reports)
    for held in office.documents():
        original = office.original(held.name)
        assert original is not None and original.parent == (other.reports / "2023").resolve()
    assert office.rescan(BY).is_empty
    assert [(entry.action, entry.subject) for entry in office.log(2)] == [("reload", ""), ("restore", "kept.zip")]
    office.close()
    assert sorted(path.name for path in other.folder.iterdir() if "restore" in path.name) == []


def test_what_was_changed_since_is_as_it_was_and_the_log_goes_on(place: Place, kept: Path, tmp_path: Path) -> None:
    told = place.told()
    alias(place, "书本钱")
    write_chats(place.state, "三")
    office = Office(place.db, place.reports)
    extra = tmp_path / "解放区.txt"
    shutil.copy(next((ROOT / "data" / "reports").glob("02_*")), extra)
    office.adopt(office.preview([extra], BY).id, BY)
    waiting = office.preview([next((ROOT / "data" / "reports").glob("04_*"))], BY, region="上党区")
    lines = [entry.action for entry in office.log()]
    with closing(sqlite3.connect(place.state)) as chats:  # the bot has both open meanwhile
        chats.execute("SELECT * FROM chats").fetchall()
        number = place.restore(kept)
        assert chats.execute("SELECT text FROM chats").fetchall() == [("一",), ("二",)]
    assert number == office.version() > 1
    assert [entry.action for entry in office.log()][1:] == lines
    assert office.log(1)[0].after == "备份里的第1版"
    assert office.drafts() == [] and office.draft(waiting.id) is None
    office.close()
    assert place.told() == told


def test_answers_go_on_and_aliases_hold_at_once(place: Place, kept: Path) -> None:
    assistant = Assistant(place.db)
    office = Office(place.db, place.reports)
    office.remove_alias("娃娃钱", BY)
    assert not [f for f in assistant.ask("上党区2023年娃娃钱多少").figures if f.asked]
    place.restore(kept)
    assert [f.value for f in assistant.ask("上党区2023年娃娃钱多少").figures if f.asked] == ["56917"]
    office.close()


def test_a_damaged_index_ledger_and_state_are_replaced(place: Place, kept: Path) -> None:
    told = place.told()
    for file in (place.db, place.folder / "index.ledger.db", place.state):
        file.write_bytes(b"damaged" * 3000)
        for end in ("-wal", "-shm"):
            file.with_name(file.name + end).unlink(missing_ok=True)
    place.restore(kept)
    assert place.told() == told


def test_files_of_other_content_are_not_overwritten(place: Place, kept: Path) -> None:
    first = place.reports / "2023" / SAMPLES[0].name
    first.write_text("mine", encoding="utf-8")
    place.restore(kept)
    assert first.read_text(encoding="utf-8") == "mine"
    office = Office(place.db, place.reports)
    original = office.original(SAMPLES[0].name)
    office.close()
    assert original is not None and "恢复" in original.name
    place.restore(kept)
    assert len(list((place.reports / "2023").iterdir())) == len(SAMPLES) + 1


def test_changed_originals_are_left_out_and_told(place: Place, tmp_path: Path) -> None:
    (place.reports / "2023" / SAMPLES[0].name).write_text("other", encoding="utf-8")
    (place.reports / "2023" / SAMPLES[1].name).unlink()
    told = place.backup(tmp_path / "b.zip")
    assert (told.reports, told.originals, sorted(told.missing)) == (3, 1, [SAMPLES[0].name, SAMPLES[1].name])
    assert told.size == (tmp_path / "b.zip").stat().st_size


def test_consistent_while_admins_and_chats_write(place: Place, tmp_path: Path) -> None:
    ended = threading.Event()

    def write() -> None:
        for number in range(10_000):
            if ended.is_set():
                return
            write_chats(place.state, *[str(number)] * 50)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(3):
            place.backup(tmp_path / f"{number}.zip")
    finally:
        ended.set()
        writer.join()
    for number in range(3):
        with zipfile.ZipFile(tmp_path / f"{number}.zip") as book:
            book.extract("chats.db", tmp_path)
        with closing(sqlite3.connect(tmp_path / "chats.db")) as conn:
            texts = [row[0] for row in conn.execute("SELECT text FROM chats")]
        assert len(texts) in (2, 50) and len(set(texts)) in (1, 2)


# ------------------------------------------------------------------------------------------- refused


def rewritten(source: Path, change: Callable[[dict[str, Any], dict[str, bytes]], object]) -> Path:
    """The backup with another manifest or other files."""
    with zipfile.ZipFile(source) as book:
        files = {name: book.read(name) for name in book.namelist()}
    manifest = json.loads(files.pop(MANIFEST))
    change(manifest, files)
    target = source.with_name("changed.zip")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in files.items():
            book.writestr(name, content)
        if manifest:
            book.writestr(MANIFEST, json.dumps(manifest))
    return target


def swapped(manifest: dict[str, Any], files: dict[str, bytes], name: str, content: bytes) -> None:
    from hashlib import sha256

    files[name] = content
    manifest["entries"][name] = {"size": len(content), "sha256": sha256(content).hexdigest(), "original": None}


CHANGES: list[tuple[Callable[[dict[str, Any], dict[str, bytes]], object], str]] = [
    (lambda m, f: f.update({"index.db": f["index.db"][:-1] + b"x"}), "index.db 已损坏"),
    (lambda m, f: f.update({"index.db": f["index.db"] + b"x"}), "index.db 已损坏"),
    (lambda m, f: f.update({"index.db": f["index.db"][:-9]}), "index.db 已损坏"),
    (lambda m, f: f.pop("ledger.db"), "不是 yusuan backup 写的"),
    (lambda m, f: m.clear(), "不是 yusuan backup 写的"),
    (lambda m, f: m.update(entries=[]), "不是 yusuan backup 写的"),
    (lambda m, f: m.update(entries={}), "不是 yusuan backup 写的"),
    (lambda m, f: m.update(extra=1), "不是 yusuan backup 写的"),
    (lambda m, f: m.update(format="x"), "不是 yusuan backup 写的"),
    (lambda m, f: m.update(format=99), "更新的版本"),
    (lambda m, f: m.update(program="99.0"), "更新的版本"),
    (lambda m, f: m["entries"]["index.db"].update(size=-1), "不是 yusuan backup 写的"),
    (lambda m, f: m["entries"]["index.db"].update(size=10**15), "与文件大小不符"),
    (lambda m, f: swapped(m, f, "../../evil", b"x"), "不是 yusuan backup 写的"),
    (lambda m, f: swapped(m, f, "originals/../x", b"x"), "不是 yusuan backup 写的"),
    (lambda m, f: swapped(m, f, "index.db", b"no database" * 999), "备份里的索引不能用"),
    (lambda m, f: swapped(m, f, "chats.db", b"no database" * 999), "chats.db 已损坏"),
    (lambda m, f: swapped(m, f, "ledger.db", b"no database" * 999), "ledger.db 已损坏"),
]


@pytest.mark.parametrize("number", range(len(CHANGES)))
def test_a_backup_that_is_not_sound_changes_nothing(place: Place, kept: Path, number: int) -> None:
    change, said = CHANGES[number]
    told, before = place.told(), sorted(place.folder.rglob("*"))
    with pytest.raises(NotAdopted, match=said):
        place.restore(rewritten(kept, change))
    assert place.told() == told and Versions(place.db).number() == 1
    extra = {path.name for path in place.folder.rglob("*")} - {path.name for path in before}
    assert not [name for name in extra if "restore" in name]


def test_an_index_that_does_not_pass_the_check(place: Place, kept: Path, tmp_path: Path) -> None:
    def change(manifest: dict[str, Any], files: dict[str, bytes]) -> None:
        (tmp_path / "x.db").write_bytes(files["index.db"])
        with closing(sqlite3.connect(tmp_path / "x.db")) as conn, conn:
            conn.execute("DELETE FROM facts WHERE id = (SELECT max(id) FROM facts)")
        swapped(manifest, files, "index.db", (tmp_path / "x.db").read_bytes())

    told = place.told()
    with pytest.raises(NotAdopted, match="没有通过检查，现有内容未改动：.*数据点"):
        place.restore(rewritten(kept, change))
    assert place.told() == told


def test_files_that_are_no_backups(place: Place, tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"PK\x03\x04" + b"x" * 100)
    with zipfile.ZipFile(tmp_path / "y.zip", "w") as book:
        book.writestr("a", "b")
    for name, said in (("x.zip", "不是 yusuan"), ("y.zip", "不是 yusuan"), ("none.zip", "没有这个文件")):
        with pytest.raises(NotAdopted, match=said):
            place.restore(tmp_path / name)
    assert problems(place.db, deep=True) == []


def test_names_from_outside_become_no_paths(place: Place, kept: Path) -> None:
    def change(manifest: dict[str, Any], files: dict[str, bytes]) -> None:
        for number, entry in enumerate(manifest["entries"].values()):
            if entry["original"]:
                entry["original"] |= {"below": f"../../../{'..' * number}/evil{number}.txt", "name": "../../x\x00.txt"}

    place.restore(rewritten(kept, change))
    outside = [path for path in place.folder.parent.rglob("*evil*") if not path.is_relative_to(place.reports)]
    assert outside == []
    assert len([path for path in place.reports.rglob("*evil*") if path.is_file()]) == len(SAMPLES)


def test_where_nothing_can_be_written(place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "there.zip").write_text("x")
    for target, said in (("there.zip", "文件已存在"), ("no/b.zip", "文件夹不存在")):
        with pytest.raises(NotAdopted, match=said):
            place.backup(tmp_path / target)
    with pytest.raises(NotAdopted, match="还没有索引"):
        Place(tmp_path).backup(tmp_path / "b.zip")
    monkeypatch.setattr(writing, "ROOM", 1 << 60)
    with pytest.raises(IndexUnavailable, match="磁盘空间不够"):
        place.backup(tmp_path / "b.zip")
    assert not list(tmp_path.glob(".backup-*")) and not (tmp_path / "b.zip").exists()


# ------------------------------------------------------------------------------------------- all or nothing

STEPS = ["relocate", "_entered", "_written_down", "_put", "chats", "publish"]


@pytest.mark.parametrize("step", STEPS)
def test_a_step_that_fails_undoes_those_before(
    place: Place, kept: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    alias(place, "书本钱")
    write_chats(place.state, "三")
    told = place.told()

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    if step == "publish":
        monkeypatch.setattr(Versions, "publish", fail)
    elif step == "chats":
        put = restoring._put
        monkeypatch.setattr(restoring, "_put", lambda f, name, t: fail() if name == "chats.db" else put(f, name, t))
    else:
        monkeypatch.setattr(restoring, step, fail)
    with pytest.raises(IndexUnavailable, match="磁盘已满"):
        place.restore(kept)
    monkeypatch.undo()
    assert place.told() == told and Versions(place.db).number() == 1
    assert not list(place.folder.glob("index.restore*"))


KILLED = """
import os, sys
from pathlib import Path
from index.admin import restoring
from index.models import Person
from index.store.versions import Versions
db, state, reports, kept, step = sys.argv[1:]
def die(*_): os._exit(9)
def die_after(call):
    def run(*given):
        call(*given)
        os._exit(9)
    return run
if step == "published": Versions.publish = die_after(Versions.publish)
elif step == "publish": Versions.publish = die
elif step == "chats":
    put = restoring._put
    restoring._put = lambda f, name, t: die() if name == "chats.db" else put(f, name, t)
elif step == "planned": restoring._put = die
elif step.startswith("clearing "):
    def clear(folder, **_):
        (folder / step.split()[1]).unlink(missing_ok=True)
        os._exit(9)
    publish = Versions.publish
    def published(*given):
        restoring.shutil.rmtree = clear
        return publish(*given)
    Versions.publish = published
else: setattr(restoring, step, die)
restoring.restore(Path(kept), Path(db), Path(state), Path(reports), Person(7, "王五"))
"""


# killed in the midst of clearing up, after this file
CLEARING = [f"clearing {name}" for name in ("plan.json", "index.db", "ledger.db", "chats.db", "chats.db.before")]


@pytest.mark.parametrize("step", ["fill", "_written_down", "planned", "chats", "publish", "published", *CLEARING])
def test_a_killed_process_leaves_all_or_nothing_to_the_next_start(place: Place, kept: Path, step: str) -> None:
    restored = place.told()
    alias(place, "书本钱")
    write_chats(place.state, "三")
    before = place.told()
    done = subprocess.run(
        [sys.executable, "-c", KILLED, *map(str, (place.db, place.state, place.reports, kept, step))],
        cwd=ROOT, check=False,
    )  # fmt: skip
    assert done.returncode == 9
    office = Office(place.db, place.reports)
    lines = office.recover()
    office.close()
    begun, done_with = step not in ("fill", "_written_down"), step in CLEARING
    assert bool(lines) == (begun and not done_with)
    assert place.told() == (restored if begun else before)
    assert finish(place.db) is None
    assert problems(place.db, deep=True) == []
    assert not (place.folder / "index.restore").exists()
