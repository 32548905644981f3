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
from index.ask.derive import apart
from index.ask.expressions import operation_in
from index.ask.figures import figure, shown
from index.ask.held_then import answer_held
from index.ask.pick.cues import fired, wishes
from index.ask.pick.identity import CHANGE, of_unsaid_account
from index.ask.pick.stocks import paid_from_other
from index.ask.pick.words import share
from index.ask.pieces import pieces_of
from index.ask.query import Query
from index.ask.reckoned import Operation, Reckoned, above, reckon, size_of
from index.ask.reckoning import answer_of
from index.ask.row_words import (
    asks_in,
    asks_left,
    asks_rate,
    asks_spent,
    called,
    ends_so,
    given_and_spent,
    gives,
    in_its_city,
    name_text,
    parts_named,
)
from index.ask.search import Search
from index.ask.summing import adds_plainly
from index.ask.table_rows import (
    Cell,
    body_names,
    cell_of,
    cells_of,
    column_asked,
    named_cells,
    names_company,
    rows_called,
)
from index.ask.why import asks_why
from index.models import Answer, Period, StoredFact
from index.store.lookup import sentence_id
from index.text.normal import plain

_IN_FULL: Final = 4  # characters of a column's head that are said for nothing else
_SHORTEST_HEAD: Final = 2
_SOME: Final = 0.4  # so much of a word has to stand by the row
_BEGUN: Final = 2  # characters of a column that a question says
_MOST: Final = 3  # figures of an answer
_OF_ROW, _OF_THING = 0.25, 0.5  # so much of the name of a row, or of a thing of any list, has to be said
_ORDERED: Final = ("money", "count")
_AMOUNTS: Final = ("budget", "adjusted_budget", "actual", "amount")


def answer_row(search: Search, query: Query) -> Answer | None:
    """The figures of the rows that are named; None where none is, or the question says no column of it."""
    period = _period(search, query)
    if query.shape not in ("lookup", "compare") or period is None or query.members or asks_why(query.text):
        return None
    cells = [cell for cell in cells_of(search, query, period) if not (cell.is_sum or cell.is_rest)]
    if named := rows_called(cells, query):
        return _of_rows(search, query, [cell for row in named for cell in cells if cell.row == row], named)
    if told := _of_meant(search, query, cells, period, name_text(query)):
        return told
    if (wider := in_its_city(search, query)) is None:
        return None
    city, text = wider
    cells = [cell for cell in cells_of(search, city, period) if not (cell.is_sum or cell.is_rest)]
    return _of_meant(search, city, cells, period, text)


def _period(search: Search, query: Query) -> Period | None:
    """The one period of a question that names one place."""
    periods = query.periods or (periods_for(search, query, query.regions[0])[0] if len(query.regions) == 1 else ())
    return periods[0] if len(periods) == len(query.regions) == 1 else None


def _of_meant(search: Search, query: Query, cells: Sequence[Cell], period: Period, text: str) -> Answer | None:
    """Of rows, then of the things of any list, that the words of a text stand in; none where a mark (“优”) is said."""
    if len(query.term) == 1:
        return None
    for some, part in ((cells, _OF_ROW), (named_cells(search, query, period), _OF_THING)):
        some = [cell for cell in some if not (paid_from_other(cell.told, query.text) or cell.row.endswith(CHANGE))]
        some = [cell for cell in some if not of_unsaid_account(cell.told, query)]
        some = some if asks_rate(query.text) else [cell for cell in some if cell.told.fact.kind in _ORDERED]
        if named := _rows_meant(some, text, part):
            told = _of_rows(search, query, [cell for row in named for cell in some if cell.row == row], named)
            return wording.noted(told, f"按“{'”、“'.join(named)}”理解") if told else None
    return None


def _of_body(search: Search, query: Query) -> Answer | None:
    """人社局预算多少: where a table has a row for each body, the body's own, not what is spent on its field."""
    period, names = _period(search, query), body_names(query)
    if period is None or len(names) != 1 or query.documents or query.shape != "lookup" or operation_in(query.text):
        return None
    cells = [cell for cell in cells_of(search, query, period) if cell.kind.name == "部门" and not cell.is_sum]
    rows = {cell.row for cell in cells if ends_so(names[0], cell.row)}
    asked = _asked([cell for cell in cells if cell.row in rows], query) if len(rows) == 1 else []
    return _listed(search, query, asked, asked[0].row, [cell.column for cell in asked]) if len(asked) == 1 else None


