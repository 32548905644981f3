"""收入总计 and 支出总计 of a body that carried something over: with what was left, no revenue and no spending.

本年收入合计 90 | 本年支出合计 95, 收入总计 99 | 支出总计 99     the last two are 部门收支总计
收入总计 90 | 支出总计 90 and no other sum                      they are all that came in and all that is spent
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from index.facts import body_totals
from index.models import Fact, Sentence

_SIDES: Final = ("dept-rev", "dept-exp")
_GRAND: Final = re.compile(r"(?:收入|支出)(?:预算|决算)?总计\D{0,4}$")
_OF_YEAR: Final = re.compile(r"(?:本年(?:度)?(?:收入|支出)|(?:收入|支出)(?:预算|决算)?合计)\D{0,6}$")
_NEAR: Final = 24  # characters before a figure in which it is named


def with_grand_totals(facts: Sequence[Fact], sentences: Sequence[Sentence]) -> list[Fact]:
    """The facts in order, the grand totals of bodies under their own key where they are more than the year's sum."""
    sums = {(_slots(fact), fact.number) for fact in facts if fact.key in _SIDES and _named(fact, sentences, _OF_YEAR)}
    of_year = dict(sums)
    key, name = body_totals.total_called("收支总计") or ("", "")
    return [
        replace(fact, key=key, item=name, flow="", parent="") if _is_grand(fact, sentences, of_year) else fact
        for fact in facts
    ]


def _is_grand(fact: Fact, sentences: Sequence[Sentence], of_year: Mapping[tuple[object, ...], object]) -> bool:
    if fact.key not in _SIDES or not _named(fact, sentences, _GRAND):
        return False
    own = [of_year.get((*_slots(fact)[:-1], side)) for side in _SIDES]
    return any(number is not None and number != fact.number for number in own)


def _slots(fact: Fact) -> tuple[object, ...]:
    return fact.owner, fact.period, fact.measure, fact.qualifiers, fact.key


def _named(fact: Fact, sentences: Sequence[Sentence], name: re.Pattern[str]) -> bool:
    text = sentences[fact.sentence].text[: fact.start]
    return bool(name.search(text[-_NEAR:]))
