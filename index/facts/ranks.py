"""What a rank is a rank of: the words right before it, or what the figure before it was about.

森林质量精准提升合格率|排名全省第1      森林质量精准提升合格率
增速|居全省第4位                      of what held: its growth
组建担保集团，资本规模|居全省第1位       of what the clause before names
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from index.facts.context import Topic, total_of
from index.facts.marks import CIRCUMSTANCE, Marks
from index.facts.open_names import open_name
from index.find.terms import TermMatch, choose, exact_items
from index.lexicon import cue_regex
from index.models import FLOW_OF, Account

_SIZE: Final = re.compile(r".{0,4}(?:规模|总量|数量|额度|金额|增速|增幅|增长率|降幅|人数|质量|量)")
_SIDE: Final = re.compile("[，、；]?(?:总?(?P<flow>收入|支出))(?:总量|规模|总额|增[幅速])")
_SHARE: Final = re.compile("(?:占比|比重)$")
_UNIT: Final = re.compile("^[位名]")
_LEADS: Final = re.compile("^(?:因|由于|凭借)")
_AMONG: Final = re.compile("[，、；（]?(?:位列|在)[^，。；]*中")  # 在中原城市群中|居第7位: among whom
_SHORTEST: Final = 4
EDGES: Final = "，。；：！？（）、"


def topic_of_rank(
    left: str, masked: str, terms: Sequence[TermMatch], start: int, held: Topic | None, attached: bool,
    account: str,
) -> Topic | None:  # fmt: skip
    """The topic of a rank: what its own words (``left``, from ``start`` on) name, else ``held``, which is None where
    nothing of this sentence holds.  ``attached``: they go on from a figure (15家|示范城市的第3名)."""
    ranked = _ranked().search(masked)
    end = ranked.start() if ranked else len(masked)
    if terms and _is_of(masked[terms[-1].end - start :], max(0, end - terms[-1].end + start)):
        return Topic.of(choose(terms[-1].items, account))
    name = _LEADS.sub("", _UNIT.sub("", open_name(left[:end], masked[:end])))
    if _SHARE.search(masked, 0, end):
        exact = exact_items(name)
        return share_of(Topic.of(choose(exact, account)) if exact else Topic(name)) if name else held
    if held is not None and (attached or _AMONG.match(left)):
        return held
    return held if len(name) < _SHORTEST or _SIZE.fullmatch(name) else Topic(name)


def share_of(topic: Topic) -> Topic:
    """税收占比居全省第9位: the share ranks so, not the tax."""
    return Topic(f"{topic.name}占比")


def before_rank(terms: Sequence[TermMatch], masked: str, start: int, account: str) -> Topic | None:
    """一般公共预算收入规模稳中有进，跃居全省第3位: the item whose size the clauses before ``start`` tell of."""
    for term in reversed([term for term in terms if term.end <= start]):
        if _SIZE.match(masked, term.end) and not _SIZE.fullmatch(masked, term.end, term.end):
            return Topic.of(choose(term.items, account))
    return None


@cache
def _ranked() -> re.Pattern[str]:
    """What leads up to a rank and names nothing: …|持续稳居苏北, …|位列全国."""
    before, province = cue_regex("rank", "before"), cue_regex("rank", "province")
    return re.compile(rf"(?:{CIRCUMSTANCE}|{before}|连续.{{1,3}}年|{province}?[东西南北]+)+$")


def _is_of(behind: str, end: int) -> bool:
    """Does nothing but a word of size stand between an item and what says that it is ranked?"""
    return end == 0 or bool(_SIZE.fullmatch(behind[:end].lstrip("的")))


def before_bracket(marks: Marks, start: int, left: str, account: Account) -> Topic | None:
    """税收增速（14.9%）|全省第1: what stands before the bracket that the figure's words follow; else None."""
    text = marks.text
    close = start + left.find("）") if "）" in left else start - 1
    opened = text.rfind("（", 0, max(0, close))
    if close < 0 or text[close] != "）" or opened < 0 or not any(opened < one.start < close for one in marks.amounts):
        return None
    begin = 1 + max(text.rfind(mark, 0, opened) for mark in EDGES)
    begin = max([begin, *(one.unit_end for one in marks.amounts if one.unit_end <= opened)])
    terms = [term for term in marks.terms if begin <= term.start and term.end <= opened]
    return topic_of_rank(text[begin:opened], marks.masked[begin:opened], terms, begin, None, False, account)


def side_ranked(left: str, account: str) -> Topic | None:
    """…其中非税收入5亿元。|收入增幅居全省|第7位: the account's own, whatever part of it was told of last; else None."""
    said = _SIDE.match(left)
    return total_of(account, FLOW_OF[said["flow"]]) if said is not None else None
