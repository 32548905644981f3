"""Column heads -> what stands below them: measure, year, unit, months.

"2025年调整预算数（万元）" -> adjusted_budget, 2025, 万元        "上年同期数" -> actual, one year back
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from index.facts.debt_names import DebtName, debt_head
from index.find.amounts import MONEY_UNITS
from index.find.cells import figure_in
from index.find.periods import find_periods
from index.find.terms import TermMatch, exact_items, find_terms
from index.lexicon import Item, cue_regex, toml
from index.models import Flow

LABEL = re.compile(
    r"""^(?:预算)?(?:项目|科目|收入|支出|名称|单位|县区|地区|市县|区县|县市|县市区|区划|行政区|部门|指标|类别|内容|险种
        |预算科目|功能分类)
    | (?:科目|项目|单位|地区|部门|功能|债券|企业|区划)(?:名称)$ | ^(?:收入|支出)(?:项目|科目)
    | 县.?区$ | 科目$ | 项目$""",
    re.VERBOSE,
)
_UNIT = re.compile(
    r"单位(?:[：:]|均?为)?(?:人民币)?(?P<unit>万亿元|亿元|千万元|百万元|万元|千元|元|万|%)|[（](?P<inner>亿元|万元|千元|元|%)[）]"
)
BRACKETED_UNIT = re.compile(r"（(?:单位[：:])?(?:人民币)?(?:亿元|万元|千元|元)）")
_MOVED = re.compile(r"(?:收回|上缴|调整|调剂|调增|调减|核减|核增|结存|剩余|可用)(?:政府|地方|债务|的)*限额")
_COUNT_UNIT = re.compile(r"[（(](?:单位[：:])?(?P<unit>[\u4e00-\u9fff/]{1,6})[）)]$")
_UNIT_OF_COUNT = re.compile(r"单位[：:]\s*(?P<unit>[\u4e00-\u9fff/]{1,6})\s*(?:$|[）)\s])")
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
SUM_HEAD = re.compile(r"合计|小计|总计")
# 粮食 | 产量: what the figures tell of the thing that the row names
TOLD_WORDS = ("产量", "播种面积", "种植面积", "产值", "增加值", "销售量")
TOLD = re.compile(rf"^({'|'.join(TOLD_WORDS)})(?:（[^（）]*）)?$")
_SCOPE = re.compile(r"全[省市县区州]|[省市县区州]?本级|本地区|[省市县区州]级(?=收入|支出|预算|决算|执行|完成)")
_SIDE = re.compile(r"^(?P<flow>收入|支出)(?:(?:调整)?预算|决算|执行|完成|预计)?[数额]?$")
_SIDE_ALONE = re.compile("(?:财政|预算)?(?P<flow>收入|支出)")
_MONTHS = re.compile(r"(?:(?P<first>1?\d)(?:月份?)?[-—~至])?(?P<last>1?\d)月")
THIS_MONTH = re.compile("[本当]月")
_YEAR = re.compile(r"^(?:20\d\d年度?|[本当上去]年(?:度|同期)?)")
_BARE_YEAR = re.compile(r"^((?:19|20)\d\d)(?=$|（|预算|执行|决算|完成|调整|实际|预计|计划|[全本]?[年市县区])(?!年)")


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds.  ``measure`` "figure" means: whatever the table is about; "": nothing we know.

    ``items`` are the items the head names: the column is theirs, whatever the row (税收收入 over a list of counties);
    ``debt`` is what it says of debts, ``flow`` the side it takes of its row's item (收入预算), ``besides`` the words of
    the head that make its figures others than the row's (基本支出): nothing is known of them; ``told`` is what they
    tell of the thing that the row names (产量).
    """

    index: int
    head: str
    role: str  # "label", "figure", "skip"
    measure: str
    year: int | None
    offset: int
    months: tuple[int, int] | None
    unit: str
    items: tuple[Item, ...] = ()
    parts: tuple[str, ...] = ()
    debt: DebtName | None = None
    flow: Flow = ""
    besides: str = ""
    told: str = ""


