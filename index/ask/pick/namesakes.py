"""A bare name that the reports give to several things: each is shown under its own, and nothing contradicts.

节约资金 -> 政府采购节约资金 880.48万元, 财政投资评审节约资金 8.17亿元
"""

from __future__ import annotations

from functools import cache

from index.ask.conflict import NAMESAKES
from index.ask.found import Found
from index.ask.query import Query
from index.ask.search import Search
from index.lexicon import items
from index.models import Period


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
