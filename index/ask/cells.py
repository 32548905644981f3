"""A complete query -> its cells: each place, period and item with what is found there.

政府债务限额，一般和专项各多少 of two places -> six cells
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from index.ask.answers import Cell
from index.ask.balances import balance_of_fund, flow_of_fund
from index.ask.defaults import periods_for
from index.ask.found import Found
from index.ask.kin import counterpart, parts_named
from index.ask.misspelt import corrected
from index.ask.pick.found_for import found_for
from index.ask.query import Asked, Query
from index.ask.search import Search
from index.ask.side_words import stage_in
from index.find.periods import find_periods
from index.find.terms import exact_items
from index.models import Measure, Period, StoredFact
from index.text.normal import plain

JOINS = "和与及跟、"
_FIRST_WORDS = re.compile("(?:(?:的|全年|实际|预计|计划|打算|要|年初)*(?:安排|预算|完成|执行|决算))?")
_TOTALS = ("总额", "总数", "总量", "合计", "总计", "总共", "一共")


def filled(search: Search, query: Query, near: Sequence[StoredFact] = ()) -> tuple[Query, list[Cell]]:
    """The cells of a query without parts, and the query as read; beside ``near`` figures it is looked first."""
    cells: list[Cell] = []
    fixed = corrected(search, query)
    if stages := _stages(query):
        query = replace(query, measures=(), stage="")
    for region in query.regions:
        periods, note = (query.periods, "") if query.periods else periods_for(search, fixed or query, region)
        if note and not query.period_note:
            query = replace(query, period_note=note)
        for period in periods:
            asked, put_right = (one and _staged(_at(search, one, region), stages.get(period)) for one in (query, fixed))
            cells += _cells(search, asked or query, put_right, region, period, near)
    if fixed and any(cell.found.some for cell in cells):
        query = replace(query, notes=(*query.notes, *(item.note for item in fixed.items if item.note)))
    return query, cells


def enumerated(query: Query) -> Query:
    """收入和支出: the item and its counterpart.  债券付息一般和专项各多少: the parts of the item that are named.

    政府债务限额，一般和专项各多少: the item, which stands alone, and its parts.
    """
    if len(query.items) != 1 or not query.chunks:
        return query
    item = query.items[0]
    if len(query.chunks) == 1 and (other := counterpart(item, query.chunks[0])):
        return replace(query, items=(item, other), chunks=())
    words = [word for word in query.chunks if word not in _TOTALS]
    total = len(words) < len(query.chunks) or _stands_alone(query.text, item)
    parts = parts_named(item, words)
    if not parts or not (query.each or query.inside or len(parts) > 1):
        return query
    named = (item, *parts) if total else parts
    return replace(query, items=named, chunks=(), content=tuple(part.text for part in named))


def _stands_alone(text: str, item: Asked) -> bool:
    """A pause between the item and its parts, or a question of its own."""
    return bool(re.search(r"，|多少\s*(?!$)", text.partition(item.text)[2]))


def _stages(query: Query) -> Mapping[Period, Measure]:
    """2026年|安排|的和2025年|完成|的: the stage that is said behind each year, where the years have different ones."""
    if len(query.periods) < 2 or (query.each and not query.measures):
        return {}
    found = find_periods(query.text, short_years=True)
    if len(found) != len(query.periods):
        return {}
    ends = [*(one.start for one in found[1:]), len(query.text)]
    behind = [query.text[one.end : end] for one, end in zip(found, ends, strict=True)]
    first = ["".join(_FIRST_WORDS.findall(words)[:1]) for words in behind]
    said = {period: stage_in(words) for period, words in zip(query.periods, first, strict=True)}
    return {period: stage for period, stage in said.items() if stage} if len(set(said.values()) - {""}) > 1 else {}


def _staged(query: Query, measure: Measure | None) -> Query:
    if measure is None:
        return query
    return replace(query, measures=(measure,), stage="executed" if measure == "actual" else "plan", alone=True)


def _at(search: Search, query: Query, region: str) -> Query:
    """市级、大冶、阳新各多少: the level is that of the city, not of the places below it."""
    below = any(other != region and search.atlas.is_under(region, other) for other in query.regions)
    return replace(query, scope="", scope_words="") if below and query.scope in ("own", "own_wide") else query


def _cells(
    search: Search, query: Query, fixed: Query | None, region: str, period: Period, near: Sequence[StoredFact]
) -> list[Cell]:
    place = search.atlas.full_name(region)
    asked = _of_fund(fixed or query)
    if (one := _printed_as_one(search, asked, region, period)) is not None:
        return [Cell(region, place, period, one.asked[0].fact.item, one)]
    if len(asked.items) > 1 and not asked.joint:
        cells = [
            Cell(region, place, period, item.name, found_for(search, of_one(asked, item), region, period, near))
            for item in asked.items
        ]
        if any(cell.found.some for cell in cells):
            return cells
        asked = replace(asked, joint=True, items=())  # 税收返还和转移支付 may be one name of the report's own
    name = asked.items[0].name if asked.items else "".join(query.content)
    return [Cell(region, place, period, name, found_for(search, asked, region, period, near))]


def _printed_as_one(search: Search, query: Query, region: str, period: Period) -> Found | None:
    """国防和公共安全支出, which the report prints as one line: neither of the two items that its words name."""
    if len(query.items) < 2 or query.joint:
        return None
    joined = [run for run in query.runs if all(item.text in run for item in query.items)]
    for run in joined:
        found = found_for(search, replace(query, items=(), content=(run,), chunks=(), joint=True), region, period)
        if any(plain(one.fact.item) == run for one in found.asked):
            return found
    return None


def _of_fund(query: Query) -> Query:
    """居民养老保险基金|滚存结余: two names of one item; 居民养老保险|收了多少: its revenue."""
    own = balance_of_fund(query) or flow_of_fund(query)
    if own is None:
        return query
    rest = tuple(word for word in query.content if word not in own.name and word not in own.text)
    return replace(query, items=(own,), content=(own.name, *rest), joint=False)


def of_one(query: Query, item: Asked) -> Query:
    """One of several items asked for side by side, with the words that belong to all of them."""
    word = item.text if exact_items(item.text) else item.name  # 专项 of 债务限额，一般和专项 is 专项债务限额
    others = {name for other in query.items if other is not item for name in (other.text, other.name)}
    bare = {each: each.strip(JOINS) for each in query.content}
    rest = tuple(each for each, own in bare.items() if own != item.text and not any(own in other for other in others))
    runs = tuple(run for run in query.runs if not any(other in run for other in others))  # 税收和非税 names both
    return replace(query, items=(item,), content=(word, *rest), runs=runs)


def merged_cells(cells: list[Cell]) -> list[Cell]:
    """Parts about the same item are one cell; what one of them answers with does not stand beside another, too."""
    told = {one.id for one in asked_of(cells)}
    merged: list[Cell] = []
    for cell in cells:
        beside = tuple(one for one in cell.found.context if one.id not in told)
        cell = cell if beside == cell.found.context else replace(cell, found=replace(cell.found, context=beside))
        before = merged[-1] if merged else None
        own = [one.id for one in cell.found.asked]
        if before and own and own == [one.id for one in before.found.asked]:
            continue  # 市级和区级各多少: one line that has both
        if before and not before.found.opened and (before.region, before.period, before.item) == (
            cell.region, cell.period, cell.item
        ):  # fmt: skip
            merged[-1] = replace(before, found=before.found.with_more(cell.found))
        else:
            merged.append(cell)
    return merged


def asked_of(cells: Sequence[Cell]) -> list[StoredFact]:
    """The figures that answer."""
    return [one for cell in cells for one in cell.found.asked]


def of_told(search: Search, one: StoredFact) -> Cell:
    """A figure found beside another as a cell of its own."""
    fact = one.fact
    return Cell(fact.region, search.atlas.full_name(fact.region), fact.period, fact.item, Found(asked=(one,)))
