"""What would change if new documents came in and old ones went: figures by key, and contradictions with what stays.

    compare(coming, going, staying) -> 上党区 2023年 全区 教育支出 完成: 56917万元 -> 56971万元

In go facts as the index gives them back, out come values for the admin.  A figure printed with fewer digits is no
change: 85655万元 and 8.57亿元 are one figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from index.admin.clashes import between, clash
from index.admin.models import Change, Clash
from index.contradictions import MEASURES, agree
from index.models import Fact, StoredFact

Key = tuple[str, str, str, str, str, str, str, str]

# So many different figures of one key are compared with each other; a table that has more of them has no sense, and
# comparing all with all would take hours.
MOST_FIGURES: Final = 300


@dataclass(frozen=True, slots=True)
class Comparison:
    """Changed figures first, then those that go; those that come are only counted."""

    changes: tuple[Change, ...]
    clashes: tuple[Clash, ...]
    added: int
    changed: int
    gone: int


def compare(coming: Sequence[StoredFact], going: Sequence[StoredFact], staying: Sequence[StoredFact]) -> Comparison:
    """Compare the facts that come with those that go and those that stay beside them (of the same places, years)."""
    new, old, kept = _by_key(coming), _by_key(going), _by_key(staying)
    changes: list[Change] = []
    for key in dict.fromkeys((*new, *old)):
        before = [*old.get(key, ()), *kept.get(key, ())]
        after = [*new.get(key, ()), *kept.get(key, ())]
        if not _all_found(before, after) or not _all_found(after, before):
            changes.append(_change(key, before, after))
    changed = [change for change in changes if change.kind == "changed"]
    gone = [change for change in changes if change.kind == "gone"]
    clashes = tuple(map(clash, _clashes(coming, staying)))
    return Comparison((*changed, *gone), clashes, len(changes) - len(changed) - len(gone), len(changed), len(gone))


def _by_key(facts: Iterable[StoredFact]) -> dict[Key, list[StoredFact]]:
    found: dict[Key, list[StoredFact]] = {}
    for one in facts:
        found.setdefault(_key(one), []).append(one)
    return found


def _key(one: StoredFact) -> Key:
    fact = one.fact
    place = one.region.full_name or "某地"
    scope = fact.scope_words if not fact.scope else fact.scope
    return place, fact.period.text, scope, fact.account, fact.flow, fact.item, fact.measure, fact.parent


def _all_found(these: Sequence[StoredFact], among: Sequence[StoredFact]) -> bool:
    """Whether every figure of these has one among the others that says the same."""
    exact = {(one.fact.kind, one.fact.number) for one in among}
    rest = [one for one in these if (one.fact.kind, one.fact.number) not in exact]
    if not rest or not among:
        return not rest
    others = _distinct(among)
    return all(any(_same(one.fact, other.fact) for other in others) for one in _distinct(rest))


def _distinct(facts: Iterable[StoredFact]) -> list[StoredFact]:
    """One of each figure as printed, up to a limit."""
    found: dict[tuple[str, str], StoredFact] = {}
    for one in facts:
        found.setdefault((one.fact.value, one.fact.unit), one)
        if len(found) >= MOST_FIGURES:
            break
    return list(found.values())


def _same(one: Fact, other: Fact) -> bool:
    if one.kind != other.kind:
        return False
    if one.number is None or other.number is None:  # withheld
        return one.number is other.number
    return agree(one, other)


def _change(key: Key, before: Sequence[StoredFact], after: Sequence[StoredFact]) -> Change:
    place, period, _, account, _, item, measure, _ = key
    scope = next((one.fact.scope_words for one in (*after, *before) if one.fact.scope_words), "")
    return Change(place, period, scope, account, item, measure, _printed(before), _printed(after))


def _printed(facts: Sequence[StoredFact]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"{one.fact.value}{one.fact.unit}" for one in facts))


def _clashes(coming: Sequence[StoredFact], staying: Sequence[StoredFact]) -> Iterator[list[StoredFact]]:
    """Figures of a new document and of one that stays that contradict each other, by the same test as /conflicts."""
    mine, others = (
        [one for one in some if one.fact.kind == "money" and one.fact.key and one.fact.measure in MEASURES]
        for some in (coming, staying)
    )
    new, kept = {id(one) for one in mine}, {id(one) for one in others}
    for figures in between([*mine, *others]):
        here = {id(one) for one in figures}
        if here & new and here & kept:
            yield figures
