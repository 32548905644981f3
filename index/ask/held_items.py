"""有哪些科目 -> the items that the reports of a place have figures of in a year, by account, a page of names at a time.

洛阳市西工区 · 2023年 · 科目
一般公共预算收入：一般公共预算收入、税收收入、……
政府债务：政府债务余额、政府债务限额
"""

from __future__ import annotations

from itertools import groupby

from index.ask.query import Query
from index.ask.search import Search
from index.ask.wording import ACCOUNTS, fitted, period_name
from index.lexicon import items
from index.models import Answer

TOPIC = "items"
MORE = "更多"
PAGE = 18  # names: as many lines of a phone as an overview has, or a few less
MOST_OFFERED = 6
_FLOWS = {"revenue": "收入", "expenditure": "支出"}
_OWN = "报告自己的名称（项目、表里的行）没有列入，直接写名称来问"


def pages_of(search: Search, query: Query) -> int:
    """How many pages the names fill; none where nothing is held."""
    return -(-len(_held(search, query)[0]) // PAGE)


def next_page(search: Search, query: Query) -> int:
    """The number of the page behind that of a query; 0 where there is none."""
    page = query.masked.count(MORE) + 1
    return page if page < pages_of(search, query) else 0


def answer(search: Search, query: Query) -> Answer:
    """A page of the names; those most is told of are offered."""
    keys, own = _held(search, query)
    place = search.atlas.full_name(query.regions[0])
    year = period_name(query.periods[0])
    page, pages = query.masked.count(MORE), pages_of(search, query)
    page = min(page, pages - 1)
    start = page * PAGE
    head = f"{place} · {year} · 有数字的科目 {len(keys)} 项" + (f"，第 {page + 1}/{pages} 页" if pages > 1 else "")
    shown, known = keys[start : start + PAGE], items()
    lines = [head]
    for group, some in groupby(shown, key=_group):
        lines.append(f"{group}：{'、'.join(known[key].name for key in some)}")
    left = len(keys) - start - len(shown)
    lines += [f"另有 {left} 项，问“更多”"] if left else [f"※ {_OWN}"] if own else []
    told = {one.key: one.facts for one in search.store.items(query.regions[0], query.periods[0].last_year)}
    most = sorted(shown, key=lambda key: -told[key])[:MOST_OFFERED]
    return Answer("answered", fitted(lines), (), tuple(f"{place}{year}{known[key].name}" for key in most), head)


def _held(search: Search, query: Query) -> tuple[list[str], bool]:
    """The keys in the order of the lexicon, those of an account together; whether the report has words of its own."""
    held = search.store.items(query.regions[0], query.periods[0].last_year)
    keys, accounts, flows = {one.key for one in held}, [*ACCOUNTS, ""], [*_FLOWS, ""]
    found = [key for key in items() if key in keys]

    def place(key: str) -> tuple[int, int, bool]:
        """By account, revenue before expenditure, totals before what they consist of."""
        one = items()[key]
        account, flow = one.account if one.account in accounts else "", one.flow if one.flow in flows else ""
        return accounts.index(account), flows.index(flow) if account else 0, not key.startswith("total")

    return sorted(found, key=place), "" in keys


def _group(key: str) -> str:
    """一般公共预算收入, 政府债务, 其他."""
    one = items()[key]
    account = ACCOUNTS.get(one.account, "")
    return account + _FLOWS.get(one.flow, "") if account and one.account != "debt" else account or "其他"
