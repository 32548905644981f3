"""A complete query -> Answer: which places, periods and items are looked up, and which way.

各地 x 各年 x 各科目 -> cells -> one answer; a question of several parts goes part by part
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from index.ask import refuse
from index.ask.answers import Cell, answer_cells
from index.ask.asks import Part, elements, only_whether, parts_of
from index.ask.between import comparable, with_computed
from index.ask.cells import asked_of, enumerated, filled, of_told
from index.ask.defaults import periods_for
from index.ask.kin import item_of, parts_named
from index.ask.lists.named import Told, named_parts
from index.ask.lists.said import enumerated_in
from index.ask.part_by_part import anchored, hard_words, only_left, part_by_part
from index.ask.parts_told import parts_in
from index.ask.pieces import pieces_of
from index.ask.query import Query
from index.ask.scoping import find_scope
from index.ask.search import Search
from index.models import Answer, Period

PLAN: Final = 5  # years
TELLING: Final = 3  # words that tell one thing of such a time from the others


def answer_lookup(search: Search, query: Query) -> Answer:
    """Look-ups and comparisons: one cell for each place, period and item."""
    read, cells = fill(search, query)
    if not any(cell.found.some for cell in cells) and (years := _year_by_year(query)):
        read, cells = fill(search, replace(query, periods=years, shape="trend"))
    if not any(cell.found.some for cell in cells) and (span := _five_years(search, query)):
        of_span = fill(search, span)
        read, cells = of_span if all(cell.found.asked for cell in of_span[1]) else (read, cells)
    query = read
    cells = with_computed(query, comparable(query, cells))
    given = sum(max(len(cell.found.asked), int(cell.found.some)) for cell in cells)
    wanted = max(len(cells), enumerated_in(query.text))
    if given and len({(cell.region, cell.period) for cell in cells}) == 1 and wanted > max(2 * given, 2):
        return refuse.too_few(wanted, given, answer_cells(cells, query))
    if any(cell.found.some or cell.found.context for cell in cells):
        return answer_cells(cells, query)
    periods = tuple(dict.fromkeys(cell.period for cell in cells)) or query.periods
    return refuse.not_there(search, _by_cells(query, cells), query.regions, periods)


def _by_cells(query: Query, cells: Sequence[Cell]) -> Query:
    """债务余额多少？限额呢？: both items are missing, not the limit of what is outstanding."""
    names = dict.fromkeys(cell.item for cell in cells)
    items = tuple(item for name in names if (item := item_of(name, name)))
    return replace(query, items=items, measures=()) if len(items) > len(query.items) else query


def _year_by_year(query: Query) -> tuple[Period, ...]:
    """2018到2025年: where no figure is of the whole span, the figure of each year."""
    if len(query.periods) != 1 or query.periods[0].first_year == query.periods[0].last_year:
        return ()
    span = query.periods[0]
    return tuple(Period.year(year) for year in range(span.first_year, span.last_year + 1))


def _five_years(search: Search, query: Query) -> Query | None:
    """泸定地震灾后重建资金多少, without a year: what is told of the five years of a plan, where nothing is of the last
    of them."""
    named = [piece for piece in pieces_of(query.content) if piece.hard]
    if query.periods or len(query.regions) != 1 or query.shape != "lookup" or len(named) < TELLING:
        return None
    last = periods_for(search, query, query.regions[0])[0]
    years = [period.last_year for period in last if period == Period.year(period.last_year)]
    if len(years) != 1 or years[0] % PLAN:
        return None
    return replace(query, periods=(replace(last[0], first_year=years[0] - PLAN + 1),))


def fill(search: Search, query: Query) -> tuple[Query, list[Cell]]:
    """All cells of a query: parts that one list has, where not each is an item by name; else each looked up."""
    told = _of_one_list(search, query)
    if told and not told.known:
        return query, [of_told(search, one) for one in told.parts]
    read, cells = _looked_up(search, query)
    if told and not (_complete(cells, told.named) and len(cells) == told.named):
        return query, [of_told(search, one) for one in told.parts]
    return read, cells


def _looked_up(search: Search, query: Query) -> tuple[Query, list[Cell]]:
    """All cells of a query, part by part; an enumeration as slots or element by element, whichever is complete."""
    parts = parts_of(query.text)
    if len(parts) > 1 and query.shape != "compare":
        return part_by_part(search, query, parts)
    if len(parts) > 1:
        return filled(search, enumerated(_without_whether(query, parts)))
    if told := _named_part(search, query):
        return query, told
    listed = elements(query.text)
    if not listed:
        read, cells = filled(search, enumerated(query))
        found = any(cell.found.some for cell in cells) and not only_left(query, cells)
        beside = () if found else anchored(search, query)
        return read, [of_told(search, one) for one in beside] or cells
    if _unknown(query, listed):
        return part_by_part(search, query, listed)
    read, cells = filled(search, enumerated(query))
    if _complete(cells, len(listed)):
        return read, cells
    apart = part_by_part(search, query, listed)
    hides_some = len(cells) < len(listed) and _given(cells) <= _given(apart[1])  # each element without a figure is said
    return apart if hides_some or _complete(apart[1], len(listed)) else (read, cells)


def _of_one_list(search: Search, query: Query) -> Told | None:
    """Parts that are enumerated and stand in one list of the reports."""
    periods = query.periods or (periods_for(search, query, query.regions[0])[0] if len(query.regions) == 1 else ())
    one = len(query.regions) == len(periods) == 1
    return named_parts(search, query, query.regions[0], periods[0]) if one else None


def _without_whether(query: Query, parts: Sequence[Part]) -> Query:
    """24年和25年各多少，|掉得厉害吗|: what is set side by side is what the first part asks for."""
    last = parts[-1].text
    if not only_whether(last):
        return query
    at = query.text.rfind(last)
    return replace(query, masked=query.masked[:at]) if at > 0 else query


def _complete(cells: Sequence[Cell], wanted: int) -> bool:
    """Whether each of so many has a figure of its own."""
    given = [cell.found.asked[0].id for cell in cells if cell.found.asked]
    return len(given) == len(cells) and len(set(given)) >= wanted


def _given(cells: Sequence[Cell]) -> set[int]:
    return {one.id for one in asked_of(cells)}


def _names_place(part: Part) -> bool:
    """上党区和|武汉…各多少: places are slots, also those that are not held."""
    from index.find.places import find_places

    return not part.must and any(place.start == 0 for place in find_places(part.text)) and len(part.text) > 1


def _unknown(query: Query, found: Sequence[Part]) -> bool:
    """Whether not every element of an enumeration is a slot of its own (several items, places, years)."""
    slots = max(len(query.items), len(query.regions), len(query.periods), len(query.measures))
    known = slots >= len(found) and not query.chunks and (len(query.periods) < 2 or len(query.measures) < 2)
    known = known or all(find_scope(part.must).scope for part in found if part.must)
    known = known or any(_names_place(part) for part in found)
    words = [part.must for part in found if part.must]  # 债务限额，一般和专项: parts that the lexicon knows
    return not known and not (len(query.items) == 1 and bool(parts_named(query.items[0], words)))


def _named_part(search: Search, query: Query) -> list[Cell]:
    """政府采购预算里|货物|有多少, 其中|服务类|呢: the part of the whole that the report lists by that name."""
    words = hard_words(query.inside or query.must)
    if not words or len(query.items) != 1 or len(query.regions) != 1:
        return []
    whole = query.items[0]
    _, wholes = filled(search, replace(query, chunks=(), content=(whole.text,), inside=(), must=()))
    return [of_told(search, one) for one in parts_in(search, asked_of(wholes), words)]
