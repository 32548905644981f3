"""A question for a figure reckoned from others -> the operation, the words of its sides.

    晋城市本级去年收的钱里头税占几成 -> share of 税 in 晋城市本级去年收的钱
    26年公共预算收入要比25年完成数多收多少亿 -> 26年公共预算收入 | 25年完成数, more

How questions are worded stands in ``asking.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import cast

from index.ask.reckoned import Operation
from index.ask.sides import Direction
from index.ask.vocabulary import filled, pattern_in
from index.lexicon import toml


@dataclass(frozen=True, slots=True)
class Words:
    """An operation and the words of its two sides (of a share the first is the whole), those that say something of
    both, and which side should be the larger.  ``sure``: no other reading is likely."""

    operation: Operation
    first: str
    second: str
    both: str = ""
    direction: Direction = ""
    sure: bool = False
    apart: bool = False
    verb: str = ""


@dataclass(frozen=True, slots=True)
class _Row:
    operation: Operation
    ask: re.Pattern[str]
    first: str
    second: str
    loose: bool


@cache
def _rows() -> Sequence[_Row]:
    classes = {**toml("questions.toml")["gap"], **toml("asking.toml")["expression"]}
    return tuple(
        _Row(row["operation"], re.compile(filled(row["ask"], classes)), row.get("first", ""), row.get("second", ""),
             "loose" in row)
        for row in toml("asking.toml")["expression"]["row"]
    )  # fmt: skip


@cache
def pattern_of(name: str) -> re.Pattern[str]:
    """A pattern of the section."""
    return re.compile(cast(str, toml("asking.toml")["expression"][name]))


def expressions(text: str, operations: Sequence[Operation] = (), *, loose: bool = False) -> Iterator[Words]:
    """What a question may ask to reckon, the likeliest first; ``loose``: in words that may mean another thing."""
    for row in _rows():
        wanted = row.loose == loose and (not operations or row.operation in operations)
        found = row.ask.search(text) if wanted else None
        if found is None:
            continue
        told = {"first": "", "second": "", "before": "", "both": "", "way": "", "verb": "", **found.groupdict("")}
        first, second = told["before"] + told["first"] + row.first, told["second"] + row.second
        if row.operation == "share" and pattern_of("change").search(second):
            continue
        if not row.loose:
            way = told["way"][:1]
            direction: Direction = "more" if way and way in _more() else "less" if way and way in _less() else ""
            yield Words(row.operation, first, second, told["both"], direction, True, not way, told["verb"])
            continue
        first, second = _bare(first), _bare(second)
        if first and second and not pattern_of("asking").search(first + second):
            second = cast(Mapping[str, str], toml("asking.toml")["expression"]["short"]).get(second, second)
            yield Words(row.operation, first + told["both"], second + told["both"])


def operation_in(text: str) -> Operation | None:
    """What is to be made of the things that a question names, whatever they are called."""
    if pattern_in("relation", "sum").search(text):
        return "sum"
    found = next(chain(expressions(text), expressions(text, loose=True)), None)
    return found.operation if found else None


def _more() -> str:
    return pattern_in("gap", "more").pattern


def _less() -> str:
    return pattern_in("gap", "less").pattern


def _bare(text: str) -> str:
    """支出里|项目的钱|, 工资福利|那块|: the words of a side without those that say nothing of it."""
    before = ""
    while before != text:
        before, text = text, pattern_of("around").sub("", text)
    return text
