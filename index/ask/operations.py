"""Words that make another figure of a figure: 除…外, 几倍, 环比, 平均每月.

    "云溪区2024年教育支出环比" + the growth over the year before -> what is missing, with the figure that there is

Whatever answers such a question was computed so, or its own words say so; the plain figure is none.  The words are in
``asking.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from index.ask import wording
from index.ask.asks import parts_of
from index.ask.averages import averaged
from index.ask.clauses import own_clause
from index.ask.kin import siblings
from index.ask.pieces import pairs
from index.ask.query import Query
from index.ask.scoping import without_levels
from index.ask.search import Search
from index.ask.side_words import HIDDEN, without_names
from index.find.terms import find_asked_terms
from index.lexicon import toml
from index.models import Answer, Figure
from index.text.normal import plain

_ITEM = "{item}"  # in a pattern, a character of an item's name
_FLAGS = ("beside", "single", "averaged", "listed", "several")


@dataclass(frozen=True, slots=True)
class Operation:
    """Its name, how it is asked for, and how a figure says that it is of it.

    ``beside``: the same words may only put something aside, and ask for another thing.  ``single``: asked
    for beside something else, its figures are no lack of it.  ``averaged``: it is reckoned where the sentence counts.
    ``listed``: figures of several things are it, one figure is not.  ``reckoned``: what a figure that was reckoned is
    called, if it is it.
    ``several``: more than one figure is it, or that of one of the parts it names.
    """

    name: str
    ask: re.Pattern[str]
    told: re.Pattern[str]
    beside: bool
    single: bool
    averaged: bool
    listed: bool
    several: bool
    reckoned: re.Pattern[str] | None


@cache
def operations() -> tuple[Operation, ...]:
    """All rows of the file."""
    rows = toml("asking.toml")["operation"]
    return tuple(
        Operation(
            row["name"],
            re.compile(row["ask"].replace(_ITEM, HIDDEN)),
            re.compile(row["told"]),
            reckoned=re.compile(row["reckoned"]) if "reckoned" in row else None,
            **{flag: flag in row for flag in _FLAGS},
        )
        for row in rows
    )


def asked_for(query: Query) -> Operation | None:
    """The operation that the words of a question name; those in the name of an item name none."""
    text = without_names(query, query.text)
    if query.scope in ("own", "own_wide"):
        text = without_levels(text)
    return next((one for one in operations() if one.ask.search(text)), None)


def _beside(query: Query, operation: Operation, asked: Sequence[Figure]) -> bool:
    """除新增债券以外，再融资债券多少: what is asked for is no part of it, but something else, named beside it."""
    found = operation.ask.search(query.text)
    if found is None or not operation.beside:
        return False
    around = query.text[: found.start()] + "，" + query.text[found.end() :]
    return all(one.item in around or any(word in around for word in (one.item[:-2], one.item[2:]) if len(word) > 1)
               for one in asked)  # fmt: skip


def _is_reckoned(operation: Operation, one: Figure) -> bool:
    return one.derived and operation.reckoned is not None and operation.reckoned.search(one.item) is not None


def _is_of_them(query: Query, operation: Operation, asked: Sequence[Figure]) -> bool:
    """土地储备和产业园各多少: several figures, or that of one of them; of 货物、工程、服务各多少 their sum is none."""
    found = operation.ask.search(query.text)
    said = (found["parts"] or "") if found else ""
    several = max(len(asked), len(query.periods), len(query.regions)) > 1
    return several or any(pair in said for pair in pairs(asked[0].item))


def _is_no_part(query: Query, operation: Operation) -> bool:
    """收了多少税，不含|非税: what is left out is no part of what is asked for."""
    found = operation.ask.search(query.text)
    left_out = find_asked_terms(query.text[found.end() :]) if found and len(query.items) == 1 else ()
    keys = query.items[0].keys if query.items else ()
    return bool(left_out) and all(siblings([item.key for item in one.items], keys) for one in left_out)


def told_so(search: Search, query: Query, answer: Answer) -> bool:
    """Whether a printed figure whose own words say so answers the operation: 城乡低保月均保障标准|620元."""
    operation = asked_for(query)
    if answer.status != "answered" or operation is None:
        return False
    return any(
        (query.basis and "same_basis" in one.fact.flags)
        or operation.told.search(f"{one.fact.item}，{own_clause(plain(one.fact.label))}，{one.fact.unit}")
        for one in search.facts_of(answer)
    )


def met(search: Search, query: Query, answer: Answer) -> Answer:
    """The answer, if its figures are of the operation asked for; else what is missing, and what there is."""
    operation = asked_for(query) if answer.status == "answered" else None
    asked = [one for one in answer.figures if one.asked]
    if operation is None or not asked or told_so(search, query, answer) or _beside(query, operation, asked):
        return answer
    if _is_no_part(query, operation):
        return answer
    summed = asked[0].derived or query.scope in ("lower", "whole")  # 县区加起来欠多少 is a figure of its own
    if operation.single and (summed or len(parts_of(query.text)) > 1):
        return answer
    place = search.atlas.full_name(query.regions[0])
    facts = search.facts_of(answer)
    if (operation.listed and len({one.item for one in asked}) > 1) or _is_reckoned(operation, asked[0]):
        return answer
    if operation.several and _is_of_them(query, operation, asked):
        return answer
    if operation.averaged and (average := averaged(search, query, facts, answer.reading)):
        return average
    told = "；".join(
        f"{wording.period_name(one.fact.period)}{one.fact.item}{wording.value_line(one, query)}" for one in facts[:2]
    )
    name = "、".join(item.name for item in query.items) or "".join(query.content)
    lines = [answer.reading, f"报告没有写{place}“{name}”{operation.name}，也算不出来。"]
    lines += [f"报告里有：{told}"] if told else []
    lines += wording.quote_lines(facts[:2])
    figures = tuple(replace(one, asked=False) for one in answer.figures)
    return Answer("not_found", wording.fitted(lines), figures, (), answer.reading)
