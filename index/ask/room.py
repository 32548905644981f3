"""A question for the room that is left for new debt, or for what of it is taken up -> the limit and what is owed.

专项债务余额离限额还有多大空间 -> 专项债务限额 | 专项债务余额      债务限额用掉了几成 -> 政府债务余额 | 政府债务限额
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.ask.kin import item_of
from index.ask.pieces import pieces_of
from index.ask.query import Query
from index.ask.question import understand
from index.ask.reckoned import Operation
from index.ask.search import Search
from index.ask.side_words import plain_lookup
from index.ask.sides import Expression
from index.ask.vocabulary import asking_pattern, pattern_in


def read_room(search: Search, query: Query) -> Expression | None:
    """The limit of the debt less what is owed, or what share of it is taken up."""
    operation: Operation = "share" if pattern_in("gap", "used").search(query.text) else "gap"
    named = "".join(item.name for item in query.items)
    limited = "限额" in query.text and "余额" in query.text
    if len(query.regions) != 1 or not (operation == "share" or pattern_in("gap", "room").search(query.text)):
        return None
    if not (limited or "债" in query.text + named):
        return None
    kinds = {item.name[: -len("债务限额")] for item in query.items if item.name.endswith(("债务限额", "债务余额"))}
    if len(kinds) > 1:
        return None  # 一般债务余额比|专项债务限额: of two debts
    text = query.text.replace("一般公共", "") + named
    kind = "专项" if "专项" in text else "一般" if "一般" in text else "政府"
    limit, owed = item_of(f"{kind}债务限额"), item_of(f"{kind}债务余额")
    own = understand(without_room(query.text), search.atlas, query.regions)
    if (
        not (limit and owed)
        or own.items
        or _content(own.chunks)
        or asking_pattern("relation", "no_room").search(query.text)
    ):
        return None  # 限额里还有多少|待分配: another thing
    base = replace(plain_lookup(query, own), chunks=(), runs=())
    first = replace(base, items=(limit,), content=(limit.text,), measures=("limit",))
    second = replace(base, items=(owed,), content=(owed.text,), measures=("outstanding",))
    return Expression(operation, (second, first) if operation == "share" else (first, second))


def without_room(text: str) -> str:
    """The question without the words of the limit and of what is left of it."""
    for name in ("used", "room", "ask", "room_words"):
        text = pattern_in("gap", name).sub("，", text)
    return text


def _content(chunks: Sequence[str]) -> bool:
    """Words that say something: 待分配, but not 帮算算, 核定的."""
    return any(
        piece.hard and not asking_pattern("relation", "chatter").search(piece.text) for piece in pieces_of(chunks)
    )
