"""Which measures the words of a question ask for, each with a weight from 0 to 1.

    "比上年掉了多少钱" -> yoy_amount 1.0
    "后来调成多少" -> adjusted_budget 1.0
    "用了多少" -> actual 0.5, amount 0.5

The rows stand in ``data/lexicon/asking.toml``; every row has examples that fire it and examples that do not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from index.ask.measuring import is_of_adjustment
from index.ask.query import Kind
from index.ask.vocabulary import words
from index.find.ordinary import cut, is_noun
from index.lexicon import toml
from index.models import Flow, Measure

FILE = "asking.toml"
_MOVED: set[Measure] = {"adjusted_budget", "yoy_amount", "yoy_pct"}  # 这次调整教育支出加了多少: none of these
_NOUN = (4, 3, 2)  # characters of a noun, the longest first
_DESCRIBES = "ab"  # tags of adjectives


@dataclass(frozen=True, slots=True)
class Cue:
    """A way of asking: its name, its pattern, the measures it asks for."""

    name: str
    pattern: re.Pattern[str]
    measures: Mapping[Measure, float]


@cache
def cues() -> Sequence[Cue]:
    """The rows of the file, in its order; ``{name}`` in a pattern stands for one of its word classes."""
    classes = cast(Mapping[str, str], toml(FILE)["class"])
    return tuple(Cue(row["name"], _compiled(row["ask"], classes), row["measures"]) for row in _rows("cue"))


@cache
def _flows() -> Sequence[tuple[Flow, re.Pattern[str]]]:
    classes = cast(Mapping[str, str], toml(FILE)["class"])
    return tuple((row["flow"], _compiled(row["ask"], classes)) for row in _rows("flow"))


def fired(text: str) -> list[Cue]:
    """The cues of a text in which items, places and periods are blanked out."""
    found = [cue for cue in cues() if cue.pattern.search(text)]
    return [cue for cue in found if not set(cue.measures) <= _MOVED] if is_of_adjustment(text) else found


def words_of(text: str) -> list[str]:
    """What the cues of a text match, and what says which way money goes, longest first: 后来调成, 欠着, 进账."""
    patterns = (*(cue.pattern for cue in cues()), *(pattern for _, pattern in _flows()))
    found = {match[0].strip("\x00") for pattern in patterns for match in pattern.finditer(text)}
    return sorted((word for word in found if len(word) > 1), key=len, reverse=True)


def wishes(found: Sequence[Cue]) -> dict[Measure, float]:
    """For each measure the weight of the cue that asks for it most."""
    weights: dict[Measure, float] = {}
    for cue in found:
        for measure, weight in cue.measures.items():
            weights[measure] = max(weights.get(measure, 0.0), weight)
    return weights


@cache
def _kinds() -> Sequence[tuple[Kind, re.Pattern[str]]]:
    classes = cast(Mapping[str, str], toml(FILE)["class"])
    return tuple((row["kind"], _compiled(row["ask"], classes)) for row in _rows("kind"))


def kinds_of(text: str) -> frozenset[Kind]:
    """多少钱 -> money, 百分之几 -> percent, 多少青年 -> count; empty if the words leave it open."""
    found = frozenset(kind for kind, pattern in _kinds() if pattern.search(text))
    return found or (frozenset({"count"}) if counts_things(text) else found)


def counts_things(text: str) -> bool:
    """有多少|青年|参加, 改了多少|老旧|小区: a thing or people stand right behind the question word, however they are
    described, and nothing that is money."""
    counted = toml(FILE)["counted"]
    return any(
        _begins_with_noun(match["thing"]) and not re.search(str(counted["money"]), match["thing"])
        for match in re.finditer(str(counted["ask"]), text)
    )


def _begins_with_noun(thing: str) -> bool:
    thing = thing[2:] if thing[:2] in words("filler", "kept") else thing  # 在编|人员
    if any(is_noun(thing[:length], "njt") for length in _NOUN):
        return True
    rest = next((word for word, tag in cut(thing) if tag not in _DESCRIBES), "")
    return not thing.startswith(rest) and is_noun(rest)


def flow_of(text: str) -> Flow:
    """花了多少 -> expenditure, 收了多少 -> revenue; "" if neither or both are said."""
    said = [flow for flow, pattern in _flows() if pattern.search(text)]
    return said[0] if len(said) == 1 else ""


def _rows(name: str) -> list[dict[str, Any]]:
    return cast(list[dict[str, Any]], toml(FILE)[name])


def _compiled(pattern: str, classes: Mapping[str, str]) -> re.Pattern[str]:
    """Classes may stand in classes, two deep."""
    for _ in range(2):
        pattern = re.sub(r"\{([a-z]+)\}", lambda name: f"(?:{classes[name[1]]})", pattern)
    return re.compile(pattern)
