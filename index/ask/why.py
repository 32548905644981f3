"""A question for a reason: what changed, which way, at which level and in which year.

晋城全市2025年教育支出为啥降了两成 -> 教育支出, down, whole, 2025
普陀司法局2026年养老保险那项为啥多了 -> the words of the name of the body are not of the matter
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final, Literal

from index.ask.kin import counterpart
from index.ask.query import Asked, Query
from index.ask.vocabulary import pattern_of, words, words_of
from index.find.phrases import Phrases
from index.lexicon import Item, items
from index.models import Scope

Direction = Literal["up", "down", "more", "less", ""]
Name = tuple[str, str]  # 政府性基金|支出: what may stand apart in 政府性基金收入和支出

_FLOW: Final = re.compile(r"(.{2,}?)(?:预算)?(收入|支出|余额|限额|结余)$")
_FLOWS: Final = ("收入", "支出")
_BESIDE: Final = re.compile("那?(?:和|跟|与|同)[^，。]{2,16}比")  # 和解放区比一比: the figures, side by side
_FIGURE: Final = re.compile(r"\d+(?:\.\d+)?(?=%|万|亿|元|个百分点)")
_NUMBER: Final = re.compile(r"[\d.%]+(?:万|亿)?元?")
_HAN: Final = re.compile(r"[\u4e00-\u9fffA-Za-z]{2,}")


@dataclass(frozen=True, slots=True)
class Why:
    """``names``: for each item its names, each with the flow apart; ``residue``: other words that say what it is."""

    items: tuple[Asked, ...]
    names: tuple[tuple[Name, ...], ...]
    keys: frozenset[str]
    residue: tuple[str, ...]
    direction: Direction
    figures: tuple[str, ...]
    scope: Scope
    year: int | None
    places: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Nothing says of what the reason is wanted."""
        return not (self.names or self.residue or self.direction)


def asks_why(text: str) -> bool:
    """为什么, 咋回事, 怎么涨了这么多."""
    if any(word in text for word in words_of("why", "ask")):
        return True
    return any(pattern_of("why", pattern).search(text) for pattern in ("ask_pattern", "how_pattern"))


def bared(query: Query) -> Query:
    """A why with only those of its words as content that say of what: 咋掉的 after a figure is of that figure."""
    residue = _residue(query, query.items, "")
    items = tuple(item.text for item in query.items)
    return replace(query, chunks=residue, content=(*items, *residue))


def change_apart(query: Query) -> str:
    """为什么调减税收: the text without a word of change that a name cuts in two (减税); "" if none is cut."""
    for name in ("down_pattern", "up_pattern"):
        for match in pattern_of("why", name).finditer(query.text):
            for item in query.items:
                start = query.text.find(item.text)
                end = start + len(item.text)
                if start >= 0 and (
                    match.start() < start < match.end() < end or start < match.start() < end < match.end()
                ):
                    return query.text[: match.start()] + "，" + query.text[match.end() :]
    return ""


def still_why(query: Query, last: Query | None) -> Query:
    """教育支出为什么下降 | 社保呢: the same is asked of another item, place or year, unless something else is."""
    if last is None or not asks_why(last.text) or asks_why(query.text):
        return query
    other = query.asks or query.measures or query.kind or query.unit or query.shape not in ("lookup", "compare")
    slots = query.items or query.regions or query.periods or query.scope
    if other or not slots or _BESIDE.match(query.text) or not (query.follow or not (query.items or query.chunks)):
        return query
    return replace(query, text=f"{query.text}，{words_of('why', 'again')[0]}")


def read_why(query: Query, body: str = "") -> Why:
    """The question as it is compared with the sentences; words of the name of the ``body`` are not of the matter."""
    asked = [one for one in query.items if one.text not in body]
    residue = _residue(query, asked, body)
    both = [other for one in asked for flow in residue if flow in _FLOWS and (other := counterpart(one, flow))]
    asked += [one for one in both if all(one.keys != other.keys for other in asked)]
    return Why(
        items=tuple(asked),
        names=tuple(_names(one) for one in asked),
        keys=frozenset(key for one in asked for key in one.keys),
        residue=tuple(word for word in residue if word not in _FLOWS or not asked),
        direction=direction_of(_without_items(query)),
        figures=tuple(_FIGURE.findall(query.text)),
        scope=query.scope,
        year=query.periods[0].last_year if query.periods else None,
        places=query.regions,
    )


