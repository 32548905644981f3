"""What a follow-up demands of the figures told before: which of their rows, how many, and what is to be made of them.

    第一名比最后一名多多少 -> the rows 0 and -1, change      前三加起来多少 -> the first 3, sum
    那等于涨了百分之几 -> growth      三个加起来 -> sum of 3      教育占几成 -> nothing: it names something of its own

The words are in ``questions.toml``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from index.ask.effort import once
from index.ask.pick.wanted import says_only
from index.ask.question import understand
from index.ask.ranking.order import number_of
from index.ask.reckoned import Operation
from index.ask.search import Search
from index.ask.vocabulary import in_our_words, pattern_in, soft_words

Told = Operation | Literal["points", "order"]

_OPERATIONS: Final[tuple[Told, ...]] = ("sum", "points", "growth", "share", "change", "gap", "order")
_MARKS: Final = re.compile(r"[，。？?！!、\s]+")
_LEADING: Final = "那么它们的"


@dataclass(frozen=True, slots=True)
class Pick:
    """第4个: ``at`` 3.  最后一名, 倒数第二: -1, -2.  前三: ``first`` 3.  最高的, 最低的: ``most`` 1, -1."""

    at: int = 0
    first: int = 0
    most: int = 0


@dataclass(frozen=True, slots=True)
class Demand:
    """``picks`` are rows, ``rest`` is what is said of them, ``of_rows`` what is to be made of them; ``operation`` what
    the whole question asks for, ``many`` of how many figures.  No operation where something of its own is named."""

    text: str
    picks: tuple[Pick, ...]
    rest: str
    operation: Told | None
    of_rows: Told | None
    many: int

    def says(self, name: str) -> bool:
        """Whether words of one kind are in it."""
        return pattern_in("told", name).search(self.text) is not None


def demand_of(search: Search, question: str) -> Demand:
    """The one reading of a follow-up."""
    return once((search, "demand", question), lambda: _read(search, in_our_words(question).strip(" ，。？?！!")))


def _read(search: Search, text: str) -> Demand:
    picks, rest = _picks(text)
    these = pattern_in("told", "these").search(text)
    many = number_of(these["n"] or "俩") if these else 0
    return Demand(text, picks, rest, _operation(search, text), _operation(search, rest) if picks else None, many)


def _operation(search: Search, text: str) -> Told | None:
    """What is to be reckoned, if nothing else is said."""
    found = next((one for one in _OPERATIONS if pattern_in("told", one).search(text)), None)
    return None if found is None or _names_something(search, text) else found


def _names_something(search: Search, text: str) -> bool:
    """Whether a place, a year, an item or any word of its own is left beside the operation."""
    own = understand(pattern_in("told", "these").sub("", text), search.atlas)
    if own.items or own.regions or own.periods or own.compared or own.account or own.scope or own.unknown:
        return True
    for name in ("these", *_OPERATIONS, "around"):
        text = pattern_in("told", name).sub("，", text)
    return any(len(word) > 1 and not says_only(word, soft_words()) for word in _MARKS.split(text))


def _picks(text: str) -> tuple[tuple[Pick, ...], str]:
    """第一名比最后一名|多多少: such words at the beginning, and what is said of them."""
    pattern = pattern_in("told", "pick")
    found = list(pattern.finditer(text))
    if not found or text[: found[0].start()].strip(_LEADING):
        return (), text
    rest = pattern.sub("", text).lstrip(_LEADING)
    return tuple(map(_pick, found)), pattern_in("told", "between").sub("", rest) if len(found) > 1 else rest


def _pick(match: re.Match[str]) -> Pick:
    if match["first"]:
        return Pick(first=number_of(match["first"]))
    if match["ends"]:
        return Pick(at=-number_of(match["ends"]))
    if match["at"]:
        return Pick(at=number_of(match["at"]) - 1)
    if match["most"]:
        return Pick(most=-1 if pattern_in("told", "fewest").search(match[0]) else 1)
    return Pick(at=0 if match[0] == "前者" else -1)
