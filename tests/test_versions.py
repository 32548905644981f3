"""Versions of the index: built beside, switched in one step, kept, found damaged, brought up to date."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from index import Assistant, load
from index.admin.recovery import recovered
from index.errors import IndexDamaged, IndexTooNew, IndexUnavailable, NotAdopted
from index.models import Person
from index.store import connect, migrations, seals, versions
from index.store.connect import is_finished, open_as_is, open_reader, open_writer, stopping
from index.store.filing import GivenUp, digest
from index.store.lookup import Index
from index.store.versions import Changes, Versions
from index.store.write import store
from tests.admin_reports import ME, variants, written
from tests.test_store import make_parsed

ROOT = Path(__file__).resolve().parent.parent
QUESTION = "上党区2023年教育支出和卫生健康支出"


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "index.db"


def publish(db: Path, content: str, keep: int = 5, name: str = "上党.txt") -> int:
    """A version more, in which a small report has this content."""
    all = Versions(db, keep)
    with all.building() as build:
        result = store(build.conn, make_parsed(name, content))
        changes = Changes(added=(result.name,))
        return all.publish(build, ME, "add", changes).number


def held(db: Path) -> list[str]:
    """The SHA-256 of the documents."""
    with Index(db) as index:
        return [one.sha256 for one in index.documents()]


def kept(db: Path) -> list[int]:
    return [version.number for version in Versions(db).all()]


def beside(db: Path) -> set[str]:
    """What lies beside the index, in its folder and in that of the versions."""
    return {file.relative_to(db.parent).as_posix() for file in db.parent.rglob("*") if file.is_file()}


def spoil(file: Path, at: float = 0.5) -> None:
    with file.open("rb+") as opened:
        opened.seek(int(file.stat().st_size * at))
        opened.write(b"\xa5" * 300)


@pytest.fixture(params=["links", "no links"])
def any_system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Also file systems that have no hard links."""

    def refused(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    if request.param == "no links":
        monkeypatch.setattr(os, "link", refused)
    return str(request.param)


# ---------------------------------------------------------------------------------------------- numbers


def test_a_version_says_what_it_is(db: Path) -> None:
    assert publish(db, "1") == 1
    (version,) = Versions(db).all()
    assert (version.number, version.base, version.by, version.action) == (1, 0, ME, "add")
    assert (version.added, version.documents, version.facts, version.current) == (("上党.txt",), 1, 7, True)
    with Index(db) as index:
        assert index.version() == 1


def test_the_last_ones_are_kept(db: Path, any_system: str) -> None:
    for content in "abcde":
        publish(db, content, keep=3)
    assert kept(db) == [5, 4, 3]
    assert [version.number for version in Versions(db).all() if version.current] == [5]
    files = {"index.versions/000003", "index.versions/000004", "index.versions/000005"}
    assert beside(db) == {"index.db", "index.lock"} | {f"{file}{end}" for file in files for end in (".db", ".sha256")}
    assert is_finished(db)


def test_back_and_on_again(db: Path, any_system: str) -> None:
    contents = []
    for content in "abc":
        publish(db, content)
        contents.append(held(db))
    version = Versions(db).rollback(1)
    assert (version.number, version.current, held(db)) == (1, True, contents[0])
    assert publish(db, "d") == 4  # no number is given twice
    assert [(one.number, one.base) for one in Versions(db).all()] == [(4, 1), (3, 2), (2, 1), (1, 0)]
    Versions(db).rollback(3)
    assert held(db) == contents[2]


def test_the_way_back_is_kept_before_newer_ones(db: Path) -> None:
    for content in "abc":
        publish(db, content, keep=3)
    Versions(db, 3).rollback(1)
    publish(db, "d", keep=3)  # made from 1
    assert kept(db) == [4, 3, 1]
    assert Versions(db, 3).rollback(1).number == 1


@pytest.mark.parametrize(
    "number, words", [(2, "现在用的就是"), (7, "没有保留第7版；保留的有：第2版、第1版"), (-1, "没有保留")]
)
def test_there_is_no_way_to(db: Path, number: int, words: str) -> None:
    publish(db, "a")
    publish(db, "b")
    before = held(db)
    with pytest.raises(NotAdopted, match=words):
        Versions(db).rollback(number)
    assert held(db) == before


def test_a_build_that_is_not_published_leaves_nothing(db: Path) -> None:
    with Versions(db).building() as build:
        store(build.conn, make_parsed())
    assert beside(db) == {"index.lock"}
    assert Versions(db).current() is None
    publish(db, "a")
    before = beside(db)
    with Versions(db).building() as build:
        store(build.conn, make_parsed(content="b"))
    assert beside(db) == before and kept(db) == [1]


# ---------------------------------------------------------------------------------------------- readers


def test_a_reader_keeps_its_answers_over_a_switch(db: Path, any_system: str) -> None:
    publish(db, "a")
    with Index(db) as old:
        before = old.documents()
        publish(db, "b")
        Versions(db).rollback(1)
        publish(db, "c")
        assert old.documents() == before
        with Index(db) as new:
            assert new.documents() != before


def test_the_next_question_sees_the_new_version(db: Path, tmp_path: Path, any_system: str) -> None:
    load([written(tmp_path / "files", k=1)], db)
    with closing(Assistant(db)) as assistant:
        assert variants(assistant.ask(QUESTION).reply) == {1}
        load([written(tmp_path / "files", k=2)], db)
        assert variants(assistant.ask(QUESTION).reply) == {2}
        Versions(db).rollback(1)
        assert variants(assistant.ask(QUESTION).reply) == {1}


# ---------------------------------------------------------------------------------------------- several builders


def test_two_builders_one_after_the_other(db: Path) -> None:
    publish(db, "a")
    order: list[str] = []
    began = threading.Event()

    def second() -> None:
        began.wait(300)
        publish(db, "second", name="乙.txt")
        order.append("second")

    thread = threading.Thread(target=second)
    thread.start()
    all = Versions(db)
    with all.building() as build:
        began.set()
        with pytest.raises(IndexUnavailable, match="正被另一个程序写入"), Versions(db).building(wait=0.05):
            pass
        store(build.conn, make_parsed("甲.txt", "first"))
        order.append("first")
        all.publish(build, ME, "add", Changes(added=("甲.txt",)))
    thread.join()
    assert order == ["first", "second"]
    with Index(db) as index:
        assert {one.name for one in index.documents()} == {"上党.txt", "甲.txt", "乙.txt"}


# Forks a child for each line of its input; the child kills itself at the place that the line names.
KILLED = """
import json, os, signal, sys
from pathlib import Path
from typing import Any
from index.models import Person
from index.store import versions
from index.store.versions import Changes, Versions
from index.store.write import store
from tests.test_store import make_parsed

def stop(*_):
    os.kill(os.getpid(), signal.SIGKILL)

def no_link(*_, **__):
    raise PermissionError(1, "Operation not permitted")

def build(db, where, links):
    if not links:
        os.link = no_link
    all = Versions(Path(db))
    with all.building() as build:
        store(build.conn, make_parsed("上党.txt", "new"))
        if where == "writing":
            stop()
        if where == "before the switch":
            Versions._switch = stop
        elif where == "in the switch":
            versions.sync_folder = stop
        all.publish(build, Person(1, "王"), "add", Changes(added=("上党.txt",)))

for line in sys.stdin:
    child = os.fork()
    if not child:
        build(*json.loads(line))
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


@pytest.fixture(scope="module")
def killed() -> Iterator[Callable[..., int]]:
    """Runs a builder that is killed at a place; its exit status."""
    with subprocess.Popen(
        [sys.executable, "-c", KILLED], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None and process.stdout is not None

        def run(*case: object) -> int:
            print(json.dumps(case), file=process.stdin, flush=True)
            return int(process.stdout.readline())  # type: ignore[union-attr]

        yield run
        process.stdin.close()


@pytest.mark.parametrize("where, is_new", [("writing", False), ("before the switch", False), ("in the switch", True)])
@pytest.mark.parametrize("first", [True, False])
def test_what_a_killed_builder_leaves(
    db: Path, where: str, is_new: bool, first: bool, any_system: str, killed: Callable[..., int]
) -> None:
    if not first:
        publish(db, "a")
    assert killed(str(db), where, any_system == "links") == -9
    before = 0 if first else 1
    all = Versions(db)
    assert all.number() == before + is_new
    with all.exclusive():  # as the next builder, or opening the office, does
        pass
    assert [version.number for version in all.all()] == [number for number in (2, 1) if number <= before + is_new]
    assert not [name for name in beside(db) if "building" in name or "switch" in name]
    if is_new:
        assert all.is_sound() and all.is_sound(all.number())
    assert publish(db, "c") == before + is_new + 1
    assert kept(db) == list(range(before + is_new + 1, 0, -1))


def test_the_lock_of_a_killed_builder_is_free_at_once(db: Path) -> None:
    publish(db, "a")
    code = f"""
import sys, time
from pathlib import Path
from typing import Any
from index.store.versions import Versions
with Versions(Path({str(db)!r})).building():
    print("here", flush=True)
    time.sleep(600)
"""
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stdout.readline()
        with pytest.raises(IndexUnavailable), Versions(db).building(wait=0):
            pass
        process.kill()
        process.wait()
    with Versions(db).building(wait=0):
        assert len([name for name in beside(db) if "building" in name and name.endswith(".db")]) == 1
    assert not [name for name in beside(db) if "building" in name]


# ---------------------------------------------------------------------------------------------- damage


def test_a_damaged_version_is_told_from_a_sound_one(db: Path, any_system: str) -> None:
    publish(db, "a")
    publish(db, "b")
    all = Versions(db)
    assert all.is_sound() and all.is_sound(1) and all.is_sound(2)
    spoil(all.file(1), at=0.999)  # where no question would find it
    assert all.is_sound() and not all.is_sound(1)
    before = held(db)
    with pytest.raises(NotAdopted, match="已损坏，不能退回"):
        all.rollback(1)
    assert held(db) == before


@pytest.mark.parametrize(
    "damage",
    [lambda file: spoil(file), lambda file: spoil(file, 0), lambda file: file.write_bytes(b""), Path.unlink],
    ids=["a page", "the header", "emptied", "gone"],
)
def test_the_last_good_version_takes_the_place_of_a_damaged_one(
    db: Path, damage: Callable[[Path], None], any_system: str
) -> None:
    publish(db, "a")
    publish(db, "b")
    before = held(db)
    publish(db, "c")
    all = Versions(db)
    damage(db)
    assert not all.is_sound()
    good = all.restore_last_good()
    assert good is not None
    # without hard links, and where only the second name is gone, version 3 itself is still there
    number = 3 if any_system == "no links" or damage is Path.unlink else 2
    assert (good.number, all.is_sound()) == (number, True)
    if number == 2:
        assert held(db) == before
        assert publish(db, "d") == 4  # 3 was one that people may have seen
    assert all.restore_last_good() is not None


def test_what_was_rolled_back_is_not_the_last_good_version(db: Path) -> None:
    publish(db, "a")
    publish(db, "b")
    Versions(db).rollback(1)
    publish(db, "c")  # 3, made from 1
    spoil(db)
    good = Versions(db).restore_last_good()
    assert good is not None and good.number == 1


def test_looking_through_a_file_is_given_up_when_asked(db: Path) -> None:
    publish(db, "a")
    asked: list[bool] = []

    def give_up() -> bool:
        asked.append(True)
        return True

    with pytest.raises(GivenUp):
        Versions(db).is_sound(give_up=give_up)
    assert asked and Versions(db).is_sound()
    assert recovered(Versions(db), deep=True, give_up=give_up) == [] and Versions(db).number() == 1


def test_a_long_statement_is_broken_off(db: Path) -> None:
    publish(db, "a")
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    with closing(open_as_is(db)) as conn:
        with pytest.raises(sqlite3.OperationalError, match="interrupted"), stopping(conn, lambda: True):
            conn.execute(endless).fetchone()
        assert conn.execute("SELECT 1").fetchone() == (1,)


def test_no_version_is_sound(db: Path) -> None:
    publish(db, "a")
    for file in (db, Versions(db).file(1)):
        spoil(file)
    assert Versions(db).restore_last_good() is None
    with pytest.raises(IndexDamaged, match="没有完好的旧版本"):
        Versions(db).mend()
    assert db.exists()


def test_the_list_is_there_when_the_index_is_damaged(db: Path) -> None:
    publish(db, "a")
    publish(db, "b")
    spoil(db, 0)
    assert [(version.number, version.current) for version in Versions(db).all()] == [(1, False)]
    assert Versions(db).rollback(1).number == 1


def test_a_newer_programs_index_is_no_damage(db: Path) -> None:
    publish(db, "a")
    for file in (db, Versions(db).file(1)):
        with closing(sqlite3.connect(file)) as conn:
            conn.execute("PRAGMA user_version = 99")
    Versions(db).seals.note(1, digest(db), 0)
    with pytest.raises(IndexTooNew):
        Versions(db).is_sound()
    with pytest.raises(IndexTooNew), Versions(db).building():
        pass


def test_a_file_that_is_no_index(db: Path) -> None:
    db.write_bytes(b"no database" * 100)
    for call in (Versions(db).current, Versions(db).building().__enter__):
        with pytest.raises(IndexDamaged):
            call()
    assert db.read_bytes() == b"no database" * 100
    assert not Versions(db).is_sound() and Versions(db).all() == []


@pytest.mark.parametrize("text", ["", "zzz", "12 13", "x" * 64])
def test_a_noted_digest_that_is_none(db: Path, text: str) -> None:
    publish(db, "a")
    next((db.parent / "index.versions").glob("*.sha256")).write_text(text)
    assert Versions(db).is_sound()


# ---------------------------------------------------------------------------------------------- written in place


def in_place(db: Path, content: str = "old") -> sqlite3.Connection:
    """An index as older programs wrote it: no versions, with a journal as long as someone has it open."""
    conn = open_writer(db)
    store(conn, make_parsed("旧.txt", content))
    return conn


@pytest.mark.parametrize("journal", ["none", "of a killed writer", "of a running reader"])
def test_an_index_written_in_place_becomes_a_version(db: Path, tmp_path: Path, journal: str) -> None:
    source = tmp_path / "made" / "index.db"
    writer = in_place(source)
    names = ["index.db"] if journal == "none" else ["index.db", "index.db-wal"]
    if journal == "none":
        writer.close()
    for name in names:
        (tmp_path / name).write_bytes((source.parent / name).read_bytes())
    writer.close()
    assert db.with_name("index.db-wal").exists() == (journal != "none")
    reader = Index(db) if journal == "of a running reader" else None
    assert Versions(db).number() == 0
    assert publish(db, "new", name="新.txt") == 1
    with Index(db) as index:
        assert {one.name for one in index.documents()} == {"旧.txt", "新.txt"}
        if reader is not None:
            assert [one.name for one in reader.documents()] == ["旧.txt"]
            reader.close()
    assert not [name for name in beside(db) if name.endswith(("-wal", "-shm")) and "made" not in name]
    assert is_finished(db)
    # and there is a way back to it
    assert kept(db) == [1, 0]
    Versions(db).rollback(0)
    with Index(db) as index:
        assert [one.name for one in index.documents()] == ["旧.txt"]
    assert publish(db, "newer", name="新.txt") == 2


def test_an_index_being_written_in_place_is_no_damage(db: Path) -> None:
    writer = in_place(db)
    assert Versions(db).is_sound()
    writer.close()
    publish(db, "a")
    store(db, make_parsed("直接.txt", "b"))
    assert Versions(db).is_sound()  # no digest could be true of it


# ---------------------------------------------------------------------------------------------- other layouts


@pytest.fixture
def next_layout(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Goes on as a program of the future, whose tables have one more column."""

    def m004_note(db: Any) -> None:
        db.execute("ALTER TABLE documents ADD COLUMN note TEXT")

    def begin() -> None:
        monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, m004_note))
        monkeypatch.setattr(migrations.migrate, "__defaults__", (len(migrations.STEPS),))
        for module in (connect, seals):
            monkeypatch.setattr(module, "LATEST", migrations.LATEST + 1)

    return begin


