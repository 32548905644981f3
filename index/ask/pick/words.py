"""How much of a word a text has, and how much of a name was not asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from index.ask.pieces import SYNONYM, Piece, pairs
from index.find.accounts import account_words
from index.models import StoredFact

HALVED = 0.5  # the name of an item without its head is another name, as likely as not
SPREAD = 0.42  # as much of a word as its characters are, apart from one another: just not missed
LONGEST_SPREAD, BETWEEN = 6, 4
_LEVELS = re.compile("全[省市州区县盟旗]|[省市州区县盟旗]本?级|地方")


def share(piece: Piece, text: str, weight: Mapping[str, float]) -> float:
    """The part of a word that a text has: whole, by another name, by a word that means the same, or by its pairs."""
    if not text:
        return 0.0
    if piece.text in text or any(name in text for name in piece.names):
        return 1.0
    if any(other in text for other in piece.others):
        return SYNONYM
    mass = got = 0.0
    for pair in piece.pairs:
        own = weight.get(pair, 1.0)
        mass += own
        if pair in text:
            got += own
    if piece.keys and piece.pairs[-1] not in text:  # 城乡居民|医保: the head of a name stands at its end
        got *= HALVED
    found = got / mass if mass else 0.0
    return SPREAD if found < SPREAD and _spread(piece.text, text) else found


def _spread(word: str, text: str) -> bool:
    """房贴 of 购房补贴, 债余额 of 债务余额: whether a run of the text has all characters of a word, in their order."""
    if len(word) > LONGEST_SPREAD or any(char not in text for char in word):
        return False
    return _spread_out(word).search(text) is not None


@lru_cache(maxsize=4096)
def _spread_out(word: str) -> re.Pattern[str]:
    return re.compile(f"[\u4e00-\u9fff]{{0,{BETWEEN}}}?".join(map(re.escape, word)))


@lru_cache(maxsize=8192)
def _bare(name: str, places: tuple[str, ...]) -> str:
    for word in (*places, *account_words()):
        if len(name) > len(word) + 1:
            name = name.replace(word, "")
    return _LEVELS.sub("", name) or name


def bare_name(name: str, one: StoredFact) -> str:
    """A name without the place, the level and the account, which are slots of their own."""
    places = tuple(word for word in (one.region.full_name, one.region.name) if len(word) > 1)
    return _bare(name, places)


def strange_part(name: str, said: str) -> float:
    """The share of a name's pairs that the question does not say."""
    own: Sequence[str] = pairs(name)
    return sum(pair not in said for pair in own) / len(own) if own else 1.0