def row_in_full(search: Search, query: Query, answer: Answer) -> Answer:
    """The figures of the row that is named where there is no other answer, or it leaves out some of them: A given to it
    多少, 利率多高; or where the head of another column is what the question says, word by word: 实际支出多少."""
    if answer.status == "not_found":
        return answer_row(search, query) or answer
    facts = search.facts_of(answer)
    if answer.status != "answered" or not any(one.header for one in facts):
        return answer
    if len(facts) == 1 and (said := _column_said(search, query, facts[0])):
        return said
    if len(facts) == 1 and facts[0].fact.kind == "money" and _is_part(search, query, facts[0]):
        return answer_row(search, query) or answer
    if len(facts) < asks_in(query.text) or len({sentence_id(one.id) for one in facts}) > 1 == len(query.regions):
        row = answer_row(search, query)
        told = search.facts_of(row) if row else []
        if row and len(told) >= max(2, len(facts)) and not {one.id for one in facts}.isdisjoint(one.id for one in told):
            return row
    return answer


def _is_part(search: Search, query: Query, lead: StoredFact) -> bool:
    """Does the row of a figure stand in its table more than once?"""
    if lead.fact.key or not lead.header or len(query.regions) != 1:
        return False
    same = search.of_names(lead.fact.region, lead.fact.period, [lead.fact.item])
    return _is_split([cell_of(one) for one in same if (one.document, one.header) == (lead.document, lead.header)])


def _column_said(search: Search, query: Query, lead: StoredFact) -> Answer | None:
    """The one figure beside another in its row whose head the question says in full, where that of the other it does
    not say; of what was given and what was spent the one that the verb says."""
    row = [cell_of(one) for one in search.store.facts_of_sentences([sentence_id(lead.id)]) if one.header]
    own = [item.text for item in query.items if lead.fact.key in item.keys]
    said = [
        cell for cell in row if len(cell.column) >= _IN_FULL and cell.column in query.text
        and not any(cell.column in text and cell.column != text for text in own)  # 税收返还|和转移支付: no 税收返还
    ]  # fmt: skip
    if not (said or lead.fact.key or query.measures or asks_left(query.text)):
        money = [cell for cell in row if cell.told.fact.kind == "money"]
        pair = given_and_spent([cell.column for cell in money])
        said = [money[pair[asks_spent(query.text)]]] if pair and gives(query.text) else []
    if len(said) != 1 or said[0].told.id == lead.id or said[0].told.fact.kind != lead.fact.kind:
        return None
    if said[0].told.fact.key and said[0].told.fact.key in above({lead.fact.key}):
        return None  # 债务余额|里专项是多少: the head says what it is a part of
    return _listed(search, query, said, said[0].row, [said[0].column])


def _of_rows(search: Search, query: Query, cells: Sequence[Cell], named: Sequence[str]) -> Answer | None:
    """The figures of one table that has all of the rows, first of one in which each of them stands once."""
    tables = dict.fromkeys(cell.table for cell in cells)
    some = [[cell for cell in cells if cell.table == table] for table in tables]
    whole = [own for own in some if {cell.row for cell in own} == set(named) and not _is_split(own)]
    for own in whole or [list(cells)]:
        if told := _of_table(search, query, own, named):
            return told
    return None


def _is_split(cells: Sequence[Cell]) -> bool:
    """Does a row stand more than once in its table, each with a part: one project, two bonds?"""
    return len({sentence_id(cell.told.id) for cell in cells}) > len({cell.row for cell in cells})


def _of_table(search: Search, query: Query, cells: Sequence[Cell], named: Sequence[str]) -> Answer | None:
    if asks_left(query.text) and len(named) == 1:
        return _left(query, cells)
    operation = operation_in(query.text)
    if operation and (len(named) > 1 or operation != "sum" or adds_plainly(query.text)):
        return _reckoned(query, operation, cells, several=len(named) > 1)
    if len(named) > 1:
        told = _column_of(query, cells)
        name = told[0].column or told[0].caption if told else ""
        return _listed(search, query, told, name, [cell.row for cell in told]) if told else None
    asked = _asked(cells, query)
    if not asked or len(asked) > _MOST or len({cell.table for cell in asked}) > 1:
        return None
    return _listed(search, query, asked, asked[0].row, [cell.column or cell.row for cell in asked])


