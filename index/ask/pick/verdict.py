"""Candidates with their scores -> a decision: the figures of one line, or none, and how sure that is.

A line is one item, measure and account: its figures of several levels stand together in an answer, and two that differ
on one level are a contradiction of the report's own.  The best figure of any other line is the rival.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from index.ask.agree import same
from index.ask.pick.candidate import Candidate
from index.ask.pick.features import Features
from index.ask.pick.gather import gather
from index.ask.pick.halves import are_halves, says_which
from index.ask.pick.score import confidence, score, weights
from index.ask.pick.wanted import Wanted
from index.ask.pieces import Piece, pairs
from index.ask.search import Search
from index.ask.select import told_per_head
from index.ask.vocabulary import head, result, tail
from index.find.ordinary import cut

TIED = 1.0  # figures of one name of the report's own that are so near one another are meant together
AS_NEAR = 0.03
FARTHEST = 2.0  # a lead that leaves no doubt
HIGH = 10.0
LEAST_AHEAD, LEAST_CHANCE = 0.05, 0.45  # of the best figure before the next; that it is the one meant
GENERAL = "general_public"
TELLING = 2
OWNER = 1.0  # of the sign "unknown": whose figure it is, is said in a word that no report has
LEAST_COVERED = 0.15  # so much of the question must stand at the place of a figure that has not its item
MOST_UNKNOWN = 0.5  # so much of the question, in plain words, stands nowhere in the reports
MOST_MISSED = 0.45  # a word that weighs so much must stand at the place of the figure
_SIGNS = (
    "cov_all", "cov_near", "cov_name", "key", "key_other", "extra", "wish", "wish_missed", "table", "part",
    "in_question", "exact_period", "missed", "missed_near", "scope_none", "own_year", "whose", "elsewhere",
    "missed_item", "own_name", "missed_thing",
)  # fmt: skip

_VERBAL = "vzd"  # tags of verbs and of what stands with them
_FORBIDDING = ("whose", "elsewhere", "own_name")


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate, its features, its score."""

    candidate: Candidate
    features: Mapping[str, float]
    score: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """``line`` are the figures meant, the best first; ``ranked`` all candidates; ``sure`` how likely it is right."""

    ranked: tuple[Scored, ...] = ()
    line: tuple[Scored, ...] = ()
    rival: Scored | None = None
    signs: Mapping[str, float] = field(default_factory=dict)
    sure: float = 0.0

    @property
    def given(self) -> bool:
        """Whether it is sure enough to answer."""
        return bool(self.line) and not barred(self.signs) and self.sure >= weights().enough


def barred(signs: Mapping[str, float]) -> bool:
    """Whether too much of the question stands nowhere near the figure, however sure it seems.

    Where the figure is of the item asked for by name, other words (劳驾, 领导要) may be left over; where by an everyday
    word alone (酒厂|交了多少税) no other thing.
    """
    if signs.get("unknown", 0.0) >= OWNER or any(signs.get(name) for name in _FORBIDDING):
        return True
    if signs.get("key", 0.0) > 0.0:
        heavy = signs.get("everyday", 0.0) or signs.get("missed", 0.0) >= MOST_MISSED
        return bool(heavy and signs.get("missed_thing"))
    if signs.get("missed_item", 0.0) or _is_drawn(signs):
        return True
    missed = signs.get("missed", 0.0)  # a word of a table's head stands in no sentence, and yet by the figure
    if missed and signs.get("cov_all", 0.0) < LEAST_COVERED:
        return True
    return missed >= MOST_MISSED or (missed > 0.0 and signs.get("unknown", 0.0) >= MOST_UNKNOWN)


def _is_drawn(signs: Mapping[str, float]) -> bool:
    """投了几个项目: of several figures of projects none is named more closely than the next."""
    return signs.get("margin", 1.0) < LEAST_AHEAD and signs.get("chance", 1.0) < LEAST_CHANCE


def judge(search: Search, asked: Wanted) -> Verdict:
    """One list, one score."""
    candidates, weight = gather(search, asked)
    asked = _without_strange_verbs(asked, weight)
    features = Features(search, asked, weight)
    order = _general_first(ranked((one, features.of(one)) for one in candidates), asked)
    return decided(order, features.unknown(), asked)


def _general_first(order: list[Scored], asked: Wanted) -> list[Scored]:
    """收入总计 of no account that is said: the general budget's, where the best is as much of another one's."""
    best = order[0].candidate.one.fact if order else None
    if best is None or best.owner or asked.query.account or best.account == GENERAL:
        return order
    alike = (
        one
        for one in order
        if one.candidate.one.fact.account == GENERAL and {one.candidate.one.fact.key, best.key} <= set(asked.keys)
    )
    first = next((one for one in alike if one.candidate.one.fact.measure == best.measure), None)
    if first is None:
        return order
    return [replace(first, score=order[0].score), *(one for one in order if one is not first)]


