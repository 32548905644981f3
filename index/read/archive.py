"""A ZIP or 7z archive -> the names and bytes of its members, one after the other, with limits.

    报告.zip with 决算.pdf and ../../etc/passwd  ->  Member("决算.pdf", …) and a refusal that names the other

Nothing is written to disk.  What cannot be taken is refused by name; the other members are still read.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from index.errors import UnreadableFile
from index.read.container import Container

if TYPE_CHECKING:
    from zipfile import ZipInfo

MAX_MEMBERS = 500
MAX_MEMBER = 100 * 2**20
MAX_TOTAL = 400 * 2**20
SYSTEM_FILE = re.compile(r"(?:^|/)(?:__MACOSX/|\.(?!\.)|Thumbs\.db$|desktop\.ini$|~\$)", re.IGNORECASE)
UNSAFE = re.compile(r"^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)")
UTF8_NAME = 0x800


class Member(NamedTuple):
    """A file of an archive, or why it is refused (then ``data`` is empty)."""

    name: str
    data: bytes
    refusal: str = ""


def zip_members(data: bytes) -> Iterator[Member]:
    """The members of a ZIP.  Raises UnreadableFile if it is damaged or has too many."""
    container = Container(data)
    _check_count(len(container.members))
    total = 0
    for info in container.members:
        name = _name(info)
        if SYSTEM_FILE.search(name):
            continue
        if UNSAFE.search(name):
            yield Member(name, b"", f"{name} 的路径指向压缩包之外，已拒绝。")
            continue
        try:
            content = container.member(info.filename, min(MAX_MEMBER, MAX_TOTAL - total))
        except UnreadableFile as error:
            yield Member(name, b"", str(error).replace(info.filename, name))
            continue
        total += len(content)
        yield Member(name, content)


def seven_zip_members(data: bytes) -> Iterator[Member]:
    """The members of a 7z archive.  Raises UnreadableFile if it is damaged, locked or too large."""
    import py7zr  # only in the process that reads one
    from py7zr.io import BytesIOFactory

    try:
        with py7zr.SevenZipFile(io.BytesIO(data)) as archive:
            if archive.needs_password():
                raise UnreadableFile("压缩包已加密，需要密码，请先解密。")
            entries = [entry for entry in archive.list() if not entry.is_directory]
            _check_count(len(entries))
            if sum(entry.uncompressed for entry in entries) > MAX_TOTAL:
                raise UnreadableFile("压缩包解压后过大，可能是压缩炸弹，已拒绝。")
            wanted = [entry.filename for entry in entries if not SYSTEM_FILE.search(entry.filename)]
            for name in wanted:
                if UNSAFE.search(name):
                    yield Member(name, b"", f"{name} 的路径指向压缩包之外，已拒绝。")
            safe = [name for name in wanted if not UNSAFE.search(name)]
            factory = BytesIOFactory(MAX_MEMBER)
            archive.extract(targets=safe, factory=factory)
            for name in safe:
                product = factory.products.get(name)
                if product is None:
                    yield Member(name, b"", f"{name} 无法解压。")
                    continue
                product.seek(0)
                yield Member(name, product.read())
    except UnreadableFile:
        raise
    except Exception as error:  # the library raises many kinds, also bare ones of zlib and lzma
        raise UnreadableFile("压缩包已损坏或格式不受支持，无法解压。") from error


def _check_count(count: int) -> None:
    if count > MAX_MEMBERS:
        raise UnreadableFile(f"压缩包里有 {count} 个文件，超过上限 {MAX_MEMBERS} 个。")


def _name(info: ZipInfo) -> str:
    """Chinese names of older archives are GBK bytes that zipfile took for CP437."""
    if info.flag_bits & UTF8_NAME:
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename
