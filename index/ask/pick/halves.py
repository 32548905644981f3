"""The two halves that one sentence tells of: asked for without saying which, both are meant.

城乡低保标准分别提高到每月738元和每月572元    低保标准多少 -> 城市低保标准 738, 农村低保标准 572
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from index.ask.vocabulary import asking_pattern
from index.models import StoredFact
from index.store.lookup import sentence_id


def are_halves(one: StoredFact, other: StoredFact) -> bool:
    """Whether two figures of a sentence are called the same but for which half they are of."""
    names = {one.fact.item, other.fact.item}
    whole = {asking_pattern("halves", "names").sub("", name) for name in names}
    return sentence_id(one.id) == sentence_id(other.id) and len(names) == 2 and len(whole) == 1 and not names & whole


def all_halves(facts: Iterable[StoredFact]) -> bool:
    """Whether each figure is the other half of the one before it: they contradict nothing."""
    return all(are_halves(one, other) for one, other in pairwise(facts))


def says_which(text: str) -> bool:
    """Whether a question names one of the halves."""
    return asking_pattern("halves", "said").search(text) is not None
