"""A file -> its Document: lines and tables in reading order, whatever the format.

    read_document(Path("上党区2023.txt")).blocks[0] == Line("长治市上党区财政局2023年度总决算分析报告")

The format is decided by the first bytes, never by the name.  Plain text is read here; every other format is parsed in a
worker process with limits, which whoever reads many files keeps in a ``Reader``.  Every failure is an UnreadableFile
with one sentence for the admin.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import UnreadableFile
from index.models import Document

if TYPE_CHECKING:
    from index.read.reader import Reader

__all__ = ["read_document", "read_documents"]

MAX_BYTES = 100 * 2**20
MAX_PLAIN = 30 * 2**20
SNIFFED = 64 * 2**10


def read_document(path: Path) -> Document:
    """Read one file.  Raises UnreadableFile (missing, empty, binary, too large, broken, unknown; several members)."""
    found = read_documents(path)
    if len(found) > 1:
        raise UnreadableFile(f"压缩包里有 {len(found)} 份文件，请逐份导入或整包导入。")
    return found[0]


def read_documents(path: Path, reader: Reader | None = None) -> list[Document]:
    """Read one file; an archive gives a document for each readable member, named ``archive!/member``.

    ``reader`` is the worker to read in; without it one is started for this file.
    """
    from index.read.formats import PLAIN, documents
    from index.read.sandbox import read_in_worker
    from index.read.sniff import sniff

    size = _size(path)
    try:
        with path.open("rb") as file:
            kind = sniff(file.read(SNIFFED))
            if kind not in PLAIN:
                return reader.documents(path) if reader else read_in_worker(path)
            if size > MAX_PLAIN:
                raise UnreadableFile(f"文本文件太大（{size // 2**20} MB，上限 {MAX_PLAIN // 2**20} MB）。")
            file.seek(0)
            return documents(path.name, file.read())
    except OSError as error:
        raise UnreadableFile(f"文件无法打开：{error.strerror or error}。") from error


def _size(path: Path) -> int:
    try:
        if not path.exists():
            raise UnreadableFile(f"找不到文件 {path.name}。")
        if not path.is_file():
            raise UnreadableFile(f"{path.name} 不是普通文件。")
        size = path.stat().st_size
    except (OSError, ValueError) as error:
        raise UnreadableFile(f"文件无法打开：{path.name}。") from error
    if size == 0:
        raise UnreadableFile("文件是空的，没有可读的文字。")
    if size > MAX_BYTES:
        raise UnreadableFile(f"文件太大（{size // 2**20} MB，上限 {MAX_BYTES // 2**20} MB）。")
    return size
