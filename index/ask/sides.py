"""The sides of a figure to be reckoned: a look-up each, and the figures that it finds, level by level.

某市 2025年 教育支出 | 一般公共预算支出 -> 104亿元 | 520亿元, both of 全市
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from index.ask import wording
from index.ask.agree import groups
from index.ask.answers import Cell
from index.ask.kin import FLOWS
from index.ask.pick.identity import MOVED
from index.ask.plan import fill
from index.ask.query import Asked, Query
from index.ask.reckoned import (
    DONE,
    PLANS,
    STOCKS,
    Operation,
    Reckoned,
    Respect,
    Traits,
    alike,
    names_of,
    reckon,
    respects_of,
    traits,
)
from index.ask.search import Search
from index.ask.select import SCOPES, without_zero_limits
from index.lexicon import cues, items, measures
from index.models import Measure, Period, Scope, StoredFact
from index.store.lookup import sentence_id

Direction = Literal["more", "less", ""]
_NOUN: Final = 2  # characters of the noun that ends a name
_OTHER_BUDGETS: Final = ("government_fund", "state_capital", "social_insurance")
LEVELS: Final[tuple[Scope, ...]] = ("whole", "own", "own_wide")


@dataclass(frozen=True, slots=True)
class Expression:
    """An operation and the look-ups of its sides, in the order of ``reckoned.reckon``.

    ``direction``: the first side is thought to be the larger, or the smaller.  ``named``: no other reading is left.
    """

    operation: Operation
    sides: tuple[Query, ...]
    direction: Direction = ""
    named: bool = True

    @property
    def respects(self) -> set[Respect]:
        """What tells the sides from each other, as they were asked for."""
        found = set[Respect]()
        for other in self.sides[1:]:
            found |= _respects(self.sides[0], other)
        return found


@dataclass(frozen=True, slots=True)
class Side:
    """What one look-up of a level found: its figures (several: the report contradicts itself), what stands beside."""

    query: Query
    facts: tuple[StoredFact, ...]
    beside: tuple[StoredFact, ...] = ()

    @property
    def one(self) -> StoredFact | None:
        """The figure, if all prints of it agree."""
        found = groups(self.facts)
        return found[0][0] if len(found) == 1 else None


def levels_of(asked: Expression) -> Sequence[Scope]:
    """The levels to look on, the widest first; one if each side names its own."""
    if asked.sides[0].scope:
        return [asked.sides[0].scope]
    if "place" in asked.respects and asked.operation == "share":
        return ["whole"]
    given = any(word in asked.sides[0].text for word in cues("scope", "lower"))  # 对旗县区转移支付
    return [*LEVELS, "lower"] if given else LEVELS


def sides_of(search: Search, asked: Expression, level: Scope) -> list[Side]:
    """All sides on one level; where the question names no year, the others are of the year of the first."""
    first = _side(search, asked.sides[0], level)
    found = [first]
    for query in asked.sides[1:]:
        if not query.periods and first.facts:
            query = replace(query, periods=(Period.year(first.facts[0].fact.period.last_year),))
        found.append(_side(search, query, level))
    if asked.respects == {"line"}:
        found = _in_one_sentence(search, found)
    one, other = first.one, found[-1].one
    if one and other and asked.respects <= {"year", "stage"} and not alike(one, other) and other.fact.key:
        line = Asked(other.fact.item, (other.fact.key,), other.fact.item)  # what one side found is asked of the other
        found[0] = _side(search, replace(first.query, items=(line,), content=(line.name,)), level)
    return found


def _in_one_sentence(search: Search, found: list[Side]) -> list[Side]:
    """资产|减负债 of 资产总额286亿元、负债总额178亿元: what one side misses under the name that it has elsewhere, may
    be told right beside the figure of the other."""
    there, missing = [side.one for side in found if side.one], [side for side in found if not side.facts]
    if len(found) != 2 or len(there) != 1 or len(missing) != 1:
        return found
    own, said = there[0].fact, (*(item.text for item in missing[0].query.items), *missing[0].query.chunks)
    said = tuple(word for word in said if not word.endswith(FLOWS))  # 煤炭收入 is none of the 非税收入 beside 税收收入
    beside = [
        one for one in search.store.facts_of_sentences([sentence_id(there[0].id)])
        if one.id != there[0].id and any(word[-_NOUN:] in one.fact.item for word in said if len(word) >= _NOUN)
        and (one.fact.kind, one.fact.period, one.fact.scope) == (own.kind, own.period, own.scope)
    ]  # fmt: skip
    return [replace(side, facts=tuple(beside)) if side is missing[0] and len(beside) == 1 else side for side in found]


def _side(search: Search, query: Query, level: Scope) -> Side:
    facts, cells = figures_for(search, query, query.scope or level)
    beside = [one for cell in cells for one in cell.found.context if one.fact.measure == "completion"]
    return Side(query, tuple(facts), tuple(one for one in beside if facts and one.fact.scope == facts[0].fact.scope))


def figures_for(search: Search, query: Query, level: Scope) -> tuple[list[StoredFact], list[Cell]]:
    """The amounts of one look-up on a level that may be reckoned with, and its cells; the look-up is read by itself."""
    scopes = {scope for group in SCOPES[level] for scope in group}
    _, cells = fill(search, replace(query, scope=level, masked=" "))
    facts = [
        one
        for cell in cells
        for one in cell.found.asked
        if one.fact.scope in scopes and one.fact.kind == "money" and one.fact.number is not None
        and "same_basis" not in one.fact.flags and not one.fact.item.endswith(MOVED)
        and one.fact.measure in (*DONE, *PLANS, *STOCKS)
    ]  # fmt: skip
    return without_zero_limits(facts), cells


def reckoned(asked: Expression, sides: Sequence[Side], unit: str) -> Reckoned | None:
    """What the figures of the sides make; None if one has none, or several, or they do not fit one another."""
    facts = [side.one for side in sides if side.one]
    if len(facts) < len(sides):
        return None
    open_ones = {"stage", "level"} if asked.operation == "sum" else {"stage"}  # 市本级 and its counties
    if respects_of(facts) - open_ones != asked.respects - open_ones:
        return None
    return reckon(asked.operation, facts, unit=unit, across=all(map(_settled, asked.sides)))


def is_of_account_meant(query: Query, one: StoredFact) -> bool:
    """Whether a figure is of the general budget, or of an account that is said: 转移支付 alone is not that of the
    government funds."""
    said = one.fact.account not in _OTHER_BUDGETS or query.account == one.fact.account
    return said or _settled(query)


def _settled(query: Query) -> bool:
    """Whether the item's name leaves no choice of the account."""
    return bool(query.items) and all(len(item.keys) == 1 for item in query.items)


