"""A question for a total without some of its parts -> the look-up of the total and of each part.

    "云溪区2024年除教育外的支出" -> 一般公共预算支出 | 教育支出
    "一般公共预算支出扣除教育和农林水以后还剩多少" -> 一般公共预算支出 | 教育支出 | 农林水支出

Nothing is looked up here; the patterns are in ``questions.toml``.
"""

from __future__ import annotations

from itertools import combinations

from index.ask.query import Query
from index.ask.reckoned import above
from index.ask.relation import staged_alike
from index.ask.search import Search
from index.ask.side_words import read_side, side
from index.ask.sides import Expression
from index.ask.vocabulary import relation_pattern, rest_patterns
from index.find.terms import exact_items

_SHAPES = ("lookup", "compare", "quote")
_FLOWS = ("支出", "收入", "余额")


def read_rest(search: Search, query: Query) -> Expression | None:
    """The total and what is taken from it; None if the question asks for something else."""
    if query.shape not in _SHAPES or len(query.regions) != 1 or len(query.periods) > 1 or query.compared:
        return None
    for pattern in rest_patterns():
        for found in pattern.finditer(query.text):
            if "非" + found["p"] + found["w2"][:2] in query.text and exact_items("非" + found["p"] + found["w2"][:2]):
                continue  # 非税收入 is an item
            if relation := _read(search, query, found["w"] + found["w2"], found["p"]):
                return relation
    return None


def _read(search: Search, query: Query, whole_words: str, part_words: str) -> Expression | None:
    whole = read_side(search, query, whole_words)
    if len(whole.items) != 1 or whole.chunks:
        return None
    flow = next((word for word in _FLOWS if whole.items[0].name.endswith(word)), "")
    parts = [_part(search, query, piece, flow) for piece in relation_pattern("split").split(part_words) if piece]
    known = [one for one in parts if one is not None]
    keys = [set(one.items[0].keys) for one in known]
    if not known or len(known) < len(parts) or any(one & other for one, other in combinations(keys, 2)):
        return None
    total = set(whole.items[0].keys)
    if any(not total & above(one) or any(above(one) & other for other in keys) for one in keys):
        return None  # only what is part of it can be taken from it, and that once
    sides = (side(query, whole, whole), *(side(query, one, one) for one in known))
    return staged_alike(search, query, Expression("rest", sides))


def _part(search: Search, query: Query, words: str, flow: str) -> Query | None:
    """教育 of 除教育外的支出 is 教育支出."""
    for text in (words if words.endswith(flow) else words + flow, words):
        own = read_side(search, query, text)
        if len(own.items) == 1 and not own.chunks:
            return own
    return None
