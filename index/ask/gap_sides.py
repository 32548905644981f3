"""The two sides of a comparison in a question: the year and the stage that stand on each side of 比.

    "26年…要比25年完成数多收多少亿" -> 2026, no stage | 2025, actual
    "比25年执行数，26年安排多多少", "26年预算和25年执行数相差多少", "实际比年初预算少支多少" likewise

Works on a text in which the names of items are blanked out, so that 一般公共预算 is no budget.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from index.ask.vocabulary import gap_pattern
from index.find.periods import PeriodMatch, find_periods
from index.models import Measure

Stage = Measure | Literal[""]
Span = tuple[int, int]

_STAGES: Final[tuple[Measure, ...]] = ("adjusted_budget", "budget", "actual")
_THAN: Final = re.compile(r"(?<![可同环对占百相])(?:比|较)(?![重例率较])起?")
_BESIDE: Final = re.compile(
    r"(?:与|和|跟|同|比|较)([^，。]*?)(?:相比|比较|比起来|对比|比(?=，?[多少高低增减]))(?:较|起来)?，?"
)
_LESS: Final = re.compile(r"减[去掉]?(?=[^，。]{0,12}(?:年|完成|执行|决算|预算|安排))")
_AND: Final = re.compile(r"和|与|跟|同|、|到|减去?|，")
_BARE_YEAR: Final = re.compile(r"(?<![\d.])(?:20)?[012]\d(?![\d.%年月日万亿元个])")
_WORDLESS: Final = re.compile(r"[的要将会，\s]*")
_LEFT_OUT: Final = "\x01"


@dataclass(frozen=True, slots=True)
class Sides:
    """Years (0: none named) and stages of both sides; ``masked`` has all of it cut out, ``apart``: 相差 was asked."""

    first_year: int
    first_stage: Stage
    second_year: int
    second_stage: Stage
    direction: Literal["more", "less", ""]
    masked: str
    years: tuple[int, ...]
    apart: bool
    months: bool


@dataclass(frozen=True, slots=True)
class _Parts:
    """Where the first and the second side stand, and what joins them."""

    first: tuple[Span, ...]
    second: Span
    joint: tuple[Span, ...]


def stage_in(text: str) -> Stage:
    """The stage a stretch of text names last."""
    found: list[tuple[int, int, Measure]] = []
    for name in ("adjusted", "actual", "budget"):
        for match in gap_pattern(name).finditer(text):
            measure: Measure = "adjusted_budget" if name == "adjusted" else "actual" if name == "actual" else "budget"
            if not any(match.start() < end and start < match.end() for start, end, _ in found):
                found.append((match.start(), match.end(), measure))
    return max(found)[2] if found else ""


def read_sides(text: str, newest: int, told: int) -> Sides | None:
    """Both sides; None if it asks for no difference.  ``newest`` is what 今年 means, or ``told`` beside a 明年."""
    asks = list(gap_pattern("ask").finditer(text))
    apart = gap_pattern("apart").search(text)
    against, less = _against(text), _LESS.search(text)
    asked = less or (asks[-1] if asks else apart or against)
    if asked is None:
        return None
    periods = find_periods(text, short_years=True)
    now = told if any((match.offset or 0) > 0 and match.years is None for match in periods) and told else newest
    parts = _parts(text, asked, apart=bool(apart) and not asks, against=against)
    if parts is None:
        return None
    first_text = "".join(text[start:end] for start, end in parts.first)
    second_text = text[slice(*parts.second)]
    first_year = _year(first_text, now, last=True)
    counted = any(match.years is None for match in find_periods(first_text, short_years=True))
    second_year = _year(second_text, now if counted else first_year or now, last=False)
    first_stage, second_stage = _stages(first_text, second_text)
    if against and parts.second[0] == parts.second[1]:  # 短收多少
        first_stage, second_stage = "actual", "budget"
    if not second_year and not second_stage:
        return None
    if not first_year and second_year and first_stage:
        first_year = now if first_stage != "actual" else 0
    masked = _masked(text, [match.span() for match in asks], parts, periods)
    years = tuple(dict.fromkeys(year for year in (first_year, second_year) if year))
    word = asked[0][:1]
    direction: Literal["more", "less", ""] = (
        "more" if word in gap_pattern("more").pattern else "less" if word in gap_pattern("less").pattern else ""
    )
    months = any(match.months and match.months != (1, 12) for match in periods)
    return Sides(
        first_year, first_stage, second_year, second_stage, direction, masked, years, bool(apart), months
    )  # fmt: skip


def _against(text: str) -> re.Match[str] | None:
    """比年初预算超, 短收多少: what was done against the budget."""
    return gap_pattern("against", year=r"[\d年]{0,5}").search(text)


def _parts(text: str, asked: re.Match[str], *, apart: bool, against: re.Match[str] | None) -> _Parts | None:
    head, whole = asked.start(), len(text)
    if asked.re is _LESS:  # 26年预算减去25年执行数
        return _Parts(((0, head),), (asked.end(), whole), (asked.span(),))
    if beside := _BESIDE.search(text):  # 与25年执行数相比，26年…
        rest = ((0, beside.start()), (beside.end(), head if head > beside.end() else whole))
        joint = ((beside.start(), beside.start(1)), (beside.end(1), beside.end()))
        return _Parts(rest, beside.span(1), joint)
    than = [match for match in _THAN.finditer(text) if match.end() <= head]
    if than:
        at = than[-1]
        comma = text.find("，", at.end(), head)
        years = [match for match in find_periods(text[at.end() : head], short_years=True) if match.years]
        if comma > 0 and len(years) > 1:  # 比25年执行数，26年安排
            return _Parts(((0, at.start()), (comma + 1, head)), (at.end(), comma), (at.span(),))
        return _Parts(((0, at.start()),), (at.end(), head), (at.span(),))
    later = next((match for match in _THAN.finditer(text) if match.start() >= asked.end()), None)
    if later:  # 26年预算多安排多少，比25年执行数
        return _Parts(((0, head),), (later.end(), whole), (later.span(),))
    if apart:
        for match in _AND.finditer(text[:head]):
            left, right = text[: match.start()], text[match.end() : head]
            if all(find_periods(side, short_years=True) or stage_in(side) for side in (left, right)):
                return _Parts(((0, match.start()),), (match.end(), head), (match.span(),))
        return None
    if against and stage_in(against[0]):  # 超过预算多少
        return _Parts(((0, against.start()),), against.span(), ())
    if against:  # 短收多少
        return _Parts(((0, against.start()),), (against.start(), against.start()), ())
    return None


def _year(text: str, now: int, *, last: bool) -> int:
    """The last (first) year of a stretch of text; 上年 counts from ``now``; 0 if it names none."""
    years = []
    for match in find_periods(text, short_years=True):
        years += _one_year(match, now)
    if not years:
        years = [2000 + int(match[0][-2:]) for match in _BARE_YEAR.finditer(text)]
    return (years[-1] if last else years[0]) if years else 0


def _one_year(match: PeriodMatch, now: int) -> list[int]:
    if match.years is None and match.offset is None:
        return []
    if match.years is None and (match.back is not None or (match.months and not match.offset)):
        return []
    if match.years is None and not match.offset and match.text.strip("比较与同和截至止到") in ("年末", "年底", ""):
        return []
    period = match.resolve(now)
    return [period.last_year] if period and period.first_year == period.last_year else []


def _stages(first: str, second: str) -> tuple[Stage, Stage]:
    """教育支出预算26年比25年, 26年比25年教育支出预算: one word for both; else each side has its own."""
    matches = find_periods(first, short_years=True)
    before = first[: matches[-1].start] if matches else ""
    after = first[matches[-1].end :] if matches else first
    one, other = stage_in(after) or stage_in(before), stage_in(second)
    if matches and not other and not stage_in(after) and stage_in(before) and find_periods(second, short_years=True):
        other = one
    elif matches and other and not one and _WORDLESS.fullmatch(after) and "\x02" in second:
        one = other
    return one, other


def _masked(text: str, asks: list[Span], parts: _Parts, periods: list[PeriodMatch]) -> str:
    spans = [*asks, *parts.joint, *((match.start, match.end) for match in periods)]
    for name in ("apart", "adjusted", "budget", "actual", "around"):
        spans += [match.span() for match in gap_pattern(name).finditer(text)]
    if against := _against(text):
        spans.append(against.span())
    spans += [match.span() for match in _BARE_YEAR.finditer(text)]
    chars = list(text)
    for start, end in spans:
        chars[start:end] = _LEFT_OUT * (end - start)
    return "".join(chars)
