"""The figures that a dialogue has told, as far as they are still the same in the index, and the years they are of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from index.ask.dialogue import DEEP
from index.ask.query import Query
from index.ask.reckoned import line_of, stage_of, year_of
from index.ask.search import Search
from index.ask.vocabulary import words
from index.ask.wording import period_name
from index.models import Answer, Period, StoredFact

MOST: Final = 8


def told_by(answer: Answer) -> tuple[str, ...]:
    """The facts that an answer gave, for a follow-up that reckons with them: "4711 12.5亿元".

    Nothing if there are too many, or one of them was computed: a sum of some would pass for that of all.
    """
    asked = [one for one in answer.figures if one.asked]
    if answer.status != "answered" or len(asked) > MOST or any(one.fact_id is None for one in asked):
        return ()
    return tuple(f"{one.fact_id} {one.value}{one.unit}" for one in asked)


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


# ---------------------------------------------------------------------------------------------- years


def head_of(search: Search, query: Query) -> str:
    """长治市上党区2023年: whose figures were told, as a whole question begins."""
    years = years_of(query)
    return (
        search.atlas.full_name(query.regions[0])
        + query.scope_words
        + (period_name(years[0]) if len(years) == 1 else "")
    )


def years_of(query: Query) -> tuple[Period, ...]:
    """The periods asked for, else the year of the answer."""
    return query.periods or ((Period.year(query.told),) if query.told else ())


def year_before(last: Query | None) -> int:
    """The year that 上一年 counts from in a follow-up; 0 if the answer before was of no single year."""
    newest = next(iter(years_of(last)), None) if last else None
    return newest.first_year if newest and newest.first_year == newest.last_year else 0


def counts_from_today(last: Query) -> bool:
    """Whether the year of the question before was said as 去年 or 今年."""
    said = any(f"“{word}" in last.period_note for word in words("relative", "calendar"))
    return said and "接着" not in last.period_note


def year_told(query: Query, answer: Answer) -> int:
    """The year of the figures that an answer gave; 0 if they are of none, or of several."""
    years = {one.period[:4] for one in answer.figures if one.asked}
    return int(next(iter(years))) if len(years) == 1 and all(year.isdigit() for year in years) else query.told
