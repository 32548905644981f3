"""Lists whose items miss their head, over several sentences: 1、2、3、 and 一是、二是、三是.

    民生支出373794万元。一是教育支出56917万元……七是其他27295万元      seven items make 371628
    国有资本经营收入4075万元，减收35293万元。1、利润收入875万元，减收25185万元；2、股利收入3200万元，减收9330万元

Where one measure of the items adds up to the head's, the list is all there is, and the others must add up as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from index.check.adding import Sum, compared
from index.check.cause import SLIPS_OF_HAND, SWAPPED, is_swapped, printed, shown
from index.check.complete import are_all
from index.check.models import Finding
from index.check.paper import Paper
from index.facts.printed import Printed, grain, value
from index.models import Fact, Sentence

_NUMBERED: Final = re.compile(r"^[\s\-—]*(?:[（(]?(?P<number>\d{1,2})[）)]?[、.．:：]?)(?=[^\d])")
_BULLET: Final = re.compile(r"^\s*(?:[—–]{1,2}|[·•●◆■])\s*(?=[^\d\s—–])")
_ORDINAL: Final = re.compile(r"(?P<number>[一二三四五六七八九十])是")
_ANNOUNCED: Final = re.compile(r"(?<![第\d.])(\d{1,2}|[二三四五六七八九十])[件项个类]")
_DIGITS: Final = "一二三四五六七八九十"
_MEASURES: Final = ("actual", "budget", "yoy_amount")
_BY_KIND: Final = re.compile(r"^\s*(?:从|按)[^，,；;。]{1,12}(?:看|划分|分类?)[，,：:]")
_NEXT: Final = re.compile("[；;]")
_FAR: Final = 24  # characters between 一是 and its figure
_FEWEST: Final = 2
_LONG: Final = 8  # items of a list that is said to be all there is
_ENTIRE: Final = re.compile("分项情况|各项情况|构成情况|具体情况|具体(?:安排)?如下")
_OPEN: Final = re.compile("主要|重点|其中")
_CLASS: Final = re.compile(r"gp-(?:exp|rev)-\d{3}(?:\d\d)?$")
_LITTLE: Final = Decimal("0.005")
_SLIPS: Final = ("单位", *SLIPS_OF_HAND)


@dataclass(frozen=True, slots=True)
class _Item:
    """One item of a list: its figures by measure."""

    number: int
    figures: dict[str, Fact]


def of_lists(paper: Paper) -> Iterator[Finding]:
    """All findings of this kind."""
    head: dict[str, Fact] = {}
    items: list[_Item] = []
    section: int | None = None
    lead = ""
    bullets = False
    for sentence, facts in paper.prose():
        number = number_of(sentence)
        if number is None and _BULLET.match(sentence.text):
            number = len(items) + 1 if bullets else 1
            bullets = True
        else:
            bullets = bullets and number is None and not _figures(facts)
        if number == 1:
            yield from _judged(paper, head, items, lead)
            items = []
            if sentence.section is not None and sentence.section != section:
                lead, section = paper.parsed.sections[sentence.section].title, sentence.section
        if number is not None and number == len(items) + 1 and head and (figures := _figures(facts, head)):
            items.append(_Item(number, figures))
            continue
        if number is None and items and sentence.section == section and not _figures(facts):
            continue  # more words on an item
        yield from _judged(paper, head, items, lead)
        items, section, lead = [], sentence.section, sentence.text
        head = _figures(facts) or head
    yield from _judged(paper, head, items, lead)
    yield from _spelled(paper)
    yield from _by_kind(paper)
    yield from _by_kinds(paper)


def number_of(sentence: Sentence) -> int | None:
    """3 of a sentence that begins with 3. or （3）."""
    match = _NUMBERED.match(sentence.text)
    return int(match["number"]) if match else None


def _figures(facts: Sequence[Fact], head: Mapping[str, Fact] | None = None) -> dict[str, Fact]:
    """The figures of the first item of a sentence, one for each measure; of one whose measure is not told, that of the
    list's ``head``."""
    found: dict[str, Fact] = {}
    first = next((fact for fact in facts if fact.kind == "money"), None)
    for fact in facts if first is not None else ():
        same = first is not None and (fact.key or fact.item, fact.period) == (first.key or first.item, first.period)
        if same and fact.kind == "money" and fact.measure in _MEASURES:
            found.setdefault(fact.measure, fact)
    stage = next((measure for measure in _MEASURES if measure in (head or {})), "")
    if first is not None and first.measure == "amount" and stage not in ("", *found):
        found[stage] = first
    return found


