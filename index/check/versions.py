"""Two versions of a draft: which slips are still there, which are new, which were mended.

A slip is the same if its kind and the words around its figures are: figures may have moved or changed elsewhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from index.check.models import Finding

_PLACE: Final = re.compile(r"\s+")


def compared_with(now: Sequence[Finding], before: Sequence[Finding]) -> tuple[tuple[int, ...], tuple[Finding, ...]]:
    """The positions of findings that the version before had as well, and its findings that are gone."""
    left = Counter(identity(one) for one in before)
    known = []
    for position, one in enumerate(now):
        if left[identity(one)]:
            left[identity(one)] -= 1
            known.append(position)
    mended = []
    for one in before:
        if left[identity(one)]:
            left[identity(one)] -= 1
            mended.append(one)
    return tuple(known), tuple(mended)


def identity(one: Finding) -> tuple[str, str, str]:
    """What stays the same of a slip that is still there: its kind, its sum and its sentence."""
    return one.kind, one.sum, _PLACE.sub("", one.sentence)
