"""The level a question names, beside what there is: 全市 of a district is not its own; of two, one may be missing.

解放区2023年一般公共预算收入全区和区本级各多少 -> 全区 90,074 万元, and ※ 没有找到区本级的数
"""

from __future__ import annotations

import re
from dataclasses import replace

from index.ask import wording
from index.ask.query import Query
from index.ask.scoping import find_scope
from index.ask.search import Search
from index.models import Answer

_OWN = {"own", "own_wide"}
# 全市 is the whole of a city, and of a county-level city.
_WHOLE_OF = {"全省": "省", "全自治区": "区", "全市": "市", "全州": "州", "全盟": "盟"}


def both_levels(query: Query, answer: Answer) -> Answer:
    """The answer with a remark on the level that is missing, of whatever place, year and item it is."""
    both = find_scope(query.text).both if answer.status == "answered" and not query.scope else ()
    if not both:
        return answer
    told: dict[tuple[str, str, str], set[str]] = {}
    for one in answer.figures:
        if one.asked:
            told.setdefault((one.region, one.period, one.item), set()).add(one.scope)
    several = [len({name[slot] for name in told}) > 1 for slot in range(3)]
    notes = tuple(
        f"没有找到{''.join(part for part, more in zip(name, several, strict=True) if more)}{word}的数"
        for name, scopes in told.items() if (word := _missing(scopes, both))
    )  # fmt: skip
    return wording.noted(answer, *notes) if notes else answer


def _missing(scopes: set[str], both: tuple[str, ...]) -> str:
    """The words of the level that is not told, where the other one is."""
    if "whole" in scopes and not scopes & _OWN:
        return both[1]
    return both[0] if scopes & _OWN and "whole" not in scopes else ""


def not_its_level(search: Search, query: Query) -> str:
    """全市 asked of a district: its city is meant, or nothing; the name of the district, else ""."""
    word = query.scope_words
    if query.scope != "whole" or word not in _WHOLE_OF:
        return ""
    for code in query.regions:
        region = search.atlas.regions.get(code)
        if region and region.parent in query.regions:
            continue  # 夷陵区占|宜昌全市: the level is that of the city named beside it
        if region and region.level in ("county", "zone") and region.name[-1:] not in _WHOLE_OF[word]:
            return region.full_name
    return ""


def with_its_city(search: Search, query: Query) -> Query:
    """甲区收入占|全市几成: the city is meant beside it, as where it is named."""
    own = search.atlas.regions.get(query.regions[0]) if len(query.regions) == 1 else None
    share = re.search(f"占(?:到|了|其|整个)*{query.scope_words}", query.text)
    if own is None or not share or own.parent not in search.atlas.newest or not not_its_level(search, query):
        return query
    return replace(query, regions=(*query.regions, own.parent))


def of_other_level(search: Search, query: Query, last: Query | None) -> bool:
    """黄石市级多少 | 大冶呢: a level that was said of the city says nothing of a county in it."""
    known = search.atlas.regions
    before, now = ({known[code].level for code in one.regions if code in known} for one in (last or query, query))
    return bool(before and now) and not before & now
