"""A question for what several figures come to, or for what some of them leave of their total -> the look-ups.

    "一般债务和专项债务加起来" -> both      "甲县、乙县2024年债务余额一共" -> that of each place
    "2024年和2025年教育支出加起来" -> that of each year      "除教育外的支出" -> 一般公共预算支出 | 教育支出

What is added differs in one thing: the item, the place or the year.  Nothing is looked up here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations, permutations
from typing import Final

from index.ask.asks import parts_of
from index.ask.expressions import Words
from index.ask.query import Query
from index.ask.reckoned import RELATIVE, above
from index.ask.search import Search
from index.ask.side_words import (
    HIDDEN,
    StageName,
    inner_places,
    is_thing,
    of_stock,
    read_side,
    side,
    stage_in,
    staged,
    without_names,
)
from index.ask.sides import Expression, same_thing
from index.ask.vocabulary import has, pattern_in
from index.models import Period, Scope

Level = tuple[Scope, str]  # with the words for it

_COUNTED: Final = re.compile("^[，的 ]*[两三](?:[者项]|(?=，|$))|[两三](?:[者项]|(?=[，的 ]*$))[，的 ]*$")  # not 三明市
HELD: Final = "合计没有算：“{part}”是“{whole}”的一部分"
_PAUSE: Final = re.compile("[，；。]")


def alone(query: Query) -> bool:
    """Whether one thing is asked for."""
    return not query.each and len(parts_of(query.text)) < 2


def keys_of(own: Query) -> tuple[str, ...]:
    """The keys of the first item."""
    return tuple(key for item in own.items[:1] for key in item.keys)


def staged_alike(search: Search, query: Query, asked: Expression, before: StageName = "") -> Expression:
    """All sides of one stage: the one that is named, else the one spoken of ``before``, else that of the year."""
    measure = stage_in(without_names(query, query.text)) or before
    return replace(asked, sides=tuple(staged(search, side, measure) for side in asked.sides))


# ---------------------------------------------------------------------------------------------- what is left


def rest_of(search: Search, query: Query, words: Words) -> Expression | None:
    """The total and what is taken from it."""
    whole = read_side(search, query, words.first)
    if len(whole.items) != 1 or whole.chunks or any(f"非{words.second}" in item.text for item in query.items):
        return None  # 非税收入 is an item
    taken = read_side(search, query, words.second)
    if taken.scope in ("own", "own_wide") and not (taken.items or taken.chunks or taken.regions):
        return _without_level(search, query, side(query, whole, whole), taken)
    flow = next((word for word in ("支出", "收入", "余额") if whole.items[0].name.endswith(word)), "")
    pieces = [piece for piece in pattern_in("relation", "split").split(words.second) if piece]
    parts = [own for piece in pieces if (own := _part_taken(search, query, piece, flow))]
    keys = [set(keys_of(one)) for one in parts]
    if not parts or len(parts) < len(pieces) or not all(set(keys_of(whole)) & above(one) for one in keys):
        return None  # only what is part of it can be taken from it, and that once
    sides = (side(query, whole, whole), *(side(query, one, one) for one in parts))
    return staged_alike(search, query, Expression("rest", sides)) if _apart(keys) else None


def _without_level(search: Search, query: Query, one: Query, own: Query) -> Expression:
    """除了市本级，|各县区债务余额: of the whole place without its own level."""
    levels: tuple[Level, ...] = (("whole", ""), (own.scope, own.scope_words))
    sides = tuple(replace(one, scope=scope, scope_words=said) for scope, said in levels)
    return staged_alike(search, query, Expression("rest", sides))


def below(search: Search, query: Query) -> Iterator[Expression]:
    """各区县债务余额, 县区收入合计, which no report prints: that of the whole place without its own level."""
    if query.scope != "lower" or len(query.items) != 1 or len(query.regions) != 1 or query.compared:
        return
    each = has(query.text.replace(query.scope_words, ""), "shape", "each")  # 各区县|各|多少
    added = pattern_in("relation", "sum").search(query.text) or of_stock(query)
    if added and not each and not set(query.measures) & set(RELATIVE):
        levels: tuple[Scope, ...] = ("own_wide", "own")
        for scope in levels:
            yield _without_level(search, query, query, replace(query, scope=scope, scope_words=""))


def _part_taken(search: Search, query: Query, words: str, flow: str) -> Query | None:
    """教育 of 除教育外的支出 is 教育支出."""
    for text in (words if words.endswith(flow) else words + flow, words):
        own = read_side(search, query, text)
        if len(own.items) == 1 and not own.chunks:
            return own
    return None


def _apart(keys: Sequence[set[str]]) -> bool:
    """Whether no item is another, or part of another."""
    held = any(above(one) & two for one in keys for two in keys)
    return not held and not any(one & other for one, other in combinations(keys, 2))


# ---------------------------------------------------------------------------------------------- what they come to


def sum_of(search: Search, query: Query) -> Expression | None:
    """Two or more figures that differ in one thing, none of which is part of another."""
    text = pattern_in("relation", "each_too").sub("", query.text)  # 各多少，|加起来多少: the sum shows each of them
    if not pattern_in("relation", "sum").search(text) or query.shape == "quote" or query.compared:
        return None
    if set(query.measures) & set(RELATIVE) or query.kind not in ("", "money"):
        return None
    if (query.each and text == query.text) or len(parts_of(text)) > 1 or _joined_names(search, query):
        return None
    query = replace(query, text=text, each=False)
    if len(query.periods) > 1:
        return _of_years(search, query)
    return _of_slots(search, query) or (_of_items(search, query) if len(query.regions) == 1 else None)


def _of_years(search: Search, query: Query) -> Expression | None:
    """One thing in several years; what stands at a day is no sum of years."""
    one = _thing(search, query)
    if one is None or of_stock(one) or len(query.regions) != 1 or query.members:
        return None
    return staged_alike(search, query, Expression("sum", tuple(replace(one, periods=(at,)) for at in query.periods)))


def _of_slots(search: Search, query: Query) -> Expression | None:
    """One thing in several places, or of several levels: 甲县、乙县, 市本级和各县区, 市本级、甲县和乙县."""
    pieces, one = [read_side(search, query, piece) for piece in summands(search, query)], _thing(search, query)
    scopes = {own.scope for own in pieces}
    if one is None or (query.members and "lower" not in scopes):
        return None
    level: Level = ("whole", "") if len(scopes) > 1 and scopes - {"", "whole"} else (query.scope, query.scope_words)
    sides = []
    for own in pieces:
        scope, said = (own.scope, own.scope_words) if own.scope else level
        places = inner_places(search, own.regions) or query.regions[:1]
        if len(places) == 1 and (own.regions or own.scope):
            sides.append(replace(one, regions=places, scope=scope, scope_words=said))
    apart = len({(each.regions, each.scope) for each in sides}) == len(pieces) > 1
    return staged_alike(search, query, Expression("sum", tuple(sides))) if apart else None


def _thing(search: Search, query: Query) -> Query | None:
    """The one thing that is looked up in each slot."""
    own = read_side(search, query, _without_sum(query.text))
    return side(query, own, own) if is_thing(own) else None


def _of_items(search: Search, query: Query) -> Expression | None:
    plainly = adds_plainly(query.text)  # 一共 may be said of one figure, with words in its name
    named = [one for piece in summands(search, query) for one in _each(read_side(search, query, piece), plainly)]
    if len(named) < 2 or {one.scope for one in named} - {"", query.scope} or not all(map(is_thing, named)):
        return None
    known = [one for one in named if one.items]
    if any(same_thing(one, other) for one, other in combinations(named, 2)) or not (known or plainly):
        return None
    if (len(known) < len(named) and not plainly) or not _apart([set(keys_of(one)) for one in known]):
        return None
    sides = tuple(replace(side(query, one, one), scope=query.scope, scope_words=query.scope_words) for one in named)
    return staged_alike(search, query, Expression("sum", sides))


def adds_plainly(text: str) -> bool:
    """加起来, and not only 一共."""
    return pattern_in("relation", "add").search(text) is not None


def _without_sum(text: str) -> str:
    return pattern_in("relation", "sum").sub(lambda word: "，" * len(word[0]), text)


def _each(own: Query, plainly: bool) -> list[Query]:
    """增值税企业所得税|: items side by side without a word between them."""
    if not plainly or len(own.items) < 2 or own.chunks or (own.joint and any(one.weak for one in own.items)):
        return [own]
    return [replace(own, items=(one,), content=(one.text,), joint=False) for one in own.items]


def summands(search: Search, query: Query) -> list[str]:
    """一般债务|跟|专项债务余额|加起来: the pieces between joining words; those in the name of an item join nothing."""
    ends = [query.text.find(item.text) + len(item.text) for item in query.items]
    last = max((*ends, *(found.end() for found in pattern_in("relation", "sum").finditer(query.text))), default=0)
    until = _PAUSE.search(query.text, last)  # what is said behind the question names no summand
    text = _without_sum(query.text[: until.start() if until else None])
    hidden = query.masked if len(query.masked) == len(query.text) else without_names(query, text)
    hidden = _without_sum(hidden[: len(text)])
    for name in _joined_names(search, query):
        at = text.find(name)
        hidden = hidden[:at] + HIDDEN * len(name) + hidden[at + len(name) :] if at >= 0 else hidden
    joints = [found.span() for found in pattern_in("relation", "split").finditer(hidden)]
    starts = [0, *(end for _, end in joints)]
    pieces = [text[start:end] for start, end in zip(starts, [*(at for at, _ in joints), len(text)], strict=True)]
    pieces[0] = pattern_in("relation", "summands_in").sub("", pieces[0]) or pieces[0]
    return [piece for each in pieces if (piece := _COUNTED.sub("", each).strip("，的 "))]


def _joined_names(search: Search, query: Query) -> list[str]:
    """住房保障|及|城市更新支出: names of the report's own that have a joining word."""
    if len(query.regions) != 1:
        return []
    year = query.periods[:1] or (Period.year(search.atlas.executed.get(query.regions[0], 0)),)
    names = [name for name in search.open_names(query.regions[0], year[0]) if name in query.text]
    return sorted((name for name in names if pattern_in("relation", "split").search(name)), key=len, reverse=True)


def held_in_another(query: Query) -> str:
    """收入、税收加起来: which of the items is part of which, so that they make no sum; "" for any other question."""
    if len(query.items) < 2 or not pattern_in("relation", "sum").search(query.text):
        return ""
    for one, other in permutations(query.items, 2):
        if set(other.keys) & above(set(one.keys)) and not set(one.keys) & set(other.keys):
            return HELD.format(part=one.name, whole=other.name)
    return ""
