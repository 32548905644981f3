"""Whether asking suffers while reports are adopted: times of answers before and during an adoption.

    python -m bench.adopt ../shared/reports --out docs/performance.md

Two threads ask through a Desk each, (1) in another process than the one that adopts, (2) in the same, as the bot does.
Adopted is everything in the folders named, for the second time, so that the index holds as much before as afterwards.
Figures only, nothing is asserted.  The table is written between two marks of the file given by ``--out``.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.page import dated, write_section
from index import Office, Person, build
from index.ask.desk import Desk

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "data" / "reports"
LIBRARIES = ("pypdfium2", "selectolax", "python-calamine", "olefile", "jieba", "rapidfuzz")
ADMIN = Person(1, "bench")
ASKERS = 2
BEFORE = 10.0  # seconds, and as many afterwards
PAUSE = 0.02  # between two questions of a thread: some thirty questions a second, more than any bureau's chat
QUESTIONS = (
    "上党区2023年教育支出多少", "解放区2023年一般公共预算收入", "西工区2023年社会保障和就业支出和卫生健康支出",
    "屯留区2024年三公经费", "上党区2023年税收收入同比增长多少", "解放区2024年教育支出预算", "上党区2023年债务余额",
    "西工区2023年乡村振兴", "上党区2022年教育支出", "解放区2023年农林水支出占比",
)  # fmt: skip


@dataclass(slots=True)
class Asking:
    """Threads that ask until told to stop; for every answer when it was asked and how many seconds it took."""

    db: Path
    took: list[tuple[float, float]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)
    threads: list[threading.Thread] = field(default_factory=list)

    def start(self) -> None:
        self.threads = [threading.Thread(target=self._ask, args=(number,)) for number in range(ASKERS)]
        for thread in self.threads:
            thread.start()

    def end(self) -> None:
        self.stop.set()
        for thread in self.threads:
            thread.join()

    def _ask(self, number: int) -> None:
        desk = Desk(self.db)
        while not self.stop.is_set():
            question = QUESTIONS[number % len(QUESTIONS)]
            number += 1
            start = time.perf_counter()
            try:
                desk.converse(question)
            except Exception as error:  # whatever an asker would see
                self.errors.append(repr(error))
            self.took.append((time.time(), time.perf_counter() - start))
            time.sleep(PAUSE)


@dataclass(frozen=True, slots=True)
class Phase:
    """Answers of one phase; times in milliseconds."""

    answers: int
    p50: float
    p99: float
    longest: float


def phase(took: Sequence[tuple[float, float]], start: float, end: float) -> Phase:
    """Sum up the answers between two times."""
    times = sorted(seconds * 1000 for at, seconds in took if start <= at < end)
    if len(times) < 2:
        return Phase(len(times), 0, 0, 0)
    return Phase(len(times), statistics.median(times), times[int(len(times) * 0.99)], times[-1])


def measured(files: Sequence[Path], apart: bool) -> tuple[dict[str, Phase], int, int, dict[str, float]]:
    """The phases by name, the number of errors, that of adopted documents, and the seconds the phases took."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        db = folder / "index.db"
        office = Office(db, SAMPLES)
        office.adopt(office.rescan(ADMIN).id, ADMIN)
        office.adopt(office.preview(files, ADMIN).id, ADMIN)
        # All of them again, as after a change of the rules: the index holds as much before as afterwards.
        rules = f"other rules {time.time()}"
        build.fingerprint = lambda: rules  # type: ignore[assignment]
        asking = Asking(db)
        other = None
        if apart:
            command = [sys.executable, "-m", "bench.adopt", "--ask", str(db)]
            other = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            assert other.stdout is not None
            other.stdout.readline()
        else:
            asking.start()
        time.sleep(2)  # what is read once
        times = [time.time()]
        time.sleep(BEFORE)
        times.append(time.time())
        draft = office.preview(files, ADMIN)
        times.append(time.time())
        version = office.adopt(draft.id, ADMIN)
        times.append(time.time())
        time.sleep(BEFORE)
        times.append(time.time())
        if other is not None:
            answer, _ = other.communicate("stop\n")
            told = json.loads(answer)
            asking.took, asking.errors = [(at, seconds) for at, seconds in told["took"]], told["errors"]
        else:
            asking.end()
        office.close()
    names = ("before", "preview", "adopt", "after")
    spans = list(zip(names, times, times[1:], strict=False))
    phases = {name: phase(asking.took, start, end) for name, start, end in spans}
    seconds = {name: end - start for name, start, end in spans}
    for error in dict.fromkeys(asking.errors):
        print(error, file=sys.stderr)
    return phases, len(asking.errors), version.documents, seconds


def ask_until_told(db: Path) -> None:
    """The other process: asks until its input says something, then tells all."""
    asking = Asking(db)
    asking.start()
    print("asking", flush=True)
    sys.stdin.readline()
    asking.end()
    print(json.dumps({"took": asking.took, "errors": asking.errors}))


def report(files: Sequence[Path]) -> str:
    """The Markdown section."""
    lines = [
        "## 采用报告时的问答", "",
        f"{dated(LIBRARIES)}。", "",
        f"两个线程不停提问（每次间隔 {PAUSE * 1000:.0f} 毫秒），同时预览并重新采用 {len(files)} 份真实报告。"
        "目标：没有一问出错，第 99 百分位不超过平时的两倍。", "",
        "| 提问的线程 | 阶段 | 秒 | 回答 | p50 毫秒 | p99 毫秒 | 最长 毫秒 | p99 相对平时 |",
        "|---|---" + "|--:" * 6 + "|",
    ]  # fmt: skip
    names = {"before": "平时", "preview": "预览", "adopt": "采用", "after": "采用之后"}
    errors = 0
    for apart, where in ((True, "另一个进程"), (False, "同一个进程")):
        phases, failed, documents, seconds = measured(files, apart)
        errors += failed
        usual = phases["before"].p99
        for name, one in phases.items():
            lines.append(
                f"| {where} | {names[name]} | {seconds[name]:.1f} | {one.answers} | {one.p50:.1f} | {one.p99:.1f} "
                f"| {one.longest:.1f} | {one.p99 / usual:.1f}× |"
            )
    return "\n".join([*lines, "", f"出错的提问：{errors}。采用后索引有 {documents} 份报告。"])


def main() -> None:
    """Measure with the files and folders named, print the section and write it to ``--out``."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("paths", nargs="*", type=Path)
    arguments.add_argument("--out", type=Path)
    arguments.add_argument("--ask", type=Path, help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.ask:
        ask_until_told(given.ask)
        return
    paths = [file for path in given.paths for file in (sorted(path.rglob("*")) if path.is_dir() else [path])]
    section = report([path for path in paths if path.is_file() and not path.name.startswith((".", "README"))])
    print(section)
    if given.out:
        write_section(given.out, "adopt.py", section.split("\n"))


if __name__ == "__main__":
    os.environ.setdefault("PYTHONPATH", str(ROOT))
    main()
