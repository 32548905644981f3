"""What one sentence or table tells of several places: 分配：市本级14.78亿元、蓬江区11.09亿元、新会区25.19亿元.

The line is found by what stands over the figures, whatever item each of them is read as.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from index.ask.kin import FLOWS
from index.ask.lists.listing import MEASURES
from index.ask.pick.wanted import says_only
from index.ask.pick.words import share
from index.ask.pieces import pieces_of
from index.ask.query import Asked, Query
from index.ask.search import Search, within
from index.find.ordinary import cut, is_noun
from index.lexicon import items
from index.models import Period, StoredFact
from index.store.lookup import sentence_id
from index.text.normal import plain

_FEWEST: Final = 3  # places that make a list
_SUM: Final = re.compile("(?:合计|总计|小计)$")
_MARK: Final = re.compile("[：:]")
_HALF: Final = 0.5  # of a word


def told_of_places(search: Search, query: Query, codes: Sequence[str], period: Period) -> tuple[StoredFact, ...]:
    """The figures of the one list that is of what is asked for; () where there is none, or several differ."""
    facts = within(search.own(search.store.facts(list(codes), [period.last_year])), period) if query.items else []
    found = [some for some in _lists(facts) if _fits(some[0], query) and _is_of(some, query)]
    found = [some for some in found if _SUM.search(_row(some))] or found
    numbers = {tuple(one.fact.number for one in some) for some in found}
    return tuple(found[0]) if len(numbers) == 1 else ()


def _fits(one: StoredFact, query: Query) -> bool:
    measured = one.fact.measure in (query.measures or MEASURES) or (
        bool(query.measures) and one.fact.measure == "amount"
    )
    return measured and query.account in ("", one.fact.account)


def _is_of(some: Sequence[StoredFact], query: Query) -> bool:
    """Is a list of the items asked for, of several their sum, and do the things spoken of beside them stand over it?"""
    named = [_names(item, some) for item in query.items]
    things = [piece for piece in pieces_of(query.chunks) if _is_thing(piece.text)] if query.chunks else []
    stand = all(named) and all(share(piece, _over(some), {}) >= _HALF for piece in things)
    column = some[0].fact.label.rpartition(" ")[2] if some[0].header else ""
    several = any(re.search(f"[和加及与、]{re.escape(item.text)}", query.text) for item in query.items)
    said = [*(item.name for item in query.items), *(piece.text for piece in things)]
    one = not several and (len(said) == 1 or all(word in column for word in said))
    return stand and (one or not column or bool(_SUM.search(column)))


def _names(item: Asked, some: Sequence[StoredFact]) -> bool:
    """The item itself, or its name; the revenue of an account, where nothing but 收入 is said right before the list."""
    first, known = some[0], items()
    if first.fact.key in item.keys or item.name in _over(some):
        return True
    head = _MARK.split("" if first.header else plain(first.text[: first.fact.start]))[:-1]
    flow = next((word for word in FLOWS if item.name.endswith(word)), "")
    total = any(key.startswith("total-") and known[key].account == first.fact.account for key in item.keys)
    return total and bool(flow and head) and head[-1].endswith(flow)


def _is_thing(word: str) -> bool:
    """分得 and 年中追加 say how, 产业园区 says of what."""
    return not says_only(word, ()) and any(is_noun(part) for part, _ in cut(word))


def _lists(facts: Sequence[StoredFact]) -> Iterator[list[StoredFact]]:
    """Figures of one measure of three places or more, each of one: of a sentence or row, or below one head."""
    lists: dict[tuple[object, ...], list[StoredFact]] = {}
    for one in sorted(facts, key=lambda one: one.id):
        if one.fact.number is not None:
            own = (one.document, one.fact.item, one.fact.measure)
            lists.setdefault((*own, sentence_id(one.id)), []).append(one)
            if one.header:
                lists.setdefault((*own, one.header, one.fact.label), []).append(one)
    for some in lists.values():
        if len(some) >= _FEWEST and len({one.fact.region for one in some}) == len(some):
            yield some


def _row(some: Sequence[StoredFact]) -> str:
    """What the row is called that several places stand in."""
    same = some[0].header and len({sentence_id(one.id) for one in some}) == 1
    return plain(some[0].text.split("\t")[0]) if same else ""


def _over(some: Sequence[StoredFact]) -> str:
    first = some[0]
    text = "" if first.header else plain(first.text[: first.fact.start])
    own = (first.fact.item, first.fact.label if first.header else "", first.header, first.section, first.title, text)
    return "｜".join(map(plain, own))
