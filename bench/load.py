"""How fast reports are loaded: by format and per core, by step, one process against all cores.

    python -m bench.load ../shared/reports ../shared/reports_more --out docs/performance.md
    python -m bench.load ../shared/reports --quick

Figures only, nothing is asserted.  Steps are measured in seconds of processor time, the median of several rounds, so a
busy machine spoils little; whole loads by the clock on the wall.  The table is written between two marks of the file
given by ``--out``, with date, machine and versions; the rest of that file stays as it is.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import median
from typing import TypeVar

from bench.page import dated, write_section
from index.build import load
from index.errors import UnreadableFile, YusuanError
from index.find.gazetteer import region
from index.intake.crew import cores
from index.models import Document, Line
from index.parse import parse
from index.read import read_documents
from index.read.reader import Reader
from index.store.connect import open_writer
from index.store.fulltext import joined
from index.store.write import store
from index.text.lines import paragraphs

STEPS = {
    "read": "读取", "send": "进程间传送", "clean": "整理（拼行分段）", "rules": "规则（句子到数据点）",
    "words": "切词（jieba）", "sqlite": "写入 SQLite",
}  # fmt: skip
LIBRARIES = ("pypdfium2", "selectolax", "python-calamine", "olefile", "jieba", "rapidfuzz")
ROUNDS = 3
COPIES = 3  # of each file, in the loads as a whole
QUICK_FILES = 2  # of each kind

T = TypeVar("T")


@dataclass(slots=True)
class Tally:
    """What the files of one format hold, and the seconds of processor time each step took."""

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
    """The result of some work and the processor seconds it took in this process."""
    start = time.process_time()
    result = work()
    return result, time.process_time() - start


# ---------------------------------------------------------------------------------------------- measuring


def rounds(paths: Sequence[Path], folder: Path, count: int) -> dict[str, Tally]:
    """A tally for each format: of every step the median of so many rounds."""
    with closing(Reader()) as reader:
        measured(some_of_each(paths, 1), folder / "warm.db", reader)  # libraries and word lists are loaded once
        measured_rounds = [measured(paths, folder / f"steps{number}.db", reader) for number in range(count)]
    tallies = measured_rounds[0]
    for name, tally in tallies.items():
        for step in STEPS:
            tally.seconds[step] = median(one[name].seconds[step] for one in measured_rounds)
    return tallies


def measured(paths: Sequence[Path], db: Path, reader: Reader) -> dict[str, Tally]:
    """A tally for each format, all steps one after the other; one reader serves all files, as in a load."""
    tallies: dict[str, Tally] = {}
    with closing(open_writer(db)) as conn:
        for path in paths:
            before = reader_seconds(reader)
            try:
                documents, own = timed(partial(read_documents, path, reader))
            except UnreadableFile:
                continue
            outside = max(0.0, reader_seconds(reader) - before)
            for number, document in enumerate(documents):
                try:
                    one = tally_of(document, conn)
                except YusuanError:
                    continue
                if number == 0:
                    one.seconds["read"], one.seconds["send"] = (outside, own) if outside else (own, 0.0)
                tallies.setdefault(document.media, Tally())
                tallies[document.media] += one
    return tallies


def some_of_each(paths: Sequence[Path], count: int) -> list[Path]:
    """So many files of each suffix, spread over the list."""
    kinds: dict[str, list[Path]] = {}
    for path in paths:
        kinds.setdefault(path.suffix.lower(), []).append(path)
    return [path for found in kinds.values() for path in found[:: -(-len(found) // count)]]


def reader_seconds(reader: Reader) -> float:
    """Processor seconds of the reader's process so far; on systems that do not say, the time on the wall."""
    process = reader.process
    if process is None:
        return 0.0
    if sys.platform != "linux":
        return time.perf_counter()
    return time.clock_gettime((~process << 3) | 2)  # the number Linux gives the processor clock of a process