def _rows_meant(cells: Sequence[Cell], text: str, part: float) -> list[str]:
    """The rows that a text calls by less than their names: one of each of its parts, or the one of it all."""
    around: dict[str, str] = {}
    for cell in cells:
        told = cell.told
        row = told.text if told.header else ""  # a sentence tells of other things, too
        around[cell.row] = around.get(cell.row, told.title) + told.section + told.header + row
    each = [called(around, one, part) for one in parts_named(text)]
    if len(set(each)) > 1 and all(each):
        return list(dict.fromkeys(each))
    whole = called(around, text, part)
    return [whole] if whole else []


def _left(query: Query, cells: Sequence[Cell]) -> Answer | None:
    """还剩多少没花: what was given less what was spent of it, where the row has one of each."""
    money = [cell for cell in cells if cell.told.fact.kind == "money" and not cell.told.fact.key]
    pair = given_and_spent([cell.column for cell in money]) if len({cell.table for cell in money}) == 1 else None
    if pair is None:
        return None
    given, spent = (money[at] for at in pair)
    if size_of(given.told) < size_of(spent.told):
        return None
    facts, names = [given.told, spent.told], [given.column, spent.column]
    own = apart(given.told, spent.told, names, f"{given.row}未支出数", query.unit)
    return answer_of(Reckoned("gap", own, facts, names), None, query)


def answer_of_body(search: Search, query: Query) -> Answer | None:
    """城投集团利润多少, 人社局预算多少: where a company or a body is named and a table has it, it is that."""
    company = answer_row(search, query) if names_company(query) else None
    return answer_held(search, query) or company or _of_body(search, query)


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
    if not columns:  # A比B多拿了多少: the one amount of each
        told = [cell for row in rows for cell in _main([one for one in cells if one.row == row], query)]
        columns = {(cell.table, cell.column) for cell in told}
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
    in_full = [cell for cell in cells if len(cell.column) >= _SHORTEST_HEAD and cell.column in query.text]
    if len({cell.column for cell in in_full}) == 1 and asks_in(query.text) < 2:
        return in_full  # 合计, 事业收入: and no other column, whatever else may be meant
    found = [cell for cell in cells if column_asked(cell, query)]
    main = [cell for cell in cells if cell.told.fact.item == cell.row and cell not in found
            and any(item.text in cell.caption for item in query.items)]  # fmt: skip
    return ([*main, *found] if len(main) < 2 else found) or ([] if _asks_more(cells, query) else _main(cells, query))


def _asks_more(cells: Sequence[Cell], query: Query) -> bool:
    """担保公司|在保|还有多少, 食用菌那项砍了多少: what is asked of the row is none of its amounts as such."""
    if not set(wishes(fired(query.masked))) <= set(_AMOUNTS):
        return True
    around = "\n".join(f"{cell.row}{cell.column}{cell.caption}{plain(cell.told.section)}" for cell in cells)
    words = [piece for piece in pieces_of(query.content) if piece.hard and not piece.keys]
    return any(share(piece, around, {}) < _SOME and not _in_order(piece.text, cells) for piece in words)


def _in_order(word: str, cells: Sequence[Cell]) -> bool:
    """二幼 of 第二幼儿园: are the characters of a word in a row, in their order?"""
    for cell in cells:
        rest = iter(cell.row)
        if all(char in rest for char in word):
            return True
    return False


def _main(cells: Sequence[Cell], query: Query) -> list[Cell]:
    """多少钱: the one amount of a row; of what was given and what was spent the one that the verb says."""
    money = [cell for cell in cells if cell.told.fact.kind == "money" and cell.told.fact.measure in _AMOUNTS]
    pair = given_and_spent([cell.column for cell in money])
    if query.kind not in ("money", "") or len(money) < 2 or pair is None:
        return money if query.kind in ("money", "") and len(money) == 1 else []
    return [money[pair[asks_spent(query.text)]]]


def _counts(cell: Cell, query: Query) -> bool:
    """多少|辆车: is a cell counted in what the question counts in?"""
    unit = cell.told.fact.unit
    return cell.told.fact.kind == "count" and bool(unit) and any(f"{q}{unit}" in query.text for q in ("多少", "几"))
