"""Opening an index: read-only for asking, writable for loading, with every way it can go wrong as one clear line.

In goes a path, out comes a ``sqlite3.Connection``.  A finished version (see ``versions``) is never written again: it is
opened as immutable, without locks and without files beside it.  A file that is being written in place keeps a journal
(WAL), and its readers see the last committed state.
打开一个不是索引的文件 raises ``IndexDamaged``, 打开新版本的索引 ``IndexTooNew``.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from threading import Event, Thread
from typing import Final
from urllib.parse import quote

from index.errors import IndexDamaged, IndexTooNew, IndexUnavailable
from index.store.filing import digest, write_through
from index.store.locking import builders_lock
from index.store.schema import APPLICATION_ID

Connection = sqlite3.Connection  # for those who only hand it on

LOOK_UP: Final = 0.2  # seconds between two looks whether to go on
BUSY_MS: Final = 60_000
CACHE_KIB: Final = 16_384
MAPPED_BYTES: Final = 1 << 40  # address space, not memory: of a larger file the rest would be copied page by page
WHAT_TO_DO: Final = "；请运行 yusuan check-db，或用 yusuan restore 恢复备份"
UPGRADED: Final = "upgraded.sha256"  # of the version in use, if it was brought up to date after it was published
WAL_MARK: Final = (18, b"\x02\x02")  # where the header says that a file is written in place
LATEST: Final = 5  # the number of steps in migrations, which readers do not import; a test compares the two


@contextmanager
def stopping(conn: sqlite3.Connection, give_up: Callable[[], bool]) -> Iterator[None]:
    """A long statement inside the block is broken off soon after ``give_up`` says so: it raises as if damaged."""
    done = Event()

    def watch() -> None:
        while not done.wait(LOOK_UP):
            if give_up():
                conn.interrupt()

    watcher = Thread(target=watch, name="give up", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()


@contextmanager
def translated(path: str | Path) -> Iterator[None]:
    """Turn SQLite's errors on this file into ours."""
    try:
        yield
    except sqlite3.OperationalError as error:
        reason = str(error)
        if "locked" in reason or "busy" in reason:
            raise IndexUnavailable(f"索引正被另一个程序写入，请稍后再试：{path}") from error
        if "readonly" in reason or "read-only" in reason:
            raise IndexUnavailable(f"索引不可写（只读的文件或文件夹）：{path}") from error
        if "full" in reason:
            raise IndexUnavailable(f"磁盘已满，索引未改动：{path}") from error
        if "unable to open" in reason or "disk I/O" in reason:
            raise IndexUnavailable(f"无法打开索引：{path}（请检查文件夹是否存在、能否读写，磁盘是否已满）") from error
        raise IndexDamaged(
            f"索引已损坏或结构不符：{path}（{reason}）；请运行 yusuan check-db，或用 yusuan restore 恢复备份"
        ) from error
    except sqlite3.DatabaseError as error:
        if type(error) is not sqlite3.DatabaseError:  # a broken constraint is our mistake, not the file's
            raise
        raise IndexDamaged(
            f"文件不是本程序的索引，或已损坏：{path}；请运行 yusuan check-db，或用 yusuan restore 恢复备份"
        ) from error


def version(conn: sqlite3.Connection, path: str | Path) -> int:
    """The schema version of an open file, 0 for a new and empty one; raises IndexDamaged and IndexTooNew."""
    with translated(path):
        number = int(conn.execute("PRAGMA user_version").fetchone()[0])
        application = int(conn.execute("PRAGMA application_id").fetchone()[0])
        empty = conn.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is None
    if number < 0:
        raise IndexDamaged(f"索引已损坏或结构不符：{path}{WHAT_TO_DO}")
    if application != APPLICATION_ID and not (empty and application == 0 and number == 0):
        raise IndexDamaged(f"这个数据库不是本程序的索引，未作改动：{path}")
    if number > LATEST:
        raise IndexTooNew(f"索引由更新的版本建立（索引 {number}，本程序 {LATEST}），请升级程序：{path}")
    return number


def open_reader(path: str | Path) -> sqlite3.Connection:
    """A read-only connection to a current index; an older one is brought up to date first, if that is possible here.

    Raises IndexUnavailable if there is no file, IndexDamaged or IndexTooNew if it is not ours to read.
    """
    file = Path(path)
    conn = open_as_is(file)
    if version(conn, path) < LATEST:
        conn.close()
        _bring_up_to_date(file)
        conn = _read_only(file)
    return conn


def open_as_is(path: str | Path) -> sqlite3.Connection:
    """The same, but an older index stays as it is: its tables may lack what today's have."""
    file = Path(path)
    if not file.exists():
        raise IndexUnavailable(f"还没有索引：{path}；请先载入报告：yusuan load 报告文件或文件夹 --db {path}")
    if not file.is_file():
        raise IndexUnavailable(f"索引应是一个文件，这里是文件夹：{path}")
    if not os.access(file, os.R_OK):
        raise IndexUnavailable(f"没有读取索引的权限：{path}")
    conn = _read_only(file)
    try:
        number = version(conn, path)
        if number == 0 and conn.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
            raise IndexDamaged(f"索引已损坏或结构不符：{path}{WHAT_TO_DO}")
        if number == 0:
            raise IndexUnavailable(f"索引是空文件：{path}；请先载入报告：yusuan load 报告文件或文件夹 --db {path}")
    except BaseException:
        conn.close()
        raise
    return conn


