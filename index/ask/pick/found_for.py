"""A query in one place and period -> what is found there: measure by measure, given, computed, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.ask.found import Found
from index.ask.pick.computed import computed
from index.ask.pick.settle import settled
from index.ask.pick.verdict import judge
from index.ask.pick.wanted import wanted
from index.ask.query import Query
from index.ask.search import Search
from index.models import Period, StoredFact


def found_for(search: Search, query: Query, region: str, period: Period, near: Sequence[StoredFact] = ()) -> Found:
    """All measures asked of one thing, in the order of the question."""
    found = Found()
    for measure in query.measures or (None,):
        one = replace(query, measures=(measure,), alone=True) if measure and len(query.measures) > 1 else query
        asked = wanted(one, region, period, near=near)
        verdict = judge(search, asked)
        own = settled(search, asked, verdict) if verdict.given else computed(search, asked)
        found = replace(found.with_more(own), opened=found.opened or own.opened)
    return found
