"""An amount for each of those whom the same sentence counts: the amount by their number, with the formula.

发放救助补贴3.75亿元，惠及10.43万人 -> 平均每人 3,595 元（推算）        新增972笔、394.84亿元 -> 平均每笔 4,062.14 万元
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from index.ask import derive, wording
from index.ask.figures import figure, grouped, shown
from index.ask.query import Query
from index.ask.search import Search
from index.ask.select import counts_alike
from index.find.amounts import COUNT_WORDS
from index.models import Answer, StoredFact
from index.store.lookup import sentence_id

_EACH: Final = re.compile(rf"平均[^，。]{{0,4}}?(?:每一?|一)个?(?P<each>{COUNT_WORDS}|学生|孩子|老人)")
_PERSON: Final = ("学生", "孩子", "老人")
_END: Final = re.compile("[。；]")
_TEN_THOUSAND: Final = Decimal(10_000)


def averaged(search: Search, query: Query, facts: Sequence[StoredFact], reading: str) -> Answer | None:
    """``facts`` are the figures found for the question; None unless one amount and one such number stand together."""
    each = _EACH.search(query.text)
    amounts = [one for one in facts if one.fact.kind == "money" and one.fact.number]
    if each is None or len({one.fact.number for one in amounts}) != 1:
        return None
    unit = "人" if each["each"] in _PERSON else each["each"]
    amount = amounts[0]
    counts = [one for one in _beside(search, amount) if counts_alike(unit, one.fact.unit)]
    if len(counts) != 1 or not counts[0].fact.number or amount.fact.number is None:
        return None
    value = amount.fact.number / counts[0].fact.number
    whole = value < _TEN_THOUSAND
    shown_in, scaled = ("元", value) if whole else ("万元", value / _TEN_THOUSAND)
    rounded = scaled.quantize(Decimal(1) if whole else Decimal("0.01"), ROUND_HALF_UP)
    item = f"{amount.fact.item}平均每{unit}"
    formula = f"{derive.as_printed(amount)} ÷ {derive.as_printed(counts[0])}"
    computed = derive.gap_figure(amount, f"{rounded}", shown_in, formula, item)
    lines = [reading, f"平均每{unit} {grouped(computed.value)} {shown_in}（推算，报告未直接给出）", computed.sentence]
    lines += [f"{one.fact.item} {shown(one, query.unit)}" for one in (amount, counts[0])]
    lines += wording.quote_lines([amount, counts[0]])
    figures = (computed, *(figure(one, asked=False) for one in (amount, counts[0])))
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
