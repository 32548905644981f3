"""``yusuan serve`` as a process of its own: it starts, answers, and stops when told to; what is wrong is one line."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.telegram import texts
from tests.standin.state import PATIENCE
from tests.standin.world import World
from tests.telegram_bot import ROOT, load_samples


@contextmanager
def serving(
    folder: Path, command: Sequence[str] = ("-m", "bot", "serve"), **environment: str
) -> Iterator[subprocess.Popen[str]]:
    """The command in a folder without .env."""
    process = subprocess.Popen(
        [sys.executable, *command, "--db", str(folder / "index.db")],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "YUSUAN_LOG": "INFO", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def test_serve_answers_and_stops(telegram: World, tmp_path: Path) -> None:
    load_samples(tmp_path)
    early = telegram.user("早到").send("上党区2023年教育支出多少")
    url = telegram.base_url.removesuffix("/bot")
    with serving(tmp_path, TELEGRAM_BOT_TOKEN=telegram.token, YUSUAN_API_URL=url) as process:
        assert "56,917" in early.answer().text
        anna = telegram.user()
        anna.press(anna.ask("西工区政府债务余额"), "构成").edited()
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, err
    assert "机器人在运行" in out
    assert telegram.token not in err  # httpx would log addresses
    assert "教育支出" not in err
    assert (tmp_path / "index.chats.db").exists()
    assert telegram.refusals() == []


FLOODED = """
import sys
from bot.cli import main
from bot.telegram import questions
from tests import strange_desk
questions.answered = strange_desk.endless
if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_serve_stops_while_it_is_flooded(telegram: World, tmp_path: Path, number: int) -> None:
    """Questions that never end keep nobody from stopping it; those who can still be answered are."""
    load_samples(tmp_path)
    url = telegram.base_url.removesuffix("/bot")
    script = tmp_path / "flooded.py"
    script.write_text(FLOODED, encoding="utf-8")
    flood = {"TELEGRAM_BOT_TOKEN": telegram.token, "YUSUAN_API_URL": url, "YUSUAN_WORKERS": "2", "YUSUAN_DEADLINE": "1"}
    with serving(tmp_path, command=(str(script), "serve"), **flood) as process:
        anna, *others = telegram.users(12)
        assert anna.ask("上党区2023年公共安全支出").text == texts.OVERDUE
        for other in others:
            for _ in range(5):
                other.send("上党区2023年公共安全支出")
        telegram.wait(lambda: len(telegram.bot_messages()) > 1, "another that is late")
        process.send_signal(number)
        _, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    assert "公共安全" not in err


def test_a_refused_token_is_one_line(telegram: World, tmp_path: Path) -> None:
    load_samples(tmp_path)
    wrong = "999:" + "A" * 35
    url = telegram.base_url.removesuffix("/bot")
    with serving(tmp_path, TELEGRAM_BOT_TOKEN=wrong, YUSUAN_API_URL=url) as process:
        _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert err.strip().splitlines()[-1].startswith("yusuan: Telegram 不认这个令牌")
    assert "Traceback" not in err
    assert wrong not in err


@pytest.mark.parametrize(
    "environment, words",
    [
        ({}, "TELEGRAM_BOT_TOKEN"),
        ({"TELEGRAM_BOT_TOKEN": "hello"}, "TELEGRAM_BOT_TOKEN"),
        (
            {"TELEGRAM_BOT_TOKEN": "1:" + "A" * 35, "YUSUAN_WEBHOOK_URL": "https://example.org/x"},
            "YUSUAN_WEBHOOK_SECRET",
        ),
        ({"TELEGRAM_BOT_TOKEN": "1:" + "A" * 35, "YUSUAN_QUOTA": "many"}, "YUSUAN_QUOTA"),
    ],
)
def test_what_is_missing_is_one_line(tmp_path: Path, environment: dict[str, str], words: str) -> None:
    with serving(tmp_path, **environment) as process:
        _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert words in err
    assert len(err.strip().splitlines()) == 1
