"""A question that doubts what a paper prints -> the plain question in it, and what is doubted.

    湛江25年新增债券，前面说二百零几亿，后面又说二百一十几亿，各写的多少 -> 湛江25年新增债券，多少
    石家庄全市社保滚存结余跟26年预算表里的上年结余怎么不一样           -> 石家庄全市社保滚存结余，多少

What says that two places differ, and where they stand, names nothing: it is cut off.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from index.ask.vocabulary import asking_pattern, has
from index.ask.why import asks_why
from index.text.normal import plain

_BLANK: Final = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=\S)")
_CLAUSE: Final = re.compile(r"[^，。；？！]+")
_LEAST: Final = 4  # characters that name a thing


@dataclass(frozen=True, slots=True)
class Doubt:
    """``plain`` are the ways to ask for the figure alone, the likeliest first, each with what it leaves unsaid before
    the words of doubt; ``text`` is the whole question, ``said`` the clause of the doubt with all behind it; ``summed``:
    parts are added up."""

    text: str
    plain: tuple[tuple[str, str], ...]
    said: str
    summed: bool


def doubted(question: str) -> Doubt | None:
    """None for a question that doubts nothing, or asks why and for no figures."""
    text = plain(_BLANK.sub("，", question.strip()))
    cue = asking_pattern("doubt", "cue").search(text)
    if cue is None or (asks_why(text) and not asking_pattern("doubt", "both").search(text)):
        return None
    start = next(one.start() for one in _CLAUSE.finditer(text) if one.end() > cue.start())
    within = asking_pattern("doubt", "source").search(text, start, cue.end())
    first = asking_pattern("doubt", "source").search(text, _LEAST, cue.end())
    other = asking_pattern("doubt", "against").search(text, start, cue.end())
    cuts = [one.start() for one in (within, first) if one] or [cue.start()]
    cuts = [start, *cuts] if _asks(text[:start]) else [*cuts, start]
    plainly = [(text[:cut], text[cut : cue.start()]) for cut in cuts]
    plainly += [(f"{text[:start]}{other['other']}", "")] if other else []
    told = {_asking(one): left for one, left in plainly if len(one.strip("，。；？！ ")) >= _LEAST}
    return Doubt(text, tuple(told.items()), text[start:], bool(asking_pattern("doubt", "summed").search(text, start)))


def _asks(text: str) -> bool:
    return bool(has(text, "ask", "figure"))


def _asking(text: str) -> str:
    text = text.rstrip("，。；？！、 的")
    return text if _asks(text) else text + "，多少"
