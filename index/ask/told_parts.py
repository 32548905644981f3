"""A follow-up that names a part of the figure just given -> the part that the report lists under it.

    再融资债券上限多少 | 其中一般债券呢 -> 再融资一般债券 14.41 亿元, of the same sentence

Looked for beside the figure given, so that the part is of its place, year, level and stage.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from index.ask.answers import Cell, answer_cells
from index.ask.found import Found
from index.ask.parts_told import parts_in
from index.ask.query import Query
from index.ask.search import Search
from index.ask.told_figures import held
from index.models import Answer

_OF_WHICH: Final = re.compile("(?:那|那么)?(?:这|它)?(?:其中|里面|里头|里边)")
_THAT: Final = re.compile("(?:这|那)(?:一?块|部分|项|类)?的?(?:呢|多少)")


def answer_part(search: Search, understood: Query, query: Query, last: Query) -> Answer | None:
    """The parts of the figures told last that a question names; None for any other question."""
    if understood.regions or understood.periods or understood.measures or understood.shape != "lookup":
        return None
    if not (_OF_WHICH.match(understood.text) or _THAT.search(understood.text)):
        return None
    words = _words(understood)
    parts = parts_in(search, held(search, last), words) if words else ()
    if not parts:
        return None
    cells = [
        Cell(one.fact.region, search.atlas.full_name(one.fact.region), one.fact.period, one.fact.item, Found((one,)))
        for one in parts
    ]
    return answer_cells(cells, query)


def _words(understood: Query) -> Sequence[str]:
    """What the parts are called, in the order of the question."""
    return tuple(dict.fromkeys((*(item.text for item in understood.items), *understood.chunks)))
