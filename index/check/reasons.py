"""A reason that is given for a fall of what is printed as risen, or the other way round.

节能环保支出2.4亿元，增长9.2%……节能环保支出下降，主要是上年集中结算
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from index.check.cause import TURNED, printed
from index.check.models import Finding
from index.check.paper import Paper
from index.facts.printed import value
from index.find.terms import find_terms
from index.models import Fact
from index.text.normal import plain

_REASON: Final = re.compile(
    r"(?:^|[，,；;。：:、])(?P<what>[^，,；;。：:、]{3,20}?)(?P<way>增长|增加|上升|下降|减少|下滑)(?:较[快多大]|明显)?"
    r"(?:的?主要原因(?:是|为)|的原因(?:是|为)|[，,]?主要(?:是|由于|系|因)|[，,]?系)"
)
_FALLS: Final = ("下降", "减少", "下滑")


def of_reasons(paper: Paper) -> Iterator[Finding]:
    """All findings of this kind, of the rates of the reason's section."""
    rates: dict[tuple[int | None, str], list[Fact]] = {}
    for sentence, facts in paper.prose():
        for fact in facts:
            if fact.measure == "yoy_pct" and fact.kind == "percent" and fact.key and value(fact):
                rates.setdefault((sentence.section, fact.key), []).append(fact)
    for sentence, _ in paper.prose():
        for match in _REASON.finditer(plain(sentence.text)):
            terms = find_terms(match["what"])
            keys = {item.key for item in terms[-1].items} if terms and terms[-1].end == len(match["what"]) else set()
            told = [fact for key in keys for fact in rates.get((sentence.section, key), [])]
            falls = match["way"] in _FALLS
            if told and len({fact.number for fact in told}) == 1 and (value(told[0]) < 0) != falls:
                total = f"{told[0].item}印的是 {printed(told[0])}，原因说的是{match['way']}"
                yield paper.finding("同比", "疑", told[:1], total, "", TURNED)
