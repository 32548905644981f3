"""Which part of a list a word names, though it be called by less there or by another word.

服务, 服务类 -> 政府采购服务类      省 -> 省级      国资 -> 从国有资本经营预算调入      货物工程服务 -> three parts
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from index.ask.lists.listing import Listing
from index.ask.pick.wanted import says_only
from index.ask.pick.words import share
from index.ask.pieces import Piece, pieces_of
from index.ask.shortened import full_form
from index.find.terms import exact_items

_KIND: Final = re.compile("(?<=..)(?:类|部分|方面|这块|那块|那?几?[块项样类])的?$|(?<=.)的$")
_PLAINLY: Final = 0.7  # of a word
_SHORTEST = 2  # characters of a name
_LEVEL: Final = "省市区县镇乡"


def part_named(listing: Listing, word: str, *, plainly: bool = False) -> int | None:
    """The one part that a word names: as an item, in full, as it begins or stands in it; unless it has to do so
    ``plainly``, also by what means the same, or in short."""
    word = _KIND.sub("", word)
    known = exact_items(word)
    named = [at for at, one in enumerate(listing.parts) if one.fact.key in {item.key for item in known}]
    if len(named) == 1:
        return named[0]
    total = any(item.key.startswith("total-") for item in known)
    for fits in _PLAIN if plainly or total else (*_PLAIN, _means, _is_short_of):  # 政府性基金收入 is no other fund
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
