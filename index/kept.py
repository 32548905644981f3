"""What takes long to make of word lists and dictionaries, kept as lines in the user's cache folder.

    kept_lines("words", ["edition", "教育支出"], make) -> what make() gave, once for all processes to come

What the lines are made of is part of the file's name, so that they are made anew when it changes.  Without the folder
everything is only slower.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path


def kept_lines(kind: str, made_of: Iterable[str], make: Callable[[], list[str]]) -> list[str]:
    """The lines that ``make`` gives, none of them with an end of line in it."""
    digest = hashlib.sha256("\n".join(made_of).encode()).hexdigest()[:16]
    file = _folder() / f"{kind}-{digest}.txt"
    with contextlib.suppress(OSError, ValueError):
        count, *lines = file.read_text(encoding="utf-8").split("\n")
        if int(count) == len(lines):
            return lines
    lines = make()
    _keep(file, kind, lines)
    return lines


def file_of_library(name: str, file: str) -> Path | None:
    """A file of an installed library, found without importing it; None if there is none."""
    package = importlib.util.find_spec(name)
    folder = next(iter(package.submodule_search_locations or ()), None) if package else None
    path = Path(folder) / file if folder else None
    return path if path and path.is_file() else None


def _keep(file: Path, kind: str, lines: Sequence[str]) -> None:
    """Write the lines in one step, in place of those of older word lists."""
    new = file.with_name(f"{file.name}.{os.getpid()}")
    with contextlib.suppress(OSError):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        new.write_text("\n".join([str(len(lines)), *lines]), encoding="utf-8")
        new.replace(file)
        for old in file.parent.glob(f"{kind}-*.txt"):
            if old != file:
                old.unlink()


def _folder() -> Path:
    base = os.environ.get("XDG_CACHE_HOME")
    try:
        return (Path(base) if base else Path.home() / ".cache") / "yusuan"
    except RuntimeError:  # a user without a home folder
        return Path(os.devnull)
