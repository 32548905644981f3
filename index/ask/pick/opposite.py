"""Words of which a figure is one or the other, and words that it must have if the question has them.

一般债 asked, 专项债 found: opposite        竣工 asked, 新开工 found: required
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import cast

from index.ask.pick.identity import clause
from index.ask.pick.wanted import Wanted
from index.lexicon import toml
from index.models import StoredFact
from index.text.normal import plain

Pair = tuple[re.Pattern[str], ...]


def opposite(one: StoredFact, asked: Wanted) -> bool:
    """一般债 is no 专项债, 限额 no 余额: one of a pair is asked for, the fact's own words hold only the other."""
    own = ""
    for pair, said in _one_sided(asked.said):
        own = own or f"{plain(one.fact.item)}，{clause(one)}"
        there = [word for word in pair if word.search(own)]
        if there and said not in there:
            return True
    return False


def says_one_side(asked: Wanted) -> bool:
    """Whether a question says one of a pair alone."""
    return bool(_one_sided(asked.said))


def required(one: StoredFact, asked: Wanted) -> bool:
    """老旧小区竣工了几个: not how many were begun; 乡镇债务限额 is not the city's."""
    wanted = _required_in(asked.said)
    if not wanted:
        return False
    own = f"{plain(one.fact.item)}，{clause(one)}，{one.fact.scope_words}"
    return any(not word.search(own) for word in wanted)


def requires(asked: Wanted) -> bool:
    """Whether a question has such a word."""
    return bool(_required_in(asked.said))


@lru_cache(maxsize=64)
def _one_sided(said: str) -> list[tuple[Pair, re.Pattern[str]]]:
    """The pairs of which a question says one, with the one that it says."""
    found = ((pair, [word for word in pair if word.search(said)]) for pair in _opposites())
    return [(pair, words[0]) for pair, words in found if len(words) == 1]


@lru_cache(maxsize=64)
def _required_in(said: str) -> list[re.Pattern[str]]:
    return [word for word in _required() if word.search(said)]


@cache
def _opposites() -> tuple[Pair, ...]:
    rows = cast(list[list[str]], toml("asking.toml")["opposite"]["pairs"])
    return tuple(tuple(re.compile(word) for word in pair) for pair in rows)


@cache
def _required() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(word) for word in cast(list[str], toml("asking.toml")["required"]["words"]))
