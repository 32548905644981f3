"""A share that does not follow: 税收收入86460万元，占一般公共预算收入的59.99%, of 90074万元 named elsewhere.

The whole is what the words between 占 and the figure name, in the same year and place, wherever the report gives it.
Only a share near the true one, or a plain slip of it, is told: what is far off is of another whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from index.check.cause import SLIPS_OF_HAND, cause, printed, shown
from index.check.models import Finding
from index.check.paper import Paper
from index.facts.printed import Printed, value
from index.find.terms import find_terms
from index.models import Fact
from index.text.normal import plain

_OF: Final = re.compile(
    r"占(?P<whole>[^，,；;。、占]{2,24}?)(?:总额|总量)?(?:的)?(?:比重|比例|比)?(?:约|为|达到?|是|近|超过)*$"
)
_PARTS: Final = ("actual", "budget", "amount")
_LOOSE: Final = frozenset({"rough", "same_basis", "unit_missing"})
_FEWEST: Final = 3


def of_shares(paper: Paper) -> Iterator[Finding]:
    """All findings of this kind."""
    money: dict[tuple[object, ...], list[Fact]] = {}
    for fact in paper.parsed.facts:
        if fact.kind == "money" and fact.key and fact.number and not fact.qualifiers:
            money.setdefault((fact.key, fact.region, fact.period), []).append(fact)
    for sentence, facts in paper.prose():
        for position, share in enumerate(facts):
            match = _OF.search(plain(sentence.text[: share.start])) if share.measure == "share" else None
            part = _part(facts[:position], share)
            if match is None or part is None or _LOOSE & {*share.flags, *part.flags} or _few(share):
                continue
            terms = find_terms(match["whole"])
            keys = {item.key for item in terms[-1].items} if terms and terms[-1].end == len(match["whole"]) else set()
            wholes = [one for key in keys for one in money.get((key, share.region, share.period), [])]
            wholes = [one for one in wholes if (one.scope or "whole") == (share.scope or "whole") and one is not part]
            yield from _judged(paper, share, part, wholes)


def _few(share: Fact) -> bool:
    return share.kind != "percent" or len(share.value.replace(".", "")) < _FEWEST


def _part(before: Sequence[Fact], share: Fact) -> Fact | None:
    """The last money of the same item before a share."""
    for fact in reversed(before):
        if fact.kind == "money" and fact.measure in _PARTS:
            return fact if (fact.key or fact.item) == (share.key or share.item) else None
    return None


def _judged(paper: Paper, share: Fact, part: Fact, wholes: Sequence[Fact]) -> Iterator[Finding]:
    fits = [(whole, made) for whole in wholes if (made := Printed.of(part).over(Printed.of(whole))) is not None]
    if not fits or any(made.meets(Printed.of(share)) for _, made in fits):
        return
    number = value(share)
    whole, made = min(fits, key=lambda one: abs(one[1].low - number))
    if _LOOSE & set(whole.flags):
        return
    why = cause(share, made)
    if why not in SLIPS_OF_HAND or abs(value(part)) > abs(value(whole)):
        return
    should = value(part) / value(whole) * 100
    total = f"{printed(part)} ÷ {printed(whole)} ＝ {shown(should, share)}，印的是 {printed(share)}"
    yield paper.finding("占比", "疑", [share, part, whole], total, shown(should, share), why)
