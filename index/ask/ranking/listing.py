"""Rows in their order: where one stands among them, whether one is first either way, and how the list is told.

    上党区 56917, 屯留区 60000 -> 屯留区 is first, 上党区 stands at 2

Where a report contradicts itself, a row has several figures: it is first only if it is first with each of them, and its
place may be two.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from index.ask import wording
from index.ask.query import Query
from index.ask.ranking.rows import Row
from index.ask.search import Search
from index.ask.showing import AT_ODDS, View
from index.ask.vocabulary import has, measure_words, pattern_in
from index.models import Answer, Figure, Measure, StoredFact

_SHARE: Final = re.compile("占比|比重|占[^，。]{0,10}(?:比例|百分比)")
_NO_AMOUNTS: Final[frozenset[Measure]] = frozenset(("yoy_pct", "yoy_amount", "completion", "rate"))
_OWN: Final = ("own", "own_wide")
_CHANGES: Final[tuple[Measure, ...]] = ("yoy_pct", "yoy_amount")
_FALLS: Final = ("降幅", "下降最")
SHOWN: Final = 5
IN_ORDER: Final = 15  # where the whole order is asked for: what a page of the chat holds


def by_measure(query: Query) -> Query:
    """增速排名: what is ranked is a word of a measure that the order has left over."""
    if query.measures and query.measures != ("rank",):
        return query
    told = {word: found for word in query.chunks for _, _, found in measure_words().find(word)}
    left = tuple(word for word in query.chunks if word not in told)
    named = tuple(dict.fromkeys(one for one in told.values() if one != "rank"))
    of_shares = _SHARE.search(query.text) and not has(query.text, "ask", "money")  # …，多少钱: the same order in money
    named = named or (("share",) if of_shares else ())
    return replace(query, measures=named[:1], chunks=left)


def of_rates(query: Query) -> bool:
    """Whether what is put in order is growth, completion and the like: an order of amounts is no answer to it.  That of
    shares is the same in money."""
    return bool(set(by_measure(query).measures) & _NO_AMOUNTS)


def leveled(query: Query, first: StoredFact) -> Query:
    """With the level of the items, where none is asked and they are not of the whole."""
    if query.scope or first.fact.scope not in _OWN:
        return query
    return replace(query, scope=first.fact.scope, scope_words=wording.level_of(first))


def downwards(query: Query) -> bool:
    """Whether the largest comes first; the largest fall is the smallest growth."""
    down = query.direction != "lowest"
    moved = pattern_in("order", "moved").search(query.text)
    if moved and (moved["way"] or moved["turn"]) not in "加增":
        return False
    return not down if any(word in query.text for word in _FALLS) else down


def of_falls(query: Query) -> Query | None:
    """哪个税种减收最多, 降幅最大: the order of what fell, the largest fall first; None where nothing falls."""
    fell = pattern_in("order", "falls_most").search(query.text)
    if not fell or not set(query.measures) & set(_CHANGES):
        return None
    if any(word in query.text for word in _FALLS):
        return query  # turned by ``downwards``
    return replace(query, direction="highest" if query.direction == "lowest" else "lowest")


def in_order(rows: Iterable[Row], query: Query) -> list[Row]:
    """The largest (or smallest) first, by the figure of each that counts."""
    return sorted(rows, key=lambda one: one.numbers[0], reverse=downwards(query))


def places_of(own: Row, rows: Iterable[Row], *, down: bool) -> list[int]:
    """Which place a row has among others, counted from 1; the first and the last that it may be, if they differ."""

    def before(other: Decimal, mine: Decimal) -> bool:
        return other > mine if down else other < mine

    others = [[before(n, mine) for n in one.numbers for mine in own.numbers] for one in rows if one is not own]
    return sorted({1 + sum(map(all, others)), 1 + sum(map(any, others))})


def beside_last(ordered: Sequence[Row], count: int) -> Sequence[Row]:
    """Of rows in their order those that are not among the first ``count``, and come level with the last of these."""
    return [row for row in ordered[count:] if row.numbers[0] == ordered[count - 1].numbers[0]]


def rows_at(search: Search, view: View, numbers: Sequence[int], *, down: bool) -> list[Row]:
    """Rows of the list of a level by their numbers in an order, counted from 0."""
    shown = [view.rows[number if down else len(view.rows) - 1 - number].shown for number in numbers]
    ids = [one.figure.fact_id for one in shown if one and one.figure.fact_id is not None]
    facts = {one.id: one for one in search.store.facts_by_ids(ids)}
    return [Row(facts[id].fact.region, wording.place_of(facts[id]), (facts[id],)) for id in ids]


def end(query: Query, *, other: bool = False) -> str:
    """What the first of an order is called, or the last."""
    return "最高" if downwards(query) != other else "最低"


def at_odds(rows: Iterable[Row]) -> tuple[str, ...]:
    """Of the rows shown those of whose figure the reports say two things."""
    return tuple(AT_ODDS.format(label=row.name) for row in rows if len(row.numbers) > 1)


def told(
    head: str, lines: Sequence[str], rows: Sequence[tuple[int, Row]], query: Query, *, asked: Collection[str],
    notes: Sequence[str] = (), remark: str = "", quoted: Sequence[StoredFact] = (),
    before: Sequence[Figure] = (), behind: Sequence[Figure] = (),
) -> Answer:  # fmt: skip
    """A list as an answer: what is said of it first, its rows with their numbers, of how many they are.

    ``asked`` are the codes of the rows that answer; ``before`` and ``behind`` are reckoned from them.
    """
    lines = [head, *lines]
    lines += [f"{number}. {row.name}  {row.text(query.unit)}" for number, row in rows]
    lines += [remark, *wording.quote_lines(quoted), *(f"※ {note}" for note in notes if note not in lines)]
    figures = (*before, *(row.figure(asked=row.code in asked) for _, row in rows), *behind)
    return Answer("answered", wording.fitted(lines), figures, (), head, tuple(notes))
