"""The difference to a plan that a report prints by itself, where neither side of it is told.

卖地收入比年初预算少多少 -> 国有土地使用权出让收入预计较年初预算减收|5.2亿元
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from index.ask.answers import answer_cells
from index.ask.cells import of_told
from index.ask.defaults import periods_for
from index.ask.pick.identity import MOVED
from index.ask.query import Query
from index.ask.search import Search
from index.ask.side_words import stage_in
from index.ask.sides import Expression, name_of
from index.models import Answer

_BASES: Final = ("年初预算", "预算", "年度预算", "调整预算", "年初")


def printed_difference(search: Search, asked: Expression, query: Query) -> Answer | None:
    """The answer with the one figure by which the report says that what is asked for is off its plan; else None."""
    one, other = asked.sides[0], asked.sides[-1]
    bases = [base for base in _BASES if (stage_in(base) or "budget",) == other.measures]
    if asked.operation != "gap" or asked.respects != {"stage"} or len(one.regions) != 1 or not bases:
        return None
    periods = one.periods or periods_for(search, query, one.regions[0])[0]
    names = [f"{name_of(one)}（比{base}{MOVED}" for base in bases]
    found = [fact for period in periods for fact in search.of_names(one.regions[0], period, names)]
    if len({(fact.fact.number, fact.fact.scope) for fact in found}) != 1:
        return None
    return answer_cells([of_told(search, found[0])], replace(query, measures=()))
