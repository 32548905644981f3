"""The periods a question names, with relative years counted from what the index holds.

"2018、2019、2025三年" -> three years      "去年" with a newest year of 2026 -> 2025, and said so
    "上党 教育 23" -> 2023
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.ask.vocabulary import words
from index.find.periods import PeriodMatch, find_periods
from index.models import Period

Span = tuple[int, int]

_BARE_YEAR = re.compile(r"(?<![\d.])(?:19|20)\d\d(?![\d.%])(?!万|亿|元|个(?!税|人)|户|人)")
_BARE_SHORT = re.compile(r"(?<![\d.A-Za-z])[12]\d(?![\d.%A-Za-z年月日\-—至到万亿元个户人项])")
_AGAINST = ("比", "较", "相比", "比起", "对比")
_BESIDE = re.compile("[与和跟同比较]$")  # 跟|上一年|比
_IS_COMPARED = re.compile("相?比|对比|比较")
_ITS_FIGURE = re.compile("(?:的|完成|实际|执行|决算)*数?(?:是|为|有)?(?:多少|几)")
_ONLY_END = ("年末", "年底", "半年")


@dataclass(frozen=True, slots=True)
class When:
    """Periods named, what a relative year was counted to, the spans used, and spans of periods compared with."""

    periods: tuple[Period, ...] = ()
    note: str = ""
    spans: tuple[Span, ...] = ()
    compared: tuple[Period, ...] = ()


def find_when(
    text: str,
    newest: int | None,
    told: int | None = None,
    *,
    apart: bool = False,
    since: int = 0,
    calendar: bool = False,
) -> When:
    """Periods of a normal text.  ``newest`` is the year that 今年 means; ``apart`` reads 2021-2023年 as three years.

    ``told`` is the newest year that a report tells of: 上半年 alone is of that year.  ``since`` is the year of the
    answer that this follows: 上一年, 去年, 当年 count from it, 今年 does not; with ``calendar`` the question before it
    counted from today, and so do 去年 and 前年 (去年花了多少 | 前年呢).
    """
    matches = _with_months(find_periods(text, short_years=True))
    periods: dict[Period, None] = {}
    compared: dict[Period, None] = {}
    spans, notes = [], []
    absolute = any(match.years for match in matches)
    for match in matches:
        match = _without_share(_without_measure(match), text)
        spans.append((match.start, match.end))
        if match.text in _ONLY_END:
            continue  # 年末 says when in the year, not which year
        against = match.compared or bool(_BESIDE.search(text[: match.start]) and _IS_COMPARED.match(text, match.end))
        before = _year_before(matches, match, text) if absolute and not against else None
        if before is not None:
            periods = {before: None}
            notes.append(f"“{match.text}”按{before.text}年理解")
            continue
        if against and match.months and match.years is None and not match.offset and len(periods) == 1:
            compared[replace(next(iter(periods)), first_month=match.months[0], last_month=match.months[1])] = None
            continue  # 2026年1-8月比|1-7月: of the same year
        if against and match.years is None and (match.offset or 0) < -1:  # 比前年: no change since the year before
            named = next(iter(periods)).last_year if absolute and len(periods) == 1 else newest
            compared |= {base: None for base in (match.resolve(named),) if base}
            continue
        if match.years is None and (absolute or (against and match.offset)):
            continue  # 去年（2025年）; 比上年: what the figure is compared with
        only_months = match.months is not None and match.offset == 0 and match.years is None
        own = words("relative", "calendar") if calendar else words("relative", "now")
        anaphoric = since and not only_months and match.back is None and not any(word in match.text for word in own)
        now = _counted_from(match, newest, told)
        period = match.resolve(since or told or newest if only_months else since if anaphoric else now)
        if period is None:
            continue
        if match.compared:
            compared[period] = None
            continue
        if match.years is None:
            unit = "年" if period.text.isdigit() else ""
            notes.append(
                f"“{match.text}”按{period.text}{unit}理解"
                + (f"（接着{since}年说）" if anaphoric or (since and only_months) else "")
            )
        for one in _apart(period, match, apart):
            periods[one] = None
    _add_bare(text, periods, compared, spans)
    return When(_ordered(tuple(periods), text), "；".join(notes), tuple(spans), tuple(compared))


def _add_bare(text: str, periods: dict[Period, None], compared: dict[Period, None], spans: list[Span]) -> None:
    """上党区2023教育支出, 比2022多多少, 25教育: years without 年; one of two digits only where there is no other."""
    for year in _BARE_YEAR.finditer(text):
        if not _inside(year.span(), spans):
            base = text[: year.start()].endswith(_AGAINST)
            (compared if base else periods)[Period.year(int(year[0]))] = None
            spans.append(year.span())
    for short in _BARE_SHORT.finditer(text):
        if text[: short.start()].endswith(_AGAINST) and not _inside(short.span(), spans):
            compared[Period.year(2000 + int(short[0]))] = None
            spans.append(short.span())
    if not periods:
        for short in _BARE_SHORT.finditer(text):
            if not _inside(short.span(), spans):
                periods[Period.year(2000 + int(short[0]))] = None
                spans.append(short.span())
                break


def _with_months(matches: Sequence[PeriodMatch]) -> list[PeriodMatch]:
    """2026年某市|8月|收入, 某市|8月|收入涨了多少 2026年: the one year that is named is that of the one month."""
    years = [one for one in matches if one.years and one.years[0] == one.years[1] and not one.months]
    months = [one for one in matches if one.months and one.years is None and one.offset == 0]
    if len(years) != 1 or len(months) != 1 or len(matches) != 2 or any(one.compared or one.as_of for one in matches):
        return list(matches)
    return [replace(one, years=years[0].years, months=months[0].months) for one in matches]


def _counted_from(match: PeriodMatch, newest: int | None, told: int | None) -> int | None:
    """The year that a relative one counts from: this year, if the reports tell of the year that makes; else the newest
    that they have, as reports of 2019 are asked about as if it were then."""
    year = this_year()
    back = match.offset or 0
    return year if back < 0 and told and year + back <= told else newest


def this_year() -> int:
    """The year of the calendar."""
    return datetime.date.today().year


def _year_before(matches: Sequence[PeriodMatch], match: PeriodMatch, text: str) -> Period | None:
    """2024年教育支出|上年是多少: the year before the one named, which only says from where it counts."""
    named = {one.years for one in matches if one.years}
    if match.years or match.offset != -1 or match.months or len(named) != 1 or not _ITS_FIGURE.match(text, match.end):
        return None
    first, last = next(iter(named))
    return Period.year(first - 1) if first == last else None


def _without_measure(match: PeriodMatch) -> PeriodMatch:
    """2023年|同比: here 同比 is what is asked."""
    if not match.text.endswith("同比"):
        return match
    text = match.text.removesuffix("同比")
    return replace(match, text=text, end=match.end - 2, compared=text[:1] in "比较与" and match.compared)


def _without_share(match: PeriodMatch, text: str) -> PeriodMatch:
    """民生支出占比|25年: the 比 belongs to 占比."""
    if not match.compared or match.text[:1] != "比" or text[match.start - 1 : match.start] != "占":
        return match
    return replace(match, text=match.text[1:], start=match.start + 1, compared=False)


def _apart(period: Period, match: PeriodMatch, apart: bool) -> tuple[Period, ...]:
    """近三年 and, where years are set side by side, 2021-2023年 are years of their own."""
    if period.first_year == period.last_year:
        return (period,)
    if match.back or apart:
        return tuple(Period.year(year) for year in range(period.first_year, period.last_year + 1))
    return (period,)


def _ordered(periods: tuple[Period, ...], text: str) -> tuple[Period, ...]:
    """In the order of the question; years that a span made are in their own order."""
    if not all(str(period.first_year) in text for period in periods):
        return tuple(sorted(periods))
    return tuple(sorted(periods, key=lambda period: text.find(str(period.first_year))))


def _inside(span: Span, spans: Sequence[Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in spans)