def each_item(why: Why) -> list[Why]:
    """The question asked of one item at a time."""
    pairs = zip(why.items, why.names, strict=True)
    return [replace(why, items=(one,), names=(names,), keys=frozenset(one.keys)) for one, names in pairs]


def of_parts(why: Why) -> Why:
    """The same asked of the parts of the items: 三公经费 -> 公务接待费, …; only the figures tell which they are."""
    parts = frozenset(item.key for key in why.keys for item in _parts().get(key, ()))
    return replace(why, items=(), names=(), keys=parts)


@cache
def _parts() -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = {}
    for item in items().values():
        found.setdefault(item.parent, []).append(item)
    return found


def direction_of(text: str) -> Direction:
    """Which way it went, by the strongest word: 没花到年初那么多 -> less, 才增长0.2% -> up."""
    if share := pattern_of("why", "completion_pattern").search(text):
        return "less" if float(share["share"]) < 100 else "more"
    tests: tuple[tuple[Direction, str], ...] = (
        ("down", "down_pattern"), ("up", "up_pattern"), ("less", "less_pattern"), ("more", "more_pattern")
    )  # fmt: skip
    plan = pattern_of("why", "less_pattern").search(text)
    if plan and plan[0][0] in "没未完":
        return "less"
    found: list[Direction] = [name for name, pattern in tests if pattern_of("why", pattern).search(text)]
    if {"down", "up"} <= set(found):
        return ""
    return found[0] if found else ""


def without_why(query: Query) -> Query:
    """The same question for the figures alone, without what asks for the reason."""
    content = tuple(one.text for one in query.items) or query.content
    return Query(
        text="，".join(content), regions=query.regions, choices=query.choices, periods=query.periods,
        period_note=query.period_note, scope=query.scope, scope_words=query.scope_words, account=query.account,
        items=query.items, content=content, runs=content,
    )  # fmt: skip


def _without_items(query: Query) -> str:
    """罚没收入为什么多了: the 没 of the name is no word of the question."""
    text = query.text
    for item in query.items:
        text = text.replace(item.text, "，")
    return text


def _names(one: Asked) -> tuple[Name, ...]:
    return tuple(dict.fromkeys((_apart(one.text), *names_of(one.name, one.keys))))


def names_of(name: str, keys: Sequence[str]) -> tuple[Name, ...]:
    """All names of an item, each with its flow apart."""
    known = items()
    names = [name, *(word for key in keys if key in known for word in known[key].words)]
    return tuple(dict.fromkeys(map(_apart, names)))


def _apart(name: str) -> Name:
    match = _FLOW.fullmatch(name)
    return (match[1], match[2]) if match else (name, "")


def _residue(query: Query, asked: Sequence[Asked], body: str) -> tuple[str, ...]:
    """The content words that are no item, figure, direction, part of a body's name or way of asking."""
    own = {one.text for one in asked}
    found: list[str] = []
    for piece in query.content:
        if piece in own or piece in (one.text for one in query.items):
            continue
        rest = _NUMBER.sub("，", piece)
        for name in ("ask_pattern", "down_pattern", "up_pattern", "less_pattern", "more_pattern", "how_pattern"):
            rest = pattern_of("why", name).sub("，", rest)
        for start, end, _ in reversed(list(_frame().find(rest))):
            rest = rest[:start] + "，" + rest[end:]
        for whole in () if asked else words_of("why", "whole"):
            rest = rest.replace(whole, "，")
        found += [word for word in _HAN.findall(rest) if not _in_name(word, body)]
    return tuple(dict.fromkeys(found))


def _in_name(word: str, body: str) -> bool:
    """规资局, 财政局 of a body's name, whole or shortened."""
    return bool(body) and bool(re.search("[\u4e00-\u9fff]{0,6}".join(map(re.escape, word)), body))


def _frame() -> Phrases[bool]:
    return Phrases(dict.fromkeys((*words_of("why", "frame"), *words_of("why", "ask"), *words("ask", "figure")), True))
