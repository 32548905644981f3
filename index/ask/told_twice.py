"""A question that says of one thing that the report gives two figures of it -> every figure there is of it.

    住房公积金前后写的两个数不一样，分别是多少 -> 208.8万元, 201.50万元, each with its place

What is said of the two (说明里, 表末尾, 前后对不上) names nothing.  Nothing is decided between them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from index.ask.agree import groups
from index.ask.answers import Cell, answer_cells
from index.ask.asides import says_that_they_differ
from index.ask.conflict import conflict_note
from index.ask.plan import fill
from index.ask.query import Query
from index.ask.search import Search
from index.models import Answer, StoredFact

_TABLE: Final = re.compile("(?:经费|支出|收入|余额|预算|决算|情况|统计|执行)*(?:那|这|的)?一?(?:张|份)?(?:表|说明)")
_DONE: Final = ("actual", "amount")
MOST: Final = 4


def answer_twice(search: Search, query: Query) -> Answer | None:
    """All figures of the one item of one place and year; None for any other question, or if there is but one."""
    if len(query.regions) != 1 or len(query.periods) > 1 or query.compared or not says_that_they_differ(query.text):
        return None
    things = [item for item in query.items if not _is_source(query.text, item.text)]
    if len(things) != 1 or things[0].weak:
        return None
    name = things[0].text
    alone = replace(
        query, items=(things[0],), joint=False, text=name, shape="lookup", chunks=(), content=(name,), runs=(), must=(),
        inside=(), whose=(), each=False,
    )  # fmt: skip
    _, cells = fill(search, alone)
    if len(cells) != 1 or not cells[0].found.asked:
        return None
    cell = cells[0]
    told = [found[0] for found in groups(_all_of(search, cell))]
    if len(told) < 2 or len(told) > MOST:
        return None
    found = replace(cell.found, asked=tuple(told), notes=(conflict_note(told),))
    return answer_cells([replace(cell, found=found)], query)


def _is_source(text: str, word: str) -> bool:
    """公车运行费，|三公|表是一个数: an item that only says which table is meant."""
    return bool(_TABLE.match(text, text.find(word) + len(word)))


def _all_of(search: Search, cell: Cell) -> Sequence[StoredFact]:
    """What the reports say of the line of the figure that was found, that figure first."""
    lead = cell.found.asked[0]
    own = lead.fact
    if own.key:
        facts = search.of_item(cell.region, cell.period, [own.key])
    else:
        facts = search.of_names(cell.region, cell.period, [own.item])
    like = [
        one
        for one in (*cell.found.asked, *facts)
        if one.fact.kind == own.kind and one.fact.number is not None
        and (one.fact.measure == own.measure or {one.fact.measure, own.measure} <= set(_DONE))
        and (one.fact.scope or own.scope) == own.scope and one.fact.account in (own.account, "", "other")
    ]  # fmt: skip
    return list({one.id: one for one in like}.values())
