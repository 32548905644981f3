"""Figures in brackets behind their names: 新增转移支付（127万元）、一般债券（25万元）等172万元.

Each belongs to the name before its bracket, and the sum behind 等 to the list; none is a figure of what was spoken of.
"""

from __future__ import annotations

import re

from index.facts.context import State, Topic
from index.facts.marks import Marks
from index.facts.topic_rules import Found, topic_of
from index.find.amounts import Amount

_RATE = re.compile("(?:增[速幅]|增长率|降幅|占比|比重)$")  # 税收增速（14.9%）
_FACTOR = re.compile("(?:剔除|扣除|还原|不含)(?P<what>[^，。；]{4,24}因素)")  # 剔除一次性因素（15亿元）后
_MEASURED = re.compile("(?:[比较与]|为|占|完成|达到?)(?=[^，。；（）]*(?:预算|任务|目标|计划)数?$)")
_EDGES = "，。；：！？（）、"


class Bracketed:
    """Reads the brackets of one sentence in order."""

    def __init__(self, marks: Marks) -> None:
        self._marks = marks
        self._first: str | None = None  # the first name of the list that is open

    def topic(self, amount: Amount, previous: Amount | None, left: str, state: State) -> Found | None:
        """What a figure is about that stands alone in a bracket, or sums up a list of such; None for any other."""
        text, masked = self._marks.text, self._marks.masked
        rate = _RATE.search(text, 0, amount.start - 1) if amount.kind == "percent" else None
        if amount.kind != "money" and rate is None:
            return None
        if not (text.endswith("（", 0, amount.start) and text.startswith("）", amount.unit_end)):
            summed = left == "等" and self._first is not None and text.endswith("）等", 0, amount.start)
            return Found(Topic(f"{self._first}等"), True, "listed_sum") if summed else None
        begin = max(text.rfind(mark, 0, amount.start - 1) for mark in _EDGES) + 1
        begin = max(begin, previous.unit_end if previous else 0)
        end = rate.start() if rate else amount.start - 1
        if _MEASURED.match(text, begin, end):
            return None  # 比预算（3亿元）少支…, 完成调整预算（3亿元）的89%: a base, and no name
        if factor := _FACTOR.fullmatch(text, begin, end):
            return Found(Topic(factor["what"]), True, "bracket_factor")
        terms = [term for term in self._marks.terms if begin <= term.start and term.end <= end]
        found = topic_of(text[begin:end], masked[begin:end], "", terms, begin, state)
        if not found.new or found.topic is None:
            return None
        listed = text.startswith(("、", "和", "等"), amount.unit_end + 1)
        self._first = (self._first or found.topic.name) if listed else None
        return Found(found.topic, True, f"bracket_{found.rule}")
