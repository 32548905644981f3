"""What is said to be left does not follow: 到位A，其中调整B，剩余C.

到位资金4800万元，其中调整415万元用来偿还债务，剩余3285万元      4800－415＝4385
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from typing import Final

from index.check.cause import cause, printed, shown
from index.check.models import Finding
from index.check.paper import Paper
from index.facts.printed import Printed, value

_LEFT: Final = re.compile(r"(?:剩余|尚余|还剩)(?:资金|部分|约|为)*$")
_BACK: Final = 5


def of_remains(paper: Paper) -> Iterator[Finding]:
    """All findings of this kind."""
    for sentence, _ in paper.prose():
        entries = paper.entries(sentence)
        for position, entry in enumerate(entries):
            if position < 2 or not _LEFT.search(entry.gap) or sentence.index in paper.missed:
                continue
            before = [one.fact for one in entries[max(0, position - _BACK) : position]]
            left = Printed.of(entry.fact)
            if any(_takes(pair[0], pair[1]).meets(left) for pair in combinations(map(Printed.of, before), 2)):
                continue
            whole, taken = before[-2], before[-1]
            if value(whole) <= value(taken) or any(
                first.less(second).less(third).meets(left)
                for first, second, third in combinations(map(Printed.of, before), 3)
            ):
                continue
            should = value(whole) - value(taken)
            total = f"{printed(whole)}－{printed(taken)} ＝ {shown(should, whole)}，印的是 {printed(entry.fact)}"
            why = cause(entry.fact, _takes(Printed.of(whole), Printed.of(taken)))
            yield paper.finding("剩余", "疑", [entry.fact, whole, taken], total, shown(should, whole), why)


def _takes(whole: Printed, taken: Printed) -> Printed:
    return whole.less(taken)
