"""The first of several, the last, so many of them, or all in their order.

长治各县区2023年一般公共预算收入增幅最高的是哪个县 -> 平顺县 14.67%, then the next ones
上党区2023年国防支出、公共安全支出哪个最多 -> 公共安全支出 9,093 万元, then the other, and how far apart they are
2023年哪个县教育支出最多 -> 平顺县 …, and of how many places that is the order
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from itertools import combinations
from typing import Final

from index.ask import derive, wording
from index.ask.absent import JOINTS
from index.ask.bounds import OTHERS, OWN
from index.ask.defaults import periods_for
from index.ask.figures import grouped
from index.ask.plan import answer_lookup
from index.ask.query import Query, Shape
from index.ask.ranking.alone import answer_alone
from index.ask.ranking.classes import meant
from index.ask.ranking.level import newest
from index.ask.ranking.listing import (
    IN_ORDER,
    SHOWN,
    at_odds,
    beside_last,
    by_measure,
    downwards,
    end,
    in_order,
    leveled,
    of_falls,
    places_of,
    rows_at,
    told,
)
from index.ask.ranking.order import is_class, rates_of_each
from index.ask.ranking.per_head import answer_per_head_order
from index.ask.ranking.rows import (
    Row,
    members,
    of_items,
    of_named,
    of_places,
    shares_of_items,
    side_by_side,
    without_measure,
)
from index.ask.ranking.table import answer_table_rows
from index.ask.ranking.within import answer_within_all, measured, one_bound
from index.ask.reckoned import differs, exact, names_of, rates, reckon, respects_of, size_of, traits
from index.ask.refuse import not_compared
from index.ask.search import Search
from index.ask.vocabulary import has, pattern_in, soft_words
from index.models import Answer, Figure, Period, StoredFact

TWICE: Final = "“{name}”报告里有不止一个数，都列出"
OPEN: Final = "报告里有的{kind}有不止一个数，不能确定哪一{kind}{end}"
LEVELS: Final = "各{kind}的数不是同一级（{levels}），不能确定哪{kind}{end}"
ABSENT: Final = "报告里没有“{name}”的数，没有比"
WHOLE: Final = "全国"
NOT_SHARED: Final = "{names}报告里有不止一个数，没有算占比"
UNTOLD: Final = "，另有 {count} 个报告没有写这个数"
LEVEL: Final = "与第 {place} 位数值相同的还有：{names}"
ONLY: Final = "这里只列{one}，{others}请另问"
MONTHS: Final = "几个月的数（{when}）不在各地之间排名，只排全年的，例如：{whole}。"
_BOTH: Final = re.compile("最[多高大快].*最[少低小慢]|最[少低小慢].*最[多高大快]")
_HOW_MUCH: Final = re.compile("[掉降少跌涨增多]了?多少(?!个?(?:百分|点))")


def answer_first(search: Search, query: Query) -> Answer | None:
    """The first of those that the question names itself, else of those below what it names; None if there are not two
    to compare."""
    named = _of_named(search, by_measure(query)) or answer_table_rows(search, query)
    return named or _of_two(search, query) or _of_all_below(search, query)


# ---------------------------------------------------------------------------------------------- those that are named


def _of_named(search: Search, query: Query) -> Answer | None:
    """Those named in their order, a figure each for all that the report says of one."""
    periods = query.periods or periods_for(search, query, query.regions[0])[0]
    rows = of_named(search, query, periods[0]) if not (query.members or query.joint) and len(periods) == 1 else []
    if len(_levels(rows)) > 1 and not query.scope:  # 北京市级, 上海全市: what both tell of, if there is such a level
        own = replace(query, scope="own_wide", scope_words="本级")
        of_own = of_named(search, own, periods[0])
        alike = all(row.facts for row in of_own) and not _levels(of_own)
        query, rows = (own, of_own) if alike else (query, rows)
    there = [row for row in rows if row.facts]
    every = in_order((Row(str(one.id), row.name, (one,)) for row in there for one in row.facts), query)
    if len(there) < 2 or len({(one.fact.kind, one.fact.measure) for row in there for one in row.facts}) > 1:
        return None
    first, by_place = every[0].facts[0], len(query.regions) > 1
    names = [item.name for item in query.items] if by_place else [row.name for row in rows]
    places = [search.atlas.full_name(code) for code in query.regions]
    head = wording.reading(places, periods, names or [first.fact.item], query, first.fact.account)
    absent = [ABSENT.format(name=row.name) for row in rows if not row.facts]
    if absent and not by_place and len(query.items) < len(rows):  # 教育、|月球探测|支出: it may be first
        there_is = "；".join(f"{row.name} {row.text(query.unit)}" for row in every)
        lines = [head, *absent, f"报告里有：{there_is}", *wording.quote_lines([first])]
        figures = tuple(row.figure(asked=False) for row in every)
        return Answer("not_found", wording.fitted(lines), figures, (), head)
    return _first_of_named(query, head, there, every, absent)


def _levels(rows: Sequence[Row]) -> list[str]:
    """The levels of the figures of several places, each once; those of items of one place may differ."""
    facts = [row.facts[0] for row in rows if row.facts]
    if len({one.fact.region for one in facts}) < len(facts):
        return []
    own = {one.fact.scope in ("own", "own_wide") for one in facts}
    return list(dict.fromkeys(map(wording.level_of, facts))) if len(own) > 1 else []


def _first_of_named(
    query: Query, head: str, rows: Sequence[Row], every: Sequence[Row], absent: Sequence[str]
) -> Answer:
    """The first, if it is first with each of its figures; of two how far they are apart, and both are asked for."""
    first, kind = every[0], "地" if len(query.regions) > 1 else "项"
    own = next(row for row in rows if first.facts[0] in row.facts)
    levels = _levels(rows)
    sure = places_of(own, rows, down=not downwards(query)) == [len(rows)] and len(levels) < 2
    unsure = (LEVELS if len(levels) > 1 else OPEN).format(kind=kind, end=end(query), levels="、".join(levels))
    said = f"{end(query)}：{first.name}  {first.text(query.unit)}" if sure else unsure
    facts = [row.facts[0] for row in every]
    apart = derive.difference(facts[0], facts[1]) if sure and len(facts) == 2 else None
    lines = [said, *([f"相差 {grouped(apart.value)} {apart.unit}（推算，报告未直接给出）"] if apart else [])]
    notes = [*([] if sure else [said]), *(TWICE.format(name=row.name) for row in rows if len(row.facts) > 1), *absent]
    notes += [*query.notes, *([query.period_note] if query.period_note else []), *wording.shoulds(facts)]
    all_asked = len(rows) == 2 or not sure or pattern_in("order", "each").search(query.text)
    asked = {row.code for row in (every if all_asked else every[:1])}
    return told(
        head, lines, list(enumerate(every, 1)), query, asked=asked, notes=notes, quoted=facts[:1],
        behind=[apart] if apart else [],
    )  # fmt: skip


def _of_two(search: Search, query: Query) -> Answer | None:
    """市级跟市本级哪个大, 26年安排的和25年完成的哪个多: two levels, years or papers, looked up side by side."""
    lookup = side_by_side(query)
    if lookup is None or query.members or query.of_items or not any(mark in lookup.text for mark in JOINTS):
        return None
    shape: Shape = "compare" if max(len(query.regions), len(query.periods)) > 1 else "lookup"
    answer = answer_lookup(search, replace(lookup, shape=shape))
    asked = [one for one in answer.figures if one.asked]
    there = [one for one in search.facts_of(answer) if one.fact.number is not None]
    if answer.status != "answered":
        return None
    if {one.fact.region for one in there} < set(query.regions):
        return not_compared(search, query, answer)
    if len(asked) != 2 or len(there) != 2 or len({one.fact.kind for one in there}) != 1:
        return answer if shape == "compare" else None  # a budget beside an outcome: both are told, and no order
    if ordered := answer_in_order(there, fewest=not downwards(query)):
        return ordered
    first = in_order((Row("", "", (one,)) for one in there), query)[0].facts[0].id
    figures = sorted(answer.figures, key=lambda one: (not one.asked, one.fact_id != first))
    return replace(answer, figures=tuple(figures))


def answer_in_order(facts: Sequence[StoredFact], *, fewest: bool) -> Answer | None:
    """教育支出 88.8亿元 | 卫生健康呢 64.4亿元 | 哪个更多: figures told, the largest (smallest) first; None if
    they are of different sorts.  Of two it is told how far they are apart, too."""
    respects = respects_of(facts)
    one_way = all(differs(a, b) - {"stage"} == respects - {"stage"} for a, b in combinations(facts, 2))
    staged = "stage" in respects and not respects <= {"stage", "year"}
    if staged or len(respects - {"stage"} or respects) != 1 or not one_way:
        return None
    if not (all(map(exact, facts)) or rates(facts)):
        return None
    ordered = sorted(facts, key=size_of, reverse=not fewest)
    apart = reckon("gap", ordered, across=True) if len(ordered) == 2 else None
    called = [traits(one) for one in ordered]
    names, first = names_of("sum", called, respects), "最低" if fewest else "最高"
    rows = [Row(str(one.id), name, (one,)) for name, one in zip(names, ordered, strict=True)]
    place, level, year, line, _ = (column[0] if len(set(column)) == 1 else "" for column in zip(*called, strict=True))
    head = " · ".join(part for part in (place, year, line or "、".join(names), level, first) if part)
    tied = size_of(ordered[0]) == size_of(ordered[1])
    lines = [f"{'相同' if tied else f'{first}：{names[0]}'}  {rows[0].text('')}"]
    if apart:
        value = f"{grouped(apart.figure.value)} {apart.figure.unit}"
        lines += [f"相差 {value}（推算，报告未直接给出）", apart.figure.sentence]
    return told(
        head, lines, list(enumerate(rows, 1)), Query(""), asked=[row.code for row in (rows if apart else rows[:1])],
        notes=wording.flag_notes(ordered), quoted=ordered, behind=[apart.figure] if apart else [],
    )  # fmt: skip


# ---------------------------------------------------------------------------------------------- those below


def _of_all_below(search: Search, query: Query) -> Answer | None:
    """The places inside the place, or the parts of the item."""
    if query.sign:
        by_amount = replace(query, measures=("yoy_amount",))
        if _HOW_MUCH.search(query.text) and query.members and (told := _all_below(search, by_amount)):
            return told
        query = replace(query, measures=("yoy_pct",))
    elif query.measures == ("share",) and has(query.text, "ask", "money"):
        query = replace(query, measures=())  # 占比最大的是哪一类，多少钱: the order is the same in money
    return _all_below(search, by_measure(query))


def _all_below(search: Search, query: Query) -> Answer | None:
    region = query.regions[0]
    periods = query.periods or periods_for(search, query, region)[0]
    rows: Sequence[Row] = ()
    twice: Sequence[str] = ()
    if periods and (query.members or len(query.regions) > 1):
        codes = query.regions if len(query.regions) > 1 else members(search, query)
        rows = of_places(search, query, codes, periods[0])
    by_place = bool(rows)
    if len(periods) == 1 and not rows and not query.members:
        rows = of_items(search, query, periods[0])
        if len(rows) < 2 and query.measures == ("share",):
            rows, twice = shares_of_items(search, query, periods[0])
    falls = None if query.sign else of_falls(query)
    query, way = falls or query, -1 if falls else query.sign
    moved = [row for row in rows if not way or row.numbers[0] * way > 0]
    if len(rows) < 2 or not moved:
        return None
    remark = f"共比较 {len(rows)} 个{'地区' if by_place else '科目'}"
    if way:
        remark += f"，{'增长' if way > 0 else '下降'}的 {len(moved)} 个"
    own = (query.items[0].name if query.items else rows[0].facts[0].fact.item) if by_place else "各项"
    place, ordered = search.atlas.full_name(region), in_order(moved, query)
    first = ordered[0].facts[0]
    head = wording.reading(
        [place], periods[:1], [own], query if by_place else leveled(query, first), first.fact.account
    )
    untold = 0 if by_place else without_measure(search, query, periods[0], rows)
    remark += UNTOLD.format(count=untold) if untold else ""
    notes = [*([query.period_note] if query.period_note else []), *at_odds(ordered[:IN_ORDER])]
    notes += [NOT_SHARED.format(names="、".join(twice))] if twice else []
    level = () if query.sign or rates_of_each(query.text) else beside_last(ordered, max(query.top, 1))
    notes += [LEVEL.format(place=max(query.top, 1), names="、".join(row.name for row in level))] if level else []
    return _listed(head, len(ordered), lambda some: [ordered[at] for at in some], query, remark, notes)


def answer_everywhere(search: Search, query: Query) -> Answer | None:
    """The first places of the whole index; None where the question is not of this kind, or there are not two."""
    if {OTHERS, OWN} & set(query.bounds):
        return one_bound(query)
    if each := answer_per_head_order(search, query):
        return each
    ordered = query.shape == "rank" or "rank" in query.measures or bool(query.direction)
    several = query.members or bool(query.among) or WHOLE in query.text
    if not query.items or not (several if query.shape == "rank" else ordered or query.members):
        return None
    if query.scope == "whole" and query.follow and not (query.direction or has(query.text, "shape", "members")):
        return None  # 各地排名 | 全市的呢: of one place, whichever it is
    if query.sign and not query.bounds:  # 哪些市收入下降了
        query = replace(query, bounds=("<0%",) if query.sign < 0 else (">0%",), sign=0, measures=("yoy_pct",))
    query = measured(query) if query.bounds else by_measure(query)
    if any(word not in soft_words() and word != WHOLE and not is_class(word) for word in query.chunks):
        return None  # 各市农村公路的…: of something else
    places = meant(search, query)
    if places is None:
        return None
    if some := next((one for one in query.periods if (one.first_month, one.last_month) != (1, 12)), None):
        return _not_of_months(query, some)
    found = newest(search, query, places.level, places.code, places.of_class if places.kind else None)
    if found is None:
        return answer_alone(search, query, places.level, places.has)
    inside = places.inside
    year, view = found
    remark = f"共比较 {len(view.rows)} 个地区：索引里{inside}有这个数的{places.kind or '同级地区'}"
    others = "、".join(item.name for item in query.items[1:]) if not query.joint else ""
    notes = (
        *([ONLY.format(one=query.items[0].name, others=others)] if others else []),
        *view.notes[:3],
        *(() if query.periods else (f"未说明年份，按{year}年查找",)),
    )
    if query.bounds:
        return answer_within_all(search, query, view, inside, notes)
    at = partial(rows_at, search, view, down=downwards(query))
    return _listed(f"{inside} · {view.title}" if inside else view.title, len(view.rows), at, query, remark, notes)


def _not_of_months(query: Query, period: Period) -> Answer:
    """各市上半年收入排名: the figures of a whole year are no answer to it."""
    name, when = query.items[0].name, wording.period_name(period)
    head, whole = f"{when} · {name}", f"各{query.among or '地'}{period.last_year}年{name}排名"
    lines = [head, MONTHS.format(when=when, whole=whole)]
    return Answer("not_found", wording.fitted(lines), (), (whole,), head)


def _listed(
    head: str, count: int, at: Callable[[Sequence[int]], list[Row]], query: Query, remark: str, notes: Sequence[str]
) -> Answer:
    """The first (and the last) of ``count`` rows, with the next ones; ``at`` gives rows by numbers in the order."""
    each = rates_of_each(query.text)
    top = count if query.sign or (each and not query.top) else query.top or 1
    few = IN_ORDER if has(query.text, "shape", "order") or not query.direction or each else SHOWN
    numbers = list(range(min(count, top if query.top > 1 or query.sign else few)))
    both = bool(_BOTH.search(query.text)) and not query.sign
    numbers += [count - 1] if both and count - 1 not in numbers else []
    rows = at(numbers)
    lines = [f"{end(query)}：{rows[0].name}  {rows[0].text(query.unit)}"] if not query.sign else []
    lines += [f"{end(query, other=True)}：{rows[-1].name}  {rows[-1].text(query.unit)}"] if both else []
    summed = _sum(query, rows) if query.top > 1 else None
    if summed:
        lines[:1] = [f"合计 {grouped(summed.value)} {summed.unit}（推算，报告未直接给出）", summed.sentence]
    asked = set() if summed else {row.code for row in rows[:top] + rows[-1:] * both}
    facts = [row.facts[0] for row in rows]
    return told(
        head, lines, [(number + 1, row) for number, row in zip(numbers, rows, strict=True)], query, asked=asked,
        notes=[*notes, *wording.shoulds(facts)], remark=remark, quoted=facts[:1], before=[summed] if summed else [],
    )  # fmt: skip


def _sum(query: Query, rows: Sequence[Row]) -> Figure | None:
    """前三项加起来: of amounts of one document."""
    facts = [row.facts[0] for row in rows]
    money = all(one.fact.kind == "money" and one.fact.number is not None for one in facts)
    if not pattern_in("relation", "sum").search(query.text) or not money or len({one.document for one in facts}) > 1:
        return None
    return derive.total(facts, [row.name for row in rows], query.unit)