def _judged(paper: Paper, head: dict[str, Fact], items: Sequence[_Item], lead: str) -> Iterator[Finding]:
    first = next((measure for measure in _MEASURES if measure in head), "")
    if len(items) < _FEWEST or not first:
        return
    sums = {measure: added for measure in _MEASURES if (added := _sum(head, items, measure)) is not None}
    proven = any(added.range.meets(Printed.of(head[measure])) for measure, added in sums.items())
    named = [one.figures[first].item + one.figures[first].label for one in items if first in one.figures]
    entire = are_all(head[first].item, named) or (
        len(items) >= _LONG and bool(_ENTIRE.search(lead)) and not _OPEN.search(lead)
    )
    for measure, added in sums.items():
        if proven or (entire and measure == first):
            # what had a budget and was not spent, or was there last year only, is on no list of what was spent
            opened = proven and measure != first
            yield from compared(paper, "分项", head[measure], added, closed=True, opened=opened, sure=proven)
        else:
            some = compared(paper, "分项", head[measure], added, some=True)
            yield from (one for one in some if one.cause in _SLIPS)
            if measure == first and len(items) >= _LONG:
                yield from _classes(paper, head[measure], added)


def _classes(paper: Paper, head: Fact, added: Sum) -> Iterator[Finding]:
    """9.农林水支出1489万元, the ninth of eleven 类 that miss their whole by 9: one swapped makes it."""
    terms = [fact for _, fact in added.terms]
    gap = value(head) - added.number
    alike = all(_CLASS.match(fact.key) and grain(fact) == grain(head) for fact in terms)
    wrong = [fact for fact in terms if gap and is_swapped(fact, value(fact) + gap)]
    if alike and len(wrong) == 1 and abs(gap) <= abs(value(head)) * _LITTLE:
        facts = [wrong[0], head, *(fact for fact in terms if fact is not wrong[0])]
        total = f"{added.words} ＝ {shown(added.number, head)}，印的是 {printed(head)}，差 {shown(abs(gap), head)}"
        yield paper.finding("分项", "疑", facts, total, shown(value(wrong[0]) + gap, wrong[0]), SWAPPED)


def _sum(head: dict[str, Fact], items: Sequence[_Item], measure: str) -> Sum | None:
    """The items' figures of a measure; None if one has none, or they are of another time or place than the head."""
    terms = [item.figures.get(measure) for item in items]
    if measure == next(iter(head), "") and any(fact is None for fact in terms):
        return None
    facts = [fact for fact in terms if fact is not None]
    if measure not in head or len(facts) < _FEWEST:
        return None
    level = head[measure].scope  # an item without a level is of its head's
    slots = {(fact.region, fact.period, fact.scope or level) for fact in (head[measure], *facts)}
    return Sum(tuple((1, fact) for fact in facts)) if len(slots) == 1 else None


# ---------------------------------------------------------------------------------------------- 一是, 二是


def _spelled(paper: Paper) -> Iterator[Finding]:
    head: Fact | None = None
    items: list[Fact] = []
    said = 0
    for sentence, facts in paper.prose():
        marks = list(_ORDINAL.finditer(sentence.text))
        money = [fact for fact in facts if fact.kind == "money" and fact.measure in ("actual", "budget", "amount")]
        if not marks:
            if money and not items:
                head = money[0] if len(money) == 1 else None
            continue
        for mark in marks:
            number = _DIGITS.index(mark["number"]) + 1
            if number == 1:
                items = []
                lead = [fact for fact in money if fact.end <= mark.start()]
                head = lead[0] if len(lead) == 1 else None if lead else head
                said = _announced(sentence.text[: mark.start()])
            first = next((fact for fact in money if mark.end() < fact.start <= mark.end() + _FAR), None)
            if first is None or number != len(items) + 1 or head is None:
                head, items = None, []
                break
            items.append(first)
        else:
            if head is not None and len(items) > _FEWEST and head.period == items[0].period:
                yield from _spelled_sum(paper, head, items, all_told=len(items) == said)


