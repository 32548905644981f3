"""What a text leaves unsaid: year, scope, region, account and item, as headings and earlier clauses fix them.

    二、2024年财政预算草案 / （三）2024年政府性基金预算安排 / "债务付息支出 4762万元"
    -> 2024, a plan, 政府性基金: the fund's 债务付息支出 of the coming year

``Frame`` is what holds at the start of a passage (from its headings), ``State`` is what holds at a figure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Literal, NamedTuple

from index.facts.headed_places import AccountsTold, is_done_for
from index.facts.marks import CIRCUMSTANCE, ITEM, Marks, mark
from index.facts.spans import of_heading
from index.find.phrases import Phrases
from index.find.terms import choose
from index.lexicon import Item, cue_groups, cue_regex, cues, items
from index.models import FLOW_OF, Account, Flow, Period, Qualifier, Region, Scope, Section, Sentence, Subject
from index.text.normal import normalise

# What a heading may say beside the name of its topic: 2026年教育支出安排情况.
_BESIDE_NAME = re.compile(
    rf"[{ITEM}{CIRCUMSTANCE}]|安排|情况|方面|预算|执行|支出|收入|完成|拟|年初|[的。：、（）\d.一二三四五六七八九十]"
)
_QUARTERS = {"一季度": 3, "第一季度": 3, "上半年": 6, "前三季度": 9, "前三个季度": 9}
_PART_OF_YEAR = re.compile(
    rf"(?:1|一)月?(?:-|—|至|到)(?P<last>1?\d)月|(?<!\d)(?P<at>1?\d)月(?:份|底|末)?累计|(?P<named>{'|'.join(_QUARTERS)})"
)
# 2025年8月财政收支情况, no day of a session (2025年8月26日)
_MONTHLY = re.compile(
    r"20\d\d年(?P<last>1?\d)月(?:份)?(?P<at>)(?P<named>)(?!\d|底前)(?=[^，。；\d]{0,16}(?:收支|执行|完成|运行|月报|快报|简[析报]))"
)
_BALANCED = re.compile("平衡|^(?:年[终末]|收支)?结[余转]")  # 1.3 平衡情况, behind 1.2 一般公共预算支出: of that account
TOTALS: dict[tuple[str, str], str] = {
    ("general_public", "revenue"): "total-gp-rev",
    ("general_public", "expenditure"): "total-gp-exp",
    ("government_fund", "revenue"): "total-gf-rev",
    ("government_fund", "expenditure"): "total-gf-exp",
    ("state_capital", "revenue"): "total-sc-rev",
    ("state_capital", "expenditure"): "total-sc-exp",
    ("social_insurance", "revenue"): "total-si-rev",
    ("social_insurance", "expenditure"): "total-si-exp",
}


@dataclass(frozen=True, slots=True)
class Topic:
    """What a figure is about: an item of the lexicon (``key``) or an open one, under the words of the report."""

    name: str
    key: str = ""
    account: Account = ""
    flow: Flow = ""
    item: Item | None = None
    base: str = ""  # an open topic named after another (工程项目|送审金额): that other's name
    given: bool = False  # open, and named by what money is given for
    budgeted: Literal["", "budget", "adjusted_budget"] = ""  # the stage the report gave it, for its parts
    project: bool = False  # a project that a heading of a body's paper names, or (``base``) its revenue
    qualifiers: tuple[Qualifier, ...] = ()  # what its figures are of it: not the whole, but a part, or for someone

    @classmethod
    def of(cls, item: Item) -> Topic:
        """The topic of a lexicon item."""
        return cls(item.name, item.key, item.account, item.flow, item)


@dataclass(frozen=True, slots=True)
class Fund:
    """The one fund of an account that a text speaks of; ``part``: so far only as a part of the account's flow."""

    name: str
    account: Account
    part: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """What the headings fix for a passage.  ``year`` None: none names one; ``span``: they look back on these years."""

    year: int | None
    months: tuple[int, int] | None
    scope: Scope
    scope_words: str
    region: Region | None
    account: Account
    topic: Topic | None
    plan: bool
    span: tuple[int, int] | None = None
    entitled: bool = False  # whether the heading is the name of the topic, and says no more


