"""Totals after what they add up: 合计.

收入90074万元，返还性收入8892万元，……总收入213195万元
财力合计94069万元。安排支出93033万元
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from index.check.adding import STATE, Sum, compared, likeliest
from index.check.models import Finding
from index.check.paper import Entry, Paper
from index.facts.printed import Printed, value
from index.models import Fact, Sentence

_DONE: Final = r"(?:预计|完成|达到?|为|共|是|约|相应|安排|[：:\s])*$"
TOTAL: Final = re.compile(rf"(?:总计|合计|共计|总收入|总支出|总量|总来源|(?<!自有)(?<!新增)财力)(?:数|额)?{_DONE}")
# 甲市5.1亿元、…、乙旗及丙区合计3.2亿元: the last term is of two, not of the list.
_OF_THE_REST: Final = re.compile("其[他它余][^，,；;。]{0,8}(?:合计|共计)$")  # a term, no total
_JOINT: Final = re.compile(r"^[万亿]?元?[、和及][^，,；;。]{2,}[及和与、][^，,；;。]{2,}(?:合计|共计)" + _DONE)
_ADDED_TO: Final = re.compile(r"^[\s，、；（一二三四五六七八九十）\d.]*(?:(?:再)?加(?!快|大|强)|[^，。；]{0,12}加上)")
_CLAUSE: Final = re.compile("[；;，,。](?=.)")
_ENDED: Final = re.compile("[；;。]")
BALANCE: Final = re.compile(rf"(?:结余|结转)(?:下年度?)?(?:使用|支出)?(?:资金|数|额)?{_DONE}")
NETTED: Final = re.compile("收支相抵|收支轧抵|收支结余|收支差|总收入减去?[^，,；;。]{0,4}总支出")
_PARTS: Final = re.compile("其中|分别|包括|由|构成")
_LESS: Final = re.compile("^[，、；,;。\\s]*(?:再)?(?:减|扣除|扣减)")
_CAPACITY: Final = re.compile(rf"(?:财力|可用财力)(?:总计|合计|总量)?(?:数|额)?{_DONE}")
_SPENT: Final = re.compile(
    "^[\\s。；，,]*(?:按照[^，,。]{0,10}原则[，,])?(?:实际|拟|共|全年|相应)*(?:安排支出|支出安排)(?:数|额)?(?:为|共|是)*$"
    "|(?:收支平衡|量入为出|以收定支)[^，,。]{0,8}原则[，,][^，,。]{0,16}支出(?:预算)?(?:拟|相应|预计)*安排(?:为|共|是)*$"
)
_ELSEWHERE: Final = re.compile("上解|还本|调出|结转|补助下级")  # 财力9亿元；安排支出7亿元，上解1亿元，还本1亿元
_BESIDE: Final = ("completion", "yoy_pct", "share")  # percentages that say something of the term before them
_ALL: Final = 2  # more terms than these before a 总计 are all there is
_BASES: Final = 6  # figures that it may be
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
                if entry.fact.period == capacity.period and not _ELSEWHERE.search(sentence.text, entry.fact.end):
                    yield from compared(paper, "收支平衡", entry.fact, Sum(((1, capacity),)), closed=True, sure=False)
                capacity = None
            elif _CAPACITY.search(entry.gap) and not entry.depth:
                capacity, section = entry.fact, sentence.section


def _totals(paper: Paper, sentence: Sentence, entries: Sequence[Entry]) -> Iterator[Finding]:
    start = 0
    for position, entry in enumerate(entries):
        if position and _ENDED.search(entry.since):
            start = position
        if entry.depth or not is_total(entry):
            continue
        terms = _terms([one for one in entries[start:position] if not one.depth])
        start = position + 1
        if not terms or not _is_plain_sum(paper, sentence, terms, entry) or _is_part(paper, sentence, terms, entry):
            continue
        sums = _readings(terms)
        based = _based(paper, sentence, terms)
        if any(one.range.meets(Printed.rounded(entry.fact)) for one in (*sums, *based)):
            continue
        opened = _is_open(terms, entry)
        based = [one for one in based if not _is_far(one, entry.fact)]
        sums = based if adds_to(terms[0]) else sums if opened else [*sums, *based]
        if sums := [one for one in sums if len(one.terms) > 1]:
            added = likeliest(entry.fact, sums, closed=not opened)
            # 收入140亿元，加上上年结转等14亿元后，收入总量为154亿元
            told = adds_to(terms[-1]) and sentence.index == added.terms[0][1].sentence
            whole = (len(added.terms) > _ALL or told) and not opened
            yield from compared(paper, "合计", entry.fact, added, closed=not opened, opened=opened, whole=whole)


def _is_part(paper: Paper, sentence: Sentence, terms: Sequence[Entry], total: Entry) -> bool:
    """预算8652.3万元。其中：补助4120万元，…，自有财力1000万元: the last makes the whole with the others."""
    if "其中" not in terms[0].gap:
        return False
    if not re.search("[总合共]", total.gap[-8:]):
        return True  # 自有财力 beside what else there is
    made = Sum(tuple((1, one.fact) for one in (*terms, total))).range
    return any(made.meets(Printed.rounded(fact)) for fact in _bases(paper, sentence, terms[0].fact))


def _terms(before: Sequence[Entry]) -> list[Entry]:
    """What may be a term: no change against last year, no 预算数 beside what was done of it, and nothing from 其中 to
    the 加上 behind it."""
    kept: list[Entry] = []
    within = False
    for one in before:
        beside = bool(kept) and (kept[-1].fact.key or kept[-1].fact.item) == (one.fact.key or one.fact.item)
        of_plan = beside and one.fact.measure in ("budget", "adjusted_budget") and kept[-1].fact.measure == "actual"
        within = not adds_to(one) and (within or (bool(kept) and "其中" in one.gap and _is_closed(before, one)))
        if one.fact.measure != "yoy_amount" and not of_plan and not within:
            kept.append(one)
    return kept


def _is_closed(before: Sequence[Entry], part: Entry) -> bool:
    """Are the parts behind 其中 followed by what is added to the whole?"""
    return any(adds_to(one) for one in before[before.index(part) + 1 :])


def _is_far(added: Sum, total: Fact) -> bool:
    """Is a total more than twice its terms, or less than half of them, one of which is from another sentence?"""
    return not abs(added.number) <= 2 * abs(value(total)) <= 4 * abs(added.number)


def is_total(one: Entry) -> bool:
    """收入总计, 合计 of what stands before; not 某旗及某区合计, a term of a list that is of two."""
    return bool(TOTAL.search(one.gap)) and not is_joint(one) and not _OF_THE_REST.search(one.gap)


def is_joint(one: Entry) -> bool:
    """Is a term of two names, the last of a list: 、某旗及某区合计?"""
    return bool(_JOINT.match(one.gap))


def adds_to(one: Entry) -> bool:
    """加上上级补助收入: an entry that is added to what stands before."""
    return bool(_ADDED_TO.search(_CLAUSE.split(one.gap)[-1]))


def _readings(terms: Sequence[Entry]) -> list[Sum]:
    """减上解10.7亿元、补助县级92.8亿元: what 减 takes with it is open, so both readings count."""
    narrow = [(-1 if _LESS.search(one.gap) else 1, one.fact) for one in terms]
    wide: list[tuple[int, Fact]] = []
    for one in terms:
        goes_on = bool(wide) and wide[-1][0] < 0 and one.gap.startswith(("、", "和", "及"))
        wide.append((-1 if goes_on or _LESS.search(one.gap) else 1, one.fact))
    return [Sum(tuple(narrow)), Sum(tuple(wide))]


def _based(paper: Paper, sentence: Sentence, terms: Sequence[Entry]) -> list[Sum]:
    """The terms, or those from the last 加上 on, with what they are added to."""
    last = max((at for at, one in enumerate(terms) if adds_to(one)), default=0)
    found = []
    for start in sorted({0, last}, reverse=True):
        bases = _bases(paper, sentence, terms[start].fact)
        found += [Sum(((1, base), *one.terms)) for base in bases for one in _readings(terms[start:])]
    return found


def _bases(paper: Paper, sentence: Sentence, first: Fact) -> list[Fact]:
    """加上级补助…: what it is added to stands before, in this sentence or the ones before it in the section."""
    before = [fact for fact in reversed(paper.by_sentence.get(sentence.index, [])) if fact.start < first.start]
    for index in range(sentence.index - 1, sentence.index - 1 - _BACK, -1):
        other = paper.sentences.get(index)
        if other is None or other.section != sentence.section:
            break
        before += reversed(paper.by_sentence.get(index, []))
    money = [fact for fact in before if fact.kind == "money" and fact.measure in STATE and fact.period == first.period]
    return ([fact for fact in money if fact.key.startswith("total-")] or money)[:_BASES]


def _is_plain_sum(paper: Paper, sentence: Sentence, terms: Sequence[Entry], total: Entry) -> bool:
    """Nothing but figures one after the other, of one time, none a change or a plan for another."""
    facts = [one.fact for one in terms]
    if any(fact.measure not in STATE or fact.period != total.fact.period for fact in facts):
        return False
    if any(start <= total.fact.start for start in paper.missed.get(sentence.index, ())):
        return False
    if any(_PARTS.search(one.gap) or (BALANCE.search(one.gap) and NETTED.search(one.gap)) for one in terms[1:]):
        return False
    percents = [
        fact for fact in paper.by_sentence[sentence.index]
        if fact.kind != "money" and fact.measure not in _BESIDE and facts[0].end <= fact.start <= total.fact.start
    ]  # fmt: skip
    return not percents and not _PARTS.search(total.gap)


def _is_open(terms: Sequence[Entry], total: Entry) -> bool:
    return bool(re.search(r"等[，,]|等$", total.gap)) or any("等" in one.gap[:2] for one in terms)
