"""收入…，支出…，结余…; 债务限额…，余额…: whose state a balance, a limit or an amount owed is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from index.facts import funds, limits, relations
from index.facts.context import State, Topic
from index.find.amounts import Amount
from index.lexicon import items
from index.models import Fact, Measure

_KINDS_OF_DEBT: Final = 2
_OWED: Final = re.compile("债务|借款|贷款|欠款|账款|基金$")


def opened_with(opening: Topic | None, at: int, facts: Sequence[Fact], before: str) -> Topic | None:
    """The item that a sentence, or its part behind the last ；, opened with, its figure ``at``; an open one if it is
    what is owed (存量债务3.8亿元，归还0.5亿元，|年末余额)."""
    if "；" in before:
        return opening if at >= before.rfind("；") else None
    first = next((one for one in facts if one.kind == "money"), None)
    owed = first is not None and not first.key and _OWED.search(first.item)
    return opening or (Topic(first.item, account=first.account) if first and owed else None)


def as_stock(
    topic: Topic | None, measure: Measure, state: State, facts: Sequence[Fact], *, new: bool, limit: Amount | None
) -> Topic | None:
    """The topic of a stock; that of any other figure as it is.  ``new``: its own words name it."""
    nameless = not new or (topic is not None and not topic.key)  # 低于|省核定|限额: no name of its own
    if measure == "limit" and nameless and limit is not None:
        topic = limits.whole_limited(state.parent, limit, facts) or topic
    if measure == "balance" and not new and topic is not None:
        topic = funds.balance_of(state) or relations.of_balance(topic, state.account)
    if topic is not None and topic.key.startswith("si-balance") and state.account not in ("", "social_insurance"):
        topic = relations.of_balance(topic, state.account)
    if measure in ("limit", "outstanding") and topic is not None:
        topic = relations.of_state(topic if topic.key else state.topic or topic, measure, topic)
    return topic


def told_last(facts: Sequence[Fact], measure: str) -> Topic | None:
    """一般债务、专项债务余额分别4亿元、5亿元，控制在限额|9亿元内: of both together; 12个获评优秀，占比|66%: of those
    counted; None if nothing such was told."""
    if measure == "share" and facts and facts[-1].kind == "count":
        return Topic(facts[-1].item)
    if measure not in ("limit", "outstanding"):
        return None
    told = {fact.key for fact in facts[-_KINDS_OF_DEBT:]}
    for stock in ("debt-balance", "debt-limit"):
        if told == {f"{stock}-general", f"{stock}-special"}:
            return Topic.of(items()["debt-limit" if measure == "limit" else "debt-balance"])
    return None
