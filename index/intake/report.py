"""What the admin is told of a file: what it is about, what was read in it, what was not, and what looks wrong.

上党区2023.txt -> 长治市上党区, 2023, 决算报告, 全区, 1000 facts in 345 sentences, 1 of 800 figures not understood, and
the warning that two sentences give different figures for 农林水支出.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Final, Literal

from index.check.keys import key_of
from index.check.models import Finding
from index.check.repeats import KIND
from index.facts.about_kind import KIND_NAMES
from index.facts.lost import marked
from index.find.places import find_places
from index.models import EARLIEST, Missed, Parsed, Sentence, Table
from index.text.glyphs import TRADITIONAL
from index.text.normal import plain

if TYPE_CHECKING:
    from index.store.naming import StoreResult

COUNTED: Final = ("money", "percent", "points")
# What follows a figure that is an amount or a percentage; counts (户, 公里) are no loss for a budget.
COUNTED_UNIT: Final = re.compile(r"\s*(?:[万亿千百十]+元?|元|[%％]|个?百分点)")
FIGURE_IN_HEAD: Final = re.compile(rf"^【[^】]*】$|】{COUNTED_UNIT.pattern}")
SHOWN_LEVELS: Final = ("错", "疑")
SHOWN_SCOPES: Final = 5
SHOWN_CHOICES: Final = 12
SHOWN_PAGES: Final = 8
BROKEN: Final = re.compile(r"\d\s*\ufffd|\ufffd\s*\d")
FIRST_LINES: Final = 8  # where a document names its region, as index.facts.about looks for it


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What became of a file.

    ``figures`` counts its amounts and percentages, ``missed`` those that became no fact, ``share`` the part that did (0
    to 1; None if it has none), ``unread`` the sentences with the missed ones marked 【】.  ``others`` and
    ``unread_others`` are the same of numbers that are neither (户数, 楼层) and of heads of tables.  ``choices`` are the
    regions that bear the name the report uses.  ``skipped`` files are those of a folder that are no reports by suffix.
    ``exact`` says that the characters are those of the file: not recognised from an image, not converted.
    """

    file: str
    status: Literal["loaded", "unchanged", "replaced", "skipped", "failed"]
    kind: str = ""
    region: str = ""
    years: tuple[int, ...] = ()
    scopes: tuple[str, ...] = ()
    facts: int = 0
    sentences: int = 0
    tables: int = 0
    figures: int = 0
    missed: int = 0
    share: float | None = None
    ocr: bool = False
    choices: tuple[str, ...] = ()
    contradictions: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    others: int = 0
    unread_others: tuple[str, ...] = ()
    exact: bool = True
    error: str = ""


def report_on(
    file: str, parsed: Parsed, result: StoreResult, findings: Sequence[Finding] = (), aside: Collection[str] = ()
) -> LoadReport:
    """The report on a document that was written to the index; slips whose keys are ``aside`` are only counted."""
    everything, findings = findings, [one for one in findings if not aside or key_of(one) not in aside]
    subject, document = parsed.subject, parsed.document
    sentences = {sentence.index: sentence for sentence in parsed.sentences}
    known = [one for one in parsed.missed if one.sentence in sentences]
    missed = [one for one in known if _is_counted(sentences[one.sentence], one)]
    counted = set(missed)
    others = [one for one in known if one not in counted]
    heads = [line for line in parsed.unplaced if FIGURE_IN_HEAD.search(line)]
    names = [line for line in parsed.unplaced if not FIGURE_IN_HEAD.search(line)]
    read = len({(fact.sentence, fact.start) for fact in parsed.facts if fact.kind in COUNTED})
    differing = tuple(
        one.sum if one.kind == KIND else f"{one.kind}：{one.figure}，{one.sum}" for one in findings if one.twice
    )
    choices = () if subject.region else tuple(_choices(parsed))
    return LoadReport(
        file,
        "replaced" if result.replaced else "loaded",
        kind=KIND_NAMES.get(subject.kind, subject.kind),
        region=subject.region.full_name if subject.region else "",
        years=_years(parsed),
        scopes=_scopes(parsed),
        facts=result.facts,
        sentences=result.sentences,
        tables=sum(isinstance(block, Table) for block in document.blocks),
        figures=(figures := read + len(missed) + len(heads)),
        missed=len(missed) + len(heads),
        share=round(read / figures, 4) if figures else None,
        ocr=document.ocr,
        choices=choices,
        contradictions=differing,
        warnings=tuple(dict.fromkeys(_warnings(parsed, result, choices, findings, len(everything) - len(findings)))),
        unread=(*_unread(missed, sentences), *(f"表头：{line}" for line in heads)),
        others=len(others) + sum(line.count("【") for line in names),
        unread_others=(*_unread(others, sentences), *(f"表头：{line}" for line in names)),
        exact=not document.ocr and TRADITIONAL not in document.warnings,
    )


def settled(file: str, result: StoreResult) -> LoadReport:
    """The report on a document that the index has already."""
    warnings = (f"内容与已载入的 {result.duplicate_of} 相同，不重复载入",) if result.duplicate_of else ()
    return LoadReport(file, "unchanged", facts=result.facts, sentences=result.sentences, warnings=warnings)


