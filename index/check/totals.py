"""Totals after what they add up, and what is left of two totals: 合计, 收支平衡, 收支相抵.

收入90074万元，返还性收入8892万元，……总收入213195万元
收入总计9694万元。……支出总计2109万元，收支相抵后，结余7585万元
财力合计94069万元。安排支出93033万元
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial
from typing import Final

from index.check.adding import STATE, Sum, compared
from index.check.models import Finding
from index.check.paper import Entry, Paper
from index.facts.printed import Printed, grain, value
from index.models import Fact, Sentence

_DONE: Final = r"(?:预计|完成|达到?|为|共|是|约|安排|[：:\s])*$"
TOTAL: Final = re.compile(rf"(?:总计|合计|共计|总收入|总支出|总量|总来源|财力)(?:数|额)?{_DONE}")
_ADDED_TO: Final = re.compile(r"^[\s，、；（一二三四五六七八九十）\d.]*(?:再)?加(?!快|大|强)")
_CLAUSE: Final = re.compile("[；;，,。](?=.)")
_ENDED: Final = re.compile("[；;。]")
_BALANCE: Final = re.compile(rf"(?:结余|结转)(?:资金|数|额)?{_DONE}")
_NETTED: Final = re.compile("收支相抵|收支轧抵|收支结余|收支差")
_PARTS: Final = re.compile("其中|分别|包括|由|构成")
_LESS: Final = re.compile("^[，、；,;。\\s]*(?:再)?(?:减|扣除|扣减)")
_CAPACITY: Final = re.compile(rf"(?:财力|可用财力)(?:总计|合计|总量)?(?:数|额)?{_DONE}")
_SPENT: Final = re.compile("^[\\s。；，]*(?:实际|拟|共|全年)*(?:安排支出|支出安排)(?:数|额)?(?:为|共|是)*$")
_LEFT: Final = re.compile(r"(?:结转下年|结余|结转)(?:支出|资金|数|额)?(?:为|约)?$")
_BESIDE: Final = ("completion", "yoy_pct", "share")  # percentages that say something of the term before them
_ALL: Final = 2  # more terms than these before a 总计 are all there is
_BACK: Final = 6  # sentences in which what is added to is looked for


def of_totals(paper: Paper) -> Iterator[Finding]:
    """All findings of these kinds."""
    capacity: Fact | None = None
    section: int | None = None
    for sentence, _ in paper.prose():
        entries = paper.entries(sentence)
        yield from _totals(paper, sentence, entries)
        for entry in entries:
            if capacity is not None and sentence.section == section and _SPENT.search(entry.gap):
                if entry.fact.period == capacity.period:
                    yield from compared(paper, "收支平衡", entry.fact, Sum(((1, capacity),)), closed=True, sure=False)
                capacity = None
            elif _CAPACITY.search(entry.gap) and not entry.depth:
                capacity, section = entry.fact, sentence.section
    yield from _netted(paper)
    yield from _balanced(paper)


def _totals(paper: Paper, sentence: Sentence, entries: Sequence[Entry]) -> Iterator[Finding]:
    start = 0
    for position, entry in enumerate(entries):
        if position and _ENDED.search(entry.since):
            start = position
        if entry.depth or not TOTAL.search(entry.gap):
            continue
        terms = _terms([one for one in entries[start:position] if not one.depth], entry)
        start = position + 1
        if not terms or not _is_plain_sum(paper, sentence, terms, entry):
            continue
        sums = _readings(terms)
        based = [Sum(((1, base), *one.terms)) for base in _bases(paper, sentence, terms[0].fact) for one in sums]
        if any(one.range.meets(Printed.rounded(entry.fact)) for one in (*sums, *based)):
            continue
        opened = _is_open(terms, entry)
        added_to = _ADDED_TO.search(_CLAUSE.split(terms[0].gap)[-1])
        sums = based if added_to else sums if opened else [*sums, *based]
        if sums := [one for one in sums if len(one.terms) > 1]:
            added = min(sums, key=partial(_apart, value(entry.fact)))
            whole = len(added.terms) > _ALL and not opened
            yield from compared(paper, "合计", entry.fact, added, closed=not opened, opened=opened, whole=whole)


def _terms(before: Sequence[Entry], total: Entry) -> list[Entry]:
    """What may be a term: no change against last year, and no 预算数 beside what was done of it."""
    kept: list[Entry] = []
    for one in before:
        beside = bool(kept) and (kept[-1].fact.key or kept[-1].fact.item) == (one.fact.key or one.fact.item)
        of_plan = one.fact.measure in ("budget", "adjusted_budget") and kept and kept[-1].fact.measure == "actual"
        if one.fact.measure != "yoy_amount" and not (beside and of_plan):
            kept.append(one)
    return kept


def _apart(total: Decimal, added: Sum) -> Decimal:
    return abs(added.number - total)


def _readings(terms: Sequence[Entry]) -> list[Sum]:
    """减上解10.7亿元、补助县级92.8亿元: what 减 takes with it is open, so both readings count."""
    narrow = [(-1 if _LESS.search(one.gap) else 1, one.fact) for one in terms]
    wide: list[tuple[int, Fact]] = []
    for one in terms:
        goes_on = bool(wide) and wide[-1][0] < 0 and one.gap.startswith(("、", "和", "及"))
        wide.append((-1 if goes_on or _LESS.search(one.gap) else 1, one.fact))
    return [Sum(tuple(narrow)), Sum(tuple(wide))]


def _bases(paper: Paper, sentence: Sentence, first: Fact) -> list[Fact]:
    """加上级补助…: what it is added to stands before, in this sentence or the ones before it in the section."""
    before = [fact for fact in reversed(paper.by_sentence.get(sentence.index, [])) if fact.start < first.start]
    for index in range(sentence.index - 1, sentence.index - 1 - _BACK, -1):
        other = paper.sentences.get(index)
        if other is None or other.section != sentence.section:
            break
        before += reversed(paper.by_sentence.get(index, []))
    money = [fact for fact in before if fact.kind == "money" and fact.measure in STATE and fact.period == first.period]
    return [fact for fact in money if fact.key.startswith("total-")] or money


def _is_plain_sum(paper: Paper, sentence: Sentence, terms: Sequence[Entry], total: Entry) -> bool:
    """Nothing but figures one after the other, of one time, none a change or a plan for another."""
    facts = [one.fact for one in terms]
    if any(fact.measure not in STATE or fact.period != total.fact.period for fact in facts):
        return False
    if any(start <= total.fact.start for start in paper.missed.get(sentence.index, ())):
        return False
    if any(_PARTS.search(one.gap) or (_BALANCE.search(one.gap) and _NETTED.search(one.gap)) for one in terms[1:]):
        return False
    percents = [
        fact for fact in paper.by_sentence[sentence.index]
        if fact.kind != "money" and fact.measure not in _BESIDE and facts[0].end <= fact.start <= total.fact.start
    ]  # fmt: skip
    return not percents and not _PARTS.search(total.gap)


def _is_open(terms: Sequence[Entry], total: Entry) -> bool:
    return bool(re.search(r"等[，,]|等$", total.gap)) or any("等" in one.gap[:2] for one in terms)


def _balanced(paper: Paper) -> Iterator[Finding]:
    """收入总计 ＝ 支出总计, where what is left is one of the terms of the second."""
    income: Fact | None = None
    section: int | None = None
    for sentence, _ in paper.prose():
        if sentence.section != section:
            income, section = None, sentence.section
        entries = paper.entries(sentence)
        for position, entry in enumerate(entries):
            if entry.depth or not TOTAL.search(entry.gap):
                continue
            if "收入" in entry.gap[-12:] or "来源" in entry.gap[-12:]:
                income = entry.fact
            elif income is not None and "支出" in entry.gap[-12:]:
                told = [one.fact for one in entries[:position] if _LEFT.search(one.gap)]
                same = (income.period, income.measure) == (entry.fact.period, entry.fact.measure)
                if told and same and not _is_printed(paper, section, value(income) - value(entry.fact)):
                    yield from compared(paper, "收支平衡", entry.fact, Sum(((1, income),)), closed=True)
                income = None


def _is_printed(paper: Paper, section: int | None, apart: Decimal) -> bool:
    """Is the difference told as a figure of its own: 当年结余286.7亿元?"""
    here = (facts for sentence, facts in paper.prose() if sentence.section == section)
    return any(abs(abs(apart) - abs(value(fact))) <= grain(fact) for facts in here for fact in facts)


def _netted(paper: Paper) -> Iterator[Finding]:
    """收支相抵后结余 ＝ 收入总计 － 支出总计, the last ones of the section."""
    totals: dict[str, Fact] = {}
    section: int | None = None
    for sentence, _ in paper.prose():
        if sentence.section != section:
            totals, section = {}, sentence.section
        for entry in paper.entries(sentence):
            if entry.depth:
                continue
            if TOTAL.search(entry.gap):
                side = "支" if "支出" in entry.gap[-12:] else "收" if "收入" in entry.gap[-12:] else ""
                totals[side] = entry.fact
            elif _NETTED.search(entry.gap) and _BALANCE.search(entry.gap) and {"收", "支"} <= set(totals):
                if entry.fact.period == totals["收"].period:
                    added = Sum(((1, totals["收"]), (-1, totals["支"])))
                    yield from compared(paper, "收支相抵", entry.fact, added, closed=True)
                totals = {}
