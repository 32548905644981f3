"""Fixtures for tests of the bot: ``from tests.standin.fixtures import telegram`` in a conftest or a test module."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.standin.world import World

ROOT = Path(__file__).resolve().parents[2]


def api_list() -> Path | None:
    """The published list of methods, where it is present."""
    path = Path(os.environ.get("YUSUAN_SHARED") or ROOT.parent / "shared") / "telegram" / "api.min.json"
    return path if path.is_file() else None


@pytest.fixture
def telegram() -> Iterator[World]:
    """The Bot API and the people around it (see ``world.py``), started and stopped by this test."""
    with World(api_list()) as world:
        yield world


@pytest.fixture
def plain_telegram() -> Iterator[World]:
    """The same with the built-in rules only, as where the published list is absent."""
    with World() as world:
        yield world
