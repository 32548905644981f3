"""Lists told in step: 教育、社保、卫生健康分别投入48.47、51.50、39.07亿元，占比16.13%、17.14%、13.00%.

All shares are of one whole; one that is not, or its part, is wrong.  It is told where a single slip puts it right.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby, pairwise
from typing import Final

from index.check.cause import SLIPS_OF_HAND, cause, corrected, printed, shown
from index.check.models import Finding
from index.check.paper import Paper
from index.facts.printed import Printed, value
from index.models import Fact

_FEWEST: Final = 3
_JOINTS: Final = "、，,和及与 亿万元%％"  # between two figures of a list
_CLOSE: Final = Decimal("0.002")  # of a whole that the others tell, whatever happened to the one
_LOOSE: Final = frozenset({"rough", "unit_missing"})


def of_parallels(paper: Paper) -> Iterator[Finding]:
    """All findings of this kind."""
    for sentence, facts in paper.prose():
        runs = list(_runs(sentence.text, facts))
        for parts, shares in pairwise(runs):
            told = len(parts) == len(shares) >= _FEWEST and parts[0].kind == "money" and shares[0].kind == "percent"
            if told and "占" in sentence.text[parts[-1].end : shares[0].start]:
                yield from _judged(paper, parts, shares)


def _runs(text: str, facts: Sequence[Fact]) -> Iterator[list[Fact]]:
    """Figures of one kind with hardly a word between."""
    run: list[Fact] = []
    for kind, some in groupby(facts, key=lambda fact: fact.kind):
        for fact in some:
            near = (
                run and run[0].kind == kind and len(text[run[-1].end : fact.start].strip("、，,和及与 亿万元%％")) == 0
            )
            if not near and run:
                yield run
                run = []
            run.append(fact)
    if run:
        yield run


def _judged(paper: Paper, parts: Sequence[Fact], shares: Sequence[Fact]) -> Iterator[Finding]:
    if any(_LOOSE & set(fact.flags) or not value(fact) for fact in (*parts, *shares)):
        return
    wholes = [
        Printed(size.low / by.high * 100, size.high / by.low * 100)
        for size, by in ((Printed.rounded(part), Printed.of(share)) for part, share in zip(parts, shares, strict=True))
    ]
    off = [at for at in range(len(wholes)) if _agree(wholes[:at] + wholes[at + 1 :]) and not _agree(wholes)]
    if len(off) != 1:
        return
    at = off[0]
    others = wholes[:at] + wholes[at + 1 :]
    known = Printed(max(one.low for one in others), min(one.high for one in others))
    part, share = parts[at], shares[at]
    by = Printed.of(share)
    fits = (
        (share, Printed.rounded(part).over(known)),
        (part, Printed(known.low * by.low / 100, known.high * by.high / 100)),
    )
    causes = [cause(fact, fit) if fit is not None else "" for fact, fit in fits]
    sure = known.high - known.low <= known.low * _CLOSE and not any(causes)
    for (fact, fit), why in zip(fits, causes, strict=True):
        if fit is not None and (why in SLIPS_OF_HAND or why == "单位" or sure):
            should = value(part) * 2 / (known.low + known.high) * 100
            total = (
                f"{printed(part)} 占 {shown(should, share)}（按同一串其余 {len(others)} 项的整体），"
                f"印的是 {printed(share)}"
            )
            facts = [fact, share if fact is part else part]
            yield paper.finding("占比", "疑", facts, total, corrected(fact, fit), why)
            return


def _agree(wholes: Sequence[Printed]) -> bool:
    return max(one.low for one in wholes) <= min(one.high for one in wholes)
