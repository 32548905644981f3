"""A figure of a table's row that a question calls by its name or by less, and of the column that it says.

    "某县苹果局2026年接待费多少"        -> the row 县苹果产业管理局 of a table by departments, its column 接待费
    "微湖文旅公司是赚是亏"             -> the row 某市微湖文旅公司 of a table by companies, its column 利润总额

Looked for where nothing else answers: a row is no item, and what it is called by may be an item's word, too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from index.ask import wording
from index.ask.defaults import periods_for
from index.ask.figures import figure, shown
from index.ask.query import Query
from index.ask.search import Search
from index.ask.table_rows import Cell, cells_of, column_asked
from index.ask.why import asks_why
from index.models import Answer

_SHORTEST: Final = 3  # characters that name a row
_BEGUN: Final = 2  # of them those that stand together in its name
_TAIL: Final = re.compile("(?:系统|领域|方面|部门|单位|公司|企业|项目|那个|这个|里)+$")
_MOST: Final = 3  # figures of an answer


def answer_row(search: Search, query: Query) -> Answer | None:
    """The figures of the one row that is named; None where none is, or more, or the question says no column of it."""
    if query.shape != "lookup" or len(query.regions) != 1 or query.members or asks_why(query.text):
        return None
    periods = query.periods or periods_for(search, query, query.regions[0])[0]
    if len(periods) != 1:
        return None
    cells = [cell for cell in cells_of(search, query, periods[0]) if not (cell.is_sum or cell.is_rest)]
    named = {cell.row for cell in cells if any(is_called(run, cell.row) for run in query.runs)}
    if len(named) != 1:
        return None
    asked = _asked([cell for cell in cells if cell.row in named], query)
    if not asked or len(asked) > _MOST or len({cell.table for cell in asked}) > 1:
        return None
    head = wording.reading(
        [search.atlas.full_name(query.regions[0])], periods[:1], [asked[0].row], replace(query, measures=())
    )
    lines = [head, *(f"{cell.column}：{shown(cell.told, query.unit)}" for cell in asked)]
    notes = (query.period_note,) if query.period_note else ()
    lines += [*wording.quote_lines([asked[0].told]), *(f"※ {note}" for note in notes)]
    figures = tuple(figure(cell.told, asked=True) for cell in asked)
    return Answer("answered", wording.fitted(lines), figures, (), head, notes)


def is_called(run: str, row: str) -> bool:
    """Do words call a row: its name, a part of it, or its characters in order from one of its words to its end?"""
    said = _TAIL.sub("", run) or run
    if len(said) < _SHORTEST:
        return False
    if said in row or (len(row) >= _SHORTEST and row in run):
        return True
    at = row.find(said[:_BEGUN])
    if at < 0 or said[-1] != row[-1]:
        return False
    rest = iter(row[at + _BEGUN :])
    return all(char in rest for char in said[_BEGUN:])


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