# ---------------------------------------------------------------------------------------------- what it is about


def _years(parsed: Parsed) -> tuple[int, ...]:
    """The years the report names as its own and gives figures of; if it names none, those of its facts."""
    subject = parsed.subject
    given = {fact.period.last_year for fact in parsed.facts if fact.period.last_year >= EARLIEST}
    named = {year for year in (subject.year, subject.plan_year) if year is not None}
    return tuple(sorted(named & given or named or given))


def _scopes(parsed: Parsed) -> tuple[str, ...]:
    """The scope words of the report's own region, the commonest first."""
    own = parsed.subject.region.code if parsed.subject.region else ""
    counts = Counter(fact.scope_words for fact in parsed.facts if fact.scope_words and fact.region == own)
    return tuple(words for words, _ in counts.most_common(SHOWN_SCOPES))


def _choices(parsed: Parsed) -> list[str]:
    """The namesakes among which the document leaves its region open."""
    first = [plain(sentence.text) for sentence in parsed.sentences[:FIRST_LINES]]
    for text in (parsed.subject.title, *first, plain(PurePath(parsed.document.name).stem)):
        for place in find_places(text):
            if len(place.regions) > 1:
                return [region.full_name for region in place.regions]
    return []


# ---------------------------------------------------------------------------------------------- what looks wrong


def _warnings(
    parsed: Parsed, result: StoreResult, choices: Sequence[str], findings: Sequence[Finding], aside: int
) -> Iterator[str]:
    """One line for each kind of trouble; the parser's own lines on single tables are summed up."""
    for warning in (*parsed.document.warnings, *parsed.subject.warnings, *parsed.warnings):
        summed_up = "没有写单位" in warning or (choices and "--region" in warning)
        if not summed_up:
            yield warning
    if choices:
        more = f"等 {len(choices)} 处" if len(choices) > SHOWN_CHOICES else ""
        yield f"地区名不止一处：{'、'.join(choices[:SHOWN_CHOICES])}{more}；请用 --region 写明全称"
    if parsed.document.ocr:
        yield f"有扫描页{_pages(parsed.document.recognised)}，文字由识别（OCR）得出，数字请与原件核对"
    broken = sum(len(BROKEN.findall(sentence.text)) for sentence in parsed.sentences)
    if broken:
        yield f"{broken} 处数字旁有无法识别的字符（字体缺字），这些数字可能残缺，请与原件核对"
    if parsed.subject.owner:
        yield f"这是{parsed.subject.owner}自己的预算或决算，不是政府的"
    unitless = [fact for fact in parsed.facts if "unit_missing" in fact.flags]
    if unitless:
        first = unitless[0]
        yield f"{len(unitless)} 个数字没有写单位，按上下文补出，首个：{first.item} {first.value}（{first.unit}）"
    unsure = [fact for fact in parsed.facts if "unit_unsure" in fact.flags]
    if unsure:
        first = unsure[0]
        yield f"{len(unsure)} 个数字的单位未能核实，请与原件核对，首个：{first.item} {first.value}{first.unit}"
    if any(one.level in SHOWN_LEVELS for one in findings):
        numbers = {level: sum(one.level == level for one in findings) for level in SHOWN_LEVELS}
        counted = "，".join(f"{level} {number}" for level, number in numbers.items() if number)
        rest = f"（已搁置 {aside} 条）" if aside else ""
        yield f"核对：{counted}{rest}，首处：{findings[0].told}"
    if result.rejected:
        yield f"{result.rejected} 个数据点与原文位置不符，未收入"
    if result.name != parsed.document.name:
        yield f"索引里另有同名的报告，本件记作 {result.name}"


def _pages(numbers: Sequence[int]) -> str:
    """（第3、4页）, the first few; "" if they are not known."""
    more = f" 等 {len(numbers)} 页" if len(numbers) > SHOWN_PAGES else "页"
    return f"（第{'、'.join(map(str, numbers[:SHOWN_PAGES]))}{more}）" if numbers else ""


# ---------------------------------------------------------------------------------------------- what was not read


def _is_counted(sentence: Sentence, missed: Missed) -> bool:
    """Is a missed number an amount or a percentage by its unit, or all of a cell?"""
    text = sentence.text
    if COUNTED_UNIT.match(text, missed.end) or text.startswith("百分之", missed.start):
        return True
    alone = text[: missed.start].rpartition("\t")[2] + text[missed.end :].partition("\t")[0]
    return sentence.kind == "row" and not alone.strip()


def _unread(missed: Sequence[Missed], sentences: dict[int, Sentence]) -> Iterator[str]:
    """第3页：……拨付【123】万元用于……: each sentence with numbers that became no fact, once."""
    spans: dict[int, list[tuple[int, int]]] = {}
    for one in missed:
        spans.setdefault(one.sentence, []).append((one.start, one.end))
    for index, found in spans.items():
        sentence = sentences[index]
        page = f"第{sentence.page}页：" if sentence.page else ""
        yield page + marked(sentence.text, found)
