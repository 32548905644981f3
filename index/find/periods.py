"""Periods in normal text: years, spans of years, months of a year, dates, and words that count from another year.

    "截至2023年底"  -> 2023, as of      "2021-2023年" -> 2021-2023     "1-6月" -> months 1-6 of the year that holds here
    "上年同期" -> one year back from the year that holds here           "十四五" -> 2021-2025

``find_periods`` only finds; which year "holds here" is the caller's to say (``resolve``), since a heading, a title or
the years of the index decide it.  ``compared`` marks a period that a figure is measured against (比2022年增长).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from index.find.amounts import chinese_int
from index.models import Period

FIVE_YEAR_PLANS = {"十一五": 2006, "十二五": 2011, "十三五": 2016, "十四五": 2021, "十五五": 2026}
RELATIVE_YEARS = {
    "大前年": -3, "前年": -2, "上年度": -1, "上年": -1, "去年": -1, "上一年度": -1, "上一年": -1,
    "本年度": 0, "本年": 0, "今年": 0, "当年": 0,
    "明年": 1, "下年度": 1, "下年": 1, "次年": 1, "下一年度": 1, "下一年": 1,
}  # fmt: skip
MONTH_WORDS = {
    "上半年": (1, 6), "下半年": (7, 12), "一季度": (1, 3), "第一季度": (1, 3),
    "二季度": (4, 6), "第二季度": (4, 6), "三季度": (7, 9), "第三季度": (7, 9),
    "四季度": (10, 12), "第四季度": (10, 12),
    "前半年": (1, 6), "半年": (1, 6),
    **{  # 前二季度, 前三个季度, 前3季度
        f"前{count}{quarter}": (1, 3 * number)
        for number, names in enumerate(("一1", "二两2", "三3"), start=1)
        for count in names
        for quarter in ("季度", "个季度")
    },
    **{
        f"{first}{count}{month}": (1, number)  # 前8个月, 头三个月, 前10月
        for first in ("前", "头")
        for number, name in enumerate(("两", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"), start=2)
        for count in (name, str(number), *(("二",) if number == 2 else ()))
        for month in ("个月", "月份", "月")
    },
}  # fmt: skip

MOST_DIGITS = 2
_YEAR_OF_MONTHS = 12

_PLAN_WORDS = "|".join(FIVE_YEAR_PLANS)
_RELATIVE = "|".join(sorted(RELATIVE_YEARS, key=len, reverse=True))
_MONTHS = "|".join(sorted(MONTH_WORDS, key=len, reverse=True))
_FIRST_MONTHS = f"(?<![目当此日提之以])(?:{_MONTHS})"  # 目前|3月份, 提前3个月
_YEAR = r"(?:19|20)\d\d"
_MONTH = r"(?:1?\d|十[一二]?|[一二三四五六七八九])"
_DAY = r"(?:[123]?\d|[一二三]?十?[一二三四五六七八九]|[一二三]?十)"
_IN_DIGITS = {char: number for number, char in enumerate("一二三四五六七八九十", start=1)} | {"十一": 11, "十二": 12}
_SPAN = rf"{_MONTH}(?:月份?)?(?:-|—|至|~){_MONTH}月"

# Every period begins with one of these; asked first, most places of a text are passed over.
_NUMERAL = re.compile("[二三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九]")
_BEGINS = "".join(sorted({word[0] for word in (*FIVE_YEAR_PLANS, *RELATIVE_YEARS, *MONTH_WORDS)} | set("五六七八九十")))

PERIOD = re.compile(
    rf"""
    (?=[\d比较与同和高低快慢优截到“"近最过这三四五年{_BEGINS}])
    (?P<compared>比|较|与|同|和|[高低快慢优]于)?
    (?P<asof>截至|截止|到)?
    (?:
        (?P<first>{_YEAR})年(?P<firstmonth>{_MONTH})月份?(?:-|—|至|到|~)(?P<last>{_YEAR})年(?P<lastmonth>{_MONTH})月[份底末]?(?!\d)
      | (?P<from>{_YEAR})年?(?:-|—|至|到|~)(?P<to>{_YEAR})年?
      | (?P<year>{_YEAR})(?:年度|年|(?=[-/.]\d{{1,2}}月))(?P<point>初|末|底|终)?
      | [“"]?(?P<plan>{_PLAN_WORDS})[”"]?(?:(?:时期|期间)?(?P<edge>初|末|期末)(?!期)|时期|期间)?
      | (?P<back>近|最近|过去|这)(?P<count>[两二三四五六七八九十\d][一二三四五六七八九十\d]*)年(?:来|间)?
      | (?P<years>[三四五])年(?:来|间|累计)
      | (?<!以)(?P<relative>{_RELATIVE})(?P<point2>初|末|底|终)?
      | (?P<short>(?<![\d.])[0-3]\d)年(?!期(?!间))(?:度)?(?P<point3>初|末|底|终)?
      | (?P<onlymonths>(?<![一二三四五六七八九十\d])(?=(?:{_FIRST_MONTHS}|{_SPAN}|{_MONTH}月份?|年(?:末|底))))
    )
    (?:
        (?P<months>{_FIRST_MONTHS})
      | (?P<m1>{_MONTH})(?:月份?)?(?:-|—|至|到|~)(?P<m2>{_MONTH})月(?:份|底|末)?
      | (?P<month>{_MONTH})月(?:(?P<day>{_DAY})日|份)?(?:(?P<monthend>底|末)|(?P<summed>(?=累计)))?
      | (?P<end>年末|年底)
    )?
    (?P<same>同期|同比)?
    """,
    re.VERBOSE,
)


_UP_TO = ("至", "到", "-", "—", "~")
_BEFORE = re.compile(r"前(?![期沿端列景瞻言提往三几两五十\d])")


@dataclass(frozen=True, slots=True)
class PeriodMatch:
    """A period as found.  ``years`` are absolute, ``offset`` counts from the year that holds."""

    start: int
    end: int
    text: str
    years: tuple[int, int] | None
    offset: int | None
    back: int | None
    months: tuple[int, int] | None
    as_of: bool
    compared: bool

    def resolve(self, year: int | None) -> Period | None:
        """The period, given the year that holds here; None if it needs one and there is none."""
        first_last = self.years
        if first_last is None:
            if year is None:
                return None
            if self.back is not None:
                first_last = (year - self.back + 1, year)
            else:
                first_last = (year + (self.offset or 0),) * 2
        first_month, last_month = self.months or (1, 12)
        return Period(first_last[0], first_last[1], first_month, last_month, self.as_of)


def find_periods(text: str, *, short_years: bool = False) -> list[PeriodMatch]:
    """All periods of a normal text, left to right.  ``short_years`` reads ``23年`` as 2023 (questions, not reports)."""
    found = []
    for match in PERIOD.finditer(text):
        if match["short"] and not short_years:
            continue
        if match.end() > match.start() and (period := _period(match, text)):
            found.append(period)
    return _over_new_year(found, text)


def _over_new_year(found: list[PeriodMatch], text: str) -> list[PeriodMatch]:
    """2024年7月至2025年6月: twelve months at most are told as of the year in which they began."""
    joined: list[PeriodMatch] = []
    for period in found:
        before = joined[-1] if joined else None
        if before is not None and text[before.end : period.start] in _UP_TO and _is_year_on(before, period):
            joined[-1] = replace(before, end=period.end, text=text[before.start : period.end], months=None)
        else:
            joined.append(period)
    return joined


def _is_year_on(first: PeriodMatch, last: PeriodMatch) -> bool:
    if not (first.years and last.years and first.months and last.months):
        return False
    return first.years[0] + 1 == last.years[1] and last.months[1] < first.months[0]


def _period(match: re.Match[str], text: str) -> PeriodMatch | None:
    years, offset, back = _years(match)
    if match["back"] and back is None:
        return None
    months = _month_span(match)
    if match["onlymonths"] is not None and months is None and not match["end"]:
        return None
    as_of = bool(
        match["asof"]
        or match["point"]
        or match["point2"]
        or match["point3"]
        or match["edge"]
        or match["end"]
        or match["monthend"]
    )
    if match["monthend"]:
        as_of = True
    if match["day"] and not as_of:
        months = None  # 2023年6月21日 is when something was done, not what a figure covers
    if as_of and months and match["point"] is None:
        months = None if months[1] == 12 else months
    compared = bool(match["compared"]) or bool(match["same"])
    start = match.start()
    if match["compared"] and match["compared"] in "同和" and not match["same"]:
        compared, start = False, start + 1  # 和2024年: a list, not a comparison
    end = match.end()
    if (match["monthend"] or match["end"] or match["point"]) and _BEFORE.match(text, end):
        end += 1  # 9月底前
    return PeriodMatch(start, end, text[start:end], years, offset, back, months, as_of, compared)


def _years(match: re.Match[str]) -> tuple[tuple[int, int] | None, int | None, int | None]:
    if match["first"]:
        first, last = int(match["first"]), int(match["last"])
        months = (last - first) * _YEAR_OF_MONTHS + _number(match["lastmonth"]) - _number(match["firstmonth"]) + 1
        if months <= _YEAR_OF_MONTHS:  # 2024年7月至2025年6月: a year of work, told of as that of the report
            return None, 0, None
        return (first, last), None, None
    if match["from"]:
        return (int(match["from"]), int(match["to"])), None, None
    if match["year"]:
        return (int(match["year"]),) * 2, None, None
    if match["short"]:
        return (2000 + int(match["short"]),) * 2, None, None
    if match["plan"]:
        first = FIVE_YEAR_PLANS[match["plan"]]
        if match["edge"]:  # “十四五”末: how things stood when it ended
            return ((first,) * 2 if match["edge"] == "初" else (first + 4,) * 2), None, None
        return (first, first + 4), None, None
    if match["back"]:
        return None, None, _count(match["count"])
    if match["years"]:
        return None, None, " 一二三四五".index(match["years"])
    return None, RELATIVE_YEARS.get(match["relative"] or "", 0), None


def _count(said: str) -> int | None:
    """十三 -> 13; None for what is no number of years (0, 三五, 9999999)."""
    if said.isdecimal():
        return (int(said) if len(said) <= MOST_DIGITS else 0) or None
    found = _NUMERAL.fullmatch(said)
    return (chinese_int(said) if found else 0) or None


def _month_span(match: re.Match[str]) -> tuple[int, int] | None:
    if match["months"]:
        return MONTH_WORDS[match["months"]]
    if match["m1"]:
        first, last = _number(match["m1"]), _number(match["m2"])
        return (first, last) if 1 <= first <= last <= 12 else None
    if match["month"]:
        month = _number(match["month"])
        if not 1 <= month <= 12:
            return None
        so_far = match["day"] or match["monthend"] or match["asof"] or match["summed"] is not None  # 10月|累计
        return (1, month) if so_far else (month, month)
    return None


def _number(month: str) -> int:
    return int(month) if month.isdigit() else _IN_DIGITS[month]
