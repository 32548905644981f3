"""Lines of a budget that an adjustment moves: 调增, 核减, 追加 right behind or right before what they move.

教育|调增1.2亿元, 农林水支出预算|追加|3亿元, 核减|科学技术支出|2亿元     by how much the line was moved, and no line
市公安局|调减5万元                                                 the same of what is no line of the lexicon
由8亿元调整为7亿元，调减|1亿元                                      nothing of its own: ``changes`` tells it
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

from index.facts import changes
from index.facts.context import Topic
from index.facts.marks import CIRCUMSTANCE
from index.facts.open_names import EDGE, opener_end
from index.find.terms import choose, exact_items
from index.lexicon import Item, cue_regex

_FLOWS: Final = ("gp-", "gf-", "sc-", "si-", "total-", "transfer-")
_SURE: Final = "调"  # 核减, 追加 are said of other things than budgets, too
_NAMELESS: Final = re.compile(f"[{EDGE}]*")


class Moved(NamedTuple):
    """Which way (+1, -1), and where the name of what is moved stands in the words before the figure."""

    sign: int
    start: int
    end: int


def moved(left: str, masked: str) -> Moved | None:
    """What the words before a figure of money, plain and ``masked``, say was moved; None if they say nothing of it."""
    if changes.against_last_year(left) or changes.base_named(left):
        return None
    if (behind := _behind().search(left)) and not _NAMELESS.fullmatch(left[: behind.start()]):
        start = _begin(masked[: behind.start()])
        if not line(left[start : behind.start()]) and not behind["way"].startswith(_SURE):
            return None
        return Moved(1 if behind["up"] else -1, start, behind.start())
    start = _begin(masked)
    before = _before().match(left, start)
    if before is None or not line(before["name"]):
        return None
    return Moved(1 if before["up"] else -1, before.start("name"), before.end("name"))


def line(name: str) -> Item | None:
    """The line of a budget that a report calls so, with or without 支出; None if there is none."""
    for word in (name, f"{name}支出"):
        found = [item for item in exact_items(word) if word in item.words and item.key.startswith(_FLOWS)]
        if found:
            return choose(tuple(found), "")
    return None


def as_line(topic: Topic) -> Topic:
    """教育、农林水|分别调增…: a short name of a line is that line."""
    item = line(topic.name) if not topic.key else None
    return Topic.of(item) if item is not None else topic


def _begin(masked: str) -> int:
    """Where the name begins: behind levels, years and openers."""
    start = masked.rfind(CIRCUMSTANCE) + 1
    return start + opener_end(masked[start:])


_WAY: Final = "(?P<way>(?P<up>{up})|{down})"


@cache
def _behind() -> re.Pattern[str]:
    way = _WAY.format(up=cue_regex("moved", "up"), down=cue_regex("moved", "down"))
    return re.compile(f"(?:预算)?(?:{cue_regex('moved', 'how')})*{way}(?:预算|经费)?(?:了|额)?约?$")


@cache
def _before() -> re.Pattern[str]:
    way = _WAY.format(up=cue_regex("moved", "up"), down=cue_regex("moved", "down"))
    return re.compile(f"(?:{cue_regex('moved', 'how')})*{way}(?:了)?(?P<name>[^，。；、]{{2,}}?)(?:预算)?约?$")
