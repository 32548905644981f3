"""A ZIP container whose members are unpacked one at a time, with limits.

Container(data).member("word/document.xml")  ->  its bytes
"""

from __future__ import annotations

import io
import zipfile
import zlib

from index.errors import UnreadableFile

MAX_MEMBER = 300 * 2**20
MAX_RATIO = 1000  # unpacked to packed; honest XML stays under 200
RATIO_FROM = 10 * 2**20


class Container:
    """The members of a ZIP file.  Every failure is an UnreadableFile."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise UnreadableFile("压缩结构已损坏，文件不完整。") from error
        self.members = [info for info in self._zip.infolist() if not info.is_dir()]
        self.names = frozenset(info.filename for info in self.members)

    def member(self, name: str, limit: int = MAX_MEMBER) -> bytes:
        """The unpacked bytes of a member of at most ``limit`` bytes."""
        try:
            info = self._zip.getinfo(name)
        except KeyError as error:
            raise UnreadableFile(f"文件缺少必要的部分 {name}，无法读取。") from error
        if info.flag_bits & 1:
            raise UnreadableFile(f"{name} 已加密，无法读取。")
        if info.file_size > limit or self._is_bomb(info.file_size, info.compress_size):
            raise UnreadableFile(f"{name} 解压后过大，可能是压缩炸弹，已拒绝。")
        try:
            with self._zip.open(info) as stream:
                data = stream.read(limit + 1)
        except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, OSError, NotImplementedError) as error:
            raise UnreadableFile(f"{name} 已损坏，无法解压。") from error
        if len(data) > limit:
            raise UnreadableFile(f"{name} 解压后过大，可能是压缩炸弹，已拒绝。")
        return data

    @staticmethod
    def _is_bomb(size: int, packed: int) -> bool:
        return size > RATIO_FROM and size > MAX_RATIO * max(packed, 1)
