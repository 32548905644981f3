"""The parts of a whole that a question enumerates, and the words it says of all of them.

政府采购预算，货物工程服务三类各多少     -> 政府采购预算 | 货物工程服务
衔接资金，中央、省、市各掏了多少         -> 衔接资金 | 中央, 省, 市
债务余额，市级多少、区县级多少           -> 债务余额 | 市级, 区县级
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from index.ask.asks import ENUMERATED, MOST, parts_of
from index.ask.pick.cues import kinds_of

_MARK: Final = re.compile("[，；？。！：:]")
_ASKED: Final = re.compile(r"(?:[是有为占花要投用收发到来了拿出]|安排|完成|支出|收入)*(?:多少|几)[^，。？?]{0,4}$")
_JOINTS: Final = (re.compile("[、和与跟及]|以及|还有"), re.compile("、"))  # 社会保障和就业 may be one name
_APART: Final = re.compile("^(?:[分按]|拆成|分成|分为)")
_HOW: Final = re.compile("的?(?:实际|预计|一共|总共|大概|到底|拆开|分开|单独|都|又)+$")
_END: Final = re.compile("[，。？?！! 呢啊呀]+$")


@dataclass(frozen=True, slots=True)
class Enumeration:
    """``words`` as they are said, each the name of a part, or of several without a mark between them; the first may
    begin with words of the whole.  ``over``: what stands before."""

    over: str
    words: tuple[str, ...]


def enumerations(text: str) -> Iterator[Enumeration]:
    """The ways to read a text as one enumeration; none where it asks for one thing."""
    text = _END.sub("", text)
    marks = [0, *(mark.end() for mark in _MARK.finditer(text)), len(text) + 1]
    for start, end in pairwise(marks):
        segment = text[start : end - 1]
        tail = ENUMERATED.search(segment)
        if tail is None:
            continue
        named = segment[: tail.start()]
        if not named and start:  # 分货物、工程两块，|各多少
            before = max((mark.end() for mark in _MARK.finditer(text, 0, start - 1)), default=0)
            start, named = before, _APART.sub("", text[before : start - 1])
        for over, words in ((text[:start] + named, text[end:].strip("，")), (text[:start], named)):
            for each in _listed(words):
                yield Enumeration(over, each)
    yield from _each_asked(text)


def _listed(words: str) -> Iterator[tuple[str, ...]]:
    """Words between marks and joints, or all of them as one run; nothing of none."""
    bare = _HOW.sub("", words)
    for joint in _JOINTS if bare else ():
        pieces = tuple(piece.strip("的 ") for piece in joint.split(bare))
        if all(pieces) and len(pieces) <= MOST:
            yield pieces


def _each_asked(text: str) -> Iterator[Enumeration]:
    """市级多少、区县级多少: each with a question word of its own."""
    parts = [part.text for part in parts_of(text)]
    if len({kinds_of(part) for part in parts}) > 1:
        return  # 多少个项目，多少钱
    names = [_ASKED.sub("", part).strip("的 ，") for part in parts]
    if 1 < len(parts) <= MOST and all(name and name != part for name, part in zip(names, parts, strict=True)):
        yield Enumeration("", tuple(names))


def enumerated_in(text: str) -> int:
    """How many parts are asked for, between marks: at least so many figures are an answer; 0 where none are."""
    words = next((one.words for one in enumerations(text) if "、" in text), ())
    return len(words) if len(words) > 1 else 0