def _bring_up_to_date(file: Path) -> None:
    """Migrate; of a finished version a copy, which then takes its place: others may be reading it."""
    if not is_finished(file):
        open_writer(file).close()
        return
    check_writable(file)
    # Under the builders' lock, or the copy could take the place of a version that has been published meanwhile.
    with builders_lock(file, BUSY_MS / 1000):
        with closing(open_as_is(file)) as conn:
            if version(conn, file) == LATEST:  # another has done it
                return
        from index.store.shelf import Shelf

        if not Shelf(file).is_sound():  # what is brought up to date is not compared with anything any more
            raise IndexDamaged(f"索引已损坏或结构不符：{file}{WHAT_TO_DO}")
        new = file.with_name(f"{file.name}.new")
        try:
            shutil.copyfile(file, new)
            close_finished(open_writer(new, durable=False))
            write_through(new)
            _note_upgraded(file, new)
            new.replace(file)
        except OSError as error:
            raise IndexUnavailable(f"索引升级未完成，原索引未改动：{file}（{error.strerror}）") from error
        finally:
            for end in ("", "-journal"):
                with suppress(OSError):
                    new.with_name(new.name + end).unlink(missing_ok=True)


def _note_upgraded(file: Path, new: Path) -> None:
    """What a version has become that was brought up to date, for who looks whether it is damaged (see ``seals``)."""
    folder = file.with_name(f"{file.stem}.versions")
    if folder.is_dir():
        (folder / UPGRADED).write_text(digest(new), encoding="ascii")
        write_through(folder / UPGRADED)


def open_writer(path: str | Path, *, durable: bool = True) -> sqlite3.Connection:
    """A writable connection in autocommit mode to a current index, made or migrated if need be.

    ``durable`` False is for a file that counts only when it is complete: a crash may cost all of it.
    Raises IndexUnavailable, IndexDamaged or IndexTooNew, and then leaves the file as it was.
    """
    check_writable(path)
    file = Path(path)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise IndexUnavailable(f"无法建立索引所在的文件夹：{file.parent}（{error.strerror}）") from error
    with translated(path):
        conn = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    try:
        number = version(conn, path)
        with translated(path):
            conn.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
            conn.execute(f"PRAGMA journal_mode = {'WAL' if durable else 'MEMORY'}")
            conn.execute(f"PRAGMA synchronous = {'NORMAL' if durable else 'OFF'}")
            conn.execute(f"PRAGMA cache_size = -{CACHE_KIB * 4}")
            if number < LATEST:
                _migrate(conn)
    except BaseException:
        conn.close()
        raise
    return conn


def close_finished(conn: sqlite3.Connection) -> None:
    """Close a file that will not be written again, so that nothing of it is left in a journal."""
    conn.execute("PRAGMA journal_mode = DELETE")
    conn.close()


def copy_database(conn: sqlite3.Connection, target: Path) -> None:
    """A finished copy of an index as it is now, also while it is written in place."""
    with closing(sqlite3.connect(target, isolation_level=None)) as copy:
        conn.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")


def _migrate(conn: sqlite3.Connection) -> None:
    from index.store.migrations import migrate

    try:
        migrate(conn)
    except sqlite3.OperationalError:
        # Two programs may begin the same new index; then the other one has done it meanwhile.
        if conn.execute("PRAGMA user_version").fetchone() != (LATEST,):
            raise


def check_writable(path: str | Path) -> None:
    """Raise IndexUnavailable if an index cannot be made or changed at ``path``; changes nothing."""
    file = Path(path)
    if file.is_dir():
        raise IndexUnavailable(f"索引应是一个文件，这里是文件夹：{path}")
    folder = file.parent
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    if not folder.is_dir():
        raise IndexUnavailable(f"无法在此建立索引，{folder} 不是文件夹：{path}")
    # SQLite writes its journal beside the file, so the folder counts as well.
    if not os.access(folder, os.W_OK) or (file.exists() and not os.access(file, os.W_OK)):
        raise IndexUnavailable(f"索引不可写（只读的文件或文件夹）：{path}")


def is_finished(file: Path) -> bool:
    """Whether a file is a finished version, written by no one any more."""
    try:
        with file.open("rb") as opened:
            header = opened.read(WAL_MARK[0] + 2)
    except OSError:
        return False
    return header[WAL_MARK[0] :] != WAL_MARK[1]


def _read_only(file: Path) -> sqlite3.Connection:
    """On a read-only medium there can be no writer, and SQLite must be told so or it asks for its journal files."""
    mode = "mode=ro"
    alone = not os.access(file.parent, os.W_OK) and not file.with_name(file.name + "-wal").exists()
    if alone or is_finished(file):
        mode = "mode=ro&immutable=1"
    with translated(file):
        conn = sqlite3.connect(
            f"file:{quote(str(file.resolve()))}?{mode}", uri=True, isolation_level=None, check_same_thread=False
        )
        try:
            conn.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
            conn.execute(f"PRAGMA mmap_size = {MAPPED_BYTES}")
            conn.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        except BaseException:
            conn.close()
            raise
    return conn
