"""What no report prints but its figures fix: completion, growth, last year's figure; where no candidate is sure enough.

住房保障支出 2022, of which the report on 2023 gives 8767万元 and 增支1864万元 -> 6903 万元, marked as computed
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.ask import derive
from index.ask.found import Found
from index.ask.pick.exclude import contradicted
from index.ask.pick.identity import FORMER
from index.ask.pick.settle import settled
from index.ask.pick.verdict import Verdict, judge
from index.ask.pick.wanted import Wanted
from index.ask.search import Search
from index.ask.select import asks_same_basis, by_scope
from index.models import Figure, Measure, Period, StoredFact
from index.store.lookup import sentence_id

_CHANGES: tuple[Measure, ...] = ("yoy_pct", "yoy_amount")
LIKELY = 0.8
ONLY_RATE = "报告只写了增减的幅度，没有写增减的金额"
_COMPUTED: tuple[Measure, ...] = ("completion", *_CHANGES)


def computed(search: Search, asked: Wanted) -> Found:
    """A ratio or change of the line that its level would be; else the year before, from its successor's change."""
    measure = _ratio(asked)
    if measure is None:
        return _from_next_year(search, asked)
    if asks_same_basis(asked.query) or _within_a_year(asked):  # what the figures give is on no such basis
        return Found()
    level = replace(
        asked, wishes={"actual": 1.0}, kinds=frozenset({"money"}),
        query=replace(asked.query, measures=("actual",), kind="money", count_word=""),
    )  # fmt: skip
    verdict = judge(search, level)
    if verdict.given and (stepped := _stepped(search, verdict.line[0].candidate.one, measure)):
        return stepped
    if not verdict.given or not verdict.line[0].candidate.one.fact.key:
        return Found()
    shown = settled(search, level, verdict)
    printed = [one for one in shown.context if one.fact.measure == measure]
    to_last_year = _base_year(asked) == asked.period.last_year - 1 or measure not in _CHANGES
    printed = [one for one in printed if to_last_year and one.id not in contradicted(printed, asked)]
    if printed:
        return Found(asked=(printed[0],), context=shown.asked[:1])
    for group in _levels(search, level, verdict):
        figure = _figure(search, asked, group, measure)
        if figure:
            return Found(computed=(figure,), context=(*shown.asked[:1], *shown.context))
    return _rate_alone(shown, asked) if measure == "yoy_amount" else Found()


def _rate_alone(shown: Found, asked: Wanted) -> Found:
    """少多少, where the report tells only by how many percent: that, and that it is all."""
    rates = [one for one in shown.context if one.fact.measure == "yoy_pct" and "same_basis" not in one.fact.flags]
    if not rates or asked.kinds or _base_year(asked) != asked.period.last_year - 1:  # 比2021年: no rate is told of that
        return Found()
    return Found(asked=(rates[0],), context=shown.asked[:1], notes=(ONLY_RATE,))


def _stepped(search: Search, after: StoredFact, measure: Measure) -> Found | None:
    """标准由645元提高至685元: by how much, from both figures of the sentence."""
    told = search.store.facts_of_sentences([sentence_id(after.id)])
    before = [one for one in told if one.fact.item == f"{after.fact.item}{FORMER}" and one.fact.unit == after.fact.unit]
    figure = derive.step(before[0], after, measure) if len(before) == 1 and measure in _CHANGES else None
    return Found(computed=(figure,), context=(before[0], after)) if figure else None


def _ratio(asked: Wanted) -> Measure | None:
    """The ratio that is plainly asked for."""
    wished = [(asked.wishes.get(measure, 0.0), measure) for measure in _COMPUTED]
    weight, measure = max(wished, key=lambda pair: pair[0])
    return measure if weight >= LIKELY else None


def _levels(search: Search, asked: Wanted, verdict: Verdict) -> list[list[StoredFact]]:
    best = verdict.line[0].candidate.one
    facts = search.of_item(asked.region, asked.period, [best.fact.key])
    own = [one for one in facts if one.fact.account == best.fact.account]
    return by_scope(own, best.fact.scope if asked.scope else asked.scope)


def _figure(search: Search, asked: Wanted, group: Sequence[StoredFact], measure: Measure) -> Figure | None:
    if not group:
        return None
    if measure == "completion":
        adjusted = True if "调整" in asked.text else False if "年初" in asked.text else None
        return derive.completion(group, adjusted=adjusted)
    year, printed = _base_year(asked), not asked.query.compared
    before = search.of_item(asked.region, Period.year(year), [group[0].fact.key])
    return derive.growth(group, before, measure, printed=printed or year == asked.period.last_year - 1)


def _within_a_year(asked: Wanted) -> bool:
    """1-8月比|1-7月|多多少: set against months of the same year."""
    compared = asked.query.compared
    return len(compared) == 1 and compared[0].first_year == asked.period.first_year


def _base_year(asked: Wanted) -> int:
    """The year compared with: the one before, or the one named (2025年比2019年)."""
    compared = asked.query.compared
    return compared[0].last_year if len(compared) == 1 else asked.period.last_year - 1


def _from_next_year(search: Search, asked: Wanted) -> Found:
    year = asked.period.last_year
    whole = asked.period == Period.year(year) and not asked.query.kind.strip("money")
    if not whole or not asked.keys or asked.query.measures not in ((), ("actual",)) or asked.query.stage == "plan":
        return Found()
    later = search.of_item(asked.region, Period.year(year + 1), asked.keys[:1])
    for group in by_scope([one for one in later if _in_account(one, asked)], asked.scope):
        figure = derive.last_year(group, year)
        if figure:
            return Found(computed=(figure,))
    return Found()


def _in_account(one: StoredFact, asked: Wanted) -> bool:
    return not asked.account or one.fact.account in (asked.account, "", "other")
