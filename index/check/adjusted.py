"""What a budget was adjusted by: 由A调整为B，调增C has C ＝ B－A, and 调减 where B is less.

一般公共预算收入由年初的248600万元调整为242000万元，调减6600万元      248600－242000 ＝ 6600
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from index.check.adding import Sum, compared
from index.check.cause import SLIPS_OF_HAND, TURNED, cause, digits_of, printed
from index.check.models import Finding
from index.check.paper import Entry, Paper
from index.facts.printed import Printed, value
from index.models import Fact

KIND: Final = "预算调整"
_FROM: Final = re.compile(r"(?:由|从)[^，,；;。、]{0,12}$")
_TO: Final = re.compile(r"^[^，,；;。、]{0,4}(?:调整|调增|调减|增加|减少|变更|提高|压减)(?:为|至|到)$")
_BY: Final = re.compile(r"^[，,](?:净|共|相应|合计)*(?P<way>调增|调减|增加|减少|净增|净减|增|减)(?:了|额)?$")
_LOOSE: Final = frozenset({"rough", "quote", "unit_missing"})
_DIGITS: Final = 4
_CUT: Final = re.compile(r"调(?P<way>[增减])(?:了|额|预算)*$")
_AFTER: Final = re.compile(r"^[，,](?:经)?调整后[^，,；;。]{0,16}$")


def of_adjusted(paper: Paper) -> Iterator[Finding]:
    """All findings of this kind."""
    yield from _from_the_last(paper)
    for sentence, _ in paper.prose():
        entries = paper.entries(sentence)
        yield from _then(paper, entries)
        for begun, ended, by in zip(entries, entries[1:], entries[2:], strict=False):
            match = _BY.match(by.gap)
            if match is None or not _TO.match(ended.gap) or not _FROM.search(begun.gap):
                continue
            first, second, change = begun.fact, ended.fact, by.fact
            if any(_LOOSE & set(fact.flags) for fact in (first, second, change)) or value(first) == value(second):
                continue
            rises = value(second) > value(first)
            if rises == ("减" in match["way"]):
                total = f"由 {printed(first)} 到 {printed(second)}，印的是{match['way']} {printed(change)}"
                yield paper.finding(KIND, "疑", [change, second, first], total, "", TURNED)
                continue
            signed = rises or value(change) < 0  # 调减 may be read as less than nothing
            terms = ((1, second), (-1, first)) if signed else ((1, first), (-1, second))
            yield from compared(paper, KIND, change, Sum(terms), closed=True, sure=False, whole=True)


def _then(paper: Paper, entries: Sequence[Entry]) -> Iterator[Finding]:
    """预算140.4亿元，执行中调减8365万元，调整后预算为139.5亿元: what it was, what was taken off, what it is."""
    for begun, by, ended in zip(entries, entries[1:], entries[2:], strict=False):
        match = _CUT.search(by.gap)
        facts = begun.fact, by.fact, ended.fact
        if match is None or not _AFTER.search(ended.gap) or facts[0].measure != "budget":
            continue
        if any(_LOOSE & set(fact.flags) or fact.kind != "money" for fact in facts):
            continue
        sign = -1 if ("减" in match["way"]) == (value(by.fact) > 0) else 1
        added = Sum(((1, begun.fact), (sign, by.fact)))
        found = compared(paper, KIND, ended.fact, added, closed=True, sure=False)
        yield from (one for one in found if one.cause in (*SLIPS_OF_HAND, "单位"))


def _from_the_last(paper: Paper) -> Iterator[Finding]:
    """从年初的372万元调整为375万元 … 均从357万元调整为365万元: what is adjusted again begins where it was left."""
    last: dict[tuple[object, ...], list[Fact]] = {}
    for sentence, _ in paper.prose():
        entries = paper.entries(sentence)
        for begun, ended in pairwise(entries):
            if not _TO.match(ended.gap) or not _FROM.search(begun.gap) or _LOOSE & set(begun.fact.flags):
                continue
            fact = ended.fact
            before = last.setdefault((fact.key or fact.item, fact.region, fact.scope, fact.period.last_year), [])
            first = begun.fact
            if before and not any(value(one) == value(first) for one in before):
                needed = Printed(value(before[-1]), value(before[-1]))
                why = cause(first, needed)
                if why in (*SLIPS_OF_HAND, "单位") and len(digits_of(first)) >= _DIGITS:
                    total = f"上次调整为 {printed(before[-1])}，这里从 {printed(first)} 调整"
                    yield paper.finding(KIND, "疑", [first, before[-1]], total, printed(before[-1]), why)
            before.append(fact)
