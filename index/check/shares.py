"""A share that does not follow: 税收收入86460万元，占一般公共预算收入的59.99%, of 90074万元 named elsewhere.

The whole is what the words between 占 and the figure name, in the same year and place, wherever the report gives it.
Only a share near the true one, or a plain slip of it, is told: what is far off is of another whole.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final

from index.check.adding import Sum
from index.check.cause import (
    LITTLE,
    SLIPS_OF_HAND,
    SWAPPED,
    cause,
    corrected,
    digits_of,
    is_narrow,
    is_telling,
    printed,
    shown,
)
from index.check.models import Finding
from index.check.paper import Paper
from index.contradictions import agree
from index.facts.printed import Printed, value
from index.find.terms import find_terms
from index.lexicon import items
from index.models import Fact
from index.text.normal import plain

OF: Final = re.compile(
    r"占(?P<whole>[^，,；;。、占]{2,24}?)(?:总额|总量)?(?:的)?(?:比重|比例|比)?(?:约|为|达到?|是|近|超过)*$"
)
_BARE: Final = re.compile(
    r"^[万亿]?元(?:[，,、](?:同比|比上年)?(?:增长|下降)[\d.]+%)?[，,、]占(?:比|比重)?(?:为|达到?|约)*$"
)
PARTS: Final = ("actual", "budget", "amount")
LOOSE: Final = frozenset({"rough", "same_basis", "unit_missing"})
_SIDES: Final = {"收入": "revenue", "支出": "expenditure"}
_BOOKS: Final = {"revenue": "total-gp-rev", "expenditure": "total-gp-exp"}
FEWEST: Final = 3
_LIST: Final = 5  # shares that prove a whole
_MOST_OFF: Final = 2
_SPREAD: Final = Decimal("0.004")
_BESIDE: Final = 14  # characters from a part to its share
_STOP: Final = re.compile("[；;。]|其中")


def of_shares(paper: Paper) -> Iterator[Finding]:
    """All findings of this kind."""
    money: dict[tuple[object, ...], list[Fact]] = {}
    for fact in paper.parsed.facts:
        if fact.kind == "money" and fact.key and fact.number and not fact.qualifiers:
            money.setdefault((fact.key, fact.region, fact.period), []).append(fact)
    kept: Counter[tuple[object, ...]] = Counter()
    open_: list[tuple[Fact, Fact, Fact, Printed]] = []
    for sentence, facts in paper.prose():
        for position, share in enumerate(facts):
            if share.measure != "share":
                continue
            before = plain(sentence.text[: share.start])
            match, part = OF.search(before), _part(facts[:position], share)
            if part is not None and match and match["whole"] in _SIDES and "总" not in match[0]:
                yield from _beside(paper, share, part, facts[:position], _SIDES[match["whole"]])
                continue
            bare = part is not None and _BARE.search(sentence.text[part.end : share.start])
            if part is None or not (match or bare) or LOOSE & {*share.flags, *part.flags} or few(share):
                continue
            keys = _around(part) if bare or match is None else keys_of(match["whole"])
            wholes = [one for key in keys for one in money.get((key, share.region, share.period), [])]
            wholes = [one for one in wholes if (one.scope or "whole") == (share.scope or "whole") and one is not part]
            made = [
                (one, fit) for one in wholes if (fit := Printed.rounded(part).over(Printed.rounded(one))) is not None
            ]
            kept.update({_whole_slots(one) for one, fit in made if fit.meets(Printed.of(share))})
            if told := list(_judged(paper, share, part, wholes)):
                yield from told
            elif made and all(agree(one, made[0][0]) for one, _ in made) and not _fits(share, made):
                open_.append((share, part, *made[0]))
    every = sum(kept.values()) if len(open_) == 1 else 0
    for share, part, whole, fit in open_:
        yield from _beside_others(paper, (share, part, whole), fit, kept[_whole_slots(whole)], every)


def _is_near(share: Fact, fit: Printed) -> bool:
    """Within a tenth of what it should be: what is further off may be of another whole."""
    middle = (fit.low + fit.high) / 2
    return abs(value(share) - middle) <= middle / 10


def _fits(share: Fact, made: Sequence[tuple[Fact, Printed]]) -> bool:
    return any(fit.meets(Printed.of(share)) or LOOSE & set(whole.flags) for whole, fit in made)


def _whole_slots(whole: Fact) -> tuple[object, ...]:
    return whole.key, whole.region, whole.scope, whole.period


def _beside_others(
    paper: Paper, told: tuple[Fact, Fact, Fact], fit: Printed, kept: int, every: int
) -> Iterator[Finding]:
    """民生支出541.19亿元，占支出的74.9%, of 686.5亿元, where another share of it follows: two digits of the part or of
    the share swapped; where several do, whatever happened."""
    share, part, whole = told
    by = Printed.of(share)
    of = Printed.rounded(whole)
    needed = Printed(of.low * by.low / 100, of.high * by.high / 100)
    slips = [(fact, should) for fact, should in ((part, needed), (share, fit)) if cause(fact, should) == SWAPPED]
    alone = _is_near(share, fit) and (kept or len(digits_of(share)) > FEWEST)
    if (slips and kept) or kept >= FEWEST or every > FEWEST or (every and alone):
        kept = max(kept, every)
        wrong, should = slips[0] if slips else (share, fit)
        size = shown(value(part) / value(whole) * 100, share)
        total = f"{printed(part)} ÷ {printed(whole)} ＝ {size}，印的是 {printed(share)}（另有 {kept} 处占比相符）"
        words = corrected(part, should) if wrong is part else size
        others = [one for one in told if one is not wrong]
        yield paper.finding("占比", "疑", [wrong, *others], total, words, SWAPPED if slips else "")


def _beside(paper: Paper, share: Fact, part: Fact, before: Sequence[Fact], flow: str) -> Iterator[Finding]:
    """收入2.15亿元……调出资金1.72亿元，占收入的80%: of the only income that the sentence tells, so a few digits do."""
    totals = [one for one in before if one.kind == "money" and one.key.startswith("total-") and one.measure in PARTS]
    wholes = [one for one in totals if one.flow == flow and one is not part and one.scope == share.scope]
    made = Printed.of(part).over(Printed.of(wholes[0])) if len(wholes) == 1 else None
    loose = LOOSE & {*share.flags, *part.flags, *(flag for one in wholes for flag in one.flags)}
    if made is not None and share.kind == "percent" and not loose and not made.meets(Printed.of(share)):
        should = shown(value(part) / value(wholes[0]) * 100, share)
        total = f"{printed(part)} ÷ {printed(wholes[0])} ＝ {should}，印的是 {printed(share)}"
        yield paper.finding("占比", "疑", [share, part, wholes[0]], total, should, cause(share, made))


def keys_of(words: str) -> set[str]:
    """The items that the words behind 占 name."""
    terms = find_terms(words)
    return {item.key for item in terms[-1].items} if terms and terms[-1].end == len(words) else set()


def _around(part: Fact) -> set[str]:
    """占比, 占 alone is of what the item is part of: 税收收入71.49亿元，占比62.0%."""
    item = items().get(part.key)
    if item is not None and item.parent:
        return {item.parent}
    # 民生支出199.87亿元，占比76.4%: of all spending
    flow = part.flow or ("expenditure" if part.item.endswith("支出") else "")
    return {_BOOKS[flow]} if part.account in ("general_public", "") and flow in _BOOKS else set()


def few(share: Fact) -> bool:
    """Has a share too few digits to tell what it is of?"""
    return share.kind != "percent" or len(share.value.replace(".", "")) < FEWEST


def _part(before: Sequence[Fact], share: Fact) -> Fact | None:
    """The last money of the same item before a share."""
    for fact in reversed(before):
        if fact.kind == "money" and fact.measure in PARTS:
            return fact if (fact.key or fact.item) == (share.key or share.item) else None
    return None


def _judged(paper: Paper, share: Fact, part: Fact, wholes: Sequence[Fact]) -> Iterator[Finding]:
    fits = [(whole, made) for whole in wholes if (made := Printed.of(part).over(Printed.of(whole))) is not None]
    if not fits or any(made.meets(Printed.of(share)) for _, made in fits):
        return
    number = value(share)
    # what was done is a share of what was done; of another stage only where there is nothing else
    whole, made = min(fits, key=lambda one: (one[0].measure != part.measure, abs(one[1].low - number)))
    if LOOSE & set(whole.flags):
        return
    should = value(part) / value(whole) * 100
    total = f"{printed(part)} ÷ {printed(whole)} ＝ {shown(should, share)}，印的是 {printed(share)}"
    by = Printed.of(share)
    fit = Printed(Printed.of(whole).low * by.low / 100, Printed.of(whole).high * by.high / 100)
    slip = cause(part, fit)
    if slip == "单位" or (slip in SLIPS_OF_HAND and (is_telling(part, fit, LITTLE) or is_narrow(part, fit))):
        yield paper.finding("占比", "疑", [part, share, whole], total, corrected(part, fit), slip)
        return
    why = cause(share, made)
    if why in SLIPS_OF_HAND and abs(value(part)) <= abs(value(whole)):
        yield paper.finding("占比", "疑", [share, part, whole], total, shown(should, share), why)


# ---------------------------------------------------------------------------------------------- shares of one whole


def of_common_whole(paper: Paper) -> Iterator[Finding]:
    """教育支出20亿元，占11.99%; 卫生支出13亿元，占7.80%; …: all but one or two shares make one whole, those of one side
    of a section, or of sentences that follow one another."""
    lists: dict[tuple[object, ...], list[tuple[Fact, Fact]]] = {}
    run = 0
    for sentence, facts in paper.prose():
        found = False
        for part, share in pairwise(facts):
            beside = share.start - part.end <= _BESIDE and not _STOP.search(sentence.text[part.end : share.start])
            one_thing = (part.key or part.item) == (share.key or share.item)
            is_pair = share.measure == "share" and part.kind == "money" and part.measure in PARTS
            if beside and one_thing and is_pair and share.kind == "percent" and value(share):
                place = (sentence.section, part.region, part.scope, part.period)
                lists.setdefault((*place, part.flow), []).append((part, share))
                lists.setdefault((*place, run), []).append((part, share))
                found = True
        run += not found
    for pairs in lists.values():
        yield from _outliers(paper, pairs)


def _outliers(paper: Paper, pairs: Sequence[tuple[Fact, Fact]]) -> Iterator[Finding]:
    """The shares that are not of the whole that most of them are of."""
    if len(pairs) < _LIST:
        return
    known = _common([whole_of(part, share) for part, share in pairs])
    middle = (known.low + known.high) / 2
    off = [(part, share) for part, share in pairs if not _is_of(part, share, middle)]
    if len(off) > _MOST_OFF or len(pairs) - len(off) < _LIST - 1:
        return
    for part, share in off:
        should = value(part) / middle * 100
        others = len(pairs) - len(off)
        total = f"{printed(part)} 占 {shown(should, share)}（按同一串其余 {others} 项的整体），印的是 {printed(share)}"
        size = abs(should) * _SPREAD
        why = cause(share, Printed(should - size, should + size))
        yield paper.finding("占比", "错" if why else "疑", [share, part], total, shown(should, share), why)


def _common(wholes: Sequence[Printed]) -> Printed:
    """The range that lies within most of the ranges that a whole may be in."""
    best, most = wholes[0], 0
    for start in sorted(one.low for one in wholes):
        around = [one for one in wholes if one.low <= start <= one.high]
        if len(around) > most:
            best, most = Printed(start, min(one.high for one in around)), len(around)
    return best


def _is_of(part: Fact, share: Fact, whole: Decimal) -> bool:
    """The share of a whole that is known to a few thousandths."""
    made, by = Printed.of(part), Printed.of(share)
    low, high = made.low / whole * 100 * (1 - _SPREAD), made.high / whole * 100 * (1 + _SPREAD)
    return Printed(low, high).meets(by)


# ---------------------------------------------------------------------------------------------- shares of what is made


def of_listed_whole(paper: Paper) -> Iterator[Finding]:
    """财力1.79亿元。财力构成是：（1）收入1.06亿元，占59.15%；…: the parts make the whole, each share is of it."""
    whole: Fact | None = None
    pairs: list[tuple[Fact, Fact]] = []
    for _, facts in (*paper.prose(), (None, [])):
        pair = _only_pair(facts)
        if pair is not None:
            pairs.append(pair)
            continue
        if whole is not None and len(pairs) >= FEWEST:
            yield from _of_whole(paper, whole, pairs)
        if facts or pairs:
            money = [fact for fact in facts if fact.kind == "money" and fact.measure in PARTS]
            whole, pairs = (money[-1] if money else None), []


def _only_pair(facts: Sequence[Fact]) -> tuple[Fact, Fact] | None:
    """A part and its share, the first figures of a sentence."""
    if len(facts) < 2 or facts[1].measure != "share" or facts[0].kind != "money" or few(facts[1]):
        return None
    beside = facts[1].start - facts[0].end <= _BESIDE
    return (facts[0], facts[1]) if beside and facts[0].measure in PARTS and value(facts[1]) else None


def _of_whole(paper: Paper, whole: Fact, pairs: Sequence[tuple[Fact, Fact]]) -> Iterator[Finding]:
    """The whole is known by its print and by its parts: what it can be is what both can be."""
    made, size = Sum(tuple((1, part) for part, _ in pairs)).range, Printed.rounded(whole)
    if not made.meets(size) or LOOSE & set(whole.flags):
        return
    known = Printed(max(made.low, size.low), min(made.high, size.high))
    for part, share in pairs:
        fit = Printed.rounded(part).over(known)
        if fit is None or fit.meets(Printed.of(share)):
            continue
        should = value(part) * 2 / (known.low + known.high) * 100
        total = f"{printed(part)} ÷ {printed(whole)} ＝ {shown(should, share)}，印的是 {printed(share)}（各项列全）"
        why = cause(share, fit)
        yield paper.finding("占比", "疑", [share, part, whole], total, shown(should, share), why)


def whole_of(part: Fact, share: Fact) -> Printed:
    """What a whole may be by one of its parts and its share."""
    size, by = Printed.rounded(part), Printed.of(share)
    return Printed(size.low / by.high * 100, size.high / by.low * 100)
