"""A figure parted by levels is of all of them, whatever level was spoken of before.

代发政府债券107亿元。其中，市级70亿元、县级37亿元    107 = 70 + 37: of the whole, not of 市级
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from index.facts.settle import slots
from index.models import Fact

_AHEAD: Final = 8  # figures: the parts of a whole stand right behind it
_OWN: Final = ("own", "own_wide")


def levelled(facts: Sequence[Fact]) -> list[Fact]:
    """The facts in order; those that the levels below add up to are of the whole."""
    kept = list(facts)
    for position, fact in enumerate(facts):
        if fact.scope not in _OWN or fact.kind != "money" or not fact.number or fact.rule == "table":
            continue
        ahead = range(position + 1, min(len(facts), position + 1 + _AHEAD))
        parts = [at for at in ahead if _is_part(facts[at], fact)]
        if len(parts) > 1 and facts[parts[0]].scope in _OWN and facts[parts[1]].scope == "lower":
            own, lower = facts[parts[0]].number, facts[parts[1]].number
            if own is not None and lower is not None and own + lower == fact.number:
                for at in range(position, parts[0]):  # with its growth and its share
                    if slots(facts[at]) == slots(fact):
                        kept[at] = replace(facts[at], scope="whole", scope_words="")
    return kept


def _is_part(fact: Fact, whole: Fact) -> bool:
    near = whole.sentence <= fact.sentence <= whole.sentence + 1
    same = (fact.key or fact.item, fact.region, fact.measure, fact.kind, fact.period) == (
        whole.key or whole.item, whole.region, whole.measure, whole.kind, whole.period,
    )  # fmt: skip
    return near and same
