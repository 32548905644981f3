"""A question for a figure reckoned from others -> the look-ups of its sides.

    "26年公共预算收入要比25年完成数多收多少亿" -> budget of 2026 | actual of 2025
    "专项债务余额离限额还有多大空间" -> limit | outstanding      "市本级收入占全市的比重" -> own level | whole
    "一般债务和专项债务加起来" -> both                            "除教育外的支出" -> 一般公共预算支出 | 教育支出

Each side is a question of its own; what one leaves out it has of the other, and a word that names a part of the other
is that part.  Nothing is looked up here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import Final

from index.ask.exclusive import put_in_place
from index.ask.expressions import Words, expressions
from index.ask.kin import FLOWS, item_of, of_flow, part_of, siblings, stock_of
from index.ask.pick.cues import flow_of
from index.ask.pick.identity import MOVED
from index.ask.pieces import pieces_of
from index.ask.query import Asked, Query
from index.ask.question import understand
from index.ask.reckoned import GROWN, PLANS, RATIOS, RELATIVE, Operation
from index.ask.search import Search
from index.ask.side_words import (
    inner_places,
    is_thing,
    plain_lookup,
    read_side,
    side,
    staged,
    stages_of,
    veiled,
    with_years,
    without_names,
    without_stage,
)
from index.ask.sides import Expression, same_thing
from index.ask.summing import alone, keys_of, rest_of, staged_alike, sum_of
from index.ask.vocabulary import asking_pattern, pattern_in
from index.lexicon import toml
from index.models import FLOW_WORDS, Answer, Period

_PLANNED: Final = tuple((one,) for one in PLANS)
_SHAPES: Final = ("lookup", "compare", "quote")
_LOOSE_SHAPES: Final = ("lookup", "compare", "rank", "compose")


def read(search: Search, query: Query, last: Query | None = None) -> Expression | None:
    """What is asked to be reckoned; None if the question asks for something else.

    占总支出的比例呢: what the question does not name is the item of the question before it, ``last``.
    """
    if not query.regions or query.shape not in _SHAPES or query.basis:
        return None
    if (_may(query, "gap") or pattern_in("gap", "used").search(query.text)) and (room := read_room(search, query)):
        return room
    told, plain = _years_told(search, query), query.text
    rows = (expressions(plain, ("rest",)), expressions(told, ("gap",)), expressions(plain, ("share", "times")))
    for words in chain.from_iterable(rows):
        if not _may(query, words.operation):
            continue
        match words.operation:
            case "rest":
                asked = rest_of(search, query, words)
            case "share":
                asked = _share(search, query, words, last)
            case _:
                asked = _sides(search, query, words)
        if asked:
            return asked
    return sum_of(search, query) or _of_months(query)


def _may(query: Query, operation: Operation) -> bool:
    """Whether the other words of the question leave room for an operation."""
    if operation == "gap":
        ratios = set(query.measures) & (set(RELATIVE) - {"yoy_amount"}) or pattern_in("gap", "never").search(query.text)
        return not ratios and query.kind in ("", "money") and alone(query)
    if operation == "times":
        return query.shape != "quote"
    one_year = len(query.periods) < 2 and not query.compared
    if operation == "rest":
        return one_year and len(query.regions) == 1
    named = "占" in without_names(query, query.text)  # not 耕地|占用税
    rate = "rank" in query.measures or ("completion" in query.measures and len(query.items) != 2)
    return one_year and named and not rate and query.shape != "quote" and alone(query)


def _years_told(search: Search, query: Query) -> str:
    place = query.regions[0]
    return with_years(query.text, search.atlas.newest.get(place, 0), search.atlas.executed.get(place, 0))


def is_no_relation(search: Search, query: Query, answer: Answer) -> bool:
    """A single figure, for a question that sets two things against one another: neither of them answers."""
    asked = [one for one in answer.figures if one.asked]
    if answer.status != "answered" or len(asked) != 1 or (asked[0].derived and asked[0].measure not in GROWN):
        return False
    if asked[0].item.endswith(MOVED):
        return False  # 国有土地使用权出让收入（比年初预算增减）
    told = asked[0].measure
    for words in expressions(without_names(query, query.text), loose=True):
        of_other = told not in RATIOS or (words.operation == "gap" and told in ("share", "rate"))
        if words.operation != "sum" and of_other:
            return True
    return told in GROWN and sets_against_thing(search, query)


def sets_against_thing(search: Search, query: Query) -> bool:
    """支出比|收入|多多少: a growth is of no year where another thing is set against it."""
    seen, shown = veiled(query, query.text)
    words = next(expressions(seen, ("gap",)), None)
    return words is not None and words.sure and names_thing(search, query, shown(words.second))


def names_thing(search: Search, query: Query, side: str) -> bool:
    """Whether a side names a thing, and not only a year, a level or a stage."""
    return _names(without_stage(search, query, side))


def bare(search: Search, query: Query) -> Query:
    """A follow-up that only asks for a difference (26年预算比25年完成数多多少): its words name no item of their own."""
    if query.items or query.account:
        return query
    if pattern_in("gap", "room").search(query.text):
        texts = [without_room(query.text)]
    else:
        words = next(expressions(query.text, ("gap",)), None)
        if words is None:
            return query
        texts = [words.first, words.second, words.both]
    read = [without_stage(search, query, text) for text in texts]
    return query if any(one.items or one.chunks for one in read) else replace(query, chunks=(), content=())


# ---------------------------------------------------------------------------------------------- both sides


def _sides(search: Search, query: Query, words: Words) -> Expression | None:
    """Both look-ups, each with what it leaves out from the other, from what is said of both, from the question."""
    words = replace(words, second=put_in_place(words.second, words.first))  # 城镇居民收入比|农村|高多少
    one, other, both = (without_stage(search, query, text) for text in (words.first, words.second, words.both))
    _, pause, clause = words.first.rpartition("，")
    if pause and len(one.items) > 1 and not one.joint:  # 转贷的地方债，|再融资债券|比|新增债券|多多少
        near = without_stage(search, query, clause)
        one = replace(near, regions=one.regions, periods=one.periods, scope=one.scope, scope_words=one.scope_words)
    if any(each.choices or each.unknown or not set(each.regions) <= set(query.regions) for each in (one, other)):
        return None  # 区医院|新院区 is no place where the whole question has none
    one = _in_part(one)
    named = next((each for each in (one, both, other) if each.items or each.chunks), query)
    if named is both:  # 叶县比汝州多拿多少|税收返还和转移支付: one figure of both
        named = replace(both, joint=len(both.items) > 1)
    if len(named.items) > 1 and not named.joint:
        return None
    second_named = other if _names(other) else named
    if len(named.items) == 1 and named is not other:
        item = _of_flow(named, other, words.second) or _part(named, other)
        if item is None and _flowalone(other, words.second):
            return None  # 税收收入|收支相差: no revenue and expenditure of one account
        second_named = replace(other, items=(item,), chunks=(), content=(item.name,)) if item else second_named
    if named is other and (item := _of_flow(named, one, words.first)):
        named = replace(one, items=(item,), chunks=(), content=(item.text,))
    if named is one and second_named is other:  # each is of its own account
        query = replace(query, account=one.account or ("" if other.account else query.account))
    first_places = inner_places(search, one.regions or query.regions)
    if len(first_places) != 1:
        return None
    first = replace(
        side(query, named, one), regions=first_places, scope=one.scope or query.scope,
        scope_words=one.scope_words or query.scope_words, periods=one.periods or query.periods[:1],
    )  # fmt: skip
    second_places = inner_places(search, other.regions) if other.regions else first_places
    second = replace(
        side(query, second_named, other), regions=second_places,
        scope=other.scope or first.scope, scope_words=other.scope_words or first.scope_words,
        periods=other.periods or first.periods,
    )  # fmt: skip
    if not one.periods and other.periods and len(query.periods) != 1:
        first = replace(first, periods=(Period.year(search.atlas.executed.get(first_places[0], 0)),))
    return _of_stages(search, query, words, first, second)


def _of_flow(first: Query, own: Query, text: str) -> Asked | None:
    """社保收的|减去|花的: a direction alone is of the account of the other side."""
    flow = _flowalone(own, text)
    return of_flow(first.items[0], flow) if flow else None


def _flowalone(own: Query, text: str) -> str:
    flow = FLOW_WORDS.get(flow_of(text), "")
    said = [*own.chunks, *(item.text for item in own.items if item.text in text)]
    return flow if set(said) <= {flow} else ""


def _part(named: Query, own: Query) -> Asked | None:
    """政府债务余额|专项的: a word that names a part, or a sister of one."""
    return part_of(named.items[0], own.chunks[0]) if len(own.chunks) == 1 and not own.items else None


def _in_part(own: Query) -> Query:
    """债务余额里|专项: the part that is named beside its whole, by its own name; 一般 by itself says too little."""
    named = own.items[0] if len(own.items) == len(own.chunks) == 1 else None
    part = part_of(named, own.chunks[0]) if named and own.chunks[0] not in FLOWS else None
    return replace(own, items=(part,), chunks=(), content=(part.name,)) if part else own


def _of_stages(search: Search, query: Query, words: Words, first: Query, second: Query) -> Expression | None:
    """The sides with their stages; what is compared with a budget of the same year is what was done."""
    hidden = replace(query, items=(*query.items, *first.items, *second.items))
    said = stages_of(*(without_names(hidden, text) for text in (words.first, words.second)))
    both = stages_of("", without_names(hidden, words.both))[1]
    same_year = first.periods == second.periods
    if same_year and said[1] in PLANS and not said[0] and first.items == second.items:
        said = "actual", said[1]
    elif same_year:
        said = said[0] or said[1] or both, said[1] or said[0] or both
    one, other = staged(search, first, said[0] or both), staged(search, second, said[1] or both)
    asked = Expression(words.operation, (one, other), words.direction)
    of_years = asked.respects - {"stage"} == {"year"}
    if words.operation == "times" and any(len(each.items) != 1 or each.chunks for each in asked.sides):
        return None
    listed = words.apart and asked.respects == {"place"}  # A和B相差多少 shows both, see ``between``
    if not asked.respects or listed:
        return None
    several = len(other.items) > 1 and words.operation == "gap"  # 减去教育支出再减农林水支出
    if "line" in asked.respects and (several or not len(one.items) == len(other.items) == 1):
        return None
    return replace(asked, named=not of_years or words.apart or any(said))


# ---------------------------------------------------------------------------------------------- a part of a whole


def _share(search: Search, query: Query, words: Words, last: Query | None) -> Expression | None:
    """The part and the whole, if what they differ in is one thing: the item, the level or the place."""
    whole, part, holder = (read_side(search, query, text) for text in (words.first, words.second, words.both))
    if words.both and (not is_thing(holder) or not (_names(part) or part.scope or part.regions)):
        return None
    if words.both and not _names(whole) and part.items and siblings(part.items[0].keys, keys_of(holder)):
        return None  # 教育支出里农林水占几成
    around = holder if words.both else replace(last, chunks=()) if last and last.items else last  # it was answered so
    named = part if _names(part) else around
    of = whole if _names(whole) else holder if words.both else named
    if named is None or of is None or not (is_thing(named) and is_thing(of)) or (whole.chunks and whole.items):
        return None
    one, other = side(query, named, part), side(query, of, whole)
    if one.items and other.items:
        one = replace(one, items=(_as_stock(one.items[0], other.items[0]),))
    scope, within = part.scope or query.scope, whole.scope or (around.scope if around else "")
    if not same_thing(one, other):
        fits = len(query.regions) == 1 and not {part.scope, whole.scope} >= {"own", "whole"}
    elif len(query.regions) == 2:
        inner = [code for code in query.regions if _parent(search, code) in query.regions]
        fits = len(inner) == 1 and part.regions != tuple(set(query.regions) - set(inner))
        one = replace(one, regions=tuple(inner), scope="", scope_words="")
        other = replace(other, regions=tuple(map(partial(_parent, search), inner)), scope="whole", scope_words="")
    else:
        fits = len(query.regions) == 1 and scope in ("own", "own_wide", "lower") and within == "whole"
        one = replace(one, scope=scope, scope_words=part.scope_words or query.scope_words)
        other = replace(other, scope="whole", scope_words=whole.scope_words)
    planned = around.measures[0] if around and named is around and around.measures[:1] in _PLANNED else ""
    return staged_alike(search, query, Expression("share", (one, other)), planned) if fits else None


def _names(own: Query) -> bool:
    return bool(own.items or own.chunks)


def _as_stock(part: Asked, whole: Asked) -> Asked:
    """债务余额里|专项债: of what is owed, not of what was issued."""
    word = next((word for word in ("余额", "限额") if whole.name.endswith(word)), "")
    return (stock_of(part, word) if word else None) or part


def _parent(search: Search, code: str) -> str:
    region = search.atlas.regions.get(code)
    return region.parent if region else ""


# ---------------------------------------------------------------------------------------------- other relations


def _of_months(query: Query) -> Expression | None:
    """一般公共预算收入环比: a month and the one before it."""
    if "环比" not in query.text or not len(query.regions) == len(query.periods) == len(query.items) == 1:
        return None
    period = query.periods[0]
    if period.first_year != period.last_year or period.first_month != period.last_month or query.chunks:
        return None
    year, month = (period.first_year, period.first_month - 1) if period.first_month > 1 else (period.first_year - 1, 12)
    before = replace(period, first_year=year, last_year=year, first_month=month, last_month=month)
    now = replace(side(query, query, query), measures=("actual",))
    return Expression("growth", (now, replace(now, periods=(before,))))


def asks_uncomputed(text: str) -> bool:
    """收入增幅比支出增幅高多少个百分点: a relation of two ratios or levels, which is not computed."""
    return bool(re.search(toml("asking.toml")["relation"]["uncomputed"], text))


# ---------------------------------------------------------------------------------------------- the room for new debt


def read_room(search: Search, query: Query) -> Expression | None:
    """The limit of the debt less what is owed, or what share of it is taken up."""
    operation: Operation = "share" if pattern_in("gap", "used").search(query.text) else "gap"
    named = "".join(item.name for item in query.items)
    limited = "限额" in query.text and "余额" in query.text
    if len(query.regions) != 1 or not (operation == "share" or pattern_in("gap", "room").search(query.text)):
        return None
    if query.members:
        return None  # 哪个县的债务离限额最近
    if not (limited or "债" in query.text + named or ("限额" in query.text and not query.items)):
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
