"""A question for a figure reckoned from two others -> the operation and the look-ups of both sides.

    "26年公共预算收入要比25年完成数多收多少亿" -> budget of 2026 | actual of 2025
    "专项债务余额离限额还有多大空间" -> limit | outstanding      "晋城市本级去年收的钱里头税占几成" -> 税收收入 | 收入

Each side is a question of its own; what one leaves out it has of the other, and a word that names a part of the other
is that part.  How questions are worded stands in ``asking.toml``.  Nothing is looked up here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final, cast

from index.ask.asides import without_asking
from index.ask.asks import parts_of
from index.ask.kin import of_flow, part_of
from index.ask.pick.cues import flow_of
from index.ask.pieces import pieces_of
from index.ask.query import Asked, Query
from index.ask.question import understand
from index.ask.reckoned import PLANS, Operation
from index.ask.search import Search
from index.ask.side_words import (
    item_of,
    of_stock,
    plain_lookup,
    read_side,
    side,
    staged,
    stages_of,
    with_years,
    without_names,
    without_stage,
)
from index.ask.sides import Direction, Expression
from index.ask.vocabulary import gap_pattern
from index.lexicon import toml
from index.models import Measure, Period

_SHAPES: Final = ("lookup", "compare", "quote")
_LOOSE_SHAPES: Final = ("lookup", "compare", "rank", "compose")
_RATIOS: Final[tuple[Measure, ...]] = ("yoy_pct", "completion", "share", "rank", "rate", "count")


@dataclass(frozen=True, slots=True)
class Words:
    """An operation and the words of its two sides (of a share the first is the whole), those that say something of
    both, and which side should be the larger.  ``sure``: no other reading is likely."""

    operation: Operation
    first: str
    second: str
    both: str = ""
    direction: Direction = ""
    sure: bool = False
    apart: bool = False


@dataclass(frozen=True, slots=True)
class _Row:
    operation: Operation
    ask: re.Pattern[str]
    first: str
    second: str
    loose: bool


@cache
def _rows() -> Sequence[_Row]:
    classes = {**toml("questions.toml")["gap"], **toml("asking.toml")["expression"]}

    def filled(text: str) -> str:
        return re.sub(r"\{([a-z_]+)\}", lambda name: f"(?:{filled(classes[name[1]])})", text)

    return tuple(
        _Row(row["operation"], re.compile(filled(row["ask"])), row.get("first", ""), row.get("second", ""),
             "loose" in row)
        for row in toml("asking.toml")["expression"]["row"]
    )  # fmt: skip


@cache
def _words(name: str) -> re.Pattern[str]:
    return re.compile(cast(str, toml("asking.toml")["expression"][name]))


def expressions(text: str, *, loose: bool | None = None) -> Iterator[Words]:
    """What a question may ask to reckon, the likeliest first; ``loose``: only those of words that may mean another
    thing, or none of them."""
    for row in _rows():
        found = row.ask.search(text) if loose in (None, row.loose) else None
        if found is None:
            continue
        told = {"first": "", "second": "", "before": "", "both": "", "way": "", **found.groupdict("")}
        first, second = told["before"] + told["first"] + row.first, told["second"] + row.second
        if not row.loose:
            way = told["way"][:1]
            direction: Direction = "more" if way and way in _more() else "less" if way and way in _less() else ""
            yield Words(row.operation, first, second, told["both"], direction, True, not way)
            continue
        first, second = _bare(first), _bare(second)
        if first and second and not _words("asking").search(first + second):
            second = cast(Mapping[str, str], toml("asking.toml")["expression"]["short"]).get(second, second)
            yield Words(row.operation, first + told["both"], second + told["both"])


def _more() -> str:
    return gap_pattern("more").pattern


def _less() -> str:
    return gap_pattern("less").pattern


def _bare(text: str) -> str:
    """支出里|项目的钱|, 工资福利|那块|: the words of a side without those that say nothing of it."""
    before = ""
    while before != text:
        before, text = text, _words("around").sub("", text)
    return text


# ---------------------------------------------------------------------------------------------- differences


def read_gap(search: Search, query: Query) -> Expression | None:
    """The difference asked for; None if the question asks for something else."""
    if query.shape not in _SHAPES or set(query.measures) & set(_RATIOS) or query.kind not in ("", "money"):
        return None
    if gap_pattern("never").search(query.text) or query.each or not query.regions or len(parts_of(query.text)) > 1:
        return None
    if room := _room(search, query):
        return room
    for words in expressions(_years_told(search, query), loose=False):
        if asked := _sides(search, query, words):
            return asked
    return None


def _years_told(search: Search, query: Query) -> str:
    place = query.regions[0]
    return with_years(query.text, search.atlas.newest.get(place, 0), search.atlas.executed.get(place, 0))


def read_loosely(search: Search, query: Query) -> Iterator[Expression]:
    """What may be asked to be reckoned, where nothing else answers."""
    if query.shape not in _LOOSE_SHAPES or len(query.regions) != 1 or query.each or query.negated:
        return
    money = query.kind in ("", "money") and not _words("ratios").search(query.text)
    for words in expressions(query.text, loose=True):
        if money or words.operation == "share":
            asked = _sides(search, query, words)
            if asked:
                yield asked


def bare(search: Search, query: Query) -> Query:
    """A follow-up that only asks for a difference (26年预算比25年完成数多多少): its words name no item of their own."""
    if query.items or query.account:
        return query
    if gap_pattern("room").search(query.text):
        texts = [_without_room(query.text)]
    else:
        words = next(expressions(query.text, loose=False), None)
        texts = [words.first, words.second, words.both] if words else [query.text]
    read = [without_stage(search, query, text) for text in texts]
    return query if any(one.items or one.chunks for one in read) else replace(query, chunks=(), content=())


def _room(search: Search, query: Query) -> Expression | None:
    """The limit of the debt less what is owed."""
    named = "".join(item.name for item in query.items)
    limited = "限额" in query.text and "余额" in query.text
    if not (limited or "债" in query.text + named) or not gap_pattern("room").search(query.text):
        return None
    text = query.text.replace("一般公共", "") + named
    kind = "专项" if "专项" in text else "一般" if "一般" in text else "政府"
    limit, owed = item_of(f"{kind}债务限额"), item_of(f"{kind}债务余额")
    own = understand(_without_room(query.text), search.atlas, query.regions)
    if not (limit and owed) or own.items or _content(own.chunks) or _of("no_room").search(query.text):
        return None  # 限额里还有多少|待分配: another thing
    base = replace(plain_lookup(query, own), chunks=(), runs=())
    first = replace(base, items=(limit,), content=(limit.text,), measures=("limit",))
    second = replace(base, items=(owed,), content=(owed.text,), measures=("outstanding",))
    return Expression("gap", (first, second))


def _without_room(text: str) -> str:
    for name in ("room", "ask", "room_words"):
        text = gap_pattern(name).sub("，", text)
    return text


def _content(chunks: Sequence[str]) -> bool:
    """Words that say something: 待分配, but not 帮算算, 核定的."""
    return any(piece.hard and not _of("chatter").search(piece.text) for piece in pieces_of(chunks))


@cache
def _of(name: str) -> re.Pattern[str]:
    return re.compile(cast(str, toml("asking.toml")["relation"][name]))


# ---------------------------------------------------------------------------------------------- both sides


def _sides(search: Search, query: Query, words: Words) -> Expression | None:
    """Both look-ups, each with what it leaves out from the other, from what is said of both, from the question."""
    read = without_stage if words.sure else _read
    one, other, both = (read(search, query, text) for text in (words.first, words.second, words.both))
    if any(each.choices or each.unknown for each in (one, other)):
        return None
    named = next((each for each in (one, both, other) if each.items or each.chunks), query if words.sure else None)
    if named is both:  # 叶县比汝州多拿多少|税收返还和转移支付: one figure of both
        named = replace(both, joint=len(both.items) > 1)
    if named is None or (words.sure and len(named.items) > 1 and not named.joint):
        return None
    second_named = other if other.items or other.chunks else named
    if len(named.items) == 1 and named is not other:
        item = _of_flow(named, other, words.second) or _part(named, other, words)
        second_named = replace(other, items=(item,), chunks=(), content=(item.text,)) if item else second_named
    if named is other and (item := _of_flow(named, one, words.first)):
        named = replace(one, items=(item,), chunks=(), content=(item.text,))
    first_places = _places(search, query, one)
    if len(first_places) != 1:
        return None
    first = replace(
        side(query, named, one), regions=first_places, scope=one.scope or query.scope,
        scope_words=one.scope_words or query.scope_words, periods=one.periods or query.periods[:1],
    )  # fmt: skip
    second = replace(
        side(query, second_named, other), regions=_places(search, query, other) if other.regions else first_places,
        scope=other.scope or first.scope, scope_words=other.scope_words or first.scope_words,
        periods=other.periods or first.periods,
    )  # fmt: skip
    if words.sure and not one.periods and other.periods and len(query.periods) != 1:
        first = replace(first, periods=(Period.year(search.atlas.executed.get(first_places[0], 0)),))
    return _of_stages(search, query, words, first, second)


def _read(search: Search, query: Query, text: str) -> Query:
    return without_asking(read_side(search, query, text))


def _places(search: Search, query: Query, own: Query) -> tuple[str, ...]:
    """A city named beside its counties only says where they are."""
    places = own.regions or query.regions
    known = search.atlas.regions
    around = {known[code].parent for code in places if code in known}
    return tuple(code for code in places if code not in around) or places


def _of_flow(first: Query, own: Query, text: str) -> Asked | None:
    """社保收的|减去|花的: a direction alone is of the account of the other side."""
    flow = {"revenue": "收入", "expenditure": "支出"}.get(flow_of(text), "")
    said = [*own.chunks, *(item.text for item in own.items if item.text in text)]
    return of_flow(first.items[0], flow) if flow and set(said) <= {flow} else None


def _part(named: Query, own: Query, words: Words) -> Asked | None:
    """政府债务余额|专项的: a word that names a part."""
    said = [word for word in (*(item.text for item in own.items), *own.chunks) if word]
    return part_of(named.items[0], said[0]) if len(said) == 1 and not words.sure else None


def _of_stages(search: Search, query: Query, words: Words, first: Query, second: Query) -> Expression | None:
    """The sides with their stages; what is compared with a budget of the same year is what was done."""
    hidden = replace(query, items=(*query.items, *first.items, *second.items))
    said = stages_of(*(without_names(hidden, text) for text in (words.first, words.second)))
    both = stages_of("", without_names(hidden, words.both))[1]
    same_year = first.periods == second.periods
    if same_year and said[1] in PLANS and not said[0] and words.sure and first.items == second.items:
        said = "actual", said[1]
    elif same_year:
        said = said[0] or said[1] or both, said[1] or said[0] or both
    one, other = staged(search, first, said[0] or both), staged(search, second, said[1] or both)
    if words.operation == "share":
        return Expression("share", (other, one), loose=True)
    asked = Expression(words.operation, (one, other), words.direction, loose=not words.sure)
    of_years = asked.respects - {"stage"} == {"year"}
    listed = words.apart and asked.respects == {"place"}  # A和B相差多少 shows both, see ``between``
    if not asked.respects or listed or (of_stock(one) != of_stock(other)):
        return None
    if words.sure and "line" in asked.respects and not (one.items and other.items):
        return None
    return replace(asked, named=not of_years or words.apart or any(said))
