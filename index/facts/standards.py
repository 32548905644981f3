"""What is so much for one head, which is no sum that was spent.

按每孩每年|3600元的标准发放育儿补贴     育儿补贴标准, not the expenditure that was told of before
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from index.facts.context import Topic
from index.facts.marks import CIRCUMSTANCE
from index.facts.open_names import MAX_NAME, PER, printed_name
from index.find.amounts import Amount
from index.lexicon import cues
from index.models import Fact

_FEW: Final = Decimal(100_000)  # yuan

_FOR_ONE = re.compile(rf"{PER}+[{CIRCUMSTANCE}]*(?:不低于|最高|约)?$")
_PAID_OUT = re.compile(
    r"的?标准[，、]?[^。；\d]{0,24}?(?:发放|给予|落实)(?P<what>[^，。；\d]{2,16}?(?:补贴|补助|津贴|救助金))"
)


_RAISED = re.compile(
    "(?:由|从)?(?:提高|上调|增加|降低)?[到至]?(?:每[人孩])?每[月年季天].*$|(?:提高|上调|增加|降低)[到至].*$"
)


def is_for_one(masked: str, amount: Amount) -> bool:
    """按每孩每年|3600元的标准: what one gets is not what was spent on all."""
    return amount.kind == "money" and bool(_FOR_ONE.search(masked))


def is_no_line(topic: Topic, amount: Amount, facts: Sequence[Fact]) -> bool:
    """小学每年720元、初中940元: so few yuan, behind a standard, are no 初中教育 of a budget."""
    few = amount.unit == "元" and amount.number is not None and abs(amount.number) < _FEW
    return few and topic.key.startswith("gp-exp") and bool(facts) and facts[-1].unit == "元" and not facts[-1].key


def beside(facts: Sequence[Fact], left: str) -> Topic:
    """…公用经费定额小学|720元、初中|940元: the standard told before, with the other side in its place."""
    name = _RAISED.sub("", printed_name(left))
    before = facts[-1].item.removesuffix("（此前）") if facts else ""
    side = next((one for one in cues("naming", "sides") if before.endswith(one)), "")
    return Topic(f"{before.removesuffix(side)}{name}" if side and name in cues("naming", "sides") else name or before)


def standard_of(topic: Topic, behind: str) -> Topic:
    """What is so much for one: named behind the figure, else what was spoken of."""
    if paid := _PAID_OUT.match(behind):
        return Topic(f"{paid['what']}标准")
    return topic if topic.name.endswith("标准") else Topic(f"{topic.name}标准"[-MAX_NAME:])
