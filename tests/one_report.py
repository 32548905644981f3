"""An index of one report made up for a test, and somebody to ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from index.ask.assistant import Assistant
from index.build import load


@contextmanager
def assistant_of(folder: Path, name: str, report: str) -> Iterator[Assistant]:
    """``name`` is that of its file, without the ending: it tells the place and the year."""
    file = folder / f"{name}.txt"
    file.write_text(report, encoding="utf-8")
    load([file], folder / "made.db")
    assistant = Assistant(folder / "made.db")
    try:
        yield assistant
    finally:
        assistant.close()


def told(assistant: Assistant, turns: Sequence[str]) -> tuple[list[str], str]:
    """What a dialogue of its own comes to: the figures asked for with their units, none of a refusal; and the reply."""
    answer = [assistant.ask(turn, turns[0]) for turn in turns][-1]
    figures = answer.figures if answer.status == "answered" else ()
    return [f"{one.value}{one.unit}" for one in figures if one.asked], answer.reply


def begins(assistant: Assistant, turns: Sequence[str], wanted: Sequence[str]) -> None:
    """The figures asked for are these first; none at all, where none are wanted."""
    figures, reply = told(assistant, turns)
    assert figures[: len(wanted) or None] == list(wanted), reply
