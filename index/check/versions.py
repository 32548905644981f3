"""Two versions of a draft: which slips are still there, which are new, which were mended.

A slip is the same if its kind and its figures are (see ``keys``): words may have been changed, pages may have moved.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from index.check.keys import key_of
from index.check.models import Finding


def compared_with(now: Sequence[Finding], before: Sequence[Finding]) -> tuple[tuple[int, ...], tuple[Finding, ...]]:
    """The positions of findings that the version before had as well, and its findings that are gone."""
    left = Counter(map(key_of, before))
    known = []
    for position, one in enumerate(now):
        key = key_of(one)
        if left[key]:
            left[key] -= 1
            known.append(position)
    mended = []
    for one in reversed(before):  # of several that are alike the first are there still
        key = key_of(one)
        if left[key]:
            left[key] -= 1
            mended.append(one)
    return tuple(known), tuple(reversed(mended))
