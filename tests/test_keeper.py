"""Verified copies of files that are written in place: damaged, lost, emptied, killed in the middle."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.telegram.state import State
from index import YusuanError
from index.errors import IndexDamaged, IndexUnavailable
from index.store import journal
from index.store.filing import digest
from index.store.handles import Handle
from index.store.keeper import Keeper
from index.store.ledger import Ledger
from index.store.locking import file_lock

ROOT = Path(__file__).resolve().parent.parent
LINE: list[str | int] = ["2026-01-02T03:04:05+00:00", 1, "王科长", "alias", "娃娃钱", "", "教育支出", "done"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "index.ledger.db"


def lines(file: Path) -> int:
    with closing(Ledger(file)) as ledger:
        return len(ledger.entries(-1))


def filled(file: Path, count: int = 3) -> Path:
    with closing(Ledger(file)) as ledger:
        for _ in range(count):
            ledger.add_entry(LINE)
    return file


def flip(file: Path, at: int) -> None:
    content = bytearray(file.read_bytes())
    content[at] ^= 1
    with file.open("rb+") as opened:
        opened.write(content)


def copies(file: Path) -> list[Path]:
    return sorted(file.with_name(f"{file.stem}.copies").glob("*.db"))


# ---------------------------------------------------------------------------------------------- damaged


DAMAGES: dict[str, Callable[[Path], object]] = {
    "a bit": lambda file: flip(file, 9000),
    "the header": lambda file: flip(file, 3),
    "a bit that SQLite never looks at": lambda file: flip(file, 75),
    "emptied": lambda file: file.write_bytes(b""),
    "cut short": lambda file: os.truncate(file, 5000),
    "no database": lambda file: file.write_bytes(b"no database" * 999),
    "gone": Path.unlink,
}


@pytest.mark.parametrize("name", DAMAGES)
def test_what_is_damaged_is_found_and_put_right(file: Path, name: str) -> None:
    filled(file)
    DAMAGES[name](file)
    assert Keeper(file).problems()
    with pytest.raises(IndexDamaged):
        Ledger(file, read_only=True)
    with closing(Ledger(file)) as ledger:
        assert len(ledger.entries(-1)) == 3
        (told,) = ledger.put_right()
        assert "已用核对过的副本恢复" in told and "没有了" not in told
        assert ledger.put_right() == []
    assert Keeper(file).problems() == []
    if name != "gone":
        assert file.with_name("index.ledger.db.damaged").exists()


def test_a_damaged_copy_is_found_and_made_anew(file: Path) -> None:
    filled(file)
    flip(copies(file)[-1], 9000)
    assert "副本已损坏" in "".join(Keeper(file).problems())
    assert lines(file) == 3
    assert Keeper(file).problems() == []


def test_the_newest_copy_and_the_file_damaged_at_once(file: Path) -> None:
    """Then there is the copy before it; that something is lost is told."""
    filled(file)
    for one in (file, copies(file)[-1]):
        flip(one, 9000)
    with closing(Ledger(file)) as ledger:
        assert len(ledger.entries(-1)) == 2
        assert "最后的一些改动没有了" in ledger.put_right()[0]


def test_no_copy_is_sound(file: Path) -> None:
    filled(file)
    before = file.read_bytes()
    for one in (file, *copies(file)):
        flip(one, 9000)
    with pytest.raises(IndexDamaged, match="yusuan restore") as told:
        Ledger(file)
    assert "不要删除" in str(told.value)
    flip(file, 9000)
    assert file.read_bytes() == before, "it is left as it was"


def test_damaged_while_it_is_in_use(file: Path) -> None:
    """No copy is made of the damage: with the next change the file is put right, and nothing is lost."""
    with closing(Ledger(file)) as ledger:
        for _ in range(3):
            ledger.add_entry(LINE)
        flip(file, file.stat().st_size - 1)
        ledger.add_entry(LINE)
        assert "已损坏" in ledger.put_right()[0]
    assert Keeper(file).problems() == [] and lines(file) == 4


def test_one_of_an_older_program_has_no_copies_yet(file: Path) -> None:
    filled(file)
    shutil.rmtree(file.with_name("index.ledger.copies"))
    assert Keeper(file).problems() == []
    assert lines(file) == 3 and len(copies(file)) == 1
    shutil.rmtree(file.with_name("index.ledger.copies"))
    file.write_bytes(b"no database" * 999)
    assert Keeper(file).problems()
    with pytest.raises(IndexDamaged):
        Ledger(file)


def test_nobody_else_may_read_it(file: Path) -> None:
    old = os.umask(0)
    try:
        filled(file)
        with closing(Ledger(file)):
            for one in (file, *copies(file), *file.parent.glob("*-wal")):
                assert stat.S_IMODE(one.stat().st_mode) == 0o600, one
        chats = file.with_name("index.chats.db")
        State(chats).close()
        assert stat.S_IMODE(chats.stat().st_mode) == 0o600
    finally:
        os.umask(old)


# ---------------------------------------------------------------------------------------------- killed, forgotten


SCRIPT = """
import os, signal, sys
from pathlib import Path
from bot.telegram.state import State
state = State(Path(sys.argv[1]))
for chat in range(20):
    state.change(chat, unit="元")
