"""The figures of both sides of a difference, level by level, and whether one may be subtracted from the other."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from index.ask import wording
from index.ask.agree import groups
from index.ask.answers import Cell
from index.ask.gap import PLANS, STOCKS, Gap
from index.ask.plan import fill
from index.ask.query import Query
from index.ask.scoping import find_scope
from index.ask.search import Search
from index.ask.select import SCOPES, without_zero_limits
from index.lexicon import items, measures
from index.models import Measure, Period, Scope, StoredFact

_GRAND: Final = re.compile(r"总(?:收入|支出|财力|量|计)(?![^，。；]*[，。；])")
DONE: Final[tuple[Measure, ...]] = ("actual", "amount")


@dataclass(frozen=True, slots=True)
class Side:
    """What one look-up of a level found: its figures (several: the report contradicts itself)."""

    query: Query
    facts: tuple[StoredFact, ...]
    name: str
    completion: tuple[StoredFact, ...] = ()

    @property
    def one(self) -> StoredFact | None:
        """The figure, if all prints of it agree."""
        found = groups(self.facts)
        return found[0][0] if len(found) == 1 else None


def sides_of(search: Search, gap: Gap, level: Scope) -> tuple[Side, Side]:
    """Both sides on one level; where the question names no year, the second is of the year of the first."""
    one = side_of(search, gap, gap.first, level)
    if gap.first.periods or not one.facts:
        return one, side_of(search, gap, gap.second, level)
    year = Period.year(one.facts[0].fact.period.last_year)
    return one, side_of(search, gap, replace(gap.second, periods=(year,)), level)


def side_of(search: Search, gap: Gap, query: Query, level: Scope) -> Side:
    """The figures of one look-up that could stand in a difference."""
    facts, cells = figures_for(search, query, level)
    beside = [one for cell in cells for one in cell.found.context if one.fact.measure == "completion"]
    near = tuple(one for one in beside if facts and one.fact.scope == facts[0].fact.scope)
    return Side(query, tuple(facts), _side_name(search, gap, query, facts), near if gap.kind == "plan" else ())


def figures_for(search: Search, query: Query, level: Scope) -> tuple[list[StoredFact], list[Cell]]:
    """The amounts of one look-up on a level that may be reckoned with, and its cells; the look-up is read by itself."""
    scopes = {scope for group in SCOPES[level] for scope in group}
    _, cells = fill(search, replace(query, scope=level, masked=" "))
    facts = [
        one
        for cell in cells
        for one in cell.found.asked
        if one.fact.scope in scopes and one.fact.kind == "money" and one.fact.number is not None
        and not {"same_basis"} & set(one.fact.flags) and one.fact.measure in (*DONE, *PLANS, *STOCKS)
    ]  # fmt: skip
    return without_zero_limits(facts), cells


def fit(gap: Gap, one: StoredFact, other: StoredFact) -> bool:
    """Whether one may be subtracted from the other."""
    a, b = one.fact, other.fact
    if (a.scope or "whole") != (b.scope or "whole") or {"rough"} & {*a.flags, *b.flags} or one.id == other.id:
        return False
    if a.number is None or b.number is None or "/" in a.unit + b.unit or _span(one) != _span(other):
        return False
    if bool(_GRAND.search(a.label)) != bool(_GRAND.search(b.label)) and gap.kind != "room":
        return False  # 总收入 holds transfers, 支出 does not
    if gap.kind != "years" and a.period.last_year != b.period.last_year:
        return False
    if gap.kind == "room":
        return a.region == b.region and (a.measure, b.measure) == ("limit", "outstanding")
    if (a.measure in STOCKS) != (b.measure in STOCKS) or (a.region != b.region) != (gap.kind == "places"):
        return False
    accounts = {a.account, b.account} - {"", "other"}
    if len(accounts) > 1 and not (gap.kind == "items" and _settled(gap.first) and _settled(gap.second)):
        return False
    if gap.kind in ("years", "plan", "places") and not _alike(a.key, a.item, b.key, b.item):
        return False
    return gap.kind in ("years", "plan") or a.measure == b.measure or {a.measure, b.measure} <= set(DONE)


def _alike(key: str, item: str, other_key: str, other_item: str) -> bool:
    """One item; 全市一般公共预算收入 as a table prints it is 一般公共预算收入."""
    if key and other_key:
        return key == other_key
    long, short = sorted((item, other_item), key=len, reverse=True)
    rest = long.removesuffix(short)
    return item == other_item or (long.endswith(short) and find_scope(rest).words == rest)


def _span(one: StoredFact) -> tuple[int, int, int]:
    """How many years and which months a figure is of."""
    period = one.fact.period
    return period.last_year - period.first_year, period.first_month, period.last_month


def _settled(query: Query) -> bool:
    """Whether the item's name leaves no choice of the account."""
    return all(len(item.keys) == 1 for item in query.items)


def _side_name(search: Search, gap: Gap, query: Query, facts: list[StoredFact]) -> str:
    """2026年预算数, 2025年专项债务限额: what tells this side from the other."""
    period = facts[0].fact.period if facts else query.periods[0] if query.periods else None
    year = wording.period_name(period) if period else ""
    item = query.items[0].name if query.items else "".join(query.content)
    if gap.kind == "places":
        return f"{search.atlas.full_name(query.regions[0])}{year}"
    if gap.kind in ("room", "flows", "items"):
        planned = _stage_name(query, facts)
        return f"{year}{item}" + (planned if planned not in ("", "完成数", "限额", "余额") else "")
    return year + (_stage_name(query, facts) or (item if gap.kind == "years" else ""))


def _stage_name(query: Query, facts: list[StoredFact]) -> str:
    known = items()
    own = next((known[key].measure for item in query.items for key in item.keys if key in known), "")
    meant = query.measures[0] if query.measures else own if own in STOCKS else "actual"
    measure = facts[0].fact.measure if facts and facts[0].fact.measure != "amount" else meant
    if measure in PLANS and facts and "plan" in facts[0].fact.flags:
        return "安排数"
    return measures()[measure].name if measure else ""
