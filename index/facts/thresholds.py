"""Figures that are but thresholds, and counts of what passes them.

7个县（区）收入超5亿元            nobody's revenue
单价50万元以上的设备|3台           a count of such things
执行率低于60%的项目|47个           so is this
"""

from __future__ import annotations

import re
from functools import cache

from index.find.amounts import Amount
from index.lexicon import cue_regex

_BRACKETS_END = re.compile(r"(?:（[^（）]*）)+$")  # 设备（不含车辆）|0台
_COMPARES = re.compile(r"[><≥≤＞＜]\s*$")
_COMPARED_WITH = re.compile(r"\s*[><≥≤＞＜]")
_SHARE_BEHIND = re.compile("(?:占比|占|比重|比例).*$")
_SHARE_OF_THOSE = re.compile("及?以[上下]的?[\u4e00-\u9fff]{1,12}?(?:占比|占|比重|比例)[\u4e00-\u9fff]{0,6}")
_CLAUSE_ENDS = re.compile(r"[，。；：！？（）]")
_ABOVE = re.compile(
    r"(?:（不?含）|\s)*及?以[上下](?:（含[^（）]{0,8}）)?的?(?!水平|目标|增长|增幅|部分)[\u4e00-\u9fff]{2,20}"
)
_ENDS = re.compile("(?:仅|只|共|就|已|达|为|有)*$")  # 企业|仅19家
_SO_MANY_ABOVE = re.compile(
    r"(?P<above>及?以[上下]的)\d[\d.,]*万?[家户个名](?P<what>(?:企业|单位|纳税人|项目|公司|个体户|商户|园区))"
)
_SORTED = re.compile("(?:对|将|凡)$")
_SO_MANY_PLACES = re.compile(r"\d个(?:县|区|市|镇|乡|街道|旗)")
_THAN = re.compile(r"(?:低于|高于|不足|不到|超过?|(?<![超通经不])过|大于|小于|达到?|不满)约?$")
_THOSE = re.compile(
    r"(?:及?以[上下内])?的(?P<what>[\u4e00-\u9fff]{1,12}?)(?:只|仅|已|就)?(?:有|共|达|分别|为)*\d+(?:\.\d+)?[\u4e00-\u9fff]"
)


def condition_at(text: str, amount: Amount, previous: Amount | None) -> str:
    """The words of the threshold that a figure is, or, of a count, of the things that pass it."""
    if (
        previous is not None
        and amount.kind == "percent"
        and _SHARE_OF_THOSE.fullmatch(text, previous.unit_end, amount.start)
    ):
        return condition_of(text, previous)  # 收入100万元以上的村|占比达到78%
    if previous is not None and amount.kind == "count" and (above := condition_of(text, previous)):
        behind = _ENDS.sub("", _BRACKETS_END.sub("", text[: amount.start]))
        counted = _SO_MANY_ABOVE.match(text, previous.unit_end)
        return above if behind.endswith(above) or (counted and counted.end("above") == amount.start) else ""
    return condition_of(text, amount)


def condition_of(sentence: str, amount: Amount) -> str:
    """7个县（区）收入超5亿元, 单价50万元以上的设备: the words of a threshold, which is nobody's figure; else ""."""
    if amount.kind == "money" and (what := _ABOVE.match(sentence, amount.unit_end)):
        named = _valued().search(sentence, 0, amount.start)
        if _SORTED.search(sentence, 0, amount.start):
            return sentence[amount.start : what.end()]  # 对|50万元以上项目开展评审
        until = what.start() + len(_ENDS.sub("", _SHARE_BEHIND.sub("", what[0])))
        return sentence[named.start() : until] if named else ""
    if amount.kind == "money" and (many := _SO_MANY_ABOVE.match(sentence, amount.unit_end)):
        named = _valued().search(sentence, 0, amount.start)  # 年纳税500万元以上的|183家企业
        return f"{sentence[named.start() : many.end('above')]}{many['what']}" if named else ""
    if _COMPARES.search(sentence, 0, amount.start) or _COMPARED_WITH.match(sentence, amount.unit_end):
        end = _CLAUSE_ENDS.search(sentence, amount.unit_end)  # 债务率>300%: how a word is explained
        return sentence[clause_before(sentence, amount.start) : end.start() if end else len(sentence)]
    if _THAN.search(sentence, 0, amount.start) and (those := _THOSE.match(sentence, amount.unit_end)):
        return sentence[clause_before(sentence, amount.start) : those.end("what")]  # 执行率低于60%的项目47个
    if _THAN.search(sentence, 0, amount.start) and (those := _OF_THOSE.match(sentence, amount.unit_end)):
        return sentence[clause_before(sentence, amount.start) : those.end("what")]  # 执行率低于50%的项目，收回预算…
    passed = amount.rough.startswith(("超", "突破", "逾")) and _SO_MANY_PLACES.search(sentence, 0, amount.start)
    return sentence[clause_before(sentence, amount.start) : amount.unit_end] if passed else ""


def clause_before(text: str, end: int) -> int:
    """Where the clause begins that goes on at ``end``."""
    return 1 + max(text.rfind(mark, 0, end) for mark in "，。；：！？（）")


_OF_THOSE = re.compile(r"的(?P<what>(?:项目|单位|部门|资金|地区|县区|企业|问题))(?=[，、。；])")


@cache
def _valued() -> re.Pattern[str]:
    return re.compile(cue_regex("naming", "valued") + r"(?:在|为|达到?|超过?|约)*$")
