"""A figure that is doubted -> the other figures that the papers print of the very same thing.

    政府债务余额 81.94亿元 -> 81.93亿元, 81.95亿元 (当年地方政府债务余额决算数): each with its place
    公务接待费 28.50万元   -> 185,000.00元 of the table of 支出经济分类, whose 公务接待费 is another item of the lexicon

What the check of a report has found to contradict the figure (``clash:1``), what a paper of the next year carries on
of it, and another level that is named with it come along.  Nothing is decided between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from index.ask.agree import ROUGH, groups
from index.ask.search import Search
from index.ask.vocabulary import asking_pattern
from index.find.terms import exact_items
from index.models import CLASH, Measure, Period, StoredFact

_TABLE: Final = re.compile("(?:经费|支出|收入|余额|预算|决算|情况|统计|执行)*(?:那|这|的)?一?(?:张|份)?(?:表|说明)")
MOST: Final = 4
_KINDS_OF_MEASURE: Final[tuple[frozenset[Measure], ...]] = (
    frozenset({"actual", "amount", "outstanding", "balance", "count"}),
    frozenset({"budget", "amount"}),
    frozenset({"limit", "budget", "amount", "actual"}),
)
_ENDED: Final = ("transfer-carry-out", "transfer-year-end", "si-balance-cum")
_BEGUN: Final = "transfer-carry-in"


def others_of(search: Search, one: StoredFact) -> list[StoredFact]:
    """The figures of the same thing that say another thing than this one, each once, as printed; () if there are so
    many that they cannot be of one thing."""
    there = search.everything(one.fact.region, one.fact.period)
    alike = [*(other for other in there if is_same(one, other)), *_clashing(one, there), *_carried(search, one)]
    told = [found[0] for found in groups([one, *sorted(_once(alike), key=lambda other: other.id)])][1:]
    # neither a nought in the column of another part nor a mark that was passed (突破500亿元) says another thing
    told = [other for other in told if other.fact.number and ROUGH not in other.fact.flags]
    return told if len(told) < MOST else [other for other in told if other.fact.key == one.fact.key][: MOST - 1]


def is_source(text: str, word: str) -> bool:
    """公车运行费，|三公|表是一个数: an item that only says which table is meant."""
    return bool(_TABLE.match(text, text.find(word) + len(word)))


def is_same(one: StoredFact, other: StoredFact) -> bool:
    """Whether two figures are of one thing: item, stage, level, book and body."""
    a, b = one.fact, other.fact
    return (
        a.kind == b.kind and b.number is not None and a.qualifiers == b.qualifiers and a.owner == b.owner
        and same_stage(a.measure, b.measure, a.key) and (a.scope == b.scope or not (a.scope and b.scope))
        and len({a.account, b.account} - {"", "other"}) < 2 and bool(_names(a.item, a.key) & _names(b.item, b.key))
        and not (a.parent and b.parent and a.parent != b.parent and not a.key)
    )  # fmt: skip


def same_stage(one: Measure, other: Measure, key: str) -> bool:
    """Whether two measures may be of one figure: what a table of limits calls 预算数 is the limit."""
    if one == other:
        return True
    kinds = _KINDS_OF_MEASURE if "limit" in key else _KINDS_OF_MEASURE[:2]
    return any({one, other} <= kind for kind in kinds)


@cache
def _names(item: str, key: str) -> frozenset[str]:
    """What an item goes by: its key, its name, and the item of the lexicon in a longer name of the report's own."""
    bare = asking_pattern("doubt", "around").sub("", item)
    known = [found.key for found in exact_items(bare)] if bare != item else []
    return frozenset({key, item, bare, *known} - {""})


def _clashing(one: StoredFact, there: Sequence[StoredFact]) -> Iterator[StoredFact]:
    """The figures of the contradictions that the check has found this one to be in; of parts those of its own kind."""
    own = {flag for flag in one.fact.flags if flag.startswith(CLASH)}
    with_it = [other for other in there if own & set(other.fact.flags) and other.document == one.document]
    wholes = {other.fact.item for other in with_it}
    for other in with_it:
        part = other.fact.parent in wholes, one.fact.parent in wholes
        alike = part == (False, False) or (all(part) and _kind(one) == _kind(other))
        if alike and other.fact.kind == one.fact.kind and other.id != one.id:
            yield other


def _kind(one: StoredFact) -> str:
    """一般, 专项: which of the two parts of a debt."""
    found = re.search("一般|专项", one.fact.item)
    return found[0] if found else ""


def _carried(search: Search, one: StoredFact) -> Iterator[StoredFact]:
    """What the next year begins with, of what this year ended with; and the other way round."""
    fact = one.fact
    ends = fact.key in _ENDED and fact.measure in ("actual", "amount", "balance", "outstanding")
    if not ends and fact.key != _BEGUN:
        return
    period = Period.year(fact.period.last_year + (1 if ends else -1))
    wanted = (_BEGUN,) if ends else _ENDED
    for other in search.of_item(fact.region, period, wanted):
        there = other.fact
        fits = (there.scope, there.account, there.owner) == (fact.scope, fact.account, fact.owner)
        if fits and there.kind == "money" and there.number and not there.qualifiers:
            yield other


def _once(facts: Sequence[StoredFact]) -> list[StoredFact]:
    return list({one.id: one for one in facts}.values())
