"""Tables of one row without a name: the heads alone say what each figure is.

“三公”经费预算数 |              |                     |        |          三公经费 22.91, 因公出国（境）费 0,
合计             | 因公出国费用 | 公务用车购置及运行费 |        |          公务用车购置费 15, 公务用车运行维护费 6
                 |              | 小计                | 购置费 | 运行费
22.91            | 0            | 21.56               | 15     | 6.56
"""

from __future__ import annotations

import re
from typing import Final

from index.facts.captions import Caption
from index.facts.columns import Column
from index.facts.context import Topic
from index.find.periods import find_periods
from index.find.terms import choose, exact_items

_SUM: Final = re.compile(r"合计|小计|总计|总额|金额")
_SUM_BEHIND: Final = re.compile(r"(?<=..)(?:合计|小计|总计)$")  # “三公”经费合计
_STAGE: Final = re.compile(r"(?:年初|调整|全年)?(?:预算|决算|执行|完成|安排)(?:数|额|金额)?$|（[^（）]*元）$|[“”]")
_SHORTEST: Final = 2


def topic_of_heads(at: Column, around: Caption) -> Topic | None:
    """What a figure below these heads is: of 合计 what the table is about; None where nothing says it."""
    parts = [name for part in at.parts if (name := _bare(part)) and not _SUM.fullmatch(name)]
    if not parts:
        return around.topic
    for name in _names(parts):
        if exact := exact_items(name):
            return Topic.of(choose(exact, around.account))
    return Topic("".join(parts)[-60:])


def _names(parts: list[str]) -> list[str]:
    """Names to look up: the lowest head, what it is below the beginning of an upper one (公务用车购置及运行费 over
    购置费 is 公务用车购置费), then the heads together."""
    lowest = parts[-1]
    joined = [upper[:end] + lowest for upper in reversed(parts[:-1]) for end in range(_SHORTEST, len(upper) + 1)]
    return [*joined, lowest] if len(parts) > 1 else [lowest]


def _bare(part: str) -> str:
    for period in reversed(find_periods(part)):
        part = part[: period.start] + part[period.end :]
    part = _STAGE.sub("", _STAGE.sub("", part))
    return _SUM_BEHIND.sub("", part)
