"""Shares of a whole that the report prints otherwise, or not at all: what they are of is what they make it.

甲18.17亿元，占支出的47.04%; 乙12.97亿元，占33.57%; 丙6.23亿元，占16.11%   all of 38.6亿元, printed as 76.3亿元
甲…，占支出的47.04%; 乙…，占支出的35.37%; 丙…，占支出的16.11%              the second is of another whole
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final

from index.check.cause import SLIPS_OF_HAND, cause, printed, shown
from index.check.models import Finding
from index.check.paper import Paper
from index.check.shares import FEWEST, LOOSE, OF, PARTS, few, keys_of, whole_of
from index.facts.printed import Printed, value
from index.models import Fact
from index.text.normal import plain

_PHRASE: Final = 30  # characters, with the name of the whole between
_APART: Final = Decimal("0.05")  # of what the shares are of, to be another whole
_CLOSE: Final = Decimal("0.002")  # of a whole, as near as two shares must tell it for a third


def of_other_whole(paper: Paper) -> Iterator[Finding]:
    """甲18.17亿元，占支出的47.04%; 乙12.97亿元，占支出的33.57%; …: of 38.6亿元, where 支出 is printed as 76.3亿元."""
    lists: dict[tuple[object, ...], list[tuple[Fact, Fact]]] = {}
    money: dict[tuple[object, ...], list[Fact]] = {}
    for fact in paper.parsed.facts:
        if fact.kind == "money" and fact.number and not fact.qualifiers:
            money.setdefault((fact.key, *_slots(fact)), []).append(fact)
    for sentence, facts in paper.prose():
        for part, share in pairwise(facts):
            match = OF.search(plain(sentence.text[: share.start])) if share.measure == "share" else None
            if match is None or part.kind != "money" or share.start - part.end > _PHRASE or few(share):
                continue
            if part.measure in PARTS and value(share) and not LOOSE & {*part.flags, *share.flags}:
                lists.setdefault((_named(match["whole"]), *_slots(share)), []).append((part, share))
    for (key, *slots), pairs in lists.items():
        wholes = money.get((key, *slots), []) if key else []
        if len(pairs) >= FEWEST and wholes:
            yield from _of_unprinted(paper, pairs, wholes)
        if len(pairs) >= FEWEST:
            yield from _odd_one(paper, pairs)


def _slots(fact: Fact) -> tuple[object, ...]:
    return fact.region, fact.scope or "whole", fact.period, fact.owner


def _named(words: str) -> str:
    """The key of the whole that the words behind 占 name, "" if they name none or several."""
    keys = keys_of(words)
    return keys.pop() if len(keys) == 1 else ""


def _of_unprinted(paper: Paper, pairs: Sequence[tuple[Fact, Fact]], wholes: Sequence[Fact]) -> Iterator[Finding]:
    """All shares are of one whole, which no figure of the report is, least of all those of its name."""
    made = [whole_of(part, share) for part, share in pairs]
    known = Printed(max(one.low for one in made), min(one.high for one in made))
    if known.low > known.high or any(abs(value(one)) * _APART > abs(value(one) - known.low) for one in wholes):
        return
    if any(fact.kind == "money" and known.low <= value(fact) <= known.high for fact in paper.parsed.facts):
        return
    part, share = pairs[0]
    whole = wholes[0]
    by = shown((known.low + known.high) / 2, whole)
    total = (
        f"{len(pairs)} 处占比都按约 {by} 算，印的是 {printed(whole)}"
        f"（{printed(part)} ÷ {printed(whole)} ＝ {shown(value(part) / value(whole) * 100, share)}）"
    )
    facts = [share, part, whole, *(other for _, other in pairs[1:])]
    yield paper.finding("占比", "疑", facts, total, "", "整体另有口径，没有印出")


def _odd_one(paper: Paper, pairs: Sequence[tuple[Fact, Fact]]) -> Iterator[Finding]:
    """All shares but one are of one whole: of three, the one of which it can be told what happened."""
    made = [whole_of(part, share) for part, share in pairs]
    for at, (part, share) in enumerate(pairs):
        others = [one for position, one in enumerate(made) if position != at]
        known = Printed(max(one.low for one in others), min(one.high for one in others))
        if not 0 <= known.high - known.low <= known.low * _CLOSE or known.meets(made[at]):
            continue
        fit = Printed.rounded(part).over(known)
        why = cause(share, fit) if fit is not None else ""
        if why in SLIPS_OF_HAND or len(others) > FEWEST:
            should = shown(value(part) * 200 / (known.low + known.high), share)
            told = f"{printed(part)} 占 {should}（按另外 {len(others)} 处占比的整体），印的是 {printed(share)}"
            yield paper.finding("占比", "疑", [share, part], told, should, why)
            return
