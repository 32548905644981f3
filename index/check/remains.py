"""What is said to be left does not follow: 到位A，其中调整B，剩余C.

到位资金4800万元，其中调整415万元用来偿还债务，剩余3285万元      4800－415＝4385
收支缺口835085万元，通过调入资金804293万元、动用预算稳定调节基金30792万元解决
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import combinations, takewhile
from typing import Final

from index.check.adding import Sum, compared
from index.check.cause import SLIPS_OF_HAND, cause, printed, shown
from index.check.models import Finding
from index.check.paper import Entry, Paper
from index.facts.printed import Printed, value
from index.lexicon import toml

_LEFT: Final = re.compile(r"(?:剩余|尚余|还剩)(?:资金|部分|约|为)*$")
_REST: Final = re.compile(r"^[，,]?(?:其余|余下)(?:的|资金|部分)*(?:约|为)?$")
_BACK: Final = 5
_NAME: Final = 6  # characters that say what a figure is
_GAP: Final = re.compile(r"缺口(?:资金|部分|约|为|达|达到)*$")
_FILLED_BY: Final = re.compile("^[^，,]{0,4}[，,](?:主要|拟|将)?(?:通过|由|用)")
_DONE_WITH: Final = re.compile("偿还|归还|解决|承担|安排|支付|筹集|筹措|弥补|负担|化解|置换|消化|保障")
_FILLED: Final = re.compile("^[万亿]?元?[^，,；;。等]{0,6}(?:解决|弥补|平衡|补足)")


def of_remains(paper: Paper) -> Iterator[Finding]:
    """All findings of this kind."""
    for sentence, _ in paper.prose():
        entries = paper.entries(sentence)
        yield from _filled(paper, sentence.text, entries)
        yield from _shared(paper, sentence.text, entries)
        yield from _difference(paper, entries)
        if sentence.index not in paper.missed:
            yield from _rest(paper, entries)
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


def _rest(paper: Paper, entries: Sequence[Entry]) -> Iterator[Finding]:
    """到期7.24亿元，拟申请再融资6.51亿元，其余0.73亿元: three figures, one right after the other."""
    if (
        len(entries) < 3
        or not _REST.search(entries[2].gap)
        or any(one.depth or not one.is_state for one in entries[:3])
    ):
        return
    whole, taken, rest = (one.fact for one in entries[:3])
    if value(whole) > value(taken):
        yield from compared(paper, "剩余", rest, Sum(((1, whole), (-1, taken))), closed=True, sure=False, whole=True)


def _filled(paper: Paper, text: str, entries: Sequence[Entry]) -> Iterator[Finding]:
    """A gap and what fills it, all of it: 通过…、…解决."""
    for position, entry in enumerate(entries[:-1]):
        if not _GAP.search(entry.gap) or not _FILLED_BY.match(entries[position + 1].since.lstrip("万亿元")):
            continue
        for end in range(position + 2, len(entries) + 1):
            terms = [one.fact for one in entries[position + 1 : end]]
            if _FILLED.match(text[terms[-1].end :]):
                yield from compared(paper, "收支平衡", entry.fact, Sum(tuple((1, fact) for fact in terms)), closed=True)
                break
            if re.search("[；;。]", entries[end].since) if end < len(entries) else True:
                break


def _shared(paper: Paper, text: str, entries: Sequence[Entry]) -> Iterator[Finding]:
    """到期本金4.92亿元，通过再融资债券偿还4.2亿元、财政资金偿还0.72亿元: one thing done with each, by one verb."""
    for position, entry in enumerate(entries[:-2]):
        parts = entries[position + 1 :]
        verb = parts[0].gap[-2:]
        if entry.depth or not entry.is_state or not _FILLED_BY.match(parts[0].since.lstrip("万亿元")):
            continue
        alike = list(takewhile(partial(_is_done_by, verb), parts))
        ends = len(alike) == len(parts) or re.search("[；;。]", parts[len(alike)].since)
        if _DONE_WITH.fullmatch(verb) and len(alike) > 1 and ends:
            added = Sum(tuple((1, one.fact) for one in alike))
            yield from compared(paper, "分项", entry.fact, added, closed=True, sure=False)


def _is_done_by(verb: str, one: Entry) -> bool:
    return not one.depth and one.gap.endswith(verb) and "；" not in one.since


def _difference(paper: Paper, entries: Sequence[Entry]) -> Iterator[Finding]:
    """资产总额96.4亿元，负债总额31.2亿元，净资产65.2亿元: by their names, one right after the other."""
    for whole, less, rest in zip(entries, entries[1:], entries[2:], strict=False):
        for names in toml("check.toml")["differences"]:
            named = names["whole"] in whole.gap[-_NAME:] and names["less"] in less.gap[-_NAME:]
            if named and any(name in rest.gap[-_NAME:] for name in names["of"]) and not (less.depth or rest.depth):
                made = Sum(((1, whole.fact), (-1, less.fact)))
                found = compared(paper, "剩余", rest.fact, made, closed=True, sure=False)
                yield from (one for one in found if one.cause in (*SLIPS_OF_HAND, "单位"))


def _takes(whole: Printed, taken: Printed) -> Printed:
    return whole.less(taken)
