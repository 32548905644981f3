"""A word or number that answers a question back -> the choice meant.

    请问是哪个地区？长治市上党区、焦作市解放区 | 第一个, 1, 选上党, 长治的 -> 长治市上党区

What fits several of the places offered narrows them; a number beyond them is asked once more.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from index.ask.query import Query
from index.ask.ranking.order import NUMERALS, number_of
from index.ask.refuse import MOST, items_to_choose, places_to_choose, which_item, which_place
from index.ask.search import Search
from index.ask.vocabulary import pattern_in
from index.models import Answer

_SHORTEST = 2  # characters of a name
_MARKS = " .,、，。．？?！!()（）"


Choice = tuple[str, Query, Answer | None]


def choice(search: Search, question: str, last: Query | None) -> Choice | None:
    """The choice as a question, the dialogue it goes on from, and the question back once more if it still is open.

    None if nothing had been asked back or the words are no choice.
    """
    if last is None or last.unknown or last.shape in ("rank", "about", "talk"):
        return None
    bare = unicodedata.normalize("NFKC", question).strip(_MARKS)
    number = bool(pattern_in("choosing", "number").fullmatch(bare))
    if last.regions:
        asked_item = len(last.regions) == 1 and not (last.items or last.content or last.measures)
        return _item(search, bare, last) if asked_item and number else None
    codes = places_to_choose(search, last)
    if not (last.items or last.content) or len(codes) < 2:
        return None
    if number:
        at = _number_in(bare, min(len(codes), MOST))
        return ("", last, which_place(search, last)) if at is None else _at(search, codes[at], last)
    fits = _named(search, bare, codes, homonyms=bool(last.choices))
    if len(fits) == 1:
        return _at(search, fits[0], last)
    narrowed = replace(last, choices=fits)
    return ("", narrowed, which_place(search, narrowed)) if 1 < len(fits) < len(codes) else None


def _item(search: Search, bare: str, last: Query) -> Choice:
    """请问要查上党区的哪一项？ | 2: the second item offered."""
    names = items_to_choose(search, last.regions[0], last.periods)
    at = _number_in(bare, len(names))
    return ("", last, which_item(search, last, last.regions[0])) if at is None else (names[at], last, None)


def _at(search: Search, code: str, last: Query) -> Choice:
    return search.atlas.full_name(code), replace(last, regions=(code,), choices=(), unknown=""), None


def _named(search: Search, bare: str, codes: Sequence[str], *, homonyms: bool) -> tuple[str, ...]:
    """The places whose full names have the words; a place's own name is read as any other question's."""
    around = pattern_in("choosing", "around")
    word = re.sub(rf"(?:{around.pattern})+$", "", re.sub(rf"^(?:{around.pattern})+", "", bare))
    if len(word) < _SHORTEST:
        return ()
    fits = tuple(code for code in codes if word in search.atlas.full_name(code))
    own = any(search.atlas.regions[code].name.startswith(word) for code in fits)
    return () if own and not homonyms else fits


def _number_in(words: str, many: int) -> int | None:
    """前者 -> 0, 后者 -> 1, 第三个, 3 -> 2; None where there is no such one, or 前者 could be any of three."""
    if words.startswith(("前", "后")):
        return ("前", "后").index(words[0]) if many == 2 else None
    number = re.search(f"[{NUMERALS}1-8]", words)
    assert number is not None
    at = number_of(number[0]) - 1
    return at if at < many else None
