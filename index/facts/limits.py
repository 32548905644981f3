"""Limits that a stock of debt is held against: whose limit it is, and what is but the room left below one.

债务余额90亿元，其中一般债务40亿元、专项债务50亿元，控制在限额|95亿元以内   of the whole: the part alone is no sentence
政府债务余额低于限额|5亿元                                           the room below, no limit
新增债务限额9亿元，其中一般债务新增|1亿元                                新增一般债务限额, as all parts of it are
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from index.facts.context import Topic
from index.facts.debt_names import debt_name
from index.facts.open_names import printed_name
from index.find.amounts import Amount
from index.lexicon import items
from index.models import Fact, Sentence

_QUOTA: Final = "新增额度"
_BELOW: Final = re.compile(r"[低小少]于[^，。；\d]{0,16}限额(?:[约近共为达]|以内)*$")


def without_loans(facts: Sequence[Fact], sentences: Sequence[Sentence]) -> list[Fact]:
    """担保贷款额度20亿元，新增额度|3.3亿元: no limit of debt where the sentence says nothing of debt."""
    return [
        replace(fact, item=_QUOTA, key="", account="other", measure="amount", parent="")
        if fact.key == "debt-limit-new" and _QUOTA in fact.label and "债" not in sentences[fact.sentence].text
        else fact
        for fact in facts
    ]


def whole_limited(parent: Topic | None, amount: Amount, facts: Sequence[Fact]) -> Topic | None:
    """The whole whose parts were told, if a limit without a name of its own is wide enough for it; None if it is not,
    and the limit that of the last part."""
    whole = next((fact for fact in reversed(facts) if parent is not None and fact.key == parent.key), None)
    if parent is None or whole is None or whole.measure != "outstanding" or whole.number is None:
        return None
    return parent if amount.number is not None and amount.number >= whole.number else None


def room_below(left: str, amount: Amount, facts: Sequence[Fact]) -> Topic | None:
    """政府债务余额低于限额|5亿元: how far a stock stays below its limit; None if the figure is the limit itself, as it
    is behind a stock (余额90亿元，低于限额|95亿元) that it is no less than."""
    below = _BELOW.search(left)
    if below is None or amount.kind != "money" or amount.number is None:
        return None
    stock = next((fact.number for fact in reversed(facts) if fact.measure == "outstanding"), None)
    fits = stock is not None and amount.number >= stock
    if fits or (stock is None and "余额" not in left[: below.start()]):
        return None
    return Topic("政府债务余额低于限额", account="debt")


def part_of_new(topic: Topic, parent: Topic, left: str) -> Topic | None:
    """新增债务限额9亿元，其中一般债务（限额）|1亿元: a kind of the new limit, not of all limits; None if the words
    ``left`` before the figure name no kind, or bonds that were issued."""
    part = debt_name(printed_name(left) or topic.name) if parent.key == "debt-limit-new" else None
    if part is None or part.kind not in ("general", "special") or part.act not in ("", "limit"):
        return None
    return Topic.of(items()[f"{parent.key}-{part.kind}"]) if part.origin in ("", "new") else None
