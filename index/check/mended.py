"""One slip that breaks several relations: the figure that mends the most of them is told, once.

    教育支出56977万元，为预算59325万元的95.94% … the 22 items make 60 too much
    with 56917 both follow; with another 预算 only the rate would: so 56917 is told, and that a second place follows

What a finding says a figure should be is tried: the rules run again over the report with that figure in its place.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Final

from index.check.models import ORDER, Finding, Span
from index.find.amounts import MONEY_UNITS
from index.models import Fact, Parsed

_SHOULD: Final = re.compile(r"^约?(?P<number>-?[\d,]+(?:\.\d+)?)(?P<unit>[^\d]*)$")
_TRIALS: Final = 8  # figures that are tried in a report
Rules = Callable[[Parsed], Sequence[Finding]]
Others = Mapping[tuple[str, frozenset[Span]], Sequence[Finding]]


def consolidated(parsed: Parsed, found: Sequence[Finding], others: Others, rules: Rules) -> list[Finding]:
    """The findings without those that follow from another one; ``others`` are further ways to explain a finding."""
    kept = list(found)
    for _ in range(_TRIALS):
        tried = [(way, _that_follow(parsed, way, kept, rules)) for way in _shared(kept, others)[:_TRIALS]]
        best, gone = max(tried, key=lambda pair: len(pair[1]), default=(None, []))
        if best is None or not gone:
            return kept
        kept = [one for one in kept if one not in gone and not _is(one, best)]
        kept.append(_survivor(best, gone))
    return kept


def _survivor(best: Finding, gone: Sequence[Finding]) -> Finding:
    """What is told of all of them; of a figure that is printed twice it is that, for ``conflicts`` tells it as well."""
    level = min((one.level for one in (best, *gone)), key=lambda level: ORDER[level])
    why = f"{best.cause}（另有 {len(gone)} 处随之不合）" if best.cause else f"另有 {len(gone)} 处随之不合"
    told = best if best.twice else next((one for one in gone if one.twice), best)
    spans = (best.spans[0], *(span for span in told.spans if span != best.spans[0]))
    told = replace(told, page=best.page, section=best.section, sentence=best.sentence)
    return replace(told, spans=spans, level=level, cause=why, should=best.should)


def _shared(found: Sequence[Finding], others: Others) -> list[Finding]:
    """The ways to explain a finding by a figure that another finding has as well."""
    having = Counter(span for one in found for span in set(one.spans))
    return [
        way for one in found for way in (one, *others.get(_mark(one), ()))
        if _SHOULD.match(way.should) and having[way.spans[0]] > (way.spans[0] in one.spans)
    ]  # fmt: skip


def _that_follow(parsed: Parsed, one: Finding, found: Sequence[Finding], rules: Rules) -> list[Finding]:
    """The findings with the same figure that are no more once it is what it should be; none if others come up."""
    wrong = next((fact for fact in parsed.facts if _place(fact) == one.spans[0]), None)
    if wrong is None:
        return []
    # a text that is printed twice has the slip twice
    facts = [_mended(fact, one) if _is_print_of(fact, wrong) else fact for fact in parsed.facts]
    left = {_mark(other) for other in rules(replace(parsed, facts=tuple(facts)))}
    if _mark(one) in left or left - {_mark(other) for other in found}:
        return []
    return [
        other for other in found if _mark(other) not in left and one.spans[0] in other.spans and not _is(one, other)
    ]


def _mended(fact: Fact, one: Finding) -> Fact:
    match = _SHOULD.match(one.should)
    if match is None:
        return fact
    try:
        number = Decimal(match["number"].replace(",", ""))
    except InvalidOperation:
        return fact
    unit = match["unit"] or fact.unit
    size = MONEY_UNITS.get(unit.partition("/")[0], Decimal(1)) if fact.kind == "money" else Decimal(1)
    sign = -1 if (fact.number or 0) < 0 < number else 1
    return replace(fact, value=match["number"], unit=unit, number=sign * number * size)


def _is_print_of(fact: Fact, wrong: Fact) -> bool:
    thing = (fact.value, fact.unit, fact.key or fact.item, fact.period, fact.measure)
    return thing == (wrong.value, wrong.unit, wrong.key or wrong.item, wrong.period, wrong.measure)


def _place(fact: Fact) -> Span:
    return Span(fact.sentence, fact.start, fact.end)


def _is(one: Finding, other: Finding) -> bool:
    return _mark(one) == _mark(other)


def _mark(one: Finding) -> tuple[str, frozenset[Span]]:
    return one.kind, frozenset(one.spans)
