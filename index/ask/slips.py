"""Slips of the pen in a question, put right where what is typed makes no sense: 大里州头入多少 -> 大理州投入多少.

The text is cut into known words (items, measures, levels, places, words of questions) with as few characters left over
as possible.  A left-over stretch may be read as a known word with one character wrong, if the two sound or look
alike, if the whole stretch is used up by it, and if what is typed is no ordinary word either (备战比赛 keeps its 战比).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from index.ask.atlas import Atlas
from index.ask.bodies import Names
from index.ask.spelled import spellings
from index.ask.vocabulary import (
    asking_characters,
    edge,
    fillers,
    measure_words,
    near_words,
    operation_words,
    shape_words,
    synonyms,
    words,
)
from index.find.accounts import account_words
from index.find.alike import SAME_SOUND, OneAway, look_alike, unlikeness
from index.find.ordinary import is_ordinary
from index.find.phrases import Phrases
from index.find.places import find_places
from index.lexicon import cues, items, toml

Kind = Literal["place", "level", "item", "measure", "word", "asks", "plain", "ordinary", "odd", ""]

# What a known word, a particle, an ordinary word, and a character without a word cost.
KNOWN, FILLER, ORDINARY, ODD = 0.05, 0.3, 0.4, 1.0
SHORTEST = 2
LONGEST = 10  # characters of a word that may be mistyped
LONGEST_TEXT = 160
_HAN = re.compile(r"[一-鿿]{2,}")
FLOWS = ("收入", "支出", "余额", "限额", "结余")
JOINS = "和与及跟、"
# What a slip of a kind may stand before: 市集建设 is no 市级, 同笔资金 no 同比.
_BEFORE: dict[Kind, tuple[Kind, ...]] = {
    "level": ("item", "measure", "asks", "plain", ""), "measure": ("asks", "plain", ""),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Slip:
    """``typed`` is read as ``meant``, a word of a kind."""

    typed: str
    meant: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of the text as it is read; ``meant`` if that is another word than the typed one."""

    start: int
    end: int
    kind: Kind
    cost: float
    meant: str = ""


def put_right(text: str, atlas: Atlas | None = None) -> tuple[str, tuple[Slip, ...]]:
    """A normal text with its slips put right, and these.  ``atlas`` gives the places that may be meant."""
    tables = (atlas.names, atlas.bodies.names) if atlas else ()
    if len(text) > LONGEST_TEXT:
        return text, ()
    known = _known_pieces(text, tables)
    path = _best(text, known, ())
    odd = [at for piece in path if piece.kind == "odd" for at in range(piece.start, piece.end)]
    others = list(_others(text, odd, known, tables)) if odd else []
    if others:
        _add_ordinary(text, odd, known, {(one.start, one.end) for one in others})
    if others:
        path = _best(text, known, others)
    while wrong := [one for one in path if one.meant and not _fits(text, path, one)]:
        others = [one for one in others if one not in wrong]
        path = _best(text, known, others)
    slips = tuple(Slip(text[one.start : one.end], one.meant, one.kind) for one in path if one.meant)
    return "".join(one.meant or text[one.start : one.end] for one in path), slips


def asks_there(text: str, at: int) -> bool:
    """Whether what is asked begins at a place: a year, an item, a measure, a level."""
    kinds = {kind for _, kind in _words().all_at(text, at)}
    return text[at : at + 1] in ("\x00", *"0123456789") or not kinds.isdisjoint(("item", "measure", "level"))


def slip_notes(slips: Iterable[Slip], atlas: Atlas) -> tuple[str, ...]:
    """“大里州”按“大理白族自治州”理解: what was put right, for the answer."""
    return tuple(f"“{slip.typed}”按“{_called(slip, atlas)}”理解" for slip in slips)


def _called(slip: Slip, atlas: Atlas) -> str:
    codes = atlas.names.get(slip.meant) if slip.kind == "place" else None
    return atlas.regions[codes[0]].name if codes and len(codes) == 1 else slip.meant


def _fits(text: str, path: Sequence[_Piece], one: _Piece) -> bool:
    """Whether a slip of its kind may stand before what follows."""
    allowed = _BEFORE.get(one.kind)
    after = next((piece for piece in path if piece.start == one.end), None)
    if allowed is None or after is None or after.kind in allowed:
        return True
    if one.kind == "level":
        return text.startswith(FLOWS, after.start)
    way = (*cues("direction", "up"), *cues("direction", "down"))  # 同笔|增长多少
    return after.cost == FILLER or (after.kind == "measure" and text.startswith((*FLOWS, *way), after.start))


