"""A report beside another: the one of the year before, or the tables that belong to it.

    本年报告：2024年一般公共预算收入完成20000万元，增长5%      上年报告：2024年完成20000万元
    2025年收入21000万元，比上年增长15%                        上年报告印的是20000万元：增长5%
    2025年上年结转51,385万元                                  上年报告：结转下年51,358万元
    某县2024年债务限额21.53亿元                               全市的分县区表：25.13亿元

Last year's report told what was expected, this year's what became of it: only what a single slip explains is a doubt, a
difference of another kind is a hint.  Of the reports that are held of a place (``of_held``) only doubts are told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Final

from index.check.cause import SLIPS_OF_HAND, TURNED, cause, digits_of, is_narrow, printed, shown
from index.check.models import Finding
from index.check.openings import opened_with
from index.check.paper import Paper
from index.check.repeats import stored
from index.check.sure import clashing
from index.contradictions import agree
from index.facts.printed import Printed, grain, value
from index.models import Fact, Parsed

KIND: Final = "与上年报告"
TABLES: Final = "与附表"
HELD: Final = "与收录的报告"
_BEFORE: Final = "上年报告"
_LOOSE: Final = frozenset({"rough", "same_basis", "quote", "unit_missing", "unit_unsure"})
_HUNDRED: Final = Decimal(100)
_MOSTLY: Final = 0.8
_VALUES: Final = 12  # of one thing that a table has
_DIGITS: Final = 4  # of a figure that is a slip away from another by no chance
_LAST: Final = 50  # last digits: what changes by less may have become so since
# What the level above gives a place is what the place gets: 对某县的转移支付 is its 上级补助收入.
_GIVEN: Final = {
    "transfer-down": "transfer-superior", "transfer-down-general": "transfer-general",
    "transfer-down-special": "transfer-special", "transfer-down-refund": "transfer-refund",
    "transfer-up-in": "transfer-up", "transfer-debt-out": "transfer-debt-in",
    "transfer-debt-out-general": "transfer-debt-in-general", "transfer-debt-out-special": "transfer-debt-in-special",
}  # fmt: skip
Places = dict[tuple[object, ...], list[Fact]]


def is_of_year_before(now: Parsed, before: Parsed) -> bool:
    """Is one report the other's of an earlier year: of the same place and owner?"""
    here, there = now.subject, before.subject
    if here.year is None or there.year is None or here.owner != there.owner:
        return False
    return (here.region and here.region.code) == (there.region and there.region.code) and there.year < here.year


def is_tables_of(now: Parsed, tables: Parsed) -> bool:
    """Is a paper of the same place and year hardly anything but tables?"""
    here, there = now.subject, tables.subject
    same = (here.region and here.region.code, here.year) == (there.region and there.region.code, there.year)
    in_tables = sum(fact.rule == "table" for fact in tables.facts)
    return same and here.owner == there.owner and in_tables >= len(tables.facts) * _MOSTLY > 0


def of_held(now: Parsed, held: Iterable[Parsed]) -> tuple[Finding, ...]:
    """What other reports that are held say otherwise, each figure once: that of the year before, the report's own
    tables, those of other places or kinds with figures of this place.  Another version of this paper says nothing."""
    found: list[Finding] = []
    for other in held:
        if other.document.sha256 == now.document.sha256:
            continue
        if is_tables_of(now, other) and not is_tables_of(now, now):
            found += of_tables_beside(now, other)
        elif is_of_year_before(now, other):
            found += of_last_year(now, other, settled=_LAST)
        elif not _is_version(now, other):
            name = f"《{other.subject.title or other.document.name}》"
            theirs = replace(other, subject=replace(other.subject, region=now.subject.region))
            found += _differing(Paper(now), Paper(theirs), HELD, name, settled=_LAST)
            found += _given(Paper(now), other, name) if other.subject.region != now.subject.region else ()
    doubts = [one for one in found if one.level != "提示"]
    return tuple({one.spans[0]: one for one in reversed(doubts)}.values())[::-1]


def _is_version(now: Parsed, other: Parsed) -> bool:
    """Another draft of the same paper: what it says otherwise was mended, or is new."""
    here, there = now.subject, other.subject
    place = (here.region and here.region.code) == (there.region and there.region.code)
    return place and (here.owner, here.year, here.kind) == (there.owner, there.year, there.kind)


def _given(paper: Paper, other: Parsed, name: str) -> Iterator[Finding]:
    """What another place's report says that it gives this one, and what this one says that it gets."""
    told: Places = {}
    for fact in other.facts:
        if fact.kind == "money" and fact.number and fact.key in _GIVEN and not _LOOSE & set(fact.flags):
            told.setdefault((_GIVEN[fact.key], *_when(fact)), []).append(fact)
    for fact in paper.parsed.facts:
        given = told.get((fact.key, *_when(fact)), []) if _is_whole(fact) else []
        if len({one.number for one in given}) != 1 or any(agree(one, fact) for one in given):
            continue
        why = cause(fact, Printed(value(given[0]), value(given[0])))
        if why == "单位" or (why in SLIPS_OF_HAND and len(digits_of(fact)) >= _DIGITS):
            total = f"{fact.period.text}年 {fact.item}：{printed(fact)}，{name}印的是 {printed(given[0])}"
            yield paper.finding(HELD, "疑", [fact], total, printed(given[0]), why)


def _when(fact: Fact) -> tuple[object, ...]:
    done = fact.measure not in ("budget", "adjusted_budget")
    return fact.region, fact.period.last_year, done, fact.owner


