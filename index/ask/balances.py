"""The balance of one fund by two names of the lexicon: 居民养老保险基金|滚存结余 -> 居民养老保险基金年末滚存结余.

A fund named in a follow-up keeps what was asked of the fund before it: 居民医保滚存结余 | 职工医保呢.  What is left of
an account is its balance by the account's own name, or the year-end balance that is told in the account:
政府性基金支出 | 结余多少 -> 政府性基金结余, or 年终结余 there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from index.ask.kin import item_of, of_flow
from index.ask.pick.cues import flow_of
from index.ask.query import Asked, Query
from index.ask.vocabulary import pattern_in
from index.find.terms import exact_items
from index.lexicon import items
from index.models import FLOW_WORDS, Account

_FUNDS: Final[Account] = "social_insurance"
_FLOWS: Final = ("收入", "支出", "本年收支结余", "年末滚存结余", "上年结余")
_OF_YEAR: Final = {"收支结余": "本年收支结余"}
_YEAR_END: Final = "年终结余"
_OF_ACCOUNT: Final[dict[Account, str]] = {"government_fund": "政府性基金结余", "state_capital": "国有资本经营预算结余"}
_OF_FUNDS: Final = ("本年收支结余", "年末滚存结余")
_ALL_FUNDS: Final = ("si-all",)


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
    named = (fund.name + _OF_YEAR.get(kind.name, kind.name), fund.name + kind.text)
    return item_of(named[0], fund.text + kind.text) or item_of(named[1], fund.text + kind.text)


def balance_said(before: Asked, said: Sequence[Asked], text: str) -> Asked | None:
    """社保基金当年结余, 居民养老保险基金收入 | 年底滚存: the balance of the same fund that some words name."""
    known = items()
    named = any(item.name != _YEAR_END for item in said)
    if named or not any(key in known and known[key].account == _FUNDS for key in before.keys):
        return None
    so_far, of_year = (pattern_in("told", name).search(text) for name in ("cumulative", "of_year"))
    if bool(so_far) == bool(of_year):
        return None
    end = _OF_FUNDS[1 if so_far else 0]
    fund = next((before.name.removesuffix(flow) for flow in _FLOWS if before.name.endswith(flow)), before.name)
    found = item_of("" if before.keys == _ALL_FUNDS else fund + end, text) or item_of(end, text)
    return found if found and found.keys != before.keys and found.name.endswith(end) else None


def flow_of_fund(query: Query) -> Asked | None:
    """居民养老保险|收了多少: the revenue of this fund, as the verb says; None for any other question."""
    known = items()
    fund = query.items[0] if len(query.items) == 1 else None
    if fund is None or fund.name.endswith(_FLOWS) or not all(
        key in known and known[key].account == _FUNDS and not known[key].flow for key in fund.keys
    ):  # fmt: skip
        return None
    way = FLOW_WORDS.get(flow_of(query.masked))
    return of_flow(fund, way) if way else None


def left_of_account(query: Query, last: Query | None) -> Query:
    """政府性基金结余; 社会保险基金|结余; 政府性基金支出 | 结余多少: what is left of one account, and of no other."""
    if not query.items or query.chunks or not query.regions:
        return query
    account = _account_left(query, last)
    if not account:
        return query
    asked, measures = _left(account, query), tuple(one for one in query.measures if one != "balance")
    whose = replace(query, account=account, measures=measures, kind="", joint=False)
    return replace(whose, items=asked, content=tuple(one.text for one in asked))


def _account_left(query: Query, last: Query | None) -> Account:
    """The account whose balance is asked for; "" for any other question."""
    item, known = query.items[0], items()
    if query.account in _OF_ACCOUNT and {one.name for one in query.items} <= {*_OF_FUNDS, _YEAR_END}:
        return query.account  # 本年收支结余、年末滚存结余 | 政府性基金呢
    if item.keys == _ALL_FUNDS and query.measures == ("balance",):
        return _FUNDS
    if len(query.items) > 1:
        return ""
    for account, name in _OF_ACCOUNT.items():
        if item.name == name:
            return account
    before = {known[key].account for one in last.items for key in one.keys if key in known} if last else set()
    if item.name != _YEAR_END or query.account or len(before) != 1:
        return ""
    return next(iter(before & {*_OF_ACCOUNT, _FUNDS}), "")


def _left(account: Account, query: Query) -> tuple[Asked, ...]:
    """The balance of an account by its own name and as the year-end balance told there; of the funds that of the year
    and that of all years, of 一共 and 年底还剩 only the latter."""
    if account == _FUNDS:
        names = _OF_FUNDS[1:] if pattern_in("told", "so_far").search(query.text) else _OF_FUNDS
        return tuple(Asked(name, tuple(one.key for one in exact_items(name)), name) for name in names)
    keys = (one.key for name in (_YEAR_END, _OF_ACCOUNT[account]) for one in exact_items(name))
    return (Asked(_YEAR_END, tuple(keys), _YEAR_END),)


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
    found = item_of(fund.name + flow, fund.text + flow) if flow and own else None
    return (found,) if found else None
