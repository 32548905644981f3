"""Facts whose names are completed: what is a part of one of them is a part of it under the new name.

碧水桥计划投资5000万元，其中一期|2000万元     碧水桥投资 is the whole of 一期, once that is its name
"""

from __future__ import annotations

from dataclasses import replace

from index.facts.open_names import MAX_NAME
from index.models import Fact


class Renames:
    """The new names of one sentence after another; the facts come in the order of the text."""

    def __init__(self) -> None:
        self._sentence: int | None = None
        self._called: dict[str, str] = {}

    def named(self, fact: Fact, name: str) -> Fact:
        """The fact under its new (or old) ``name``, its whole under the name that the sentence gave it last."""
        if fact.sentence != self._sentence:
            self._sentence, self._called = fact.sentence, {}
        name = name[:MAX_NAME] if name != fact.item else name
        parent = self._called.get(fact.parent, fact.parent)
        if name != fact.item:
            self._called[fact.item] = name
        return replace(fact, item=name, parent=parent)
