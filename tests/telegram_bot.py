"""The bot under test: the sample reports in an index of their own, and the Application against the stand-in.

with running(telegram, place):                 # place: a folder with index.db, see the fixture of conftest-like tests
    anna.ask("上党区2023年教育支出")
"""

from __future__ import annotations

import atexit
import dataclasses
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.settings import Settings
from bot.telegram.app import UPDATES, build
from bot.telegram.limiter import Pace
from index import load
from tests.admin_reports import copied
from tests.standin.runner import polling
from tests.standin.world import World

ROOT = Path(__file__).resolve().parent.parent
REPORTS = ROOT / "data" / "reports"
# As fast as the machine is: the limits themselves are tested with clocks of their own.
FAST = Pace(
    all_rate=1e6, chat_rate=1e6, group_rate=1e6, group_burst=1_000, pause=0.01, longest_pause=0.05,
    progress=0.05, album=0.4, look=0.1,
)  # fmt: skip


def load_samples(folder: Path) -> Path:
    """The five sample reports in ``folder/index.db``: a copy of the index that was made of them once."""
    copied(_loaded(), folder)
    return folder / "index.db"


@cache
def _loaded() -> Path:
    """The folder of the index that all others are copied from; it goes when the process ends."""
    kept = TemporaryDirectory(prefix="samples-of-yusuan-")
    atexit.register(kept.cleanup)
    reports = load([REPORTS], Path(kept.name) / "index.db")
    assert sum(report.status == "loaded" for report in reports) == 5
    return Path(kept.name)


def settings_for(telegram: World, db: Path, **more: Any) -> Settings:
    """Settings of a bot at the stand-in; its state is beside the index."""
    url = telegram.base_url.removesuffix("/bot")
    return dataclasses.replace(
        Settings(token=telegram.token, db=db, api_url=url, workers=2, quota=0, deadline=60), **more
    )


def read_only(state: Path) -> sqlite3.Connection:
    """The file of a bot's state.  One that might write would bring the journal of a killed bot in when it is closed."""
    return sqlite3.connect(f"{state.resolve().as_uri()}?mode=ro", uri=True)


def kept(state: Path) -> list[str]:
    """The messages that a bot has taken and not yet dealt with, in the file of its state."""
    with closing(read_only(state)) as db:
        return [body for (body,) in db.execute("SELECT body FROM updates WHERE body != ''")]


@contextmanager
def running(telegram: World, db: Path, pace: Pace = FAST, **more: Any) -> Iterator[Settings]:
    """The bot by long polling; ``more`` are settings."""
    settings = settings_for(telegram, db, **more)
    app = build(settings, pace)
    # what waits in line, and what has been begun: updates and what they set going
    telegram.busy = lambda: bool(app.update_queue.qsize() or app._Application__create_task_tasks)  # type: ignore[attr-defined]
    try:
        with polling(app, allowed_updates=UPDATES):
            yield settings
    finally:
        telegram.busy = lambda: False
