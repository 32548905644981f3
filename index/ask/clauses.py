"""A question of several parts -> its parts, each with what the parts before it have said.

"以旧换新用了多少政策资金，带动消费多少" -> two questions; the second is about the same place, year and sentence
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from index.ask.vocabulary import has

_BREAK: Final = re.compile(r"[，；？。！]|、(?=[^、]*(?:多少|几|率))")
_ASKS: Final = re.compile(
    r"多少|几[^乎]|百分之|百分[比数]|比例|第几|分开说|各是|分别|(?:同比|增速|增幅|进度|完成率)(?:情况)?(?:怎么?样|如何|咋样|呢)"
)
_EMPTY: Final = re.compile(
    r"^(?:是|有|为|共|一共|总共|各|各是|分别|分别是|又|和)?(?:多少|几|多少钱)(?:元|钱|亿|万元|亿元)?$"
)
_AND_THAT: Final = re.compile(r"^(?!什么|怎|为)[^，]{2,12}呢$")  # 三公经费多少，公务接待呢
# 是多少，同比增幅: after a part that asks, the name of a ratio asks for it
_RATIO: Final = re.compile(
    r"^(?:比上年|比去年|较上年|同比)?的?(?:增幅|增速|增长率|增长|降幅|涨幅|完成率|进度|占比|比重|增减额?)(?:呢)?$"
)


def clauses(text: str) -> list[str]:
    """The parts of a question that ask for something each; the whole question if there is only one.

    What stands before the first part that asks belongs to it, and a part that only says 多少 to the one before.
    """
    parts: list[str] = []
    waiting = ""
    for piece in _pieces(text):
        if parts and not waiting and (_RATIO.match(piece) or _AND_THAT.search(piece)):
            parts.append(piece)
        elif _ASKS.search(piece) and not (_EMPTY.match(piece) and (parts or waiting)):
            parts.append(waiting + piece)
            waiting = ""
        elif _EMPTY.match(piece) and parts and not waiting:
            continue
        else:
            waiting += piece if _EMPTY.match(piece) else piece + "，"
    if waiting:
        if not parts:
            return [text]
        parts[-1] += "，" + waiting.rstrip("，")
    return parts if len(parts) > 1 else [text]


def _pieces(text: str) -> Sequence[str]:
    """Clauses; an enumeration stays whole (出国、接待各多少)."""
    if has(text, "shape", "each") and "、" in text:
        pattern = re.compile(r"[，；？。！]")
    else:
        pattern = _BREAK
    return [piece for piece in pattern.split(text) if piece.strip()]
