"""Questions for what no lexicon names: projects, subsidies, counts, rates, in the words of the report.

    "新改建的5G基站有几座" -> the fact |新改建5G基站100座|        "教育支出里的班主任津贴" -> nothing

A fact is accepted if it has the question's words, is of the kind asked (几座, 百分之几), and is clearly ahead of every
other figure; else the best sentences are quoted instead, without an answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from index.ask.agree import groups
from index.ask.found import Found
from index.ask.likeness import IN_OPEN_HEADING, Likeness, Piece, having_any, likeness, pieces_of, weights
from index.ask.query import Query
from index.ask.search import Search
from index.ask.select import (
    CHAINS,
    SCOPES,
    asks_same_basis,
    by_account,
    by_scope,
    counts_alike,
    is_opening,
    is_planned,
    without_parts,
)
from index.ask.vocabulary import account_words, soft_words, synonyms
from index.lexicon import cue_regex
from index.models import Measure, Period, StoredFact
from index.text.normal import plain

_CHANGE: Final = re.compile(r"[增减新多少]了?(?:加|少|长|了)?(?:多少|几)|增加|减少|新增|提高|压减|净增")
_VERB: Final = re.compile(r"([\u4e00-\u9fff]{2})了(?:多少|几)")
ACCEPTED: Final = 0.72
FEW_ACCEPTED: Final = 0.45
COUNT_ACCEPTED: Final = 0.58
WORST: Final = 0.5
# Asked for a lexicon item alone, a fact must bear that name, with little besides.
IN_ITS_NAME: Final = 0.85
COUNTED_NAME: Final = 0.7
STRANGE: Final = 0.35
MARGIN: Final = 0.06
SHORTEST_NAME: Final = 5
MOST_APART: Final = 3
VERBS: Final = "完成达到为是约共有"  # what a name cut at its verb may end with
APART: Final = "报告里有几处相近的数字，一并列出"
SURE: Final = 0.9
_BEFORE: Final = "（此前）"  # the parser's mark of what an amount was before a change
# Ratios and ranks are answers only if asked for.
_ASKED_FOR: Final = ("completion", "yoy_pct", "yoy_amount", "share", "rank")

MOST_WORDS: Final = 20  # of a question; whoever writes more has pasted something


@dataclass(frozen=True, slots=True)
class Rated:
    """A candidate with its likeness and final score."""

    one: StoredFact
    like: Likeness
    score: float


def find_open(
    search: Search, query: Query, region: str, period: Period, words: Sequence[str], near: Sequence[StoredFact] = ()
) -> Found:
    """The figures that have these words; ``near`` are facts beside which a second part of a question looks first."""
    found = _accepted(rate(search, query, region, period, words, near), query)
    if not found.some and "百分" not in query.text and set(query.measures) & {"yoy_pct", "yoy_amount"}:
        # 涨了多少 of a standard or a price is an amount: 提高62元.
        loose = replace(query, measures=(), kind="money")
        changed = [rated for rated in rate(search, loose, region, period, words, near) if _is_change(rated.one)]
        found = _accepted(changed, loose)
    return found


def find_literal(search: Search, query: Query, region: str, period: Period) -> Found:
    """Figures whose item, in the report's own words, stands in the question letter by letter and says more than any
    lexicon item there: 增值税留抵退税全口径退税 is not 增值税留抵退税."""
    names = account_words()  # 调入资金 from |政府性基金| names only where it came from
    least = max((len(item.text) for item in query.items), default=SHORTEST_NAME - 1)
    said = [
        name
        for name in search.open_names(region, period)
        if name in query.text and name not in names and len(name.rstrip(VERBS)) > least
    ]
    if not said:
        return Found()
    named = search.of_told_level(by_account(search.of_names(region, period, said), query), query)
    if not query.scope and named and all(one.fact.scope == "lower" for one in named):
        query = replace(query, scope="lower")  # 对旗县区转移支付: the name itself says so
    longest = max((len(one.fact.item) for one in named), default=0)
    facts = [one for one in named if len(one.fact.item) == longest and _fits(one, query, search)]
    found = Found()
    for group in by_scope(facts, query.scope):
        agreed = groups(group)
        if len(agreed) > MOST_APART or len({one[0].fact.measure for one in agreed}) > 1:
            return Found()
        notes = (APART,) if len(agreed) > 1 else ()
        found = found.with_more(Found(asked=tuple(one[0] for one in agreed), opened=True, notes=notes))
    return found


def _accepted(rated: Sequence[Rated], query: Query) -> Found:
    """The best candidate, if it is good enough and alone."""
    if not rated:
        return Found()
    needed = COUNTED_NAME if query.kind == "count" else IN_ITS_NAME  # 改造|老旧小区|46个 is 老旧小区改造
    if rated[0].like.named and (rated[0].like.close < needed or rated[0].like.extra > STRANGE):
        return Found()
    best = rated[0]
    if _is_another(best.one, query):
        return Found()
    enough = ACCEPTED
    if query.kind in ("times", "rank") and len(rated) <= 3:
        enough = FEW_ACCEPTED
    elif query.kind == "count" and query.count_word:
        enough = COUNT_ACCEPTED
    if best.score < enough or best.like.worst < (0.0 if enough == FEW_ACCEPTED else WORST):
        return Found()
    margin = MARGIN if best.score < SURE else MARGIN / 2
    rivals = [other for other in rated if other.score > best.score - margin]
    agreed = groups(without_parts([other.one for other in rivals]))
    if len(agreed) == 1:
        return Found(asked=(agreed[0][0],), opened=True)
    first = best.one.fact
    alike = all(group[0].fact.item == first.item and group[0].fact.measure == first.measure for group in agreed)
    if alike and len(agreed) <= MOST_APART:
        return Found(asked=tuple(group[0] for group in agreed), opened=True, notes=(APART,))
    return Found()


def _is_another(one: StoredFact, query: Query) -> bool:
    """税收 alone is asked for, and 收入总计 stands behind 税收返还: one item of the lexicon is no other."""
    fact = one.fact
    asked = {item.text for item in query.items}
    if not fact.key or not asked or set(query.content) - asked:
        return False
    keys = {key for item in query.items for key in item.keys}
    return fact.key not in keys and not any(text in fact.item or fact.item in text for text in asked)


def rate(
    search: Search, query: Query, region: str, period: Period, words: Sequence[str], near: Sequence[StoredFact] = ()
) -> list[Rated]:
    """All candidates of the kind asked, best first."""
    pieces = pieces_of(words[:MOST_WORDS])
    if not any(piece.hard for piece in pieces) and not near:
        return []
    pool = search.of_told_level(by_account(search.everything(region, period), query), query)
    candidates = having_any([one for one in pool if _fits(one, query, search)], pieces)
    if not candidates:
        return []
    weight = weights(pieces, pool)
    rated = [_rated(one, query, pieces, weight, near) for one in candidates]
    return sorted(rated, key=lambda r: (-r.score, r.one.id))


def _rated(
    one: StoredFact, query: Query, pieces: Sequence[Piece], weight: Mapping[str, float], near: Sequence[StoredFact]
) -> Rated:
    like = likeness(one, pieces, weight, IN_OPEN_HEADING)
    score = like.score - (0.2 if like.close > 0.9 else 0.1) * like.extra
    if query.scope and not one.fact.scope:
        score -= 0.02
    if any(other.document == one.document and other.fact.sentence == one.fact.sentence for other in near):
        score += 0.08
    if one.fact.number is None:
        score -= 0.03
    verb = _VERB.search(query.text)
    if verb and verb[1] not in soft_words() and verb[1][1] + "了" not in soft_words():
        score += 0.0 if _says(one, verb[1]) else -0.15
    return Rated(one, like, score)


def _says(one: StoredFact, verb: str) -> bool:
    """整改|了几个: the verb right before the question word stands in the fact's own clause."""
    clause = plain(one.fact.label).split("，")[-1] + one.fact.item
    return any(word in clause for word in (verb, *synonyms().get(verb, ())))


