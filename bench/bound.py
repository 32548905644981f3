"""Could a slip be seen at all?  A figure is bound where a relation printed in its report holds for it, and not for what
it was changed to: a sum of figures that stand beside it, a rate with its two figures, the same figure printed again.

    收入20000万元，为预算19000万元的105.26%      each of the three is bound
    安排某项目1940万元                           bound by nothing: no reader can tell 1940 from 1490

Looked for without regard to the rules of the check and more freely than they may; a chance hit counts, so this is a
little more than what can be found.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from index.check.cause import digits_of
from index.contradictions import agree
from index.facts.printed import Printed
from index.models import Fact, Parsed

_AROUND: Final = 3  # sentences on either side in which a sum may stand
_LONGEST: Final = 25  # terms of a sum
_FEWEST: Final = 3
_HUNDRED: Final = Printed(Decimal(100), Decimal(100))
_NEVER: Final = Printed(Decimal(10) ** 30, Decimal(10) ** 30)
_RATES: Final = ("completion", "yoy_pct", "share", "rate")


def is_bound(parsed: Parsed, fact: Fact, changed: Decimal) -> bool:
    """Does a relation hold of the figure, and no longer of what it is changed to?"""
    wrong = replace(fact, number=changed)
    if fact.kind == "percent":
        return any(made.meets(Printed.of(fact)) and not made.meets(Printed.of(wrong)) for made in _rates(parsed, fact))
    return _is_repeated(parsed, fact, wrong) or _is_summed(parsed, fact, wrong) or _is_rated(parsed, fact, wrong)


def _is_repeated(parsed: Parsed, fact: Fact, wrong: Fact) -> bool:
    for other in parsed.facts:
        same = (other.key or other.item, other.period, other.kind) == (fact.key or fact.item, fact.period, fact.kind)
        same = same and (other.scope, other.measure) == (fact.scope, fact.measure) and other.sentence != fact.sentence
        if same and other.number is not None and len(digits_of(other)) >= _FEWEST and agree(other, fact):
            return not agree(other, wrong)
    return False


def _is_summed(parsed: Parsed, fact: Fact, wrong: Fact) -> bool:
    section = parsed.sentences[fact.sentence].section
    near = range(fact.sentence - _AROUND, fact.sentence + _AROUND + 1)
    money = [
        one for one in parsed.facts
        if one.sentence in near and one.kind == "money" and one.number is not None
        and parsed.sentences[one.sentence].section == section
    ]  # fmt: skip
    change = fact.measure == "yoy_amount"
    money = sorted(
        {(one.sentence, one.start): one for one in money if (one.measure == "yoy_amount") == change}.values(),
        key=lambda one: (one.sentence, one.start),
    )
    if fact not in money:
        return False
    here = money.index(fact)
    swapped = [wrong if one is fact else one for one in money]
    both = zip(_sums(money, here), _sums(swapped, here), strict=True)
    return any(_fits(total, run) and not _fits(other, others) for (total, run), (other, others) in both)


def _sums(money: Sequence[Fact], here: int) -> Iterator[tuple[Fact, Sequence[Fact]]]:
    """Each run of figures with the one before it and the one behind it, and each three in a row, with a place in it."""
    for start in range(max(0, here - _LONGEST), here + 1):
        for end in range(start + 3, min(len(money), start + _LONGEST) + 1):
            if start <= here < end:
                run = money[start:end]
                yield run[0], run[1:]
                yield run[-1], run[:-1]
                if len(run) == 3:
                    yield run[1], (run[0], run[2])


def _fits(total: Fact, run: Sequence[Fact]) -> bool:
    if len(digits_of(total)) < _FEWEST or sum(len(digits_of(one)) >= _FEWEST for one in run) < 2:
        return False
    added = Printed(Decimal(0), Decimal(0))
    for one in run:
        added = added.plus(Printed.rounded(one))
    room = (added.high - added.low) * 50  # of a figure of so little precision a sum says nothing
    return abs(total.number or Decimal(0)) > room and added.meets(Printed.rounded(total))


def _is_rated(parsed: Parsed, fact: Fact, wrong: Fact) -> bool:
    for rate in parsed.facts:
        if rate.kind == "percent" and rate.measure in _RATES and abs(rate.sentence - fact.sentence) <= 1:
            shown = Printed.of(rate)
            if len(digits_of(rate)) >= _FEWEST and any(
                made.meets(shown) and not other.meets(shown)
                for made, other in zip(_rates(parsed, rate, fact), _rates(parsed, rate, fact, wrong), strict=True)
            ):
                return True
    return False


def _rates(parsed: Parsed, rate: Fact, only: Fact | None = None, instead: Fact | None = None) -> Iterator[Printed]:
    """What a rate would be of each two figures that it may be of, all or those with one figure in them."""
    if len(digits_of(rate)) < _FEWEST:
        return
    own = [one for one in parsed.facts if one.kind == "money" and one.number and one.sentence == rate.sentence]
    alike = [
        one for one in parsed.facts
        if one.kind == "money" and one.number and one.sentence != rate.sentence
        and (one.key or one.item) == (rate.key or rate.item) and one.scope == rate.scope
    ]  # fmt: skip
    whole = [one for one in parsed.facts if one.kind == "money" and one.number and one.key.startswith("total-")]
    for part in own:
        if (part.key or part.item) != (rate.key or rate.item):
            continue
        others = [*own, *alike, *(whole if rate.measure == "share" else ())]
        for base in others:
            if base is part or (only is not None and only is not part and only is not base):
                continue
            pair = [instead if instead is not None and one is only else one for one in (part, base)]
            made = _quotient(rate, pair[0], pair[1])
            yield made if made is not None else _NEVER


def _quotient(rate: Fact, part: Fact, base: Fact) -> Printed | None:
    now, other = Printed.of(part), Printed.of(base)
    if rate.measure != "yoy_pct":
        return now.over(other)
    if base.measure == "yoy_amount":
        return other.over(now.less(other))
    grown = now.over(other)
    return grown.less(_HUNDRED) if grown is not None else None