@dataclass(frozen=True, slots=True)
class _Rule:
    pattern: re.Pattern[str]
    measure: str
    offset: int


def unit_in(text: str) -> str:
    """The money unit a caption, head or unit line names (``单位：万元``, ``（亿元）``), or ""."""
    match = _UNIT.search(text)
    unit = (match["unit"] or match["inner"]) if match else ""
    return unit if unit in MONEY_UNITS else ""


def count_unit_in(head: str) -> str:
    """What a head counts in (年末数（万人）, 参保人数（户））; "" if nothing, or money."""
    match = _COUNT_UNIT.search(head)
    figure = figure_in(f"1{match['unit']}") if match else None
    return match["unit"] if match and figure is not None and figure.kind == "count" else ""


def counted_in(line: str) -> str:
    """What a unit line says that the figures of its table count (单位：人, 单位：户); "" if nothing, or money."""
    match = _UNIT_OF_COUNT.search(line)
    figure = figure_in(f"1{match['unit']}") if match else None
    return match["unit"] if match and figure is not None and figure.kind == "count" else ""


def column(index: int, head: str, numeric_share: float, parts: tuple[str, ...] = ()) -> Column:
    """Read one head (normal form).  The share of numbers below it tells a label column that has no head; ``parts`` are
    the heads it is made of, the upper first."""
    parts = tuple(part.replace("增、减", "增减") for part in parts or (head,) if part)
    named = parts[:-1] if len(parts) > 1 and SUM_HEAD.fullmatch(parts[-1]) else parts  # 支出 over 合计 is no 支出合计
    named = tuple(part for part in named if not _account_alone().fullmatch(part))  # the 预算 of its name is no measure
    read = replace(_column(index, "".join(map(_dated, named)), numeric_share), parts=parts, head=head)
    if read.role != "figure":
        return read
    if named != parts and not read.measure and read.unit != "%":
        read = replace(read, measure="figure")
    said = BRACKETED_UNIT.sub("", parts[-1]) if parts else ""  # 收入（万元）
    side = _SIDE.search(_YEAR.sub("", _SCOPE.sub("", said)))
    if side is None and len(parts) > 1 and read.measure and not _besides(parts[1:]):
        side = _SIDE_ALONE.fullmatch(_SCOPE.sub("", parts[0]))  # 收入 over 预算数 | 完成数 | 增长%
    flow: Flow = ("revenue" if side["flow"] == "收入" else "expenditure") if side else ""
    debt = debt_head(parts)
    if debt is not None and debt.name:
        item = debt.item
        return replace(read, debt=debt, items=(item,) if item else (), measure=read.measure or "figure")
    items = read.items
    on_debt = items and items[0].account == "debt" and items[0].measure and debt is None
    moved = _MOVED.search("".join(parts))  # 政府债务调整限额
    if moved or (on_debt and any(_besides((part,), items=True) for part in parts)):  # 收回政府债务限额 is no limit
        whole = "".join(parts)
        for period in reversed(find_periods(whole)):
            whole = whole[: period.start] + whole[period.end :]
        return replace(read, measure="", items=(), besides=whole)
    besides = items[0].name if items and debt is None else "" if flow else _besides(parts)
    return replace(read, debt=debt, flow=flow, items=items, besides=besides)


def _dated(part: str) -> str:
    """2023, 2023预算数: a year that a head leaves without its 年."""
    return _BARE_YEAR.sub(r"\1年", part)


