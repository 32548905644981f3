"""How long the bot takes from an update to the answering call, and whether its memory grows.

    python -m bench.chat [--users 50] [--questions 2000] [--pause 1.0] [--reports FOLDER] [--out docs/performance.md]

``yusuan serve`` runs in a process of its own against the stand-in for the Bot API of ``tests/``.  Every user asks,
waits for the answer, thinks for about ``--pause`` seconds and asks again; then one user asks for pictures, one by one.
Times are in milliseconds, by the clock: what else the machine does counts.
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
from functools import partial
from pathlib import Path

from bench.page import dated, write_section
from bot.charts.style import can_draw
from index import load
from tests.standin.people import User
from tests.standin.world import World

ROOT = Path(__file__).resolve().parent.parent
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
PICTURES = (
    "解放区一般公共预算收入趋势图",
    "上党区2023年社会保险基金收入总计构成图",
    "解放区2023年一般公共预算收入画个图",
    "上党区和解放区2023年一般公共预算收入、税收收入对比图",
)
ROUNDS = 10


def main() -> int:
    """Run and print."""
    arguments = parsed()
    arguments.load = os.getloadavg()[0]
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
            after, calls = memory(bot.pid), len(telegram.calls) - begun
            drawn = pictures(users[0]) if can_draw() else []
            lines = report(arguments, taken, seconds, (before, after), calls, drawn)
            print("\n".join(lines))
            if arguments.out:
                write_section(arguments.out, "chat.py", lines)
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
    parser.add_argument("--out", type=Path)
    return parser.parse_args()


def started(telegram: World, db: Path) -> subprocess.Popen[bytes]:
    """The bot as a user would run it; limits wide enough not to be what is measured."""
    url = telegram.base_url.removesuffix("/bot")
    environment = {**os.environ, "TELEGRAM_BOT_TOKEN": telegram.token, "YUSUAN_API_URL": url, "YUSUAN_QUOTA": "0"}
    code = (
        "import functools, sys; from bot.telegram import app; app.Pace = functools.partial(app.Pace, all_rate=1e6, "
        "chat_rate=1e6, chat_burst=1000, group_rate=1e6, group_burst=1000); "
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


def pictures(user: User) -> list[float]:
    """Milliseconds from the question to the call that sends the picture, drawn once or kept, one after the other."""
    taken = []
    for question in PICTURES * ROUNDS:
        sent = len(user.world.calls_of("sendPhoto"))
        pushed = time.monotonic()
        user.send(question)
        user.world.wait(partial(_more_than, user.world, sent), "a picture", timeout=30)
        taken.append((user.world.calls_of("sendPhoto")[-1].at - pushed) * 1000)
    return taken


def _more_than(world: World, sent: int) -> bool:
    return len(world.calls_of("sendPhoto")) > sent


def report(
    arguments: argparse.Namespace, taken: list[float], seconds: float, kilobytes: tuple[int, int], calls: int,
    drawn: list[float],
) -> list[str]:  # fmt: skip
    """The lines of the section."""
    ordered = sorted(taken)
    ninety_nine = ordered[int(len(ordered) * 0.99) - 1]
    lines = [
        "## 聊天", "",
        f"{dated(('python-telegram-bot',))}。",
        f"开始时系统负载 {arguments.load:.1f}（别的程序在用处理器时，时间会走得久些）。", "",
        f"`yusuan serve` 经 Bot API 的替身，{arguments.users} 人同时问，各自等到回答、想约 {arguments.pause:g} 秒再问；"
        "从消息送到机器人到发出回答的调用。", "",
        "| 问 | 秒 | 每秒 | 中位数 毫秒 | p99 | 最长 | 调用 | 内存 MB，之前→之后 |", "|--:" * 8 + "|",
        f"| {len(ordered)} | {seconds:.1f} | {len(ordered) / seconds:.0f} | {statistics.median(ordered):.1f} "
        f"| {ninety_nine:.1f} | {ordered[-1]:.1f} | {calls} | {kilobytes[0] / 1024:.0f}→{kilobytes[1] / 1024:.0f} |",
    ]  # fmt: skip
    if drawn:
        first, again = drawn[: len(PICTURES)], drawn[len(PICTURES) :]
        lines += [
            "", f"要图的一句（{len(PICTURES)} 种，一个人逐句问），到发出图片：第一遍要画，"
            f"中位数 {statistics.median(first):.0f} 毫秒，最长 {max(first):.0f}（画图的程序库已在空闲时装入）；"
            f"之后 {len(again)} 次，中位数 {statistics.median(again):.0f}，最长 {max(again):.0f}。",
        ]  # fmt: skip
    return lines


if __name__ == "__main__":
    raise SystemExit(main())
