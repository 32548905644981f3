"""Names of files and folders -> the files to load, each once, in order.

["报告", "报告/上党区2023.txt"]  ->  报告/上党区2023.txt once, and a line for every file there that is no report
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from index.intake.report import LoadReport

# What a folder is searched for; a file that is named itself may have any suffix, its content decides.
SUFFIXES: Final = frozenset(
    {
        ".txt", ".text", ".md", ".html", ".htm", ".mht", ".pdf", ".docx", ".doc", ".xlsx", ".xls", ".csv", ".tsv",
        ".zip", ".7z", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".wps", ".et", ".ofd", ".rtf", ".odt", ".ods",
        ".docm", ".xlsm", ".xlsb",
    }
)  # fmt: skip


def found(paths: Sequence[str | Path]) -> Iterator[Path | LoadReport]:
    """The files to load, each once, and a report for what cannot be loaded or is no report by its suffix."""
    seen: set[Path] = set()
    for name in paths:
        path = Path(name)
        for entry in _in_folder(path) if path.is_dir() else (path,):
            if isinstance(entry, Path):
                if entry.resolve() in seen:
                    continue
                seen.add(entry.resolve())
            yield entry


def _in_folder(folder: Path) -> Iterator[Path | LoadReport]:
    try:
        files = sorted(path for path in folder.rglob("*") if path.is_file())
    except OSError as error:
        yield LoadReport(str(folder), "failed", error=f"文件夹无法打开：{error.strerror}")
        return
    reports = 0
    for path in files:
        parts = path.relative_to(folder).parts
        if any(part.startswith((".", "~$")) for part in parts) or path.name.upper().startswith("README"):
            continue
        if path.suffix.lower() in SUFFIXES:
            reports += 1
            yield path
        else:
            yield LoadReport(str(path), "skipped")
    if not reports:
        yield LoadReport(str(folder), "failed", error="文件夹里没有可以载入的报告")
