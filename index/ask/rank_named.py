"""The largest and smallest of those that a question names itself: items, places, parts that the report lists.

    "上党区2023年国防支出、公共安全支出哪个最多" -> 公共安全支出 9,093 万元, then the other one
    "石家庄高新区和经开区2025年收入谁高" -> 高新区 58.8 亿元, then the other one, and how far they are apart

Each is looked up as if it were asked for by itself.  A report that says two things of one of them has both in the list;
the first is told only if it is first either way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from index.ask import derive, wording
from index.ask.absent import JOINTS
from index.ask.agree import groups
from index.ask.cells import JOINS, of_one
from index.ask.defaults import periods_for
from index.ask.figures import figure, grouped, shown
from index.ask.in_order import answer_in_order
from index.ask.pick.found_for import found_for
from index.ask.plan import answer_lookup, fill
from index.ask.query import Query, Shape
from index.ask.rank import by_measure, downwards, of_first_level, told_of_places
from index.ask.search import Search
from index.ask.vocabulary import pattern_in
from index.lexicon import items
from index.models import Account, Answer, Figure, Period, StoredFact

TWICE: Final = "“{name}”报告里有不止一个数，都列出"
OPEN: Final = "报告里有的{kind}有不止一个数，不能确定哪一{kind}{end}"
ABSENT: Final = "报告里没有“{name}”的数，没有比"
EACH: Final = "各多少"

Told = Mapping[str, Sequence[StoredFact]]  # the name of each -> its figures, more than one where they contradict


def answer_rank_named(search: Search, query: Query) -> Answer | None:
    """Those named in their order; None for any other question, or where there are not two to compare."""
    query, region = by_measure(query), next(iter(query.regions), "")
    periods = query.periods or periods_for(search, query, region)[0]
    if query.members or query.joint or len(periods) != 1:
        return None
    told = _told(search, query, periods[0])
    there = {name: some for name, some in told.items() if some}
    facts = [one for some in there.values() for one in some]
    if len(there) < 2 or len({(one.fact.kind, one.fact.measure) for one in facts}) > 1:
        return None
    rows = sorted(facts, key=lambda one: one.fact.number or Decimal(0), reverse=downwards(query))
    names = {one.id: name for name, some in there.items() for one in some}
    head = _head(search, query, periods, told, rows[0])
    if len(there) < len(told) and len(query.regions) == 1 and not query.items[len(told) - 1 :]:
        return _not_all(query, head, told, rows, names)
    return _answer(query, head, told, rows, names)


def _told(search: Search, query: Query, period: Period) -> Told:
    """The figures of each: of several places, several items, or the elements of an enumeration that are neither."""
    if len(query.regions) > 1:
        if any(search.atlas.is_under(one, other) for one in query.regions for other in query.regions if one != other):
            return {}
        found = told_of_places(search, query, query.regions, period) if len(query.items) < 2 else {}
        told = {code: _differing(of_first_level(some)) for code, some in found.items()}
        return {_place(search, code): told.get(code, []) for code in query.regions} if told else {}
    listed = any(f"{mark}{word}" in query.text for word in query.chunks for mark in JOINS)
    if len(query.items) > 1 and not listed:
        account = _account_of_all(query)
        each = (
            (item.name, found_for(search, of_one(query, item), query.regions[0], period).asked) for item in query.items
        )
        return {name: _differing(one for one in some if not account or one.fact.account in (account, "", "other"))
                for name, some in each}  # fmt: skip
    return _of_elements(search, query) if listed else {}


def _of_elements(search: Search, query: Query) -> Told:
    """政府采购里|货物、工程、服务|哪样最多: the figures of 货物、工程、服务各多少."""
    text, masked = (pattern_in("order", "which").sub(EACH, one, count=1) for one in (query.text, query.masked))
    if text == query.text:
        return {}
    lookup = replace(query, text=text, masked=masked, shape="lookup", direction="", top=0, of_items=False, each=True)
    told: dict[str, Sequence[StoredFact]] = {}
    for cell in fill(search, lookup)[1]:
        told[cell.item] = _differing(cell.found.asked)
    return told if _of_one_list([one for some in told.values() for one in some]) else {}


def _of_one_list(facts: Sequence[StoredFact]) -> bool:
    """Whether figures that words were found for stand in one sentence, or one column: elsewhere they may be others'."""
    places = {(one.document, one.header, one.fact.label if one.header else one.fact.sentence) for one in facts}
    return len(places) == 1