def _without_strange_verbs(asked: Wanted, weight: Mapping[str, float]) -> Wanted:
    """华新水泥|指望|分红|进来: a verb that no report of the place has tells none of its figures from another, where two
    other words do; of 华新水泥|亏损 and 违约|债券 it is what is asked, of ABS|募到 it is not."""
    strange = [one for one in asked.pieces if _is_strange_verb(one, weight) and not _is_asked(one, asked)]
    left = [one for one in asked.pieces if one.hard and one not in strange]
    needed = TELLING if any(len(word) > 1 for one in strange for word, _ in cut(one.text)) else 1
    if not strange or len(left) < needed or asked.near:  # …，涉及贷款多少: it says what the first part is asked about
        return asked
    pieces = tuple(replace(one, hard=False) if one in strange else one for one in asked.pieces)
    return replace(asked, pieces=pieces)


def _is_asked(piece: Piece, asked: Wanted) -> bool:
    """华新水泥|亏损|了多少: what happened, and not where it went (流|出去|多少)."""
    said = re.search(f"{re.escape(piece.text)}[了过]?(?:多少|几)", asked.query.text)
    return said is not None and all(len(word) > 1 for word, _ in cut(piece.text)) and piece.text[-1] not in "来去到出"


def _is_strange_verb(piece: Piece, weight: Mapping[str, float]) -> bool:
    if not piece.hard or piece.keys or any(weight.get(pair, 1.2) <= 1.1 for pair in pairs(piece.text)):
        return False
    parts = cut(piece.text)
    in_use = any(len(word) > 1 or word in tail() + head() + result() for word, _ in parts)  # 保检 is a slip, no verb
    return in_use and all(tag and tag in _VERBAL for _, tag in parts)


def decided(order: Sequence[Scored], unknown: float, asked: Wanted) -> Verdict:
    """What a list of candidates comes to; ``unknown`` is the share of the words that stand nowhere."""
    if not order:
        return Verdict()
    line = _line(order, halves=not says_which(asked.query.text))
    rival = _rival(order, line)
    signs = _signs_of(order, line, rival, unknown, asked)
    return Verdict(tuple(order), tuple(line), rival, signs, confidence(signs))


def ranked(found: Iterable[tuple[Candidate, Mapping[str, float]]]) -> list[Scored]:
    """Candidates by their scores, the best first; of equal ones the earlier in its report."""
    scored = (Scored(one, own, score(own)) for one, own in found)
    return sorted(scored, key=lambda each: (-each.score, each.candidate.one.id))


def _line(ranked: Sequence[Scored], *, halves: bool) -> list[Scored]:
    """The figures that are meant as well as the best: they have as many of the question's words; with ``halves`` also
    the other half of it."""
    best = ranked[0]
    return [
        one
        for one in ranked
        if _of_one_line(one, best, halves=halves)
        and (bool(best.candidate.one.fact.key) or one.score > best.score - TIED)
        and all(
            one.features.get(name, 0.0) >= best.features.get(name, 0.0) - AS_NEAR for name in ("cov_near", "cov_all")
        )
    ]


def _of_one_line(one: Scored, best: Scored, *, halves: bool) -> bool:
    a, b = one.candidate.one.fact, best.candidate.one.fact
    named = a.item == b.item or (bool(a.key) and a.key == b.key)
    named = named or (halves and are_halves(one.candidate.one, best.candidate.one))
    each = told_per_head(one.candidate.one) == told_per_head(best.candidate.one)
    return named and a.measure == b.measure and a.kind == b.kind and each


def _rival(ranked: Sequence[Scored], line: Sequence[Scored]) -> Scored | None:
    """The best figure that says something else."""
    return next((each for each in ranked if not _says(each, line)), None)


def _says(one: Scored, line: Sequence[Scored]) -> bool:
    """Is a figure of the line, or the same as one of them?"""
    own = one.candidate.one
    others = (each.candidate.one for each in line)
    return any(own is other or (own.fact.kind == other.fact.kind and same(own, other)) for other in others)


def _chance(order: Sequence[Scored], line: Sequence[Scored]) -> float:
    """How likely the line is the right one, if the right one is in the list (softmax)."""
    masses = [(math.exp(each.score - order[0].score), each) for each in order]
    return sum(mass for mass, each in masses if _says(each, line)) / sum(mass for mass, _ in masses)


def _is_everyday(key: str, asked: Wanted) -> bool:
    """Whether a figure is of an item that is asked for by an everyday word alone."""
    named = [item for item in asked.query.items if key in item.keys]
    return bool(named) and all(item.weak for item in named)


def _signs_of(
    order: Sequence[Scored], line: Sequence[Scored], rival: Scored | None, unknown: float, asked: Wanted
) -> dict[str, float]:
    """What tells a sure first place from a lucky one."""
    best, own = order[0], order[0].features
    margin = min(best.score - rival.score, FARTHEST) if rival else FARTHEST
    signs = {
        "margin": margin / FARTHEST,
        "chance": _chance(order, line),
        "score": best.score / HIGH,
        "alone": float(rival is None),
        "unknown": unknown,
        "wished": float(bool(asked.wishes)),
        "everyday": float(_is_everyday(best.candidate.one.fact.key, asked)),
    }
    return {**signs, **{name: own.get(name, 0.0) for name in _SIGNS}}
