"""Two figures that make a third by what they are, however far the sentences are apart: 税收＋非税, 一般债＋专项债.

一般公共预算收入完成144.8亿元，增长3%。其中，税收收入完成48.9亿元，占58.6%。非税收入完成59.9亿元      84.9＋59.9＝144.8
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Final

from index.check.adding import Sum, compared
from index.check.models import Finding
from index.check.paper import Paper, is_against
from index.facts.printed import Printed
from index.models import Fact

_MADE_OF: Final = {
    "total-gp-rev": ("gp-rev-101", "gp-rev-103"),
    "debt-balance": ("debt-balance-general", "debt-balance-special"),
    "debt-limit": ("debt-limit-general", "debt-limit-special"),
}
_LOOSE: Final = frozenset({"rough", "same_basis", "quote", "unit_missing"})
_NEAR: Final = 4  # sentences from a whole to its parts
_LOOKED_AT: Final = 40  # figures
_MEASURES: Final = ("actual", "budget", "adjusted_budget", "limit", "outstanding", "amount")


def of_wholes(paper: Paper) -> Iterator[Finding]:
    """All findings of this kind."""
    for whole, parts in made_of(paper):
        if _makes_another(paper, parts):
            continue
        yield from compared(paper, "分项", whole, Sum(tuple((1, fact) for fact in parts)), closed=True, sure=False)


def _makes_another(paper: Paper, parts: Sequence[Fact]) -> bool:
    """限额315亿元，余额298亿元，其中一般债务84亿元、专项债务214亿元: whatever they are filed as, they make the 余额."""
    made = Sum(tuple((1, fact) for fact in parts)).range
    before = (fact for fact in paper.by_sentence.get(parts[0].sentence, []) if fact.end <= parts[0].start)
    return any(fact.kind == "money" and made.meets(Printed.rounded(fact)) for fact in before)


def made_of(paper: Paper) -> Iterator[tuple[Fact, Sequence[Fact]]]:
    """Each whole with the two figures behind it that make it."""
    told = [
        fact
        for _, facts in paper.prose()
        for fact in facts
        if fact.kind == "money" and fact.measure in _MEASURES and not _LOOSE & set(fact.flags) and not fact.qualifiers
    ]
    told = [fact for fact in told if not is_against(paper.sentences[fact.sentence].text[: fact.start])]
    parts = {key for pair in _MADE_OF.values() for key in pair}
    by_key = {key: [fact for fact in told if fact.key == key] for key in (*_MADE_OF, *parts)}
    for key, (one, other) in _MADE_OF.items():
        for whole in by_key[key]:
            first, second = _behind(paper, whole, by_key[one]), _behind(paper, whole, by_key[other])
            if first is not None and second is not None and not _is_settled(whole, by_key[key], (first, second)):
                yield whole, (first, second)


def _behind(paper: Paper, whole: Fact, parts: Sequence[Fact]) -> Fact | None:
    """The part behind a whole, of its time and place, the only one in its section between it and the next whole."""
    section = paper.sentences[whole.sentence].section
    first = bisect_right(parts, (whole.sentence, whole.start), key=_place)
    behind = takewhile(lambda fact: fact.sentence - whole.sentence <= _NEAR, parts[first : first + _LOOKED_AT])
    near = [
        fact for fact in behind
        if paper.sentences[fact.sentence].section == section and _slots(fact) == _slots(whole)
    ]  # fmt: skip
    return near[0] if len(near) == 1 else None


def _place(fact: Fact) -> tuple[int, int]:
    return fact.sentence, fact.start


def _slots(fact: Fact) -> tuple[object, ...]:
    return fact.region, fact.scope or "whole", fact.period, fact.measure, fact.owner


def _is_settled(whole: Fact, wholes: Sequence[Fact], pair: tuple[Fact, Fact]) -> bool:
    """Is another whole of the same time and place nearer to the parts, or the parts in two of its lists?"""
    first = min(_place(pair[0]), _place(pair[1]))
    next_one = bisect_right(wholes, _place(whole), key=_place)
    behind = takewhile(lambda one: _place(one) < first, wholes[next_one : next_one + _LOOKED_AT])
    between = [one for one in behind if _slots(one) == _slots(whole)]
    return bool(between) or abs(pair[0].sentence - pair[1].sentence) > 2
