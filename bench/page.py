"""docs/performance.md: each program of ``bench/`` writes its own section, between two marks; the rest stays."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import re
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

TITLE = "# 性能\n\n各节由 `bench/` 下的程序写出，重跑即更新。\n"


def dated(libraries: Sequence[str] = ()) -> str:
    """2026-11-21，machine and versions; nothing that names the machine."""
    return f"{datetime.now(UTC):%Y-%m-%d}，{machine(libraries)}"


def machine(libraries: Sequence[str]) -> str:
    """Processor, memory and the versions that matter."""
    model, memory = platform.machine(), ""
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        if found := re.search(r"model name\s*:\s*(.+)", cpuinfo.read_text(encoding="utf-8")):
            model = found[1].strip()
        memory = f"，内存 {os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GB"
    versions = [f"Python {platform.python_version()}", f"SQLite {sqlite3.sqlite_version}"]
    for name in libraries:
        try:
            versions.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            continue
    return f"{model}，{os.cpu_count()} 核{memory}，{platform.system()}；{'，'.join(versions)}"


def write_section(out: Path, program: str, lines: Sequence[str]) -> None:
    """Put the section of ``bench/<program>`` in its place in the file, or at its end."""
    begin, end = f"<!-- bench/{program} -->", f"<!-- /bench/{program} -->"
    old = out.read_text(encoding="utf-8") if out.exists() else TITLE
    new = "\n".join([begin, "", *lines, "", end])
    if begin in old:
        head, _, rest = old.partition(begin)
        out.write_text(head + new + rest.partition(end)[2], encoding="utf-8")
    else:
        out.write_text(f"{old.rstrip()}\n\n{new}\n", encoding="utf-8")
