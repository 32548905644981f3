"""The largest and smallest row of a table, where a question says what its rows are.

"某县2026年三公经费哪个部门最多" -> 县公安局 286 万元, then the next rows of the table by departments
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from index.ask import derive, wording
from index.ask.defaults import periods_for
from index.ask.figures import figure, grouped, shown
from index.ask.query import Query
from index.ask.ranking.listing import SHOWN, downwards
from index.ask.search import Search
from index.ask.table_rows import Cell, Kind, cells_of, column_asked, kinds, rows_called
from index.models import Answer, Period

_FEWEST: Final = 3  # rows that make an order
_LOSS: Final = re.compile("亏(?:损|得|钱)?最[多大狠厉]")  # the smallest profit
_ORDERED: Final = ("money", "count")


def answer_table_rows(search: Search, query: Query) -> Answer | None:
    """The rows in their order; None for any other question, where no table has such rows, or more than one has."""
    if len(query.regions) != 1 or query.members:
        return None
    periods = query.periods or periods_for(search, query, query.regions[0])[0]
    if len(periods) != 1:
        return None
    asked = kinds_asked(query)
    there = [cell for cell in cells_of(search, query, periods[0]) if not cell.is_sum]
    named = rows_called(there, query)
    several = len(named) > 1
    cells = [cell for cell in there if (cell.row in named if several else cell.kind in asked)]
    column = _column(cells, query)
    few = len(column) < (len(named) if several else _FEWEST)
    if few or (not downwards(query) and any(cell.is_rest for cell in column)):
        return None
    loss = bool(_LOSS.search(query.text))
    rows = sorted((cell for cell in column if not cell.is_rest), key=_number, reverse=downwards(query) and not loss)
    if loss and _number(rows[0]) >= 0:
        return None
    beside = [cell for cell in cells if cell.row == rows[0].row and cell.told.fact.measure in query.measures
              and cell.table == rows[0].table and cell not in rows]  # fmt: skip
    return _answer(search, query, periods, rows, beside, every=several)


def column_asked_for(search: Search, query: Query, period: Period) -> list[Cell]:
    """The one column of a table that a question is on which says what its rows are; [] where there is none."""
    asked = kinds_asked(query)
    there = cells_of(search, query, period) if asked else []
    return _column([cell for cell in there if not cell.is_sum and cell.kind in asked], query)


def kinds_asked(query: Query) -> list[Kind]:
    """What rows a question speaks of: 部门, 项目."""
    return [kind for kind in kinds() if kind.ask.search(query.text)]


def _column(cells: Sequence[Cell], query: Query) -> list[Cell]:
    """The one column that is asked for: by its head, else the only one with amounts of a table that is on the item."""
    columns: dict[tuple[tuple[str, str], str], list[Cell]] = {}
    for cell in cells:
        if cell.told.fact.kind in _ORDERED:
            columns.setdefault((cell.table, cell.column), []).append(cell)
    said = [some for some in columns.values() if column_asked(some[0], query)]
    if len(said) > 1:
        said = [some for some in said if _is_on_item(some[0], query)] or said
    if not said:
        on_item = [some for some in columns.values() if _is_on_item(some[0], query)]
        said = on_item if len(on_item) == 1 else []
    return said[0] if len(said) == 1 else []


def _is_on_item(cell: Cell, query: Query) -> bool:
    """Does the title of a table speak of an item asked for?"""
    return any(item.text in cell.caption or item.name in cell.caption for item in query.items)


def _number(cell: Cell) -> Decimal:
    return cell.told.fact.number or Decimal(0)


def _answer(
    search: Search, query: Query, periods: Sequence[Period], rows: Sequence[Cell], beside: Sequence[Cell], *,
    every: bool,
) -> Answer:  # fmt: skip
    place = search.atlas.full_name(query.regions[0])
    head = wording.reading([place], periods[:1], [rows[0].column], query)
    top = len(rows) if every else max(query.top, 1)
    end = "最高" if downwards(query) and _number(rows[0]) >= _number(rows[-1]) else "最低"
    lines = [head, f"{end}：{rows[0].row}  {shown(rows[0].told, query.unit)}"]
    apart = derive.difference(rows[0].told, rows[1].told) if every and len(rows) == 2 else None
    lines += [f"相差 {grouped(apart.value)} {apart.unit}（推算，报告未直接给出）"] if apart else []
    lines += [f"{cell.column}：{shown(cell.told, query.unit)}" for cell in beside]
    listed = rows[: max(top, SHOWN)]
    lines += [f"{n}. {cell.row}  {shown(cell.told, query.unit)}" for n, cell in enumerate(listed, 1)]
    notes = (query.period_note,) if query.period_note else ()
    lines += [f"共比较 {len(rows)} 个{rows[0].kind.name}", *wording.quote_lines([rows[0].told])]
    figures = [figure(cell.told, asked=n < top) for n, cell in enumerate(listed)]
    figures[1:1] = [figure(cell.told, asked=True) for cell in beside]
    figures += [apart] if apart else []
    return Answer(
        "answered", wording.fitted([*lines, *(f"※ {note}" for note in notes)]), tuple(figures), (), head, notes
    )
