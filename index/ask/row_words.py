"""What a question calls a row by, or a thing of a list, that has a longer name in the report.

    老旧小区改造和管网给了多少债券钱 -> 老旧小区及配套管网改造      文峰二幼那笔一般债 -> 文峰镇第二幼儿园建设

Its characters stand in the name in their order (二幼, 附中), or each of its words does, in whatever order, or a word of
the reports for it.  Words of the money and of the debt that paid it may stand beside the name: in the row, its head.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Final

from index.ask.named import MARK
from index.ask.pick.stocks import of_all_kinds
from index.ask.pieces import Piece, pieces_of
from index.ask.query import Query
from index.ask.search import Search
from index.ask.vocabulary import fillers, pattern_in
from index.ask.wider_place import typed_of
from index.lexicon import toml
from index.text.normal import plain

_FEWEST: Final = 3  # characters that name a thing
_SHORT_NAME: Final = 2  # characters of a district's name
_PLENTY = 6  # that are enough of the longest name
_RUN: Final = re.compile("[\u4e00-\u9fff0-9a-zA-Z]+")
_SHORT, _LONG = "[^；，。]{0,3}?", "[^；，。]{0,8}?"  # what a short leaves out between two of its characters
_LONG_RUN: Final = 4
_BRACKETS: Final = re.compile("（[^（）]*）$")
_JOINS: Final = "的那了和与及"  # between two words of a name
_EDGE: Final = "的了呢吗啊吧里在被把"


def name_text(query: Query) -> str:
    """The question without its places, times and levels: what may name a thing; of a follow-up its own words."""
    if len(query.masked) != len(query.text) or any(
        now not in (MARK, own) for now, own in zip(query.masked, query.text, strict=True)
    ):
        return query.text
    text = list(query.masked)
    for item in query.items:
        start = query.text.find(item.text)
        text[start : start + len(item.text)] = query.text[start : start + len(item.text)] if start >= 0 else ()
    return "".join(text)


def in_its_city(search: Search, query: Query) -> tuple[Query, str] | None:
    """The question asked of the city of its district, and its words with the name of the district: 环翠|法院."""
    inner = search.atlas.regions.get(query.regions[0])
    over = search.atlas.regions.get(inner.parent) if inner else None
    if inner is None or over is None or over.level != "prefecture":
        return None
    word = typed_of(inner.name, query.text)
    city = replace(query, regions=(over.code,), scope="", scope_words="")
    return (city, f"{word[:_SHORT_NAME]}{name_text(query)}") if word else None


def parts_named(text: str) -> list[str]:
    """A|比|B多拿了多少: the parts of a question that may each name a thing of its own."""
    return [part for part in pattern_in("relation", "joints").split(text) if _words(part)]


def asks_in(text: str) -> int:
    """给了多少，利率多高: how many things are asked for."""
    return len(re.findall(toml("rows.toml")["said"]["asking"], text))


def ends_so(word: str, name: str) -> bool:
    """人社局 of 市人力资源和社会保障局: characters of a name in their order, the last of the last."""
    return word[-1:] == name[-1:] and in_order(word, name, _LONG)


def called(names: Mapping[str, str], text: str, part: float) -> str:
    """The one name that a text calls, each with what stands around it; "" for none, or if several are as near.

    ``part``: how much of a name has to be said of it.
    """
    words = _words(text)
    if not words:
        return ""
    names = {name: around for name, around in names.items() if not of_all_kinds(text, name)}
    near = {name: hits for name, around in names.items() if (hits := _hits(words, name, around, part))}
    best = max(near.values(), default=0)
    nearest = [name for name, hits in near.items() if hits == best]
    whole = [name for name in nearest if all(word in name for word in words)]
    return nearest[0] if len(nearest) == 1 else whole[0] if len(whole) == 1 else ""


def _words(text: str) -> list[str]:
    """The runs of a text without words of asking, of money and of debt."""
    text = _aside().sub(MARK, text)
    chars = list(text)
    for start, end, _ in fillers().find(text):
        if end - start > 1 or text[start] in _JOINS:
            chars[start:end] = MARK * (end - start)
    runs = (run[0].strip(_EDGE) for run in _RUN.finditer("".join(chars)))
    return [run for run in runs if len(run) > 1]


def _hits(words: Iterable[str], name: str, around: str, part: float) -> int:
    """How many characters of the words a name has; 0 if a word stands neither in it nor around it, or it has few."""
    own, hits, beside = _BRACKETS.sub("", plain(name)), 0, 0
    for word in words:
        if len(word) >= _LONG_RUN and in_order(word, own, _LONG):
            hits += len(word)
            continue
        for piece in pieces_of((word,), literal=True):
            if _is_in(piece, own):
                hits += len(piece.text)
            elif piece.hard and not _is_in(piece, around):
                return 0
            elif piece.hard:
                beside += len(piece.text)
    enough = hits >= max(_FEWEST, beside + 1) and (hits >= _PLENTY or hits >= part * len(own))
    return hits if enough else 0


def _is_in(piece: Piece, text: str) -> bool:
    return any(word in text for word in (piece.text, *piece.others)) or in_order(piece.text, text)


def in_order(word: str, text: str, gap: str = _SHORT) -> bool:
    """Do the characters of a word stand in a text in their order, not far from one another?"""
    return bool(re.search(gap.join(map(re.escape, word)), text))


@cache
def _aside() -> re.Pattern[str]:
    return re.compile(toml("rows.toml")["said"]["aside"])


def asks_rate(text: str) -> bool:
    """利率多高, 覆盖率: is a rate asked for?"""
    return bool(re.search(toml("rows.toml")["said"]["rate"], text))


def asks_left(text: str) -> bool:
    """还剩多少没花: is what is left of what was given asked for?"""
    return bool(re.search(toml("rows.toml")["said"]["left"], text))


def asks_spent(text: str) -> bool:
    """花了多少: is what was spent asked for, and not what was given?"""
    return bool(re.search(toml("rows.toml")["said"]["spending"], text))


def gives(text: str) -> bool:
    """给了多少, 花了多少: does a verb say whether what was given is asked for or what was spent?"""
    return asks_spent(text) or bool(re.search(toml("rows.toml")["said"]["giving"], text))


def given_and_spent(heads: Sequence[str]) -> tuple[int, int] | None:
    """Which of some heads is of what was given, and which of what was spent of it; None if not one of each is."""
    said = toml("rows.toml")["said"]
    spent = [at for at, head in enumerate(heads) if re.search(said["spent"], head)]
    given = [at for at, head in enumerate(heads) if at not in spent and re.search(said["given"], head)]
    return (given[0], spent[0]) if len(given) == len(spent) == 1 else None
