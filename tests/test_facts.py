"""Facts of running text: each line of ``cases/facts.jsonl`` is a little report and what it says.

``facts`` must each be there with all the fields they name (``has``: words of the item or of its label); ``none`` lists
what must not be there: a printed value, or a pattern like those of ``facts``.
"""

from __future__ import annotations

from collections import Counter
from itertools import permutations
from typing import Any

import pytest

from index.models import Fact
from tests.parse_builders import cases, facts_of, fits, shown

CASES = tuple(cases("facts.jsonl"))
LEAST = {
    "plain": 8, "prose": 12, "parts": 6, "brackets": 4, "stages": 5, "share": 5, "yoy": 5, "times": 3, "points": 3,
    "base": 4, "rank": 3, "count": 6, "bare": 3, "withheld": 3, "negative": 3, "each": 6, "scope": 5, "region": 5,
    "plan": 5, "half": 5, "accounts": 5, "balance": 4, "debt": 5, "purpose": 5, "cut": 4, "nothing": 20, "fund": 20,
    "five": 12, "difference": 12, "given": 12, "mark": 5,
}  # fmt: skip


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"].replace(" ", "_")) for case in CASES])
def test_little_report(case: dict[str, Any]) -> None:
    facts = facts_of(case["title"], *case["lines"])
    missing = [wanted for wanted in case["facts"] if not any(fits(fact, wanted) for fact in facts)]
    assert not missing, f"not found: {missing}{shown(facts)}"
    surplus = [fact for fact in facts for barred in case.get("none", []) if _is_barred(fact, barred)]
    assert not surplus, f"must not be there:{shown(tuple(surplus))}"


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"].replace(" ", "_")) for case in CASES])
def test_value_has_one_measure(case: dict[str, Any]) -> None:
    """A figure is read once: no two facts begin at the same character of the same sentence."""
    facts = facts_of(case["title"], *case["lines"])
    places = Counter((fact.sentence, fact.start) for fact in facts)
    assert [place for place, count in places.items() if count > 1] == []


def test_every_construction_has_its_cases() -> None:
    counts = Counter(case["name"].partition("/")[0] for case in CASES)
    assert {group: counts[group] for group, least in LEAST.items() if counts[group] < least} == {}
    assert len({case["name"] for case in CASES}) == len(CASES) >= 120


@pytest.mark.parametrize("first, second", [*permutations(("亿元", "万元", "元", "千元", "百万元"), 2)])
def test_a_missing_unit_is_the_first_of_two_as_frequent(first: str, second: str) -> None:
    """Not now the one and now the other: the order of a set differs from process to process."""
    facts = facts_of("长治市上党区2023年决算", f"2023年教育支出5{first}，卫生健康支出6{second}，城乡社区支出789。")
    assert [fact.unit for fact in facts if fact.value == "789"] == [first]


def _is_barred(fact: Fact, barred: str | dict[str, Any]) -> bool:
    return fact.value == barred if isinstance(barred, str) else fits(fact, barred)
