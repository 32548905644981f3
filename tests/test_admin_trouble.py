"""Where admins' work fails: a full disk, a quota, a folder that turns read-only, two admins in two processes."""

from __future__ import annotations

import functools
import json
import subprocess
import sys
from pathlib import Path

import pytest

from index import Office
from tests.admin_processes import documents, lines_of
from tests.admin_reports import ME, name_of, written

ROOT = Path(__file__).resolve().parent.parent
PYTHON = [sys.executable, "-m", "tests.admin_processes"]
MOUNT = 'mount -t tmpfs -o size=6m tmpfs "$0" && exec "$@"'
NO_MOUNT = "this system lets nobody but root mount a file system (unshare -rm)"


@functools.cache
def can_mount() -> bool:
    """Whether a small file system of our own may be made."""
    try:
        done = subprocess.run(
            ["unshare", "-rm", "sh", "-c", "mount -t tmpfs -o size=1m tmpfs /tmp"], capture_output=True, check=False
        )
    except OSError:
        return False
    return done.returncode == 0


def run(command: list[str]) -> str:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def on_a_small_disk(what: str, folder: Path) -> str:
    if not can_mount():
        pytest.skip(NO_MOUNT)
    folder.mkdir()
    return run(["unshare", "-rm", "sh", "-c", MOUNT, str(folder), *PYTHON, what, str(folder)])


def test_a_full_disk(tmp_path: Path) -> None:
    done, told = json.loads(on_a_small_disk("full", tmp_path / "disk"))
    assert done >= 2 and "磁盘已满，索引未改动" in told


def test_a_folder_that_turns_read_only(tmp_path: Path) -> None:
    lines = on_a_small_disk("read_only", tmp_path / "disk").splitlines()
    assert len(lines) == 4 and all("不可写" in line for line in lines)


@pytest.mark.skipif(sys.platform == "win32", reason="no limits on files")
def test_a_limit_on_the_size_of_files(tmp_path: Path) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()
    done, told = json.loads(run([*PYTHON, "limited", str(folder)]))
    assert done >= 1 and told


def test_two_admins_in_two_processes(tmp_path: Path) -> None:
    db = tmp_path / "index.db"
    office = Office(db, tmp_path / "reports", keep=20)
    draft = office.preview([written(tmp_path / "sent", "西工区", 2023, 1)], ME)
    command = [*PYTHON, "at_once", str(tmp_path)]
    processes = [
        subprocess.Popen([*command, str(number), draft.id], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for number in (0, 1)
    ]
    said = [json.loads(process.communicate(timeout=120)[0]) for process in processes]
    won = {what: [told[1] for one in said for told in one if told[0] == what] for what in ("shared", "own", "same")}
    for what in ("shared", "same"):
        numbers = [told for told in won[what] if isinstance(told, int)]
        words = [told for told in won[what] if isinstance(told, str)]
        assert len(numbers) == 1 and len(words) == 1, won[what]
        assert any(part in words[0] for part in ("采用", "已重新对照"))
    made = sorted(told for one in won.values() for told in one if isinstance(told, int))
    assert made == list(range(1, 9))  # one after the other, none lost
    expected = [name_of(place, year) for place in ("上党区", "解放区") for year in (2001, 2002, 2003)]
    assert documents(db) == sorted([*expected, name_of("西工区", 2023), name_of("屯留区", 2020)])
    assert [version.base for version in office.versions()] == list(range(7, -1, -1))
    assert set(lines_of(db)) == {"done", "failed"}
    office.close()
