"""The sentences of a report that say why: found by the words of reasons, told apart by what they are the reason of.

    教育支出12亿元，下降3%，主要是上年一次性项目完工。 -> of 教育支出 going down, its level and year around it

What a reason explains stands before its mark, in the same sentence or in those before (其中：…，主要是…); behind
受…影响 and 由于 it stands after.  Another item's reason, another level's, another year's or one for the opposite
change is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from index.ask.pick.identity import changed_of
from index.ask.pieces import pairs
from index.ask.reason_fit import CHANGES, at_place, change, level, way, year
from index.ask.reason_marks import Marked, Told, reasons_told
from index.ask.search import Search
from index.ask.vocabulary import pattern_of, words_of
from index.ask.why import Why
from index.find.terms import find_terms
from index.models import StoredFact
from index.store.rows import SentenceHit, StoredDocument
from index.text.normal import normalise, plain_sentence

ENOUGH_ITEM: Final = 0.45  # how surely what is explained must be the item asked about
ENOUGH_WORDS: Final = 0.5  # the share of other words, where no item is asked about
# How surely it is, by where the item is found: in the figures, beside the reason, in a sentence before, in the heading.
_OF_FACT: Final = 0.95
_BESIDE: Final = 0.9
_FADE: Final = 0.88
_HEADING: Final = 0.6
_PART: Final = 0.8  # 政府性基金收入和支出 for 政府性基金支出
_PART_OF: Final = 0.4  # of an item whose part the reason is of
# What counts how much in the order of the passages.
_ITEM: Final = 4.0
_WORDS: Final = 2.0
_FIGURE: Final = 2.0
_STRONG: Final = 0.3
_FAR: Final = 400  # characters to the mark that would make it nothing
_COORDINATE: Final = r"(?:预算)?(?:收支|(?:总?收入|总?支出)(?:和|及|、|与|以及)(?:预算)?{flow})"
_BARE: Final = 0.5  # 收入增长主要得益于…, of the account that the section tells of
_ENTIRE: Final = 2
_ONE_OF_TWO: Final = 1
_SHORT: Final = 4


@dataclass(frozen=True, slots=True)
class Passage:
    """A reason with the sentences that say of what; ``score`` orders them, ``mark`` is where it begins in the last.

    ``facts`` are the figures of what it is the reason of.
    """

    score: float
    hits: tuple[SentenceHit, ...]
    mark: int
    facts: tuple[StoredFact, ...] = ()


@dataclass(frozen=True, slots=True)
class _Match:
    """How surely the item is what is explained, the share of the other words, how far back, and the figures there."""

    item: float
    words: float
    back: int
    facts: tuple[StoredFact, ...]


def reasons(search: Search, why: Why, documents: Sequence[StoredDocument]) -> list[Passage]:
    """The passages that give the reason asked for, the best first."""
    by_id = {one.id: one for one in documents}
    rated: list[Passage] = []
    for marked in reasons_told(search, list(by_id)):
        score = _score(why, marked, by_id[marked.hit.document_id])
        if score is not None:
            mark = normalise(marked.hit.text.replace("\t", "，")).printed(marked.start, marked.start + 1)[0]
            told = (*reversed(marked.before[: score[1].back]), marked.hit)
            rated.append(Passage(score[0], told, mark, score[1].facts or marked.told[0].facts or marked.told[1].facts))
    rated.sort(key=lambda passage: (-passage.score, passage.hits[-1].id))
    return rated


def followed(search: Search, passage: Passage) -> list[SentenceHit]:
    """The passage with the sentences that go on giving reasons: 主要是：一是…。二是…。"""
    last = passage.hits[-1]
    hits = list(passage.hits)
    for other in search.store.sentence_window(last.document_id, last.id, 6):
        if other.id > last.id and other.id == hits[-1].id + 1:
            if other.kind != "text" or not pattern_of("reason", "more_pattern").match(other.text.strip()):
                break
            hits.append(other)
    return hits


def _score(why: Why, marked: Marked, document: StoredDocument) -> tuple[float, _Match] | None:
    """How well a reason is that of the question, and what it is the reason of; None: it is another's."""
    match = _of_what(why, marked)
    if match is None or not at_place(why, marked, document):
        return None
    texts = [one.text for one in marked.told[: match.back + 2]]
    local = marked.told[0].text
    if len(local) < _SHORT:
        local = next((one.text for one in marked.told[1:] if one.text), "")
    local = pattern_of("reason", "either_pattern").sub("变化", pattern_of("reason", "slack_pattern").sub("下降", local))
    if marked.leads:
        local = next((clause for clause in local.split("，") if _named(why, clause) and change(clause)), local)
    fits = way(why.direction, local, match.facts if marked.row else ())
    at_level = level(why, texts, marked.hit.section, match.facts)
    in_year = year(why, texts, marked, match.facts, document)
    if fits is None or at_level is None or in_year is None:
        return None
    score = _ITEM * match.item + _WORDS * match.words + fits + at_level + in_year + (_STRONG if marked.strong else 0.0)
    told = any(figure in text for figure in why.figures for text in texts)
    return score + (_FIGURE if told else 0.0), match


