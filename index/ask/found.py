"""What a look-up found: facts that answer, facts that stand beside them, computed figures, remarks.

Frozen results that flow from ``lookup``, ``open_items`` and ``derive`` to ``wording``.
"""

from __future__ import annotations

from dataclasses import dataclass

from index.ask.conflict import said_once
from index.models import Figure, StoredFact


@dataclass(frozen=True, slots=True)
class Found:
    """``asked`` facts in the order of the question; ``computed`` figures answer too; ``context`` stands beside."""

    asked: tuple[StoredFact, ...] = ()
    context: tuple[StoredFact, ...] = ()
    computed: tuple[Figure, ...] = ()
    notes: tuple[str, ...] = ()
    heading: str = ""
    opened: bool = False

    @property
    def some(self) -> bool:
        """Whether there is anything to answer with."""
        return bool(self.asked or self.computed)

    def with_more(self, other: Found) -> Found:
        """Two results in the order of the question, facts once."""
        known = {one.id for one in self.asked}
        asked = (*self.asked, *(one for one in other.asked if one.id not in known))
        shown = {_said(one) for one in asked}
        context = tuple({one.id: one for one in (*self.context, *other.context) if _said(one) not in shown}.values())
        return Found(
            asked, context, (*self.computed, *other.computed), said_once((*self.notes, *other.notes)),
            self.heading, self.opened or other.opened,
        )  # fmt: skip


def _said(one: StoredFact) -> tuple[object, ...]:
    """What a fact says, wherever it stands: a figure of the answer is not shown beside it once more."""
    fact = one.fact
    return fact.region, fact.period, fact.scope, fact.account, fact.key or fact.item, fact.measure, fact.number
