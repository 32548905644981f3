"""The bot with admins: an index of the sample reports of its own, the reports folder beside it, people with roles.

with office_bot(telegram, place, samples) as bot:      # place: an empty folder, samples: see load_samples
    bot.admin.upload(…)
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.settings import Settings
from index import Office
from tests.standin.people import User
from tests.standin.shown import Sent, Shown
from tests.standin.state import PATIENCE
from tests.standin.world import World
from tests.telegram_bot import REPORTS, running

FIRST = next(REPORTS.glob("01_*"))


@dataclass(slots=True)
class OfficeBot:
    """A running bot and who is around it."""

    world: World
    settings: Settings
    owner: User
    admin: User
    asker: User

    def look(self) -> Office:
        """A second office on the same index, as the command line has one; close it."""
        return Office(self.settings.db, self.settings.reports)

    def log(self) -> list[tuple[str, str, str, str]]:
        """Who, action, subject, outcome; the latest first."""
        office = self.look()
        try:
            return [(one.by.name, one.action, one.subject, one.outcome) for one in office.log(500)]
        finally:
            office.close()

    def latest(self, chat: int) -> Shown:
        """The bot's last message in a chat."""
        return max((one for one in self.world.bot_messages() if one.chat_id == chat), key=lambda one: one.id)

    def card(self, sent: Sent, words: str = "采用后", timeout: float = PATIENCE) -> Shown:
        """The report on what was sent, once it is there."""
        card = sent.answer(timeout)
        self.world.wait(lambda: words in card.text, f"{words!r} in the report: now {card.text!r}", timeout)
        return card


def own_index(samples: Path, place: Path) -> Path:
    """A copy of the index of the samples with its versions, which a test may change."""
    place.mkdir(parents=True, exist_ok=True)
    versions = samples.with_name("index.versions")
    shutil.copytree(versions, place / "index.versions")
    newest = max((place / "index.versions").glob("[0-9]*.db"))
    os.link(newest, place / "index.db")
    return place / "index.db"


def reports_folder(place: Path) -> Path:
    """The folder of the sample reports, as a test may change it."""
    folder = place / "reports"
    shutil.copytree(REPORTS, folder)
    return folder


@contextmanager
def office_bot(
    telegram: World, place: Path, samples: Path, *, forgiven: Collection[str] = (), **more: Any
) -> Iterator[OfficeBot]:
    """The bot with an owner, an admin and somebody who only asks; at the end nothing it said may have been refused,
    but for the methods ``forgiven``."""
    owner, admin, asker = telegram.user("王局长"), telegram.user("安娜"), telegram.user("鲍里斯")
    people = {"owners": frozenset({owner.id}), "admins": frozenset({admin.id})}
    db = place / "index.db" if (place / "index.db").exists() else own_index(samples, place)
    folder = place / "reports" if (place / "reports").exists() else reports_folder(place)
    with running(telegram, db, reports=folder, **{**people, **more}) as settings:
        yield OfficeBot(telegram, settings, owner, admin, asker)
    assert [call for call in telegram.refusals() if call.method not in forgiven] == []
