"""What the sentences of a passage began with: a whole that is parted, and to which the text goes back.

收入9亿元。其中，税收6亿元。分部门看，税务部门7亿元。当月完成1亿元。    the last is of what the first began with
"""

from __future__ import annotations

from index.facts.clauses import PART_OF, SPLIT
from index.facts.context import Topic


class Opening:
    """``whole`` is the item that the last sentence began with that is no part and no split."""

    def __init__(self) -> None:
        self.whole: Topic | None = None
        self._first: Topic | None = None  # what the sentence begins with
        self._parts = self._splits = False

    def enter(self, text: str) -> Topic | None:
        """Begin a sentence; the whole that it goes back to, behind one that split it."""
        if not self._parts:
            self.whole = self._first or self.whole
        behind = self.whole if self._splits else None
        self._first = None
        self._splits = bool(SPLIT.match(text))
        self._parts = self._splits or bool(PART_OF.match(text))
        return None if self._splits else behind

    def begin(self, topic: Topic) -> None:
        """Note the item of a figure, if it is the sentence's first."""
        if self._first is None and topic.key:
            self._first = topic

    def forget(self) -> None:
        """The text turns to another account."""
        self._first = self.whole = None
