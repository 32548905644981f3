"""What a query may mean in one place and year, the likeliest first.

    绩效自评|评为优的项目多少个, of a place without any figure of 预算绩效 -> as typed; then 绩效自评 as plain words

A later reading is only asked where an earlier one gives nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Final

from index.ask.kin import keys_under
from index.ask.pick.stocks import ISSUED
from index.ask.pieces import pairs, pieces_of
from index.ask.query import Asked, Kind, Query
from index.ask.search import Search
from index.ask.vocabulary import nouns, pattern_in, synonyms, words
from index.find.terms import exact_items
from index.lexicon import items
from index.models import Period

LONG, SHORTEST_STEM = 4, 2
_REVENUE, _LOCAL = "total-gp-rev", "total-local-rev"
_ISSUED = "debt-issue"
_PAYMENT, _RECEIVED = "transfer-payment", "transfer-superior"
_KINDS_OF_PAYMENT: Final = ("transfer-general", "transfer-special")
_LINES = ("total-", "transfer-")
_ONCE: Final = 1


def readings(search: Search, query: Query, region: str, period: Period) -> Iterator[Query]:
    """As typed, an item as the column of another's row, a weak word as part of a name, debt as what a project was paid
    from, new debt as all that was issued, an item that the reports do not have as plain words, a thing that is put
    twice without the words that they do not have."""
    yield query
    if column := _as_column(query):
        yield column
    if weak := _weak_as_words(query):
        yield weak
    if project := _project_of_debt(query):
        yield project
    for held in (_issued_as_new, _revenue_as_local, _local_as_revenue):
        if other := held(search, query, region, period):
            yield other
            break
    if plain := _unheld_as_words(search, query, region, period) or _counted_as_words(query):
        yield plain
    if once := without_strange(search, query, region):
        yield once
    if thing := _item_of_thing(query):
        yield thing
    if received := _payment_as_received(search, query, region, period):
        yield received


def _as_column(query: Query) -> Query | None:
    """采供血机构的|基本支出: the column of a row that bears another name."""
    columns = [item for item in query.items if item.name in words("ask", "columns")]
    rest = tuple(word for word in query.content if all(word != item.text for item in columns))
    if len(columns) != 1 or len(query.items) > 1 or not rest or not query.whose:
        return None
    return replace(query, items=(), content=rest, whose=rest, must=(*query.must, columns[0].name), kind="money")


def _project_of_debt(query: Query) -> Query | None:
    """产业园拿了多少|专项债: a project, told among those that such debt was taken up for."""
    one = query.items[0] if len(query.items) == 1 else None
    rest = tuple(word for word in query.content if one is None or word != one.text)
    if one is None or not one.keys or not one.keys[0].startswith(ISSUED) or query.measures:
        return None
    names = [piece.text for piece in pieces_of(rest) if piece.hard and not piece.keys]
    known = [word for item in items().values() if item.account == "debt" for word in item.words]
    if not names or any(name in word for name in names for word in known):  # 再融资债券里|专项的: a part of the debt
        return None
    debt = next((kind for kind in ("一般债", "专项债") if kind in one.name), "债")
    return replace(
        query, items=(), content=rest, chunks=rest, whose=(), runs=(), debt=debt, kind="money", measures=(), stage=""
    )


def _issued_as_new(search: Search, query: Query, region: str, period: Period) -> Query | None:
    """专项债|发了多少, where only the new ones are told: they are all that was issued, as far as the report says."""
    one = query.items[0] if len(query.items) == 1 else None
    kind = one.keys[0].removeprefix(_ISSUED) if one and one.keys[0].startswith(_ISSUED) else None
    if one is None or kind is None:
        return None
    if search.of_item(region, period, [f"debt-refinance{kind}"]):
        return None
    return _as_held(search, query, f"debt-new{kind}", region, period)


def _revenue_as_local(search: Search, query: Query, region: str, period: Period) -> Query | None:
    """收入多少, of a paper that tells of no account by its name: its 地方财政收入."""
    if len(query.items) != 1 or query.items[0].keys != (_REVENUE,) or query.account or "公共预算" in query.text:
        return None
    return _as_held(search, query, _LOCAL, region, period)


def _local_as_revenue(search: Search, query: Query, region: str, period: Period) -> Query | None:
    """地方财政收入多少, of a place of which nothing but its 一般公共预算收入 is told: the same by its name of today."""
    if len(query.items) != 1 or query.items[0].keys != (_LOCAL,):
        return None
    return _as_held(search, query, _REVENUE, region, period)


def _payment_as_received(search: Search, query: Query, region: str, period: Period) -> Query | None:
    """某县转移支付多少, of a place of which only 上级补助 is told: what was paid to it."""
    if len(query.items) != 1 or query.items[0].keys != (_PAYMENT,) or query.given or query.account:
        return None
    if "给" in query.text or search.of_item(region, period, _KINDS_OF_PAYMENT):
        return None  # 一般性 and 专项转移支付 are told: 上级补助 holds more than these
    received = _as_held(search, query, _RECEIVED, region, period)
    return replace(received, account="general_public") if received else None


def _as_held(search: Search, query: Query, key: str, region: str, period: Period) -> Query | None:
    """The question for another item, which is held where that one is not."""
    one, found = query.items[0], items().get(key)
    if found is None or search.of_item(region, period, one.keys) or not search.of_item(region, period, [key]):
        return None
    rest = tuple(word for word in query.content if word not in (one.text, one.name))
    if any(piece.hard and not piece.keys for piece in pieces_of(rest)) and rest:
        return None  # 防洪堤用了多少|专项债: not all of it
    return replace(query, items=(Asked(found.name, (key,), found.name),), content=(found.name, *rest))


def _weak_as_words(query: Query) -> Query | None:
    """健康|东路改造: a weak word as part of a name of the report's own.

    That name has the word: 一般公共预算支出里教育 is no 一般公共预算支出.
    """
    runs = tuple(run for run in query.runs if any(item.text in run and item.text != run for item in query.items))
    if not runs or not all(item.weak for item in query.items):
        return None
    said = tuple(item.text for item in query.items)
    return replace(query, items=(), content=runs, must=(*query.must, *said))


def _item_of_thing(query: Query) -> Query | None:
    """做烟花的企业|交了多少税: what everyday words name, of a thing that is no item: a name of the report's own."""
    one = query.items[0] if len(query.items) == 1 else None
    rest = tuple(word for word in query.content if one is None or word != one.text)
    named = [piece for piece in pieces_of(rest) if piece.hard and not piece.keys]
    if one is None or not one.weak or not named or query.measures or query.kind not in ("", "money"):
        return None
    if "最" in query.text or not query.asks:  # 核减最多的那个: one of several
        return None
    own = SequenceMatcher(None, one.name, one.text, autojunk=False).find_longest_match()
    stem = one.name[own.a : own.a + own.size]  # |税|收收入, 惠民|补贴|: what was typed of the name
    if len(stem) < SHORTEST_STEM and stem not in set(nouns()):
        return None
    said, at = (*rest, stem), query.text.find(one.text)
    masked = f"{query.masked[:at]}{one.text}{query.masked[at + len(one.text) :]}"  # 交了多少税: paid, and not waived
    return replace(
        query, items=(), content=said, chunks=said, runs=(), whose=(), must=(*query.must, stem), kind="money",
        literal=True, masked=masked,
    )  # fmt: skip


