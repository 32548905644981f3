"""What is so much for one head, which is no sum that was spent.

按每孩每年|3600元的标准发放育儿补贴     育儿补贴标准, not the expenditure that was told of before
"""

from __future__ import annotations

import re

from index.facts.context import Topic
from index.facts.marks import CIRCUMSTANCE
from index.facts.open_names import MAX_NAME, PER
from index.find.amounts import Amount

_FOR_ONE = re.compile(rf"{PER}+[{CIRCUMSTANCE}]*(?:不低于|最高|约)?$")
_PAID_OUT = re.compile(
    r"的?标准[，、]?[^。；\d]{0,24}?(?:发放|给予|落实)(?P<what>[^，。；\d]{2,16}?(?:补贴|补助|津贴|救助金))"
)


def is_for_one(masked: str, amount: Amount) -> bool:
    """按每孩每年|3600元的标准: what one gets is not what was spent on all."""
    return amount.kind == "money" and bool(_FOR_ONE.search(masked))


def standard_of(topic: Topic, behind: str) -> Topic:
    """What is so much for one: named behind the figure, else what was spoken of."""
    if paid := _PAID_OUT.match(behind):
        return Topic(f"{paid['what']}标准")
    return topic if topic.name.endswith("标准") else Topic(f"{topic.name}标准"[-MAX_NAME:])
