"""Watching work: times in milliseconds with their percentiles, processor time, memory; and tables of them."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(slots=True)
class Watch:
    """Times of the same kind of work."""

    taken: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)

    def run(self, work: Callable[[], object]) -> None:
        """Do it once, and keep how long it took."""
        cpu, begun = time.thread_time(), time.perf_counter()
        work()
        self.taken.append((time.perf_counter() - begun) * 1000)
        self.busy.append((time.thread_time() - cpu) * 1000)

    def add(self, other: Watch) -> None:
        """Take in what another one has seen."""
        self.taken += other.taken
        self.busy += other.busy

    def figures(self) -> dict[str, float]:
        """p50, p90, p99 in milliseconds; the same of processor time, with its mean; and how many.

        Processor time is what the work takes on a machine that does nothing else.
        """
        names = {"p50": 0.5, "p90": 0.9, "p99": 0.99}
        found = {name: at(self.taken, part) for name, part in names.items()}
        found |= {f"cpu_{name}": at(self.busy, part) for name, part in names.items()}
        count = max(1, len(self.taken))
        return {**found, "cpu": sum(self.busy) / count, "n": count}


def at(times: Sequence[float], part: float) -> float:
    """The time that this part of the work stayed under: 0.5 is the median."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))] if ordered else 0.0


def memory(pid: int | None = None) -> dict[str, float]:
    """Resident megabytes: all, and those that are the process's own (not the mapped index); zeros where unknown."""
    found = {"all": 0.0, "own": 0.0}
    names = {"VmRSS": "all", "RssAnon": "own"}
    try:
        lines = Path(f"/proc/{pid or os.getpid()}/status").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return found
    for line in lines:
        name, _, rest = line.partition(":")
        if name in names:
            found[names[name]] = int(rest.split()[0]) / 1024
    return found


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """A Markdown table; the first column to the left, the others to the right."""
    lines = [f"| {' | '.join(heads)} |", "|---" + "|--:" * (len(heads) - 1) + "|"]
    return [*lines, *(f"| {' | '.join(row)} |" for row in rows)]


def ms(value: float) -> str:
    """Milliseconds as one reads them."""
    return f"{value:.2f}" if value < 10 else f"{value:.1f}" if value < 100 else f"{value:.0f}"