class State(NamedTuple):
    """What holds at a figure; every word that is met makes a new one."""

    period: Period
    scope: Scope
    scope_words: str
    region: Region | None
    account: Account
    topic: Topic | None
    parent: Topic | None
    fund: Fund | None = None

    def at_level_of(self, other: State) -> State:
        """The same, of whom another state is."""
        return self._replace(scope=other.scope, scope_words=other.scope_words, region=other.region)


class Frames:
    """The frames of a document's sections, each worked out once."""

    def __init__(self, sections: Sequence[Section], about: Subject, sentences: Sequence[Sentence] = ()) -> None:
        self._sections, self._about = sections, about
        self._accounts = AccountsTold(sections, sentences, about.region.name if about.region else "")
        self._known: dict[int | None, Frame] = {}

    def of(self, section: int | None) -> Frame:
        """The frame of a passage: its headings, the inner ones over the outer, the document's subject below all."""
        frame = self._headed(section)
        if frame.year is None:
            return replace(frame, plan=frame.plan and self._about.plan_year is not None)
        return frame

    def _headed(self, section: int | None) -> Frame:
        known = self._known.get(section)
        if known is None:
            if section is None:
                known = Frame(None, part_of_year(self._about), "", "", self._about.region, "", None, False)
            else:
                inner = self._sections[section]
                told = partial(self._accounts.below, section)
                known = _with_heading(self._headed(inner.parent), inner.title, self._about, told)
                if not known.account and _BALANCED.search(inner.title) and (before := self._beside(inner)) is not None:
                    known = replace(known, account=self._headed(before).account)
            self._known[section] = known
        return known

    def _beside(self, section: Section) -> int | None:
        """The section before a section in the same one, None if it is the first."""
        around = self._sections[: section.index]
        return next((one.index for one in reversed(around) if one.parent == section.parent), None)


def part_of_year(about: Subject) -> tuple[int, int] | None:
    """The months that a paper on a part of a year is about (2024年1-9月…执行情况), None for whole years."""
    return months_in(about.title) or ((1, 6) if about.kind == "half_year" else None)


def months_in(title: str) -> tuple[int, int] | None:
    """The months that a title is about, from the first on; None for whole years."""
    match = _PART_OF_YEAR.search(title) or _MONTHLY.search(title)
    if match is None:
        return None
    last = int(match["last"] or match["at"] or 0) or _QUARTERS.get(match["named"] or "", 0)
    return (1, last) if 1 <= last < 12 else None


def year_of(frame: Frame, about: Subject) -> int | None:
    """The year figures of the passage belong to when nothing nearer says so."""
    if frame.year is not None:
        return frame.year
    if frame.plan and about.plan_year is not None:
        return about.plan_year
    return about.year


def account_in(text: str) -> Account:
    """The account a heading or clause names, the longest words first; "" if none or several."""
    found = {account for _, _, account in _account_words().find(text)}
    if len(found) > 1:
        found.discard("debt")
    return found.pop() if len(found) == 1 else ""


# 政府性基金预算执行情况是：收入9亿元, 国有资本经营预算方面，收入1亿元: names whose figures follow, in the same sentence
_TOLD_OF = re.compile(
    r"(?:预算)?(?:收支)?(?:(?:执行|完成|收支|安排|决算|平衡)+(?:情况)?|草案|方面)(?:大?致)?(?:是|为|如下)?[：，]|预算[：:]"
)


_BOOK = re.compile("(?:一般公共|政府性基金|国有资本经营|社会保险基金|社保基金)$")


def account_told(clause: str) -> Account:
    """The account that a clause names and says no more; "" for any other clause."""
    told = _TOLD_OF.search(clause)
    if told is None or told.end() != len(clause):
        return ""
    named = _BOOK.search(clause[: told.start()])
    return account_in(f"{named[0]}预算") if named is not None else ""