def columns(db: Path) -> int:
    with closing(open_reader(db)) as conn:
        return len(conn.execute("SELECT * FROM documents LIMIT 1").description)


def test_versions_of_an_older_layout(db: Path, next_layout: Callable[[], None]) -> None:
    publish(db, "a")
    publish(db, "b")
    all = Versions(db)
    as_made = {number: all.file(number).read_bytes() for number in (1, 2)}
    old = columns(db)
    next_layout()
    assert kept(db) == [2, 1]
    assert columns(db) == old + 1  # a reader brings it up to date
    assert all.number() == 2 and kept(db) == [2, 1]
    assert all.is_sound() and all.is_sound(1) and all.is_sound(2)
    assert {number: all.file(number).read_bytes() for number in (1, 2)} == as_made
    with pytest.raises(NotAdopted, match="现在用的就是"):
        all.rollback(2)
    all.rollback(1)
    assert all.is_sound() and all.number() == 1
    assert columns(db) == old + 1
    assert beside(db) == {"index.db", "index.lock"} | {
        f"index.versions/00000{n}.{e}" for n in (1, 2) for e in ("db", "sha256")
    } | {"index.versions/upgraded.sha256"}
    assert kept(db) == [2, 1] and [one.number for one in all.all() if one.current] == [1]


