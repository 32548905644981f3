"""An Answer -> what a chat shows of it: every figure with its exact place in its sentence, and the ways on from it.

    56917万元 -> number 569170000, 完成数, sentence "4、教育支出 56917 万元，……" with the figure at 7:12

Frozen results that cross the front door; the words and the layout are the chat's.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from index.ask.agree import grain
from index.ask.figures import clipped, figure
from index.ask.ranking.printed import kind_of
from index.ask.reference import Reference, encode, item_token, reference_to, region_token
from index.ask.search import Search
from index.ask.wording import ACCOUNTS, SCOPE_NAMES, whole_of
from index.find.amounts import MONEY_UNITS
from index.find.terms import exact_items
from index.lexicon import measures
from index.models import Answer, Figure, Measure, Period, StoredFact, ValueKind

LONGEST_SENTENCE = 300
AT_ODDS = "{label}：报告里有两处说法不一致，这里列的是其中一处，点开可看全部"


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure ready to be shown.  ``text[start:end]`` is its value as printed; both 0 for a computed one.

    ``number`` is in yuan, percent or pieces, None if withheld; ``step`` is the size of its last printed digit.
    """

    figure: Figure
    token: str
    number: Decimal | None
    step: Decimal
    kind: ValueKind
    measure: str
    scope: str
    text: str
    start: int
    end: int
    header: str = ""
    doc_kind: str = ""
    ocr: bool = False

    @property
    def level(self) -> str:
        """全市, 市本级: as printed, or by the place's own kind; "" where the report leaves it open."""
        return self.scope or (whole_of(self.figure.region) if self.figure.scope == "whole" else "")


@dataclass(frozen=True, slots=True)
class Way:
    """A button on: its label and the address it leads to."""

    label: str
    token: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice of a question back: a full address, or a place (a region's token) that completes the question."""

    label: str
    token: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Detail:
    """An answer with all that a card needs.  ``lead`` addresses it ("" where there is no single figure).

    ``more`` is how many places a question back may mean, where they are more than the choices.
    ``dated`` says of when the report is and when it was loaded, ``url`` is its public page, ``overview`` is the address
    of the main figures of the place and year.
    """

    answer: Answer
    shown: tuple[Shown, ...] = ()
    lead: str = ""
    years: tuple[Way, ...] = ()
    scopes: tuple[Way, ...] = ()
    peers: bool = False
    parts: bool = False
    trend: bool = False
    choices: tuple[Choice, ...] = ()
    region: str = ""
    place: str = ""
    stamp: str = ""
    dated: str = ""
    url: str = ""
    single: bool = False
    more: int = 0
    overview: str = ""

    @property
    def told(self) -> tuple[Shown, ...]:
        """The figures asked for; of an answer in words (报告没有说原因) those that it tells."""
        asked = tuple(one for one in self.shown if one.figure.asked)
        return asked or (self.shown if self.answer.status == "answered" else ())


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a view; ``shown`` is None where the reports have none, and in a heading.  ``share`` is computed,
    ``short`` is the label of its button, ``plan`` the budget beside a result of a trend, for pictures."""

    label: str
    shown: Shown | None
    beside: Shown | None = None
    share: Decimal | None = None
    here: bool = False
    heading: bool = False
    short: str = ""
    plan: Shown | None = None


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page of a view that has its own: its rows, and what must be known of them."""

    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """A list around one figure, in the order in which it is to be shown.  ``ways`` lead to lists of its kind, ``text``
    is a paragraph that stands instead of rows, ``start`` the page that the reader asked for, ``leaves`` are the pages
    where they are not just so many rows."""

    kind: Literal["trend", "peers", "parts", "several", "overview", "material"]
    title: str
    rows: Sequence[Row]
    notes: tuple[str, ...] = ()
    lead: str = ""
    stamp: str = ""
    ways: tuple[Way, ...] = ()
    text: str = ""
    start: int = 0
    leaves: tuple[Leaf, ...] = ()


def shown_fact(one: StoredFact, *, asked: bool) -> Shown:
    """A stored fact with the words around it."""
    fact = one.fact
    text, start, end = _around(one)
    name = measure_name(fact.measure, plan="plan" in fact.flags)
    scope = fact.scope_words or (SCOPE_NAMES.get(fact.scope, "") if fact.scope in ("own", "own_wide") else "")
    if fact.measure == "rank":
        name, scope = kind_of(one).name, "" if fact.scope in ("whole", "") else scope  # 全市规模排名 of the whole place
    return Shown(
        figure(one, asked=asked), encode(reference_to(one)), fact.number, grain(one), fact.kind, name, scope,
        text, start, end, one.header, one.doc_kind, one.ocr,
    )  # fmt: skip


def measure_name(measure: Measure, *, plan: bool) -> str:
    """What stands beside a figure: 完成数; a planned budget is 安排数, an amount is just that."""
    if measure == "amount":
        return ""
    return "安排数" if measure == "budget" and plan else measures()[measure].name


def list_title(search: Search, region: str, item: str, first: Shown, told: Collection[str], when: str) -> str:
    """Place (if the list is of one), time, item with its account, and what all figures have in common."""
    account = ACCOUNTS.get(first.figure.account, "")
    name = item + (f"（{account}）" if account and account not in item else "")
    where = search.atlas.full_name(region) if region else ""
    parts = (where, when, name, first.scope, first.measure if len(told) == 1 else "")
    return " · ".join(part for part in parts if part)


def shown_computed(one: Figure, search: Search) -> Shown:
    """A computed figure; its sentence is the formula."""
    money = one.unit in MONEY_UNITS
    number = Decimal(one.value) * (MONEY_UNITS[one.unit] if money else 1)
    reference = computed_reference(one, search)
    scope = SCOPE_NAMES.get(one.scope, "") if one.scope in ("own", "own_wide") else ""
    known = {row.key: row.name for row in measures().values()}
    return Shown(
        one, encode(reference) if reference else "", number, Decimal(0), "money" if money else "percent",
        known.get(one.measure, ""), scope, one.sentence, 0, 0,  # type: ignore[call-overload]
    )  # fmt: skip


def computed_reference(one: Figure, search: Search) -> Reference | None:
    """The address of a computed figure, by its slots."""
    region = next((code for code, place in search.atlas.regions.items() if place.full_name == one.region), None)
    found = exact_items(one.item)
    if region is None or not one.period.isdigit() or one.item.endswith("之差"):
        return None  # a difference has no look-up of its own
    key = next((item.key for item in found if item.account in (one.account, "")), found[0].key if found else "")
    measure = next((row.key for row in measures().values() if row.key == one.measure), None)
    token = item_token(key, one.item)
    scope, account = one.scope, one.account
    return Reference(region_token(region), Period.year(int(one.period)), token, measure, scope, account)  # type: ignore[arg-type]


def _around(one: StoredFact) -> tuple[str, int, int]:
    """The sentence, clipped if long, and where the value stands in it."""
    fact = one.fact
    before, value, after = one.text[: fact.start], fact.value, one.text[fact.end :]
    mark = "\x00"
    marked = f"{before}{mark}{value}{mark}{after}".replace("\n", "")
    first = marked.index(mark)
    text = clipped(marked, first, first + len(value) + 2, LONGEST_SENTENCE)
    start = text.find(mark)
    end = text.rfind(mark) - 1
    return (text.replace(mark, ""), start, end) if 0 <= start <= end else (text.replace(mark, ""), 0, 0)
