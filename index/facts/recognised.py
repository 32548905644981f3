"""Facts of pages that are pictures are marked: their figures were recognised and may be misread.

    a scanned page 3, 教育支出56917万元 on it  ->  the same fact with the flag "ocr"

A sentence that ends on such a page counts as one of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from index.models import Fact, Sentence

FLAG = "ocr"


def marked(facts: Sequence[Fact], sentences: Sequence[Sentence], pages: Sequence[int]) -> list[Fact]:
    """The facts, those of the recognised ``pages`` with the flag."""
    if not pages:
        return list(facts)
    known = frozenset(pages)
    theirs = {sentence.index for sentence in sentences if sentence.page in known}
    theirs |= {before.index for before, after in pairwise(sentences) if after.page in known}
    return [replace(fact, flags=(*fact.flags, FLAG)) if fact.sentence in theirs else fact for fact in facts]
