"""How much more than a year before, where that year's figure stands in another sentence.

    2023年末债务余额454406万元 … 2024年底债务余额507784万元，较上年净增53378万元      454406＋53378 ＝ 507784

Last year's figure may have been restated, so only a plain slip is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from index.check.across import is_of_year_before, thing_of
from index.check.adding import STATE, Sum, compared
from index.check.cause import SLIPS_OF_HAND, SWAPPED, digits_of
from index.check.models import Finding
from index.check.paper import Paper
from index.facts.printed import Printed, value
from index.facts.settle import grows, slots
from index.models import Fact

_LOOSE: Final = frozenset({"rough", "same_basis", "quote", "unit_missing", "unit_unsure"})
_PLANS: Final = ("adjusted_budget", "budget")
_SHORT: Final = re.compile("(?P<way>短|超)(?:收|支)(?:了|额|约)*$")
_DIFFERENCE: Final = re.compile("(?:[短超][收支])?(?:（增减）)?$")
_THAN_DONE: Final = re.compile("[比较]上年(?:实际|预计)*(?:完成|执行|决算|实绩)")
_DIGITS: Final = 5  # of a change of which two swapped leave its percentage as it is
_MOST: Final = 6  # figures that may be last year's


def of_changes(paper: Paper) -> Iterator[Finding]:
    """All findings of this kind."""
    yield from _against_plan(paper)
    told: dict[tuple[object, ...], list[Fact]] = {}
    for fact in paper.parsed.facts:
        if fact.kind == "money" and fact.key and fact.measure in STATE and _is_plain(fact):
            told.setdefault(thing_of(fact), []).append(fact)
    for _, facts in paper.prose():
        for change in facts:
            if change.measure != "yoy_amount" or not _is_plain(change):
                continue
            nows = [fact for fact in facts if slots(fact) == slots(change) and fact.measure in STATE]
            for now in [fact for fact in nows if fact.start < change.start and fact.key][-1:]:
                # a plan is more than last year's plan, or than what was done of it: nothing says which
                stages = (
                    {now.measure, "actual"} if _THAN_DONE.search(words_between(paper, now, change)) else {now.measure}
                )
                alike = [fact for fact in told.get(thing_of(now), []) if fact.measure in stages]
                bases = [fact for fact in alike if is_of_year_before(fact, now)]
                rate = next((fact for fact in facts if _is_rate(fact, change)), None)
                settled = rate is not None and grows(now, change, rate)
                for found in _judged(paper, now, change, bases):
                    # what bears itself out in its own sentence is from another base, if that is not the slip
                    swapped = found.cause == SWAPPED and len(digits_of(change)) >= _DIGITS
                    if not settled or found.spans[0].sentence != now.sentence or swapped:
                        yield found


def words_between(paper: Paper, first: Fact, second: Fact) -> str:
    """What stands between two figures of a sentence."""
    return paper.sentences[first.sentence].text[first.end : second.start]


def _against_plan(paper: Paper) -> Iterator[Finding]:
    """资源税短收612万元, where a table gives its budget 2600 and what was done 1988."""
    told: dict[tuple[object, ...], dict[str, list[Fact]]] = {}
    for fact in paper.parsed.facts:
        if fact.kind == "money" and fact.measure in (*_PLANS, "actual") and _is_plain(fact):
            place = (fact.region, fact.scope, fact.period, fact.item)
            told.setdefault(place, {}).setdefault(fact.measure, []).append(fact)
    for sentence, facts in paper.prose():
        for fact in facts:
            short = fact
            match = _SHORT.search(sentence.text[: short.start])
            figures = told.get((short.region, short.scope, short.period, _DIFFERENCE.sub("", short.item)), {})
            if match is None or short.kind != "money" or not _is_plain(short) or len(figures.get("actual", [])) != 1:
                continue
            plans = [fact for measure in _PLANS for fact in figures.get(measure, [])]
            short, done = replace(short, number=abs(value(short))), figures["actual"][0]
            ends = [(plan, done) if match["way"] == "短" else (done, plan) for plan in plans]
            sums = [Sum(((1, more), (-1, less))) for more, less in ends]
            if sums and not any(one.range.meets(Printed.rounded(short)) for one in sums):
                found = compared(paper, "增减额", short, sums[0], closed=True, sure=False)
                yield from (one for one in found if one.cause in (*SLIPS_OF_HAND, "单位"))


def _is_rate(fact: Fact, change: Fact) -> bool:
    return fact.measure == "yoy_pct" and fact.kind == "percent" and slots(fact) == slots(change)


def _judged(paper: Paper, now: Fact, change: Fact, bases: list[Fact]) -> Iterator[Finding]:
    sums = [Sum(((1, base), (1, change))) for base in bases if base.sentence != now.sentence]
    if not sums or len(sums) > _MOST or any(one.range.meets(Printed.rounded(now)) for one in sums):
        return
    for found in compared(paper, "增减额", now, sums[0], closed=True, sure=False):
        if found.cause in SLIPS_OF_HAND:
            yield found


def _is_plain(fact: Fact) -> bool:
    return bool(fact.number) and not fact.qualifiers and not _LOOSE & set(fact.flags)
