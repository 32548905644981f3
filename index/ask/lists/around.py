"""The list that some figures stand in with others: those of its items are not all that it has.

教育、社保和就业、卫生健康 of ——教育方面22.7亿元 … ——产业发展方面21.3亿元 -> all paragraphs of that section
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from index.ask.lists.listing import Listing, listings
from index.ask.search import Search
from index.ask.vocabulary import pattern_in
from index.models import Period, StoredFact

_REST: Final = re.compile("^其[他它余]")


def list_around(search: Search, some: Sequence[StoredFact], period: Period) -> Listing | None:
    """The largest list, but for columns of a table (where rows stand below rows), that has all of them and more."""
    ids = {one.id for one in some}
    there = listings(search.everything(some[0].fact.region, period)) if some and not some[0].header else ()
    wider = [one for one in there if not one.tabled and ids < {part.id for part in one.parts}]
    return max(wider, key=lambda one: len(one.parts), default=None)


def without_rest(names: Sequence[str], text: str) -> list[int]:
    """Which of them are left where the question leaves 其他 out; all, where it does not."""
    left_out = pattern_in("order", "no_rest").search(text)
    return [at for at, name in enumerate(names) if not (left_out and _REST.match(name))]
