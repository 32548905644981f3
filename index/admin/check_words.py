"""The words of 核对 in a chat: what is written under a file that is to be checked only, and why a slip is put aside.

    wants_check("请帮我核对一下") -> True        wants_check("核对上党区2023年教育支出") -> False: a question

The words stand in ``checking.toml``.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from index.lexicon import toml
from index.text.normal import plain

_FILE: Final = "checking.toml"
_MARKS: Final = re.compile(r"@[A-Za-z0-9_]+|[^\w]+")


def wants_check(text: str) -> bool:
    """Whether a caption asks for nothing but a check."""
    rest = _MARKS.sub("", plain(text))
    bare = _without(rest, _words("asks", "words"))
    return bare != rest and not _without(bare, _words("around", "words"))


@cache
def aside_reasons() -> tuple[str, ...]:
    """Reasons that are given in one tap."""
    return tuple(toml(_FILE)["aside"]["reasons"])


@cache
def _words(part: str, name: str) -> tuple[str, ...]:
    return tuple(sorted(toml(_FILE)[part][name], key=len, reverse=True))


def _without(text: str, words: tuple[str, ...]) -> str:
    for word in words:
        text = text.replace(word, "")
    return text
