"""What a query may mean in one place and year, the likeliest first.

    绩效自评|评为优的项目多少个, of a place without any figure of 预算绩效 -> as typed; then 绩效自评 as plain words

A later reading is only asked where an earlier one gives nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from index.ask.query import Asked, Kind, Query
from index.ask.search import Search
from index.lexicon import items
from index.models import Period

LONG = 4
_LINES = ("total-", "transfer-")


def readings(search: Search, query: Query, region: str, period: Period) -> Iterator[Query]:
    """As typed, a weak word as part of a name, an item that the reports do not have as plain words."""
    yield query
    if weak := _weak_as_words(query):
        yield weak
    if plain := _unheld_as_words(search, query, region, period):
        yield plain


def _weak_as_words(query: Query) -> Query | None:
    """健康|东路改造: a weak word as part of a name of the report's own.

    That name has the word: 一般公共预算支出里教育 is no 一般公共预算支出.
    """
    runs = tuple(run for run in query.runs if any(item.text in run and item.text != run for item in query.items))
    if not runs or not all(item.weak for item in query.items):
        return None
    said = tuple(item.text for item in query.items)
    return replace(query, items=(), content=runs, must=(*query.must, *said))


def _unheld_as_words(search: Search, query: Query, region: str, period: Period) -> Query | None:
    """给失能老人的|养老消费补贴, where nothing is held of 养老服务: the words are those of a name of the report's own.

    Only everyday words, and names that are no lines of the budget: 税收收入 means nothing but 税收收入.
    """
    keys = [key for item in query.items for key in item.keys]
    if not keys or not all(map(everyday, query.items)) or search.of_item(region, period, keys):
        return None
    words = tuple(dict.fromkeys((*query.content, *query.whose)))
    if max(map(len, words), default=0) < LONG and len(words) < len(query.items) + 1:
        return None  # 养老 alone is a word of too many names
    said = (*(item.text for item in query.items), *((query.term,) if query.term in query.text else ()))
    return replace(
        query, items=(), content=words, chunks=words, runs=(), whose=(), must=(*query.must, *filter(None, said)),
        kind=query.kind or _kind(query), literal=True,
    )  # fmt: skip


def _kind(query: Query) -> Kind:
    """国债的钱, 专项债里给智慧西工项目的: what lines of the budgets and of debt are, is money."""
    known = [items()[key] for item in query.items for key in item.keys if key in items()]
    money = "钱" in query.text or any(one.account not in ("", "other") for one in known)
    return "money" if money and not query.measures else ""


def everyday(item: Asked) -> bool:
    """Whether a word only may mean the item (房子 for 住房保障支出), or the item is no line of any budget."""
    known = [items()[key] for key in item.keys if key in items()]
    official = any(item.text in (one.name, *one.words) for one in known)
    if any(one.account == "social_insurance" for one in known):
        return False  # a fund has revenue, expenditure and balance: its name alone says none of them
    return not official or all(one.account in ("", "other") and not one.key.startswith(_LINES) for one in known)
