"""The nouns that flow between the steps, in the order in which data passes them.

    file -> Document (lines, tables) -> Parsed (sections, sentences, facts) -> SQLite
    question -> Query -> facts and sentences -> Answer

Everything here is frozen and plain: no behaviour beyond what a value knows of itself.  Money is ``Decimal`` yuan,
percent is the number before the sign (``95.94``), text offsets count characters of the printed text they stand beside.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, Literal

Scope = Literal["whole", "own", "own_wide", "lower", ""]
Account = Literal["general_public", "government_fund", "state_capital", "social_insurance", "debt", "other", ""]
Flow = Literal["revenue", "expenditure", "balance", ""]
Measure = Literal[
    "budget", "adjusted_budget", "actual", "completion", "yoy_pct", "yoy_amount", "share", "rank",
    "balance", "limit", "outstanding", "count", "amount", "rate",
]  # fmt: skip
ValueKind = Literal["money", "percent", "points", "times", "rank", "count"]
OwnerKind = Literal["government", "department", "unit", "fund"]
Role = Literal["part", "body", "giver", "recipient", "purpose", "includes", "excludes"]
Qualifier = tuple[Role, str]


# ---------------------------------------------------------------------------------------------- reading


@dataclass(frozen=True, slots=True)
class Line:
    """A line as read.  ``whole`` says that it is a complete paragraph (HTML, DOCX), not a wrapped line."""

    text: str
    page: int | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table as printed: rows of cell texts; a merged cell stands in its first place, the others are empty.

    ``caption`` holds what stands in the table's own title and unit lines if the reader knows them, else "".
    """

    rows: tuple[tuple[str, ...], ...]
    page: int | None = None
    caption: str = ""


