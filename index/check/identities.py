"""What must be equal by what it is, wherever in a report it stands: in the text, in a table, in two of them.

    上级补助收入1055837万元 … 返还性收入250289万元 … 一般性转移支付640548万元 … 专项转移支付165000万元
    从政府性基金预算调入11000万元 … 政府性基金预算调出资金10100万元            what one book takes the other gives
    全市2350万元，市本级1520万元，县区820万元                                  the levels make the whole

The figures are the nodes, by what they are (item, place, level, year, stage, book), the relations of ``check.toml`` the
edges.  A figure that a report gives with two values is none.  Only what a single slip explains is told, and of the
levels only where the report's other figures keep the relation; who the figure at fault is, where several relations
miss, ``mended`` finds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Final

from index.check.adding import STATE, Sum, compared
from index.check.cause import SLIPS_OF_HAND, TURNED, printed
from index.check.models import Finding
from index.check.paper import Paper
from index.contradictions import agree
from index.facts.printed import Printed, grain, value
from index.lexicon import toml
from index.models import Fact

KIND: Final = "分项"
HANDED: Final = "调入调出"
LEVELS: Final = "分级次"
_LOOSE: Final = frozenset({"rough", "same_basis", "quote", "unit_missing", "unit_unsure"})
_STAGES: Final = {"budget": "plan", "adjusted_budget": "adjusted", "actual": "done", "amount": "done"}
_RATES: Final = ("yoy_pct", "completion")
_LEVELS: Final = ("whole", "own", "lower")
_KEPT: Final = 2  # of a report's level sums, for one that is not
_MOST_OFF: Final = 2
_BOOK: Final = "@"
_BOOKS: Final = re.compile("total-(?:gp|gf|sc|si)-(?:rev|exp)")  # what a level has of a book is in that of all levels
Slot = tuple[object, ...]
Nodes = Mapping[Slot, Mapping[str, Fact]]


def of_identities(paper: Paper) -> Iterator[Finding]:
    """All findings of these kinds."""
    told = [fact for fact in paper.parsed.facts if _is_told(fact)]
    for figures in _nodes(told, by_level=False).values():
        yield from _made(paper, figures)
    yield from _levels(paper, _nodes(told, by_level=True))
    rates = [fact for fact in paper.parsed.facts if _is_rate(fact)]
    for figures in _nodes(rates, by_level=False).values():
        yield from _between(paper, figures)


def _is_told(fact: Fact) -> bool:
    return (
        fact.kind == "money" and bool(fact.key and fact.number) and fact.measure in STATE
        and not fact.qualifiers and not _LOOSE & set(fact.flags)
    )  # fmt: skip


def _is_rate(fact: Fact) -> bool:
    told = fact.kind == "percent" and fact.measure in _RATES and bool(fact.key and fact.number)
    return told and not fact.qualifiers and not _LOOSE & set(fact.flags) and fact.rule != "table"


def _nodes(facts: Sequence[Fact], *, by_level: bool) -> Nodes:
    """The only figure of each name: of an item (in its own book and with the book's name), or of a level."""
    found: dict[Slot, dict[str, list[Fact]]] = {}
    for fact in facts:
        stage, level = _STAGES.get(fact.measure, fact.measure), fact.scope or "whole"
        place: Slot = (fact.region, fact.period.first_year, fact.period.last_year, stage, fact.owner)
        if by_level:
            found.setdefault((*place, fact.key, fact.account, fact.rule == "table"), {}).setdefault(level, []).append(
                fact
            )
        else:
            found.setdefault((*place, level, fact.account), {}).setdefault(fact.key, []).append(fact)
            if f"{fact.key}{_BOOK}{fact.account}" in _with_books():
                named = found.setdefault((*place, level, _BOOK), {})
                named.setdefault(f"{fact.key}{_BOOK}{fact.account}", []).append(fact)
    return {
        slot: {name: one for name, some in names.items() if (one := _only(some)) is not None}
        for slot, names in found.items()
    }


def _only(facts: Sequence[Fact]) -> Fact | None:
    """The finest print of a figure; None if there are two that do not agree."""
    finest = min(facts, key=grain)
    return finest if all(agree(one, finest) for one in facts) else None


def _made(paper: Paper, figures: Mapping[str, Fact]) -> Iterator[Finding]:
    for whole, parts in _identities().items():
        if whole in figures and all(part in figures for part in parts):
            total, added = figures[whole], Sum(tuple((1, figures[part]) for part in parts))
            kind, strict = (HANDED if _BOOK in whole else KIND), whole in _strict()
            found = compared(paper, kind, total, added, closed=True, sure=False, whole=strict)
            yield from (one for one in found if strict or _is_slip(one))
    for part, whole in _at_most().items():
        if part in figures and whole in figures:
            yield from _larger(paper, figures[part], figures[whole])


def _between(paper: Paper, figures: Mapping[str, Fact]) -> Iterator[Finding]:
    """收入增长12.8%，税收增长14.4%，非税增长10.0%: a whole grows no faster than all of its parts, and no slower."""
    for whole, parts in _identities().items():
        if whole not in figures or not all(part in figures for part in parts):
            continue
        rate, others = figures[whole], [figures[part] for part in parts]
        low, high = (bound(value(one) for one in others) for bound in (min, max))
        room = max(grain(one) for one in (rate, *others))
        if low - room <= value(rate) <= high + room:
            continue
        total = f"{printed(rate)} 不在各项 {'、'.join(map(printed, others))} 之间"
        found = [
            paper.finding(
                "同比", "疑", [one, *(other for other in (rate, *others) if other is not one)], total, "", TURNED
            )
            for at, one in enumerate((rate, *others))
            if one.measure == "yoy_pct" and _is_between([value(other) for other in (rate, *others)], at)
        ]
        if found:
            yield paper.either(found)


def _is_between(rates: Sequence[Decimal], at: int) -> bool:
    """With one of them turned, is the first between the others?"""
    turned = [-rate if position == at else rate for position, rate in enumerate(rates)]
    return min(turned[1:]) <= turned[0] <= max(turned[1:])


def _larger(paper: Paper, part: Fact, whole: Fact) -> Iterator[Finding]:
    """A part that is more than its whole, where nothing is taken off beside it (上级补助收入-231万元)."""
    beside = [fact for one in (part, whole) for fact in paper.by_sentence[one.sentence] if fact.kind == "money"]
    taken = any(value(fact) < 0 and fact.measure in STATE for fact in beside)
    if Printed.of(part).low > Printed.of(whole).high and not taken:
        total = f"{part.item} {printed(part)} 大于 {whole.item} {printed(whole)}"
        yield paper.finding(KIND, "疑", [part, whole], total)


def _is_slip(found: Finding) -> bool:
    return found.cause in (*SLIPS_OF_HAND, "单位")


def _levels(paper: Paper, nodes: Nodes) -> Iterator[Finding]:
    """全市 ＝ 市本级 ＋ 县区, in a report where that is so."""
    sums = [
        (figures["whole"], Sum(((1, figures["own"]), (1, figures["lower"]))))
        for figures in nodes.values()
        if all(level in figures for level in _LEVELS)
    ]
    for figures in nodes.values():
        part, whole = figures.get("own"), figures.get("whole")
        if part is not None and whole is not None and _BOOKS.fullmatch(part.key) and part.rule != "table":
            yield from _larger(paper, part, whole)
    off = [one for one in sums if not one[1].range.meets(Printed.rounded(one[0]))]
    if len(off) <= _MOST_OFF and len(sums) - len(off) >= _KEPT:
        for total, added in off:
            found = compared(paper, LEVELS, total, added, closed=True, sure=False)
            yield from (one for one in found if _is_slip(one))


@cache
def _identities() -> Mapping[str, Sequence[str]]:
    told: dict[str, list[str]] = toml("check.toml")["identity"]
    return told


@cache
def _at_most() -> Mapping[str, str]:
    told: dict[str, str] = toml("check.toml")["at_most"]
    return told


@cache
def _strict() -> frozenset[str]:
    return frozenset(toml("check.toml")["strict"]["wholes"])


@cache
def _with_books() -> frozenset[str]:
    names = (name for whole, parts in _identities().items() for name in (whole, *parts))
    return frozenset(name for name in names if _BOOK in name)