def test_building_on_an_older_layout(db: Path, next_layout: Callable[[], None]) -> None:
    publish(db, "a")
    next_layout()
    all = Versions(db)
    with all.building(wait=1) as build:
        assert all.number() == 1
        all.publish(build, ME, "load", Changes(added=("甲",)))
    assert kept(db) == [2, 1] and all.is_sound() and all.is_sound(2)


def test_bringing_up_to_date_waits_for_the_builder(
    db: Path, next_layout: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise the reader's copy of the old version could take the place of the new one."""
    publish(db, "a")
    next_layout()
    monkeypatch.setattr(connect, "BUSY_MS", 50)
    all = Versions(db)
    with all.exclusive():
        with pytest.raises(IndexUnavailable, match="请稍后再试"):
            columns(db)
        assert all.number() == 1
    assert columns(db)


# ---------------------------------------------------------------------------------------------- places that refuse


def test_a_read_only_folder(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(db, "a")
    publish(db, "b")
    before = held(db), beside(db)
    monkeypatch.setattr(os, "access", lambda path, mode: not mode & os.W_OK)
    with pytest.raises(IndexUnavailable, match="不可写"), Versions(db).building():
        pass
    with pytest.raises(IndexUnavailable, match="不可写"):
        Versions(db).rollback(1)
    assert (held(db), beside(db)) == before


def test_no_room_for_the_copy(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(db, "a")
    monkeypatch.setattr(versions, "ROOM", 1 << 62)
    with pytest.raises(IndexUnavailable, match="磁盘空间不够"), Versions(db).building():
        pass
    assert kept(db) == [1]


@pytest.mark.parametrize("name", ["write_through", "digest", "link"])
def test_a_disk_that_fails_in_the_middle(db: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(db, "a")
    before = held(db)

    def fails(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(versions, name, fails)
        with pytest.raises(IndexUnavailable, match="磁盘已满，索引未改动"):
            publish(db, "b")
    assert held(db) == before and kept(db) == [1]
    assert not [name for name in beside(db) if "building" in name or "switch" in name]
    assert publish(db, "b") == 2


def test_after_the_switch_nothing_can_fail_any_more(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(db, "a")
    replace = Path.replace

    def refused(self: Path, target: Path) -> Path:
        if target.name == "000002.db":
            raise OSError(5, "Input/output error")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refused)
    assert publish(db, "b") == 2
    monkeypatch.undo()
    assert kept(db) == [2, 1]
    assert publish(db, "c") == 3
    assert kept(db) == [3, 2, 1]  # there is a way back to 2 all the same


def test_a_clock_set_back(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(db, "a")
    future = time.time() + 10 * 86_400
    for file in (db.parent / "index.versions").iterdir():
        os.utime(file, (future, future))
    assert publish(db, "b") == 2
    assert kept(db) == [2, 1] and Versions(db).number() == 2


def test_who_did_it_may_be_called_anything(db: Path) -> None:
    all = Versions(db)
    by = Person(-5, "'; DROP TABLE documents; -- \u202e<b>\x00")
    with all.building() as build:
        store(build.conn, make_parsed())
        all.publish(build, by, "add", Changes(added=('"],"x":["',)))
    current = all.current()
    assert current is not None and current.by == by and current.added == ('"],"x":["',)
