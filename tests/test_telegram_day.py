"""A working day: every scene reads as it was read by eye, and nothing in it is what nobody should read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests import golden_day
from tests.golden_day import SCENES
from tests.standin.world import World
from tests.telegram_bot import load_samples

_STEP = re.compile(r"^\d\d\. .*$", re.MULTILINE)


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of the sample reports, of which every scene has its copy."""
    return load_samples(tmp_path_factory.mktemp("day"))


@pytest.mark.parametrize("name", SCENES)
def test_a_scene_reads_as_kept(telegram: World, samples: Path, tmp_path: Path, name: str) -> None:
    text = golden_day.played(telegram, samples, tmp_path / "day", name)
    assert telegram.refusals() == []
    kept = (golden_day.FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    assert text == kept, "read the difference; python -m tests.golden_day keeps it"


def replies() -> list[tuple[str, str]]:
    """What is said and what is answered, over all scenes."""
    found = []
    for path in sorted(golden_day.FOLDER.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        heads = [match[0] for match in _STEP.finditer(text)]
        found += list(zip(heads, _STEP.split(text)[1:], strict=True))
    return found


def test_there_are_three_days_of_messages() -> None:
    assert len(replies()) >= 400


def test_no_reply_of_the_day_is_a_failure() -> None:
    assert [head for head, body in replies() if "出了点问题" in body or "算得太久" in body] == []


SMALL = ("谢谢", "好的", "👍", "再见", "thank you", "你好")


def test_small_talk_never_brings_the_card_again() -> None:
    small = [(head, body) for head, body in replies() if head.partition("：")[2].endswith(SMALL)]
    assert len(small) > 8
    assert [head for head, body in small if re.search(r"\d 万元|[历年]\]", body) and "？" not in head] == []