def _of_what(why: Why, marked: Marked) -> _Match | None:
    """Whether the item, or else the other words, or the whole, is what the reason is of."""
    if _of_a_total(why, marked):
        return None
    best = _Match(0.0, 0.0, 0, ())
    weight, foreign, of_another = 1.0, False, False
    for at, told in enumerate(marked.told):
        weight *= 1.0 if not at or not told.text else _BESIDE if at == 1 else _FADE
        here = tuple(one for one in told.facts if one.fact.key in why.keys or changed_of(one) & set(why.keys))
        item = max(_named(why, told.text), _OF_FACT if here else 0.0)
        of_another = of_another or _of_another(why, told, apart=at > 1)
        if of_another:
            item *= _PART_OF
        words = _share(why.residue, told.text)
        better = item * weight > best.item + 0.001 or (not why.keys and words * weight > best.words + 0.001)
        best = replace(best, words=max(words * weight, best.words))
        if better:
            best = replace(best, item=item * weight, back=max(0, at - 1), facts=here)
        foreign = not item and (_is_otherwise(why, told) or (_has_subject(told) and not _goes_on(told.text)))
        if foreign or (item and at):
            break  # 科技支出增长5%。主要是…: of 科技支出, whatever stands before
    section = plain_sentence(marked.hit.section)
    if best.item < ENOUGH_ITEM and _is_total(why, marked, section):
        best = replace(best, item=_BARE, back=0)
    if not foreign:
        best = replace(best, item=max(best.item, _named(why, section) * _HEADING))
    words = max(best.words, _share(why.residue, section) * _HEADING)
    if why.keys:
        return replace(best, words=words) if best.item >= ENOUGH_ITEM else None
    if why.residue:
        return replace(best, item=0.3, words=words) if words >= ENOUGH_WORDS else None
    return _of_the_whole(marked)


def _is_otherwise(why: Why, told: Told) -> bool:
    """市级收入0.7亿元，增长8%: by its figures of 国有资本经营收入, though nothing names it there."""
    keys = {one.fact.key for one in told.facts if one.fact.measure in CHANGES}
    return bool(why.keys and keys) and all(key.startswith("total-") for key in keys)


def _of_a_total(why: Why, marked: Marked) -> bool:
    """增值税增长6%，契税下降7%。拉动收入增长的主要是…: of 收入, of none of those listed before it."""
    if not why.keys or any(key.startswith("total-") for key in why.keys):
        return False
    listed = {one.fact.key for told in marked.told[1:3] for one in told.facts if one.fact.measure in CHANGES}
    return len(listed) > 1 and bool(pattern_of("reason", "bare_pattern").match(marked.told[0].text))


