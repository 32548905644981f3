"""File names that outsiders give, made safe to be files here; what is left is still recognised by who sent it.

"../../etc/上党区2023.pdf" -> "上党区2023.pdf"        "报告\\u202efdp.exe" -> "报告fdp.exe"
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import Final

MOST_BYTES: Final = 160
_FORBIDDEN: Final = '<>:"|?*'


def safe_name(given: str) -> str:
    """The last part of a path without what is invisible or means something to a file system; never empty."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", given))[-1]
    seen = "".join(char for char in last if unicodedata.category(char)[0] != "C" and char not in _FORBIDDEN)
    name = seen.strip(" .") or "报告"
    stem, dot, suffix = name.rpartition(".")
    if not dot or len(suffix.encode()) > 12:
        stem, dot, suffix = name, "", ""
    room = MOST_BYTES - len((dot + suffix).encode())
    return stem.encode()[:room].decode(errors="ignore").strip() + dot + suffix


def free_path(folder: Path, given: str) -> Path:
    """Where a file of this name may be written; a second one of the same name gets a number."""
    name = safe_name(given)
    path, number = folder / name, 1
    while path.exists():
        number += 1
        path = folder / f"{Path(name).stem}（{number}）{Path(name).suffix}"
    return path
