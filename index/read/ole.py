"""OLE containers (old Office files): their streams, and which program wrote them.

names(data) has "WordDocument"  ->  a .doc
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from index.errors import UnreadableFile

KINDS = (
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
)


def kind(data: bytes) -> str:
    """doc, xls, ppt, encrypted (an Office file under a password), or ole for anything else."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            return next((kind for name, kind in KINDS if file.exists(name)), "ole")
    except (OSError, ValueError, IndexError, KeyError):
        return "ole"


def streams(data: bytes, names: Sequence[str]) -> dict[str, bytes]:
    """The streams of these names that exist."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            return {name: file.openstream(name).read() for name in names if file.exists(name)}
    except (OSError, ValueError, IndexError, KeyError) as error:
        raise UnreadableFile("文件结构已损坏，无法读取。") from error
