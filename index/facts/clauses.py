"""The clauses of one sentence: where each begins, what heads it, and all that is met in it as one reads on.

经开区|收入完成5亿元      the place heads its clause, and what follows is its own
高平、阳城等4个县         a list of places, which is nobody's figure
临港区3亿元、|滨湖区5亿元   the next of a list of places, each with its figure
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache

from index.facts import listed
from index.facts.marks import CIRCUMSTANCE, ITEM, Marks, ScopeMatch
from index.facts.topic_rules import leads
from index.find.amounts import Amount
from index.find.periods import PeriodMatch
from index.find.places import PlaceMatch
from index.lexicon import cue_regex

Event = tuple[int, str, object]
_CLAUSE_MARK = re.compile(r"[，。；：！？（）]")
_CLAUSE_END = re.compile(r"[，：；]")
_ALL_YEAR = re.compile("全年")
_SELF = re.compile(r"我[省市县区州旗盟](?![本级直]|属|内|财政(?!局))")
_POINT = re.compile(r"[—－●◆■★▲○]*\s*")  # ——全年市级…: the mark of a point heads nothing
_SEGMENT_END = re.compile("[；。]")
# 新增专项债券|主要用于冷链园区3亿元、供水管网2亿元
USED = re.compile(
    r"(?:资金)?(?:主要|重点|全部|集中|分别|已|安排)*(?:用于|投向)|(?:支持|安排|投向)?的?(?:重点|主要)?项目(?:主要)?(?:有|为|包括)?："
    r"|(?<=元)(?:安排|使用)(?:情况)?："
)
_REASON_END = re.compile("[，；。]")
_BRACKET = re.compile(r"[（）]")
PART_OF = re.compile(r"其中|包括|主要是")
_PARTS_OR_REASON = re.compile("主要包括|包括|主要是")
SPLIT = re.compile(
    r"(?:按|分|从)(?:债务|债券|资金|地区|区域)?(?:类型|用途|级次|种类|层级|投向|结构|性质|分布|来源|部门|税种|行业|科目|地区|区域|县区|县市区?|区县|区市|各?[县区市]（[^）]*）|镇街|镇（[^）]*）|乡镇)(?:来)?(?:划)?(?:分|看)"
)
# 省级累计下达我|市本级|政府债务限额296亿元: the one whom it was granted to
_GRANTED = re.compile(rf"[^，。；]{{0,12}}(?:下达|核定|核准|批准|批复)(?:给|对)?(?:[我本全]|{CIRCUMSTANCE})*")
_LIMIT = re.compile(r"[^，。；\d]{0,16}限额")
_ITEM_ALONE = re.compile(rf"[{ITEM}{CIRCUMSTANCE}]+")
_FIGURE = re.compile(r"约?\d")
_NAMES = re.compile(rf"{ITEM}|[\u4e00-\u9fff]{{2}}")
# 甲市3亿元、乙县|收入5亿元, 甲市增长5%、乙县|下降3%: what may stand between a place of a list and its figure
_UP_TO_FIGURE = re.compile(
    rf"[{ITEM}{CIRCUMSTANCE}]*(?:收入|支出|完成|实现|余额|限额|达到?|为|同比|比上年|较上年|增长|下降|增加|减少|上升|[{ITEM}])*约?\d"
)
_LIST_MARK = re.compile(r"(?:（[^（）]*）)?(?:、|和|与|及|以及)")
_LISTED = re.compile(r"[、和与及]$")
_AFTER_FIGURE = re.compile(r"(?:[元%倍]|百分点)[、和与及]$")
_SPOKEN_FOR = (
    r"(?:同比|比上年|较上年)?(?:增长|下降|增加|减少|上升)[\d约]"  # 潞城区|下降4.1%
    r"|“?三保”?|[^，。；\d]{0,20}支出缺口"
    rf"|[§{CIRCUMSTANCE}：]|\d|约|近|的?(?:预算|收入|支出|完成|实现|本级|政府性|一般|国有|社会)"
)


def _end(amount: Amount) -> int:
    return amount.unit_end


class Clauses:
    """A marked sentence, asked about places in it."""

    def __init__(self, marks: Marks) -> None:
        self._marks = marks
        self._starts = [match.end() for match in _CLAUSE_MARK.finditer(marks.masked)]

    def start_of(self, position: int) -> int:
        """Where the clause begins that goes on at ``position``."""
        number = bisect_right(self._starts, position)
        return self._starts[number - 1] if number else 0

    def names_one(self, start: int, end: int) -> bool:
        """Does a place or a level begin between these two?"""
        named = [*(scope.start for scope in self._marks.scopes), *(place.start for place in self._marks.places)]
        return any(start <= at < end for at in named)

    def is_listed_behind_level(self, start: int) -> bool:
        """其中市本级本金9亿元、|利息3亿元: behind the mark of a list whose first member is an item at a level."""
        levels = [one for one in self._marks.scopes if self.start_of(start) <= one.start and one.end <= start]
        if not (levels and _LIST_MARK.match(self._marks.masked, start)):
            return False
        first = next(one for one in self._marks.amounts if one.start >= levels[-1].end)
        return bool(_NAMES.search(self._marks.masked, levels[-1].end, first.start))

    def place_ends(self, position: int) -> bool:
        """Does the name of a place end there?"""
        return any(place.end == position for place in self._marks.places)

    def heads(self, match: PlaceMatch | ScopeMatch | PeriodMatch) -> bool:
        """Do only openers stand before it in its clause, or only the mark of a list between two figures?"""
        start = self.start_of(match.start)
        if not isinstance(match, PeriodMatch) and self._is_next_of_list(match):
            return True
        if not start:
            start += len(_POINT.match(self._marks.text)[0])  # type: ignore[index]
        before = self._marks.masked[start : match.start]
        if not isinstance(match, PeriodMatch) and self._is_behind_item(before, match.end):
            return True
        if isinstance(match, ScopeMatch) and _GRANTED.fullmatch(before) and _LIMIT.match(self._marks.text, match.end):
            return True
        return leads(self._marks.text[start : match.start], before)

    def belongs_to(self, match: PlaceMatch) -> bool:
        """Does what follows belong to the place, and is it no list of places?"""
        after, before = self._marks.masked[match.end :], self._marks.masked[: match.start]
        is_listed = _LISTED.search(before[-1:]) and not _AFTER_FIGURE.search(before[-4:])
        if is_listed or after.startswith(("、", "和", "与", "及", "等")):
            return False
        return bool(_spoken_for().match(after))

    def events(self) -> list[Event]:
        """Everything that may change what holds, in order of the text."""
        marks = self._marks
        found: list[Event] = []
        found += [(period.start, "mark", period) for period in marks.periods]
        found += [(scope.start, "mark", scope) for scope in marks.scopes]
        found += [(place.start, "mark", place) for place in marks.places]
        for match in _BRACKET.finditer(marks.masked):
            found.append((match.start(), "open" if match[0] == "（" else "close", None))
        for match in _part_of().finditer(marks.text):
            within = any(t.start <= match.start() < t.end for t in marks.terms)
            if match[0] != "由" and not within:
                reason = self._gives_reason(match) or self._gives_reasons(match)
                found.append((match.start(), "reason" if reason else "parts", None))
        for opens, closes in listed.lists(marks):
            found += [(opens, "open", None), (closes, "close", None)]
        found += [
            (one.end, "mark", one)
            for one in marks.terms
            if one.items[0].account == "debt" and USED.match(marks.text, one.end)
        ]
        found += [(at, "rejoin", None) for at in listed.rejoined(marks)]
        found += [(match.start(), "split", None) for match in SPLIT.finditer(marks.text)]
        found += [(match.start(), "year", None) for match in _ALL_YEAR.finditer(marks.text)]
        found += [(match.start(), "self", None) for match in _SELF.finditer(marks.text) if self._is_head(match.start())]
        found += [(match.start(), "clause", None) for match in _CLAUSE_END.finditer(marks.masked)]
        return sorted(found, key=lambda event: event[0])

    def _gives_reason(self, match: re.Match[str]) -> bool:
        """支出4亿元，增长12%，主要是项目资金增加；…: no figure follows in the clause, so it names no parts."""
        if match[0] != "主要是" or self._marks.text.startswith("：", match.end()):
            return False
        end = _REASON_END.search(self._marks.text, match.end())
        return not any(
            match.end() <= one.start < (end.start() if end else len(self._marks.text)) for one in self._marks.amounts
        )

    def holds_one_figure(self, at: int) -> bool:
        """Does a figure fill the bracket that opens there?"""
        text = self._marks.text
        return any(one.start == at + 1 and text.startswith("）", one.unit_end) for one in self._marks.amounts)

    def names_only(self, at: int) -> bool:
        """人员经费9亿元，主要包括：基本工资；公用经费…, 所得税增长15%，主要是利润增长；资源税…: no part has a figure,
        and what comes next is none."""
        end = self._marks.masked.find("；", at)
        if end < 0 or not _PARTS_OR_REASON.match(self._marks.text, at):
            return False
        return not any(at <= amount.start < end for amount in self._marks.amounts)

    def _gives_reasons(self, match: re.Match[str]) -> bool:
        """企业所得税下降5%，主要是利润下滑；个人所得税…: why, and no part of it; 主要是：住院5万元 tells parts."""
        end = _SEGMENT_END.search(self._marks.text, match.end())
        last = end.start() if end else len(self._marks.text) - 1
        told = any(match.end() <= one.start <= last for one in self._marks.amounts)
        return match[0].startswith("主要") and not told and last + 1 < len(self._marks.text)

    def _is_head(self, position: int) -> bool:
        start = self.start_of(position)
        return leads(self._marks.text[start:position], self._marks.masked[start:position])

    def _is_behind_item(self, before: str, end: int) -> bool:
        """一般公共预算收入|甲市31亿元、乙县25亿元: what all are told of stands before the first of them."""
        return ITEM in before and bool(_ITEM_ALONE.fullmatch(before) and _FIGURE.match(self._marks.text, end))

    def _is_next_of_list(self, match: PlaceMatch | ScopeMatch) -> bool:
        """甲市3亿元、|乙县5亿元, 甲市收入3亿元、|乙县收入5亿元: behind a mark of a list, worded as the one before."""
        text = self._marks.text
        before = max((one for one in self._marks.amounts if one.unit_end < match.start), default=None, key=_end)
        if before is None or not _LIST_MARK.fullmatch(text, before.unit_end, match.start):
            return False
        return bool(_UP_TO_FIGURE.match(self._marks.masked, match.end))


@cache
def _spoken_for() -> re.Pattern[str]:
    return re.compile(rf"{_SPOKEN_FOR}|{cue_regex('structure', 'place_acts')}")


@cache
def _part_of() -> re.Pattern[str]:
    return re.compile(cue_regex("structure", "part_of"))
