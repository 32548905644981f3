"""A picture asked for in words -> what is to be drawn, and the question that is left.

    上党区教育支出的趋势图 -> Wish("trend", "上党区教育支出历年")      画个图 -> Wish("", ""): of the last answer
    上党区支出图书馆多少 -> None

The words stand in ``pictures.toml``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from index.ask.vocabulary import has
from index.lexicon import toml
from index.text.normal import plain

PICTURE: Final = "picture"  # where a kept dialogue has the kind of the picture sent last
WishKind = Literal["", "trend", "parts", "peers", "ranking"]

_FILE: Final = "pictures.toml"
_KINDS: Final[tuple[WishKind, ...]] = ("", "trend", "parts", "peers", "ranking")
# The lists of ``questions.toml`` that say already what the kind of picture says.
_SAID: Final[dict[WishKind, tuple[str, ...]]] = {
    "trend": ("trend",), "parts": ("compose",), "peers": ("compare",), "ranking": ("highest", "lowest"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wish:
    """``kind`` "" is what suits the answer best; ``question`` "" means the last answer; ``again``: its picture before,
    in another look."""

    kind: WishKind
    question: str
    dark: bool = False
    vector: bool = False
    again: bool = False


def wish_of(text: str) -> Wish | None:
    """What picture a question asks for; None if it asks for none."""
    alone, bare = toml(_FILE)["alone"], _bare(text)
    if bare in alone["words"] or plain(text.strip()).lower() in alone["english"]:
        return Wish("", "")
    if bare in alone["light"] or bare in alone["dark"]:
        return Wish("", "", dark=bare in alone["dark"], again=True)
    found = _found(text)
    if found is None:
        return None
    kind, start, end = found
    before, after = text[:start], text[end:]
    dark, vector = (any(word in before + after for word in _around(name)) for name in ("dark", "vector"))
    for word in (*_around("dark"), *_around("vector")):
        before, after = before.replace(word, ""), after.replace(word, "")
    own = text[start:end] in _around("vector")
    vector = vector or own
    rest = (_bared(before, at_end=True) + _bared(after, at_end=False)).strip()
    if rest and (more := wish_of(rest)) and more.question:  # 四本账画个图 SVG says it twice
        return Wish(more.kind or kind, more.question, dark or more.dark, vector or more.vector)
    if kind == "parts" and has(plain(rest), "shape", "trend"):  # 近几年画饼图: years have no parts
        kind = "trend"
    if not rest or not kind or any(has(plain(rest), "shape", group) for group in _SAID[kind]):
        return Wish(kind, rest, dark, vector, again=own and not rest)
    return Wish(kind, rest + toml(_FILE)[kind]["asks"], dark, vector)


@cache
def account_items() -> dict[str, tuple[str, ...]]:
    """Revenue and expenditure of each of the four budgets, as they are asked for, by account."""
    return {account: tuple(items) for account, items in toml(_FILE)["accounts"]["items"].items()}


def _bare(text: str) -> str:
    """图呢, 再来一张深色的: the message without what only leads up to the word for a picture or follows it."""
    bare = plain(text.strip()).lower()
    around = tuple(
        sorted((word for word in (*_around("words"), *_around("loose")) if word.strip()), key=len, reverse=True)
    )
    return _without(_without(bare, around, at_end=True), around, at_end=False) or bare


def _found(text: str) -> tuple[WishKind, int, int] | None:
    """The last word for a picture, the longest there; where it stands."""
    best: tuple[int, int, WishKind] | None = None
    for word, kind in _words().items():
        at = text.rfind(word)
        if at < 0 or text[at + len(word) : at + len(word) + 1] in _not_before():
            continue
        if best is None or (at + len(word), -at) > (best[0] + best[1], -best[0]):
            best = (at, len(word), kind)
    return (best[2], best[0], best[0] + best[1]) if best else None


@cache
def _words() -> dict[str, WishKind]:
    table: dict[str, WishKind] = {word: kind for kind in _KINDS for word in toml(_FILE)[kind or "any"]["words"]}
    return table | dict.fromkeys((word for word in _around("vector") if word.endswith("图") or word.isascii()), "")


@cache
def _not_before() -> frozenset[str]:
    return frozenset(toml(_FILE)["around"]["not_before"])


@cache
def _around(name: str) -> tuple[str, ...]:
    return tuple(sorted(toml(_FILE)["around"][name], key=len, reverse=True))


def _bared(text: str, *, at_end: bool) -> str:
    """One side of the words for a picture, without those that only lead up to it or follow it."""
    if not _without(text, (*_around("words"), *_around("loose")), at_end=at_end):
        return ""
    text = _without(text, _around("words"), at_end=at_end)
    return _without(text, _around("words"), at_end=not at_end)


def _without(text: str, words: tuple[str, ...], *, at_end: bool) -> str:
    while text:
        word = next((one for one in words if (text.endswith(one) if at_end else text.startswith(one))), "")
        if not word:
            return text
        text = text[: -len(word)] if at_end else text[len(word) :]
    return text
