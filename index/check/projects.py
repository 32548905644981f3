"""Projects that bonds went to, and what was issued: the table of the one adds up to the table of the other.

    债券使用情况表：一般债券各项目之和54454万元，专项债券419680万元
    发行情况表：    新增一般债券5.4454亿元，新增专项债券53.598亿元        the first is the same, the second is not

Where one kind of bonds adds up to the last digit, the list is meant to be all there is, of the other kind as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from index.check.cause import printed, shown
from index.check.models import Finding
from index.check.paper import Paper
from index.facts.printed import Printed, value
from index.models import Fact

KIND: Final = "表间"
_TABLE: Final = "使用情况"
_KINDS: Final = {"debt-new-general": "一般债", "debt-new-special": "专项债"}
_FEWEST: Final = 3  # projects
_LOOSE: Final = frozenset({"rough", "unit_missing"})


def of_projects(paper: Paper) -> Iterator[Finding]:
    """All findings of this kind: of the whole place."""
    listed: dict[str, list[Fact]] = {}
    for sentence in paper.parsed.sentences:
        if sentence.kind != "row" or _TABLE not in sentence.header:
            continue
        kinds = [key for key, word in _KINDS.items() if any(word in cell for cell in sentence.text.split("\t")[1:])]
        money = [fact for fact in paper.by_sentence.get(sentence.index, []) if fact.kind == "money"]
        if len(kinds) == len(money) == 1:
            listed.setdefault(kinds[0], []).append(money[0])
    issued = {key: _issued(paper, key) for key in _KINDS}
    sums = {key: sum((value(fact) for fact in facts), Decimal(0)) for key, facts in listed.items()}
    fits = {
        key: Printed.of(fact).low <= sums[key] <= Printed.of(fact).high
        for key, fact in issued.items() if fact is not None and len(listed.get(key, ())) >= _FEWEST
    }  # fmt: skip
    for key, fits_here in fits.items():
        fact = issued[key]
        if not fits_here and fact is not None and any(fits.values()):
            gap = abs(sums[key] - value(fact))
            total = (
                f"使用情况表里{_KINDS[key]}各项目之和 {shown(sums[key], listed[key][0])}，"
                f"新增发行额 {printed(fact)}，差 {shown(gap, fact)}"
            )
            yield paper.finding(KIND, "疑", [fact, listed[key][0]], total, "", "有不列项目的债券没有注明")


def _issued(paper: Paper, key: str) -> Fact | None:
    """What was issued of a kind, by the table of the place itself."""
    region = paper.parsed.subject.region
    told = [
        fact for fact in paper.parsed.facts
        if fact.key == key and fact.kind == "money" and fact.number and fact.scope in ("whole", "")
        and (region is None or fact.region == region.code) and not _LOOSE & set(fact.flags) and fact.measure != "limit"
        and _TABLE not in paper.sentences[fact.sentence].header
    ]  # fmt: skip
    return told[0] if told and len({fact.number for fact in told}) == 1 else None
