"""What is asked for in one place and period: the slots of a query, the measures it wishes for, its words.

上党区2023年教育支出比上年多了多少 -> keys gp-exp-205, wishes yoy_amount 0.8 yoy_pct 0.4, pieces 教育支出
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from index.ask.likeness import Piece, pieces_of
from index.ask.pick.cues import fired, flow_of, kinds_of, wishes
from index.ask.query import Kind, Query
from index.lexicon import cues
from index.models import Account, Flow, Measure, Period, Scope, StoredFact
from index.store.lookup import sentence_id

_IN_NAMES = ("share", "completion", "pct_change")


@dataclass(frozen=True, slots=True)
class Wanted:
    """One figure asked for.  ``keys`` are lexicon items it may be, the likeliest first; ``pieces`` its content words;
    ``text`` the question without places and periods."""

    region: str
    period: Period
    keys: tuple[str, ...]
    pieces: tuple[Piece, ...]
    wishes: Mapping[Measure, float]
    cues: frozenset[str]
    flow: Flow
    kinds: frozenset[Kind]
    scope: Scope
    account: Account
    near: frozenset[int]
    query: Query

    @property
    def text(self) -> str:
        """The question as understood, in normal form."""
        return self.query.text


def wanted(
    query: Query, region: str, period: Period, words: Sequence[str] = (), near: Iterable[StoredFact] = ()
) -> Wanted:
    """``words`` are the content words to look for instead of the query's own; beside ``near`` facts, the figures of an
    earlier part of the question, a later part looks first."""
    found = fired(query.masked or query.text)
    weights = {**_of_items(query), **wishes(found), **_named_measures(query)}
    return Wanted(
        region,
        period,
        tuple(dict.fromkeys(key for item in query.items for key in item.keys)),
        pieces_of((*(words or query.content), *_ranked_in(query, weights))),
        weights,
        frozenset(cue.name for cue in found),
        flow_of(query.masked or query.text),
        _kinds(query),
        query.scope,
        query.account,
        frozenset(sentence_id(one.id) for one in near),
        query,
    )


def _named_measures(query: Query) -> dict[Measure, float]:
    """Measures that the question names in words of the trade are wished for, whatever else its words may mean."""
    return dict.fromkeys(query.measures, 1.0)


def _of_items(query: Query) -> dict[Measure, float]:
    """民生支出占比: the words that name an item may name its measure."""
    found: dict[Measure, float] = {}
    for item in query.items:
        for cue in fired(item.text):
            if cue.name in _IN_NAMES:
                found.update(cue.measures)
    return found


def _ranked_in(query: Query, weights: Mapping[Measure, float]) -> tuple[str, ...]:
    """全省排第几: of several ranks the one in the province."""
    if weights.get("rank") != 1.0:
        return ()
    return tuple(word for word in cues("scope", "whole") if word in query.text)


def _kinds(query: Query) -> frozenset[Kind]:
    """The kinds of value that the words ask for."""
    counted: frozenset[Kind] = frozenset({query.kind}) if query.kind in ("count", "times", "rank") else frozenset()
    return counted or kinds_of(query.masked or query.text)