def of_tables_beside(now: Parsed, tables: Parsed) -> tuple[Finding, ...]:
    """What a report says and the tables that belong to it do not."""
    paper, other = Paper(now), Paper(tables)
    found = [*_differing(paper, other, TABLES, "附表"), *_slipped(paper, other)]
    return tuple({(one.spans[0].sentence, one.spans[0].start): one for one in reversed(found)}.values())[::-1]


def _slipped(paper: Paper, tables: Paper) -> Iterator[Finding]:
    """A figure of the text that no table has under its key, year and level, a slip away from one that a table has and
    the text has not."""
    cells, told = _by_slot(tables.parsed.facts), _by_slot(fact for _, facts in paper.prose() for fact in facts)
    for slot, facts in told.items():
        shown_there = list({fact.number: fact for fact in cells.get(slot, [])}.values())
        if len(shown_there) > _VALUES:
            continue
        free = [one for one in shown_there if not any(agree(one, fact) for fact in facts)]
        for fact in facts:
            if any(agree(fact, one) for one in shown_there) or len(digits_of(fact)) < _DIGITS:
                continue
            for one in free:
                why = cause(fact, Printed(value(one), value(one)))
                if why in (*SLIPS_OF_HAND, "单位"):
                    total = f"{fact.period.text}年 {fact.item}：{printed(fact)}，附表印的是 {printed(one)}"
                    yield paper.finding(TABLES, "疑", [fact], total, printed(one), why)
                    break


def _by_slot(facts: Iterable[Fact]) -> Places:
    """Figures by what they are, their year and level, whatever they measure: 预算 and 完成 are a table's columns."""
    found: Places = {}
    for fact in facts:
        if _is_whole(fact) and fact.measure != "yoy_amount":
            place = (fact.key, fact.region, fact.scope or "whole", fact.account, fact.period, fact.owner)
            found.setdefault(place, []).append(fact)
    return found


def of_last_year(now: Parsed, before: Parsed, settled: int = 0) -> tuple[Finding, ...]:
    """What a report says of the year before and the report of that year does not; what differs by so many last digits
    was ``settled`` since."""
    paper, last = Paper(now), Paper(before)
    found = [*_differing(paper, last, KIND, _BEFORE, settled), *_growth(paper, last), *opened_with(paper, before.facts)]
    first: set[tuple[int, int]] = set()
    kept = []
    for one in found:
        place = (one.spans[0].sentence, one.spans[0].start)
        if place not in first:
            first.add(place)
            kept.append(one)
    return tuple(kept)


def _differing(paper: Paper, other_paper: Paper, kind: str, name: str, settled: int = 0) -> Iterator[Finding]:
    """One figure, two values."""
    mine = [replace(one, document="") for one in stored(paper)]
    theirs = [replace(one, document=name) for one in stored(other_paper)]
    for apart in clashing([*mine, *theirs]):
        here = [one.fact for one in apart if not one.document]
        there = [one.fact for one in apart if one.document]
        if len(here) == len(there) == 1:
            fact, other = here[0], there[0]
            exact = Printed(value(other), value(other))
            why = cause(fact, exact)
            total = f"{fact.period.text}年 {fact.item}：{printed(fact)}，{name}印的是 {printed(other)}"
            level = _is_slip(fact, exact, why) and abs(value(fact) - value(other)) >= settled * grain(fact)
            yield paper.finding(kind, "疑" if level else "提示", [fact], total, printed(other) if level else "", why)


def _growth(paper: Paper, last: Paper) -> Iterator[Finding]:
    """What has grown so much since last year has done so from the figure that last year's report gives."""
    were: Places = {}
    for fact in last.parsed.facts:
        if _is_whole(fact) and fact.measure == "actual":
            were.setdefault((*_thing(fact), fact.period.last_year + 1), []).append(fact)
    for sentence, facts in paper.prose():
        for rate in facts:
            if rate.measure != "yoy_pct" or rate.kind != "percent" or _LOOSE & set(rate.flags):
                continue
            own = [one for one in facts if _is_whole(one) and one.start < rate.start and one.measure == "actual"]
            own = [one for one in own if (*_thing(one), one.period) == (*_thing(rate), rate.period)]
            bases = were.get((*_thing(rate), rate.period.last_year), [])
            if not own or len({one.number for one in bases}) != 1 or "预算" in sentence.text[own[-1].end : rate.start]:
                continue
            yield from _judged(paper, rate, own[-1], bases[0])


def _judged(paper: Paper, rate: Fact, now: Fact, base: Fact) -> Iterator[Finding]:
    quotient = Printed.of(now).over(Printed.of(base))
    made = quotient.less(Printed(_HUNDRED, _HUNDRED)) if quotient is not None else None
    if made is None or made.meets(Printed.of(rate)):
        return
    should = value(now) / value(base) * _HUNDRED - _HUNDRED
    total = f"{_BEFORE}印的是 {printed(base)}，{printed(now)} 应是 {shown(should, rate)}，印的是 {printed(rate)}"
    why = cause(rate, made)
    level = _is_slip(rate, made, why) or why == TURNED
    yield paper.finding(KIND, "疑" if level else "提示", [rate, now], total, shown(should, rate) if level else "", why)


def _is_slip(fact: Fact, should: Printed, why: str) -> bool:
    return why == "单位" or (why in SLIPS_OF_HAND and is_narrow(fact, should))


def _is_whole(fact: Fact) -> bool:
    told = fact.kind == "money" and bool(fact.number and fact.key) and not fact.qualifiers
    return told and not _LOOSE & set(fact.flags)


def _thing(fact: Fact) -> tuple[object, ...]:
    return fact.region, fact.scope or "whole", fact.account, fact.flow, fact.key, fact.owner