def tally_of(document: Document, conn: sqlite3.Connection) -> Tally:
    """Parse and store one document; reading is the caller's."""
    _, clean = timed(lambda: paragraphs(document))
    parsed, both = timed(lambda: parse(document))
    tokens, words = timed(lambda: [joined(sentence.text) for sentence in parsed.sentences])
    _, sqlite = timed(lambda: store(conn, parsed, region_of=region, tokens=tokens))
    pages = max((block.page or 0 for block in document.blocks), default=0)
    characters = sum(
        len(block.text) if isinstance(block, Line) else sum(len(cell) for row in block.rows for cell in row)
        for block in document.blocks
    )
    tally = Tally(1, pages, characters, len(parsed.facts))
    tally.seconds |= {"clean": clean, "rules": max(0.0, both - clean), "words": words, "sqlite": sqlite}
    return tally


def whole_loads(paths: Sequence[Path], folder: Path, copies: int) -> Iterator[tuple[int, float]]:
    """Number of processes and the seconds of ``load`` on the wall: one, then one for each core.

    So many ``copies`` of the files, each a few bytes longer than the one before: a load of ten seconds would tell more
    of how long processes take to start than of how they share the work.
    """
    files = [path for number in range(copies) for path in _copied(paths, folder / f"copies-{number}", number)]
    for jobs in dict.fromkeys((1, cores())):
        start = time.perf_counter()
        load(files, folder / f"{jobs}.db", jobs=jobs)
        yield jobs, time.perf_counter() - start


def _copied(paths: Sequence[Path], folder: Path, number: int) -> Iterator[Path]:
    folder.mkdir()
    for place, path in enumerate(paths):
        copy = folder / f"{path.stem}_{place}_{number}{path.suffix}"
        copy.write_bytes(path.read_bytes() + b"\n" * number)
        yield copy


# ---------------------------------------------------------------------------------------------- writing


def report(tallies: dict[str, Tally], loads: Sequence[tuple[int, float]], files: int, count: int, copies: int) -> str:
    """The Markdown section."""
    every = Tally()
    for tally in tallies.values():
        every += tally
    lines = [
        "## 装入速度", "", f"{dated(LIBRARIES)}。", "",
        f"{files} 份真实报告，其中 {every.files} 份可读。从文件到已提交的数据点，各步的处理器时间（即每核的速度），"
        f"{count} 轮取中位数，词表已在内存里，读取进程已启动；网页、文本没有页码，“页/秒”只对 PDF 有意义。", "",
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
    lines += ["", f"整个 `yusuan load`（墙上时间，含启动进程、读词表、哈希、报告），每份文件装 {copies} 遍：", ""]
    lines += ["| 进程数 | 秒 | 数据点/秒 | 千字/秒 | 相对一个进程 |", "|--:|--:|--:|--:|--:|"]
    for jobs, seconds in loads:
        lines.append(
            f"| {jobs} | {seconds:.1f} | {every.facts * copies / seconds:.0f} "
            f"| {every.characters * copies / 1000 / seconds:.0f} "
            f"| {loads[0][1] / seconds:.2f}× |"
        )
    return "\n".join(lines)


def main() -> None:
    """Measure the files and folders named, print the section and write it to ``--out``."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("paths", nargs="+", type=Path)
    arguments.add_argument("--out", type=Path)
    arguments.add_argument("--quick", action="store_true", help=f"{QUICK_FILES} files of each kind, one round")
    given = arguments.parse_args()
    paths = [file for path in given.paths for file in (sorted(path.rglob("*")) if path.is_dir() else [path])]
    paths = [path for path in paths if path.is_file() and not path.name.startswith((".", "README"))]
    paths, count = (some_of_each(paths, QUICK_FILES), 1) if given.quick else (paths, ROUNDS)
    with tempfile.TemporaryDirectory() as folder:
        tallies = rounds(paths, Path(folder), count)
        loads = list(whole_loads(paths, Path(folder), 1 if given.quick else COPIES))
    section = report(tallies, loads, len(paths), count, 1 if given.quick else COPIES)
    print(section)
    if given.out:
        write_section(given.out, "load.py", section.split("\n"))


if __name__ == "__main__":
    main()
