"""Which of several places of one name a paper is of: the one whose city the paper names.

关于鼓楼区2024年…的报告, signed 徐州市鼓楼区财政局 or speaking of 徐州市 -> 徐州市鼓楼区; nothing that tells -> none
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from index.find.gazetteer import is_within
from index.find.places import find_places
from index.models import Region

_HEAD, _TAIL = 12, 6  # sentences among which a letterhead or a signature stands
_CLEARLY = 2  # times that the one is told more often than the next


def settled(namesakes: Sequence[Region], name: str, texts: Sequence[str]) -> Region | None:
    """The one of the namesakes that is named with its city, or whose city alone the paper names; None if none is.

    ``name`` is the file name; what stands at the head and the foot of the paper goes before what stands inside.
    """
    for some in ((name, *texts[:_HEAD], *texts[-_TAIL:]), texts):
        told = _told(namesakes, some).most_common(2)
        if told and (len(told) == 1 or told[0][1] >= _CLEARLY * told[1][1]):
            return next(one for one in namesakes if one.code == told[0][0])
    return None


def _told(namesakes: Sequence[Region], texts: Iterable[str]) -> Counter[str]:
    """How often each of them is named with its city, or a place around it."""
    told: Counter[str] = Counter()
    for text in texts:
        for place in find_places(text):
            if len(place.regions) > 1:
                continue
            around = [one.code for one in namesakes if is_within(one.code, place.regions[0].code)]
            told.update(around if len(around) < len(namesakes) else ())
    return told
