"""A general name in a sentence about one thing is that thing's: 政府采购规模5.7亿元…节约880万元 -> 政府采购节约资金.

The thing is an item of the lexicon (or its parent) named before, up to a full stop or semicolon, and the lexicon has
the two together as an item of that family; else it keeps its name.  两项合计节约 sums the sentence before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from index.find.terms import exact_items
from index.lexicon import Item, items
from index.models import Fact, Sentence

_PARTED: Final = re.compile("[；。;]")
_LOOSE: Final = ("", "other")
_SUMMED: Final = re.compile("^(?:[两二三四五六]项)?(?:合计|共计|累计|总计|共)(?=.{2})")
_SUM: Final = "资金"  # 节约880万元: what is saved is money


def of_family(facts: Sequence[Fact], sentences: Sequence[Sentence]) -> list[Fact]:
    """The facts in order."""
    return [_placed(facts, at, sentences[fact.sentence]) for at, fact in enumerate(facts)]


def _placed(facts: Sequence[Fact], at: int, sentence: Sentence) -> Fact:
    fact, known = facts[at], items()
    general = fact.measure == "amount" and fact.account in _LOOSE and not fact.qualifiers and sentence.kind != "row"
    if not general or (fact.key and (fact.key not in known or known[fact.key].parent)):
        return fact
    name = _SUMMED.sub("", fact.item)
    summed = name != fact.item
    for before in reversed(facts[:at]):
        if before.sentence < fact.sentence - summed:
            break
        if not summed and _PARTED.search(sentence.text, before.end, fact.start):
            break
        if before.key in known and (item := _together(known[before.key], name)):
            return replace(fact, key=item.key, item=item.name, account=item.account or fact.account)
    return fact


def _together(before: Item, name: str) -> Item | None:
    """The item of the family of one that has its name and the general one."""
    head = items().get(before.parent, before)
    called = [item for tail in (name, name + _SUM) for item in exact_items(head.name + tail)]
    return next((item for item in called if item.parent == head.key), None)
