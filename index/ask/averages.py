"""A figure for each of those whom the same sentence counts, or for each month of its year, with the formula.

发放救助补贴3.75亿元，惠及10.43万人 -> 平均每人 3,595 元（推算）        新增972笔、394.84亿元 -> 平均每笔 4,062.14 万元
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from index.ask import derive, wording
from index.ask.figures import figure, grouped, shown
from index.ask.query import Query
from index.ask.search import Search
from index.ask.select import counts_alike
from index.find.amounts import COUNT_WORDS, MONEY_UNITS
from index.models import Answer, Figure, StoredFact
from index.store.lookup import sentence_id

_EACH: Final = re.compile(rf"平均[^，。]{{0,4}}?(?:每一?|一)个?(?P<each>{COUNT_WORDS}|学生|孩子|老人)")
_EACH_TIME: Final = re.compile(
    r"(?:平均[^，。]{0,4}?)?(?:每|一)个?(?P<time>月|天|日|季度?)(?:平均)?|(?P<short>[月日])均"
)
_PERSON: Final = ("学生", "孩子", "老人")
_FLOWS: Final = ("actual", "amount", "budget", "adjusted_budget")
_END: Final = re.compile("[。；]")
_TEN_THOUSAND: Final = Decimal(10_000)


def averaged(search: Search, query: Query, facts: Sequence[StoredFact], reading: str) -> Answer | None:
    """``facts`` are the figures found for the question; None unless one of them and one such number stand together, or
    it is of whole months."""
    numbers = [one for one in facts if one.fact.kind in ("money", "count") and one.fact.number]
    if len({one.fact.number for one in numbers}) != 1:
        return None
    return _by_count(search, query, numbers[0], reading) or _by_time(query, numbers[0], reading)


def _by_count(search: Search, query: Query, one: StoredFact, reading: str) -> Answer | None:
    """惠及10.43万人: by those whom the sentence counts beside it."""
    each = _EACH.search(query.text)
    if each is None or one.fact.number is None:
        return None
    unit = "人" if each["each"] in _PERSON else each["each"]
    counts = [other for other in _beside(search, one) if other.id != one.id and counts_alike(unit, other.fact.unit)]
    if len(counts) != 1 or not counts[0].fact.number:
        return None
    found = _quotient(one, counts[0].fact.number, derive.as_printed(counts[0]), f"每{unit}")
    return _told(query, found, (one, counts[0]), f"平均每{unit}", reading)


def _by_time(query: Query, one: StoredFact, reading: str) -> Answer | None:
    """民生支出平均一个月: what flows in a year, by its months, quarters or days."""
    each = _EACH_TIME.search(query.text)
    if each is None or one.fact.unit not in MONEY_UNITS or one.fact.measure not in _FLOWS or one.fact.period.as_of:
        return None
    period, unit = one.fact.period, (each["time"] or each["short"])[0]
    months = (period.last_year - period.first_year) * 12 + period.last_month - period.first_month + 1
    last = monthrange(period.last_year, period.last_month)[1]
    days = date(period.last_year, period.last_month, last) - date(period.first_year, period.first_month, 1)
    parts = {"月": months, "季": months // 3, "天": days.days + 1, "日": days.days + 1}[unit]
    if parts < 2:
        return None
    name = {"月": "个月", "季": "个季度"}.get(unit, "天")
    found = _quotient(one, Decimal(parts), f"{parts}{name}", f"每{name.lstrip('个')}")
    return _told(query, found, (one,), f"平均每{name}", reading)


def _quotient(one: StoredFact, by: Decimal, by_name: str, each: str) -> Figure:
    value = (one.fact.number or Decimal(0)) / by
    formula = f"{derive.as_printed(one)} ÷ {by_name}"
    if one.fact.kind == "count":
        unit = one.fact.unit.removeprefix("万").removesuffix("次")
        shown_value = value.quantize(Decimal("0.1"), ROUND_HALF_UP)
    elif one.fact.unit == "亿元" and value >= MONEY_UNITS["亿元"]:
        unit, shown_value = "亿元", (value / MONEY_UNITS["亿元"]).quantize(Decimal("0.0001"), ROUND_HALF_UP)
    elif value < _TEN_THOUSAND:
        unit, shown_value = "元", value.quantize(Decimal(1), ROUND_HALF_UP)
    else:
        unit, shown_value = "万元", (value / _TEN_THOUSAND).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return derive.gap_figure(one, f"{shown_value}", unit, formula, f"{one.fact.item}平均{each}")


def _told(query: Query, found: Figure, facts: Sequence[StoredFact], each: str, reading: str) -> Answer:
    lines = [reading, f"{each} {grouped(found.value)} {found.unit}（推算，报告未直接给出）", found.sentence]
    lines += [f"{one.fact.item} {shown(one, query.unit)}" for one in facts]
    lines += wording.quote_lines(facts)
    figures = (found, *(figure(one, asked=False) for one in facts))
    return Answer("answered", wording.fitted(lines), figures, (), reading)


def _beside(search: Search, amount: StoredFact) -> list[StoredFact]:
    """The numbers between the same two full stops or semicolons as an amount, of its place and period."""
    text, at = amount.text, amount.fact.start
    start = max((mark.end() for mark in _END.finditer(text, 0, at)), default=0)
    end = next((mark.start() for mark in _END.finditer(text, at)), len(text))
    return [
        one
        for one in search.store.facts_of_sentences([sentence_id(amount.id)])
        if one.fact.kind == "count" and start <= one.fact.start < end
        and one.fact.region == amount.fact.region and one.fact.period == amount.fact.period
    ]  # fmt: skip
