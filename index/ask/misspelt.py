"""Item names with wrong characters: 曾值税 -> 增值税, 新曾专项债卷 -> 新增专项债券.

A name of the same length, at most a third of it different, is taken for the asked one only if the characters that
differ make no word of the trade (体育支出 is no misspelt 教育支出), and if no other name is as near.  Names of two
characters must be right, figures are never touched.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache

from index.ask.pick.cues import words_of
from index.ask.pieces import pairs
from index.ask.query import Asked, Query
from index.ask.search import Search
from index.ask.vocabulary import asking_characters, soft_words, synonyms
from index.find.ordinary import cut, is_ordinary
from index.find.terms import exact_items, find_terms
from index.lexicon import items

SHORTEST = 3
LONG = 5
LONGEST = 14
JOINS = "和与及、跟里中的了过"


def corrected(search: Search, query: Query) -> Query | None:
    """The query with a misspelt item put right, or None if every word of it is known."""
    for run in query.runs:
        if exact_items(run) or not _strange(run):
            continue
        window, name = near_name(run)
        if not name or _cut(window, run, query.items) or any(_right_already(item, window) for item in query.items):
            continue
        found = exact_items(name)
        asked = Asked(name, tuple(one.key for one in found), found[0].name, note=f"“{window}”按“{name}”理解")
        others = tuple(word for word in query.chunks if word not in window and window not in word)
        kept = tuple(item for item in query.items if item.text not in window)
        content = (name, *(word for word in query.content if word not in window and window not in word))
        return replace(query, items=(asked, *kept), chunks=others, content=content, joint=bool(kept) and not query.each)
    return None


def _right_already(item: Asked, window: str) -> bool:
    """下|达的一般性转移支付: the item is spelt right, what stands before it belongs to another word."""
    return window == item.text or (len(item.text) >= LONG and not item.weak and item.text in window)


def _cut(window: str, run: str, named: Sequence[Asked] = ()) -> bool:
    """专项债|政府债务余额, 一般债|专项债: 专项债政, 一般债专 are one name and the first character of another;
    年初|给教育: 初给教育 is the end of a word that asks and what stands behind it."""
    start = run.find(window)
    end = start + len(window)
    spans = [(term.start, term.end) for term in find_terms(run) if term.end - term.start >= LONG]
    said = (*(item.text for item in named if not item.weak), *words_of(run))
    spans += [(at, at + len(word)) for word in said if (at := run.find(word)) >= 0]
    at = 0
    for word, _ in cut(run):  # 机|器人产业基金
        spans += [(at, at + len(word))] if len(word) >= SHORTEST else []
        at += len(word)
    return any(start < first < end < last or first < start < last < end for first, last in spans)


def near_name(piece: str) -> tuple[str, str]:
    """The part of a word that is a misspelt lexicon name, and that name; two empty texts if there is no single one."""
    best: dict[str, int] = {}
    windows: dict[str, str] = {}
    for start in range(max(1, len(piece) - SHORTEST + 1)):
        for end in range(min(len(piece), start + LONGEST), start + SHORTEST - 1, -1):
            window = piece[start:end]
            if len(window) < SHORTEST:
                continue
            for name, wrong in _near(window):
                if name not in best:
                    best[name], windows[name] = wrong - len(name), window
    if not best:
        return "", ""
    ranked = sorted(best, key=lambda name: (best[name], name))
    keys = {exact_items(name)[0].key for name in ranked if best[name] == best[ranked[0]]}
    return (windows[ranked[0]], ranked[0]) if len(keys) == 1 else ("", "")


def _near(window: str) -> Iterable[tuple[str, int]]:
    length, known = len(window), _by_place()
    same = Counter(name for at, char in enumerate(window) for name in known.get((length, at, char), ()))
    for name, right in same.items():
        if not 0 < length - right <= length // 3:
            continue
        wrong = [at for at, (a, b) in enumerate(zip(window, name, strict=True)) if a != b]
        if not _joined(window, wrong) and not _makes_sense(window, wrong):
            yield name, len(wrong)


def _joined(window: str, wrong: list[int]) -> bool:
    """教育支|出和|国防支出, 专项债|里, 税收|咋|还降了: a word that joins or asks is no slip of the pen."""
    return any(window[at] in JOINS or window[at] in asking_characters() for at in wrong)


def _makes_sense(window: str, wrong: list[int]) -> bool:
    """Do the differing characters belong to known words, or make an ordinary one (三保支出|拆开)?"""
    known = _known_pairs()
    if wrong[-1] - wrong[0] == len(wrong) - 1 and is_ordinary(window[wrong[0] : wrong[-1] + 1]):
        return True
    return any(
        window[at : at + 2] in known for place in wrong for at in (place - 1, place) if 0 <= at < len(window) - 1
    )


def _strange(piece: str) -> bool:
    """A piece with a pair of characters that no word of the lexicon has."""
    return len(piece) >= SHORTEST and any(pair not in _known_pairs() for pair in pairs(piece))


@cache
def _by_place() -> Mapping[tuple[int, int, str], tuple[str, ...]]:
    """Length of a name, place in it, character there -> the names."""
    names = {word for item in items().values() for word in item.words if SHORTEST <= len(word) <= LONGEST}
    found: dict[tuple[int, int, str], list[str]] = {}
    for name in sorted(names):
        for at, char in enumerate(name):
            found.setdefault((len(name), at, char), []).append(name)
    return {place: tuple(some) for place, some in found.items()}


@cache
def _known_pairs() -> frozenset[str]:
    trade = [word for item in items().values() for word in (*item.words, *item.people)]
    said = [word for key, others in synonyms().items() for word in (key, *others)]
    return frozenset(pair for word in (*trade, *said, *soft_words()) for pair in pairs(word))
