"""The balance of one fund by two names of the lexicon: 居民养老保险基金|滚存结余 -> 居民养老保险基金年末滚存结余."""

from __future__ import annotations

from typing import Final

from index.ask.query import Asked, Query
from index.find.terms import exact_items
from index.lexicon import items

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
