"""What is said in a chat beside questions: a word of thanks, or something to be done with the answer before.

    "谢谢啦" -> thanks      "麻烦发一下原文" -> original
    "换成亿元" -> unit, 亿元      "不对，是调整后的数" -> wrong

A message is one of these as a whole, or it is a question.  Nothing of them fills a slot.  The words are in
``talk.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal, cast

from index.ask.english import is_english
from index.ask.picturing import wish_of
from index.ask.vocabulary import simplified
from index.lexicon import toml
from index.text.normal import plain

Kind = Literal[
    "hello",
    "help",
    "thanks",
    "fine",
    "bye",
    "original",
    "export",
    "detail",
    "source",
    "wrong",
    "which",
    "again",
    "chart",
    "unit",
    "english",
    "empty",
]
SMALL: Final[tuple[Kind, ...]] = ("thanks", "fine", "bye")

LONGEST: Final = 24
LONGEST_WORDS: Final = 200
_FILE: Final = "talk.toml"
_BETWEEN: Final = "\x00"  # stands for the words of the edge
_MARKS: Final = re.compile(r"[^\w一-鿿]+|_+")
_NAMED_EMOJI: Final = re.compile(r"[\[［【][^\]］】\d]{1,4}[\]］】]")  # [抱拳], as other chats write it


@dataclass(frozen=True, slots=True)
class Said:
    """``unit`` is the one that the answer is to be put in, ``words`` what the asker says is wrong, ``meant`` the
    question that is said to be meant instead; ``of`` and ``reading`` are the question that it was said of, where
    another one is answered."""

    kind: Kind
    unit: str = ""
    words: str = ""
    meant: str = ""
    of: str = ""
    reading: str = ""

    @property
    def acts(self) -> bool:
        """Something is to be done with the answer before."""
        return not self.small and self.kind not in ("english", "empty", "hello", "help")

    @property
    def small(self) -> bool:
        """Small talk: there is nothing to be done."""
        return self.kind in SMALL


def said(message: str) -> Said | None:
    """What a message is beside a question; None for a question."""
    text = _NAMED_EMOJI.sub("👍", plain(message.strip()).translate(simplified()).lower())
    bare = _softened().sub("", _MARKS.sub("", text))
    if not bare:
        emoji = any(char in cast(str, toml(_FILE)["edge"]["emoji"]) for char in text)
        return Said("fine") if emoji else Said("empty")
    if (wish := wish_of(message)) and not wish.question:
        return Said("chart")
    if len(bare) <= LONGEST:
        for kind, pattern in _patterns():
            if pattern.fullmatch(bare):
                return Said(kind, words=message.strip()[:LONGEST_WORDS] if kind == "wrong" else "")
        if unit := _unit(bare):
            return Said("unit", unit=unit)
    begins, mark, rest = _split(text)
    if mark and rest and len(begins) <= LONGEST and dict(_patterns())["wrong"].fullmatch(_MARKS.sub("", begins)):
        return Said("wrong", words=message.strip()[:LONGEST_WORDS], meant=_meant(rest))
    return Said("english") if is_english(text) else None


def says_nothing(message: str) -> bool:
    """帮看一下, 请问: words of politeness alone; what they are about was said by somebody else."""
    bare = _MARKS.sub("", plain(message.strip()).translate(simplified()).lower())
    return bool(_around("").fullmatch(bare))


def _split(text: str) -> tuple[str, str, str]:
    """What stands before the first mark, the mark, and the rest."""
    found = re.search(cast(str, toml(_FILE)["wrong"]["goes_on"]), text)
    return (text[: found.start()], found[0], text[found.end() :]) if found else (text, "", "")


def _meant(rest: str) -> str:
    """不是这个，|我要|市本级的; "" where a figure is said to be right."""
    found = re.match(cast(str, toml(_FILE)["wrong"]["before_meant"]), rest)
    return rest[found.end() :] if found else ""


def _unit(bare: str) -> str:
    """亿元 of 换成亿元, 用万元表示; "" where a message is more, or less: 亿元 alone may be an answer."""
    for unit, pattern in _units():
        if pattern.fullmatch(bare):
            return unit
    return ""


@cache
def _patterns() -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    """好的，谢谢: small talk may be followed by more of it."""
    small, act = toml(_FILE)["small"], dict(toml(_FILE)["act"])
    del act["change"], act["expressed"]
    every = _any([word for words in small.values() for word in words])
    table = {kind: f"{_any(words)}(?:{_BETWEEN}{every}){{0,2}}" for kind, words in small.items()}
    table = {**{kind: _any(words) for kind, words in toml(_FILE)["hello"].items()}, **table}
    table |= {kind: _any(words) for kind, words in act.items()}
    return tuple((cast(Kind, kind), _around(core)) for kind, core in table.items())


@cache
def _softened() -> re.Pattern[str]:
    """不|太|对, 不|怎么|准: what softens a denial."""
    return re.compile(f"(?<=不){_any(toml(_FILE)['edge']['softer'])}(?=[对准])")


@cache
def _units() -> tuple[tuple[str, re.Pattern[str]], ...]:
    act = toml(_FILE)["act"]
    change, expressed = _any(act["change"]), _any(act["expressed"])
    rows = toml(_FILE)["unit"]
    return tuple((unit, _around(f"{change}{_any(words)}{expressed}")) for unit, words in rows.items())


def _around(core: str) -> re.Pattern[str]:
    edge = toml(_FILE)["edge"]
    before, behind = _any(edge["before"]), _any(edge["behind"])
    core = core.replace(_BETWEEN, f"{behind}{{0,3}}{before}{{0,2}}")
    return re.compile(f"{before}{{0,6}}{core}{behind}{{0,5}}")


def _any(words: Iterable[str]) -> str:
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"
