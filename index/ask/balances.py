"""结余 and 结转 of an account, under whatever name the report prints it.

    "无锡全市政府性基金2025年结转多少到下年" -> the figure filed as 年终结转 of the fund account for 全市

Reports call the same figure 年终结余, 结转下年, 收支结余: where the asked name has no figure, the one balance of that
account, year and scope answers, if its place has the asked word.
"""

from __future__ import annotations

from typing import Final

from index.ask.agree import groups
from index.ask.found import Found
from index.ask.query import Asked, Query
from index.ask.search import Search
from index.ask.select import by_account, by_scope, is_opening
from index.ask.vocabulary import strip_account
from index.find.terms import exact_items
from index.lexicon import items
from index.models import Period

_OF_YEAR: Final = {"收支结余": "本年收支结余"}
_WORDS: Final = ("净结余", "滚存", "结转", "结余")


def find_balance(search: Search, query: Query, region: str, period: Period) -> Found:
    """The balance asked for, of each scope; nothing if several figures could be meant."""
    account = query.account or next(
        (items()[key].account for item in query.items for key in item.keys if key in items()), ""
    )
    if query.measures not in ((), ("balance",)) or not account or not _asks_balance(query):
        return Found()
    named = [word for word in _WORDS if word in _said(query)]
    pool = [
        one
        for one in by_account(search.some(region, period, None, ["balance"], [account]), query)
        if one.fact.key and not _is_of_fund(one.fact.key) and not is_opening(one)
    ]
    found = Found()
    for group in by_scope(pool, query.scope):
        fits = [one for one in group if any(word in one.fact.item + one.fact.label for word in named)]
        agreed = groups(fits)
        if len(agreed) != 1:
            return Found()
        found = found.with_more(Found(asked=(agreed[0][0],), opened=True))
    return found


def _is_of_fund(key: str) -> bool:
    """The balance of one fund is not its account's."""
    return key in items() and items()[key].parent.startswith("si-balance")


def fund_of(query: Query) -> Asked | None:
    """居民养老保险基金|滚存结余: the fund whose balance is asked for, where both words are items."""
    known = items()
    if len(query.items) != 2 or query.measures not in ((), ("balance",)):
        return None
    balances = [
        one for one in query.items if "结余" in one.text or any(known[key].measure == "balance" for key in one.keys)
    ]
    funds = [one for one in query.items if one not in balances and known[one.keys[0]].account == "social_insurance"]
    return funds[0] if len(funds) == 1 and len(balances) == 1 else None


def balance_of_fund(query: Query) -> Asked | None:
    """居民养老保险基金|滚存结余: the item that is this balance of this fund; None if the lexicon has none."""
    fund = fund_of(query)
    if fund is None:
        return None
    kind = next(one for one in query.items if one is not fund)
    found = exact_items(fund.name + _OF_YEAR.get(kind.name, kind.name)) or exact_items(fund.name + kind.text)
    return Asked(fund.text + kind.text, tuple(item.key for item in found), found[0].name) if found else None


def _asks_balance(query: Query) -> bool:
    """Only the account and the word itself are asked for: 一般公共预算年终结余, not 彩票公益金结余."""
    rest = [strip_account(word) for word in (*(item.text for item in query.items), *query.chunks)]
    for word in (*_WORDS, "年终", "年末", "累计", "收支", "本年", "下年", "使用", "继续"):
        rest = [piece.replace(word, "") for piece in rest]
    return any(word in _said(query) for word in _WORDS) and not any(rest)


def _said(query: Query) -> str:
    """The question, in a follow-up with what it keeps."""
    return "".join((query.text, *(item.text for item in query.items), *query.content))
