"""The assistant of the commands: it answers in time, or says that it could not, and then goes on as before.

Answering(open_index(db), 2.0).ask("上党区2023年教育支出多少", chat="a") -> Answer
"""

from __future__ import annotations

from typing import Any

from bot.deadline import TookTooLong, within
from index import Answer, Assistant


class Answering:
    """``seconds`` is the time one answer may take."""

    def __init__(self, assistant: Assistant, seconds: float) -> None:
        self._seconds = seconds
        self._assistant = assistant

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
