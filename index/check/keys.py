"""What stays of a slip when its paper is edited: its kind and its figures, not the words and pages around them.

    key_of(Finding(完成率, 76,495万元 ÷ 35,853万元 ＝ 213.36%，印的是 113.36%)) -> "5b1c…"

A slip whose words were changed, or that has moved to another page, is the same; one of which a figure was changed is
another one.
"""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import Final

from index.check.models import Finding
from index.text.normal import plain

_PAGE: Final = re.compile(r"（第\d+页）")
_FIGURE: Final = re.compile(r"-?\d+(?:\.\d+)?(?:[万亿]*元|%|个百分点)?")
_BYTES: Final = 8


def key_of(one: Finding) -> str:
    """16 characters of 0-9 and a-f, which fit into a button."""
    printed = [
        one.sentence[span.start : span.end] for span in one.spans if span.sentence == one.spans[0].sentence
    ]  # fmt: skip
    figures = [*_figures(_PAGE.sub("", one.sum)), "|", *(figure for text in printed for figure in _figures(text))]
    return blake2b(" ".join([one.kind, *figures]).encode(), digest_size=_BYTES).hexdigest()


def _figures(text: str) -> list[str]:
    return _FIGURE.findall(plain(text).replace(",", ""))
