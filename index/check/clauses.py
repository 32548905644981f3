"""A whole and the parts that stand behind it in clauses of their own, each the first figure of its clause.

    社保基金支出65915万元，增长5.7%。其中：甲基金支出17935万元，增长6.6%，标准由133元提高到153元；乙基金支出47980万元，增长5.4%
    17935＋47980 ＝ 65915

Other figures stand in such clauses as well, so only a plain slip is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from index.check.adding import PARTS, STATE, Sum, compared
from index.check.cause import SLIPS_OF_HAND
from index.check.models import Finding
from index.check.paper import Entry, Paper
from index.check.parts import whole_of
from index.facts.printed import Printed
from index.models import Fact

_BEGINS: Final = re.compile(r"^\s*其中(?:包括)?[:：，,]?")
_NEXT: Final = re.compile("[；;]")
_ENDS: Final = re.compile(r"[；;]\s*$")
_FEWEST: Final = 2
_MOST: Final = 12


def of_clauses(paper: Paper) -> Iterator[Finding]:
    """All findings of this kind."""
    for whole, parts in in_clauses(paper):
        added = Sum(tuple((1, fact) for fact in parts))
        if not added.range.meets(Printed.rounded(whole)):
            for found in compared(paper, PARTS, whole, added, sure=False):
                if found.cause in SLIPS_OF_HAND:
                    yield found


def in_clauses(paper: Paper) -> Iterator[tuple[Fact, Sequence[Fact]]]:
    """Each whole with the first figure of each clause behind 其中, of one measure and year."""
    whole: Fact | None = None
    parts: list[Fact] = []
    last: list[Entry] = []
    section: int | None = None
    open_end = False
    for sentence, _ in paper.prose():
        entries = [one for one in paper.entries(sentence) if not one.depth]
        begins = sentence.section == section and bool(_BEGINS.match(sentence.text)) and bool(last)
        if not (begins or (parts and open_end and sentence.section == section)):
            yield from _told(whole, parts)
            whole, parts = None, []
        if begins:
            yield from _told(whole, parts)
            whole, parts = whole_of(last).fact, []
        if whole is not None:
            parts += [one.fact for at, one in enumerate(entries) if not at or _NEXT.search(one.since)]
        else:
            last = entries
        section, open_end = sentence.section, bool(_ENDS.search(sentence.text))
    yield from _told(whole, parts)


def _told(whole: Fact | None, parts: Sequence[Fact]) -> Iterator[tuple[Fact, Sequence[Fact]]]:
    if whole is None or not _FEWEST <= len(parts) <= _MOST or whole.measure not in STATE:
        return
    alike = {(fact.measure, fact.period, fact.flow, fact.region) for fact in (whole, *parts)}
    if len(alike) == 1:
        yield whole, tuple(parts)
