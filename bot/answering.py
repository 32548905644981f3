"""The assistant of the commands: it answers in time, or says that it could not, and then goes on as before.

Answering(db, 2.0).ask("上党区2023年教育支出多少", chat="a") -> Answer
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bot.deadline import TookTooLong, within
from index import Answer


class Answering:
    """Opening raises what opening an index raises."""

    def __init__(self, db: Path, seconds: float) -> None:
        from index import open_index

        self._db = db
        self._seconds = seconds
        self._assistant = open_index(db)

    def ask(self, question: str, chat: str | None = None) -> Answer:
        """The answer; raises TookTooLong.  The dialogues go on from the last question that was answered."""
        self._assistant.refresh()  # opening a new version is nobody's question
        try:
            with within(self._seconds):
                return self._assistant.ask(question, chat)
        except TookTooLong:
            self._assistant = self._assistant.renewed()  # the old one was left in the middle of something
            raise

    def explain(self, question: str) -> dict[str, Any]:
        """How a question is answered."""
        return self._assistant.explain(question)
