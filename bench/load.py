"""How fast reports are loaded: by format, by step, one process against all cores.

    python bench/load.py ../shared/reports ../shared/reports_more --out docs/performance.md

Figures only, nothing is asserted.  The table is written between two marks of the file given by ``--out``, with date,
machine and versions; the rest of that file stays as it is.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import os
import platform
import re
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from index.build import load
from index.errors import UnreadableFile
from index.find.gazetteer import region
from index.intake.crew import cores
from index.models import Document, Line
from index.parse import parse
from index.read import formats, read_documents
from index.store.connect import open_writer
from index.store.fulltext import joined
from index.store.write import store
from index.text.lines import paragraphs

STEPS = {
    "process": "读取进程的启动与传送", "read": "读取", "join": "拼行分段", "rules": "规则（句子到数据点）",
    "words": "切词", "sqlite": "写入 SQLite",
}  # fmt: skip
LIBRARIES = ("pypdfium2", "selectolax", "python-calamine", "olefile", "jieba", "rapidfuzz")
BEGIN, END = "<!-- bench/load.py -->", "<!-- /bench/load.py -->"

T = TypeVar("T")


@dataclass(slots=True)
class Tally:
    """What the files of one format hold, and the seconds each step took."""

    files: int = 0
    pages: int = 0
    characters: int = 0
    facts: int = 0
    seconds: dict[str, float] = field(default_factory=lambda: dict.fromkeys(STEPS, 0.0))

    @property
    def total(self) -> float:
        return sum(self.seconds.values())

    def __iadd__(self, other: Tally) -> Tally:
        self.files += other.files
        self.pages += other.pages
        self.characters += other.characters
        self.facts += other.facts
        for step, seconds in other.seconds.items():
            self.seconds[step] += seconds
        return self


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """The result of some work and the seconds it took."""
    start = time.perf_counter()
    result = work()
    return result, time.perf_counter() - start


# ---------------------------------------------------------------------------------------------- measuring


def measured(paths: Sequence[Path], db: Path) -> dict[str, Tally]:
    """A tally for each format, all steps in this process one after the other."""
    tallies: dict[str, Tally] = {}
    with closing(open_writer(db)) as conn:
        for path in paths:
            try:
                documents, outside = timed(partial(read_documents, path))
            except UnreadableFile:
                continue
            _, inside = timed(partial(formats.documents, path.name, path.read_bytes()))
            for number, document in enumerate(documents):
                one = tally_of(document, conn)
                if number == 0:
                    one.seconds["read"], one.seconds["process"] = inside, max(0.0, outside - inside)
                tallies.setdefault(document.media, Tally())
                tallies[document.media] += one
    return tallies


def tally_of(document: Document, conn: sqlite3.Connection) -> Tally:
    """Parse and store one document; reading is the caller's."""
    _, join = timed(lambda: paragraphs(document))
    parsed, both = timed(lambda: parse(document))
    tokens, words = timed(lambda: [joined(sentence.text) for sentence in parsed.sentences])
    _, sqlite = timed(lambda: store(conn, parsed, region_of=region, tokens=tokens))
    pages = max((block.page or 0 for block in document.blocks), default=0)
    characters = sum(
        len(block.text) if isinstance(block, Line) else sum(len(cell) for row in block.rows for cell in row)
        for block in document.blocks
    )
    tally = Tally(1, pages, characters, len(parsed.facts))
    tally.seconds |= {"join": join, "rules": max(0.0, both - join), "words": words, "sqlite": sqlite}
    return tally


def whole_loads(paths: Sequence[Path], folder: Path) -> Iterator[tuple[int, float]]:
    """Number of processes and the seconds of ``load``: one process, then as many as there are cores."""
    for jobs in dict.fromkeys((1, cores())):
        _, seconds = timed(partial(load, paths, folder / f"{jobs}.db", jobs=jobs))
        yield jobs, seconds


# ---------------------------------------------------------------------------------------------- writing


