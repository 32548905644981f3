"""A figure for each inhabitant: the figure by the population that the same reports tell, or what is missing.

某市2025年 教育支出 48.58亿元, 常住人口 219.5万人 -> 人均 2,213 元（推算）, the formula, both with their sentences
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from index.ask import derive, wording
from index.ask.figures import figure, grouped, shown
from index.ask.kin import item_of
from index.ask.query import Query
from index.ask.search import Search
from index.ask.vocabulary import words
from index.find.terms import exact_items
from index.models import Answer, Figure, Period, StoredFact

PEOPLE = "常住人口"
_UNITS = ("人", "万人")


def asks_per_head(query: Query) -> bool:
    """人均教育支出, 平均每人: of an item that is not told for each head by itself."""
    return bool(query.items and heads_of(query))


def as_printed(query: Query) -> Query | None:
    """人均地区生产总值: an item of its own, which the reports print; None if there is none."""
    asked = item_of(f"人均{query.items[0].name}") if len(query.items) == 1 else None
    return replace(query, items=(asked,), chunks=(), content=(asked.name,), must=()) if asked else None


def answer_per_head(search: Search, query: Query, told: Answer) -> Answer:
    """``told`` is the answer for the figure itself."""
    facts = [one for one in search.facts_of(told) if not any(word in one.text for word in words("ask", "per_head"))]
    money = [one for one in facts if one.fact.kind == "money" and one.fact.number is not None]
    if told.status != "answered" or not money:
        return told  # nothing there, or the report itself tells it for each head
    whole = [one for one in money if one.fact.scope in ("whole", "")]
    if len({one.fact.region for one in money}) > 1 or len({one.fact.number for one in whole}) != 1:
        return _missing(query, money, "有不止一个数" if whole else "只有本级的数，人口是全域的")
    one = whole[0]
    people = inhabitants(search, [one.fact.region], one.fact.period).get(one.fact.region)
    if people is None:
        return _missing(query, money, f"没有写{wording.place_of(one)}{wording.period_name(one.fact.period)}的{PEOPLE}")
    return _answer(query, one, people)


def inhabitants(search: Search, codes: Sequence[str], period: Period) -> dict[str, StoredFact]:
    """The inhabitants of places at the end of a year, of those of which all reports say the same."""
    keys = [item.key for item in exact_items(PEOPLE)]
    told: dict[str, list[StoredFact]] = {}
    for one in search.store.facts(codes, [period.last_year], keys) if codes else ():
        fact = one.fact
        if fact.unit in _UNITS and fact.number and fact.measure == "count" and fact.scope in ("whole", ""):
            told.setdefault(fact.region, []).append(one)
    return {code: some[0] for code, some in told.items() if len({one.fact.number for one in some}) == 1}


def heads_of(query: Query) -> tuple[str, ...]:
    """The words that ask for a figure per head: 人均."""
    return tuple(word for word in query.chunks if word in words("ask", "per_head"))


def of_each(one: StoredFact, people: StoredFact) -> Figure:
    """A figure by the number of inhabitants, with its formula."""
    assert one.fact.number is not None and people.fact.number
    value = (one.fact.number / people.fact.number).quantize(Decimal(1), ROUND_HALF_UP)
    formula = f"{one.fact.item}{derive.as_printed(one)} ÷ {PEOPLE}{derive.as_printed(people)}"
    return derive.gap_figure(one, f"{value}", "元", formula, f"人均{one.fact.item}")


def _answer(query: Query, one: StoredFact, people: StoredFact) -> Answer:
    computed = of_each(one, people)
    head = wording.reading([wording.place_of(one)], [one.fact.period], [computed.item], query)
    lines = [head, f"{grouped(computed.value)} 元（推算，报告未直接给出）", computed.sentence]
    lines += [f"{name} {shown(each, query.unit)}" for name, each in ((one.fact.item, one), (PEOPLE, people))]
    lines += wording.quote_lines([one, people])
    figures = (computed, *(figure(each, asked=False) for each in (one, people)))
    return Answer("answered", wording.fitted(lines), figures, (), head)


def _missing(query: Query, facts: list[StoredFact], why: str) -> Answer:
    one = facts[0]
    head = wording.reading([wording.place_of(one)], [one.fact.period], [f"人均{one.fact.item}"], query)
    told = "；".join(wording.value_line(each, query) for each in facts[:2])
    lines = [head, f"报告没有写人均数；{why}，人均数不计算。", f"报告里有：{one.fact.item} {told}"]
    lines += wording.quote_lines(facts[:2])
    figures = tuple(figure(each, asked=False) for each in facts[:2])
    return Answer("not_found", wording.fitted(lines), figures, (), head)
