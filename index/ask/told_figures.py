"""A follow-up that reckons with the figures just given: what they come to, how far they are apart, how much one grew.

    2025年招商引资 4,821万元 | 前年呢 2,929万元 | 那等于涨了百分之多少 -> 64.6 %, the formula, both figures
    债务限额 12.5亿元 | 余额呢 10.4亿元 | 那还剩多少没用 -> 2.1亿元

The figures are those of the answer before if it gave several, else the first of the last two answers.  A question that
names anything of its own is none of these; one whose figures do not fit one another is left to the other readings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from index.ask.pick.wanted import says_only
from index.ask.query import Query
from index.ask.question import understand
from index.ask.reckoned import PLANS, Operation, differs, exact, line_of, part_of, reckon, size_of, stage_of, year_of
from index.ask.reckoning import answer_of, as_printed
from index.ask.search import Search
from index.ask.vocabulary import pattern_in, soft_words
from index.models import Answer, StoredFact

_OPERATIONS: Final[tuple[Operation, ...]] = ("sum", "growth", "share", "change", "gap")
_MARKS: Final = re.compile(r"[，。？?！!、\s]+")
MOST: Final = 8


def told_by(answer: Answer) -> tuple[str, ...]:
    """The facts that an answer gave, for a follow-up that reckons with them: "4711 12.5亿元".

    Nothing if there are too many, or one of them was computed: a sum of some would pass for that of all.
    """
    asked = [one for one in answer.figures if one.asked]
    if answer.status != "answered" or len(asked) > MOST or any(one.fact_id is None for one in asked):
        return ()
    return tuple(f"{one.fact_id} {one.value}{one.unit}" for one in asked)


def answer_told(search: Search, question: str, last: Query, before: Query | None) -> Answer | None:
    """The figure reckoned from those of the last answer and the one ``before`` it; None for any other question."""
    operation = _operation(question)
    if operation is None or not reckons(search, question):
        return None
    facts = _facts(search, last, before)
    if len(facts) < 2 or (operation != "sum" and len(facts) != 2):
        return None
    if operation == "gap" and pattern_in("told", "left").search(question) and not _leaves(*facts):
        return None  # 收入多少 | 支出呢 | 还剩多少 asks for the balance, which transfers are part of
    facts = _in_order(operation, facts)
    of_which = pattern_in("told", "of_which").search(last.text)
    if operation == "share" and not (of_which or part_of(*facts)):
        return None
    done = reckon(operation, facts)
    return answer_of(as_printed(search, done)) if done else None


def _in_order(operation: Operation, facts: list[StoredFact]) -> list[StoredFact]:
    """The part before its whole, the later year first, a limit before what is owed, else the last first."""
    match operation:
        case "sum":
            return facts
        case "share":
            return sorted(facts, key=size_of)
        case "growth":
            return sorted(facts, key=lambda one: one.fact.period, reverse=True)
        case _:
            return sorted((facts[1], facts[0]), key=lambda one: one.fact.measure != "limit")


def _leaves(one: StoredFact, other: StoredFact) -> bool:
    """Whether one less the other is what is left: a limit and what is owed, a budget and what was spent of it."""
    if {one.fact.measure, other.fact.measure} == {"limit", "outstanding"}:
        return True
    stages = {stage_of(one), stage_of(other)}
    return differs(one, other) == {"stage"} and "actual" in stages and bool(stages & set(PLANS))


def reckons(search: Search, question: str) -> bool:
    """Whether a question only asks to reckon, and names nothing of its own."""
    return _operation(question) is not None and not _names_something(search, question)


def _operation(question: str) -> Operation | None:
    return next((one for one in _OPERATIONS if pattern_in("told", one).search(question)), None)


def _names_something(search: Search, question: str) -> bool:
    """Whether a place, a year, an item or any word of its own is left beside the operation."""
    own = understand(question, search.atlas)
    if own.items or own.regions or own.periods or own.compared or own.account or own.scope or own.unknown:
        return True
    left = question
    for name in (*_OPERATIONS, "around"):
        left = pattern_in("told", name).sub("，", left)
    return any(len(word) > 1 and not says_only(word, soft_words()) for word in _MARKS.split(left))


def _facts(search: Search, last: Query, before: Query | None) -> list[StoredFact]:
    """The figures in the order they were told; of one that was told of several levels the first level."""
    now = held(search, last)
    earlier = _first_levels(held(search, before)) if before else []
    things = _first_levels(now)
    if not things:
        return []
    facts = things if len(things) > 1 else [*earlier[:1], *things] if earlier else now
    return facts if all(exact(one) for one in facts) else []


def held(search: Search, query: Query) -> list[StoredFact]:
    """The facts of an answer; none if one of them is another by now, in a newer index."""
    ids = [int(one.partition(" ")[0]) for one in query.figures]
    found = {one.id: one for one in search.store.facts_by_ids(ids)}
    facts = [found[one] for one in dict.fromkeys(ids) if one in found]
    same = [f"{one.id} {one.fact.value}{one.fact.unit}" for one in facts] == list(dict.fromkeys(query.figures))
    return facts if same else []


def _first_levels(facts: Sequence[StoredFact]) -> list[StoredFact]:
    """Of each thing the first level; none where the report gives two figures of one level."""
    first: dict[tuple[str, ...], StoredFact] = {}
    for one in facts:
        known = first.setdefault((one.fact.region, year_of(one), line_of(one), stage_of(one)), one)
        if known.fact.scope == one.fact.scope and known.fact.number != one.fact.number:
            return []
    return list(first.values())
