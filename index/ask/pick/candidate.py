"""A fact that could be meant, with the texts around it that say what it is, in normal form.

|教育支出56917万元，占年度预算|…   -> name 教育支出, clause 教育支出, head 二、一般公共预算支出
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from index.ask.clauses import own_clause
from index.lexicon import cue_regex, items
from index.models import StoredFact
from index.text.normal import before_value, plain

AFTER = 60
_YEAR: Final = re.compile(r"\d{4}年(?:度)?")
SHORT = 2  # 农村 may mean 农林水支出, and is a word of many other names


@dataclass(frozen=True, slots=True)
class Candidate:
    """A fact with its texts: its name and the other names of its item, the clause and phrase around its value, what it
    is part of and what its paper is on, what stands before and behind it in the sentence, headings and table heads."""

    one: StoredFact
    name: str
    names: str
    clause: str
    label: str
    parent: str
    before: str
    after: str
    head: str


def matter_of(one: StoredFact) -> str:
    """某县2024年度|农村公路养护专项资金绩效评价报告: what a title says that the paper is on, without place and year."""
    year = _YEAR.search(plain(one.title))
    return plain(one.title)[year.end() :] if year else ""


def candidate(one: StoredFact) -> Candidate:
    """The texts of a fact."""
    fact = one.fact
    label = before_value(plain(fact.label), plain(fact.value))
    after = plain(one.text[fact.end :])[:AFTER]
    name = plain(fact.item)
    if after.removeprefix(plain(fact.unit)).startswith(name):  # …；|3个|项目收益未上缴: what stands before is another's
        label = own_clause(label)
    clause = own_clause(label)
    item = items().get(fact.key)
    return Candidate(
        one,
        name,
        "\n".join((*item.words, *(word for word in item.people if len(word) > SHORT))) if item else "",
        clause,
        label,
        f"{plain(fact.parent)}\n{matter_of(one)}",
        _before(one, name),
        after,
        f"{plain(one.section)}\n{plain(one.header)}",
    )


def _before(one: StoredFact, name: str) -> str:
    """What stands before a figure; 减免…；发放补贴…，|惠及婴幼儿|5.4万名: whom it reaches is of its own part alone."""
    before = plain(one.text[: one.fact.start])
    return before.rpartition("；")[2] if _reaches().match(name) else before


@cache
def _reaches() -> re.Pattern[str]:
    return re.compile(cue_regex("naming", "reaching"))
