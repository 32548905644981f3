"""Dates and years that cannot be: 2月30日, 13月, a span that ends before it begins, a plan for a year gone by.

截至2025年11月31日        November has thirty days
2025—2023年               ends before it begins
2025年预算执行情况和2024年预算草案       the plan is for an earlier year
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from typing import Final

from index.check.models import Finding, Span
from index.check.paper import Paper
from index.models import Sentence
from index.text.normal import normalise, plain

_DAY: Final = re.compile(r"(?:(?<!\d)(?P<year>\d{4})年)?(?<![\d.])(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})(?:日|号))?")
_SPAN: Final = re.compile(r"(?<!\d)(?P<first>(?:19|20)\d\d)年?\s*(?:[-—–－~～]+|至)\s*(?P<last>(?:19|20)\d\d)年")
_YEAR: Final = re.compile(r"(?<![\d.,，])(?P<year>\d{3}|\d{5})年(?!产|均|度任务|龄|限|期)")
_TITLE: Final = re.compile(
    r"(?P<done>20\d\d)年[^，。]{0,16}?(?:执行|完成)情况[^，。]{0,8}?(?P<plan>20\d\d)年[^，。]{0,10}?预算"
)
_ENDED: Final = re.compile(
    r"(?P<done>20\d\d)年[^，。]{0,16}?(?:(?:执行|完成)情况[^，。]{0,8}?20\d\d年[^，。]{0,10}?预算|决算)"
)
_HELD: Final = re.compile(r"(?P<year>20\d\d)年(?P<month>\d{1,2})月\d{1,2}日(?:在|[^，。]{0,4}$)")
_EARLIEST: Final = 11  # month in which a year's report may be given before it has ended
_FRONT: Final = 8  # sentences in which a paper says when it was given
_LEAP: Final = 2024


def of_dates(paper: Paper) -> Iterator[Finding]:
    """All findings of this kind."""
    yield from _before_its_year(paper)
    for sentence in paper.parsed.sentences:
        if sentence.kind == "row":
            continue
        normal = normalise(sentence.text)
        for match, why in _faults(normal.text):
            yield _told(paper, sentence, *normal.printed(*match.span()), why)


def _faults(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """What cannot be in a text in normal form, and why."""
    for match in _DAY.finditer(text):
        if why := _impossible(match):
            yield match, why
    for match in _SPAN.finditer(text):
        if int(match["last"]) < int(match["first"]):
            yield match, f"{match[0]}：止于起始之前"
    for match in _TITLE.finditer(text):
        if int(match["plan"]) <= int(match["done"]):
            yield match, f"预算的年份 {match['plan']} 不晚于执行的年份 {match['done']}"
    for match in _YEAR.finditer(text):
        if match["year"].startswith(("19", "20")):
            yield match, f"{match[0]} 不是年份的写法"


def _before_its_year(paper: Paper) -> Iterator[Finding]:
    """2024年执行情况和2025年预算草案的报告, ——2024年1月15日在…会议上: given before what it tells was done."""
    front = [one for one in paper.parsed.sentences[:_FRONT] if one.kind != "row"]
    title = next((match for one in front if (match := _ENDED.search(plain(one.text)))), None)
    for sentence in front if title is not None else ():
        match = _HELD.search(sentence.text)
        if title is None or match is None:
            continue
        early = int(match["year"]), int(match["month"])
        if early < (int(title["done"]), _EARLIEST):
            yield _told(paper, sentence, *match.span(), f"{match[0].rstrip('在')} 早于所报告的 {title['done']} 年结束")
            return


def _impossible(match: re.Match[str]) -> str:
    month, day = int(match["month"]), int(match["day"] or 1)
    year = int(match["year"] or _LEAP)
    if not 1 <= month <= 12:
        return f"没有 {month} 月" if month > 12 or match["year"] or match["day"] else ""
    if not 1 <= day <= monthrange(year if year > 0 else _LEAP, month)[1]:
        return f"{match['year'] + '年' if match['year'] else ''}{month} 月没有 {day} 日"
    return ""


def _told(paper: Paper, sentence: Sentence, start: int, end: int, why: str) -> Finding:
    section = paper.parsed.sections[sentence.section].title if sentence.section is not None else ""
    spans = (Span(sentence.index, start, end),)
    return Finding("日期", "错", sentence.page, section, sentence.text, spans, why)
