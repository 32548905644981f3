"""Places in the order of a figure for each inhabitant: reckoned for those whose population the reports tell.

    2025年各市人均一般公共预算支出排名 -> 2 个地区有人口: 甲市 9,389 元（推算）…; 另有 35 个没有常住人口的数: …

With fewer than two there is no order, and it is said which places have no population.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from index.ask import wording
from index.ask.defaults import periods_for
from index.ask.per_head import PEOPLE, heads_of, inhabitants, of_each
from index.ask.query import Query
from index.ask.ranking.classes import meant
from index.ask.ranking.level import newest
from index.ask.ranking.listing import IN_ORDER, downwards, end, rows_at, told
from index.ask.ranking.rows import Row, members, of_places
from index.ask.search import Search
from index.ask.vocabulary import has
from index.models import Answer, Period

MOST: Final = 200
FIRST: Final = 5
NAMED: Final = 12
NO_PEOPLE: Final = "报告里没有{year}{names}的{people}，人均数不能计算"
NO_ORDER: Final = "有{year}{people}的地区{few}，人均数排不出高低。"
ONLY: Final = "只有{name}"
NONE: Final = "一个也没有"


def answer_per_head_order(search: Search, query: Query) -> Answer | None:
    """The order of places of a question for a figure per head; None for any other question, or without such places."""
    heads = heads_of(query)
    several = len(query.regions) > 1 or (query.shape == "rank" and bool(query.members or query.among))
    if not heads or len(query.items) != 1 or query.measures or not several:
        return None
    chunks = tuple(word for word in query.chunks if word not in heads)
    plain = replace(query, chunks=chunks, content=tuple(item.text for item in query.items))
    if plain.chunks:
        return None
    found = _below(search, plain) if query.regions else _everywhere(search, plain)
    return _answer(search, plain, *found) if found else None


def _below(search: Search, query: Query) -> tuple[str, Period, list[Row]] | None:
    """The places inside the place asked, or those that are named."""
    periods = query.periods or periods_for(search, query, query.regions[0])[0]
    codes = query.regions if len(query.regions) > 1 else members(search, query)
    rows = of_places(search, query, codes, periods[0]) if len(periods) == 1 else []
    names = "、".join(search.atlas.full_name(code) for code in query.regions)
    return (names, periods[0], rows) if len(rows) > 1 else None


def _everywhere(search: Search, query: Query) -> tuple[str, Period, list[Row]] | None:
    """All places of the level that is said."""
    places = meant(search, query)
    if places is None:
        return None
    found = newest(search, query, places.level, places.code, places.of_class if places.kind else None)
    if found is None:
        return None
    year, view = found
    return places.inside, Period.year(year), rows_at(search, view, range(min(len(view.rows), MOST)), down=True)


def _answer(search: Search, query: Query, place: str, period: Period, rows: Sequence[Row]) -> Answer:
    people = inhabitants(search, [row.code for row in rows], period)
    name = f"人均{query.items[0].name}"
    head = wording.reading([place] if place else [], [period], [name], query)
    each = [
        replace(row, computed=of_each(row.facts[0], people[row.code]))
        for row in rows
        if row.code in people and row.facts[0].fact.scope in ("whole", "") and row.facts[0].fact.kind == "money"
    ]
    missing = [row.name for row in rows if row.code not in people]
    names = "、".join(missing[:NAMED]) + (f"等 {len(missing)} 个地区" if len(missing) > NAMED else "")
    year = wording.period_name(period)
    none = NO_PEOPLE.format(year=year, names=names, people=PEOPLE) if missing else ""
    if len(each) < 2:
        few = ONLY.format(name=each[0].name) if each else NONE
        lines = [head, NO_ORDER.format(year=year, people=PEOPLE, few=few)]
        lines += [f"{row.name}：{row.text('')}，{row.computed.sentence}" for row in each if row.computed]
        lines += [f"{none}。" if none else ""]
        figures = tuple(row.figure(asked=False) for row in each)
        return Answer("not_found", wording.fitted(lines), figures, (), head)
    ordered = sorted(each, key=lambda row: row.numbers[0], reverse=downwards(query))
    shown = ordered[: IN_ORDER if has(query.text, "shape", "order") or not query.direction else max(FIRST, query.top)]
    first = f"{end(query)}：{ordered[0].name}  {ordered[0].text('')}"
    formulas = [f"{row.name} {row.computed.sentence}" for row in shown if row.computed]
    remark = f"共比较 {len(each)} 个地区" + (f"；{none}" if none else "")
    asked = {row.code for row in ordered[: max(1, query.top)]}
    return told(
        head, [first], list(enumerate(shown, 1)), query, asked=asked, remark=remark,
        notes=[*([query.period_note] if query.period_note else []), *formulas],
    )  # fmt: skip
