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

from index.ask.pieces import pairs
from index.ask.reason_marks import Marked, Told, reasons_told
from index.ask.search import Search
from index.ask.vocabulary import pattern_of
from index.ask.why import Direction, Why
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
_CHANGES: Final = ("yoy_pct", "yoy_amount", "completion")
_COORDINATE: Final = r"(?:预算)?(?:收支|(?:总?收入|总?支出)(?:和|及|、|与|以及)(?:预算)?{flow})"
_ENTIRE: Final = 2
_ONE_OF_TWO: Final = 1
_WHOLE: Final = 100
_SHORT: Final = 4
_YEAR: Final = re.compile(r"(20\d\d)年")
_DONE: Final = re.compile(r"完成[^，。；]{0,16}?(\d+(?:\.\d+)?)%|为[^，。；]{0,12}?预算数?的(\d+(?:\.\d+)?)%")
_PLAN: Final = re.compile(r"安排|预期|草案|拟")
_OPPOSITE: Final = {"up": "down", "down": "up", "less": "up", "more": "down"}


@dataclass(frozen=True, slots=True)
class Passage:
    """A reason with the sentences that say of what; ``score`` orders them, ``mark`` is where it begins in the last."""

    score: float
    hits: tuple[SentenceHit, ...]
    mark: int


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
            rated.append(Passage(score[0], (*reversed(marked.before[: score[1]]), marked.hit), mark))
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


def _score(why: Why, marked: Marked, document: StoredDocument) -> tuple[float, int] | None:
    """How well a reason is that of the question, and how many sentences before it belong to it; None: it is not."""
    match = _of_what(why, marked)
    if match is None:
        return None
    texts = [one.text for one in marked.told[: match.back + 2]]
    local = marked.told[0].text
    if len(local) < _SHORT:
        local = next((one.text for one in marked.told[1:] if one.text), "")
    local = pattern_of("reason", "either_pattern").sub("变化", pattern_of("reason", "slack_pattern").sub("下降", local))
    if marked.leads:
        local = next((clause for clause in local.split("，") if _named(why, clause) and _change(clause)), local)
    way = _way(why.direction, local)
    level = _level(why, texts, marked.hit.section, match.facts)
    year = _year(why, texts, marked, match.facts, document)
    if way is None or level is None or year is None:
        return None
    score = _ITEM * match.item + _WORDS * match.words + way + level + year + (_STRONG if marked.strong else 0.0)
    told = any(figure in text for figure in why.figures for text in texts)
    return score + (_FIGURE if told else 0.0), match.back


def _of_what(why: Why, marked: Marked) -> _Match | None:
    """Whether the item, or else the other words, or the whole, is what the reason is of."""
    best = _Match(0.0, 0.0, 0, ())
    weight, foreign, of_another = 1.0, False, False
    for at, told in enumerate(marked.told):
        weight *= 1.0 if not at or not told.text else _BESIDE if at == 1 else _FADE
        here = tuple(one for one in told.facts if one.fact.key in why.keys)
        item = max(_named(why, told.text), _OF_FACT if here else 0.0)
        of_another = of_another or _of_another(why, told, apart=at > 1)
        if of_another:
            item *= _PART_OF
        words = _share(why.residue, told.text)
        better = item * weight > best.item + 0.001 or (not why.keys and words * weight > best.words + 0.001)
        best = replace(best, words=max(words * weight, best.words))
        if better:
            best = replace(best, item=item * weight, back=max(0, at - 1), facts=here)
        foreign = not item and _has_subject(told) and not _goes_on(told.text)
        if foreign or (item and at):
            break  # 科技支出增长5%。主要是…: of 科技支出, whatever stands before
    section = plain_sentence(marked.hit.section)
    if not foreign:
        best = replace(best, item=max(best.item, _named(why, section) * _HEADING))
    words = max(best.words, _share(why.residue, section) * _HEADING)
    if why.keys:
        return replace(best, words=words) if best.item >= ENOUGH_ITEM else None
    if why.residue:
        return replace(best, item=0.3, words=words) if words >= ENOUGH_WORDS else None
    return _of_the_whole(marked)


