"""Kinds of one class, of which one leaves the others out: 小学, 初中, 高中; 博士, 硕士; 城市, 农村.

高中生均公用经费多少          no 公办幼儿园生均公用经费 600元
农村低保保障了多少人 | 城里的呢    城里低保保障了多少人
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from index.lexicon import toml

_ABOUT: Final = "(?:那么?|还有)?(?P<kind>{kind})(?:的|那边|这边|那块|这块|方面)?(?:呢|多少|是多少|有多少)?[啊呀？?。 ]*"


def of_another_kind(asked: str, own: str) -> bool:
    """Whether a text names kinds of a class, and none of those that are asked for."""
    for kinds in _classes():
        wanted = [kind for kind in kinds if kind.search(asked)]
        if wanted and not any(kind.search(own) for kind in wanted) and any(kind.search(own) for kind in kinds):
            return True
    return False


def names_kind(text: str) -> bool:
    """硕士毕业去…: whether a text names a kind of a class, and so says something."""
    return any(kind.search(text) for kinds in _classes() for kind in kinds)


def put_in_place(question: str, before: str) -> str:
    """城里的呢, after 农村低保保障了多少人: that question for the other kind; the question itself where it is none."""
    for kinds in _classes():
        for kind in kinds:
            match = _is_about(kind, question)
            others = [other for other in kinds if other is not kind and other.search(before)] if match else []
            if match and len(others) == 1 and not kind.search(before) and not _is_about(others[0], before):
                return others[0].sub(lambda _, word=match["kind"]: word, before)  # type: ignore[misc]
    return question


def _is_about(kind: re.Pattern[str], text: str) -> re.Match[str] | None:
    return re.fullmatch(_ABOUT.format(kind=kind.pattern), text)


@cache
def _classes() -> Sequence[Sequence[re.Pattern[str]]]:
    return tuple(tuple(map(re.compile, row["kinds"])) for row in toml("asking.toml")["exclusive"])