# ---------------------------------------------------------------------------------------------- names


def name_of(query: Query) -> str:
    """What is looked up, in an answer."""
    return query.items[0].name if query.items else "".join(query.content)


def same_thing(one: Query, other: Query) -> bool:
    """Whether two sides are of one item or of the same words."""
    if one.items and other.items:
        return one.items[0].keys == other.items[0].keys
    return name_of(one) == name_of(other)


def side_names(search: Search, asked: Expression, sides: Sequence[Side]) -> list[str]:
    """How the sides are called, whether they have figures or not."""
    return names_of(asked.operation, called(search, sides), asked.respects)


def called(search: Search, sides: Sequence[Side]) -> list[Traits]:
    """What the sides may be told from each other by."""
    return [traits(side.facts[0]) if side.facts else _traits(search, side.query) for side in sides]


def _traits(search: Search, query: Query) -> Traits:
    known = items()
    own = next((known[key].measure for item in query.items for key in item.keys if key in known), "")
    measure: Measure = query.measures[0] if query.measures else own if own in STOCKS else "actual"
    year = wording.period_name(query.periods[0]) if query.periods else ""
    level = query.scope_words or wording.scope_name(query.scope)
    return Traits(search.atlas.full_name(query.regions[0]), level, year, name_of(query), measures()[measure].name)


def _respects(one: Query, other: Query) -> set[Respect]:
    if one.regions != other.regions:
        return {"place"}
    if not same_thing(one, other):
        return {"line"}
    if one.scope != other.scope:
        return {"level"}
    apart: set[Respect] = {"year"} if one.periods != other.periods else set()
    return apart | ({"stage"} if one.measures != other.measures else set())
