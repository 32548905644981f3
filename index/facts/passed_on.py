"""New limits of debt that a level keeps or passes on: whoever gets it, it is new limit of theirs.

新增限额38.6亿元，市本级|留用|26.7亿元        新增债务限额 of the own level
转贷县（市）区|11.9亿元，其中甲市|4.3亿元     新增债务限额 of the levels below, of 甲市
新增专项债券9亿元，转贷县区|3亿元             bonds are lent on: 转贷县区, as printed
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from index.facts.context import Topic
from index.facts.levels import level_of, related
from index.facts.marks import CIRCUMSTANCE, Marks
from index.facts.walk import Walk
from index.find.amounts import Amount
from index.lexicon import items
from index.models import Fact, Region

_NEW: Final = "debt-limit-new"
_PASSED: Final = re.compile(
    "(?:分配|转贷|下达)(?:给)?(?:所属|各)?[\u4e00-\u9fff（）、]{2,12}|(?:分配|转贷|下达)(?:给)?"
)
_KEPT: Final = re.compile("留用|自留")


def passed_on(
    topic: Topic | None, amount: Amount, facts: Sequence[Fact], walk: Walk, marks: Marks, start: int, own: Region | None
) -> Topic | None:
    """The new limit that a figure (its words from ``start`` on) is kept or passed on of; ``topic`` if it is none.

    Where it is passed on, ``walk`` goes to the level or the place that gets it.
    """
    if topic is None or topic.key or amount.kind != "money":
        return topic
    given = bool(_PASSED.fullmatch(topic.name))
    if not given and not _KEPT.fullmatch(topic.name):
        return topic
    limit = _limit_of(amount, facts)
    if limit is None or (given and not _goes_to(walk, marks, start, amount.start, own)):
        return topic
    walk.hold(limit)
    return limit


def is_shared_out(topic: Topic, masked: str) -> bool:
    """新增限额9亿元。安排|市本级|4亿元: does a giving verb but say at which level the limit stays?"""
    return topic.key.startswith(_NEW) and masked.endswith(CIRCUMSTANCE)


def _limit_of(amount: Amount, facts: Sequence[Fact]) -> Topic | None:
    """Which of the new limits told of before: the only one, or that from which what was kept leaves the figure."""
    told = [fact for fact in facts if fact.key.startswith(_NEW) and fact.measure == "limit" and fact.number is not None]
    keys = list(dict.fromkeys(fact.key for fact in told))
    if len(keys) > 1:
        keys = [key for key in keys if _leaves(amount, [fact for fact in told if fact.key == key])]
    return Topic.of(items()[keys[0]]) if len(keys) == 1 else None


def _leaves(amount: Amount, told: Sequence[Fact]) -> bool:
    """新增限额38.6亿元，市本级26.7亿元 … 11.9亿元."""
    whole, *others = told
    kept = [fact.number for fact in others if fact.scope == "own"]
    return any(number is not None and whole.number == number + (amount.number or 0) for number in kept)


def _goes_to(walk: Walk, marks: Marks, start: int, end: int, own: Region | None) -> bool:
    """Let the state be of the level below or the place that the words name; False if they name neither."""
    places = [place for place in marks.places if start <= place.start and place.end <= end]
    for place in places[-1:]:
        regions = [region for region in place.regions if own is None or related(region, own)]
        if len(regions) == 1:
            walk.state = walk.state._replace(region=regions[0], scope="", scope_words="")
            return True
    scopes = [scope for scope in marks.scopes if start <= scope.start and scope.end <= end]
    if scopes and level_of(scopes[-1], own) == "lower":
        walk.state = walk.state._replace(scope="lower", scope_words=scopes[-1].text)
        return True
    return False
