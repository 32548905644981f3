"""``yusuan serve`` as a process of its own: it starts, answers, and stops when told to; what is wrong is one line."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.standin.state import PATIENCE
from tests.standin.world import World
from tests.telegram_bot import ROOT, load_samples


@contextmanager
def serving(folder: Path, **environment: str) -> Iterator[subprocess.Popen[str]]:
    """The command in a folder without .env."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "serve", "--db", str(folder / "index.db")],
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
