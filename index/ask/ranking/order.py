"""The order that a question asks for: which comes first, how many, or which of them rose and which fell.

    "支出最高的2项" -> highest, 2, of items      "最低的三个县" -> lowest, 3      "哪些支出下降了" -> all that fell

The words are in ``questions.toml``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from index.ask.bounds import Bounded, from_below
from index.ask.vocabulary import has, pattern_in
from index.models import Answer

Direction = Literal["highest", "lowest", ""]
Span = tuple[int, int]

FEW: Final = 3  # 前几
CAPITALS: Final = "省会城市"
MUNICIPALITIES: Final = "直辖市"
CLASSES: Final = {CAPITALS[:2]: CAPITALS, MUNICIPALITIES: MUNICIPALITIES}  # by the word that says them
LEVELS_OF: Final = {
    "省": "province", "县": "county", "区": "county", "市": "prefecture", "州": "prefecture", CAPITALS: "prefecture",
    MUNICIPALITIES: "province",
}  # fmt: skip
_KIND: Final = re.compile(
    r"(?:各|哪个|哪些|哪几个|的|[一二两三四五六七八九十几\d]个|全国)(?:地级?(?!区))?([省市县区州])(?![级本会])"
)
NUMERALS: Final = "一二三四五六七八九十"
_OF_ITEMS: Final = ("项", "大")


@dataclass(frozen=True, slots=True)
class Order:
    """``count`` is 0 where none is said; ``items``: items of a budget are put in order, not places.

    ``sign`` is 1 (-1) where only those that rose (fell) are asked for, and then all of them; ``bounds`` are what the
    figures must keep within (see ``index.ask.bounds``).
    """

    direction: Direction = ""
    count: int = 0
    items: bool = False
    sign: int = 0
    spans: tuple[Span, ...] = ()
    bounds: tuple[str, ...] = ()


def among_in(text: str) -> str:
    """Which kind of places are put in order: 各县区 -> 县, 各省会 -> 省会城市; "" where none is said."""
    kind = _KIND.search(text)
    own = next((one for word, one in CLASSES.items() if word in text), "")
    return own or (kind[1] if kind else "")


def is_class(word: str) -> bool:
    """省会, 直辖, 辖市: nothing but what is said of a class of places."""
    return len(word) > 1 and any(word in name for name in CLASSES.values())


def find_order(text: str, bounded: Bounded | None = None) -> Order:
    """What order a normal text asks for; those within bounds are asked for in theirs."""
    if bounded is None or not bounded.bounds:
        return _in_words(text)
    said = _in_words(text)
    negative = all(one.startswith("<0") for one in bounded.bounds)  # 负增长: not those that rose
    sign = 0 if negative else said.sign or (-1 if bounded.falls else 0)
    return Order("lowest" if from_below(bounded.bounds) else "highest", 0, True, sign, said.spans, bounded.bounds)


def _in_words(text: str) -> Order:
    if these := pattern_in("order", "these").search(text):
        fell = pattern_in("order", "fell").search(these[0])
        members = has(text, "shape", "members")  # 哪些县|收入|下降了: what fell is said between
        spans = () if members else (these.span(),)
        return Order("lowest" if fell else "highest", 0, True, -1 if fell else 1, spans)
    if (every := pattern_in("order", "every").search(text)) and has(text, "shape", "order"):
        lowest = bool(has(text, "shape", "lowest"))
        return Order("lowest" if lowest else "highest", 0, True, 0, (every.span(),))
    if has(text, "shape", "among"):
        return Order("lowest" if has(text, "shape", "lowest") else "highest", 0, True)
    found = [(name, match) for name in ("first", "most", "least") for match in pattern_in("order", name).finditer(text)]
    lowest = bool(has(text, "shape", "lowest")) or any(name == "least" for name, _ in found)
    highest = bool(has(text, "shape", "highest")) or any(name != "least" for name, _ in found)
    direction: Direction = "highest" if highest and not _only_first(found, lowest) else "lowest" if lowest else ""
    each = pattern_in("order", "each_rate").search(text) if not has(text, "shape", "members") else None
    if not direction:
        return Order("highest", 0, True, 0, (each.span(),)) if each else Order()
    asked = list(pattern_in("order", "so_many").finditer(text))
    count = next((number for _, match in found if (number := _number(match))), 0) or max(map(_number, asked), default=0)
    units = {match[unit] for _, match in found for unit in ("u", "u2", "u3") if match.groupdict().get(unit)}
    kind = bool(pattern_in("order", "kinds_said").search(text)) or any(
        pattern_in("order", "kinds").match(text, match.end())
        or pattern_in("order", "kind_before").search(text[: match.start()])
        for _, match in found
    )
    said = tuple(match.span() for _, match in found) + ((each.span(),) if each else ())
    return Order(direction, count, bool(units & set(_OF_ITEMS) or kind or each), 0, said)


def rates_of_each(text: str) -> bool:
    """各科目完成率: a rate of every item is asked for, in no order that is said."""
    ordered = any(has(text, "shape", name) for name in ("highest", "lowest", "order"))
    return not ordered and bool(pattern_in("order", "each_rate").search(text))


def says_first(answer: Answer) -> bool:
    """Whether the sentence of a figure asked for says itself that it comes first, or last."""
    asked = [one for one in answer.figures if one.asked]
    return not asked or any(pattern_in("order", "says").search(one.sentence) for one in asked)


def _only_first(found: list[tuple[str, re.Match[str]]], lowest: bool) -> bool:
    """最低的前三名: so many, counted from the low end."""
    return lowest and all(name in ("first", "least") for name, _ in found)


def _number(match: re.Match[str]) -> int:
    said = next((match[name] for name in ("n", "n2", "n3") if match.groupdict().get(name)), "")
    return FEW if said == "几" else number_of(said) if said else 0


def number_of(word: str) -> int:
    """四, 4 -> 4."""
    return int(word) if word.isdecimal() else 2 if word in "两俩" else NUMERALS.index(word) + 1