def _known_pieces(text: str, tables: Sequence[Names]) -> list[list[_Piece]]:
    """For each place the known words that begin there."""
    table = _words()
    found: list[list[_Piece]] = [[] for _ in text]
    for at, char in enumerate(text):
        if not _is_han(char):
            found[at].append(_Piece(at, at + 1, "plain", 0))
            continue
        found[at] += [_Piece(at, end, kind, KNOWN) for end, kind in table.all_at(text, at)]
        found[at] += [_Piece(at, end, "place", KNOWN) for names in tables for end, _ in names.all_at(text, at)]
    for place in find_places(text):
        found[place.start].append(_Piece(place.start, place.end, "place", KNOWN))
    ends = {piece.end for pieces in found for piece in pieces if piece.kind == "place"}
    for at, char in enumerate(text):
        if char in _particles() and not (char in JOINS and at in ends and not _begins_alike(found, at + 1)):
            found[at].append(_Piece(at, at + 1, "word", FILLER))
        elif _is_han(char):
            found[at].append(_Piece(at, at + 1, "odd", ODD))
    return found


def _begins_alike(found: Sequence[Sequence[_Piece]], at: int) -> bool:
    """重庆市和|成都市: but 重庆市及|税收收入 joins no two of a kind."""
    return at < len(found) and any(piece.kind in ("place", "level", "word", "odd") for piece in found[at])


def _others(
    text: str, odd: Sequence[int], known: Sequence[Sequence[_Piece]], tables: Sequence[Names]
) -> Iterator[_Piece]:
    """The known words that a stretch with a left-over character may be meant as, where there is but one."""
    runs = [run.span() for run in _HAN.finditer(text)]
    spans = {
        (start, end)
        for first, last in runs
        for at in odd
        if first <= at < last
        for start in range(max(first, at - LONGEST + 1), at + 1)
        for end in range(max(at + 1, start + 2), min(last, start + LONGEST) + 1)
    }
    places = {piece.end for pieces in known for piece in pieces if piece.kind == "place"}
    spellings()  # how the words that may be meant read
    for start, end in sorted(spans):
        typed = text[start:end]
        best: dict[float, dict[str, Kind]] = {}
        for word, at, kind in _one_away(typed, tables):
            if typed[at] in asking_characters():  # 税收|咋|还降了 is no 税收返还
                continue
            if kind == "place" and typed[at] in "省市县区州盟旗":  # 黄市 is no 黄石
                continue
            told = kind == "measure" and text.startswith(words("ask", "figure"), end)  # 增常|多少: as 长 sounds alone
            cost = unlikeness(typed, word, at, in_word=kind != "place" and not told)
            short = len(word) == 2 and (kind == "place" or not look_alike(typed, word))
            if cost is None or (short and cost > SAME_SOUND) or _reaches_out(text, start, end, start + at, odd):
                continue
            best.setdefault(cost, {}).setdefault(word, kind)
        if not best:
            continue
        cost = min(best)
        behind = start in places and set(best[cost].values()) == {"level"}  # 黄石|市值|教育支出
        if not behind and _makes_sense(typed, [piece for at in range(start, end) for piece in known[at]], start):
            continue
        if len(best[cost]) == 1:
            yield from (_Piece(start, end, kind, cost, word) for word, kind in best[cost].items())


def _one_away(typed: str, tables: Sequence[Names]) -> Iterator[tuple[str, int, Kind]]:
    kinds = _words()
    for word, at in _meant_words().find(typed):
        yield word, at, kinds.get(word) or "word"
    for names in tables:
        for word, at in _meant_names(names).find(typed):
            yield word, at, "place"


def _reaches_out(text: str, start: int, end: int, at: int, odd: Collection[int]) -> bool:
    """Whether the wrong character belongs to an ordinary word that a reading would cut: 印度洋|新 is no 阳新."""
    return any(
        is_ordinary(text[first:last])
        for first in range(max(0, at - 3), at + 1)
        for last in range(max(at + 1, first + 2), min(len(text), first + 4) + 1)
        if (first < start or last > end) and all(start <= one < end or one in odd for one in range(first, last))
    )


