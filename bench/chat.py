"""How long the bot takes from an update to the answering call, and whether its memory grows.

    python bench/chat.py [--users 50] [--questions 2000] [--pause 1.0] [--reports FOLDER]

``yusuan serve`` runs in a process of its own against the stand-in for the Bot API of ``tests/``.  Every user asks,
waits for the answer, thinks for about ``--pause`` seconds and asks again.  Times are in milliseconds.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from index import load  # noqa: E402
from tests.standin.people import User  # noqa: E402
from tests.standin.world import World  # noqa: E402

QUESTIONS = (
    "上党区2023年教育支出多少",
    "那国防呢",
    "同比呢",
    "解放区2023年一般公共预算收入",
    "西工区政府债务余额",
    "上党区2022年教育支出",
    "上党区教育支出历年",
    "上党区和解放区2023年一般公共预算收入对比",
    "解放区2023年税收收入占比",
    "上党区2015年教育支出",
)


def main() -> int:
    """Run and print."""
    arguments = parsed()
    with tempfile.TemporaryDirectory() as folder, World() as telegram:
        db = Path(folder) / "index.db"
        load([arguments.reports], db)
        users = telegram.users(arguments.users)
        bot = started(telegram, db)
        try:
            telegram.wait(lambda: telegram.commands("all_private_chats"), "the bot is up", timeout=30)
            run(users, arguments.users * 2, 0.0)
            before, begun = memory(bot.pid), len(telegram.calls)
            began = time.monotonic()
            taken = run(users, arguments.questions, arguments.pause)
            seconds = time.monotonic() - began
            report(taken, seconds, before, memory(bot.pid), len(telegram.calls) - begun)
            assert not telegram.refusals(), telegram.refusals()[:3]
        finally:
            bot.terminate()
            bot.wait(10)
    return 0


def parsed() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--questions", type=int, default=2000)
    parser.add_argument("--pause", type=float, default=1.0)
    parser.add_argument("--reports", type=Path, default=ROOT / "data" / "reports")
    return parser.parse_args()


def started(telegram: World, db: Path) -> subprocess.Popen[bytes]:
    """The bot as a user would run it; limits wide enough not to be what is measured."""
    url = telegram.base_url.removesuffix("/bot")
    environment = {**os.environ, "TELEGRAM_BOT_TOKEN": telegram.token, "YUSUAN_API_URL": url, "YUSUAN_QUOTA": "0"}
    code = (
        "import dataclasses, sys; from bot.telegram import limiter; "
        "limiter.Pace.__init__.__defaults__ = (1e6, 1e6, 1000, 1e6, 1000, 8, 0.3, 10.0); "
        "from bot.cli import main; sys.exit(main(['serve', '--db', sys.argv[1]]))"
    )
    return subprocess.Popen([sys.executable, "-c", code, str(db)], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)


def run(users: list[User], count: int, pause: float) -> list[float]:
    """All users at once, each in a thread; the milliseconds of every question."""
    taken: list[float] = []
    each = -(-count // len(users))

    def ask(user: User, seed: int) -> None:
        dice = random.Random(seed)
        time.sleep(dice.uniform(0, pause))
        for _ in range(each):
            number = dice.randrange(len(QUESTIONS))
            sent = user.send(QUESTIONS[number])
            pushed = time.monotonic()
            answer = sent.answer(30)
            call = next(
                c for c in reversed(user.world.calls[-400:]) if c.result and c.params.get("chat_id") == answer.chat_id
            )
            taken.append((call.at - pushed) * 1000)
            time.sleep(dice.uniform(0.5, 1.5) * pause)

    threads = [threading.Thread(target=ask, args=(user, number)) for number, user in enumerate(users)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return taken


def memory(pid: int) -> int:
    """Resident kilobytes."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1])
    return 0


def report(taken: list[float], seconds: float, before: int, after: int, calls: int) -> None:
    """One line each."""
    ordered = sorted(taken)
    ninety_nine = ordered[int(len(ordered) * 0.99) - 1]
    print(f"questions {len(ordered)} in {seconds:.1f} s ({len(ordered) / seconds:.0f}/s), calls {calls}")
    print(f"median {statistics.median(ordered):.1f} ms, 99% {ninety_nine:.1f} ms, most {ordered[-1]:.1f} ms")
    print(f"memory {before / 1024:.0f} MB before, {after / 1024:.0f} MB after")


if __name__ == "__main__":
    raise SystemExit(main())
