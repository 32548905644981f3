"""The development questions asked through the chat: the same figures as on the command line."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from index import Assistant, load
from tests.standin.world import World
from tests.telegram_bot import running


def questions_of(path: Path) -> list[tuple[str, str]]:
    """Dialogue and question of every turn."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row: dict[str, Any] = json.loads(line)
        found += [(str(row["id"]), question) for question in row["turns"]]
    return found


@pytest.mark.real
@pytest.mark.parametrize(
    "reports, questions", [("reports/seeds", "seeds_dev.jsonl"), ("reports", "dev_questions.jsonl")]
)
def test_the_chat_says_what_the_command_line_says(
    telegram: World, shared: Path, tmp_path: Path, reports: str, questions: str
) -> None:
    db = tmp_path / "index.db"
    load([shared / reports], db)
    command_line = Assistant(db)
    people: dict[str, Any] = {}
    wrong, checked = [], 0
    with running(telegram, db):
        for chat, question in questions_of(shared / "eval" / questions):
            person = people.setdefault(chat, telegram.user(chat))
            card = person.ask(question)
            answer = command_line.ask(question, chat)
            said = re.sub(r"[\s,]", "", card.text)
            missing = [
                figure.value
                for figure in answer.figures
                if figure.asked and re.sub(r"[\s,]", "", figure.value).lstrip("-") not in said
            ]
            checked += any(figure.asked for figure in answer.figures)
            if missing:
                wrong.append((question, missing, card.text))
    command_line.close()
    assert wrong == []
    assert checked > 60
    assert telegram.refusals() == []
