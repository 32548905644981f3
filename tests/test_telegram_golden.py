"""The golden cards are what the chat shows (``python -m tests.golden_cards`` writes them anew; read the difference)."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import tests.golden_admin_cards as admin
from bot.telegram.page import LONGEST, length
from bot.telegram.tables import WIDTH, width
from index import Desk
from tests.golden_cards import CASES, GOLDEN, golden_text, page_for
from tests.telegram_bot import load_samples


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = Desk(load_samples(tmp_path_factory.mktemp("samples")))
    yield desk
    desk.close()


@pytest.mark.parametrize("name, questions, pressed, unit", CASES, ids=[case[0] for case in CASES])
def test_golden_card(desk: Desk, name: str, questions: list[str], pressed: str, unit: str) -> None:
    page = page_for(desk, questions, pressed, unit)
    assert golden_text(page) == (GOLDEN / f"{name}.html").read_text(encoding="utf-8")
    assert length(page.html) <= LONGEST
    for block in page.html.split("<pre>")[1:]:
        assert all(width(line) <= WIDTH for line in block.partition("</pre>")[0].split("\n"))


def test_no_golden_card_is_left_over() -> None:
    assert {path.stem for path in Path(GOLDEN).glob("*.html")} == {case[0] for case in CASES}


@pytest.mark.parametrize("name", admin.CASES)
def test_golden_admin_page(name: str) -> None:
    page = admin.CASES[name]()
    assert admin.page_text(name) == (admin.FOLDER / f"{name}.html").read_text(encoding="utf-8")
    assert length(page.html) <= LONGEST
    first = html.unescape(re.sub(r"<[^>]+>", "", page.html.split("\n")[0]))
    assert width(first) <= 2 * WIDTH  # two lines of a phone
    for row in page.markup.inline_keyboard if page.markup else ():
        assert all(len(str(one.callback_data).encode()) <= 64 for one in row)


def test_no_golden_admin_page_is_left_over() -> None:
    assert {path.stem for path in admin.FOLDER.glob("*.html")} == set(admin.CASES)
