"""A query in one place and period -> what is found there: measure by measure, given, computed, or nothing.

节约资金, a bare name that the reports give to several things -> 政府采购节约资金, 财政投资评审节约资金: each by its own
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache

from index.ask.conflict import NAMESAKES
from index.ask.effort import once
from index.ask.found import Found
from index.ask.pick.computed import computed
from index.ask.pick.readings import readings
from index.ask.pick.settle import settled
from index.ask.pick.verdict import Verdict, judge
from index.ask.pick.wanted import Wanted, wanted
from index.ask.query import Query
from index.ask.search import Search
from index.lexicon import items
from index.models import Measure, Period, StoredFact

_ROUNDED = Decimal("0.06")


def found_for(search: Search, query: Query, region: str, period: Period, near: Sequence[StoredFact] = ()) -> Found:
    """All measures asked of one thing, in the order of the question."""
    key = (search, query, region, period, tuple(one.id for one in near))
    return once(key, lambda: _found_for(search, query, region, period, near))


def _found_for(search: Search, query: Query, region: str, period: Period, near: Sequence[StoredFact]) -> Found:
    if told := namesakes(search, query, region, period):
        return told
    found = Found()
    for measure in _measures(query) or (None,):
        one = replace(query, measures=(measure,), alone=True) if measure and len(query.measures) > 1 else query
        asked, verdict = best_reading(search, one, region, period, near)
        own = settled(search, asked, verdict) if verdict.given else computed(search, asked)
        if asked.query.items != one.items and asked.query.items:  # read as another item: shown under its own name
            own = replace(own, opened=True)
        if not verdict.given and _printed(own, verdict):
            own = settled(search, asked, verdict)
        if own.some:  # how another reading than the first one took the words
            own = replace(own, notes=(*own.notes, *(note for note in asked.query.notes if note not in one.notes)))
        found = replace(found.with_more(own), opened=found.opened or own.opened)
    return found


def _printed(own: Found, verdict: Verdict) -> bool:
    """完成预算95.46 %, reckoned, where the best candidate says 95.45 %: the report's own figure is given."""
    if len(own.computed) != 1 or own.asked or not verdict.line or own.computed[0].unit != "%":
        return False
    best = verdict.line[0].candidate.one.fact
    return (
        best.kind == "percent"
        and best.number is not None
        and abs(best.number - Decimal(own.computed[0].value)) <= _ROUNDED
    )


def _measures(query: Query) -> tuple[Measure, ...]:
    """The measures asked for; 债务余额里专项债占百分之多少 names a stock only to say of what the share is."""
    if "share" in query.measures:
        return tuple(one for one in query.measures if one not in ("outstanding", "limit", "balance"))
    return query.measures


def best_reading(
    search: Search, query: Query, region: str, period: Period, near: Sequence[StoredFact] = ()
) -> tuple[Wanted, Verdict]:
    """The first reading that is sure enough to answer; if none is, the one whose figure is the surest."""
    found: list[tuple[Wanted, Verdict]] = []
    for one in readings(search, query, region, period):
        asked = wanted(one, region, period, near=near)
        found.append((asked, judge(search, asked)))
        if found[-1][1].given:
            return found[-1]
    return max(found, key=lambda pair: pair[1].sure)


def namesakes(search: Search, query: Query, region: str, period: Period) -> Found | None:
    """One figure for each thing of the name; None for one alone, or where the question says which."""
    if len(query.items) != 1 or query.chunks or query.given or query.scope or not query.items[0].keys:
        return None
    own = query.items[0].keys[0]
    family = _family(own)
    if not family or not set(query.measures) <= {"amount", "actual"}:
        return None
    facts = search.of_item(region, period, [own, *family])
    sums = [one for one in facts if one.fact.measure == "amount" and one.fact.kind == "money" and not one.fact.owner]
    told = {one.fact.key: one for one in reversed(sums) if one.fact.number is not None}
    asked = tuple(sorted(told.values(), key=lambda one: one.id))
    return Found(asked, notes=(NAMESAKES,), opened=True) if len(asked) > 1 else None


@cache
def _family(key: str) -> tuple[str, ...]:
    """The items of other things whose names end in a general one, which is of none (节约资金)."""
    known = items()
    if key not in known or known[key].parent or known[key].account != "other":
        return ()
    name = known[key].name
    return tuple(one for one, item in known.items() if item.parent not in ("", key) and item.name.endswith(name))
