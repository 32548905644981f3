"""Sums that a report keeps wherever it has them but once: what is carried on, what is more than last year.

    支出预算调整为244.2亿元，实际支出243.1亿元……收支相抵，结转1.7亿元       1.1 is left, as in three other places
    2025年1262548万元 … 2026年128.8亿元，比上年增加6.2亿元                  2.5 more, as in another place

By itself such a sum says little: something else may be taken off, last year's figure restated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from index.check.across import is_of_year_before, thing_of
from index.check.adding import STATE, Sum
from index.check.cause import cause, is_swapped, printed, shown
from index.check.models import Finding
from index.check.paper import Paper
from index.check.totals import BALANCE, NETTED, TOTAL
from index.contradictions import agree
from index.facts.printed import Printed, grain, value
from index.models import Fact

_LOOSE: Final = frozenset({"rough", "same_basis", "quote", "unit_missing", "unit_unsure", "opening"})
_KEPT: Final = 2  # sums that a report keeps, for one that it does not; one, where two digits swapped explain it
_ROOM: Final = 4  # last digits that a figure may be, for two swapped to be no chance
_PLACE: Final = re.compile(r"(?:本级|市级|区级|县级|[\u4e00-\u9fff]{2,5}[县市区旗])$")
_OWN: Final = re.compile("(?:本级|市级|区级|县级)$")
_PLACES: Final = 3  # in a list
_TIMES: Final = 3  # that what is told may be of what it should be


@dataclass(frozen=True, slots=True)
class _Made:
    """What a figure should be by its kind of sum."""

    kind: str
    fact: Fact
    added: Sum

    @property
    def follows(self) -> bool:
        return self.added.range.meets(Printed.rounded(self.fact))

    @property
    def is_swapped(self) -> bool:
        """Do two digits of the print in each other's place, be there but two, make what it should be?"""
        size, low, high = grain(self.fact), self.added.range.low, self.added.range.high
        least, most = (abs(int(end / size)) for end in (low - size / 2, high + size / 2))
        near = range(min(least, most), max(least, most) + 2)
        return len(near) <= _ROOM and any(is_swapped(self.fact, made * size) for made in near)

    @property
    def is_near(self) -> bool:
        """Not so far off that it is another thing."""
        told, made = abs(value(self.fact)), abs(self.added.number)
        return told / _TIMES <= made <= told * _TIMES


def of_habit_sums(paper: Paper) -> Iterator[Finding]:
    """All findings of these kinds."""
    for every, enough in ((_carried(paper), _KEPT), (_more(paper), _KEPT), (_of_places(paper), 1)):
        kept, off = 0, []
        for one in every:
            kept += one.follows
            off += [] if one.follows else [one]
        if len(off) != 1 or not kept:
            continue
        if off[0].is_swapped or (off[0].is_near and kept >= enough):
            yield _told(paper, off[0], kept)


def _of_places(paper: Paper) -> Iterator[_Made]:
    """Places with what each of them gets, and the last figure before them: 分配A：市本级a、甲区b、乙市c….

    A place may be left out of a list; of one report's lists of the same places none is.
    """
    before: Fact | None = None
    for sentence, _ in paper.prose():
        level = [one for one in paper.entries(sentence) if not one.depth]
        runs = [list(some) for named, some in groupby(level, key=lambda one: bool(_PLACE.search(one.gap))) if named]
        run = max(runs, key=len, default=[])
        if len(run) >= _PLACES and _OWN.search(run[0].gap):
            lead = [one.fact for one in level if one.fact.end <= run[0].fact.start and one not in run]
            whole = lead[-1] if lead else before
            facts = [one.fact for one in run]
            told = whole is not None and not _LOOSE & set(whole.flags) and whole.unit == facts[0].unit
            if whole is not None and told and all(map(_is_plain, facts)):
                yield _Made("分项", whole, Sum(tuple((1, fact) for fact in facts)))
        before = level[-1].fact if level else before


def _told(paper: Paper, one: _Made, kept: int) -> Finding:
    should = shown(abs(one.added.number), one.fact)
    told = f"{one.added.words} ＝ {should}，印的是 {printed(one.fact).lstrip('-')}（同类另有 {kept} 处都相符）"
    facts = [one.fact, *(fact for _, fact in one.added.terms)]
    return paper.finding(one.kind, "疑", facts, told, should, cause(one.fact, one.added.range))


def _is_plain(fact: Fact) -> bool:
    return fact.kind == "money" and bool(value(fact)) and not fact.qualifiers and not _LOOSE & set(fact.flags)


def _carried(paper: Paper) -> Iterator[_Made]:
    """An adjusted budget, what was spent of it, and 收支相抵，结转 behind both, without totals of the sides."""
    plan: Fact | None = None
    spent: Fact | None = None
    section: int | None = None
    for sentence, _ in paper.prose():
        if sentence.section != section:
            plan, spent, section = None, None, sentence.section
        for entry in paper.entries(sentence):
            fact = entry.fact
            if entry.depth or not _is_plain(fact):
                continue
            if NETTED.search(entry.gap) and BALANCE.search(entry.gap):
                alike = spent is not None and (fact.period, fact.account) == (spent.period, spent.account)
                if plan is not None and spent is not None and alike:
                    yield _Made("收支相抵", fact, Sum(((1, plan), (-1, spent))))
                plan = spent = None
            elif TOTAL.search(entry.gap):
                plan = spent = None
            elif fact.measure == "adjusted_budget" and "支出" in entry.since:
                plan, spent = fact, None
            elif plan is not None and fact.measure == "actual" and fact.flow == "expenditure":
                spent = fact if fact.account == plan.account else None


def _more(paper: Paper) -> Iterator[_Made]:
    """A plan, what it is more by, and what was done in the year before, which is told elsewhere."""
    told: dict[tuple[object, ...], list[Fact]] = {}
    for fact in paper.parsed.facts:
        if fact.key and fact.measure in STATE and _is_plain(fact):
            told.setdefault(thing_of(fact), []).append(fact)
    for _, facts in paper.prose():
        for change in facts:
            if change.measure != "yoy_amount" or not _is_plain(change) or not change.key:
                continue
            same = told.get(thing_of(change), [])
            plans = [one for one in same if one.sentence == change.sentence and one.measure == "budget"]
            plans = [one for one in plans if one.end <= change.start and one.period == change.period]
            bases = [one for one in same if one.measure == "actual" and plans and is_of_year_before(one, plans[-1])]
            if bases and _is_one(bases):
                yield _Made("增减额", change, Sum(((1, plans[-1]), (-1, bases[0]))))


def _is_one(facts: Sequence[Fact]) -> bool:
    return all(agree(fact, facts[0]) for fact in facts)