def report(tallies: dict[str, Tally], loads: Sequence[tuple[int, float]], files: int) -> str:
    """The Markdown section."""
    every = Tally()
    for tally in tallies.values():
        every += tally
    lines = [
        "## 装入速度", "", f"{datetime.now(UTC):%Y-%m-%d}，{machine()}。", "",
        f"{files} 份真实报告，其中 {every.files} 份可读。各步依次在一个进程里测一遍，词表已在内存里；"
        "网页、文本没有页码，“页/秒”只对 PDF 有意义。", "",
        "| 格式 | 份 | 页 | 千字 | 数据点 | 秒 | 页/秒 | 千字/秒 | 数据点/秒 |", "|---" + "|--:" * 8 + "|",
    ]  # fmt: skip
    for name, tally in [*sorted(tallies.items()), ("合计", every)]:
        has_pages = tally.pages and tally is not every
        lines.append(
            f"| {name} | {tally.files} | {tally.pages or '—'} | {tally.characters / 1000:.0f} | {tally.facts} "
            f"| {tally.total:.2f} | {f'{tally.pages / tally.total:.0f}' if has_pages else '—'} "
            f"| {tally.characters / 1000 / tally.total:.0f} | {tally.facts / tally.total:.0f} |"
        )
    lines += ["", "时间花在哪里（秒，占该格式的百分比）：", "", f"| 格式 | {' | '.join(STEPS.values())} |"]
    lines += ["|---" + "|--:" * len(STEPS) + "|"]
    for name, tally in [*sorted(tallies.items()), ("合计", every)]:
        cells = (f"{s:.2f}（{s / tally.total * 100:.0f}%）" for s in tally.seconds.values())
        lines.append(f"| {name} | {' | '.join(cells)} |")
    lines += ["", "整个 `yusuan load`（含哈希、启动进程、报告）：", "", "| 进程数 | 秒 | 数据点/秒 | 相对一个进程 |"]
    lines += ["|--:|--:|--:|--:|"]
    for jobs, seconds in loads:
        lines.append(f"| {jobs} | {seconds:.1f} | {every.facts / seconds:.0f} | {loads[0][1] / seconds:.2f}× |")
    return "\n".join(lines)


def machine() -> str:
    """Processor, memory and the versions that matter; nothing that names the machine."""
    model = platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists() and (found := re.search(r"model name\s*:\s*(.+)", cpuinfo.read_text())):
        model = found[1].strip()
    memory = (
        f"，内存 {os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GB" if cpuinfo.exists() else ""
    )
    versions = [f"Python {platform.python_version()}", f"SQLite {sqlite3.sqlite_version}"]
    for name in LIBRARIES:
        try:
            versions.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            continue
    return f"{model}，{cores()} 核{memory}，{platform.system()}；{'，'.join(versions)}"


def written(out: Path, section: str) -> None:
    """Put the section in its place in the file, or at its end."""
    old = out.read_text(encoding="utf-8") if out.exists() else "# 性能\n\n各节由 `bench/` 下的程序写出，重跑即更新。\n"
    new = f"{BEGIN}\n\n{section}\n\n{END}"
    if BEGIN in old:
        head, _, rest = old.partition(BEGIN)
        out.write_text(head + new + rest.partition(END)[2], encoding="utf-8")
    else:
        out.write_text(f"{old.rstrip()}\n\n{new}\n", encoding="utf-8")


def main() -> None:
    """Measure the files and folders named, print the section and write it to ``--out``."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("paths", nargs="+", type=Path)
    arguments.add_argument("--out", type=Path)
    given = arguments.parse_args()
    paths = [file for path in given.paths for file in (sorted(path.rglob("*")) if path.is_dir() else [path])]
    paths = [path for path in paths if path.is_file() and not path.name.startswith((".", "README"))]
    with tempfile.TemporaryDirectory() as folder:
        if paths:
            measured(paths[:1], Path(folder) / "warm.db")  # word lists and dictionaries are read once
        tallies = measured(paths, Path(folder) / "steps.db")
        loads = list(whole_loads(paths, Path(folder)))
    section = report(tallies, loads, len(paths))
    print(section)
    if given.out:
        written(given.out, section)


if __name__ == "__main__":
    main()
