"""What is still to come in a year gone by, what ends before it begins, what is told of months that have not been.

    未能开工，顺延至2024年实施            in a report of what was done in 2025
    工程于2025年3月开工，2024年11月完工    done before it was begun
    1—9月……                               in a report of January to August
    截至2026年末债务余额8亿元             in a report of 2025 and the plan for 2026, without 预计

A sentence that names an earlier year may tell of that time, so it is let be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from index.check.models import Finding, Span
from index.check.paper import Paper
from index.models import Sentence

KIND: Final = "日期"
_YEARS: Final = re.compile(r"(?<!\d)(20\d\d)年")
_PUT_OFF: Final = re.compile(
    r"(?:顺延|推迟|延期|延后|推后|延迟|递延|缓建|暂缓|调整|延)(?:实施|建设|安排|列支|支付|开工)?(?:到|至)(?P<year>20\d\d)年"
)
_TO_COME: Final = re.compile(
    r"(?<!原)(?:预计|力争|争取|确保|拟|将|计划)(?:于|在|到)?(?P<year>20\d\d)年(?:年?[底末初]|[上下]半年|\d{1,2}月(?:底|份|前)*)?(?:前)?"
    r"[^，,。；;\d]{0,8}(?:建成|完工|竣工|投产|投入使用|投用|交付|通车|开工|动工|启动|建设完成|投运)"
)
_BEGUN_ENDED: Final = re.compile(
    r"(?P<y1>20\d\d)年(?:(?P<m1>\d{1,2})月)?(?:\d{1,2}日)?(?:正式|全面)?(?:开工|动工|启动|立项|开始)[^。；;]{0,16}?(?<!\d)"
    r"(?P<y2>20\d\d)年(?:(?P<m2>\d{1,2})月)?(?:\d{1,2}日|底|末)?[^，,。；;\d]{0,4}(?:完工|竣工|建成|投产|投用|验收|结束)"
)
_FROM_TO: Final = re.compile(
    r"(?P<y1>20\d\d)年(?P<m1>\d{1,2})月(?:\d{1,2}日)?(?:起|开始)?\s*(?:[-—–－~～]+|至|到)\s*"
    r"(?P<y2>20\d\d)年(?P<m2>\d{1,2})月"
)
_AS_OF: Final = re.compile(r"截[至止]到?(?P<year>20\d\d)年(?:年?[末底]|12月(?:31日|[末底]))")
_AS_OF_MONTH: Final = re.compile(r"截[至止]到?(?:目前，)?(?P<year>20\d\d)年(?P<month>\d{1,2})月")
_GIVEN: Final = re.compile(r"(?P<year>20\d\d)年(?P<month>\d{1,2})月\d{1,2}日(?:在|[^，。]{0,4}$)")
_FRONT: Final = 8  # sentences in which a paper says when it was given
_MONTHS: Final = re.compile(r"(?<!\d)1\s*[-—–－~～至]+\s*(?P<last>\d{1,2})月")
_MONTH: Final = re.compile(r"20\d\d年(?P<last>\d{1,2})月(?:份)?(?=[^，,。\d]{0,12}(?:收支|收入|支出|执行|运行))")
_PLANNED: Final = re.compile("预计|预测|预期|力争|争取|计划|将|拟|目标|控制|安排|规划|到期")
_TOLD: Final = re.compile("原|已|曾")
_OTHER_YEAR: Final = re.compile(r"上年|去年|同期|20\d\d年|全年|后")
_WHOLE_YEAR: Final = 12


def of_schedules(paper: Paper) -> Iterator[Finding]:
    """All findings of this kind."""
    done, given = _done(paper), _given(paper)
    for sentence in paper.parsed.sentences:
        if sentence.kind != "text":
            continue
        for pattern in (_FROM_TO, _BEGUN_ENDED):
            for match in pattern.finditer(sentence.text):
                if _is_backward(match):
                    yield _told(paper, sentence, match, f"{match[0]}：止于起始之前")
        if done:
            yield from _gone_by(paper, sentence, done)
            yield from _not_yet(paper, sentence, done)
        if given is not None:
            yield from _later(paper, sentence, given)
        yield from _beyond(paper, sentence)


def _given(paper: Paper) -> tuple[int, int] | None:
    """Year and month in which a paper says that it was given."""
    front = [one for one in paper.parsed.sentences[:_FRONT] if one.kind != "row"]
    match = next((match for one in front if (match := _GIVEN.search(one.text))), None)
    return (int(match["year"]), int(match["month"])) if match else None


def _later(paper: Paper, sentence: Sentence, given: tuple[int, int]) -> Iterator[Finding]:
    """截至2026年9月末 in a paper of October 2025."""
    for match in _AS_OF_MONTH.finditer(sentence.text):
        if (int(match["year"]), int(match["month"])) > given and not _PLANNED.search(sentence.text[: match.start()]):
            yield _told(paper, sentence, match, f"{match[0]}：报告是 {given[0]} 年 {given[1]} 月的")


def _done(paper: Paper) -> int:
    """The year that a report tells of as done; 0 if it is one of plans alone, or of some months."""
    subject = paper.parsed.subject
    if subject.year is None or subject.plan_year is None or subject.owner:
        return 0
    return subject.year if subject.plan_year == subject.year + 1 else 0


def _is_backward(match: re.Match[str]) -> bool:
    first, last = int(match["y1"]), int(match["y2"])
    months = match["m1"], match["m2"]
    return last < first or (last == first and all(months) and int(months[1]) < int(months[0]))


def _gone_by(paper: Paper, sentence: Sentence, done: int) -> Iterator[Finding]:
    """Put off to, or expected for, a year before the one that is told of."""
    text = sentence.text
    matches = [*_PUT_OFF.finditer(text), *(() if _TOLD.search(text) else _TO_COME.finditer(text))]
    for match in matches:
        year = int(match["year"])
        earlier = any(int(other) < year for other in _YEARS.findall(text))
        if year < done and not earlier:
            yield _told(paper, sentence, match, f"{match[0]}：报告的是 {done} 年，{year} 年已过")


def _not_yet(paper: Paper, sentence: Sentence, done: int) -> Iterator[Finding]:
    """截至2026年末 where 2026 is the year of the plan."""
    for match in _AS_OF.finditer(sentence.text):
        if int(match["year"]) > done and not _PLANNED.search(sentence.text):
            yield _told(paper, sentence, match, f"{match[0]}：报告的是 {done} 年，{match['year']} 年还没有完")


def _beyond(paper: Paper, sentence: Sentence) -> Iterator[Finding]:
    """1—9月 in a report whose title says 1—8月."""
    title = _MONTHS.search(paper.parsed.subject.title) or _MONTH.search(paper.parsed.subject.title)
    if title is None or int(title["last"]) == _WHOLE_YEAR:
        return
    for match in _MONTHS.finditer(sentence.text):
        before, after = sentence.text[: match.start()], sentence.text[match.end() :]
        beyond = _WHOLE_YEAR > int(match["last"]) > int(title["last"])
        if beyond and not _PLANNED.search(before + after) and not _OTHER_YEAR.search(before):
            yield _told(paper, sentence, match, f"{match[0]}：报告的是 {title[0]}")


def _told(paper: Paper, sentence: Sentence, match: re.Match[str], why: str) -> Finding:
    section = paper.parsed.sections[sentence.section].title if sentence.section is not None else ""
    spans = (Span(sentence.index, match.start(), match.end()),)
    return Finding(KIND, "疑", sentence.page, section, sentence.text, spans, why)
