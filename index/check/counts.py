"""Lists that are not as long as they say: 三个方面：一是…二是…三是…四是.

    主要体现在三个方面：一是…。二是…。                    two are named
    4个县（甲县、乙县、丙县）                             three are named

Counted are 一是, 二是 to the last one, of this sentence and the ones behind it; both a list that breaks off
and one that goes on beyond its number are told as a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from index.check.models import Finding, Span
from index.check.paper import Paper
from index.lexicon import toml
from index.models import Sentence
from index.text.normal import plain

_AHEAD: Final = 40  # sentences that a list may take
_REACH: Final = 4_000  # characters
_NAMES: Final = re.compile(
    r"(?<![\d.第])(?P<number>\d{1,2}|[二三四五六七八九十])个(?:县|县区|县市|区|区县|市|镇|乡镇|街道)[（(](?P<names>[^（()）\d]{3,60})[）)]"
)


def of_counts(paper: Paper) -> Iterator[Finding]:
    """All findings of this kind."""
    sentences = [one for one in paper.parsed.sentences if one.kind != "row"]
    for position, sentence in enumerate(sentences):
        text = plain(sentence.text)
        if len(text) != len(sentence.text):
            continue
        for match in _head().finditer(text):
            if not text.startswith(_ordinals()[0], match.end()):
                continue
            listed = text[match.end() : match.end() + _REACH] + "\n" + _behind(sentences, position)
            named = _ordinals_of(listed[:_REACH])
            said = _number(match["number"])
            if named >= 2 and said >= 2 and named != said:
                yield _told(paper, sentence, match.start("number"), match.end("number"), f"写的是 {said}，列出 {named}")
        for match in _NAMES.finditer(text):
            names = [name for name in re.split("[、，,和及]", match["names"]) if name.strip()]
            said = _number(match["number"])
            if len(names) > 1 and len(names) != said and "等" not in match["names"] and "不" not in match["names"]:
                yield _told(
                    paper, sentence, match.start("number"), match.end("number"), f"写的是 {said}，列出 {len(names)}"
                )


def _behind(sentences: list[Sentence], position: int) -> str:
    """What comes after a sentence in its section, as far as a list may go."""
    found = []
    for other in sentences[position + 1 : position + 1 + _AHEAD]:
        if other.section != sentences[position].section or other.kind == "heading":
            break
        found.append(plain(other.text[:_REACH]))
    return "\n".join(found)[:_REACH]


def _ordinals_of(text: str) -> int:
    """一是, 二是, …: how far the list goes until it begins anew, skips or ends; 0 if that cannot be told."""
    ordinals = _ordinals()
    count = 0
    for match in _marks().finditer(text):
        if match["ordinal"] != ordinals[count]:
            return count
        count += 1
        if count == len(ordinals):
            return 0  # as many as can be counted: may go on
    return count if len(text) < _REACH else 0


@cache
def _marks() -> re.Pattern[str]:
    return re.compile(rf"(?:^|[，。；：;:、\s“”])(?P<ordinal>{'|'.join(_ordinals())})", re.MULTILINE)


@cache
def _head() -> re.Pattern[str]:
    members = "|".join(sorted(map(re.escape, toml("check.toml")["count"]["members"]), key=len, reverse=True))
    return re.compile(rf"(?<![第\d.])(?P<number>\d{{1,2}}|[二三四五六七八九])(?:{members})[^，。；：:、]{{0,8}}[：:]")


@cache
def _ordinals() -> tuple[str, ...]:
    return tuple(toml("check.toml")["count"]["ordinals"])


def _number(text: str) -> int:
    return int(text) if text.isdigit() else toml("check.toml")["count"]["numerals"].index(text) + 1


def _told(paper: Paper, sentence: Sentence, start: int, end: int, why: str) -> Finding:
    section = paper.parsed.sections[sentence.section].title if sentence.section is not None else ""
    return Finding("个数", "疑", sentence.page, section, sentence.text, (Span(sentence.index, start, end),), why)
