"""The places of one level by an item, where no place is named: all whose reports are held.

"2023年哪个县教育支出最多" -> 平顺县 …, then the next ones, and of how many places that is the order
"""

from __future__ import annotations

from typing import Final

from index.ask.ordering import CAPITALS
from index.ask.peers import ranking
from index.ask.query import Query
from index.ask.rank import IN_ORDER, by_measure, downwards, listed
from index.ask.search import Search
from index.ask.showing import View
from index.ask.vocabulary import has, soft_words
from index.find.gazetteer import children
from index.find.places import find_places
from index.models import Answer, Measure, Region

WHOLE: Final = "全国"
_LEVELS: Final = {"省": "province", "县": "county", "区": "county", "市": "prefecture", "州": "prefecture",
                  CAPITALS: "prefecture"}  # fmt: skip
_OF_CAPITAL: Final = "0100"  # the seat of a province has the first number of its cities


def answer_rank_all(search: Search, query: Query) -> Answer | None:
    """The first places of the whole index; None where the question is not of this kind, or there are not two."""
    ordered = query.shape == "rank" or "rank" in query.measures or bool(query.direction)
    several = query.members or bool(query.among) or WHOLE in query.text
    if not query.items or not (several if query.shape == "rank" else ordered or query.members):
        return None
    if query.scope == "whole" and query.follow and not (query.direction or has(query.text, "shape", "members")):
        return None  # 各地排名 | 全市的呢: of one place, whichever it is
    item, query = query.items[0], by_measure(query)
    if any(word not in soft_words() and word != WHOLE and word not in CAPITALS for word in query.chunks):
        return None  # 各市农村公路的…: of something else
    measure: Measure | None = query.measures[0] if query.measures else None
    years = [period.last_year for period in query.periods]
    years = years or sorted(search.store.years_told(item.keys, measure or "actual"), reverse=True)
    level, among = _LEVELS.get(query.among, ""), _is_capital if query.among == CAPITALS else None
    over = around(query.unknown) if query.unknown else None
    if query.unknown and over is None:
        return None
    for year in years:
        if view := ranking(search, item.keys, item.name, year, measure, level, over.code if over else "", among):
            return _answer(search, view, query, year, over, CAPITALS if among else "同级地区")
    return None


def _is_capital(code: str) -> bool:
    """武汉市; a city that is a province by itself is the capital of none."""
    return code.endswith(_OF_CAPITAL)


def around(name: str) -> Region | None:
    """The one place of a name that has places below it."""
    found = {region.code: region for place in find_places(name) for region in place.regions if children(region.code)}
    return next(iter(found.values())) if len(found) == 1 else None


def _answer(search: Search, view: View, query: Query, year: int, over: Region | None, kind: str) -> Answer:
    rows = list(view.rows[:IN_ORDER] if downwards(query) else reversed(view.rows[-IN_ORDER:]))
    ids = [id for row in rows if row.shown and (id := row.shown.figure.fact_id) is not None]
    facts = {one.id: one for one in search.store.facts_by_ids(ids)}
    remark = f"共比较 {len(view.rows)} 个地区：索引里{over.full_name if over else ''}有这个数的{kind}"
    title = f"{over.full_name} · {view.title}" if over else view.title
    notes = (*view.notes[:3], *(() if query.periods else (f"未说明年份，按{year}年查找",)))
    return listed(title, [facts[id] for id in ids], query, remark, notes)
