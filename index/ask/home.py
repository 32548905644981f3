"""我区, 本市 -> the asker's own place.

"我区2023年教育支出多少" in a chat of 长治市上党区 -> "长治市上党区2023年教育支出多少"
"""

from __future__ import annotations

import re

# 本市级 and 我市级 are levels, not places.
_OURS = re.compile(r"(?:我们?|咱们?|本)(?:这个)?[省市县区州旗盟](?!级|本级|域|直)")


def at_home(question: str, place: str) -> str:
    """The question with the first 我区 replaced by the place's full name; unchanged without one."""
    return _OURS.sub(place, question, count=1) if place else question


def speaks_of_home(question: str) -> bool:
    """Whether the question says 我区 and the like."""
    return bool(_OURS.search(question))
