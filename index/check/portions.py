"""Shares whose whole, or whose part, is not named beside them: 占86.04% of what 其中 speaks of, 税收占比63.42%.

    支出95703万元，其中：基本支出82348万元，占86.04%；项目支出13356万元，占13.96%     82348÷95703 ＝ 86.04%
    税收收入15.12亿元 … 收入23.85亿元 … 税收占比仅63.42%                          15.12÷23.85 ＝ 63.40%

Of what a share is, only its place tells, so only a plain slip of it is told, if the parts do not make the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from index.check.adding import STATE, Sum
from index.check.cause import SLIPS_OF_HAND, cause, digits_of, printed, shown
from index.check.models import Finding
from index.check.paper import Entry, Paper
from index.check.parts import parts_of
from index.facts.printed import Printed, grain, value
from index.find.terms import find_terms
from index.lexicon import items
from index.models import Fact, Sentence
from index.text.normal import plain

_BARE: Final = re.compile(r"^[万亿]?元[，,、]占(?:比|比重)?(?:为|达到?|约)*$")
_NAMED: Final = re.compile(
    r"(?P<part>[^，,；;。：:、的]{1,16}?)(?:仅|只|约)?占(?:(?P<whole>[^，,；;。：:、比]{3,24}?)的?)?(?:比重|比例|比)?(?:的)?"
    r"(?:仅|只|约|为|是|达到?|提高到|上升到)*$"
)
_ANEW: Final = re.compile("。|[，,；;][^，,；;。占]{1,10}占比?[^，,；;。]{0,2}$")  # 税收收入5776亿元，税收占比86.5%
_SHORT: Final = {"税": "税收收入", "税收": "税收收入", "非税": "非税收入"}  # 税占比, as officials say it
_LOOSE: Final = frozenset({"rough", "same_basis", "quote", "unit_missing", "unit_unsure"})
_NEAR: Final = 20  # figures from a whole to a part of it
_BACK: Final = 2  # sentences in which an unnamed whole may stand
_MANY: Final = 4  # digits of a share that is no other one's by chance
_FEWEST: Final = 3
_ROOM: Final = 8  # last digits that the rounding of the two figures may make of a share
_MOST: Final = 6


def of_portions(paper: Paper) -> Iterator[Finding]:
    """All findings of this kind."""
    named: dict[tuple[object, ...], list[Fact]] = {}
    for fact in paper.parsed.facts:
        if fact.kind == "money" and fact.key and value(fact) and not fact.qualifiers and not _LOOSE & set(fact.flags):
            named.setdefault((fact.key, *_slots(fact)), []).append(fact)
    before: list[tuple[Sentence, list[Entry]]] = []
    for sentence, facts in paper.prose():
        entries = paper.entries(sentence)
        parallel = _parallel(sentence, facts)
        for part, share in pairwise([None, *facts]):
            if share is None or share.measure != "share" or share.kind != "percent" or _LOOSE & set(share.flags):
                continue
            if share.start in parallel:
                continue
            if part is not None and part.kind == "money" and _BARE.match(sentence.text[part.end : share.start]):
                yield from _of_place(paper, part, share, entries, before)
            elif part is None or part.kind != "money" or _ANEW.search(sentence.text[part.end : share.start]):
                yield from _of_names(paper, share, sentence, named)
        before = [*before[-_BACK + 1 :], (sentence, entries)]


def _parallel(sentence: Sentence, facts: Sequence[Fact]) -> set[int]:
    """甲、乙分别投入48.47、51.50亿元，占比16.13%、17.14%: where shares stand that are not of what is before them."""
    found: set[int] = set()
    for first, second in pairwise(facts):
        between = sentence.text[first.end : second.start].strip()
        if first.measure == second.measure == "share" and re.fullmatch("%?[、和]", between):
            found |= {first.start, second.start}
    return found


def _slots(fact: Fact) -> tuple[object, ...]:
    period = fact.period
    months = period.first_month, period.last_month
    return fact.region, fact.scope or "whole", period.first_year, period.last_year, *months, fact.owner


def _of_place(
    paper: Paper,
    part: Fact,
    share: Fact,
    entries: Sequence[Entry],
    before: Sequence[tuple[Sentence, Sequence[Entry]]],
) -> Iterator[Finding]:
    """The whole that 其中 speaks of, or one that stands shortly before."""
    at = next(position for position, one in enumerate(entries) if one.fact is part)
    first = max(0, at - _NEAR)
    inside = [(entries[position], parts_of(entries, position)) for position in range(first, at)]
    inside = [(whole, parts) for whole, parts in inside if any(one.fact is part for one in parts)]
    section = paper.sentences[part.sentence].section
    near = [*entries[:at], *(one for other, some in before if other.section == section for one in some)]
    wholes = [one.fact for one in near if one.is_state and one.fact.measure in STATE and value(one.fact) > value(part)]
    fits = [made for one in near if (made := _made(paper, part, one.fact)) is not None]
    if any(made.meets(Printed.of(share)) for made in fits) or not wholes:
        return
    item = items().get(part.key)
    if inside and inside[-1][0].fact in wholes:
        whole, parts = inside[-1]
        made = Sum(tuple((1, one.fact) for one in parts)).range
        proven = len(parts) > 1 and made.meets(Printed.rounded(whole.fact))
        yield from _told(paper, share, part, [whole.fact], proven=proven)
    elif len(digits_of(share)) >= _MANY and len(wholes) <= _MOST and not (item is not None and item.parent):
        yield from _told(paper, share, part, wholes)


def _of_names(
    paper: Paper, share: Fact, sentence: Sentence, named: Mapping[tuple[object, ...], Sequence[Fact]]
) -> Iterator[Finding]:
    """税收占比, A仅占B的14.4%: both figures stand elsewhere."""
    match = _NAMED.search(plain(sentence.text[: share.start]))
    if match is None:
        return
    keys = _keys_of(_SHORT.get(match["part"], match["part"]))
    if match["whole"]:
        of = _keys_of(match["whole"])
    else:
        of = {item.parent for key in keys if (item := items().get(key)) is not None and item.parent}
    pairs = [
        (part, whole)
        for key in keys for name in of
        for part in named.get((key, *_slots(share)), []) for whole in named.get((name, *_slots(share)), [])
        if part.measure == whole.measure and value(part) < value(whole)
    ]  # fmt: skip
    made = [(part, whole, fit) for part, whole in pairs if (fit := _made(paper, part, whole)) is not None]
    if made and not any(fit.meets(Printed.of(share)) for _, _, fit in made):
        made.sort(key=lambda one: grain(one[0]) + grain(one[1]))  # the finest print tells most
        first = {part.measure: (part, whole) for part, whole, _ in reversed(made)}
        for part, whole in [first["actual"]] if "actual" in first else list(first.values()):
            yield from _told(paper, share, part, [whole])
            return


def _keys_of(words: str) -> set[str]:
    """The items that words end with, in whatever book."""
    terms = find_terms(words)
    return {item.key for item in terms[-1].items} if terms and terms[-1].end == len(words) else set()


def _made(paper: Paper, part: Fact, whole: Fact) -> Printed | None:
    return Printed.rounded(part).over(Printed.rounded(whole)) if value(whole) > 0 else None


def _told(paper: Paper, share: Fact, part: Fact, wholes: Sequence[Fact], *, proven: bool = False) -> Iterator[Finding]:
    """A slip of the share; whatever happened to it where the parts are known to make the whole (``proven``)."""
    for whole in wholes:
        made = _made(paper, part, whole)
        if made is None or len(digits_of(share)) < _FEWEST or (made.high - made.low) / grain(share) > _ROOM:
            continue
        why = cause(share, made)
        if why in SLIPS_OF_HAND or proven:
            should = shown(value(part) / value(whole) * 100, share)
            total = f"{printed(part)} ÷ {printed(whole)} ＝ {should}，印的是 {printed(share)}"
            yield paper.finding("占比", "疑", [share, part, whole], total, should, why)
            return
