"""The front door.  Two roads that meet in a SQLite file:

    load:  报告 -> Document -> sentences and facts -> index
    ask:   上党区2023年教育支出多少 -> Query -> facts and sentences -> Answer

``load(paths, db)`` reports on every file, ``open_index(db).ask(question)`` answers, a ``Desk`` answers as a chat needs
it.  Each is imported when first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from index.errors import YusuanError
from index.models import Answer, Figure

if TYPE_CHECKING:
    from index.ask.assistant import Assistant
    from index.ask.assistant import Assistant as open_index  # noqa: N813
    from index.ask.desk import Choice, Desk, Detail, Held, Passage, Row, Shown, Turn, View, Way
    from index.build import LoadReport, load

__all__ = [
    "Answer", "Assistant", "Choice", "Desk", "Detail", "Figure", "Held", "LoadReport", "Passage", "Row", "Shown",
    "Turn", "View", "Way", "YusuanError", "load", "open_index",
]  # fmt: skip

_HOME = {"load": "build", "LoadReport": "build", "Assistant": "ask.assistant"}
_OF_DESK = {"Choice", "Desk", "Detail", "Held", "Passage", "Row", "Shown", "Turn", "View", "Way"}


def __getattr__(name: str) -> object:
    name = "Assistant" if name == "open_index" else name
    home = "ask.desk" if name in _OF_DESK else _HOME.get(name)
    if home is None:
        raise AttributeError(f"module 'index' has no attribute {name!r}")
    return getattr(import_module(f"index.{home}"), name)
