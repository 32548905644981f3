"""What was there, what came, what went, what is there: in a sentence, in a bracket, of a year's debt.

    一般债务余额174844万元（年初170486万元，当年举借31100万元，偿还26742万元）    170486＋31100－26742 ＝ 174844
    2023年末余额15420万元，2024年动用8000万元，补充6856万元，2024年末余额14276万元

Every figure between must be known to come or to go, by the words of ``check.toml``.  Debt whose four figures stand in
several sentences also changes by what no report names, so there only a plain slip is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product
from typing import Final

from index.check.adding import STATE, Sum, compared
from index.check.cause import SLIPS_OF_HAND, SWAPPED
from index.check.models import Finding
from index.check.paper import Entry, Paper
from index.facts.printed import Printed
from index.lexicon import toml
from index.models import Fact
from index.text.normal import plain

KIND: Final = "余额变动"
_KEPT: Final = ("outstanding", "balance")
_BEGUN: Final = re.compile(
    r"(?:年初|期初|上年(?:年?末|底)|(?:19|20)\d\d年(?:年?末|底))[^，,；;。]{0,12}?(?:余额|结余|结存)?(?:为)?$"
)
_ENDED: Final = re.compile(r"(?:年末|年底|期末)[^，,；;。]{0,12}?(?:余额|结余|结存)(?:为|达到?)?$")
_FEWEST: Final = 2  # figures between
_MOST: Final = 5  # of which some may be read both ways
_BALANCE: Final = "debt-balance"
_DEBT_KINDS: Final = ("", "-general", "-special")
_LOOSE: Final = frozenset({"rough", "quote", "unit_missing", "unit_unsure"})


def of_stocks(paper: Paper) -> Iterator[Finding]:
    """All findings of this kind."""
    for sentence, _ in paper.prose():
        if sentence.index in paper.missed:
            continue
        entries = paper.entries(sentence)
        for position, entry in enumerate(entries):
            inside = _bracket(entries, position)
            if entry.fact.measure in _KEPT and inside and _BEGUN.search(plain(inside[0].gap)):
                yield from _judged(paper, entry.fact, inside)
        level = [one for one in entries if not one.depth]
        for begun, ended in _spans(level):
            yield from _judged(paper, level[ended].fact, level[begun:ended])
    yield from _debts(paper)


def _bracket(entries: Sequence[Entry], position: int) -> list[Entry]:
    """The figures of the bracket right behind one."""
    depth = entries[position].depth
    found: list[Entry] = []
    for one in entries[position + 1 :]:
        if one.depth != depth + 1 or (found and re.search("[)）]", one.since)):
            break
        found.append(one)
    return found


def _spans(entries: Sequence[Entry]) -> Iterator[tuple[int, int]]:
    """From what was there to what is there, with figures of what came and went between."""
    for ended, one in enumerate(entries):
        if one.fact.measure not in _KEPT or not _ENDED.search(plain(one.gap)):
            continue
        for begun in range(ended - 1, -1, -1):
            first = entries[begun]
            if _BEGUN.search(plain(first.gap)) and first.fact.measure in _KEPT:
                if first.fact.period.last_year < one.fact.period.last_year:
                    yield begun, ended
                break


def _judged(paper: Paper, ended: Fact, terms: Sequence[Entry]) -> Iterator[Finding]:
    begun, *between = terms
    signs = [_sign(one) for one in between]
    if len(between) < _FEWEST or any(one.fact.measure not in (*STATE, "yoy_amount") for one in terms):
        return
    if 0 not in signs:
        added = Sum(((1, begun.fact), *((sign, one.fact) for sign, one in zip(signs, between, strict=True))))
        told = list(compared(paper, KIND, ended, added, closed=True, sure=False))
        if told or added.range.meets(Printed.rounded(ended)):
            yield from told
            return
    yield from _either_way(paper, ended, begun.fact, between)


def _either_way(paper: Paper, ended: Fact, begun: Fact, between: Sequence[Entry]) -> Iterator[Finding]:
    """年初余额30602万元，动用14000万元，未使用的预备费6400万元……，年末余额64602万元: where no word tells what came and
    what went, or mislead, each is tried both ways; only the one slip of the hand that makes a reading is told."""
    if len(between) > _MOST:
        return
    ways = product((1, -1), repeat=len(between))
    facts = [one.fact for one in between]
    sums = [Sum(((1, begun), *zip(way, facts, strict=True))) for way in ways]
    if any(one.range.meets(Printed.rounded(ended)) for one in sums):
        return
    told = [one for added in sums for one in compared(paper, KIND, ended, added, closed=True, sure=False)]
    slips = [one for one in told if one.cause == SWAPPED] or [one for one in told if one.cause in SLIPS_OF_HAND]
    if len(slips) == 1:
        yield slips[0]


def _sign(one: Entry) -> int:
    """1 of what came, -1 of what went, 0 of what is neither: the last word before the figure says."""
    words = plain(one.gap)
    found = [(words.rfind(word), sign) for sign, some in _words() for word in some if word in words]
    return max(found)[1] if found else 0


@cache
def _words() -> tuple[tuple[int, tuple[str, ...]], ...]:
    told = toml("check.toml")["stock"]
    return (1, tuple(told["comes"])), (-1, tuple(told["goes"]))


# ---------------------------------------------------------------------------------------------- a year's debt


def _debts(paper: Paper) -> Iterator[Finding]:
    """Balance of the year before, what was issued and repaid, balance of the year: each told once in the text."""
    places: dict[tuple[object, ...], dict[tuple[str, int], list[Fact]]] = {}
    for _, facts in paper.prose():
        for fact in facts:
            if _is_debt(fact):
                told = places.setdefault((fact.region, fact.scope or "whole", fact.owner), {})
                told.setdefault((fact.key, fact.period.last_year), []).append(fact)
    for told in places.values():
        for key, year in told:
            kind = key.removeprefix(_BALANCE)
            if kind in _DEBT_KINDS:
                wanted = (key, year - 1), (f"debt-issue{kind}", year), (f"debt-principal{kind}", year), (key, year)
                yield from _moved(paper, [told.get(one, []) for one in wanted])


def _moved(paper: Paper, figures: Sequence[Sequence[Fact]]) -> Iterator[Finding]:
    if not all(len({fact.number for fact in facts}) == 1 for facts in figures):
        return
    begun, issued, repaid, ended = (facts[0] for facts in figures)
    added = Sum(((1, begun), (1, issued), (-1, repaid)))
    if not added.range.meets(Printed.rounded(ended)):
        for one in compared(paper, "债务变动", ended, added, sure=False):
            if one.cause in SLIPS_OF_HAND:
                yield one


def _is_debt(fact: Fact) -> bool:
    told = fact.kind == "money" and fact.key.startswith("debt-") and fact.measure in STATE
    return told and not fact.qualifiers and not _LOOSE & set(fact.flags)
