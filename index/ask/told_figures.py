"""A follow-up on the figures just given: one of them by its place, what several come to, how far they are apart, which
is the largest, what share one is of the other.

    2025年招商引资 4,821万元 | 前年呢 2,929万元 | 那等于涨了百分之多少 -> 64.6 %, the formula, both figures
    支出从高到低排 | 第4个是什么 | 前三加起来多少 | 第一名比最后一名多多少 -> of the rows of that list

The rows are those of the list before, or the figures of an answer that gave several, else the first of each of the last
answers.  A question that names anything of its own is none of these; one whose figures do not fit one another is left
to the other readings.  The words are in ``questions.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final, Literal

from index.ask.dialogue import DEEP
from index.ask.in_order import answer_in_order
from index.ask.pick.wanted import says_only
from index.ask.query import Query
from index.ask.question import understand
from index.ask.ranking.order import number_of
from index.ask.reckoned import (
    PLANS,
    Operation,
    differs,
    line_of,
    part_of,
    rates,
    reckon,
    size_of,
    stage_of,
    year_of,
)  # fmt: skip
from index.ask.reckoning import answer_of, as_printed
from index.ask.search import Search
from index.ask.vocabulary import pattern_in, soft_words
from index.models import Answer, StoredFact

Told = Operation | Literal["points", "order"]

_OPERATIONS: Final[tuple[Told, ...]] = ("sum", "points", "growth", "share", "change", "gap", "order")
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
    """The figure reckoned from those of the last answer and the ones ``before`` it; None for any other question."""
    operation = operation_in(question)
    if operation is None or not reckons(search, question):
        return None
    if operation != "order" and pattern_in("told", "pick").match(question.lstrip("那")):
        return None  # 前三加起来: of some of the rows
    if operation == "order" and last.shape == "rank":
        return None
    many = _number_of(question) or (in_a_row(replace(last, earlier=before)) if operation in ("sum", "order") else 0)
    facts = facts_told(search, last, before, many)
    if operation == "share" and len(facts) > 1 and len(by_level(facts)) == 1 and not (before and before.figures):
        return None  # 那占比呢 of one thing told of two levels: not what the one is of the other
    return reckoned_of(search, question, operation, facts, last) if len(facts) > 1 else None


def reckoned_of(
    search: Search, question: str, operation: Told, facts: Sequence[StoredFact], last: Query
) -> Answer | None:
    """The answer that an operation makes of some figures; None if they do not fit one another."""
    if operation == "order":
        if not _number_of(question) and len(parts := _without_wholes(facts)) > 1:
            facts = parts
        return answer_in_order(facts, fewest=bool(pattern_in("told", "fewest").search(question)))
    if (operation != "sum" and len(facts) != 2) or (operation == "points" and not rates(facts)):
        return None
    if operation == "gap" and pattern_in("told", "left").search(question) and not _leaves(*facts):
        return None  # 收入多少 | 支出呢 | 还剩多少 asks for the balance, which transfers are part of
    plainly = operation == "change" and pattern_in("told", "by_how_much").search(question)  # 收入 | 支出呢 | 多多少
    if plainly or operation == "points" or (rates(facts) and operation in ("growth", "change")):
        operation = "gap"
    facts = _in_order(operation, facts)
    of_which = pattern_in("told", "of_which").search(last.text)
    if operation == "share" and not (of_which or part_of(*facts)):
        return None
    done = reckon(operation, facts, across=operation != "share")
    return answer_of(as_printed(search, done)) if done else None


def _without_wholes(facts: Sequence[StoredFact]) -> list[StoredFact]:
    """一般公共预算收入 | 税收呢 | 非税呢 | 哪个多: of the parts."""
    return [one for one in facts if not any(part_of(other, one) for other in facts if other is not one)]


def _in_order(operation: Operation, facts: Sequence[StoredFact]) -> Sequence[StoredFact]:
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
    return operation_in(question) is not None and not _names_something(search, question)


def operation_in(question: str) -> Told | None:
    """What a follow-up asks to be reckoned."""
    return next((one for one in _OPERATIONS if pattern_in("told", one).search(question)), None)


def _names_something(search: Search, question: str) -> bool:
    """Whether a place, a year, an item or any word of its own is left beside the operation."""
    own = understand(pattern_in("told", "these").sub("", question), search.atlas)
    if own.items or own.regions or own.periods or own.compared or own.account or own.scope or own.unknown:
        return True
    left = question
    for name in ("these", *_OPERATIONS, "around"):
        left = pattern_in("told", name).sub("，", left)
    return any(len(word) > 1 and not says_only(word, soft_words()) for word in _MARKS.split(left))


def _number_of(question: str) -> int:
    """三个加起来 -> 3; 0 where no number is said."""
    found = pattern_in("told", "these").search(question)
    return number_of(found["n"] or "俩") if found else 0


def means_told(search: Search, question: str, last: Query) -> bool:
    """Whether nothing but the figures told can be meant: 哪个最多 of one, 三个加起来 of two, 加起来 of
    a long row or of two that do not add up."""
    alone = len(last.regions) == len(last.items) == 1 and len(last.periods) < 2 and last.shape == "lookup"
    if alone and pattern_in("told", "order").fullmatch(question.strip(" ，。？?！!")):
        return True
    if pattern_in("told", "points_apart").search(question) and reckons(search, question):
        return True
    if operation_in(question) != "sum" or not reckons(search, question):
        return False
    things = by_level(facts_told(search, last, last.earlier))
    beside = len({line_of(one) for one in things}) == len(things) > 1 == len({one.fact.region for one in things})
    return beside or _number_of(question) > 2 or in_a_row(last) > MOST


def facts_told(search: Search, last: Query, before: Query | None, many: int = 0) -> list[StoredFact]:
    """The figures in the order they were told, so ``many`` of them; of one told of several levels the first level."""
    now = held(search, last)
    things = by_level(now)
    if not things:
        return []
    alone = len(things) == 1 and not before
    while before and len(things) < (many or 2):
        earlier = by_level(held(search, before))
        if len(earlier) > 1:
            return []  # 教育和卫生各多少 | 农林水呢 | 差多少: from which of them?
        things, before = [*earlier, *things], before.earlier if earlier else None
    facts = now if alone or len(things) == 1 else things
    return facts if not many or many == len(facts) else []


def in_a_row(last: Query) -> int:
    """教育 | 卫生呢 | 住房呢 | 一共多少: how many questions differ in nothing but their items, their places or their
    years; 0 if only two, more than can be told of where there may be more."""
    longest = 0
    for slot in range(3):
        run, before = [_slots(last)], last.earlier
        while before and (own := _slots(before)) not in run and _without(own, slot) == _without(run[0], slot):
            run, before = [*run, own], before.earlier
        longest = max(longest, len(run) if _slots(last)[-1] else 0)
    return 0 if longest < 3 else longest if longest <= DEEP else MOST + 1


def _slots(query: Query) -> tuple[object, ...]:
    """What a question is for; at the end whether it is for one thing, and was answered."""
    single = len(query.items) == len(query.regions) == 1 and bool(query.figures)
    return query.items, query.regions, query.periods or query.told, query.scope, query.measures, single


def _without(slots: tuple[object, ...], slot: int) -> tuple[object, ...]:
    return slots[:slot] + slots[slot + 1 :]


def held(search: Search, query: Query) -> list[StoredFact]:
    """The facts of an answer; none if one of them is another by now, in a newer index."""
    ids = [int(one.partition(" ")[0]) for one in query.figures]
    found = {one.id: one for one in search.store.facts_by_ids(ids)}
    facts = [found[one] for one in dict.fromkeys(ids) if one in found]
    same = [f"{one.id} {one.fact.value}{one.fact.unit}" for one in facts] == list(dict.fromkeys(query.figures))
    return facts if same else []


def by_level(facts: Sequence[StoredFact]) -> list[StoredFact]:
    """Of each thing the first level; none where the report gives two figures of one level."""
    first: dict[tuple[str, ...], StoredFact] = {}
    for one in facts:
        known = first.setdefault((one.fact.region, year_of(one), line_of(one), stage_of(one)), one)
        if known.fact.scope == one.fact.scope and known.fact.number != one.fact.number:
            return []
    return list(first.values())
