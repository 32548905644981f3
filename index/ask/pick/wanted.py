"""What is asked for in one place and period: the slots of a query, the measures it wishes for, its words.

上党区2023年教育支出比上年多了多少 -> keys gp-exp-205, wishes yoy_amount 0.8 yoy_pct 0.4, pieces 教育支出
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from index.ask.measuring import asks_moved, is_of_adjustment
from index.ask.of_body import total_names
from index.ask.pick.cues import counts_things, fired, flow_of, kinds_of, wishes, words_of
from index.ask.pieces import Piece, pairs, pieces_of
from index.ask.query import Kind, Query
from index.ask.vocabulary import account_names, spoken
from index.find.accounts import account_words
from index.find.amounts import NO_COUNTS
from index.find.terms import exact_items
from index.lexicon import cues, items
from index.models import Account, Flow, Measure, Period, Scope, StoredFact
from index.store.lookup import sentence_id

_LIKELY = 0.9
_ADJUSTS = re.compile("(?:[这本此][次回])?(?:预算)?调整(?:方案)?[中里]?")
_STOCKS: tuple[Measure, ...] = ("limit", "outstanding", "balance")
_GIVEN, _TRANSFERS = {"transfer-down", "transfer-payment"}, ("转移支付", "补助")
_PERCENTS = ("yoy_pct", "share", "completion")
_IN_NAMES = ("share", "completion", "pct_change")


@dataclass(frozen=True)
class Wanted:
    """One figure asked for.  ``keys`` are lexicon items it may be, the likeliest first; ``pieces`` its content words;
    ``text`` the question without places and periods; ``planning`` are the papers that plan this very year, whose
    amounts are planned ones, ``later`` those of a later year, whose beginning is the end of this one."""

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
    planning: frozenset[str] = frozenset()
    later: frozenset[str] = frozenset()

    @property
    def text(self) -> str:
        """The question as understood, in normal form."""
        return self.query.text

    @cached_property
    def stocks(self) -> set[Measure]:
        """The stocks that the items asked are of: a limit, what is owed, what is left."""
        return _stocks_of(self.keys)

    @cached_property
    def said(self) -> str:
        """What is said of this very figure: its content words, and how it is asked for."""
        return "，".join((*(piece.text for piece in self.pieces), self.query.masked))

    @cached_property
    def plainly(self) -> frozenset[Measure]:
        """The measures that it surely asks for."""
        return frozenset(measure for measure, weight in self.wishes.items() if weight == 1.0)

    @cached_property
    def moved(self) -> bool:
        """盘子砍掉了多少: by how much it was changed is asked, and not to what."""
        return not self.plainly and asks_moved(self.query.masked)

    @cached_property
    def accounts(self) -> frozenset[Account]:
        """The accounts that its items are the totals of; "" for any other item."""
        known = items()
        keys = self.keys or [key for piece in self.pieces for key in piece.keys]
        return frozenset(known[key].account if key.startswith("total-") else "" for key in keys if key in known)


def wanted(
    query: Query, region: str, period: Period, words: Sequence[str] = (), near: Iterable[StoredFact] = ()
) -> Wanted:
    """``words`` are the content words to look for instead of the query's own; beside ``near`` facts, the figures of an
    earlier part of the question, a later part looks first."""
    found = fired(_how(query))
    weights = {**_of_items(query), **wishes(found), **_named_measures(query)}
    weights = _of_count(query, _of_stock(query, weights))
    if query.measures and (query.alone or query.measures == ("completion",)):
        weights = {query.measures[0]: 1.0}  # 完成年初预算多少 asks for no budget
    if is_of_adjustment(query.masked) and not query.measures:  # 这次预算调整教育支出加了多少: names nothing more
        weights, words = {"amount": _LIKELY}, [word for word in words or query.content if not _ADJUSTS.fullmatch(word)]
    return Wanted(
        region,
        period,
        tuple(dict.fromkeys(key for item in query.items for key in item.keys)),
        _pieces(query, (*_without_account(query, words or query.content), *_ranked_in(query, weights))),
        weights,
        frozenset(cue.name for cue in found),
        flow_of(_how(query)),
        _kinds(query),
        query.scope,
        query.account,
        frozenset(sentence_id(one.id) for one in near),
        query,
    )


def _named_measures(query: Query) -> dict[Measure, float]:
    """Measures that the question names in words of the trade are wished for, whatever else its words may mean."""
    return dict.fromkeys(query.measures, 1.0)


def _how(query: Query) -> str:
    """How a figure is asked for: the text without the names of items and accounts, unless already blanked out."""
    if query.masked:
        return query.masked
    text = query.text
    for word in (*(item.text for item in query.items), *(item.name for item in query.items), *account_words()):
        text = text.replace(word, " ")
    return text


def _of_stock(query: Query, weights: dict[Measure, float]) -> dict[Measure, float]:
    """债务限额和余额各多少: of the limit, the limit is asked for."""
    own = _stocks_of([key for item in query.items for key in item.keys])
    if len(own) != 1:
        return weights
    return {measure: weight for measure, weight in weights.items() if measure not in _STOCKS or measure in own}


def _of_count(query: Query, weights: dict[Measure, float]) -> dict[Measure, float]:
    """关掉了多少眼井, 掉了多少个名次: what is counted in a unit of its own is no percentage."""
    if query.kind != "count" or not query.count_word or query.count_word in NO_COUNTS:
        return weights
    return {"count": 1.0, **{measure: weight for measure, weight in weights.items() if measure not in _PERCENTS}}


def _stocks_of(keys: Iterable[str]) -> set[Measure]:
    known = items()
    return {measure for key in keys if key in known and (measure := known[key].measure) in _STOCKS}


def _without_account(query: Query, words: Sequence[str]) -> tuple[str, ...]:
    """一般公共预算|其他支出: the account is a slot of its own, where anything else is named."""
    kept = tuple(word for word in words if word not in account_names(query.account)) if query.account else ()
    return kept or tuple(words)


def _pieces(query: Query, words: Sequence[str]) -> tuple[Piece, ...]:
    """The content words; one that stands for an item (205支出) has all names of that item."""
    named = {item.text: item for item in query.items if not exact_items(item.text)}
    found = list(_softened(pieces_of(tuple(word for word in words if word not in named), literal=query.literal), query))
    for word in words:
        if word in named:
            known = [items()[key].words if key in items() else total_names(key) for key in named[word].keys]
            names = tuple(dict.fromkeys(name for some in known[:2] for name in some))
            found.append(Piece(word, pairs(word), (), True, named[word].keys, names))
    if query.given:  # 给镇里转移支付: a paper may call it 补助
        found = [replace(one, names=(*one.names, *_TRANSFERS)) if _GIVEN & set(one.keys) else one for one in found]
    return tuple(found)


def _softened(pieces: Sequence[Piece], query: Query) -> list[Piece]:
    """后来调成, 欠着: words that say how a figure is asked for need not stand in the report."""
    asking = words_of(query.masked)
    soft = [
        piece.hard and not piece.keys and says_only(piece.text, asking) and not _quoted(piece, query)
        for piece in pieces
    ]
    if all((gone or not piece.hard) and not piece.keys for piece, gone in zip(pieces, soft, strict=True)):
        return list(pieces)
    return [replace(piece, hard=False) if gone else piece for piece, gone in zip(pieces, soft, strict=True)]


def _quoted(piece: Piece, query: Query) -> bool:
    """“过桥”: what the asker puts in quotation marks is meant."""
    return bool(query.term) and query.term in piece.text


def says_only(text: str, asking: Sequence[str]) -> bool:
    """Words of asking and of speech, which no report need have: 钱在账上, 看一眼, 花出去."""
    if any(char in spoken() for char in text):
        return True
    for word in asking:
        text = text.replace(word, "") if word in text else "" if text in word else text
    return len(text.strip("钱在")) < 2


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
    if query.alone:
        return frozenset()
    counts = query.kind in ("times", "rank") or (query.kind == "count" and query.count_word not in NO_COUNTS)
    counted: frozenset[Kind] = frozenset({query.kind}) if counts else frozenset()
    if query.literal and query.kind == "money":
        return frozenset({query.kind})
    named: frozenset[Kind] = frozenset({"count"}) if counts_things(query.text) else frozenset()  # 有多少|高校毕业生
    return counted or kinds_of(_how(query)) or named
