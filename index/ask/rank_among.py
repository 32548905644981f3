"""The place of one item among those that it stands with, by the figures of one report.

    "上党区2023年教育支出是第几大支出" -> 第 4: 教育支出 56,917 万元, behind 城乡社区支出 115,976 万元 and two more

A rank that a report prints itself (居全市第四位) is one among places, and is looked up like any other figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from index.ask import wording
from index.ask.defaults import periods_for
from index.ask.figures import figure, shown
from index.ask.kin import FLOWS
from index.ask.pick.found_for import found_for
from index.ask.query import Query
from index.ask.rank import IN_ORDER, SHOWN, at_odds, by_measure, downwards, items_under
from index.ask.search import Search
from index.ask.vocabulary import has, words
from index.lexicon import items, measures
from index.models import Answer, StoredFact

PLACE: Final = "共比较 {count} 个科目，按{measure}从{order}，{item}排第 {place} 位：{value}"
OTHER: Final = "“{item}”报告里另一处是 {values}"


def among_items(query: Query) -> Query:
    """教育支出排第几, where the report prints no rank among places: its place among the items is asked for."""
    word = words("shape", "among")[0]
    return replace(query, text=f"{query.text}{word}", shape="rank", direction="highest", measures=(), kind="")


def answer_rank_among(search: Search, query: Query) -> Answer | None:
    """The rank with the list it is taken from; None for any other question, or where there is no such list."""
    query = by_measure(query)
    if not has(query.text, "shape", "among") or len(query.regions) != 1 or set(query.chunks) - set(FLOWS):
        return None
    region, known = query.regions[0], items()
    periods = query.periods or periods_for(search, query, region)[0]
    wholes = {key for item in query.items for key in item.keys}
    inside = [item for item in query.items if any(known[key].parent in wholes for key in item.keys if key in known)]
    item = next(iter(inside or query.items), None)
    if item is None or len(periods) != 1:
        return None
    plainly = Query(
        text=item.text, regions=query.regions, periods=periods, scope=query.scope, scope_words=query.scope_words,
        account=query.account, items=(item,), content=(item.text,),
    )  # fmt: skip
    found = found_for(search, plainly, region, periods[0]).asked
    key = next((one.fact.key for one in found if one.fact.key in known and known[one.fact.key].parent), "")
    told = items_under(search, query, region, periods[0], (known[key].parent,), (key,)) if key else []
    rows = [some[0] for some in told]
    if not rows:
        return None
    down = downwards(query)
    rows.sort(key=lambda one: one.fact.number or Decimal(0), reverse=down)
    own = next(one for one in rows if one.fact.key == key)
    twice = [one for one in found if _is_beside(one, own) and one.fact.number != own.fact.number]
    line = [one.fact.number or Decimal(0) for one in rows if one is not own]
    places = sorted({_place(line, one.fact.number or Decimal(0), down=down) for one in (own, *twice)})
    place = "、".join(map(str, places))
    head = wording.reading([search.atlas.full_name(region)], periods, [own.fact.item], query, own.fact.account)
    head += f" · 第 {place} 位"
    order = "大到小" if down else "小到大"
    remark = PLACE.format(
        count=len(rows), measure=measures()[own.fact.measure].name, order=order, item=own.fact.item, place=place,
        value=shown(own, query.unit),
    )  # fmt: skip
    listed = rows[: max(SHOWN, rows.index(own) + 1)] if rows.index(own) < IN_ORDER else rows
    values = "、".join(shown(one, query.unit) for one in twice)
    notes = [OTHER.format(item=own.fact.item, values=values)] if twice else []
    notes += at_odds([some for some in told if some[0] is not own], listed)
    notes += [*([query.period_note] if query.period_note else []), *wording.shoulds(listed)]
    lines = [head, remark]
    lines += [f"{number}. {one.fact.item}  {shown(one, query.unit)}" for number, one in enumerate(listed, 1)]
    lines += [*wording.quote_lines([own]), *(f"※ {note}" for note in notes)]
    figures = tuple(figure(one, asked=one is own) for one in listed)
    return Answer("answered", wording.fitted(lines), figures, (), head, tuple(notes))


def _is_beside(one: StoredFact, own: StoredFact) -> bool:
    """Whether two figures say something of the same; a level left open may be any."""
    here, there = one.fact, own.fact
    told = here.number is not None and (here.key, here.measure) == (there.key, there.measure)
    return told and (here.scope or "whole") == (there.scope or "whole")


def _place(others: Sequence[Decimal], number: Decimal, *, down: bool) -> int:
    """Which place a figure has among others."""
    return 1 + sum(other > number if down else other < number for other in others)