def answer_each(search: Search, query: Query) -> Answer | None:
    """市级跟市本级哪个大, 26年安排的和25年完成的哪个多: two levels, years or papers, looked up side by side."""
    text, masked = (pattern_in("order", "which").sub(EACH, one, count=1) for one in (query.text, query.masked))
    if query.members or query.of_items or text == query.text or not any(mark in text for mark in JOINTS):
        return None
    shape: Shape = "compare" if max(len(query.regions), len(query.periods)) > 1 else "lookup"
    lookup = replace(query, text=text, masked=masked, shape=shape, direction="", top=0, of_items=False, each=True)
    answer = answer_lookup(search, lookup)
    asked = [one for one in answer.figures if one.asked]
    ids = [one.fact_id for one in asked if one.fact_id is not None]
    facts = {one.id: one for one in search.store.facts_by_ids(ids)}
    told = [facts[one] for one in ids if one in facts and facts[one].fact.number is not None]
    if answer.status != "answered":
        return None
    if len(asked) != 2 or len(told) != 2 or len({one.fact.kind for one in told}) != 1:
        return answer if shape == "compare" else None  # a budget beside an outcome: both are told, and no order
    if ordered := answer_in_order(told, fewest=not downwards(query)):
        return ordered
    first = max(told, key=lambda one: (one.fact.number or Decimal(0)) * (1 if downwards(query) else -1)).id
    figures = sorted(answer.figures, key=lambda one: (not one.asked, one.fact_id != first))
    return replace(answer, figures=tuple(figures))


def _differing(facts: Iterable[StoredFact]) -> list[StoredFact]:
    """One figure for each number that is told."""
    return [group[0] for group in groups([one for one in facts if one.fact.number is not None])]


def _place(search: Search, code: str) -> str:
    return search.atlas.regions[code].name


def _head(search: Search, query: Query, periods: Sequence[Period], told: Told, first: StoredFact) -> str:
    by_place = len(query.regions) > 1
    places = [search.atlas.full_name(code) for code in query.regions]
    named = [item.name for item in query.items] if by_place else list(told)
    return wording.reading(places, periods, named or [first.fact.item], query, first.fact.account)


def _not_all(query: Query, head: str, told: Told, rows: Sequence[StoredFact], names: Mapping[int, str]) -> Answer:
    """教育、国防、|月球探测|支出哪个最多: what the report does not have may be the first."""
    there_is = "；".join(f"{names[one.id]} {shown(one, query.unit)}" for one in rows)
    missing = [ABSENT.format(name=name) for name, some in told.items() if not some]
    lines = [head, *missing, f"报告里有：{there_is}", *wording.quote_lines(rows[:1])]
    return Answer("not_found", wording.fitted(lines), tuple(figure(one, asked=False) for one in rows), (), head)


def _answer(query: Query, head: str, told: Told, rows: Sequence[StoredFact], names: Mapping[int, str]) -> Answer:
    """The first, all in their order; of two how far they are apart, and both are what was asked for."""
    end, kind = "最高" if downwards(query) else "最低", "地" if len(query.regions) > 1 else "项"
    sure, two = _is_first(rows, names), len(set(names.values())) == 2
    first = f"{end}：{names[rows[0].id]}  {shown(rows[0], query.unit)}" if sure else OPEN.format(kind=kind, end=end)
    apart = derive.difference(rows[0], rows[1]) if sure and len(rows) == 2 else None
    lines = [head, first, *([f"相差 {grouped(apart.value)} {apart.unit}（推算，报告未直接给出）"] if apart else [])]
    lines += [f"{number}. {names[one.id]}  {shown(one, query.unit)}" for number, one in enumerate(rows, 1)]
    notes = [TWICE.format(name=name) for name, some in told.items() if len(some) > 1]
    notes += [ABSENT.format(name=name) for name, some in told.items() if not some]
    notes += [*query.notes, *([query.period_note] if query.period_note else []), *wording.shoulds(rows)]
    lines += wording.quote_lines(rows[:1])
    remarks = tuple(note for note in (*(() if sure else (first,)), *notes))
    every = two or not sure or bool(pattern_in("order", "each").search(query.text))
    figures: tuple[Figure, ...] = tuple(figure(one, asked=number == 0 or every) for number, one in enumerate(rows))
    figures = (*figures, apart) if apart else figures
    return Answer("answered", wording.fitted([*lines, *(f"※ {note}" for note in notes)]), figures, (), head, remarks)


def _account_of_all(query: Query) -> Account:
    """教育、社保、卫健: 社保 stands beside lines of the general budget, and is no insurance fund there."""
    known = items()
    own = {known[item.keys[0]].account for item in query.items if item.keys and item.keys[0] in known}
    return own.pop() if len(own) == 1 and all(item.keys for item in query.items) else ""


def _is_first(rows: Sequence[StoredFact], names: Mapping[int, str]) -> bool:
    """Whether the first stands before all others whichever of its figures is right."""
    own = [number for number, one in enumerate(rows) if names[one.id] == names[rows[0].id]]
    tied = len(rows) > len(own) and rows[len(own)].fact.number == rows[len(own) - 1].fact.number
    return own == list(range(len(own))) and not tied
