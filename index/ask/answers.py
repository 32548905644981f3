"""Found figures -> Answer: the figures in order, the reply in lines.

one result: reading, value, context, quote, source        several: one value line each, then the quotes
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.ask import wording
from index.ask.conflict import NAMESAKES, PARTS
from index.ask.figures import RANGE, figure
from index.ask.found import Found
from index.ask.query import Query
from index.ask.vocabulary import strip_account
from index.lexicon import items
from index.models import Answer, Figure, Period, StoredFact

NOT_TOLD = "报告里没有写它的{what}"
SAME = 2  # characters by which the names of two accounts differ
_RATIOS = ("completion", "yoy_pct", "share", "rank")
_SAID = (*_RATIOS, "budget", "adjusted_budget")  # to be missing, where something else is told
_STOCKS = ("outstanding", "limit", "balance")


@dataclass(frozen=True, slots=True)
class Cell:
    """One place, period and item that was looked up, and what was found."""

    region: str
    place: str
    period: Period
    item: str
    found: Found


def answer_cells(cells: Sequence[Cell], query: Query, notes: Sequence[str] = ()) -> Answer:
    """The answer of one or several look-ups, of which at least one found something."""
    places = list(dict.fromkeys(cell.place for cell in cells))
    periods = list(dict.fromkeys(cell.period for cell in cells))
    named = list(dict.fromkeys(_item_name(cell) for cell in cells))
    head = _head(cells, places, periods, [name for name in named if name], query)
    lines = [head]
    remarks = list(query.notes) + ([query.period_note] if query.period_note else []) + list(notes)
    several = len(cells) > 1
    for cell in cells:
        lines += _cell_lines(cell, query, label=_label(cell, places, periods, named) if several else "")
        remarks += cell.found.notes
    facts = [one for cell in cells for one in cell.found.asked]
    remarks += wording.flag_notes(facts)
    beside = [one for cell in cells for one in cell.found.context]
    remarks += [*wording.doubts(beside), *wording.shoulds(beside)]
    remarks += _missing(cells, query)
    lines += wording.quote_lines(facts[:3])
    lines += [f"※ {remark}" for remark in dict.fromkeys(remarks) if remark]
    return Answer("answered", wording.fitted(lines), _figures(cells), (), head, tuple(dict.fromkeys(remarks)))


def _missing(cells: Sequence[Cell], query: Query) -> list[str]:
    """完成率和同比, 预算数和完成数, of which only one is told: the other is said to be missing."""
    if len(cells) != 1 or len(query.measures) < 2:
        return []
    found = cells[0].found
    told = {one.fact.measure for one in (*found.asked, *found.context)} | {one.measure for one in found.computed}
    return [NOT_TOLD.format(what=wording.MISSING[one]) for one in query.measures if one in _SAID and one not in told]


def _head(
    cells: Sequence[Cell], places: Sequence[str], periods: Sequence[Period], named: list[str], query: Query
) -> str:
    """How the question was understood; the account of all figures, and no stage that a stock has not (债务余额)."""
    facts = [one.fact for cell in cells for one in cell.found.asked]
    accounts = {one.account for one in facts}
    stocks = bool(facts) and all(one.measure in _STOCKS for one in facts)
    said = replace(query, measures=()) if stocks and set(query.measures) <= {"actual", *_STOCKS} else query
    return wording.reading(places, periods, named, said, accounts.pop() if len(accounts) == 1 else "")


def _item_name(cell: Cell) -> str:
    if cell.found.opened and cell.found.asked and NAMESAKES not in cell.found.notes:
        return cell.found.asked[0].fact.item
    known = {one.fact.key for one in cell.found.asked}
    if cell.found.asked and len(known) == 1 and (key := known.pop()) in items() and _is_one_account_of(cell.item, key):
        return items()[key].name  # 收入总计 is that of several accounts, each with a name of its own
    return cell.item


def _is_one_account_of(name: str, key: str) -> bool:
    """政府性基金收入总计, for which the figure is 一般公共预算收入总计."""
    bare, own = strip_account(name), items()[key].name
    return bare != name and strip_account(own) == bare and name[:SAME] != own[:SAME]


def _label(cell: Cell, places: Sequence[str], periods: Sequence[Period], named: Sequence[str]) -> str:
    parts = [cell.place if len(places) > 1 else "", wording.period_name(cell.period) if len(periods) > 1 else ""]
    return " ".join(part for part in (*parts, _item_name(cell) if len(named) > 1 else "") if part)


def _cell_lines(cell: Cell, query: Query, label: str) -> list[str]:
    found = cell.found
    if not found.some and not found.context:
        return [label + wording.NONE_OF_IT] if label else []
    lines = []
    parts = PARTS in found.notes
    for one in found.asked:
        own = label or (one.fact.item if found.opened and len(found.asked) > 1 else "")
        own = _part_name(one, found.asked) if parts else own
        lines.append(wording.value_line(one, query, label=own))
    for computed in found.computed:
        if not computed.asked:
            lines.append(wording.change_line(computed))
            continue
        gap = computed.item.endswith("之差")
        lines.append(("相差：" if gap else f"{label}：" if label else "") + wording.computed_line(computed))
    if not label and found.context:
        lines += wording.context_lines(found.context, found.asked, query)
    return lines


def _part_name(one: StoredFact, beside: Sequence[StoredFact]) -> str:
    """债务转贷收入里的再融资债券; with the section where several wholes have one name."""
    alike = [other for other in beside if other.fact.parent == one.fact.parent]
    where = f"{one.section}，" if len({other.section for other in alike}) > 1 else ""
    return f"{where}{one.fact.parent}里的{one.fact.item}"


def _figures(cells: Sequence[Cell]) -> tuple[Figure, ...]:
    """Asked figures in the order of the question, then the context; percentages of a withheld amount answer instead."""
    asked: list[Figure] = []
    beside: list[Figure] = []
    last: list[Figure] = []
    seen: set[int] = set()
    answering = {one.id for cell in cells for one in cell.found.asked}
    for cell in cells:
        between = [one for one in cell.found.computed if one.item.endswith("之差") or not one.asked]
        asked += [one for one in cell.found.computed if one not in between]
        last += between
        withheld = [one for one in cell.found.asked if one.fact.number is None and RANGE not in one.fact.flags]
        for one in cell.found.asked:
            if one.id not in seen:
                seen.add(one.id)
                (beside if one in withheld else asked).append(figure(one, asked=True))
        for one in cell.found.context:
            if one.id not in seen and one.id not in answering:
                seen.add(one.id)
                instead = bool(withheld) and one.fact.kind in ("percent", "times")
                (asked if instead else beside).append(figure(one, asked=instead))
    return (*asked, *last, *(replace(one, asked=False) for one in beside))


def quoted_answer(head: str, said: Sequence[str], notes: Sequence[str], facts: Sequence[StoredFact]) -> Answer:
    """Sentences of the report as the answer; the figures in them are shown, not answered with."""
    lines = [head, *said, *(f"※ {note}" for note in notes)]
    figures = tuple(figure(one, asked=False) for one in facts)
    return Answer("answered", wording.fitted(lines), figures, (), head, tuple(notes))
