"""Totals that their parts miss: 合计与分项, 收支平衡, 收支相抵.

    收入90074万元，返还性收入8892万元，……总收入213195万元        a total after what it adds up
    债务余额174666万元，其中一般债务20776万元，专项债务153900万元   a whole before its parts
    收入总计9694万元。……支出总计2109万元，收支相抵后，结余7585万元   what is left of two totals

Parts need not be all there is.  A difference is told where the total's own words say that all is there (总计), where
another measure of the same parts adds up, where it is small, or where a single slip of the hand explains it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from index.check.cause import SLIPS_OF_HAND, cause, corrected, is_telling, printed, shown
from index.check.models import Finding, Level
from index.check.paper import Entry, Paper
from index.facts.printed import Printed
from index.models import Fact, Sentence

_DONE: Final = r"(?:预计|完成|达到?|为|共|是|约|安排|[：:\s])*$"
_TOTAL: Final = re.compile(rf"(?:总计|合计|总收入|总支出|总量|总来源|财力)(?:数|额)?{_DONE}")
_ADDED_TO: Final = re.compile(r"^[\s，、；（一二三四五六七八九十）\d.]*(?:再)?加(?!快|大|强)")
_GOES_ON: Final = re.compile("\\s*其中(?:包括)?[:：，,]?")
_ENDED: Final = re.compile("[；;。]")
_COMPLEMENTS: Final = (("一般", "专项"), ("税收", "非税"))
_BALANCE: Final = re.compile(rf"(?:结余|结转)(?:资金|数|额)?{_DONE}")
_NETTED: Final = re.compile("收支相抵|收支轧抵|收支结余|收支差")
_PARTS: Final = re.compile("其中|分别|包括|由|构成")
_LESS: Final = re.compile("^[，、；,;。\\s]*(?:再)?(?:减|扣除|扣减)")
_OPEN: Final = re.compile("等[：:，,；;。）)]?|主要|重点|不含|此外|另有?|剔除|同比|[比较]上年|为了|用于")
_STATE: Final = ("actual", "budget", "adjusted_budget", "amount", "outstanding", "limit", "balance")
_NEAR: Final = Decimal("0.003")
_NEAR_TOTAL: Final = Decimal("0.1")
_MOST: Final = 40  # parts of one whole
_BACK: Final = 6  # sentences in which what is added to is looked for


@dataclass(frozen=True, slots=True)
class Sum:
    """Terms with their signs."""

    terms: tuple[tuple[int, Fact], ...]

    @property
    def number(self) -> Decimal:
        return sum((sign * (fact.number or Decimal(0)) for sign, fact in self.terms), Decimal(0))

    @property
    def range(self) -> Printed:
        """What it may be: terms are rounded up and down, so half of their last digits is room enough."""
        whole = Printed(Decimal(0), Decimal(0))
        for sign, fact in self.terms:
            one = Printed.rounded(fact)
            whole = whole.plus(one) if sign > 0 else whole.less(one)
        return whole

    @property
    def words(self) -> str:
        return "".join(
            f"{'－' if sign < 0 else '＋' if position else ''}{_bare(fact)}"
            for position, (sign, fact) in enumerate(self.terms)
        )


def of_sums(paper: Paper) -> Iterator[Finding]:
    """All findings of these kinds."""
    before: list[Entry] = []
    section: int | None = None
    for sentence, _ in paper.prose():
        entries = paper.entries(sentence)
        yield from _totals(paper, sentence, entries)
        yield from _parts(paper, sentence, entries)
        if sentence.section == section and before and _GOES_ON.match(sentence.text):
            yield from _parts_behind(paper, sentence, before, entries)
        before, section = [one for one in entries if not one.depth], sentence.section
    yield from _netted(paper)


# ---------------------------------------------------------------------------------------------- a total after its terms


def _totals(paper: Paper, sentence: Sentence, entries: Sequence[Entry]) -> Iterator[Finding]:
    start = 0
    for position, entry in enumerate(entries):
        if position and _ENDED.search(entry.since):
            start = position
        if entry.depth or not _TOTAL.search(entry.gap):
            continue
        terms = [one for one in entries[start:position] if not one.depth]
        start = position + 1
        if not terms or not _is_plain_sum(paper, sentence, terms, entry):
            continue
        sums = _readings(terms)
        added = [Sum(((1, base), *one.terms)) for base in _bases(paper, sentence, terms[0].fact) for one in sums]
        sums = added if _ADDED_TO.search(terms[0].gap) else [*sums, *added]
        sums = [one for one in sums if len(one.terms) > 1]
        if sums and not any(one.range.meets(Printed.rounded(entry.fact)) for one in sums):
            added = min(sums, key=lambda one: abs(one.number - (entry.fact.number or 0)))
            yield from compared(paper, "合计", entry.fact, added, closed=not _is_open(terms, entry))


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
    before = [fact for fact in paper.by_sentence.get(sentence.index, []) if fact.start < first.start]
    for index in range(sentence.index - 1, sentence.index - 1 - _BACK, -1):
        other = paper.sentences.get(index)
        if other is None or other.section != sentence.section:
            break
        before += paper.by_sentence.get(index, [])
    return [fact for fact in before if fact.kind == "money" and fact.measure in _STATE and fact.period == first.period]


def _is_plain_sum(paper: Paper, sentence: Sentence, terms: Sequence[Entry], total: Entry) -> bool:
    """Nothing but figures one after the other, of one time, none a change or a plan for another."""
    facts = [one.fact for one in terms]
    if any(fact.measure not in _STATE or fact.period != total.fact.period for fact in facts):
        return False
    if any(facts[0].end <= start <= total.fact.start for start in paper.missed.get(sentence.index, ())):
        return False
    if any(_PARTS.search(one.gap) or _BALANCE.search(one.gap) and _NETTED.search(one.gap) for one in terms[1:]):
        return False
    percents = [
        fact for fact in paper.by_sentence[sentence.index]
        if fact.kind != "money" and facts[0].end <= fact.start <= total.fact.start
    ]  # fmt: skip
    return not percents and not _PARTS.search(total.gap)


def _is_open(terms: Sequence[Entry], total: Entry) -> bool:
    return bool(re.search(r"等[，,]|等$", total.gap)) or any("等" in one.gap[:2] for one in terms)


# ---------------------------------------------------------------------------------------------- a whole before its parts


def _parts(paper: Paper, sentence: Sentence, entries: Sequence[Entry]) -> Iterator[Finding]:
    for position in range(len(entries)):
        parts = _parts_of(entries, position)
        if len(parts) < 2 or len(parts) > _MOST:
            continue
        facts = [one.fact for one in parts]
        whole = entries[position].fact
        wholes = [one.fact for one in entries[: position + 1] if _is_one(one.fact, whole)]
        between = sentence.text[whole.end : facts[-1].start]
        if any(whole.end <= start <= facts[-1].end for start in paper.missed.get(sentence.index, ())):
            continue
        if any(fact.measure not in _STATE for fact in facts) or any(nearest(one, facts) is None for one in wholes):
            continue
        alike = [one for one in wholes if one.measure == facts[0].measure]
        whole = alike[-1] if alike else whole
        added = nearest(whole, facts)
        if added is None or whole.measure not in _STATE:
            continue
        tail = sentence.text[facts[-1].end : facts[-1].end + 8]
        opened = bool(re.search(r"主要|重点|等[，。：:；]", between)) or "等" in tail
        yield from compared(paper, "分项", whole, added, closed=_is_complete(parts), opened=opened)


def _parts_behind(
    paper: Paper, sentence: Sentence, before: Sequence[Entry], entries: Sequence[Entry]
) -> Iterator[Finding]:
    """……支出18620万元。其中包括：养老金11461万元，救助928万元……: parts in a sentence of their own."""
    whole = before[-1].fact
    parts = [one.fact for one in entries if not one.depth]
    wholes = [one.fact for one in before if _is_one(one.fact, whole)]
    if len(parts) < 2 or sentence.index in paper.missed or any(fact.measure not in _STATE for fact in (whole, *parts)):
        return
    if any(nearest(one, parts) is None for one in wholes):
        return
    if twice := _twice(parts):
        name = f"{twice[0].item} {printed(twice[0])} 写了两遍"
        yield paper.finding("分项", "疑", [*twice, whole], f"{name}，各项之和与 {printed(whole)} 不符", "", "同一项写了两遍")
    added = nearest(whole, parts)
    if added is not None and not twice:
        opened = bool(re.search("主要|重点|等", sentence.text))
        yield from compared(paper, "分项", whole, added, opened=opened)


def _twice(parts: Sequence[Fact]) -> list[Fact]:
    """The same name with the same figure, both times."""
    for position, fact in enumerate(parts):
        for other in parts[position + 1 :]:
            if (other.item, other.number) == (fact.item, fact.number) and len(fact.value) > 3:  # noqa: PLR2004
                return [other, fact]
    return []


def _is_one(fact: Fact, whole: Fact) -> bool:
    """预算数, 完成数 of the same thing in the same sentence."""
    here = fact.measure in _STATE and (fact.key or fact.item) == (whole.key or whole.item)
    return here and fact.period == whole.period


def _is_complete(parts: Sequence[Entry]) -> bool:
    """Parts that leave nothing out: 一般债务 and 专项债务, 税收 and 非税."""
    return len(parts) == 2 and any(
        any(first in one.gap for one in parts) and any(second in one.gap for one in parts)
        for first, second in _COMPLEMENTS
    )


def _parts_of(entries: Sequence[Entry], position: int) -> list[Entry]:
    """The figures that stand as parts of one: in the bracket behind it, or behind 其中 to the sentence's end."""
    whole = entries[position]
    rest = entries[position + 1 :]
    if not rest:
        return []
    if rest[0].depth == whole.depth + 1:
        parts: list[Entry] = []
        for one in rest:
            if one.depth <= whole.depth:
                break
            if parts and re.search("[)）]", one.since):
                break  # another bracket
            if one.depth == whole.depth + 1:
                parts.append(one)
        return parts if not any(_TOTAL.search(one.gap) for one in parts) else []
    if rest[0].depth != whole.depth or not re.search("其中|分别|包括", rest[0].gap):
        return []
    parts = []
    for one in rest:
        if one.depth < whole.depth or (parts and ("其中" in one.gap or _TOTAL.search(one.gap))):
            break
        if one.depth == whole.depth:
            parts.append(one)
    return parts