Block = Line | Table


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read.  ``name`` is the file's name without folders, ``media`` the reader that read it, ``recognised``
    the pages whose text was recognised from a picture."""

    name: str
    sha256: str
    media: str
    blocks: tuple[Block, ...]
    ocr: bool = False
    warnings: tuple[str, ...] = ()
    recognised: tuple[int, ...] = ()


# ---------------------------------------------------------------------------------------------- places, periods


@dataclass(frozen=True, slots=True)
class Region:
    """A division of GB/T 2260, or a development zone under one (``code`` then is the parent's, a dash and its name).

    ``name`` is the region's own name (上党区), ``full_name`` what an answer shows (长治市上党区).
    """

    code: str
    name: str
    full_name: str
    level: Literal["province", "prefecture", "county", "zone", ""]
    parent: str = ""


EARLIEST = 1900  # an earlier year is none
UNKNOWN_YEAR = "年份不明"
CLASH = "clash:"  # the flag of the figures of one contradiction within a report: clash:1
SHOULD = "should:"  # the flag of a figure that the report's own sums contradict: should:213.36%


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A year, years, or months inside one year.  ``as_of`` marks a date (截至2023年底) instead of a span."""

    first_year: int
    last_year: int
    first_month: int = 1
    last_month: int = 12
    as_of: bool = False

    @classmethod
    def year(cls, year: int) -> Period:
        """The whole of one year."""
        return cls(year, year)

    @property
    def text(self) -> str:
        """``2023``, ``2021-2025`` or ``2023年1-6月``, as the JSON answer has it; ``年份不明`` if no report says one."""
        if self.last_year < EARLIEST:
            # of a report that names no year at all, counted from the one it calls its own
            return UNKNOWN_YEAR + {-1: "（上年）", -2: "（前年）", 1: "（下年）"}.get(self.last_year, "")
        if self.first_year != self.last_year:
            return f"{self.first_year}-{self.last_year}"
        if (self.first_month, self.last_month) == (1, 12):
            return str(self.first_year)
        if self.first_month == self.last_month:
            return f"{self.first_year}年{self.first_month}月"
        return f"{self.first_year}年{self.first_month}-{self.last_month}月"


# ---------------------------------------------------------------------------------------------- parsing


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what it says of everything below it.  ``parent`` is the index of the section around it, or None."""

    index: int
    parent: int | None
    level: int
    title: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, heading or table row as printed, with line breaks and page furniture taken out.

    ``header`` is for rows: the table's caption and column heads, as one line, for showing.
    """

    index: int
    section: int | None
    page: int | None
    kind: Literal["text", "heading", "row"]
    text: str
    header: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """region + scope + period + account + item + measure -> value, and where it stands.

    ``value`` is ``sentence.text[start:end]``; ``number`` is exact and in base units (yuan, percent, pieces), signed for
    增减, and None when the report withholds it.  ``item`` is the canonical name if the lexicon knows it (``key``), else
    the words of the report.  ``label`` is the printed phrase around the value, ``parent`` the item it is part of.
    ``owner`` is the department, unit or fund whose figure it is (某区财政局), "" the government of the region;
    ``qualifiers`` are what narrows the figure beside its item: ("recipient", "原州区"), ("excludes", "高新区"),
    ("part", "基本支出"): a figure with qualifiers is never that of the whole item.
    """

    region: str
    scope: Scope
    scope_words: str
    period: Period
    account: Account
    flow: Flow
    item: str
    key: str
    parent: str
    label: str
    measure: Measure
    kind: ValueKind
    value: str
    unit: str
    number: Decimal | None
    sentence: int
    start: int
    end: int
    rule: str
    flags: tuple[str, ...] = ()
    owner: str = ""
    qualifiers: tuple[Qualifier, ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """What a document is about: whose budget, which years, which kind of paper, who issued it.

    ``zones`` are names of zones of the region that only this document gives away (大通湖区).  ``owner`` names the
    department, unit or fund whose paper it is, "" for the paper of a government.
    """

    region: Region | None
    year: int | None
    plan_year: int | None
    kind: str
    title: str
    issuer: str = ""
    warnings: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()
    owner: str = ""
    owner_kind: OwnerKind = "government"


@dataclass(frozen=True, slots=True)
class Missed:
    """A number that became no fact, and is of no kind that is no figure (a year, an ordinal, a code)."""

    sentence: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Parsed:
    """All that one document says.  ``unplaced`` are the heads and titles of tables with numbers that are no figure's
    head, each number in 【】."""

    document: Document
    subject: Subject
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
    facts: tuple[Fact, ...]
    missed: tuple[Missed, ...] = ()
    warnings: tuple[str, ...] = ()
    unplaced: tuple[str, ...] = ()


# ---------------------------------------------------------------------------------------------- versions of the index


@dataclass(frozen=True, slots=True)
class Person:
    """Who does something; ``id`` is that of the chat platform, 0 on the command line."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the index.  ``at`` is UTC, ISO 8601; ``added``, ``replaced`` and ``removed`` are document names,
    ``regions`` the codes of the places they are about; ``documents`` and ``facts`` count what the version holds;
    ``draft`` is the id of the draft it was made from, if any."""

    number: int
    base: int
    at: str
    by: Person
    action: str
    added: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    documents: int = 0
    facts: int = 0
    current: bool = False
    draft: str = ""


# ---------------------------------------------------------------------------------------------- asking


@dataclass(frozen=True, slots=True)
class StoredFact:
    """A fact as the index gives it back, with its document, page, section and sentence."""

    id: int
    fact: Fact
    region: Region
    document: str
    title: str
    doc_kind: str
    page: int | None
    section: str
    text: str
    header: str = ""
    ocr: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of an answer: a fact, or computed from facts (``derived``; then ``sentence`` gives the formula)."""

    asked: bool
    region: str
    scope: str
    period: str
    account: str
    item: str
    measure: str
    value: str
    unit: str
    derived: bool
    document: str
    page: int | None
    sentence: str
    section: str = ""
    title: str = ""
    flags: tuple[str, ...] = ()
    fact_id: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a chat user gets.  ``reply`` is complete without markup; ``reading`` says what was understood; ``version``
    is the number of the index version it is from, 0 for an index written in place."""

    status: Literal["answered", "clarify", "not_found"]
    reply: str
    figures: tuple[Figure, ...] = ()
    options: tuple[str, ...] = ()
    reading: str = ""
    notes: tuple[str, ...] = field(default=())
    version: int = 0


@dataclass(frozen=True, slots=True)
class GoldChange:
    """A gold question that a new version would answer otherwise: ``place`` is its line (``samples.jsonl:12``).

    ``expected`` stands in the file, ``before`` is what the version in use answers, ``after`` what the new one would.
    ``proposal`` is the line with the new answer, "" where only a person can say what it should be.
    """

    place: str
    question: str
    expected: str
    before: str
    after: str
    proposal: str

    @property
    def told(self) -> str:
        """In one line."""
        return f"{self.place} “{self.question}”应答 {self.expected}，新版本答 {self.after}"


# Kinds of papers that plan no year to come, and of those the ones written in the very year they are of: 今年 is theirs,
# while 去年 asked of a final account is the year it is of.
LOOKS_BACK: Final = ("final_accounts", "half_year", "months", "adjustment", "bulletin")
IN_THEIR_YEAR: Final = ("half_year", "months", "adjustment")

# The two ways that money goes, in words, and back.
FLOW_WORDS: Final[Mapping[Flow, str]] = {"revenue": "收入", "expenditure": "支出"}
FLOW_OF: Final[Mapping[str, Flow]] = {word: flow for flow, word in FLOW_WORDS.items()}
