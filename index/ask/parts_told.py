"""The parts of a figure that a question names in short, from the sentences that list them.

    "国资收入里股利、股息收入多少，三鑫、华新各多少" -> 三鑫金铜分红收入 16166万元 … , both 其中 of 股利、股息收入

The lexicon does not know such parts; the report does: they stand beside their whole and name it as their parent.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from index.ask.lists.listing import Listing, names_of
from index.ask.lists.names import part_named
from index.ask.pieces import named_in_run
from index.ask.search import Search
from index.models import StoredFact

_AROUND: Final = 1  # a list of parts is the sentence itself or the next one
_MONEY_OF_A_YEAR: Final = ("amount", "actual", "budget")


def parts_in(search: Search, wholes: Sequence[StoredFact], words: Sequence[str]) -> tuple[StoredFact, ...]:
    """The parts of one of the wholes that the words name, all of them, in their order; else ()."""
    for whole in wholes if words else ():
        parts = tuple(one for one in search.store.facts_near(whole.id, _AROUND) if _is_part(one, whole))
        listing = Listing(parts, names_of(parts), whole)
        each = [named_in_run(word, partial(part_named, listing)) for word in words]
        named = [at for some in each for at in some]
        if all(each) and len(set(named)) == len(named):
            return tuple(parts[at] for at in named)
    return ()


def _is_part(one: StoredFact, whole: StoredFact) -> bool:
    own, of = one.fact, whole.fact
    alike = (own.region, own.scope, own.kind) == (of.region, of.scope, of.kind)
    alike = alike and own.period.text == of.period.text  # a stock is of a date, its parts may be of the year
    named = own.parent == of.item or own.parent.endswith(of.item)  # 本单位政府采购预算
    return alike and named and own.measure in _MONEY_OF_A_YEAR and one.document == whole.document
