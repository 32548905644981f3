"""Rows of tables on the economy that name but a part of the indicator above them, or of the one that the table is on.

旅客运输总量 | 公路 | 铁路        公路旅客运输量, 铁路旅客运输量
居民消费价格指数 | 衣着 | 居住     衣着（居民消费价格指数）
表：分行业固定资产投资 | 制造业     制造业（固定资产投资）, no growth of the industry itself
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from index.facts.context import Topic
from index.facts.row_items import items_called
from index.facts.row_names import undated
from index.find.terms import exact_items
from index.lexicon import Item, items

if TYPE_CHECKING:
    from index.facts.row_topics import Named

_ECONOMY: Final = "econ-"
_SUMS: Final = (("总量", "量"), ("总数", "数"), ("总额", "额"))
_OF_ALL: Final = re.compile("^全[省市县区州旗盟]")
_LONGEST: Final = 60


class Indicators:
    """Completes the names of one table's rows in order; ``names`` are all of them, ``about`` what its title says."""

    def __init__(self, about: Topic | None, names: Sequence[str]) -> None:
        self._titled = about is not None and about.key.startswith(_ECONOMY)
        self._whole = about if self._titled else None
        found = [_called(name) for name in names]
        self._alone = len({some[0].key for some in found if some and some[0].key.startswith(_ECONOMY)}) == 1
        self._parted = False

    def read(self, named: Named, doubled: bool) -> Named:
        """The next row, under its whole name.  ``doubled`` says that the table has several rows of its name."""
        topic, name = named.topic, named.name
        if named.place or named.coded or named.total:
            return named
        if topic.key or (_OF_ALL.match(name.bare) and _called(name.bare)):
            self._go_on_to(topic if topic.key else Topic.of(_called(name.bare)[0]))  # 全市常住人口
            return named
        if self._whole is None or not name.bare or self._whole.name in name.bare:
            return named
        self._parted = self._parted or name.part
        numbered = name.group is not None  # 一、食品烟酒 / #粮食: a part of that row, not of the table's indicator
        parent = self._whole.name if name.part and not numbered else named.parent
        if (known := _known(name.bare, self._whole)) is not None:
            return replace(named, topic=Topic.of(known), parent=parent)
        if self._titled or doubled or (self._alone and self._parted):
            full = f"{name.bare}（{self._whole.name}）"[:_LONGEST]
            return replace(named, topic=Topic(full, account=self._whole.account), parent=parent)
        return named

    def _go_on_to(self, topic: Topic) -> None:
        """A row with a key is the indicator of those below it, unless it is a part of the one above itself."""
        parent = topic.item.parent if topic.item is not None else ""
        if self._whole is not None and self._whole.key in (topic.key, *_line(parent)):
            return
        self._whole = topic if topic.key.startswith(_ECONOMY) else None
        self._parted = self._titled = False


def _called(name: str) -> tuple[Item, ...]:
    return items_called(_OF_ALL.sub("", undated(name)), "", "")


def _line(key: str) -> Iterator[str]:
    """An item's key and those of what it is part of."""
    while key:
        yield key
        key = items()[key].parent if key in items() else ""


def _known(bare: str, whole: Topic) -> Item | None:
    """The item of the lexicon that is this part of the indicator: 公路 of 旅客运输总量 is 公路旅客运输量."""
    names = [bare + whole.name, *(f"{bare}{whole.name.removesuffix(s)}{t}" for s, t in _SUMS if whole.name.endswith(s))]
    found = [item for name in names for item in exact_items(name) if item.key.startswith(_ECONOMY)]
    return found[0] if found and found[0].key != whole.key else None