def _column(index: int, head: str, numeric_share: float) -> Column:
    years = [p.years[0] for p in find_periods(head) if p.years and p.years[0] == p.years[1] and not p.compared]
    year = years[-1] if years else None
    if head in MONEY_UNITS and numeric_share:
        return Column(index, head, "figure", "figure", year, 0, None, head)  # 收入方 | 万元
    unit = "%" if "%" in head or "％" in head else unit_in(head)
    head = BRACKETED_UNIT.sub("", head)
    terms = find_terms(head) if numeric_share >= 0.3 else []
    items = terms[-1].items if terms else ()
    if items and (stated := items[0].measure):  # 债务限额, 年末结余: the name is the measure
        items = _of_kind(head, items)
        return Column(index, head, "figure", stated, year, 0, _months(head), unit, items)
    if items and _leftover(head, terms):
        items = ()  # 教育共同财政事权转移支付: the name in the head is part of another
    for term in reversed(terms):  # the 预算 in 一般公共预算收入 says nothing of the column
        head = head[: term.start] + head[term.end :]
    if numeric_share < 0.3 and (LABEL.search(head) or numeric_share == 0):
        return Column(index, head, "skip" if _skipped(head) else "label", "", year, 0, None, unit)
    for rule in rules():
        if rule.pattern.search(head):
            role = "figure" if rule.measure else "skip"
            return Column(index, head, role, rule.measure, year, 0 if year else rule.offset, _months(head), unit, items)
    plain_figure = bool(year or items) and unit != "%"
    return Column(index, head, "figure", "figure" if plain_figure else "", year, 0, _months(head), unit, items)


@cache
def rules() -> Sequence[_Rule]:
    """The rows of ``columns.toml``, in order."""
    return tuple(
        _Rule(re.compile(row["pattern"]), row["measure"], row.get("year", 0)) for row in toml("columns.toml")["column"]
    )


def _leftover(head: str, terms: Sequence[TermMatch]) -> bool:
    """Are there words in the head besides the item, a year and what a rule knows?"""
    rest = head
    for term in reversed(terms[-1:]):
        rest = rest[: term.start] + rest[term.end :]
    for period in reversed(find_periods(rest)):
        rest = rest[: period.start] + rest[period.end :]
    rest = re.sub(r"[（）()%、/\s]|其中[：:]?|全[省市县区州]|[省市县区州]?本级|合计|小计|万元|亿元", "", rest)
    return bool(rest) and not any(rule.pattern.search(rest) for rule in rules())


def _besides(parts: Sequence[str], items: bool = False) -> str:
    """The lowest head's words that are no measure, year, unit or filler (nor, if asked, items); "" if none are left."""
    for part in reversed(parts):
        rest = _BRACKETS.sub("", part)
        for term in reversed(find_terms(rest) if items else ()):
            rest = rest[: term.start] + rest[term.end :]
        for period in reversed([one for one in find_periods(rest) if not one.compared]):
            rest = rest[: period.start] + rest[period.end :]
        if _account_alone().fullmatch(rest):
            return _BRACKETS.sub("", part)  # 一般公共预算 over a part of what a row has: the 预算 in it is no measure
        if SUM_HEAD.fullmatch(rest) or _SIDE.search(rest):
            continue
        if any(rule.pattern.search(rest) for rule in rules()):
            return ""
        rest = _filler().sub("", _SCOPE.sub("", rest))
        if rest:
            return _BRACKETS.sub("", part).removeprefix("其中").strip("：:")
    return ""


@cache
def _account_alone() -> re.Pattern[str]:
    names = cue_regex("account", "general_public", "government_fund", "state_capital", "social_insurance")
    return re.compile(rf"(?:其他)?{names}(?:预算)?(?:(?:财政)?拨款(?:收入|支出)?|资金|财力)?(?:安排)?")


@cache
def _filler() -> re.Pattern[str]:
    words = sorted(toml("tables.toml")["head"]["filler"], key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)) + r"|[（）()%、/\s：:\d]|万元|亿元")


def _of_kind(head: str, items: tuple[Item, ...]) -> tuple[Item, ...]:
    """债务限额 over 一般债务: the lower head says which kind."""
    word = {"limit": "限额", "outstanding": "余额"}.get(items[0].measure or "", "")
    for kind in ("一般", "专项"):
        if word and kind in head and (exact := exact_items(f"{kind}债务{word}")):
            return exact
    return items


def _skipped(head: str) -> bool:
    first = rules()[0]
    return bool(first.pattern.search(head))


def _months(head: str) -> tuple[int, int] | None:
    match = _MONTHS.search(head)
    if not match:
        return None
    first, last = int(match["first"] or 0), int(match["last"])
    if not 1 <= last <= 12:
        return None
    return (first or 1, last) if first or "累计" in head or "截至" in head else (last, last)
