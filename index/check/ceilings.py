"""Debt above its ceiling: 政府债务余额 can be no more than 政府债务限额, of one place and year.

政府债务限额87452万元，余额97452万元                                    余额高于限额
一般债务、专项债务余额分别为16.29亿元、18.66亿元，控制在限额34.59亿元内      16.29＋18.66＝34.95
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise, product
from typing import Final

from index.check.adding import Sum
from index.check.cause import cause, printed, shown
from index.check.models import Finding
from index.check.paper import Paper
from index.facts.printed import Printed, value
from index.models import Fact
from index.text.normal import plain

_LIMIT: Final = "debt-limit"
_BALANCE: Final = "debt-balance"
_WITHIN: Final = re.compile(r"(?:控制在|未超过|不超过|低于)[^，,；;。]{0,12}限额$")
_KINDS: Final = ("", "-general", "-special")
_CELL: Final = re.compile(r"(?:地方)?(?:政府)?(?P<kind>一般|专项)债务(?P<what>限额|余额)（(?P=kind)债务）$")
_HEAD: Final = re.compile(r"(?:地方)?(?:政府)?(?P<kind>一般|专项)债务(?P<what>限额|余额)$")
_FLOWS: Final = 6  # rows from a year's end back to the one before
_YEAR: Final = re.compile(r"\d{4}年")
_ROOM: Final = 2  # times what is left below a limit that a debt is, at the least
_NAMED: Final = {"一般": "-general", "专项": "-special"}
_SIDES: Final = {"限额": "limit", "余额": "outstanding"}


def of_ceilings(paper: Paper) -> Iterator[Finding]:
    """All findings of this kind: only where every print of the one is above every print of the other."""
    yield from _within(paper)
    yield from _below(paper)
    groups: dict[tuple[object, ...], dict[str, list[Fact]]] = {}
    for fact in paper.parsed.facts:
        if fact.kind == "money" and _is_plain(fact) and (told := _side_of(fact)) is not None:
            kind, side = told
            place = (fact.region, fact.scope or "whole", fact.period.last_year, kind)
            groups.setdefault(place, {}).setdefault(side, []).append(fact)
    for group in groups.values():
        limits, balances = group.get("limit", []), group.get("outstanding", [])
        if not limits or not balances:
            continue
        limit, balance = max(limits, key=value), min(balances, key=value)
        if Printed.of(balance).low > Printed.of(limit).high:
            total = f"余额 {printed(balance)} 高于限额 {printed(limit)}"
            why = cause(balance, Printed.of(limit)) or cause(limit, Printed.of(balance))
            facts = [limit, balance] if _is_moved(paper, balance) else [balance, limit]
            yield paper.finding("限额", "疑", facts, total, "", why)


def _is_moved(paper: Paper, balance: Fact) -> bool:
    """Is a year's end what the column above it makes, 2022年末余额 with what came and went?  Then it is right."""
    row = paper.sentences[balance.sentence]
    column = row.text.count("\t", 0, balance.start)
    above: list[Fact] = []
    for index in range(balance.sentence - 1, balance.sentence - _FLOWS - 1, -1):
        other = paper.sentences.get(index)
        if row.kind != "row" or other is None or other.header != row.header:
            break
        above += [fact for fact in paper.by_sentence.get(index, []) if other.text.count("\t", 0, fact.start) == column]
    return any(
        Sum(((1, begun), *zip(signs, above[:at], strict=True))).range.meets(Printed.rounded(balance))
        for at, begun in enumerate(above)
        for signs in product((1, -1), repeat=at)
        if at
    )


def _side_of(fact: Fact) -> tuple[str, str] | None:
    """Which debt a figure is of, and whether it is its limit or its balance; of cells also by the words of row and
    column: 2023年债务限额 | 一般债务, 2023年 | 专项债务余额, 一般债务限额 | 决算数."""
    for kind in _KINDS:
        if fact.key in (_LIMIT + kind, _BALANCE + kind):
            if fact.measure in ("limit", "outstanding"):
                return kind, fact.measure
            side = "limit" if fact.key == _LIMIT + kind else "outstanding"
            adjusted = side == "limit" and fact.measure == "adjusted_budget"  # 限额调整为1580300万元
            return (kind, side) if adjusted or fact.measure == "actual" else None
    if fact.key or fact.rule != "table":
        return None
    head = fact.label.split()[-1:] if _YEAR.match(fact.item) else []
    match = _HEAD.match(plain(head[0])) if head else _CELL.match(fact.item)
    return (_NAMED[match["kind"]], _SIDES[match["what"]]) if match else None


def _below(paper: Paper) -> Iterator[Finding]:
    """余额412675万元，低于债务限额406900万元: the debt that a sentence begins with, and the limit it is in."""
    for sentence, _ in paper.prose():
        entries = paper.entries(sentence)
        first = next((one.fact for one in entries if one.fact.measure == "outstanding"), None)
        for entry in entries if first is not None and first.key == _BALANCE else ():
            if first is None or not _WITHIN.search(entry.gap) or re.search("一般|专项", entry.gap):
                continue
            if value(entry.fact) * _ROOM < value(first):
                continue  # 余额低于限额7.16亿元: how far, not what the limit is
            if Printed.of(first).low > Printed.of(entry.fact).high:
                total = f"余额 {printed(first)} 高于限额 {printed(entry.fact)}"
                why = cause(entry.fact, Printed.of(first))
                yield paper.finding("限额", "疑", [entry.fact, first], total, "", why)


def _is_plain(fact: Fact) -> bool:
    return bool(fact.number) and not fact.qualifiers and "rough" not in fact.flags and "opening" not in fact.flags


def _within(paper: Paper) -> Iterator[Finding]:
    """The two kinds of debt of one place, and the limit that the sentence says they are within."""
    for sentence, _ in paper.prose():
        entries = paper.entries(sentence)
        for (first, second), limit in zip(pairwise(entries), entries[2:], strict=False):
            debts = [first.fact, second.fact]
            if not _WITHIN.search(limit.gap) or any(fact.measure != "outstanding" for fact in debts):
                continue
            text = sentence.text[: first.fact.start]
            added = Sum(tuple((1, fact) for fact in debts))
            if "一般" in text and "专项" in text and added.range.low > Printed.rounded(limit.fact).high:
                total = f"余额 {added.words} ＝ {shown(added.number, limit.fact)}，高于限额 {printed(limit.fact)}"
                why = cause(limit.fact, added.range)
                yield paper.finding("限额", "疑", [limit.fact, *debts], total, "", why)
