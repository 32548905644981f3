"""The balance of one fund by two names of the lexicon: 居民养老保险基金|滚存结余 -> 居民养老保险基金年末滚存结余.

A fund named in a follow-up keeps what was asked of the fund before it: 居民医保滚存结余 | 职工医保呢.
"""

from __future__ import annotations

from typing import Final

from index.ask.kin import of_flow
from index.ask.pick.cues import flow_of
from index.ask.query import Asked, Query
from index.find.terms import exact_items
from index.lexicon import items

_FUNDS: Final = "social_insurance"
_FLOWS: Final = ("收入", "支出", "本年收支结余", "年末滚存结余", "上年结余")
_WAYS: Final = {"revenue": "收入", "expenditure": "支出"}
_OF_YEAR: Final = {"收支结余": "本年收支结余"}


def fund_of(query: Query) -> Asked | None:
    """居民养老保险基金|滚存结余: the fund whose balance is asked for, where both words are items."""
    known = items()
    if len(query.items) != 2 or query.measures not in ((), ("balance",)):
        return None
    balances = [
        one for one in query.items
        if "结余" in one.text or any(known[key].measure == "balance" for key in one.keys if key in known)
    ]  # fmt: skip
    funds = [
        one for one in query.items
        if one not in balances and one.keys[0] in known and known[one.keys[0]].account == "social_insurance"
    ]  # fmt: skip
    return funds[0] if len(funds) == 1 and len(balances) == 1 else None


def balance_of_fund(query: Query) -> Asked | None:
    """居民养老保险基金|滚存结余: the item that is this balance of this fund; None if the lexicon has none."""
    fund = fund_of(query)
    if fund is None:
        return None
    kind = next(one for one in query.items if one is not fund)
    found = exact_items(fund.name + _OF_YEAR.get(kind.name, kind.name)) or exact_items(fund.name + kind.text)
    return Asked(fund.text + kind.text, tuple(item.key for item in found), found[0].name) if found else None


def flow_of_fund(query: Query) -> Asked | None:
    """居民养老保险|收了多少: the revenue of this fund, as the verb says; None for any other question."""
    known = items()
    fund = query.items[0] if len(query.items) == 1 else None
    if fund is None or fund.name.endswith(_FLOWS) or not all(
        key in known and known[key].account == _FUNDS and not known[key].flow for key in fund.keys
    ):  # fmt: skip
        return None
    way = _WAYS.get(flow_of(query.masked))
    return of_flow(fund, way) if way else None


def other_fund(query: Query, last: Query) -> tuple[Asked, ...] | None:
    """居民医保基金滚存结余 | 职工医保呢: the balance (revenue, expenditure) of the other fund; None if not so asked."""
    known = items()
    if len(query.items) != 1 or query.chunks or query.measures or query.account or not query.follow:
        return None
    fund = query.items[0]
    if any(known[key].account != _FUNDS or known[key].measure == "balance" for key in fund.keys if key in known):
        return None
    if fund.name.endswith(_FLOWS):
        return None
    before = fund_of(last)
    if before is not None:
        return tuple(fund if one is before else one for one in last.items)
    if len(last.items) != 1:
        return None
    flow = next((flow for flow in _FLOWS if last.items[0].name.endswith(flow)), "")
    own = [key for key in last.items[0].keys if key in known and known[key].account == _FUNDS]
    found = exact_items(fund.name + flow) if flow and own else ()
    return (Asked(fund.text + flow, tuple(item.key for item in found), found[0].name),) if found else None