def sum_of(account: str, flow: str) -> Topic | None:
    """The grand total of an account with transfers and carry-over (收入总计); None if the account is not known."""
    key = TOTALS.get((account, flow), "")
    item = items().get(key.replace("-rev", "-sum-rev").replace("-exp", "-sum-exp"))
    return Topic.of(item) if item else None


def total_of(account: str, flow: str) -> Topic | None:
    """The total of an account: 收入 in a section on the fund means 政府性基金收入."""
    item = items().get(TOTALS.get((account, flow), ""))
    return Topic.of(item) if item else None


def _with_heading(frame: Frame, title: str, about: Subject, account_told: Callable[[str], bool]) -> Frame:
    if not title:
        return frame
    marks = mark(normalise(title), about.region, about.zones)
    years = [period for period in marks.periods if period.years and not period.compared and len(set(period.years)) == 1]
    year, months = frame.year, frame.months
    if len({period.years for period in years}) == 1 and years[0].years:
        year = years[0].years[0]
        months = years[0].months
    elif not years and (part := [p.months for p in marks.periods if p.months and not p.compared and not p.offset]):
        months = part[0]  # 下半年工作安排
    span = of_heading(marks, about.year) or (None if years else frame.span)
    account = account_in(marks.text) or frame.account
    scope, words = frame.scope, frame.scope_words
    # 市对各县（市、区）转移支付 is the city's, 支持全市高质量发展 nobody's
    named = [m for m in marks.scopes if m.scope != "lower" and not _served().search(marks.text, 0, m.start)]
    if len({match.scope for match in named}) == 1:
        scope, words = named[0].scope, named[0].text
    region = frame.region
    if inner := _region_named(marks, about.region, account_told):
        region = inner
    topic = _heading_topic(marks, account)
    entitled = topic is not None and not _BESIDE_NAME.sub("", marks.masked)
    plan = bool(
        re.search(
            r"(?<!决算)(?<!决算（)草案|预算安排|安排情况|安排意见|代编|预算编制(?![不未较过粗欠方])"
            r"|(?:转移支付|支出|资金)安排$",
            marks.text,
        )
    ) and not re.search("执行", marks.text)
    project = _PROJECT_HEAD.fullmatch(title.strip("。：: ")) if about.owner and topic is None else None
    topic = topic or (
        Topic(project["name"], project=True) if project else None if account_in(marks.text) else frame.topic
    )
    plan = plan or (frame.plan and year == frame.year)
    return Frame(year, months, scope, words, region, account, topic, plan, span, entitled)


def _heading_topic(marks: Marks, account: str) -> Topic | None:
    if not marks.terms and (side := _SIDE_HEAD.fullmatch(marks.text.strip("。： "))):
        return total_of(account, FLOW_OF[side["flow"]])  # 1．收入预算。年初预算9亿元, below 一般公共预算调整
    if len(marks.terms) != 1:
        return None
    return Topic.of(choose(marks.terms[0].items, account))


def _region_named(marks: Marks, own: Region | None, account_told: Callable[[str], bool]) -> Region | None:
    places = [place for place in marks.places if len(place.regions) == 1]
    if own is None or len(places) != 1 or is_done_for(marks, places[0], account_told):
        return None
    region = places[0].regions[0]
    return region if region.parent == own.code or region.code == own.code else None


# （三）古城抢救性保护项目: below it stands what was spent on that project, in a body's paper
_PROJECT_HEAD = re.compile(
    r"(?!.*(?:重点|主要|其他|各|情况|绩效|支出|收入|决算|拨款|预算))"
    r"(?P<name>[\u4e00-\u9fffA-Za-z（）“”、·]{4,30}(?:项目|工程|专项(?:经费|资金)?))"
)
_SIDE_HEAD = re.compile(r"(?:年初)?(?P<flow>收入|支出)(?:预算)?(?:调整|变动)?(?:情况|方面)?")


@cache
def _served() -> re.Pattern[str]:
    return re.compile(cue_regex("scope", "served") + "$")


@cache
def _account_words() -> Phrases[Account]:
    table: dict[str, Account] = {}
    for name in cue_groups("account"):
        for word in cues("account", name):
            table[word] = name  # type: ignore[assignment]
    return Phrases(table)
