"""What the sentences of a passage began with: a whole that is parted, and to which the text goes back.

收入9亿元。其中，税收6亿元。分部门看，税务部门7亿元。当月完成1亿元。    the last is of what the first began with
"""

from __future__ import annotations

import re

from index.facts.body_totals import is_total
from index.facts.clauses import PART_OF, SPLIT
from index.facts.context import State, Topic, account_in
from index.facts.marks import Marks
from index.facts.spans import is_to_come
from index.facts.topic_rules import leads
from index.find.periods import PeriodMatch

_MARKS_ONLY = re.compile(r"[“”‘’、，.（）①-⑳—\d一二三四五六七八九十是]*")


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


def turns_to(topic: Topic, start: int | None, state: State, marks: Marks) -> bool:
    """Does a topic that is no total say which account the text is on: where none is, or as the sentence begins
    (一般公共预算安排资金17亿元, at the end of a section on the insurances)?"""
    if not state.account and not is_total(topic.key):
        # one land sale or insurance makes no chapter on its account, unless that is named
        return topic.account == "general_public" or account_in(topic.name) == topic.account
    if start is None or state.parent is not None or topic.key or topic.account != "general_public":
        return False
    return leads(marks.text[:start], marks.masked[:start])


def opens_with(marks: Marks, match: PeriodMatch, year: int) -> bool:
    """Does a period open its sentence, so that it holds for what follows?"""
    if is_to_come(match, year) and not _MARKS_ONLY.fullmatch(marks.text, 0, match.start):
        return False  # 争取“十五五”时期继续安排…: said in passing
    return leads(marks.text[: match.start].lstrip("—"), marks.masked[: match.start].lstrip("—"))
