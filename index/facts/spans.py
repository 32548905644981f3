"""Several years at once: which five years a heading, a sentence or a comparison speaks of.

（一）“十四五”时期财政工作回顾            all below is of 2021-2025 unless it names a year
这五年，我们…。全市收入累计达到500亿元    the sentences that follow are of those five years
累计达到500亿元，比“十三五”时期增长9%     a figure measured against a plan is that of the plan after it
2025年是“十四五”规划收官之年            names the plan, and speaks of one year
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from index.facts.marks import Marks
from index.find.periods import FIVE_YEAR_PLANS, PeriodMatch
from index.lexicon import cue_regex
from index.models import Period

_SPAN = 5
_PLAN = re.compile("|".join(FIVE_YEAR_PLANS))
# 为“十四五”圆满收官, 全国“十四五”第二批示范市: the plan is named, nothing is said of its years
_NAMED_ONLY = re.compile(r"(?:发展)?(?:规划|纲要|目标|建议)|第.{1,3}批|[^，。；、：\d]{0,6}(?:收官|开局|谋篇|谋划)")
_TIMES = re.compile(r"(?:的|平均[值数]的?)*约?\d+(?:\.\d+)?(?:倍|%)")
_TIMES_OF_FIGURE = re.compile(r"[^，。；\d*]{1,16}[\d.*]+[万亿]?元的约?\d+(?:\.\d+)?倍")
# 2027年前|实现, and neither 2024年前半年 nor 前十几天 nor 前期
_BEFORE = re.compile("(?:[年月]?[底末])?(?:以|之)?前(?![期半一二两三四五六七八九十百几数多若\\d])")
_LEFT_OUT = re.compile("(?:剔除|扣除|还原|不考虑|不含)[^，。；（）]{0,6}$")  # 剔除|2022年|留抵退税因素
_GROUND = re.compile("[^，。；\\d]{0,10}基础上")
_IS = ("是", "为", "达", "达到", "相当于")
_FIGURE = re.compile(r"的?(?:人均|平均|每人)?(?:每[年月人])*[约近]?\d")
_THINGS = re.compile(r"的?\d+(?:余|多)?[个项家]")
_RISE = re.compile(r"(?:增加|增长|提高|提升|上升|扩大|跃升|攀升|下降|减少|降低|降|增)$")
_HEAD_REST = re.compile(r"[\s（(]*(?:份|累计|当月|单月|本月|完成|收支|情况|看)*[\s）)]*[。：:]?\s*")
_REVIEW = re.compile(r"回顾|成效|成就|成绩|发展情况|时期|期间|以来")
_NOT_A_REVIEW = re.compile(r"规划|收官|助力|十五五|及|和|与|思路|目标")


def meant(match: PeriodMatch, held: Period, year: int, months: tuple[int, int] | None) -> Period | None:
    """The period that words mean where ``held`` holds, in a paper on ``year``, or but on these ``months`` of it."""
    here = match.years is None and match.offset == 0 and held.first_year == held.last_year
    period = match.resolve(held.first_year if here else year)
    if period is None or (period.first_month, period.last_month) != (1, 12) or match.months is not None:
        return period
    if not match.as_of and months and period.first_year == period.last_year == year:
        return replace(period, first_month=months[0], last_month=months[1])  # 2023年 in a paper on nine months
    return replace(period, as_of=match.as_of) if match.years is None else period


def since(period: Period, text: str, end: int) -> Period:
    """自2024年7月以来，查出问题金额9亿元: what began in a month did not end with it."""
    of_one = period.first_year == period.last_year and not period.as_of  # “十四五”以来 is of all its years
    return Period.year(period.first_year) if of_one and text.startswith("以来", end) else period


def are_of_things(text: str, match: PeriodMatch, heads: bool) -> bool:
    """抽查2021至2023年建成的农田4万亩, 对2022至2024年补助资金3亿元进行审计: years of what is looked at, which hold for
    its clause only."""
    several = match.years is not None and match.years[0] < match.years[1]
    return several and (not heads or text.endswith("对", 0, match.start))


def is_deadline(text: str, match: PeriodMatch) -> bool:
    """2027年前实现全覆盖, 2026年底前完成: by when one thing is to be done, no year of what follows."""
    if match.years is None or match.compared:
        return False
    return match.text.endswith("前") or bool(_BEFORE.match(text, match.end))


def names_plan_only(text: str, match: PeriodMatch) -> bool:
    """Is a five-year plan named for what it is, not for its years?"""
    return bool(_PLAN.search(match.text)) and bool(_NAMED_ONLY.match(text, match.end))


def is_no_time(text: str, match: PeriodMatch) -> bool:
    """Do these words name a time that is not that of the figures behind them?"""
    return names_plan_only(text, match) or is_of_event(text, match) or bool(_LEFT_OUT.search(text, 0, match.start))


def is_of_event(text: str, match: PeriodMatch) -> bool:
    """8月|强降雨抢险救灾, 7月|洪灾水毁农田: the month of what befell; 在上年|高基数基础上: what is built on."""
    if text.endswith("在", 0, match.start) and _GROUND.match(text, match.end):
        return True
    of_month = match.years is None and match.months is not None and not match.offset
    return of_month and bool(_event().match(text, match.end))


@cache
def _event() -> re.Pattern[str]:
    return re.compile(r"[\u4e00-\u9fff“”]{0,4}?" + cue_regex("structure", "events"))


def is_base_of_times(text: str, match: PeriodMatch) -> bool:
    """是“十三五”时期的1.2倍: the years a figure is measured against."""
    return text[: match.start].endswith(_IS) and bool(_TIMES.match(text, match.end))


def is_endpoint(text: str, match: PeriodMatch, held: Period) -> bool:
    """从2020年的19亿元增加到2025年的23亿元: each year holds for the one figure behind it, ``held`` for what follows."""
    before = text[: match.start]
    if before.endswith(_IS) and _TIMES_OF_FIGURE.match(text, match.end):
        return True  # 是2021年发行额5亿元的2.3倍
    if match.years is None or match.years[0] != match.years[1] or not _FIGURE.match(text, match.end):
        return False
    if before.endswith(("从", "由")) or (before.endswith("对") and _THINGS.match(text, match.end)):
        return True  # 对2025年度|186个项目开展自评: what is done with these is of the year that holds
    rises = match.text.startswith("到") or before.endswith(("至", "到"))
    return rises and held.first_year < held.last_year and bool(_RISE.search(before.rstrip("至到")))


def goes_on(marks: Marks, match: PeriodMatch) -> bool:
    """较“十三五”末|2020年: the second names what the first did, and is compared like it."""
    return any(other.compared and other.end == match.start for other in marks.periods)


def is_head(marks: Marks) -> bool:
    """8月当月。, 1-8月累计：: a sentence that says of which part of the year the next ones are, and nothing else."""
    if len(marks.periods) != 1 or marks.periods[0].months is None or marks.periods[0].compared:
        return False
    at = marks.periods[0]
    return bool(_HEAD_REST.fullmatch(marks.text[: at.start] + marks.text[at.end :]))


def is_to_come(match: PeriodMatch, year: int) -> bool:
    """“十五五”时期 in a report on 2025."""
    return bool(_PLAN.search(match.text)) and match.years is not None and match.years[0] > year


def is_five_years(match: PeriodMatch) -> bool:
    """五年来, 这五年, 过去五年."""
    return match.back == _SPAN


def after_compared_plan(periods: Sequence[PeriodMatch], text: str) -> tuple[int, int] | None:
    """The five years that follow the plan a sentence measures its figures against; None if it does not."""
    for period in periods:
        if not (_PLAN.search(period.text) and period.years and period.years[0] < period.years[1]):
            continue
        if period.compared or is_base_of_times(text, period):
            return period.years[1] + 1, period.years[1] + _SPAN
    return None


def of_heading(marks: Marks, latest: int | None) -> tuple[int, int] | None:
    """The years of a heading that looks back on a plan, and on nothing else; ``latest`` is the report's year."""
    plans = [period for period in marks.periods if _PLAN.search(period.text) and period.years]
    if len(plans) != 1 or len(marks.periods) != 1 or plans[0].years is None:
        return None
    years = plans[0].years
    looks_back = _REVIEW.search(marks.text, plans[0].start) and not _NOT_A_REVIEW.search(marks.text)
    return years if looks_back and latest is not None and years[0] <= latest and years[0] < years[1] else None
