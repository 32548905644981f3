"""A question for a figure reckoned from two others -> the operation, the words of both sides, and the answer.

    晋城市本级去年收的钱里头税占几成 -> share of 税 in 晋城市本级去年收的钱
    县市区的地方收入比市本级多多少   -> how far 县市区的地方收入 is from 市本级

Each side is a question of its own; what the second leaves out it has of the first, and a word that names a part of the
first is that part.  How questions are worded stands in ``asking.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final, cast

from index.ask.agree import groups
from index.ask.asides import without_asking
from index.ask.gap import staged, without_names
from index.ask.gap_sides import stage_in
from index.ask.kin import of_flow, siblings
from index.ask.kin import part_of as part_named
from index.ask.parts_told import parts_in
from index.ask.pick.cues import flow_of
from index.ask.query import Asked, Query
from index.ask.reckoned import STOCKS, Operation, Reckoned, alike, part_of, reckon
from index.ask.reckoning import answer_of, as_printed
from index.ask.relation import read_side, side
from index.ask.search import Search
from index.ask.sides import figures_for
from index.lexicon import items, toml
from index.models import Answer, Scope, StoredFact

_LEVELS: Final[tuple[Scope, ...]] = ("whole", "own", "own_wide", "lower")
_RELATIONS: Final = ("yoy_amount", "yoy_pct", "share", "rate", "completion", "rank")
_SHAPES: Final = ("lookup", "compare", "rank", "compose")


@dataclass(frozen=True, slots=True)
class Expression:
    """An operation and the words of its two sides; of a share the first is the whole."""

    operation: Operation
    first: str
    second: str


@cache
def _rows() -> Sequence[tuple[Operation, re.Pattern[str]]]:
    rows = cast(list[dict[str, str]], toml("asking.toml")["expression"]["row"])
    words = cast(Mapping[str, str], toml("asking.toml")["expression"])
    return tuple(
        (cast(Operation, row["operation"]), re.compile(re.sub(r"\{([a-z]+)\}", lambda n: words[n[1]], row["ask"])))
        for row in rows
    )


@cache
def _around() -> re.Pattern[str]:
    return re.compile(cast(str, toml("asking.toml")["expression"]["around"]))


@cache
def _ratios() -> re.Pattern[str]:
    return re.compile(cast(str, toml("asking.toml")["expression"]["ratios"]))


def expressions(text: str) -> Iterator[Expression]:
    """What a question may ask to reckon, the likeliest first."""
    for operation, pattern in _rows():
        found = pattern.search(text)
        if found is None:
            continue
        both = found.groupdict().get("both") or ""
        first, second = (_bare(found[side]) for side in ("first", "second"))
        if first and second and not _asking().search(first + second):
            yield Expression(operation, first + both, _short().get(second, second) + both)


@cache
def _asking() -> re.Pattern[str]:
    """A side that asks is a question of its own: 教育支出多少，|农林水占几成."""
    return re.compile(cast(str, toml("asking.toml")["expression"]["asking"]))


@cache
def _short() -> Mapping[str, str]:
    return cast(Mapping[str, str], toml("asking.toml")["expression"]["short"])


def _bare(text: str) -> str:
    """支出里|项目的钱|, 工资福利|那块|: the words of a side without those that say nothing of it."""
    before = ""
    while before != text:
        before, text = text, _around().sub("", text)
    return text


def answer_expression(search: Search, query: Query) -> Answer | None:
    """The figure reckoned from both sides; None for any other question, and where the two do not fit."""
    apart = query.each and "还是" not in query.text  # 市级欠得多还是各区欠得多: both levels, set against one another
    if query.shape not in _SHAPES or len(query.regions) != 1 or apart or query.negated:
        return None
    money = query.kind in ("", "money") and not _ratios().search(query.text)
    for one in expressions(query.text):
        if (money or one.operation == "share") and (done := _reckoned(search, query, one)):
            return answer_of(as_printed(search, done))
    return None


def is_no_relation(query: Query, answer: Answer) -> bool:
    """A single amount, for a question that sets two against one another: neither of them answers."""
    asked = [one for one in answer.figures if one.asked]
    if answer.status != "answered" or len(asked) != 1 or asked[0].derived or asked[0].measure in _RELATIONS:
        return False
    return any(one.operation != "sum" for one in expressions(without_names(query, query.text)))


def _reckoned(search: Search, query: Query, asked: Expression) -> Reckoned | None:
    first = _side(search, query, asked.first, None)
    if first is None:
        return None
    for level in (first.scope,) if first.scope else _LEVELS:
        one = _only(search, first, level)
        if one is None:
            continue
        for other in _seconds(search, query, asked, first, one):
            pair = (other, one) if asked.operation == "share" else (one, other)
            if _fit(asked, one, other) and (done := reckon(asked.operation, pair)):
                return done
    return None


def _fit(asked: Expression, one: StoredFact, other: StoredFact) -> bool:
    """A part is of its whole: of one level, told by one report or known to be part of it."""
    if len({one.fact.account, other.fact.account} - {"", "other"}) > 1:
        return False
    level = (one.fact.scope or "whole") == (other.fact.scope or "whole")
    of_it = level and not siblings([one.fact.key], [other.fact.key])
    return asked.operation != "share" or (of_it and (one.document == other.document or part_of(other, one)))


def _seconds(search: Search, query: Query, asked: Expression, first: Query, one: StoredFact) -> Iterator[StoredFact]:
    """What the second side may be: a part of the first by the report or the lexicon, else what its words say."""
    own = _side(search, query, asked.second, first)
    if own is None:
        return
    words = [word for word in (*(item.text for item in own.items), *own.chunks) if word]
    yield from parts_in(search, [one], words) if words else ()
    if len(words) == 1 and len(first.items) == 1 and (part := part_named(first.items[0], words[0])):
        found = _only(search, replace(own, items=(part,), chunks=(), content=(part.text,)), _level(own, one))
        yield from (found,) if found else ()
    found = _only(search, own, _level(own, one))
    same = own.items != first.items or (found is not None and alike(found, one))
    yield from (found,) if found and same else ()


def _level(own: Query, one: StoredFact) -> Scope:
    return own.scope or one.fact.scope or "whole"


def _side(search: Search, query: Query, text: str, first: Query | None) -> Query | None:
    """The look-up of one side, with what it leaves out from the question and from the first side."""
    own = without_asking(read_side(search, query, text))
    if own.choices or own.unknown or len(own.regions) > 1:
        return None
    if first and len(first.items) == 1 and (other := _of_flow(first, own, text)):
        own = replace(own, items=(other,), chunks=(), content=(other.text,))
    named = own if own.items or own.chunks else first
    if named is None:
        return None
    elsewhere = bool(own.regions) and own.regions != query.regions
    found = replace(
        side(query, named, own),
        regions=own.regions or query.regions,
        periods=own.periods or (first.periods if first else ()) or query.periods[:1],
        scope=own.scope or (query.scope if first is None and not elsewhere else ""),
        scope_words=own.scope_words if own.scope else "",
    )
    told = first.measures[0] if first and first.measures and (not own.periods or stage_in(first.text)) else ""
    stage = stage_in(text) or told
    return staged(search, found, stage or stage_in(query.text))


def _of_flow(first: Query, own: Query, text: str) -> Asked | None:
    """社保收的|减去|花的: a direction alone is of the account of the first side."""
    flow = {"revenue": "收入", "expenditure": "支出"}.get(flow_of(text), "")
    said = [*own.chunks, *(item.text for item in own.items if item.text in text)]
    return of_flow(first.items[0], flow) if flow and set(said) <= {flow} else None


def _only(search: Search, asked: Query, level: Scope) -> StoredFact | None:
    """The one figure of a side on a level, all prints of which agree; a department's paper may be its budget."""
    facts, _ = figures_for(search, asked, level)
    if not facts and asked.documents and asked.measures == ("actual",):
        facts, _ = figures_for(search, replace(asked, measures=("budget",), stage="plan"), level)
    keys = {key for item in asked.items for key in item.keys}
    facts = [one for one in facts if not keys or not one.fact.key or one.fact.key in keys]
    of_stock = {items()[key].measure for item in asked.items for key in item.keys if key in items()} & set(STOCKS)
    found = groups([one for one in facts if not of_stock or one.fact.measure in of_stock])
    return found[0][0] if len(found) == 1 else None
