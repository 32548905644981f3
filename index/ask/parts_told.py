"""The parts of a figure that a question names in short, from the sentences that list them.

    "国资收入里股利、股息收入多少，三鑫、华新各多少" -> 三鑫金铜分红收入 16166万元 … , both 其中 of 股利、股息收入

The lexicon does not know such parts; the report does: they stand beside their whole and name it as their parent.
Of two things that neither has a figure by its own words, the one sentence that tells both:

    种小麦一亩补多少钱，一共补了多少亩 -> 兑付小麦种植补贴1.83亿元，兑付面积|79.6万亩|，每亩|230元|

What each counts (钱, 亩, 几成) leaves one figure between two semicolons, and the question's words stand there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby
from typing import Final

from index.ask.beside import by_figure, span_around
from index.ask.defaults import periods_for
from index.ask.lists.listing import Listing, names_of
from index.ask.lists.named import part_named
from index.ask.pick.cues import kinds_of
from index.ask.pick.wanted import says_only
from index.ask.pick.words import share
from index.ask.pieces import Piece, named_in_run, pieces_of
from index.ask.query import Query
from index.ask.search import Search
from index.ask.select import counts_alike
from index.ask.texts import best_sentences
from index.ask.vocabulary import asking_pattern
from index.models import StoredFact
from index.store.lookup import sentence_id
from index.text.normal import plain

_AROUND: Final = 1  # a list of parts is the sentence itself or the next one
_MONEY_OF_A_YEAR: Final = ("amount", "actual", "budget")
_MOST: Final = 5  # sentences that are looked at
_HALF: Final = 0.5  # of a word
_OF_A_YEAR: Final = ("amount", "actual", "budget", "count", "rate", "share")


def parts_in(search: Search, wholes: Sequence[StoredFact], words: Sequence[str]) -> tuple[StoredFact, ...]:
    """The parts of one of the wholes that the words name, all of them, in their order; else ()."""
    for whole in wholes if words else ():
        parts = tuple(one for one in search.store.facts_near(whole.id, _AROUND) if _is_part(one, whole))
        listing = Listing(parts, names_of(parts), whole)
        each = [named_in_run(word, partial(part_named, listing, short=False)) for word in words]
        named = [at for some in each for at in some]
        if all(each) and len(set(named)) == len(named):
            return tuple(parts[at] for at in named)
    return ()


def whole_of(search: Search, part: StoredFact) -> list[StoredFact]:
    """The figure that a part is listed under in its sentence, as amounts of one kind."""
    near = search.store.facts_near(part.id, _AROUND) if part.fact.parent else ()
    of_it = [one for one in near if one.fact.item == part.fact.parent and one.document == part.document]
    return [one for one in of_it if _is_part(part, one) or (one.fact.measure == part.fact.measure == "outstanding")]


def _is_part(one: StoredFact, whole: StoredFact) -> bool:
    own, of = one.fact, whole.fact
    alike = (own.region, own.scope, own.kind) == (of.region, of.scope, of.kind)
    alike = alike and own.period.text == of.period.text  # a stock is of a date, its parts may be of the year
    named = own.parent == of.item or own.parent.endswith(of.item)  # 本单位政府采购预算
    return alike and named and own.measure in _MONEY_OF_A_YEAR and one.document == whole.document


def told_together(search: Search, parts: Sequence[Query]) -> tuple[StoredFact, ...]:
    """The figure of each part, in their order, if just one place of the reports tells them all; else ()."""
    first = parts[0]
    if len(first.regions) != 1 or len({_asked(part) for part in parts}) < len(parts):
        return ()
    periods = first.periods or periods_for(search, first, first.regions[0])[0]
    words = tuple(dict.fromkeys(word for part in parts for word in part.content))
    pieces = [piece for piece in pieces_of(words) if piece.hard and not says_only(piece.text, ())]
    year = periods[0].last_year if periods else None
    hits = best_sentences(search, first.regions[0], year, words, _MOST) if pieces else []
    heads = {hit.id: hit.header for hit in hits}
    found: list[tuple[StoredFact, ...]] = []
    for some in _stretches(search, replace(first, periods=tuple(periods)), [hit.id for hit in hits]):
        told = [[one for one in some if _answers(one, part)] for part in parts]
        if all(len(each) == 1 for each in told) and _says_all(some, pieces, heads.get(sentence_id(some[0].id), "")):
            found.append(tuple(each[0] for each in told))
    distinct = len(found) == 1 and len({one.id for one in found[0]}) == len(parts)
    return found[0] if distinct else ()


def _stretches(search: Search, query: Query, ids: Sequence[int]) -> list[list[StoredFact]]:
    """The figures of sentences, of the place and year asked for, as the semicolons part them."""
    facts = [
        one for one in search.own(search.store.facts_of_sentences(ids))
        if one.fact.region in query.regions and one.fact.period in query.periods
        and (not query.scope or one.fact.scope in ("", query.scope)) and one.fact.measure in _OF_A_YEAR
    ]  # fmt: skip
    return [list(some) for _, some in groupby(facts, lambda one: (one.text, span_around(one)))]


def _asked(part: Query) -> tuple[object, ...]:
    """What kind of figure a part asks for, money if its words leave that open (花多少); () if they ask for several."""
    kinds = frozenset({"count"}) if part.count_word else kinds_of(part.masked) or frozenset({part.kind or "money"})
    return (next(iter(kinds)), part.count_word, _of_each(part)) if len(kinds) == 1 else ()


def _of_each(part: Query) -> bool:
    return bool(asking_pattern("each", "ask").search(part.masked))


def _answers(one: StoredFact, part: Query) -> bool:
    """Whether a figure is of the kind that a part asks for: 多少亩, 多少钱, 一亩多少钱."""
    asked = _asked(part)
    if not asked or one.fact.kind != asked[0] or (part.measures and part.measures[0] != one.fact.measure):
        return False
    if part.count_word and not counts_alike(part.count_word, one.fact.unit):
        return False
    each = not one.fact.rule.startswith("table") and bool(asking_pattern("each", "told").search(by_figure(one)))
    return each == _of_each(part) or one.fact.kind != "money"


def _says_all(some: Sequence[StoredFact], pieces: Sequence[Piece], head: str) -> bool:
    """Whether every word of the question, or one that means the same, stands around the figures; what the rows of a
    table are of (专项债) need not."""
    first, last = span_around(some[0])
    text = plain(f"{head}{some[0].text[first:last]}")
    said = [piece for piece in pieces if not (head and piece.keys)]
    return bool(said) and all(share(piece, text, {}) >= _HALF for piece in said)
