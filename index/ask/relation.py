"""A question for the share of one figure in another, or for the sum of several -> the look-up of each figure.

    "某市本级一般公共预算收入占全市的比重" -> own level | whole        "乙区专项债务余额占某市的几成" -> 乙区 | 某市
    "政府债务里专项债务占多少" -> 专项债务 | 政府债务                   "一般债务和专项债务加起来" -> two items

Each side is read by itself, so that the words of one decide nothing of the other.  Nothing is looked up here; the
patterns are in ``questions.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from typing import Final

from index.ask.asks import parts_of
from index.ask.kin import siblings, stock_of
from index.ask.query import Asked, Query
from index.ask.reckoned import above
from index.ask.search import Search
from index.ask.side_words import is_thing, read_side, side, stage_in, staged, without_names
from index.ask.sides import Expression, same_thing
from index.ask.vocabulary import relation_pattern
from index.lexicon import toml
from index.models import Measure

_PAUSE: Final = re.compile("[，；。]")
_BRACKETS: Final = re.compile("（[^（）]*）")
_SHAPES: Final = ("lookup", "compare")
_OWN: Final = ("own", "own_wide")
_RATIOS: Final[tuple[Measure, ...]] = ("yoy_pct", "yoy_amount", "completion", "rank", "rate", "count")


def read_relation(search: Search, query: Query, last: Query | None = None) -> Expression | None:
    """The share or sum asked for; None if the question asks for something else.

    占总支出的比例呢: what the question does not name is the item of the question before it, ``last``.
    """
    if query.shape not in _SHAPES or query.each or not query.regions or len(parts_of(query.text)) > 1:
        return None
    if len(query.periods) > 1 or query.compared:
        return None
    return _share(search, query, last) or _sum(search, query)


# ---------------------------------------------------------------------------------------------- a part of a whole


def _share(search: Search, query: Query, last: Query | None) -> Expression | None:
    found = relation_pattern("share").search(query.text)
    if found is None or without_names(query, query.text)[found.end("head")] != query.text[found.end("head")]:
        return None  # 耕地|占用税
    if "rank" in query.measures or ("completion" in query.measures and len(query.items) != 2):
        return None  # 占全部支出预算的百分之几 is a share where both sides are items
    whole = read_side(search, query, found["of"])
    for around, text in _containers(found["head"]):
        holder = read_side(search, query, around) if around else None
        if holder is not None and not is_thing(holder):
            continue
        part = read_side(search, query, text)
        if holder is not None and not (part.items or part.chunks or part.scope or part.regions):
            continue
        if holder is not None and not (whole.items or whole.chunks) and _beside(part, holder):
            return None  # 教育支出里农林水占几成
        around_it = holder or (replace(last, chunks=()) if last and last.items else last)  # it was answered so
        named = whole.items or whole.chunks
        relation = _of_both(search, query, part, whole if named or holder is None else holder, around_it, whole)
        if relation is not None:
            return relation
    return None


def _beside(part: Query, holder: Query) -> bool:
    """Whether two items stand side by side under a third."""
    return bool(part.items and holder.items) and siblings(part.items[0].keys, holder.items[0].keys)


def _containers(head: str) -> Iterator[tuple[str, str]]:
    """政府债务余额里|市本级: what stands around the part, and the part; the last such word first, then none."""
    for found in reversed(list(relation_pattern("inside").finditer(head))):
        if found.start() and head[found.end() :].strip("的，"):
            yield head[: found.start()], head[found.end() :].strip("的，")
    yield "", head


def _of_both(
    search: Search, query: Query, part: Query, whole: Query, holder: Query | None, of: Query
) -> Expression | None:
    """The relation, if what the sides differ in is one thing: the item, the level or the place."""
    named = part if part.items or part.chunks else holder
    if named is None or not is_thing(named) or (of.chunks and of.items):
        return None
    one = side(query, named, part)
    other = side(query, whole if whole.items or whole.chunks else named, whole)
    if not is_thing(other):
        return None
    if one.items and other.items:
        one = replace(one, items=(_as_stock(one.items[0], other.items[0]),))
    scope, within = part.scope or query.scope, of.scope or (holder.scope if holder else "")
    if not same_thing(one, other):
        if len(query.regions) != 1 or {part.scope, of.scope} >= {"own", "whole"}:
            return None
        return staged_alike(search, query, Expression("share", (one, other)))
    if len(query.regions) == 2:
        inner = [code for code in query.regions if _parent(search, code) in query.regions]
        if len(inner) != 1 or part.regions == tuple(set(query.regions) - set(inner)):
            return None
        outer = _parent(search, inner[0])
        one = replace(one, regions=(inner[0],), scope="", scope_words="")
        other = replace(other, regions=(outer,), scope="whole", scope_words="")
        return staged_alike(search, query, Expression("share", (one, other)))
    if len(query.regions) == 1 and scope in (*_OWN, "lower") and within == "whole":
        one = replace(one, scope=scope, scope_words=part.scope_words or query.scope_words)
        other = replace(other, scope="whole", scope_words=of.scope_words)
        return staged_alike(search, query, Expression("share", (one, other)))
    return None


def _as_stock(part: Asked, whole: Asked) -> Asked:
    """债务余额里|专项债: of what is owed, not of what was issued."""
    word = next((word for word in ("余额", "限额") if whole.name.endswith(word)), "")
    return (stock_of(part, word) if word else None) or part


def _parent(search: Search, code: str) -> str:
    region = search.atlas.regions.get(code)
    return region.parent if region else ""


# ---------------------------------------------------------------------------------------------- several as one


def _sum(search: Search, query: Query) -> Expression | None:
    """Two or more items, none of which is part of another, of one place."""
    if not relation_pattern("sum").search(query.text) or len(query.regions) != 1:
        return None
    if set(query.measures) & {*_RATIOS, "share"} or query.kind not in ("", "money"):
        return None
    named = [read_side(search, query, piece) for piece in _summands(query)]
    if relation_pattern("add").search(query.text):
        named = [one for each in named for one in _each(each)]
    if len(named) < 2 or len({one.scope for one in named} - {"", query.scope}) > 0 or not all(map(is_thing, named)):
        return None
    if any(same_thing(one, other) for one, other in combinations(named, 2)):
        return None
    plainly = relation_pattern("add").search(query.text)  # 一共 may be said of one figure, with words in its name
    if not all(one.items for one in named) and not (plainly and any(one.items for one in named)):
        return None
    keys = [set(one.items[0].keys) for one in named if one.items]
    if any(one & other for one, other in combinations(keys, 2)) or any(
        above(one) & two for one in keys for two in keys
    ):
        return None
    sides = tuple(replace(side(query, one, one), scope=query.scope, scope_words=query.scope_words) for one in named)
    return staged_alike(search, query, Expression("sum", sides))


def _each(side: Query) -> list[Query]:
    """增值税企业所得税|: items side by side without a word between them."""
    if len(side.items) < 2 or side.chunks or (side.joint and any(one.weak for one in side.items)):
        return [side]
    return [replace(side, items=(one,), content=(one.text,), joint=False) for one in side.items]


def _summands(query: Query) -> list[str]:
    """一般债务|跟|专项债务余额|加起来: the pieces between joining words; those in the name of an item join nothing."""
    last = max((query.text.find(item.text) + len(item.text) for item in query.items), default=0)
    until = _PAUSE.search(query.text, last)  # what is said behind the question names no summand
    text = relation_pattern("sum").sub("，", query.text[: until.start() if until else None])
    hidden = without_names(query, text)
    pieces, start = [], 0
    for found in relation_pattern("split").finditer(hidden):
        pieces.append(text[start : found.start()])
        start = found.end()
    pieces.append(text[start:])
    return [piece for each in pieces if (piece := each.strip("，的两者三项 "))]


def staged_alike(search: Search, query: Query, relation: Expression) -> Expression:
    """All sides of one stage: the one that is named, else that of the year."""
    measure = stage_in(without_names(query, query.text))
    return replace(relation, sides=tuple(staged(search, side, measure) for side in relation.sides))


def asks_uncomputed(text: str) -> bool:
    """收入增幅比支出增幅高多少个百分点: a relation of two ratios or levels, which is not computed."""
    return bool(re.search(toml("asking.toml")["relation"]["uncomputed"], text))
