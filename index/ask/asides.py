"""What stands in a question and is no slot of it: what is not meant, what the figure is for, where it was read.

|领导要看财政材料，|麻烦查下教育支出|不要调整后的|        |19年决算那份材料里|有2020年的计划吗
"""

from __future__ import annotations

import re
from functools import cache
from typing import cast

from index.lexicon import toml

Span = tuple[int, int]


def negated(text: str) -> tuple[Span, ...]:
    """我只要市本级的，|不要全市那个|: what the asker does not mean; 是不是 asks."""
    return _spans("negated", text)


def framed(text: str) -> tuple[Span, ...]:
    """|写材料用|, |领导要看文旅交通的材料|: what the figure is for, in a clause that asks for nothing.

    新增债券|前面说二百零几亿，后面又说二百一十几亿|，各多少: that the report says two things.
    """
    differing = _spans("differing", text) if _pattern("differs").search(text) else ()
    return (*_spans("frame", text), *differing)


def sources(text: str) -> tuple[Span, ...]:
    """|19年决算那份材料里|: a paper that is named as a source, with a year of its own."""
    return _spans("paper", text)


def _spans(name: str, text: str) -> tuple[Span, ...]:
    return tuple(match.span() for match in _pattern(name).finditer(text) if match[0])


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(cast(str, toml("asking.toml")["aside"][name]))
