"""A backup file -> its files in a folder, every one of the size and digest that its manifest tells.

unpacked(Path("backup.zip"), folder) -> Manifest(version 13, index.db, ledger.db, originals/3f9a…)

The file comes from outside: no name of it becomes a path, and never more is written than it says and there is room for.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import zipfile
from pathlib import Path
from typing import Any, Final

from index.admin.backup import (
    CHATS,
    FORMAT,
    INDEX,
    LEDGER,
    MANIFEST,
    ORIGINALS,
    Entry,
    Manifest,
    Original,
    program_version,
)
from index.errors import IndexUnavailable, NotAdopted

LARGEST_MANIFEST: Final = 64 << 20
MOST_PACKED: Final = 200  # times the size of the zip file
ROOM: Final = 50 << 20
_CHUNK: Final = 1 << 20
_NAME: Final = re.compile(rf"{INDEX}|{LEDGER}|{CHATS}|{ORIGINALS}[0-9a-f]{{64}}")
_NOT_OURS: Final = "不是 yusuan backup 写的备份文件，或已损坏；现有内容未改动"


def unpacked(source: Path, folder: Path) -> Manifest:
    """The files of a backup in a folder, each of the size and digest that the manifest tells."""
    try:
        with zipfile.ZipFile(source) as book:
            manifest = _manifest(book)
            total = sum(entry.size for entry in manifest.entries.values())
            if total > MOST_PACKED * source.stat().st_size + _CHUNK:
                raise NotAdopted(f"备份的内容与文件大小不符：{source}；现有内容未改动")
            # the index once more as a version, the ledger and the chats once more as they are now
            if shutil.disk_usage(folder).free < 2 * total + ROOM:
                raise IndexUnavailable(f"磁盘空间不够：恢复需要约 {(2 * total + ROOM) >> 20} MB；现有内容未改动")
            (folder / ORIGINALS).mkdir()
            for name, entry in manifest.entries.items():
                _unpack(book, name, entry, folder / name)
            return manifest
    except FileNotFoundError as error:
        raise NotAdopted(f"没有这个文件：{source}") from error
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, KeyError) as error:
        raise NotAdopted(f"{source}：{_NOT_OURS}") from error


def _manifest(book: zipfile.ZipFile) -> Manifest:
    info = book.getinfo(MANIFEST)
    if info.file_size > LARGEST_MANIFEST:
        raise NotAdopted(f"{book.filename}：{_NOT_OURS}")
    try:
        with book.open(info) as packed:
            row: dict[str, Any] = json.loads(packed.read(LARGEST_MANIFEST))
        entries = {name: _entry(entry) for name, entry in row.pop("entries").items()}
        manifest = Manifest(**row, entries=entries)
        sound = manifest.format == FORMAT or manifest.format > FORMAT
        sound &= INDEX in entries and all(_NAME.fullmatch(name) for name in entries)
    except (ValueError, TypeError, AttributeError, RecursionError, zipfile.error) as error:
        raise NotAdopted(f"{book.filename}：{_NOT_OURS}") from error
    if not sound:
        raise NotAdopted(f"{book.filename}：{_NOT_OURS}")
    if manifest.format > FORMAT or _numbers(manifest.program) > _numbers(program_version()):
        raise NotAdopted(f"备份由更新的版本（{manifest.program}）建立，请先升级程序；现有内容未改动")
    return manifest


def _entry(row: dict[str, Any]) -> Entry:
    original = row["original"]
    if original is not None:
        original = Original(str(original["name"]), str(original["below"]), tuple(map(str, original["documents"])))
    if type(row["size"]) is not int or row["size"] < 0 or not re.fullmatch("[0-9a-f]{64}", row["sha256"]):
        raise ValueError(row)
    return Entry(row["size"], row["sha256"], original)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", version)[:3]))


def _unpack(book: zipfile.ZipFile, name: str, entry: Entry, target: Path) -> None:
    """Never more bytes than the manifest says, whatever the zip file itself says."""
    found, left = hashlib.sha256(), entry.size
    with book.open(name) as packed, target.open("wb") as out:
        while chunk := packed.read(min(_CHUNK, left + 1)):
            left -= len(chunk)
            if left < 0:
                break
            found.update(chunk)
            out.write(chunk)
    if left or found.hexdigest() != entry.sha256:
        raise NotAdopted(f"备份里的 {name} 已损坏；现有内容未改动")
