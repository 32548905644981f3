"""A figure of a table's row that a question calls by its name or by less, and of the column that it says.

    "某县苹果局2026年接待费多少"        -> the row 县苹果产业管理局 of a table by departments, its column 接待费
    "微湖文旅公司是赚是亏"             -> the row 某市微湖文旅公司 of a table by companies, its column 利润总额

Looked for where nothing else answers: a row is no item, and what it is called by may be an item's word, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from index.ask import wording
from index.ask.defaults import periods_for
from index.ask.expressions import operation_in
from index.ask.figures import figure, shown
from index.ask.query import Query
from index.ask.reckoned import Operation, reckon
from index.ask.reckoning import answer_of
from index.ask.search import Search
from index.ask.summing import adds_plainly
from index.ask.table_rows import Cell, cells_of, column_asked, names_company, rows_called
from index.ask.why import asks_why
from index.models import Answer

_BEGUN: Final = 2  # characters of a column that a question says
_MOST: Final = 3  # figures of an answer


def answer_row(search: Search, query: Query) -> Answer | None:
    """The figures of the rows that are named; None where none is, or the question says no column of it."""
    if query.shape != "lookup" or len(query.regions) != 1 or query.members or asks_why(query.text):
        return None
    periods = query.periods or periods_for(search, query, query.regions[0])[0]
    if len(periods) != 1:
        return None
    cells = [cell for cell in cells_of(search, query, periods[0]) if not (cell.is_sum or cell.is_rest)]
    named = rows_called(cells, query)
    cells = [cell for row in named for cell in cells if cell.row == row]
    operation = operation_in(query.text)
    if operation and (len(named) > 1 or operation != "sum" or adds_plainly(query.text)):
        return _reckoned(query, operation, cells, several=len(named) > 1)
    if len(named) > 1:
        told = _column_of(query, cells)
        return _listed(search, query, told, told[0].column, [cell.row for cell in told]) if told else None
    asked = _asked(cells, query)
    if not asked or len(asked) > _MOST or len({cell.table for cell in asked}) > 1:
        return None
    return _listed(search, query, asked, asked[0].row, [cell.column for cell in asked])


def answer_company(search: Search, query: Query) -> Answer | None:
    """城投集团利润多少: where a company is named and a table has it, all other profit is none of its."""
    return answer_row(search, query) if names_company(query) else None


def _reckoned(query: Query, operation: Operation, cells: Sequence[Cell], *, several: bool) -> Answer | None:
    """What is to be made of one column of several rows, or of two columns of one row; None if they do not fit."""
    told = _column_of(query, cells) if several else _columns_said(query, cells)
    if len(told) < 2 or (operation != "sum" and len(told) > 2):
        return None
    done = reckon(operation, [cell.told for cell in told], unit=query.unit)
    return answer_of(done, None, query) if done else None


def _column_of(query: Query, cells: Sequence[Cell]) -> list[Cell]:
    """The one column that a question says, in each of the rows, in their order; none where it is open."""
    columns = {(cell.table, cell.column) for cell in cells if column_asked(cell, query)}
    told = [cell for cell in cells if (cell.table, cell.column) in columns]
    rows = dict.fromkeys(cell.row for cell in cells)
    return told if len(columns) == 1 and [cell.row for cell in told] == list(rows) else []


def _columns_said(query: Query, cells: Sequence[Cell]) -> list[Cell]:
    """负债占资产几成: the columns of one row in the order in which they are said."""
    at = {query.text.find(cell.column[:_BEGUN]): cell for cell in cells}
    said = [at[place] for place in sorted(at) if place >= 0]
    return said if len({cell.table for cell in said}) == 1 else []


def _listed(search: Search, query: Query, told: Sequence[Cell], name: str, labels: Sequence[str]) -> Answer:
    """Figures with their labels, the row or the column of each."""
    facts, notes = [cell.told for cell in told], (query.period_note,) if query.period_note else ()
    place = search.atlas.full_name(query.regions[0])
    head = wording.reading([place], (facts[0].fact.period,), [name], replace(query, measures=()))
    lines = [head, *(f"{label}：{shown(one, query.unit)}" for label, one in zip(labels, facts, strict=True))]
    lines += [*wording.quote_lines(facts), *(f"※ {note}" for note in notes)]
    figures = tuple(figure(one, asked=True) for one in facts)
    return Answer("answered", wording.fitted(lines), figures, (), head, notes)


def _asked(cells: Sequence[Cell], query: Query) -> list[Cell]:
    """The columns that a question says; of a table on the item asked for its main one, too."""
    counted = [cell for cell in cells if _counts(cell, query)]
    if counted:
        return counted
    if query.kind == "percent":  # 钱花了百分之多少: of what is spent no amount is an answer
        rates = [cell for cell in cells if cell.told.fact.measure in query.measures]
        return rates or [cell for cell in cells if cell.told.fact.kind == "percent"]
    found = [cell for cell in cells if column_asked(cell, query)]
    main = [cell for cell in cells if cell.told.fact.item == cell.row and cell not in found
            and any(item.text in cell.caption for item in query.items)]  # fmt: skip
    return [*main, *found] if len(main) < 2 else found


def _counts(cell: Cell, query: Query) -> bool:
    """多少|辆车: is a cell counted in what the question counts in?"""
    unit = cell.told.fact.unit
    return cell.told.fact.kind == "count" and bool(unit) and any(f"{q}{unit}" in query.text for q in ("多少", "几"))