def nearest(whole: Fact, facts: Sequence[Fact]) -> Sum | None:
    """The first so many of the figures that come nearest to a whole, two at least; None if the first ones make it,
    be it a single one: what stands behind them is no part."""
    sums = [Sum(tuple((1, fact) for fact in facts[:count])) for count in range(1, len(facts) + 1)]
    if any(one.range.meets(Printed.rounded(whole)) for one in sums):
        return None
    return min(sums[1:], key=lambda one: abs(one.number - (whole.number or 0)), default=None)


# ---------------------------------------------------------------------------------------------- what is left of totals


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
            if _TOTAL.search(entry.gap):
                side = "支" if "支出" in entry.gap[-12:] else "收" if "收入" in entry.gap[-12:] else ""
                totals[side] = entry.fact
            elif _NETTED.search(entry.gap) and _BALANCE.search(entry.gap) and {"收", "支"} <= set(totals):
                if entry.fact.period == totals["收"].period:
                    added = Sum(((1, totals["收"]), (-1, totals["支"])))
                    yield from compared(paper, "收支相抵", entry.fact, added, closed=True)
                totals = {}


# ---------------------------------------------------------------------------------------------- comparing


def compared(
    paper: Paper, kind: str, total: Fact, added: Sum, *, closed: bool = False, opened: bool = False, sure: bool = True
) -> Iterator[Finding]:
    """The finding, if a total and a sum differ by more than rounding and the difference is told."""
    fits = added.range
    size = Printed.rounded(total)
    if fits.meets(size) or not total.number:
        return
    apart = added.number - total.number
    if opened and apart < 0 and abs(apart) > abs(total.number) * Decimal("0.01"):
        return  # 等: more parts than are named
    near = abs(apart) <= abs(total.number) * (_NEAR_TOTAL if closed else _NEAR)
    why, wrong, should = _explained(total, added, near=near)
    if not near and not why:
        return
    level: Level = "错" if (closed or why) and not opened and sure else "疑"
    like = max((fact for _, fact in added.terms), key=lambda fact: abs(fact.number or 0))
    told = f"{added.words} ＝ {shown(added.number, like)}，印的是 {printed(total)}"
    if why != "单位":
        told += f"，差 {shown(abs(apart), like)}"
    facts = [wrong, *(fact for fact in (total, *(fact for _, fact in added.terms)) if fact is not wrong)]
    yield paper.finding(kind, level, facts, told, should, why or ("可能有没有列出的项" if opened else ""))


def _explained(total: Fact, added: Sum, *, near: bool) -> tuple[str, Fact, str]:
    """Which figure a single slip explains, and what it should be."""
    candidates = [(total, added.range)]
    for position, (sign, fact) in enumerate(added.terms):
        rest = Sum((*added.terms[:position], *added.terms[position + 1 :]))
        whole = Printed.rounded(total)
        candidates.append((fact, whole.less(rest.range) if sign > 0 else rest.range.less(whole)))
    for fact, fit in candidates:
        why = cause(fact, fit)
        if why and (near or why == "单位" or (why in SLIPS_OF_HAND and is_telling(fact, fit))):
            return why, fact, corrected(fact, fit, added.number if fact is total else None)
    apart = abs(added.number - (total.number or 0))
    for _, fact in added.terms if near else ():
        if apart and apart == abs(fact.number or 0):
            return f"{printed(fact)} 多算或少算了一次", total, shown(added.number, total)
    return "", total, shown(added.number, total)


def _bare(fact: Fact) -> str:
    return printed(fact) if fact.kind != "money" else f"{'-' if (fact.number or 0) < 0 else ''}{fact.value.lstrip('-－')}{fact.unit}"
