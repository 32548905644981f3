"""Two sums of one name that are of two things: each gets what it is of, so that neither is taken for the whole.

预算评审项目145个，送审金额13亿元；结算评审项目174个，送审金额41亿元    ("part", "预算评审项目") …
国债资金36亿元，支持以旧换新；国债资金49亿元，支持两重建设    ("purpose", …) each

Only where a report tells two sums that do not agree: one alone is what its name says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from index.facts.open_names import EDGE, shortened
from index.models import Fact, Qualifier, Sentence

_ACCOUNTS: Final = ("other", "debt")
_LOOSE: Final = ("amount", "rate")  # what is neither budget nor done, no stock and no limit
_ROUNDING: Final = Decimal("1.02")  # by how much two prints of one sum may differ
_LONGEST: Final = 24  # characters of a purpose
_USE: Final = re.compile(
    r"[左右以上]*[，,]?(?:主要|全部|专项|重点|有力|着力|全力)?(?:用于|支持|保障|推动|推进|落实|统筹落实|助力|撬动)"
    r"(?P<what>[^，。；（）,;]{4,60})"
)
_PARTED: Final = re.compile("[；。;]")


def apart(facts: Sequence[Fact], sentences: Sequence[Sentence]) -> list[Fact]:
    """The facts in order; those of one key and several sums with what each is of, where the text says it."""
    groups: dict[tuple[object, ...], list[int]] = {}
    for at, fact in enumerate(facts):
        loose = fact.key and fact.account in _ACCOUNTS and fact.measure in _LOOSE and fact.number is not None
        if loose and not fact.qualifiers and sentences[fact.sentence].kind != "row":
            slots = (fact.region, fact.scope, fact.period, fact.key, fact.measure, fact.kind, fact.owner)
            groups.setdefault(slots, []).append(at)
    told = list(facts)
    for group in groups.values():
        sums = [abs(number) for at in group if (number := facts[at].number) is not None]
        if max(sums) <= min(sums) * _ROUNDING:
            continue
        found = {at: narrowed for at in group if (narrowed := _of_what(facts, at, sentences))}
        for at, narrowed in found.items():
            # What a whole is for (保障重点项目建设) is said of it, too: a purpose tells sums apart if each has one.
            if narrowed[0] == "part" or len(found) == len(group):
                told[at] = replace(facts[at], qualifiers=(narrowed,))
    return told


def _of_what(facts: Sequence[Fact], at: int, sentences: Sequence[Sentence]) -> Qualifier | None:
    """What a figure is of: the things counted before it between two marks, or what it is for; None for the whole."""
    fact = facts[at]
    text = sentences[fact.sentence].text
    for before in reversed(facts[max(0, at - 4) : at]):
        if before.sentence != fact.sentence or _PARTED.search(text, before.end, fact.start):
            break
        if before.kind == "count" and not before.key:
            return ("part", before.item)
    if fact.parent:
        return None  # 发行债券277亿元，其中新增债券102亿元: all that were issued
    use = _USE.match(text, fact.end + len(fact.unit)) if fact.account == "debt" else None
    return ("purpose", shortened(use["what"].strip(EDGE))[:_LONGEST]) if use else None
