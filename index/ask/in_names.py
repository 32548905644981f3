"""Names of places that are words of another name: no question is of them.

雅安今年搞|数字雅安| -> of 雅安, once      临沧飞|上海|的航线 -> of 临沧
"""

from __future__ import annotations

from collections.abc import Sequence

from index.ask.absent import Named, Span
from index.ask.vocabulary import pattern_in


def without_plans(text: str, named: Sequence[Named]) -> list[Named]:
    """The places without those that, named again, only stand in the name of a plan."""
    seen: set[tuple[str, ...]] = set()
    kept: list[Named] = []
    for one in named:
        if one.codes not in seen or not pattern_in("place", "plan").search(text[: one.start]):
            kept.append(one)
        seen.add(one.codes)
    return kept


def reached(text: str, named: Sequence[Named]) -> list[Span]:
    """|飞上海|的来回航班: the places that a way leads to from the one before, with the verb."""
    found = []
    for one in named[1:]:
        verb = pattern_in("place", "way_to").search(text[: one.start])
        if verb and pattern_in("place", "way").match(text, one.end):
            found.append((verb.start(), one.end))
    return found