def _of_another(why: Why, told: Told, *, apart: bool) -> bool:
    """收入下降8%，其中：非税收入下降18%，主要是…: the change nearest to the reason is another item's.

    A reason in a sentence of its own, ``apart``, is of the first.
    """
    changes = [one.fact for one in told.facts if one.fact.measure in _CHANGES]
    if not changes:
        return False
    key = changes[0 if apart else -1].key
    return key not in why.keys and any(key == item.key for term in find_terms(told.text) for item in term.items)


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
        return 0
    return _ENTIRE if not flow or rest.removeprefix("预算").startswith(flow) else 0


@lru_cache(maxsize=1024)
def _foreign(text: str, keys: frozenset[str]) -> tuple[tuple[int, int], ...]:
    """Where names of other items stand."""
    terms = find_terms(text)
    return tuple((term.start, term.end) for term in terms if not keys & {item.key for item in term.items})


def _share(words: Sequence[str], text: str) -> float:
    own = {pair for word in words for pair in pairs(word)}
    return sum(pair in text for pair in own) / len(own) if own else 0.0


def _way(asked: Direction, text: str) -> float | None:
    """1 if the text says the change asked for, None if it says the opposite, 0 if neither."""
    if not asked:
        return 0.0
    done = [float(match[1] or match[2]) for match in _DONE.finditer(text)]
    if asked in ("less", "more") and done:
        return 1.0 if (done[-1] < _WHOLE) == (asked == "less") else None
    said = _change(text)
    if not said:
        return None if "持平" in text else 0.0
    return 1.0 if said != _OPPOSITE[asked] else None


def _change(text: str) -> str:
    """The last change that a text tells of: up, down, or none."""
    ways = ("up", "down")
    said = [(match.end(), way) for way in ways for match in pattern_of("reason", f"{way}_pattern").finditer(text)]
    return max(said)[1] if said else ""


def _level(why: Why, texts: Sequence[str], section: str, facts: Sequence[StoredFact]) -> float | None:
    """1 if it is of the level asked for, None if it is of the other, 0 if nothing tells."""
    for text in (*texts, section):
        whole = bool(pattern_of("level", "whole_pattern").search(text))
        own = bool(pattern_of("level", "own_pattern").search(text))
        if whole or own:
            return _right_level(why, whole=whole, own=own)
    scopes = {one.fact.scope for one in facts} - {""}
    return _right_level(why, whole="whole" in scopes, own=bool(scopes & {"own", "own_wide"})) if scopes else 0.0


def _right_level(why: Why, *, whole: bool, own: bool) -> float | None:
    if not why.scope:
        return 0.3 if whole else 0.0
    return 1.0 if (whole if why.scope == "whole" else own) else None


def _year(
    why: Why, texts: Sequence[str], marked: Marked, facts: Sequence[StoredFact], document: StoredDocument
) -> float | None:
    """1 if it is of the year asked for, None if of another, 0 if nothing tells."""
    facts = facts or marked.told[0].facts or marked.told[1].facts
    changes = [one for one in facts if one.fact.measure in _CHANGES]
    years = {one.fact.period.last_year for one in changes or facts}
    if why.year and years:
        return 1.0 if why.year in years else None
    planned = any(_PLAN.search(text) for text in (*texts[:2], marked.hit.section))
    if not why.year:
        return 0.0 if planned else 0.3
    if any(why.year in map(int, _YEAR.findall(text)) for text in texts[:2]):
        return 1.0
    if document.plan_year is None or document.plan_year == document.year or not document.year:
        return 0.0
    if why.year == document.plan_year:
        return 1.0 if planned else -1.0
    return -1.5 if planned else 0.3
