"""Names of parts that leave nothing out of their whole, by ``check.toml``: 一般债务 and 专项债务, 三公经费."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from index.check.paper import Entry
from index.lexicon import toml


def are_all(whole: str, parts: Sequence[str]) -> bool:
    """Are parts of these names all that there is of a whole of that name?"""
    return any(_is_set(one, whole, parts) for one in _told()["sets"]) if len(parts) > 1 else False


def are_pair(parts: Sequence[Entry]) -> bool:
    """Are two figures the only two kinds of a thing: 税收 and 非税?"""
    return len(parts) == 2 and any(
        any(first in one.fact.label + one.gap for one in parts) and any(second in one.gap for one in parts)
        for first, second in _told()["pairs"]
    )


def _is_set(one: Mapping[str, Any], whole: str, parts: Sequence[str]) -> bool:
    needed: list[list[str]] = one["needed"]
    may_be: list[list[str]] = [*needed, one["also"]]
    return (
        one["of"] in whole
        and all(any(name in part for part in parts for name in names) for names in needed)
        and all(any(name in part for names in may_be for name in names) for part in parts)
    )


@cache
def _told() -> Mapping[str, Any]:
    told: Mapping[str, Any] = toml("check.toml")["complete"]
    return told
