"""A follow-up that reckons with the figures just given: what several come to, how far they are apart, which is the
largest, what share one is of the other.

    2025年招商引资 4,821万元 | 前年呢 2,929万元 | 那等于涨了百分之多少 -> 64.6 %, the formula, both figures

The figures are those of an answer that gave several, else the first of each of the last answers.  A question whose
figures do not fit one another is left to the other readings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.ask.query import Query
from index.ask.ranking.first import answer_in_order
from index.ask.reckoned import PLANS, differs, line_of, part_of, rates, reckon, size_of, stage_of
from index.ask.reckoning import answer_of, as_printed
from index.ask.search import Search
from index.ask.told.demand import Demand, Told, demand_of
from index.ask.told.figures import MOST, by_level, facts_told, in_a_row
from index.ask.vocabulary import pattern_in
from index.models import Answer, StoredFact


def answer_told(search: Search, question: str, last: Query, before: Query | None) -> Answer | None:
    """The figure reckoned from those of the last answer and the ones ``before`` it; None for any other question."""
    demand = demand_of(search, question)
    operation = demand.operation
    if operation is None or (demand.picks and operation != "order") or (operation == "sum" and "占" in demand.text):
        return None  # 前三加起来: of some of the rows; 两个加起来占支出多少: no sum
    if operation == "order" and last.shape == "rank":
        return None
    many = demand.many or (in_a_row(replace(last, earlier=before)) if operation in ("sum", "order") else 0)
    facts = facts_told(search, last, before, many)
    if operation == "share" and len(facts) > 1 and len(by_level(facts)) == 1 and not (before and before.figures):
        return None  # 那占比呢 of one thing told of two levels: not what the one is of the other
    return reckoned_of(search, demand, operation, facts, last) if len(facts) > 1 else None


def reckoned_of(
    search: Search, demand: Demand, operation: Told, facts: Sequence[StoredFact], last: Query
) -> Answer | None:
    """The answer that an operation makes of some figures; None if they do not fit one another."""
    if operation == "order":
        if not demand.many and len(parts := _without_wholes(facts)) > 1:
            facts = parts
        return answer_in_order(facts, fewest=demand.says("fewest"))
    if (operation != "sum" and len(facts) != 2) or (operation == "points" and not rates(facts)):
        return None
    if operation == "gap" and demand.says("left") and not _leaves(*facts):
        return None  # 收入多少 | 支出呢 | 还剩多少 asks for the balance, which transfers are part of
    plainly = operation == "change" and demand.says("by_how_much")  # 收入 | 支出呢 | 多多少
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


def _in_order(operation: Told, facts: Sequence[StoredFact]) -> Sequence[StoredFact]:
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


def means_told(search: Search, question: str, last: Query) -> bool:
    """Whether nothing but the figures told can be meant: 哪个最多 of one, 三个加起来 of two, 加起来 of
    a long row or of two that do not add up."""
    demand = demand_of(search, question)
    alone = len(last.regions) == len(last.items) == 1 and len(last.periods) < 2 and last.shape == "lookup"
    if alone and pattern_in("told", "order").fullmatch(demand.text):
        return True
    if demand.operation and demand.says("points_apart"):
        return True
    if demand.operation != "sum":
        return False
    things = by_level(facts_told(search, last, last.earlier))
    beside = len({line_of(one) for one in things}) == len(things) > 1 == len({one.fact.region for one in things})
    return beside or demand.many > 2 or in_a_row(last) > MOST
