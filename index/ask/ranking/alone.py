"""An order of places for which fewer than two have the figure: that one is shown, and that nothing stands beside it.

各省收入排名 | 2024年呢 -> 北京市 6,372.7 亿元, the only province with it      2019年呢 -> none; which years there are
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final, Literal

from index.ask import wording
from index.ask.plan import answer_lookup
from index.ask.query import Query
from index.ask.question import understand
from index.ask.ranking.level import having, own_of
from index.ask.ranking.order import CLASSES
from index.ask.search import Search
from index.models import Answer, Measure

ALONE: Final = "{among}里只有{names}有{year}年的这个数，没有可以比的"
UNLIKE: Final = "有{year}年这个数的{names}不是同一级，不排名次"
NONE: Final = "索引里{among}都没有{year}“{name}”的{what}。"
NEVER: Final = "索引里{among}都没有“{name}”的{what}，不能排名。问“有哪些地区”看收录了哪些地方。"
YEARS: Final = "有这个数的年份：{years}，要看哪一年的？"
FEW: Final = 3
_YEARS_SHOWN: Final = 4


def answer_alone(search: Search, query: Query, level: str, among: Callable[[str], bool]) -> Answer | None:
    """What there is instead of an order; None where there are too many, or no kind of places is said
    and the reports of no year have the item."""
    item, measure = query.items[0], query.measures[0] if query.measures else None

    def places(year: int) -> list[str]:
        return having(search, item.keys, item.name, year, measure, level, among, own_of(query))

    held = sorted(search.store.years_told(item.keys, measure or "actual"), reverse=True)
    asked = [period.last_year for period in query.periods]
    year, codes = next(((year, codes) for year in asked or held if (codes := places(year))), (0, []))
    if codes:
        return _shown(search, query, codes, year) if len(codes) <= FEW else None
    counted = {year: count for year in held if (count := len(places(year)))}
    if not counted and query.among:
        return _never(query, measure)
    return _none(query, measure, counted) if asked and counted else None


def _shown(search: Search, query: Query, codes: list[str], year: int) -> Answer | None:
    """What a question for these places by name is answered with, and why it is no order."""
    names = "、".join(map(search.atlas.full_name, codes))
    asked = wording.MISSING[query.measures[0]] if query.measures else ""
    single = understand(f"{names}{year}年{query.items[0].name}{asked.partition('（')[0]}", search.atlas)
    answer = answer_lookup(search, replace(single, regions=tuple(codes), scope=own_of(query), unit=query.unit))
    if answer.status != "answered":
        return None
    note = ALONE if len(codes) == 1 else UNLIKE
    return wording.noted(answer, note.format(among=_among(query), names=names, year=year))


def _none(query: Query, measure: Measure | None, counted: dict[int, int]) -> Answer:
    name, among = query.items[0].name, _among(query)
    years = "、".join(map(wording.period_name, query.periods))
    what = wording.MISSING[measure] if measure else "数字"
    shown = list(counted.items())[:_YEARS_SHOWN]
    there = "、".join(f"{year}年（{count} 个地区）" for year, count in shown)
    lines = [f"{years} · {name}", NONE.format(among=among, year=years, name=name, what=what), YEARS.format(years=there)]
    options = tuple(f"{among}{year}年{name}排名" for year, _ in shown)
    return Answer("clarify", wording.fitted(lines), (), options, lines[0])


def _never(query: Query, measure: Measure | None) -> Answer:
    name, among = query.items[0].name, _among(query)
    text = NEVER.format(among=among, name=name, what=wording.MISSING[measure] if measure else "数字")
    status: Literal["not_found", "clarify"] = (
        "not_found" if query.unknown or query.regions else "clarify"
    )  # 杭州市各县: that place is asked for
    return Answer(status, wording.fitted([f"{among} · {name}", text]), (), (), f"{among} · {name}")


def _among(query: Query) -> str:
    among = query.among if query.among in CLASSES.values() else f"各{query.among or '地'}"
    return query.unknown + among if not query.regions else among  # 河北|各市
