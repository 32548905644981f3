"""Relations between the figures of a sentence or row, tested with exact decimals: they settle what a figure is.

    拨付48亿元，完成26.5亿元，为预算87.1亿元的55.1%   the amount that is 55.1 % of 87.1 is the actual one
    科学技术支出6亿元，增加2.2万元，增长55.2%             2.2亿元 would be 55.2 %: the unit is a slip
    a figure that its percentage bears out, and another of the same key that nothing bears out: that is ``unsettled``

Printed figures are rounded: each may be off by one in its last digit.  What the relations could not settle is marked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from index.facts.printed import Printed
from index.models import Fact

UNSETTLED: Final = "unsettled"
_SLIP: Final = "unit_slip"
_BASES: Final = ("adjusted_budget", "budget")
_GROWN: Final = ("actual", "outstanding", "balance", "budget")
_SLIPS: Final = (Decimal(10) ** 4, Decimal(10) ** -4)
_RESTATED: Final = Decimal("0.03")


def settled(facts: Sequence[Fact]) -> list[Fact]:
    """The facts in order, those that relations settle filed as they say, the others of their key marked."""
    kept = list(facts)
    sentences: dict[int, list[int]] = {}
    for position, fact in enumerate(kept):
        if fact.number is not None:
            sentences.setdefault(fact.sentence, []).append(position)
    borne_out: set[int] = set()
    for positions in sentences.values():
        measures = {kept[position].measure for position in positions}
        if "completion" not in measures and not {"yoy_pct", "yoy_amount"} <= measures:
            continue
        for group in _groups(kept, positions):
            borne_out |= _of_completion(kept, group, positions)
            borne_out |= _of_growth(kept, group)
    _mark_others(kept, borne_out)
    return kept


def fulfils(actual: Fact, base: Fact, completion: Fact) -> bool:
    """Is the first so many percent of the second?"""
    share = Printed.of(actual).over(Printed.of(base))
    return share is None or share.meets(Printed.of(completion))


def _groups(facts: Sequence[Fact], positions: Sequence[int]) -> Iterator[dict[str, list[int]]]:
    """The figures of one key in a sentence, by measure."""
    found: dict[tuple[object, ...], dict[str, list[int]]] = {}
    for position in positions:
        fact = facts[position]
        found.setdefault(slots(fact), {}).setdefault(fact.measure, []).append(position)
    yield from (group for group in found.values() if len(group) > 1)


def _of_completion(facts: list[Fact], group: dict[str, list[int]], around: Sequence[int]) -> set[int]:
    """What a completion bears out; a figure of the sentence that fits takes the place of one that does not."""
    done: set[int] = set()
    for percent in group.get("completion", ()):
        bases = [p for measure in _BASES for p in group.get(measure, ())]
        actuals = group.get("actual", [])
        if not bases or not actuals:
            continue
        fitting = [(a, b) for a in actuals for b in bases if fulfils(facts[a], facts[b], facts[percent])]
        if fitting:
            done.update((percent, *fitting[0]))
            continue
        if any(_SLIP in facts[p].flags for p in (*actuals, *bases)):
            continue
        others = [p for p in around if p not in actuals and _may_be(facts[p], facts[actuals[0]])]
        better = [(a, b) for a in others for b in bases if fulfils(facts[a], facts[b], facts[percent])]
        if len(actuals) == 1 and len(better) == 1:
            chosen, base = better[0]
            true, false = facts[chosen], facts[actuals[0]]
            facts[chosen] = replace(true, item=false.item, key=false.key, measure="actual", flow=false.flow,
                                    account=false.account, rule=f"{true.rule}+completion")  # fmt: skip
            facts[actuals[0]] = _marked(replace(false, measure="amount"))
            done.update((percent, chosen, base))
        else:
            for position in (percent, *actuals, *bases):
                facts[position] = _marked(facts[position])
    return done


def _may_be(fact: Fact, actual: Fact) -> bool:
    """May an amount of the same place, level and time be the actual figure instead?"""
    here = (fact.region, fact.scope, fact.period) == (actual.region, actual.scope, actual.period)
    return here and fact.kind == "money" and fact.measure == "amount" and not fact.key and fact.rule != "table"


def _of_growth(facts: list[Fact], group: dict[str, list[int]]) -> set[int]:
    """What a growth in percent and in money bear out of each other."""
    percents, amounts = group.get("yoy_pct", ()), group.get("yoy_amount", ())
    grown = next((group[measure][0] for measure in _GROWN if measure in group), None)
    if grown is None or len(percents) != 1 or len(amounts) != 1:
        return set()
    percent, amount = percents[0], amounts[0]
    if "same_basis" in (*facts[percent].flags, *facts[amount].flags) or facts[percent].kind != "percent":
        return set()
    if grows(facts[grown], facts[amount], facts[percent]):
        return {percent, amount, grown}
    if any(grows(facts[grown], facts[amount], facts[percent], factor) for factor in _SLIPS):
        facts[amount] = replace(facts[amount], flags=(*facts[amount].flags, _SLIP))
        return {percent, grown}
    for position in (percent, amount):
        facts[position] = _marked(facts[position])
    return set()


def grows(grown: Fact, amount: Fact, percent: Fact, factor: Decimal = Decimal(1)) -> bool:
    """Are the growth in money and that in percent of the figure one?"""
    change = Printed.of(amount, factor)
    growth = change.over(Printed.of(grown).less(change))
    if growth is None or growth.meets(Printed.of(percent)):
        return True
    # last year's figure is often restated a little: a few hundredths of the growth are no misreading
    near = abs(percent.number or Decimal(0)) * _RESTATED
    return Printed(growth.low - near, growth.high + near).meets(Printed.of(percent))


def _mark_others(facts: list[Fact], borne_out: set[int]) -> None:
    """Of two values of one key the one that nothing bears out is marked, if the other is borne out."""
    keys: dict[tuple[object, ...], list[int]] = {}
    for position, fact in enumerate(facts):
        if fact.key and fact.number is not None and fact.kind == "money" and fact.measure in ("actual", "budget"):
            keys.setdefault((*slots(fact), fact.measure), []).append(position)
    for positions in keys.values():
        sure = [p for p in positions if p in borne_out]
        for position in positions:
            if sure and position not in borne_out and not any(_near(facts[position], facts[p]) for p in sure):
                facts[position] = _marked(facts[position])


def _near(one: Fact, other: Fact) -> bool:
    return Printed.of(one).meets(Printed.of(other))


def _marked(fact: Fact) -> Fact:
    return fact if UNSETTLED in fact.flags else replace(fact, flags=(*fact.flags, UNSETTLED))


def slots(fact: Fact) -> tuple[object, ...]:
    """Figures that agree in these are of one thing."""
    return (
        fact.region, fact.scope, fact.period, fact.account, fact.flow, fact.key or fact.item, fact.owner,
        fact.qualifiers,
    )  # fmt: skip
