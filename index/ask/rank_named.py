"""The largest and smallest of the items that a question names itself.

    "上党区2023年国防支出、公共安全支出哪个最多" -> 公共安全支出 9,093 万元, then the other one

A report that says two things of an item has both in the list; the first is told only if it is first either way.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from index.ask import wording
from index.ask.agree import groups
from index.ask.cells import JOINS, of_one
from index.ask.defaults import periods_for
from index.ask.figures import figure, shown
from index.ask.pick.found_for import found_for
from index.ask.query import Query
from index.ask.rank import by_measure, downwards
from index.ask.search import Search
from index.ask.vocabulary import has
from index.lexicon import items
from index.models import Account, Answer, StoredFact

TWICE: Final = "“{item}”报告里有不止一个数，都列出"
OPEN: Final = "报告里有的项有不止一个数，不能确定哪一项{end}"
ABSENT: Final = "报告里没有“{item}”的数，没有比"


def answer_rank_named(search: Search, query: Query) -> Answer | None:
    """The items in their order; None for any other question, or where there are not two to compare."""
    if len(query.items) < 2 or query.joint or query.members or len(query.regions) != 1:
        return None
    strange = [word for word in query.chunks if any(f"{mark}{word}" in query.text for mark in JOINS)]
    query, region = by_measure(query), query.regions[0]
    periods = query.periods or periods_for(search, query, region)[0]
    if len(periods) != 1:
        return None
    found: dict[str, list[StoredFact]] = {}
    account = _account_of_all(query)
    for item in query.items:
        some = found_for(search, of_one(query, item), region, periods[0]).asked
        some = tuple(one for one in some if not account or one.fact.account in (account, "", "other"))
        found[item.name] = [group[0] for group in groups([one for one in some if one.fact.number is not None])]
    there = {name: facts for name, facts in found.items() if facts}
    facts = [one for some in there.values() for one in some]
    if len(there) < 2 or len({(one.fact.kind, one.fact.measure) for one in facts}) > 1:
        return None
    down = downwards(query)
    rows = sorted(facts, key=lambda one: one.fact.number or Decimal(0), reverse=down)
    names = {one.id: name for name, some in there.items() for one in some}
    if strange:  # 教育、国防、|月球探测|支出: what is no item may be the first
        place = search.atlas.full_name(region)
        head = wording.reading([place], periods, [*found, *strange], query, rows[0].fact.account)
        there_is = "；".join(f"{names[one.id]} {shown(one, query.unit)}" for one in rows)
        lines = [
            head,
            *(ABSENT.format(item=word) for word in strange),
            f"报告里有：{there_is}",
            *wording.quote_lines(rows[:1]),
        ]
        return Answer("not_found", wording.fitted(lines), tuple(figure(one, asked=False) for one in rows), (), head)
    end = "最高" if down else "最低"
    sure = _is_first(rows, names)
    place = search.atlas.full_name(region)
    head = wording.reading([place], periods, list(found), query, rows[0].fact.account)
    first = f"{end}：{names[rows[0].id]}  {shown(rows[0], query.unit)}" if sure else OPEN.format(end=end)
    lines = [head, first]
    lines += [f"{number}. {names[one.id]}  {shown(one, query.unit)}" for number, one in enumerate(rows, 1)]
    notes = [TWICE.format(item=name) for name, some in there.items() if len(some) > 1]
    notes += [ABSENT.format(item=name) for name in found if name not in there]
    notes += [query.period_note] if query.period_note else []
    lines += wording.quote_lines(rows[:1])
    told = tuple(note for note in (*(() if sure else (first,)), *notes))
    every = not sure or bool(has(query.text, "shape", "each")) or "都" in query.text  # 两个数都要
    figures = tuple(figure(one, asked=number == 0 or every) for number, one in enumerate(rows))
    return Answer("answered", wording.fitted([*lines, *(f"※ {note}" for note in notes)]), figures, (), head, told)


def _account_of_all(query: Query) -> Account:
    """教育、社保、卫健: 社保 stands beside lines of the general budget, and is no insurance fund there."""
    known = items()
    own = {known[item.keys[0]].account for item in query.items if item.keys and item.keys[0] in known}
    return own.pop() if len(own) == 1 and all(item.keys for item in query.items) else ""


def _is_first(rows: Sequence[StoredFact], names: dict[int, str]) -> bool:
    """Whether the first item stands before all others whichever of its figures is right."""
    own = [number for number, one in enumerate(rows) if names[one.id] == names[rows[0].id]]
    tied = len(rows) > len(own) and rows[len(own)].fact.number == rows[len(own) - 1].fact.number
    return own == list(range(len(own))) and not tied
