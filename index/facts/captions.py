"""What holds for a whole table: year, scope, account, item and unit, from its caption, heads, neighbours and section.

2025年全市一般公共预算收入执行情况表   单位：万元  -> 2025, whole, general_public, 一般公共预算收入, 万元
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from index.facts.columns import counted_in, unit_in
from index.facts.context import Frame, Topic, account_in, months_in, total_of, year_of
from index.facts.grid import Grid, is_number
from index.facts.levels import level_of
from index.facts.marks import Marks, mark
from index.facts.table_titles import NAMING, Titles, is_prose, naming_lines, own_title
from index.find.terms import TermMatch, choose, exact_items, find_asked_terms
from index.models import Account, Flow, Region, Scope, Sentence, Subject
from index.outline import PlacedTable
from index.text.normal import normalise, plain

_YEAR = re.compile(r"20\d\d年")
_REMARK = re.compile(r"依据|说明|备注|原因|内容|目标")  # heads over words, no figures
_ALL_SOURCES: Final = ("合计", "总计")
_SIDES = re.compile("收入|支出|完成|入库")
_MOST_DIGITS = 4  # of an amount in 亿元
_CODE = re.compile(r"[1-9]\d{4}(?:\d\d)?")  # 20101 beside 人大事务
_ABOUT = re.compile(r"(?:完成|入库|征收|组织)*(?:情况|一览)?表?(?:（[^（）]*）)?$")
_OF_TOWNS = re.compile(r"^(?:各|分)?(?:（?(?:乡镇|镇街|镇乡|街镇|街道|[乡镇])）?)+(?:级|财政)?")
_NUMBER = re.compile(r"^\d+(?:[.．]\d+)*[、.．\s]*(?=[\u4e00-\u9fff])")  # 1.5 乡镇税收情况
_EMPTY_UNIT = re.compile(r"单位[：:](?:\s|$)")


@dataclass(frozen=True, slots=True)
class Caption:
    """What holds for a table.  ``plan_year`` is the year of its budget column if that is another; ``unit_known`` says
    that the table or one beside it names the unit; ``header`` is the line that names the table, ``called`` that less
    its year, place and level; ``region`` is the place inside that the title is of, ``months`` the part
    of the year; ``counts`` is what all figures count that have no unit of their own (单位：人)."""

    year: int
    plan_year: int | None
    scope: Scope
    scope_words: str
    account: Account
    topic: Topic | None
    flow: Flow
    unit: str
    unit_known: bool
    header: str
    called: str = ""
    region: Region | None = None
    months: tuple[int, int] | None = None
    counts: str = ""


class Captions:
    """Reads captions in order: a table without a unit takes that of the table before it in the same section."""

    def __init__(self, about: Subject, sentences: Sequence[Sentence], placed: Sequence[PlacedTable] = ()) -> None:
        self._about = about
        self._titles = Titles(about, placed)
        self._usual = _usual_unit(sentences)
        self._neighbour: tuple[int | None, str] = (None, "")

    def read(self, placed: PlacedTable, grid: Grid, frame: Frame, section: str = "") -> Caption:
        """The caption of one table; what it leaves open the ``frame`` of its section says, and its title (``section``)
        where that is the table's own."""
        lines = (own_title(plain(line)) for line in placed.before)
        before = [line for line in lines if len(line) <= 60 and not is_prose(line)]
        titles = " ".join(grid.titles)
        named_by = naming_lines(before[-3:], titles)
        heads = "".join(dict.fromkeys(grid.heads))
        naming = next((line for line in named_by if NAMING.search(line)), "")
        marks = mark(normalise(naming), self._about.region, self._about.zones)
        scope, words = self._titles.scope_of(naming, before, frame.scope, frame.scope_words, plain(section))
        region = self._titles.place_of(naming, marks)
        if region is not None:
            scope, words = "", ""
        account = account_in(naming) or self._account_of_heads(grid.heads, heads) or frame.account
        named = bool(marks.terms)
        terms = marks.terms or (() if self._about.owner else self._of_heads(grid.heads))
        around = None if self._about.owner else frame.topic  # a body's tables are of all its money, or say of which
        topic = Topic.of(choose(terms[-1].items, account)) if terms else around
        account = account or (topic or frame.topic or Topic("")).account
        if self._about.owner and account == "other":
            account = ""  # the section is on some expenses, its table on all that the body has
        called = _NUMBER.sub("", _YEAR.sub("", self._titles.bare(naming)))
        told = None if terms or self._about.owner else self._told_before(placed.before) or _bare_item(called)
        if told is not None:
            topic, named = told, True  # 县本级一般公共预算支出安排40亿元，主要项目：
            account = account or told.account
        if not scope and region is None and not self._about.owner:
            scope, words = self._level_before(placed.before)
        years = [p.years[0] for p in marks.periods if p.years and p.years[0] == p.years[1]]
        years = years or _year_of_names(grid.heads)
        year, plan_year = self._years(naming, years, frame)
        unit = self._unit([*named_by, heads, *before], placed.section, f"{titles} {heads}")
        return Caption(
            year,
            plan_year,
            scope,
            words,
            account,
            topic,
            topic.flow if topic and (named or not _flow_in(naming)) else _flow_in(naming),
            unit or self._likely_unit(grid),
            bool(unit),
            naming or heads[:60],
            called,
            region,
            months_in(naming) or (frame.months if not years or years[0] == self._about.year else None),
            "" if unit_in(titles) else next((one for one in map(counted_in, (titles, *before[-2:])) if one), ""),
        )

    def _told_before(self, before: Sequence[str]) -> Topic | None:
        """The total of an account's side that the sentence right before a table lists (…支出40亿元，主要项目：)."""
        marks = self._announced(before)
        if marks is None:
            return None
        terms = marks.terms or find_asked_terms(marks.text)  # 镇级财政支出安排9亿元，具体如下：
        if not terms:  # 九个镇完成一般公共预算收入68亿元，增长4%。各镇完成情况如下：
            terms = self._totals_in(plain(before[-1]))
        topic = Topic.of(terms[0].items[0]) if terms else None
        return topic if topic is not None and topic == total_of(topic.account, topic.flow) else None

    def _totals_in(self, line: str) -> list[TermMatch]:
        """The one total of an account's side that a line speaks of; () if it names none, or several."""
        terms = mark(normalise(line), self._about.region, self._about.zones).terms
        return list(terms) if len({term.items[0].key for term in terms}) == 1 else []

    def _level_before(self, before: Sequence[str]) -> tuple[Scope, str]:
        """The level of what that sentence lists (镇级财政支出安排9亿元，具体如下：); "" without one."""
        marks = self._announced(before)
        for match in marks.scopes if marks is not None else ():
            level = level_of(match, self._about.region)
            if level in ("own", "whole"):
                return level, match.text
        return "", ""

    def _announced(self, before: Sequence[str]) -> Marks | None:
        """The sentence that leads on to a table; None if none does."""
        line = plain(before[-1]) if before else ""
        if not line.endswith(("：", ":")) or not is_prose(line):
            return None
        return mark(normalise(line.rpartition("。")[2]), self._about.region, self._about.zones)

    def _account_of_heads(self, heads: Sequence[str], text: str) -> Account:
        """The account that the heads name; none in a body's table where it is but one source beside all of them:
        合计 | 一般公共预算拨款 | 其他收入."""
        sources = self._about.owner and any(plain(head) in _ALL_SOURCES for head in heads)
        spanning = bool(sources) and any(plain(head).endswith(_ALL_SOURCES) and account_in(head) for head in heads)
        return "" if sources and not spanning else account_in(text)

    def _of_heads(self, heads: Sequence[str]) -> Sequence[TermMatch]:
        """The item that the heads of a table without a title are about; none where each column has one of its own."""
        found = [
            mark(normalise(head), self._about.region, self._about.zones).terms
            for head in dict.fromkeys(heads)
            if not _REMARK.search(head)
        ]
        terms = [some[-1] for some in found if some]
        if terms and terms[0].items[0].measure and any(_SIDES.search(head) for head in heads if "余额" not in head):
            return ()  # 财政收入 | 财政支出 | 债务余额: a stock in one column is nothing of the others
        return list(terms) if len({term.items[0].key for term in terms}) == 1 else []

    def _years(self, naming: str, years: Sequence[int], frame: Frame) -> tuple[int, int | None]:
        plan = re.search(r"草案|预算(?:安排)?表|安排", naming) and not re.search(r"执行|完成|决算", naming)
        year = years[0] if years else (year_of(frame, self._about) or 0)
        if not years and plan and frame.year is None and self._about.plan_year:
            year = self._about.plan_year
        return year, years[1] if len(years) > 1 and years[1] > years[0] else (year if plan else None)

    def _unit(self, lines: Sequence[str], section: int | None, own: str) -> str:
        unit = next((found for found in map(unit_in, lines) if found), "")
        if not unit and self._neighbour[0] == section and not _EMPTY_UNIT.search(own):
            unit = self._neighbour[1]
        self._neighbour = (section, unit)
        return unit

    def _likely_unit(self, grid: Grid) -> str:
        """The document's usual unit; "" for decimals in a document of 万元, which may as well be 亿元."""
        cells = [cell for row in grid.body for cell in row.cells if is_number(cell) and not cell.endswith("%")]
        decimals = sum("." in cell for cell in cells)
        if self._usual == "亿元" and any(
            len(re.sub(r"[^\d.]", "", cell).partition(".")[0]) > _MOST_DIGITS
            for cell in cells
            if not _CODE.fullmatch(cell.strip())
        ):
            return "万元"  # 249,020 in a document of 亿元
        return "" if self._usual == "万元" and decimals * 10 > len(cells) * 7 else self._usual


def _bare_item(called: str) -> Topic | None:
    """税收完成情况, 税收入库情况表: what places have, in everyday words; None for any other title."""
    found = exact_items(_ABOUT.sub("", _OF_TOWNS.sub("", called)))
    return Topic.of(found[0]) if found else None


def _year_of_names(heads: Sequence[str]) -> list[int]:
    """2026年偿债计划 | 一般债务 | 专项债务: the year that the head of the names gives the table, if no other does."""
    found = [_YEAR.findall(head) for head in heads]
    named = len(found) > 1 and len(set(found[0])) == 1 and not any(found[1:])
    return [int(found[0][0][:4])] if named else []


def _flow_in(naming: str) -> Flow:
    return "revenue" if "收入" in naming else "expenditure" if "支出" in naming else ""


def _usual_unit(sentences: Sequence[Sentence]) -> str:
    """The money unit the document mostly uses, for tables that name none."""
    text = "".join(sentence.text for sentence in sentences)
    counts = {unit: len(re.findall(rf"\d\s*{unit}", text)) for unit in ("万元", "亿元")}
    return max(counts, key=lambda unit: counts[unit]) if any(counts.values()) else "万元"