def _add_ordinary(
    text: str, odd: Sequence[int], known: Sequence[list[_Piece]], but: Collection[tuple[int, int]]
) -> None:
    """Ordinary words that hold a left-over character: 计话生育|服务; ``but`` not where a slip is read."""
    for at in odd:
        for start in range(max(0, at - 3), at + 1):
            for end in range(max(at + 1, start + 2), min(len(text), start + 4) + 1):
                if (start, end) not in but and is_ordinary(text[start:end]):
                    known[start].append(_Piece(start, end, "ordinary", ORDINARY))


def _makes_sense(typed: str, known: Iterable[_Piece], start: int) -> bool:
    """Whether a stretch is made of known or ordinary words without a character left over: 体育|支出."""
    reached = {0}
    for at in range(len(typed)):
        if at in reached:
            reached |= {piece.end - start for piece in known if piece.start - start == at and piece.kind != "odd"}
            reached |= {end for end in range(at + 2, len(typed) + 1) if is_ordinary(typed[at:end])}
    return len(typed) in reached


def _best(text: str, known: Sequence[Sequence[_Piece]], others: Sequence[_Piece]) -> list[_Piece]:
    """The cheapest way to read the text in which no slip stands beside a left-over character."""
    begins = {start: [one for one in others if one.start == start] for start in {one.start for one in others}}
    ways: list[dict[str, tuple[float, list[_Piece]]]] = [{} for _ in range(len(text) + 1)]
    ways[0][""] = (0, [])
    for at in range(len(text)):
        for last, (cost, path) in ways[at].items():
            for piece in (*known[at], *begins.get(at, ())):
                now = "slip" if piece.meant else "odd" if piece.kind == "odd" else ""
                if {last, now} == {"slip", "odd"}:
                    continue
                there = ways[piece.end].get(now)
                if there is None or cost + piece.cost < there[0]:
                    ways[piece.end][now] = (cost + piece.cost, [*path, piece])
    return min(ways[-1].values(), key=lambda way: way[0])[1]


def _is_han(char: str) -> bool:
    return "一" <= char <= "鿿"


# ------------------------------------------------------------------------------------------------ the known words


@cache
def _words() -> Phrases[Kind]:
    """All words a question may be made of, with their kinds."""
    table: dict[str, Kind] = dict.fromkeys((word for word in fillers() if len(word) > 1), "word")
    table.update(dict.fromkeys(shape_words(), "word"))
    table.update(dict.fromkeys(_said_words(), "word"))
    table.update(dict.fromkeys(operation_words(), "word"))
    table.update(dict.fromkeys(words("ask", "figure"), "asks"))
    table.update(dict.fromkeys(words("ask", "lower"), "level"))
    table.update(dict.fromkeys(account_words(), "item"))
    table.update(dict.fromkeys(_item_words(), "item"))
    table.update(dict.fromkeys(measure_words(), "measure"))
    table.update(dict.fromkeys(_level_words(), "level"))
    return Phrases(table)


@cache
def _meant_words() -> OneAway:
    """Those that may be mistyped."""
    asks = {*words("ask", "figure"), *"了的到"}  # 降多少, 建了: but one character of their own is too little to go by
    sound_alike = {word for word in near_words() if len(word) == SHORTEST}  # 市及 is 市级, whatever 市集 may be
    said = (word for word in _said_words() if word[1:] not in asks and word not in sound_alike)
    measured = (word for word in (*measure_words(), *_level_words()) if word[-1] != "的" and word[1:] not in asks)
    found = (*said, *_item_words(), *account_words(), *measured)
    return OneAway(word for word in found if 2 <= len(word) <= LONGEST)


@lru_cache(maxsize=4)
def _meant_names(names: Names) -> OneAway:
    return OneAway(name for name in names if 2 <= len(name) <= LONGEST)


def _said_words() -> tuple[str, ...]:
    return (*words("soft", "words"), *words("soft", "verbs"), *words("soft", "verb"), *synonyms())


def _item_words() -> tuple[str, ...]:
    return tuple(word for item in items().values() for word in (*item.words, *item.people) if len(word) > 1)


def _level_words() -> tuple[str, ...]:
    names = ("whole", "own", "lower", "wide", "question_own", "question_whole")
    return tuple(word for name in names for word in cues("scope", name) if len(word) > 1)


@cache
def _particles() -> frozenset[str]:
    said = (*fillers(), *operation_words(), *cues("direction", "up"), *cues("direction", "down"))
    single = {word for word in said if len(word) == 1}
    return (
        frozenset(single)
        | frozenset(edge())
        | frozenset(toml("questions.toml")["gap"]["more"])
        | frozenset(toml("questions.toml")["gap"]["less"])
        | frozenset("年月日")
    )
