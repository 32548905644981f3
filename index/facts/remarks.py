"""Columns of remarks: what they say of a row's figure, and of its parts.

农林水     | 52640 | 含苹果产业8500万元                苹果产业, a part of it
教育支出   | 60450 | 比上年增长2.6%                     its growth
失业基金收入 | 10240 | 支出8560万元                      the other side of it
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from index.facts import changes
from index.facts.columns import Column
from index.facts.context import Topic
from index.find.amounts import Amount, find_amounts
from index.find.terms import exact_items
from index.models import FLOW_OF, Measure
from index.text.normal import plain

_HEAD: Final = re.compile("备注|说明")
_CLAUSE: Final = re.compile("[，。；、]")
_PART: Final = re.compile("^(?:其中|含|包括|包含|内含)[：:]?")
_GROWN: Final = re.compile("(?:比上年|较上年|同比)?(?:年初|上年)?(?:预算|执行|决算|完成)?数?(?:增长|下降|增加|减少)约?")
_MOVED: Final = {"调出": "调出资金", "调入": "调入资金", "结转": "结转下年支出"}
_SHORTEST: Final = 2
_LONGEST: Final = 24


@dataclass(frozen=True, slots=True)
class Remark:
    """A figure of a remark: what it is about, of which measure, and whether it is a part of the row's."""

    amount: Amount
    topic: Topic
    measure: Measure
    sign: int
    part: bool


def remark_columns(columns: Sequence[Column]) -> list[Column]:
    """The columns whose heads say that they hold remarks."""
    return [one for one in columns if one.role == "skip" and _HEAD.search(one.head)]


def remarks_in(cell: str, row: Topic, staged: Measure) -> Iterator[Remark]:
    """The figures of a cell that say of themselves what they are; ``staged`` is what the row's own figure is."""
    begin = 0
    for amount in find_amounts(cell):
        words = plain(_CLAUSE.split(cell[begin : amount.start])[-1])
        begin = amount.unit_end
        if amount.kind == "percent" and _GROWN.fullmatch(words):
            yield Remark(amount, row, "yoy_pct", changes.direction(words), part=False)
        elif amount.kind == "money" and _is_name(words):
            part = _PART.match(words)
            topic = _named(_PART.sub("", words), row)
            yield Remark(amount, topic, staged if topic.key else "amount", 1, part=part is not None)


def _is_name(words: str) -> bool:
    """新增, 增加 alone name nothing."""
    return words in _MOVED or words in FLOW_OF or _SHORTEST < len(_PART.sub("", words)) <= _LONGEST


def _named(words: str, row: Topic) -> Topic:
    """支出 beside a fund's income is that fund's; else the item of these words, or they as they are."""
    own = row.name.removesuffix("收入").removesuffix("支出")
    called = f"{own}{words}" if words in FLOW_OF else _MOVED.get(words, words)
    exact = exact_items(called)
    if words in _MOVED or words in FLOW_OF:
        return Topic.of(exact[0]) if exact else Topic(called, account=row.account, flow=FLOW_OF.get(words, ""))
    return Topic(words, account=row.account)
