"""What of an item is asked: its measure, the stage, the kind of value, the unit.

"完成调整预算的百分之几" -> completion      "比上年多了多少钱" -> yoy_amount      "有几座" -> a count of 座
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from index.ask.query import Kind, Stage
from index.ask.vocabulary import asking_pattern, has, measure_words
from index.find.amounts import COUNT_WORDS, NO_COUNTS
from index.find.ordinary import cut, is_noun
from index.models import Measure

_LAST_YEAR: Final = re.compile("[上去]年|同比|同期")

Span = tuple[int, int]

# 完成了调整预算的百分之几, 占年度预算多少, 为预算的比例, 完成预算情况
_SHARE_WORDS: Final = r"多少(?![亿万元钱])|百分之[几多]少?|百分[比数率]|几成|比例|比率|比重|占比|程度|进度|%"
_COMPLETION: Final = re.compile(
    rf"(?:完成|占|为|达到?|是|实现|执行)了?(?:到)?[^，。？\x00]{{0,6}}?预算(?:数|任务)?的?(?:{_SHARE_WORDS}|情况)"
    rf"|超额(?:完成|实现)了?(?:全年|年度|年初)?(?:的)?(?:计划|任务|目标|预算)"
    rf"|(?:有没有|是不是|是否|已经?|都)*(?:[超突]?[过破]|达到?|到)了?(?:年初|年度|全年|调整)*(?:预算|计划|任务|目标)数?的?\d+(?:\.\d+)?%"
    rf"|预算(?:数|任务)?(?:的)?(?:完成|执行)了?(?:的)?(?:率|百分之[几多]少?|百分[比数率]|几成|比例|比率|程度|进度)"
)
_ADJUSTED: Final = re.compile(r"调整(?:及变动|后|后的)?(?:的)?预算|变动预算")
# 民生支出占一般公共预算支出多少
_SHARE: Final = re.compile(
    r"占(?:了|到|到了)?[^，。？]{0,24}?(?:多少(?![亿万元钱])|百分之[几多]少?|百分[比数率]|几成|比重|比例|多大|过半|一半|比(?=有没有|是不是|是否|[过超达到低高不]))"
    r"|占(?:了|到|到了)?[^，。？占]{2,24}?(?:有没有|是不是|是否|(?P<v>[过超破到])没(?P=v)|已经?|都)*(?:[超突]?[过破]|超出|达到?|到|不到|低于|高于)了?\d+(?:\.\d+)?%"
)
# 支出预算是多少: what is left of it when the item is blanked out
_BARE_BUDGET: Final = re.compile(r"预算(?=$|[，。？是为有、和与及呢吗吧的]|多少|[里中]的?(?:$|[，。？呢]|是?多少))")
_COUNT: Final = re.compile(rf"(?:多少|几)[十百千万亿]*({COUNT_WORDS})(?!百分点|亿|月|小时)")
_NOUNS: Final = tuple("床部场门座期点家天台")
_AHEAD: Final = 4  # the longest word
_INSIDE: Final = "中里内外上下"
_SUM: Final = re.compile(r"^[\x00，那 ]*(?:资金|金额|经费)(?:一共|总共|是|有|为|又)*多少")  # 几个项目 | 资金有多少
_TIMES: Final = re.compile(r"(?:几|多少)倍|翻了?几番")
_YOY_MONEY: Final = re.compile(r"(?:增长|下降|增加|减少|涨|降|多|少|高|低)了?多少(?:钱|元|亿|万|资金)")
_YOY_PERCENT: Final = re.compile(r"(?:增加|减少|增|减|涨|降)了?百分之")
_LEVELS: Final[tuple[Measure, ...]] = ("budget", "adjusted_budget", "actual")
_KINDS: Final[dict[Measure, Kind]] = {
    "completion": "percent", "yoy_pct": "percent", "share": "percent", "rate": "percent", "rank": "rank",
    "yoy_amount": "money", "budget": "money", "adjusted_budget": "money", "actual": "money", "limit": "money",
    "outstanding": "money", "balance": "money",
}  # fmt: skip
# What stands between two measures that are both asked for.
_JOINED: Final = re.compile(r"数?(?:是|为|是多少|为多少|多少)?(?:和|与|及|以及|、|，|还有)")
_LISTED: Final = re.compile(r"数?(?:和|与|及|以及|、|还有)")
# Words of these measures name a thing as well (发放成功率, 滚存结余): the search for open items needs them.
_NAMING: Final[tuple[Measure, ...]] = ("rate", "balance", "limit", "outstanding", "amount", "count")


@dataclass(frozen=True, slots=True)
class Measuring:
    """Measures in the order asked; ``empty_spans`` are the words that say nothing but the measure."""

    measures: tuple[Measure, ...] = ()
    stage: Stage = ""
    kind: Kind = ""
    count_word: str = ""
    unit: str = ""
    spans: tuple[Span, ...] = ()
    empty_spans: tuple[Span, ...] = ()


def find_measuring(masked: str, *, budget_named: bool = False) -> Measuring:
    """The measure of a question whose places, periods and items are blanked out.

    ``budget_named``: the item's own name ends with 预算 (三保支出预算多少).
    """
    found: list[tuple[int, int, Measure]] = []
    for match in _COMPLETION.finditer(masked):
        found.append((*match.span(), "completion"))
    blanked = masked
    for start, end, _ in found:
        blanked = blanked[:start] + "\x00" * (end - start) + blanked[end:]
    found += [(*match.span(), "share") for match in _SHARE.finditer(blanked)]
    for start, end, _ in found:
        blanked = blanked[:start] + "\x00" * (end - start) + blanked[end:]
    found += list(measure_words().find(blanked))
    bare = _BARE_BUDGET.search(blanked)
    if bare and not any(start < bare.end() and bare.start() < end for start, end, _ in found):  # 调整|预算|和执行数
        found.append((*bare.span(), "budget"))
    found.sort()
    measures = list(dict.fromkeys(measure for _, _, measure in found))
    if budget_named and not measures:
        measures = ["budget"]
    if "yoy_pct" in measures and _YOY_MONEY.search(masked):
        measures[measures.index("yoy_pct")] = "yoy_amount"
    if "yoy_amount" in measures and _YOY_PERCENT.search(masked):
        measures[measures.index("yoy_amount")] = "yoy_pct"
    stage = _stage(measures, masked)
    asked = [m for m in dict.fromkeys(measures) if m not in ("amount", "count")]
    if "yoy_amount" in asked and is_of_adjustment(masked):
        asked.remove("yoy_amount")
    ratios = [m for m in asked if m not in _LEVELS]
    levels = _levels(asked, found, masked)
    asked = _both(asked, found, masked) if ratios and levels else ratios or levels
    if "rank" in asked:  # 增幅排第几: what is ranked is a word to tell the ranks apart
        asked, found = ["rank"], [one for one in found if one[2] == "rank"]
    kind, word = _kind(masked, asked)
    counts = [match.span() for match in _counted(masked)]
    return Measuring(
        tuple(asked), stage, kind, word, _unit(masked) if kind != "count" else "",  # 多少万吨
        tuple([(a, b) for a, b, m in found if m not in ("rate",)] + counts),
        tuple([(a, b) for a, b, m in found if m not in _NAMING] + counts),
    )  # fmt: skip


def _both(asked: list[Measure], found: list[tuple[int, int, Measure]], masked: str) -> list[Measure]:
    """完成数和增幅, 预算是多少、完成率多少: amount and ratio are asked for side by side; else the ratio alone."""
    ratios = [m for m in asked if m not in _LEVELS]
    for (_, end, one), (start, _, other) in pairwise(found):
        if (one in _LEVELS) != (other in _LEVELS) and _JOINED.fullmatch(masked[end:start]):
            level = one if one in _LEVELS else other
            return [level, *ratios] if one in _LEVELS else [*ratios, level]
    return ratios


def _levels(asked: list[Measure], found: list[tuple[int, int, Measure]], masked: str) -> list[Measure]:
    """预算数、调整预算数和完成数: all that are listed; else the one that is meant."""
    levels = [m for m in asked if m in _LEVELS]
    spans = [one for one in found if one[2] in _LEVELS]
    listed = [
        m for before, after in pairwise(spans) if _LISTED.fullmatch(masked[before[1] : after[0]])
        for m in (before[2], after[2])
    ]  # fmt: skip
    return list(dict.fromkeys(listed)) if len(set(listed)) > 1 else _one_level(levels)


def _one_level(levels: list[Measure]) -> list[Measure]:
    """调整预算安排: the adjusted budget.  预算完成多少: what was done."""
    if "adjusted_budget" in levels:
        return ["adjusted_budget"]
    return levels[-1:] if "actual" in levels and levels[-1] == "actual" else levels[:1]


def is_of_adjustment(masked: str) -> bool:
    """这次预算调整教育支出加了多少: by how much the budget was moved, which is no change from a year before."""
    return asking_pattern("rate", "moved").search(masked) is not None and not _LAST_YEAR.search(masked)


def asks_moved(masked: str) -> bool:
    """盘子砍掉了多少, 这次预算调整教育支出加了多少: by how much, and not to what."""
    return asking_pattern("rate", "cut").search(masked) is not None or is_of_adjustment(masked)


def _stage(measures: list[Measure], masked: str) -> Stage:
    if "actual" in measures or "completion" in measures:
        return "executed"
    return "plan" if "budget" in measures or "预计" in masked or "预期" in masked else ""


def _kind(masked: str, asked: list[Measure]) -> tuple[Kind, str]:
    if _TIMES.search(masked):
        return "times", ""
    counted = next(iter(_counted(masked)), None)
    if counted and asked and set(asked) <= set(_LEVELS) and counted[1] not in NO_COUNTS:
        return "count", counted[1]  # 计划安排几个团组
    if asked and asked[0] in _KINDS:
        return _KINDS[asked[0]], ""
    if has(masked, "ask", "rank"):
        return "rank", ""
    if counted:
        return "count", counted[1]
    if has(masked, "ask", "percent"):
        return "percent", ""
    return ("money", "") if has(masked, "ask", "money") or _SUM.search(masked) else ("", "")


def _counted(masked: str) -> list[re.Match[str]]:
    """多少|张, 几|所; the 床 of 多少床位 is no measure word but a noun's first character."""
    found = [(one, cut(masked[one.start(1) : one.end() + _AHEAD])[0][0]) for one in _COUNT.finditer(masked)]
    return [one for one, word in found if one[1] not in _NOUNS or len(word) <= len(one[1]) or not _names(word)]


def _names(word: str) -> bool:
    """家底, 床位; no 家中."""
    return is_noun(word, "njs") and word[-1] not in _INSIDE


def _unit(masked: str) -> str:
    if has(masked, "ask", "unit_wan_yi"):  # before 多少万, which stands inside 多少万亿
        return "万亿元"
    if has(masked, "ask", "unit_yi"):
        return "亿元"
    if has(masked, "ask", "unit_wan"):
        return "万元"
    return "元" if has(masked, "ask", "unit_yuan") else ""
