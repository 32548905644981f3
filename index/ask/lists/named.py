"""The parts that a question enumerates, all from one list of the reports.

    政府采购预算，货物工程服务三类各多少 -> 货物类 1746.30 万元, 工程类 1285.00 万元, 服务类 833.60 万元

Each word must name one part, and what is said of all must stand over the list: then the list is the one that is meant,
and a part may be called by less than its name.  Of several lists that is told whose own whole is named; of two that
differ neither.

    服务, 服务类 -> 政府采购服务类      省 -> 省级      国资 -> 从国有资本经营预算调入      货物工程服务 -> three parts
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Final

from index.ask.kin import FLOWS
from index.ask.lists.listing import Listing, listings
from index.ask.lists.said import Enumeration, enumerations
from index.ask.pick.wanted import says_only
from index.ask.pick.words import share
from index.ask.pieces import Piece, named_in_run, pieces_of
from index.ask.query import Query
from index.ask.search import Search
from index.ask.select import SCOPES
from index.ask.shortened import full_form
from index.ask.vocabulary import soft_words
from index.find.accounts import account_words
from index.find.terms import exact_items
from index.lexicon import items
from index.models import Period, StoredFact
from index.text.normal import plain

_COUNTED: Final = re.compile("(?:这|那)?[两三四五六七八几](?:类|部分|方面|块|项|样|家|个|处)的?$")
_KNOWN: Final = re.compile(  # 那26个多亿
    r"[\d.]+[个多几来]*[万亿]*多?元?|[一二两三四五六七八九十百千]+[个多几来]*[万亿]+多?元?|—+"
)
_BEHIND: Final = re.compile(r"[里中内面头，、：的是从年\d ]|其中")  # …年, …里, 按…
_JOINTS: Final = "及和与跟、的"
_WHOLE_TOO: Final = re.compile("多少|几[个亿万]|[及和与、跟]$")
_FIRST: Final = re.compile("债务?的?(?:余额|限额)，$")
_APART: Final = re.compile("(?:的|总[额数])?，$")
_PAPERS: Final = ("部门", "单位")  # whose papers tell of one body in two ways
_HALF: Final = 0.5  # of a word
_KIND: Final = re.compile("(?<=..)(?:类|部分|方面|这块|那块|那?几?[块项样类])的?$|(?<=.)的$")
_PLAINLY: Final = 0.7  # of a word
_SHORTEST = 2  # characters of a name
_LEVEL: Final = "省市区县镇乡"


@dataclass(frozen=True, slots=True)
class Told:
    """The parts of a list that are named, in their order, and the list; ``named`` counts them without the whole;
    ``known``: each word is the name of an item; ``own``: how many of the words that are said of all are in the name of
    the whole itself, or in the head of the table, those that are its name twice."""

    parts: tuple[StoredFact, ...]
    listing: Listing
    named: int
    known: bool
    own: int

    @property
    def numbers(self) -> tuple[object, ...]:
        """What it says."""
        return tuple(one.fact.number for one in self.parts)


def named_parts(search: Search, query: Query, region: str, period: Period) -> Told | None:
    """The parts that are enumerated; None where no list has them all, or several that differ."""
    tries = list(enumerations(query.text))
    lists = list(listings(search.everything(region, period))) if tries else []
    for said in tries:
        found = [told for one in lists if (told := _told(one, said, query)) and _fits(told, said, query)]
        found = [told for told in found if told.own == max(one.own for one in found)]
        papers = [word for word in _PAPERS if word in said.over or word in said.words[0]]
        found = [told for told in found if any(word in told.listing.over for word in papers)] or found
        if found:
            return found[0] if len({told.numbers for told in found}) == 1 else None
    return None


def _fits(told: Told, said: Enumeration, query: Query) -> bool:
    """Are the parts of the level, the account and the stage asked for?  What names a part is said of none but it."""
    named = "".join(said.words)
    level = "" if query.scope_words and query.scope_words in named else query.scope
    own = [word for word, account in account_words().items() if account == query.account]
    account = "" if any(word in named for word in own) else query.account
    asked = replace(query, scope=level, account=account)
    return all(fits_level(one, asked) for one in told.parts)


def fits_level(one: StoredFact, query: Query) -> bool:
    """Is a figure of the level, the account and the stage that a question says?"""
    level = not query.scope or not one.fact.scope or any(one.fact.scope in group for group in SCOPES[query.scope])
    account = not query.account or one.fact.account in (query.account, "", "other")
    return level and account and (not query.measures or one.fact.measure in (*query.measures, "amount"))


def _told(listing: Listing, said: Enumeration, query: Query) -> Told | None:
    """What a list has for each of the words, if it is what they are said of."""
    first, *others = (_COUNTED.sub("", word) for word in said.words)
    if any(part_named(listing, word) is None for word in others):
        return None
    around = f"{listing.over}｜{_own(listing)}"
    for start in _beginnings(first, query):
        words, over = (first[start:], *others), f"{said.over}{first[:start]}"
        pieces = said_words(over, query)
        if not pieces and any(word in FLOWS or word in soft_words() for word in words):
            continue  # 收入和支出各多少: of any list
        parts = _parts(listing, words, plainly=not pieces)  # no whole is said: only the names tell the list
        distinct = len(set(parts)) == len(parts) > 1
        if distinct and all(stands(piece, listing, around) for piece in pieces):
            own = sum(stands(piece, listing, _own(listing)) + _is_whole(piece, listing) for piece in pieces)
            known = all(exact_items(word) for word in words)
            told = Told(tuple(listing.parts[at] for at in parts), listing, len(parts), known, own)
            return _with_whole(told, over)
    return None


def _parts(listing: Listing, words: Sequence[str], *, plainly: bool) -> list[int]:
    """The part that each word names; of one word that is a run of names, each of these; [] if one names none."""
    if len(words) == 1:
        return list(named_in_run(words[0], partial(part_named, listing, plainly=plainly)))
    found = [part_named(listing, word, plainly=plainly) for word in words]
    there = [at for at in found if at is not None]
    return there if len(there) == len(found) else []


def _with_whole(told: Told, over: str) -> Told | None:
    """一共多少，货物、工程各多少: with the whole first, if it is asked for, too (None if it is not told), or is a
    debt (债务余额，…); behind parts that are items as well as itself, if it stands before them alone."""
    whole = told.listing.whole
    if whole is None:
        return None if _WHOLE_TOO.search(over) else told
    if _WHOLE_TOO.search(over) or _FIRST.search(over):
        return replace(told, parts=(whole, *told.parts))
    return replace(told, parts=(*told.parts, whole)) if told.known and _APART.search(over) else told


def _beginnings(text: str, query: Query) -> Iterator[int]:
    """Where the name of the first part may begin: behind a mark or an item, or where a word of the question does."""
    found = {0, *(match.end() for match in _BEHIND.finditer(text))}
    for word in (*query.content, *(item.text for item in query.items)):
        found |= {at for match in re.finditer(re.escape(word), text) for at in match.span()}
    yield from sorted(start for start in found if start < len(text) and text[start] not in _JOINTS)


def said_words(over: str, query: Query) -> Sequence[Piece]:
    """The words that are said of all parts."""
    words = tuple(filter(None, (_KNOWN.sub("", word) for word in query.content if word in over)))
    return (
        [piece for piece in pieces_of(words) if piece.keys or (piece.hard and not says_only(piece.text, ()))]
        if words
        else []
    )


def _own(listing: Listing) -> str:
    """What the whole is called, with the names of the parts; of a table its head."""
    names = (name for names in listing.names for name in names)
    return "｜".join((plain(listing.parts[0].fact.parent), plain(listing.parts[0].header), *names))


def _is_whole(piece: Piece, listing: Listing) -> bool:
    return listing.whole is not None and listing.whole.fact.key in piece.keys


def stands(piece: Piece, listing: Listing, text: str) -> bool:
    """Is a word that is said of all parts the name of their whole, or does it stand in a text over them?"""
    known = items()
    keys = {one.fact.key for one in (*listing.parts, *([listing.whole] if listing.whole else []))}
    keys |= {known[key].parent for key in keys if key in known}
    return not keys.isdisjoint(piece.keys) or share(piece, text, {}) >= _HALF


# -------------------------------------------------------------------------------------------------- what names a part


def part_named(listing: Listing, word: str, *, plainly: bool = False, short: bool = True) -> int | None:
    """The one part that a word names: as an item, in full, as it begins or stands in it; unless it has to do so
    ``plainly``, also by what means the same, or in ``short``."""
    word = _KIND.sub("", word)
    known = exact_items(word)
    named = [at for at, one in enumerate(listing.parts) if one.fact.key in {item.key for item in known}]
    if len(named) == 1:
        return named[0]
    total = any(item.key.startswith("total-") for item in known)
    loosely = () if plainly or total else (_means, _is_short_of)[: 1 + short]  # 政府性基金收入 is no other fund
    for fits in (*_PLAIN, *loosely):
        found = [at for at, names in enumerate(listing.names) if any(fits(name, word) for name in names)]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _is(name: str, word: str) -> bool:
    return name == word or (word in _LEVEL and name == f"{word}级")


def _begins(name: str, word: str) -> bool:
    return len(word) >= _SHORTEST and name.startswith(word)


def _holds(name: str, word: str) -> bool:
    return len(word) >= _SHORTEST and word in name


def _means(name: str, word: str) -> bool:
    """买货物 for 政府采购货物类项目: every word of it, or one that means the same, is in the name of the part."""
    pieces = _own_pieces(word)
    return bool(pieces) and all(share(piece, name, {}) >= _PLAINLY for piece in pieces)


@cache
def _own_pieces(word: str) -> Sequence[Piece]:
    return [piece for piece in pieces_of((word,)) if not says_only(piece.text, ())] if len(word) >= _SHORTEST else []


def _is_short_of(name: str, word: str) -> bool:
    """国资 of 从国有资本经营预算调入: it takes a character of each word that it stands for."""
    bare = re.sub("[和与及、]", "", name)
    starts = [at for at, char in enumerate(bare) if char == word[0]] if len(word) >= _SHORTEST else []
    return any(full_form(word, bare[at:]) for at in starts)


_PLAIN: Final = (_is, _begins, _holds)
