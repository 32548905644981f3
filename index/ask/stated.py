"""A figure that the asker knows already says which thing is meant: 那1170万怎么分的, 5800万预备费.

"生命健康专项那1170万" -> the facts of 1170万元 whose sentence, section or name has 生命健康
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from index.ask.pick.words import share
from index.ask.pieces import pieces_of
from index.ask.query import Query
from index.ask.search import Search
from index.models import Period, StoredFact
from index.text.normal import plain

STATED: Final = re.compile(
    r"(?P<number>\d+(?:\.\d+)?)多?(?P<unit>万亿|亿|万)元?(?=[的债限收支税余总资预转政专一新是怎分由里中，]|那|都)"
)
_UNITS: Final = {"万亿": Decimal(10) ** 12, "亿": Decimal(10) ** 8, "万": Decimal(10) ** 4}
_NAMED: Final = 0.5
_ROUNDED: Final = 1e-9  # by which an amount may differ as the index keeps it


def facts_stated(search: Search, query: Query, region: str, period: Period) -> Sequence[StoredFact]:
    """The facts that have the figure stated and whose place says what it is of; () if there is none stated."""
    found = STATED.search(query.text)
    words = [piece for piece in pieces_of((*(item.text for item in query.items), *query.chunks)) if piece.hard]
    if found is None or not words:
        return ()
    size = _UNITS[found["unit"]]
    number = Decimal(found["number"]) * size
    places = len(found["number"].partition(".")[2])
    slack = size * Decimal(10) ** -places / 2
    about = float(number - slack) * (1 - _ROUNDED), float(number + slack) * (1 + _ROUNDED)
    return [
        one
        for one in search.own(search.store.facts_of_amount(region, period.last_year, *about))
        if one.fact.kind == "money" and one.fact.number is not None and abs(one.fact.number - number) <= slack
        and max(share(piece, _place(one), {}) for piece in words) >= _NAMED
    ]  # fmt: skip


def _place(one: StoredFact) -> str:
    return "\n".join(map(plain, (one.fact.item, one.fact.parent, one.text, one.section, one.header)))