def _announced(words: str) -> int:
    """10 of 十件民生实事……："""
    found = _ANNOUNCED.findall(words)
    if not found:
        return 0
    return int(found[-1]) if found[-1].isdigit() else _DIGITS.index(found[-1]) + 1


def _spelled_sum(paper: Paper, head: Fact, items: Sequence[Fact], *, all_told: bool) -> Iterator[Finding]:
    """Only when the list is at its end: what comes nearest to the head is compared."""
    added = Sum(tuple((1, fact) for fact in items))
    if all_told or abs(added.number - (head.number or Decimal(0))) <= abs(head.number or Decimal(0)) * Decimal("0.01"):
        yield from compared(paper, "分项", head, added, closed=True, sure=False)


# ---------------------------------------------------------------------------------------------- 从类型看


def _by_kind(paper: Paper) -> Iterator[Finding]:
    """资金余额133111万元。从专户类型看，甲110万元；乙2140万元；丙128014万元: the first figure behind each ；."""
    head: Fact | None = None
    parts: list[Fact] = []
    section: int | None = None
    for sentence, _ in paper.prose():
        money = [one for one in paper.entries(sentence) if not one.depth]
        begins = bool(_BY_KIND.match(sentence.text)) and sentence.section == section
        at_its_end = head is not None and _makes(head, parts)
        goes_on = bool(parts and money) and sentence.section == section and money[0].fact.measure == parts[0].measure
        goes_on = goes_on and not at_its_end
        if parts and (begins or not goes_on):
            yield from _kinds_sum(paper, head, parts)
            parts = []
        if money and (begins or goes_on):
            parts += [one.fact for position, one in enumerate(money) if not position or _NEXT.search(one.since)]
        elif money:
            head, section = (money[0].fact if len(money) == 1 else None), sentence.section
    yield from _kinds_sum(paper, head, parts)


def _makes(head: Fact, parts: Sequence[Fact]) -> bool:
    """What stands behind a list that makes its head is no part of it."""
    return len(parts) >= _FEWEST and Sum(tuple((1, fact) for fact in parts)).range.meets(Printed.rounded(head))


def _by_kinds(paper: Paper) -> Iterator[Finding]:
    """发行债券3386亿元。按类型分，一般债券930亿元，专项债券2456亿元。按用途分，新增1653亿元，再融资1733亿元: each way
    to divide a sum, in a sentence of its own, makes it."""
    heads: list[Fact] = []
    totals: list[Fact] = []
    section: int | None = None
    for sentence, _ in paper.prose():
        money = [one.fact for one in paper.entries(sentence) if not one.depth]
        if not _BY_KIND.match(sentence.text):
            totals = totals if sentence.section == section else []
            heads, section = money, sentence.section
            totals += [fact for fact in money if fact.key.startswith("total-")]
        elif heads and sentence.section == section and sentence.index not in paper.missed and len(money) >= _FEWEST:
            added = Sum(tuple((1, fact) for fact in money))
            told = [*heads, *(one for one in totals if one not in heads and money[0].flow in ("", one.flow))]
            alike = [one for one in told if {(one.measure, _years(one))} == {(f.measure, _years(f)) for f in money}]
            if re.search("其中|等", sentence.text) or any(added.range.meets(Printed.rounded(one)) for one in alike):
                continue
            # 资产总额96.4亿元，负债31.2亿元，净资产65.2亿元: what is divided is what its parts come near to
            for head in sorted(alike, key=lambda one: abs(value(one) - added.number))[:1]:
                found = compared(paper, "分项", head, added, closed=True, sure=False)
                alone = len(heads) == 1 and head in heads and len(money) == _FEWEST
                yield from (one for one in found if alone or one.cause in SLIPS_OF_HAND)


def _kinds_sum(paper: Paper, head: Fact | None, parts: Sequence[Fact]) -> Iterator[Finding]:
    alike = head is not None and all((fact.measure, _years(fact)) == (head.measure, _years(head)) for fact in parts)
    if head is not None and alike and len(parts) > _FEWEST:
        yield from compared(paper, "分项", head, Sum(tuple((1, fact) for fact in parts)), closed=True, sure=False)


def _years(fact: Fact) -> tuple[int, int]:
    """Of a figure at a day and one of the year alike."""
    return fact.period.first_year, fact.period.last_year
