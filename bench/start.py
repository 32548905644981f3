"""Cold start: ``yusuan ask`` to its answer, ``yusuan serve`` to its first poll, and the memory of the latter.

    python -m bench.start country.db 10000      -> JSON

Every start is a process of its own.  ``evicted`` is the same with the index taken out of the system's page cache.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.country.asked import SHAPES, asked
from bench.watch import memory

ROOT = Path(__file__).resolve().parent.parent
STARTS = 7
ASKED = 30


def one_start(command: Sequence[str]) -> tuple[float, float]:
    """Seconds and processor seconds of a process from its start to its end."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    seconds = time.perf_counter() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def evict(path: Path) -> None:
    """Take a file out of the page cache, where the system allows that."""
    if hasattr(os, "posix_fadvise"):
        number = os.open(path, os.O_RDONLY)
        try:
            os.posix_fadvise(number, 0, 0, os.POSIX_FADV_DONTNEED)
        finally:
            os.close(number)


def starts(db: Path, questions: Sequence[str], *, evicted: bool = False) -> dict[str, float]:
    """Medians of several starts of ``yusuan ask``, each with a question of its own."""
    yusuan = str(Path(sys.executable).with_name("yusuan"))
    taken = []
    for question in questions:
        if evicted:
            evict(db)
        taken.append(one_start([yusuan, "ask", "--db", str(db), question]))
    return {"seconds": statistics.median(one for one, _ in taken), "cpu": statistics.median(cpu for _, cpu in taken)}


def ask(db: Path, count: int) -> dict[str, Any]:
    """Starts where keys suffice, and where sentences are searched."""
    by_keys = [one.text for one in asked(count, "lookup", STARTS, seed=11)]
    by_text = [one.text for one in asked(count, "text", STARTS, seed=11)]
    starts(db, by_keys[:1])
    return {
        "keys": starts(db, by_keys),
        "text": starts(db, by_text),
        "keys_evicted": starts(db, by_keys[:3], evicted=True),
        "text_evicted": starts(db, by_text[:3], evicted=True),
    }


def serve(db: Path, count: int) -> dict[str, Any]:
    """Seconds from the start of the bot to its first poll, and its memory once it has answered some questions."""
    sys.path.insert(0, str(ROOT))
    from tests.standin.world import World

    with World() as telegram:
        environment = {
            **os.environ, "TELEGRAM_BOT_TOKEN": telegram.token, "YUSUAN_QUOTA": "0",
            "YUSUAN_API_URL": telegram.base_url.removesuffix("/bot"),
        }  # fmt: skip
        yusuan = str(Path(sys.executable).with_name("yusuan"))
        begun = time.monotonic()
        bot = subprocess.Popen(
            [yusuan, "serve", "--db", str(db)], cwd=ROOT, env=environment,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            telegram.wait(lambda: telegram.calls_of("getUpdates"), "the first poll", timeout=60)
            ready = telegram.calls_of("getUpdates")[0].at - begun
            fresh = memory(bot.pid)
            user = telegram.users(1)[0]
            shapes = [one.text for shape in SHAPES for one in asked(count, shape, ASKED // len(SHAPES) + 1, seed=13)]
            for text in shapes:
                user.send(text).answer(30)
            return {"ready": ready, "fresh": fresh, "warm": memory(bot.pid), "asked": len(shapes)}
        finally:
            bot.terminate()
            bot.wait(20)


def main() -> None:
    """Measure one index and print JSON."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("db", type=Path)
    arguments.add_argument("count", type=int)
    given = arguments.parse_args()
    print(json.dumps({"ask": ask(given.db, given.count), "serve": serve(given.db, given.count)}))


if __name__ == "__main__":
    main()