def _unheld_as_words(search: Search, query: Query, region: str, period: Period) -> Query | None:
    """给失能老人的|养老消费补贴, where nothing is held of 养老服务: the words are those of a name of the report's own.

    Only everyday words, and names that are no lines of the budget: 税收收入 means nothing but 税收收入.
    """
    keys = [key for item in query.items for key in item.keys]
    if not keys or not all(map(everyday, query.items)) or search.of_item(region, period, keys):
        return None
    known = items()
    if any(known[key].measure == "outstanding" for key in keys if key in known):
        return None  # 政府债务, what is owed: no figure of what is paid back
    alone = set(query.content) <= {item.text for item in query.items}
    parts = [under for key in keys for under in keys_under(key)]
    if alone and (search.of_item(region, period, parts) or any(_two_in_one(item.text) for item in query.items)):
        return None
    said_words = tuple(dict.fromkeys((*query.content, *query.whose)))
    longest = max((len(name) for word in said_words for name in (word, *synonyms().get(word, ()))), default=0)
    if longest < LONG and len(said_words) < len(query.items) + 1:
        return None  # 养老 alone is a word of too many names; 棚改 is short of one
    said = (*(item.text for item in query.items), *((query.term,) if query.term in query.text else ()))
    return replace(
        query, items=(), content=said_words, chunks=said_words, runs=(), whose=(),
        must=(*query.must, *filter(None, said)), kind=query.kind or _kind(query), literal=True,
    )  # fmt: skip


