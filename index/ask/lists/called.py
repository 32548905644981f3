"""A list that a question calls by the title it stands below, or by its whole: 市级重点支出里最多的三个方面.

（六）市级重点支出安排情况  ——支持兜牢民生底线。安排…等资金16.31亿元 …  -> each paragraph with its one amount

A list that some figures stand in with others is found around them: those of its items are not all that it has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from index.ask.lists.listing import MEASURES, Listing, listings
from index.ask.lists.named import fits_level, stands
from index.ask.pick.wanted import says_only
from index.ask.pieces import pieces_of
from index.ask.query import Query
from index.ask.search import Search
from index.ask.vocabulary import pattern_in
from index.models import Period, StoredFact
from index.store.lookup import sentence_id
from index.text.normal import plain

_FEWEST: Final = 3  # paragraphs of a list that has no whole
_MARK: Final = re.compile(
    r"^(?:[—－-]+|[●■◆▲]|（[一二三四五六七八九十\d]+）|[一二三四五六七八九十]是|\d{1,2}[.、．])\s*"
)
_END: Final = re.compile("[。；：]$")
_REST: Final = re.compile("^其[他它余]")


def list_called(search: Search, query: Query, period: Period) -> Listing | None:
    """The one list whose title, or whole, has all words of a question; None where there is none, or several differ."""
    words = [piece for piece in pieces_of(query.content) if not says_only(piece.text, ())] if query.content else []
    there = search.everything(query.regions[0], period) if words else ()
    lists = [*(one for one in listings(there) if not one.tabled and one.whole), *_sections(search, there)]
    found = [
        one for one in lists
        if all(stands(piece, one, _title(one)) for piece in words)
        and all(fits_level(part, query) and not part.fact.key.startswith("total-") for part in one.parts)
    ]  # fmt: skip
    numbers = {tuple(part.fact.number for part in one.parts) for one in found}
    return found[0] if len(numbers) == 1 else None


def _title(listing: Listing) -> str:
    first = listing.parts[0]
    return "｜".join((plain(first.fact.parent), plain(first.section)))


def _sections(search: Search, facts: Sequence[StoredFact]) -> Iterator[Listing]:
    """Sections of sentences that tell of one amount each; what stands alone before one is what that is for."""
    prose = [
        one for one in facts
        if not one.header and one.section and one.fact.kind == "money" and one.fact.measure in MEASURES
        and one.fact.number is not None
    ]  # fmt: skip
    for _, some in groupby(sorted(prose, key=lambda one: one.id), lambda one: (one.document, one.section)):
        parts = list(some)
        if len(parts) >= _FEWEST and len({sentence_id(one.id) for one in parts}) == len(parts):
            ids = [sentence_id(one.id) for one in parts]
            before = {hit.id + 1: hit.text for hit in search.store.sentences(at - 1 for at in ids)}
            names = [_lead(before.get(at, "")) or plain(one.fact.item) for at, one in zip(ids, parts, strict=True)]
            yield Listing(tuple(parts), tuple((name,) for name in names), None, plain(parts[0].section))


def _lead(text: str) -> str:
    """——支持兜牢民生底线。 -> 支持兜牢民生底线; "" for a sentence that is none."""
    bare = plain(text)
    return _END.sub("", _MARK.sub("", bare)) if _MARK.match(bare) and not re.search(r"\d", _MARK.sub("", bare)) else ""


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
