"""Names that say nothing without what they are of: what the sentence told of before completes them.

其中，市本级留用|3亿元 of 新增一般债券          新增一般债券：留用
发现违规问题金额5千万元，完成整改|4千万元        发现违规问题整改金额
余额9亿元，较预算调整时|8亿元增加               政府债务余额（预算调整时）
5亿元|以上重大项目|75个                        5亿元以上重大项目
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from index.facts.open_names import MAX_NAME, opener_end
from index.facts.renamed import Renames
from index.lexicon import cues
from index.models import Fact, Sentence

_RECTIFIED: Final = re.compile("(?:均|全部)?(?:已|完成|已完成|推动)?整改(?:到位|完成|问题)?(?:涉及)?(?:金额|资金)?")
_FOUND: Final = re.compile("^(?!.*整改).*(?:问题|违规|违纪|查出|发现)")
_SUM_OF: Final = re.compile("(?:涉及)?(?:金额|资金)$")
_AGAINST: Final = re.compile("(?:较|比|与)(?P<base>[^（）]{3,16}?时)[^（）]*(?P<change>（比[^（）]*增减）)?")
_BOUND: Final = re.compile(r"以[上下内]")
_OF_BOUND: Final = re.compile(r"(?:\d[\d.,]*\s*(?:[万亿]?元|[%％]|岁|个|人|户|年|亩|公里)|(?:国家|[省市县区])级)\s*$")
_SUM_KEY: Final = "-sum-"


def completed(facts: Sequence[Fact], sentences: Sequence[Sentence]) -> list[Fact]:
    """The facts in order, of each the name complete; a part of what was renamed is a part of that."""
    found: list[Fact] = []
    renames = Renames()
    for fact in facts:
        if fact.rule == "table" or fact.key:
            name = fact.item
        else:
            name = _named(fact, found, sentences[fact.sentence].text)
            name += "）" if name.count("（") == name.count("）") + 1 else ""  # 超过100万元的村（居）|5个
        if _is_no_part(fact):
            fact = replace(fact, parent="")
        found.append(renames.named(fact, name))
    return found


def _is_no_part(fact: Fact) -> bool:
    """收入9亿元，其中：…，收入总计|9亿元: all that there is is no part of the revenue."""
    of_sum = _SUM_KEY in fact.parent or fact.parent.endswith(("总计", "合计", "总量"))
    return _SUM_KEY in fact.key and not of_sum


def _named(fact: Fact, before: Sequence[Fact], text: str) -> str:
    item = fact.item
    if fact.parent and item in cues("naming", "no_name"):
        return f"{fact.parent.removesuffix('总计').removesuffix('合计') or fact.parent}：{item}"
    if fact.kind == "money" and _RECTIFIED.fullmatch(item):
        amiss = _amiss(fact, before, text)
        return f"{_SUM_OF.sub('', amiss)}整改金额" if amiss else item
    if against := _AGAINST.fullmatch(item):
        whole = next((one for one in reversed(before) if _is_open(one, fact, text)), None)
        if whole is None:
            return item
        return whole.item + (against["change"] or f"（{against['base']}）")
    if item in cues("naming", "of_before") and (told := _told_before(before, fact, text)):
        return f"{told}{item}"
    if _BOUND.match(item) and (at := text.rfind(item[:MAX_NAME], 0, fact.end + len(item) + 4)) > 0:
        bound = _OF_BOUND.search(text, 0, at)
        return f"{bound[0].strip()}{item}" if bound else item
    return item


def _amiss(fact: Fact, before: Sequence[Fact], text: str) -> str:
    """What was found and has been put right: the money told of last, at the same place and level; "" if that is
    another thing, or a sentence earlier and this one begins with more than the deed."""
    last = next((one for one in reversed(before) if one.kind == "money"), None)
    if last is None or not _FOUND.search(last.item):
        return ""
    same = (last.region, last.scope) == (fact.region, fact.scope)
    bare = text[opener_end(text) : fact.start]
    near = last.sentence == fact.sentence or (last.sentence == fact.sentence - 1 and _RECTIFIED.fullmatch(bare))
    return last.item if same and near else ""


def _told_before(before: Sequence[Fact], fact: Fact, text: str) -> str:
    """惠农补贴5亿元，涉及|76项; 预备费6亿元，动支3亿元，剩余|3亿元: what this clause, or the sentence, told of."""
    same = [one for one in before if one.sentence == fact.sentence]
    if fact.item in cues("naming", "what_is_left"):
        return next((one.item for one in same if one.kind == fact.kind), "")
    near = same and "；" not in text[same[-1].end : fact.start] and {same[-1].kind, fact.kind} == {"money", "count"}
    return same[-1].item if near else ""


def _is_open(one: Fact, fact: Fact, text: str) -> bool:
    """Does a figure of this sentence stand in no bracket that is closed, and name something itself?"""
    if one.sentence != fact.sentence or one.kind != fact.kind or one.item.endswith("时）"):
        return False
    return text.count("（", 0, one.start) == text.count("）", 0, one.start)