def _counted_as_words(query: Query) -> Query | None:
    """多少辆|公车, 几个|出国|团组: what is counted is no line of a budget, whatever item its words name."""
    if query.kind != "count" or not query.count_word or not query.items or query.must:
        return None
    said = tuple(item.text for item in query.items)
    return replace(
        query, items=(), content=query.content or said, chunks=query.content or said, runs=(), whose=(), must=said,
        measures=(), stage="", literal=True,
    )  # fmt: skip


def _two_in_one(word: str) -> bool:
    """还本付息, where the report tells 还本 and 付息: neither of them is both."""
    return any(exact_items(word[:at]) and exact_items(word[at:]) for at in range(2, len(word) - 1))


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


# --------------------------------------------------------------------------------------------------------- said twice


def without_strange(search: Search, query: Query, region: str) -> Query | None:
    """The query without the words of a row that no report of the place has, if it has another one of that row whole."""
    if query.each or query.kind == "count" or pattern_in("soft", "several").search(query.text):
        return None  # 滑雪场、停车场建了几个: two things
    gone: list[str] = []
    for row in _rows(query):
        strange = [word for word in row if _is_strange(search, word, region)]
        left = [word for word in row if word not in strange and word not in words("soft", "anybody")]
        if strange and left:  # 花湖机场连着的那些|企业: no other name of it
            gone += strange
    if not gone:
        return None
    return replace(
        query,
        content=tuple(word for word in query.content if word not in gone),
        chunks=tuple(word for word in query.chunks if word not in gone),
        whose=tuple(word for word in query.whose if not any(word in one for one in gone)),
        runs=tuple(run for run in query.runs if not any(one in run or run in one for one in gone)),
        notes=(*query.notes, f"“{'”、“'.join(gone)}”没有提到，按“{'、'.join(_left(query, gone))}”查找"),
    )


def _rows(query: Query) -> list[list[str]]:
    """Words of content that stand side by side: 管菜市场|、|副食品|这些."""
    rows: list[list[str]] = []
    beside = pattern_in("soft", "beside")
    end = -1
    for word in query.content:
        start = query.text.find(word, max(end, 0))
        if rows and start >= end >= 0 and beside.fullmatch(query.text[end:start]):
            rows[-1].append(word)
        else:
            rows.append([word])
        end = start + len(word) if start >= 0 else -1
    return [row for row in rows if len(row) > 1]


def _left(query: Query, gone: Sequence[str]) -> list[str]:
    return [word for row in _rows(query) for word in row if word not in gone]


def _is_strange(search: Search, word: str, region: str) -> bool:
    """Whether the reports of the place have nothing of some word that it is made of."""
    documents = search.document_ids(region)
    return any(
        piece.hard
        and not piece.keys
        and not any(_stands(search, one, documents) for one in (piece.text, *piece.others))
        for piece in pieces_of((word,))
    )


def _stands(search: Search, word: str, documents: Sequence[int]) -> bool:
    """Whether all neighbouring characters of a word stand in the documents."""
    held = search.store.postings(pairs(word), documents, _ONCE)
    return all(held.get(pair) for pair in pairs(word))