def _is_total(why: Why, marked: Marked, section: str) -> bool:
    """收入增长主要得益于…: a bare 收入 is the total of the account that is told of, if no other is named around it."""
    flows = {flow for names in why.names for name, flow in names if flow in ("收入", "支出")}
    total = len(flows) == 1 and all(key.startswith("total-gp") for key in why.keys) and bool(why.keys)
    found = pattern_of("reason", "bare_pattern").match(marked.told[0].text) if total else None
    if not found or found["flow"] not in flows:
        return False
    around = (section, *(told.text for told in marked.told))
    return not any(pattern_of("reason", "other_account_pattern").search(text) for text in around)


def _of_another(why: Why, told: Told, *, apart: bool) -> bool:
    """收入下降8%，其中：非税收入下降18%，主要是…: the change nearest to the reason is another item's.

    A reason in a sentence of its own, ``apart``, is of the first.
    """
    changes = [one.fact for one in told.facts if one.fact.measure in CHANGES]
    if not changes:
        return False
    key = changes[0 if apart else -1].key
    named = [term for term in find_terms(told.text) if any(key == item.key for item in term.items)]
    return (
        key not in why.keys and bool(named) and not any(_narrows(why, told.text[one.start : one.end]) for one in named)
    )


def _narrows(why: Why, name: str) -> bool:
    """新增|专项债券资金: the asked 专项债券, less of it."""
    short = next((name.removeprefix(word) for word in words_of("reason", "narrowing") if name.startswith(word)), "")
    return any(short == own + flow for names in why.names for own, flow in names)


def _of_the_whole(marked: Marked) -> _Match | None:
    """经费为什么增加: the first reason that is of all revenue or expenditure."""
    for at, told in enumerate(marked.told):
        if told.text:
            whole = pattern_of("reason", "whole_pattern").search(told.text)
            if whole or not _goes_on(told.text):
                return _Match(0.5, 0.0, max(0, at - 1), told.facts) if whole else None
    return None


def _has_subject(told: Told) -> bool:
    """Does it speak of an item of its own?"""
    return bool(find_terms(told.text)) or any(one.fact.item in told.text for one in told.facts)


def _goes_on(text: str) -> bool:
    return bool(pattern_of("reason", "goes_on_pattern").match(text))


def _named(why: Why, text: str) -> float:
    """1 for the item itself right before the mark, less farther away or with its flow apart."""
    if not text:
        return 0.0
    foreign = _foreign(text, why.keys)
    best = 0.0
    for name, flow in (name for names in why.names for name in names):
        at = text.rfind(name)
        while at >= 0 and not (whole := _holds(text, at, name, flow, foreign)):
            at = text.rfind(name, 0, at)  # 社会保险|基金|支出: not 政府性基金
        if at < 0:
            continue
        rest = text[at + len(name) :]
        value = 1.0 if whole == _ENTIRE else _PART
        if re.match(f"(?:预算)?{flow}(?:中|里|当中)", rest):
            value *= _HEADING
        best = max(best, value * (1 - min(len(rest), 160) / _FAR))
    return best


def _holds(text: str, at: int, name: str, flow: str, foreign: Sequence[tuple[int, int]]) -> int:
    """Does the item stand there: whole, as one of two (政府性基金收入和支出), or 0: it is within another's name."""
    end = at + len(name)
    rest = text[end:]
    if flow and re.match(_COORDINATE.format(flow=flow), rest):
        return _ONE_OF_TWO if not any(start < at and end <= stop for start, stop in foreign) else 0
    if any(start <= at and end <= stop for start, stop in foreign):
        before = text[min(start for start, stop in foreign if start <= at and end <= stop) : at]
        return _ONE_OF_TWO if before in words_of("reason", "narrowing") else 0
    return _ENTIRE if not flow or rest.removeprefix("预算").startswith(flow) else 0


@lru_cache(maxsize=1024)
def _foreign(text: str, keys: frozenset[str]) -> tuple[tuple[int, int], ...]:
    """Where names of other items stand."""
    terms = find_terms(text)
    return tuple((term.start, term.end) for term in terms if not keys & {item.key for item in term.items})


def _share(words: Sequence[str], text: str) -> float:
    own = {pair for word in words for pair in pairs(word)}
    return sum(pair in text for pair in own) / len(own) if own else 0.0
