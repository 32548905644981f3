"""The figure that held before: of an earlier budget, of the year compared with, of a standard since raised.

由645元|提高至685元                 what it was before
教育支出由5亿元|调整为6亿元          the budget before
较2024年的837.8亿元|增加5%          the figure of the year it is measured against
"""

from __future__ import annotations

import re

from index.facts.context import Topic
from index.facts.marks import CIRCUMSTANCE
from index.facts.open_names import PER
from index.find.amounts import Amount

_CHANGE = r"(?:提高|增加|上升|提升|上调|增长|扩大|下降|降低|减少|压减|调整|精简|调[增减]|核[增减]|压缩|降|升|增|提)"
_BEFORE = r"(?:原来?|此前|[年期]初)的?"
_CHANGED_FROM = re.compile(rf"[由从]{CIRCUMSTANCE}*(?:{_BEFORE})?(?:{PER}|{CIRCUMSTANCE})*约?$")
_CHANGED_TO = re.compile(rf"[^，。；]{{0,6}}{_CHANGE}[到至为]")
_ADJUSTED_TO = re.compile(r"[^，。；]{0,6}调(?:整|[增减])[到至为]")
_COMPARED = re.compile(rf"[，、（]?{CIRCUMSTANCE}+(?:的|决算|执行|完成|预计|同期|余额|数)*")
_DIFFERS = re.compile(rf"(?:(?:相比|比较)?[，、]?(?:净|实际)?{_CHANGE}|多|少)")


def is_former(masked: str, amount: Amount) -> bool:
    """由645元提高至685元: is this the figure that held before?"""
    return bool(_CHANGED_TO.match(masked, amount.unit_end) and _CHANGED_FROM.search(masked, 0, amount.start))


def is_budget_before(masked: str, amount: Amount, topic: Topic) -> bool:
    """教育支出由5亿元|调整为6亿元: of an item of a budget, the figure before is that of a budget."""
    moved = _ADJUSTED_TO.match(masked, amount.unit_end)
    return bool(moved and topic.key and topic.flow in ("revenue", "expenditure")) and not topic.qualifiers


def is_of_compared_year(left: str, masked: str, behind: str) -> bool:
    """较2024年的837.8亿元增加…, 比上年执行数51.5万元增长…: the figure is that of the year compared with."""
    compared = left.lstrip("，、（").startswith(("比", "较", "与"))
    return compared and bool(_COMPARED.fullmatch(masked) and _DIFFERS.match(behind))
