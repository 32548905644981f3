"""What one book hands to another: 政府性基金调出 and 国有资本经营调出 go into the general budget, which 调入 no less.

    一般公共预算调入资金95685元 … 政府性基金调出资金54708万元        more is handed over than comes in

What comes in may be from elsewhere as well, so only more out than in is told, and what a single slip explains.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

from index.check.adding import Sum
from index.check.cause import SLIPS_OF_HAND, cause, corrected, printed, shown
from index.check.models import Finding
from index.check.paper import Paper
from index.facts.printed import Printed
from index.lexicon import toml
from index.models import Fact
from index.text.normal import plain

_IN: Final = "transfer-in-funds"
_OUT: Final = "transfer-out-funds"
_GIVERS: Final = ("government_fund", "state_capital")
_BOOKS: Final = ("general_public", *_GIVERS)
_LOOSE: Final = frozenset({"rough", "unit_missing", "quote"})
_BEFORE: Final = 16  # characters before a figure that say where it goes


def of_transfers(paper: Paper) -> Iterator[Finding]:
    """All findings of this kind: one figure each of what comes in and what goes out, of one place, year and stage."""
    places: dict[tuple[object, ...], dict[tuple[str, str], list[Fact]]] = {}
    for fact in paper.parsed.facts:
        is_sum = fact.key in (_IN, _OUT) and fact.kind == "money" and (fact.number or 0) > 0
        if is_sum and fact.account in _BOOKS and not _LOOSE & set(fact.flags) and not _goes_elsewhere(paper, fact):
            stage = "plan" if fact.measure in ("budget", "adjusted_budget") else "done"
            place = (fact.region, fact.scope or "whole", fact.period, stage, fact.owner)
            places.setdefault(place, {}).setdefault((fact.account, fact.key), []).append(fact)
    for told in places.values():
        into = _one(told.get(("general_public", _IN), []))
        given = [_one(told.get((giver, _OUT), [])) for giver in _GIVERS]
        out = [fact for fact in given if fact is not None]
        if into is not None and out:
            yield from _judged(paper, into, out)


def _judged(paper: Paper, into: Fact, out: list[Fact]) -> Iterator[Finding]:
    added = Sum(tuple((1, fact) for fact in out))
    most = Printed.of(into).high
    if added.range.low <= most:
        return
    total = f"调出 {added.words} ＝ {shown(added.number, out[0])}，多于调入的 {printed(into)}"
    why = cause(into, added.range)
    if why in (*SLIPS_OF_HAND, "单位"):
        yield paper.finding("调入调出", "疑", [into, *out], total, corrected(into, added.range), why)
    else:
        # of two that give each no more than what comes in, one may give to another book without a word
        sure = any(Printed.rounded(fact).low > most for fact in out)
        yield paper.finding("调入调出", "疑" if sure else "提示", [into, *out], total)


def _one(facts: list[Fact]) -> Fact | None:
    return facts[0] if facts and len({fact.number for fact in facts}) == 1 else None


def _goes_elsewhere(paper: Paper, fact: Fact) -> bool:
    text = plain(paper.sentences[fact.sentence].text)[max(0, fact.start - _BEFORE) : fact.start]
    with_others = fact.key == _OUT and text.rstrip().endswith("等")  # 调出资金等49.6亿元
    return with_others or any(word in text for word in _elsewhere())


@cache
def _elsewhere() -> tuple[str, ...]:
    return tuple(toml("check.toml")["transfer"]["elsewhere"])