def _fits(one: StoredFact, query: Query, search: Search) -> bool:
    """Scope, kind and measure of a candidate."""
    fact = one.fact
    if not any(fact.scope in group for group in SCOPES[query.scope]):
        return False
    if fact.item.endswith(_BEFORE) or (is_opening(one) and "初" not in query.text):
        return False
    if query.kind == "count" and _is_change(one) and not _CHANGE.search(query.text):
        return False  # 企业80户，比上年增加1户
    if query.kind == "count":
        return fact.kind == "count" and (not query.count_word or counts_alike(query.count_word, fact.unit))
    if query.kind == "rank":
        return fact.kind == "rank"
    if query.kind == "times":
        return fact.kind == "times"
    if query.measures:
        return any(_answers(one, measure, query, search) for measure in query.measures)
    if query.kind == "percent":
        return fact.kind in ("percent", "points")
    if query.kind == "money" and fact.kind != "money":
        return False
    return fact.measure not in _ASKED_FOR


def _is_change(one: StoredFact) -> bool:
    """提高62元, 下降3元: a direction stands right before the value."""
    before = plain(one.text[: one.fact.start])[-8:]
    return bool(re.search(f"(?:{cue_regex('direction', 'up', 'down')})[^，。、；到至]{{0,3}}$", before))


def _answers(one: StoredFact, measure: Measure, query: Query, search: Search) -> bool:
    fact = one.fact
    if measure == "budget":
        return fact.measure in CHAINS["budget"] and (
            fact.measure == "budget" or is_planned(one) or search.is_coming(one)
        )
    if measure == "actual":
        return fact.measure in ("actual", "amount", "count") and not (fact.measure == "amount" and "plan" in fact.flags)
    if measure in ("yoy_pct", "yoy_amount"):
        return fact.measure == measure and ("same_basis" in fact.flags or not asks_same_basis(query))
    return fact.measure in CHAINS[measure]