if sys.argv[2] == "copied":
    state.copy()
    state.change(20, unit="元")
print("done", flush=True)
if sys.argv[2] != "forgotten":
    os.kill(os.getpid(), signal.SIGKILL)
"""


def ended(chats: Path, how: str) -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT, str(chats), how], cwd=ROOT, check=False, capture_output=True)
    assert done.stdout == b"done\n", done.stderr
    assert done.returncode == (0 if how == "forgotten" else -signal.SIGKILL)


def units(chats: Path) -> tuple[int, list[str]]:
    with closing(State(chats)) as state:
        return sum(state.settings(chat).unit == "元" for chat in range(30)), state.put_right()


@pytest.mark.parametrize("how, count", [("killed", 20), ("copied", 21), ("forgotten", 20)])
def test_a_process_that_ends_without_closing(tmp_path: Path, how: str, count: int) -> None:
    chats = tmp_path / "index.chats.db"
    ended(chats, how)
    assert Keeper(chats).problems() == []
    assert units(chats) == (count, [])


def test_killed_and_damaged(tmp_path: Path) -> None:
    """The journal goes on from the copy: nothing is lost."""
    chats = tmp_path / "index.chats.db"
    ended(chats, "copied")
    flip(chats, 9000)
    assert Keeper(chats).problems()
    found, told = units(chats)
    assert found == 21 and "已用核对过的副本恢复" in told[0]


def test_a_damaged_journal_is_found(tmp_path: Path) -> None:
    chats = tmp_path / "index.chats.db"
    ended(chats, "killed")
    wal = chats.with_name("index.chats.db-wal")
    content, rng = wal.read_bytes(), random.Random(5)
    assert len(content) > 20_000 and journal.is_sound(chats)
    for at in [0, 9, 17, 25, *(rng.randrange(32, len(content) - 4200) for _ in range(40))]:
        flip(wal, at)
        assert not journal.is_sound(chats), at
        assert Keeper(chats).problems(), at
        wal.write_bytes(content)
    os.truncate(wal, len(content) - 100)  # as a process leaves it that is killed while it is writing
    assert journal.is_sound(chats)
    wal.write_bytes(content)
    flip(wal, 10_000)
    found, told = units(chats)
    assert found < 20 and "最后的一些改动已损坏" in told[0]
    assert wal.with_name("index.chats.db-wal.damaged").exists()


def test_chats_without_a_sound_copy_begin_anew_and_say_so(tmp_path: Path) -> None:
    chats = tmp_path / "index.chats.db"
    with closing(State(chats)) as state:
        state.change(5, unit="元")
    for one in (chats, *copies(chats)):
        one.write_bytes(b"no database" * 99)
    with closing(State(chats)) as state:
        (told,) = state.put_right()
        assert "只能从空白开始" in told and "yusuan restore" in told
        state.change(6, unit="元")
    assert list(tmp_path.glob("index.chats.db.damaged-*"))
    assert units(chats) == (1, []) and Keeper(chats).problems() == []


def test_copies_are_made_only_of_changes(tmp_path: Path) -> None:
    with closing(State(tmp_path / "chats.db")) as state:
        state.change(5, unit="元")
        state.copy()
        made = copies(tmp_path / "chats.db")
        state.copy()
        assert copies(tmp_path / "chats.db") == made and len(made) == 2
        state.change(6, unit="元")
        state.copy()
        assert len(copies(tmp_path / "chats.db")) == 2 and copies(tmp_path / "chats.db") != made
        assert digest(copies(tmp_path / "chats.db")[-1]) in copies(tmp_path / "chats.db")[-1].name


def test_a_copy_that_cannot_be_made_is_no_reason_to_refuse(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(Ledger(file)) as ledger:
        ledger.add_entry(LINE)

        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        with monkeypatch.context() as patch:
            patch.setattr(Handle, "copy_to", full)
            ledger.add_entry(LINE)
            assert lines(file) == 2
            Keeper(file).check_in()
    assert lines(file) == 2 and Keeper(file).problems() == []


def test_chats_that_cannot_be_locked_are_not_put_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chats = tmp_path / "index.chats.db"
    with closing(State(chats)) as state:
        state.change(5, unit="元")
    monkeypatch.setattr("index.store.keeper.WAIT_SECONDS", 0.05)
    with file_lock(tmp_path / "index.chats.copies" / "lock", 1, chats), pytest.raises(IndexUnavailable):
        State(chats)
    assert units(chats) == (1, []) and not list(tmp_path.glob("*.damaged*"))


def test_written_by_something_else(file: Path) -> None:
    """Whoever writes past the program is told: what was there is kept beside."""
    filled(file)
    with closing(sqlite3.connect(file)) as conn, conn:
        conn.execute("DELETE FROM log")
    assert Keeper(file).problems()
    assert lines(file) == 3


ANOTHER = {
    "ledger": f"from index.store.ledger import Ledger as Kept; of = lambda kept: kept.add_entry({LINE!r})",
    "chats": "from bot.telegram.state import State as Kept; of = lambda kept: kept.change(7, unit='元')",
}


@pytest.mark.parametrize("what", ANOTHER)
def test_a_journal_in_use_is_not_taken_away(tmp_path: Path, what: str) -> None:
    """Looking at the bytes of a file keeps SQLite's locks: another process is not the last one when it closes it."""
    file = tmp_path / f"index.{what}.db"
    code = (
        f"import sys; from pathlib import Path; {ANOTHER[what]}; kept = Kept(Path(sys.argv[1])); of(kept); kept.close()"
    )
    ours = Ledger(file) if what == "ledger" else State(file)
    with closing(ours):
        if isinstance(ours, Ledger):
            ours.add_entry(LINE)
        else:
            ours.change(6, unit="元")
            ours.copy()
        assert Keeper(file).problems() == []
        journal_in_use = file.with_name(f"{file.name}-wal").stat().st_ino
        subprocess.run([sys.executable, "-c", code, str(file)], cwd=ROOT, check=True)
        assert file.with_name(f"{file.name}-wal").stat().st_ino == journal_in_use
        if isinstance(ours, Ledger):
            ours.add_entry(LINE)
        else:
            ours.change(8, unit="元")
            ours.copy()
    assert (lines(file), Keeper(file).problems()) == (3, []) if what == "ledger" else units(file) == (3, [])


def descriptors() -> int:
    return len(list(Path("/dev/fd").iterdir()))


def test_handles_let_go_of_their_file(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"one")
    before = descriptors()
    handle, other = Handle(file), Handle(file)
    assert handle.digest() == other.digest() == digest(file)
    file.with_name("new").write_bytes(b"another")
    file.with_name("new").replace(file)
    assert handle.digest() == digest(file)
    file.with_name("good").write_bytes(b"2")
    other.overwrite(file.with_name("good"))
    assert file.read_bytes() == b"2"
    assert descriptors() > before
    del handle, other
    assert descriptors() == before


def test_several_at_once(file: Path) -> None:
    code = f"""
from pathlib import Path
from index.store.ledger import Ledger
ledger = Ledger(Path({str(file)!r}))
for _ in range(25):
    ledger.add_entry({LINE!r})
ledger.close()
"""
    running = [subprocess.Popen([sys.executable, "-c", code], cwd=ROOT) for _ in range(3)]
    assert [one.wait() for one in running] == [0, 0, 0]
    assert lines(file) == 75 and Keeper(file).problems() == []
    with pytest.raises(YusuanError):
        Ledger(file.with_name("none") / "x.db", read_only=True)
