"""What is set side by side, and the figures of each: places, items of an account, or what a question names itself.

    长治各县区2023年教育支出 -> 上党区 56,917万元, 屯留区 …      货物、工程、服务哪样最多 -> 货物 …, 工程 …, 服务 …

Places are compared by one line of the budget, which is what a single question finds in one of them; the whole and its
own level are no members.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product
from typing import Final

from index.ask import derive
from index.ask.absent import JOINTS
from index.ask.agree import groups
from index.ask.cells import JOINS, of_one
from index.ask.figures import figure, grouped, shown
from index.ask.kin import keys_under
from index.ask.lists.called import list_around, without_rest
from index.ask.lists.places import told_of_places
from index.ask.pick.found_for import found_for
from index.ask.plan import fill
from index.ask.query import Query
from index.ask.search import Search
from index.ask.select import SCOPES, by_scope
from index.ask.vocabulary import pattern_in
from index.ask.wording import ACCOUNTS
from index.find.terms import exact_items
from index.lexicon import items
from index.models import Account, Figure, Measure, Period, Scope, StoredFact

MOVED: Final = "预算调整"
EACH: Final = "各多少"
_WITH_OTHERS: Final = re.compile("区[县市]|[县市]区")
TRIED: Final = 6  # places in which the item is looked for
RECKONED: Final = 60  # places whose growth is reckoned where it is not printed
_STAGES: Final[tuple[Measure, ...]] = ("actual", "budget", "adjusted_budget", "amount")


@dataclass(frozen=True, slots=True)
class Row:
    """``code`` is that of a place, or the key of an item.  Of several ``facts`` (its reports contradict each other) the
    one that counts is first; ``computed`` is reckoned where none is printed.  A row may have neither."""

    code: str
    name: str
    facts: tuple[StoredFact, ...] = ()
    computed: Figure | None = None

    @property
    def numbers(self) -> tuple[Decimal, ...]:
        """What it may be put in order by."""
        if self.computed:
            return (Decimal(self.computed.value),)
        return tuple(one.fact.number for one in self.facts if one.fact.number is not None)

    def figure(self, *, asked: bool) -> Figure:
        """The figure that counts."""
        return replace(self.computed, asked=asked) if self.computed else figure(self.facts[0], asked=asked)

    def text(self, unit: str) -> str:
        """The figure as a list shows it."""
        one = self.computed
        if one is None:
            return shown(self.facts[0], unit)
        value, mark = Decimal(one.value), "" if one.unit == "%" else " "
        if one.measure in ("yoy_pct", "yoy_amount"):
            return f"{value:+}{one.unit}（推算）"
        return f"{grouped(one.value)}{mark}{one.unit}（推算）"


def differing(facts: Iterable[StoredFact]) -> tuple[StoredFact, ...]:
    """Of figures of one level and measure (that of the first) one for each number that is told."""
    there = [one for one in facts if one.fact.number is not None]
    own = next(iter(there), None)
    level = next((some for some in by_scope(there, "") if own in some), there)
    return tuple(group[0] for group in groups([one for one in level if own and one.fact.measure == own.fact.measure]))


# ---------------------------------------------------------------------------------------------- places


def members(search: Search, query: Query) -> Sequence[str]:
    """The held places below the place asked, of the kind that is said; zones stand beside counties."""
    codes: Sequence[str] = search.atlas.inside(query.regions[0])
    if query.among in ("市", "州") and search.atlas.regions[query.regions[0]].level == "province":
        return [code for code in codes if search.atlas.regions[code].level == "prefecture"]
    if query.counties and search.atlas.regions[query.regions[0]].level == "province":
        codes = [inner for code in codes for inner in search.atlas.inside(code)] or codes  # 湖南哪个县: no city
    if query.counties:
        return [code for code in codes if search.atlas.regions[code].level != "zone"]
    districts = [code for code in codes if search.atlas.regions[code].name.endswith("区")]
    alone = query.among == "区" and not _WITH_OTHERS.search(query.text)  # 各区, not 各区市
    return districts if alone and len(districts) > 1 else codes


def of_places(search: Search, query: Query, codes: Sequence[str], period: Period, first: str = "") -> list[Row]:
    """The figures of one line in each of several places; those without are left out.  The line is what a look-up finds
    in the ``first`` of them, else in any, or what one list of a report tells of more of them."""
    alone = replace(query, shape="lookup", members=False, direction="", top=0, masked=" ")
    line = _line(search, alone, codes, period, first) if len(codes) > 1 and query.items else None
    rows = _of_line_in(search, line, codes, period, query, alone, first) if line else []
    told = told_of_places(search, query, codes, period) if len(rows) < len(codes) and not first else ()
    if len(told) <= len(rows):
        return rows
    return [Row(one.fact.region, search.atlas.full_name(one.fact.region), (one,)) for one in told]


def _of_line_in(
    search: Search, line: StoredFact, codes: Sequence[str], period: Period, query: Query, alone: Query, first: str
) -> list[Row]:
    """The rows of the places of which the same line is told."""
    own, rows = line.fact, list[Row]()
    told = search.of_item_in(codes, period, [own.key]) if own.key else {
        code: search.of_names(code, period, [own.item]) for code in codes}  # fmt: skip
    for code in codes:
        facts, name = differing(_of_line(search, line, code, told.get(code, []), query)), search.atlas.full_name(code)
        if facts and any(_is_same_zone(row.facts, facts) for row in rows):
            continue
        if facts:
            rows.append(Row(code, name, facts))
        elif first and own.measure == "yoy_pct" and len(codes) <= RECKONED:
            found = found_for(search, replace(alone, regions=(code,)), code, period).computed
            rows += [Row(code, name, (), one) for one in found[:1] if _is_growth(one, query.items[0].name, own.scope)]
    return rows


def _is_same_zone(one: Sequence[StoredFact], other: Sequence[StoredFact]) -> bool:
    """火炬高新区 and 高区 with the same figure in one report: one zone by two names."""
    if not one or not other or (one[0].document, one[0].fact.number) != (other[0].document, other[0].fact.number):
        return False
    short, long = sorted((one[0].region.name, other[0].region.name), key=len)
    at, letters = iter(long), short.removesuffix("区")
    return one[0].region.level == other[0].region.level == "zone" and all(letter in at for letter in letters)


def _line(search: Search, query: Query, codes: Sequence[str], period: Period, first: str) -> StoredFact | None:
    """The figure that a look-up of the item gives in the first of the places that has one."""
    having = search.of_item_in(codes, period, query.items[0].keys)
    for code in sorted(codes, key=lambda code: (code != first, code not in having))[:TRIED]:
        found = found_for(search, replace(query, regions=(code,)), code, period)
        there = [one for one in found.asked if not first or one.fact.key in query.items[0].keys]
        own = having.get(code, ()) if query.measures and not there else ()
        there += [one for one in own if one.fact.measure in query.measures]
        printed = next((one for one in there if one.fact.number is not None), None)
        if printed or (code == first and not found.computed):
            return printed
    return None


def _is_growth(one: Figure, item: str, level: Scope) -> bool:
    """Whether a reckoned figure is the growth of the item itself, on the level of the others."""
    return (one.item, one.measure, one.unit) == (item, "yoy_pct", "%") and one.scope in ("", "whole", level)


def _of_line(
    search: Search, line: StoredFact, code: str, facts: Sequence[StoredFact], query: Query
) -> list[StoredFact]:
    """The figures of the same line in another place, that of the same report first."""
    own = line.fact
    over = any(search.atlas.is_under(other, code) for other in query.regions if other != code)
    scopes = (query.scope,) if over and query.scope else (query.scope, own.scope, "", "whole")  # 市本级、高新区
    like = [
        one for one in facts
        if one.fact.measure == own.measure and one.fact.kind == own.kind and one.fact.number is not None
        and one.fact.account in (own.account, "", "other") and one.fact.scope in scopes
    ]  # fmt: skip
    return sorted(like, key=lambda one: (one.document != line.document, one.id))


# ---------------------------------------------------------------------------------------------- items


def of_items(search: Search, query: Query, period: Period) -> list[Row]:
    """The parts of the item asked (增速最快的支出); none beside words that name some of them."""
    if any(f"{mark}{word}" in query.text for word in query.chunks for mark in JOINTS):
        return []
    parents = {key for item in query.items for key in item.keys} or _kind_of_items(query)
    if pattern_in("order", "moved").search(query.text):
        return _moved(search, query.regions[0], period, parents)
    rows = items_under(search, query, period, parents) if parents else []
    wider = list_around(search, [row.facts[0] for row in rows], period)
    known = items()
    if wider and all(one.fact.key not in known or known[one.fact.key].parent in parents for one in wider.parts):
        # of the list that tells of these items also what is none by name
        rows = [Row(str(one.id), names[0], (one,)) for one, names in zip(wider.parts, wider.names, strict=True)]
    if len({row.name for row in rows}) < len(rows):
        return []  # 新增专项债券|18,600|57,800: parts without names of their own
    return [rows[at] for at in without_rest([row.name for row in rows], query.text)]


def _moved(search: Search, region: str, period: Period, parents: Iterable[str]) -> list[Row]:
    """By how much the budget of each item was moved, where a table says so (年初预算 | 调整数 | 调整后预算)."""
    known, under, facts = items(), set(parents), list[StoredFact]()
    for one in search.everything(region, period):
        own = known.get(one.fact.key)
        if own and own.parent in under and one.fact.item.endswith(f"（{MOVED}）") and one.fact.number is not None:
            facts.append(one)
    return _by_key(facts)


def items_under(
    search: Search, query: Query, period: Period, parents: Iterable[str], with_one_of: Sequence[str] = ()
) -> list[Row]:
    """Each item under some others, all of one measure that has one of these, too: what was done, else planned.  Sums of
    a report's own (小税种) are none where the official items are told."""
    keys, known = [key for parent in parents for key in keys_under(parent)], items()
    there = [one for one in search.some(query.regions[0], period, keys) if one.fact.number is not None]
    for level, measure in product(_levels(query), query.measures[:1] or _STAGES):
        told = [one for one in there if one.fact.measure == measure and one.fact.scope in level]
        rows = _by_key(told)
        rows = [row for row in rows if known[row.code].code] or rows
        if query.measures and not _listed_together(told, {row.code for row in rows}):
            continue
        if len(rows) > 1 and (not with_one_of or any(row.code in with_one_of for row in rows)):
            return rows
    return []


def _listed_together(told: Sequence[StoredFact], keys: Collection[str]) -> bool:
    """Whether one list (the column of a table, a section of the text) tells most of some items: growth that a text
    mentions here and there is no order of them."""
    lists: dict[tuple[str, ...], set[str]] = {}
    for one in (one for one in told if one.fact.key in keys):
        place = (one.header, one.fact.label) if one.header else (one.section,)
        lists.setdefault((one.document, *place), set()).add(one.fact.key)
    most = max(map(len, lists.values()), default=0)
    return most * 3 >= len(keys) * 2


def _levels(query: Query) -> Sequence[tuple[Scope, ...]]:
    """The levels that a look-up of a measure tries; the parts of an amount are those of its whole, which is found
    first (``compose``)."""
    if query.measures:
        return SCOPES[query.scope]
    return ((query.scope,) if query.scope else ("whole", ""),)


def without_measure(search: Search, query: Query, period: Period, rows: Sequence[Row]) -> int:
    """How many more items of the same kind and level have an amount, where a rate of the others is told."""
    first, known = next((one.fact for row in rows for one in row.facts), None), items()
    if first is None or first.measure in _STAGES or any(row.computed or row.code not in known for row in rows):
        return 0
    amounts = replace(query, measures=(), scope=first.scope)
    told = items_under(search, amounts, period, {known[row.code].parent for row in rows})
    others = [row.name for row in told if row.code not in {one.code for one in rows}]
    return len(without_rest(others, query.text))


def shares_of_items(search: Search, query: Query, period: Period) -> tuple[list[Row], list[str]]:
    """The share of each part in the item asked, where the same report tells both of one level and stage; the names of
    those of which it tells two figures."""
    known, wholes, found = items(), dict[str, list[StoredFact]](), list[Row]()
    twice: list[str] = []
    levels = (query.scope, *(some[0] for some in SCOPES[query.scope][1:]))
    each = (of_items(search, replace(query, measures=(), scope=level), period) for level in levels)
    for row in next((rows for rows in each if len(rows) > 1), ()):
        part, parent = row.facts[0], known[row.code].parent
        if parent not in wholes:
            wholes[parent] = search.some(query.regions[0], period, [parent])
        beside = [one for one in wholes[parent] if _told_together(one, part)]
        share = derive.share(part, beside[0]) if len({one.fact.number for one in beside}) == 1 else None
        twice += [row.name] if share and len(row.facts) > 1 else []
        found += [replace(row, computed=share)] if share and len(row.facts) == 1 else []
    return found, twice


def _told_together(one: StoredFact, other: StoredFact) -> bool:
    same = (one.document, one.fact.measure, one.fact.scope) == (other.document, other.fact.measure, other.fact.scope)
    return same and one.fact.number is not None and one.fact.period == other.fact.period


def of_measure(search: Search, query: Query, period: Period) -> list[Row]:
    """All items of a place of which the reports print one measure (完成率低于90%的有哪些), of the level asked."""
    levels = (query.scope,) if query.scope else ("whole", "")
    known = items()
    facts = [
        one
        for one in search.everything(query.regions[0], period)
        if one.fact.measure == query.measures[0] and one.fact.number is not None and one.fact.scope in levels
        and one.fact.key in known and query.account in ("", one.fact.account)
    ]  # fmt: skip
    return _by_key(facts)


def _by_key(facts: Sequence[StoredFact]) -> list[Row]:
    found: dict[str, list[StoredFact]] = {}
    for one in facts:
        found.setdefault(one.fact.key, []).append(one)
    return [Row(key, told[0].fact.item, told) for key, some in found.items() if (told := differing(some))]


def is_said(query: Query) -> bool:
    """Whether a question says items of what kind it means."""
    return bool(_kind_of_items(query))


def _kind_of_items(query: Query) -> set[str]:
    """支出最多的是哪一项: the items of this kind of the account, the general one if none is named."""
    if pattern_in("order", "of_projects").search(query.text):
        return set()  # 重点项目里哪个支出最多: of those, and not of all the budget
    said = query.text + "".join(query.content)  # 支出最高的2项 | 最低的呢
    for word, name in (("支出", "支出"), ("税", "税收收入"), ("收入", "收入"), ("科目", "支出"), (MOVED, "支出")):
        if word in said:
            account = ACCOUNTS[query.account or "general_public"]
            found = exact_items(name if len(name) > 2 else f"{account}预算{name}") or exact_items(f"{account}{name}")
            return {one.key for one in found}
    return set()


# ---------------------------------------------------------------------------------------------- what is named


def of_named(search: Search, query: Query, period: Period) -> list[Row]:
    """Several places or items, or the elements of an enumeration that are neither; also those without a figure."""
    if len(query.regions) > 1:
        if any(search.atlas.is_under(one, other) for one in query.regions for other in query.regions if one != other):
            return []
        told = {row.code: row.facts for row in of_places(search, query, query.regions, period)}
        each = [Row(code, search.atlas.regions[code].name, told.get(code, ())) for code in query.regions]
        return each if told and len(query.items) < 2 else []
    if any(f"{mark}{word}" in query.text for word in query.chunks for mark in JOINS):
        return _of_elements(search, query)
    if len(query.items) < 2:
        return []
    account, rows = _account_of_all(query), []
    for item in query.items:
        found = found_for(search, of_one(query, item), query.regions[0], period).asked
        rows.append(
            _named(item.name, [one for one in found if not account or one.fact.account in (account, "", "other")])
        )
    return rows


def _of_elements(search: Search, query: Query) -> list[Row]:
    """政府采购里|货物、工程、服务|哪样最多: the figures of 货物、工程、服务各多少, if they stand in one sentence or
    column: elsewhere they may be others'."""
    lookup = side_by_side(query)
    rows = [_named(cell.item, cell.found.asked) for cell in fill(search, lookup)[1]] if lookup else []
    facts = [one for row in rows for one in row.facts]
    lists = {(one.document, one.header, one.fact.label if one.header else one.fact.sentence) for one in facts}
    return rows if len(lists) == 1 else []


def side_by_side(query: Query) -> Query | None:
    """哪样最多 -> 各多少; None where the first of several is not asked for so."""
    text, masked = (pattern_in("order", "which").sub(EACH, one, count=1) for one in (query.text, query.masked))
    plainly = replace(query, text=text, masked=masked, shape="lookup", direction="", top=0, of_items=False, each=True)
    return plainly if text != query.text else None


def _named(name: str, facts: Sequence[StoredFact]) -> Row:
    """What the report says of one of them, whatever its levels."""
    return Row(name, name, tuple(group[0] for group in groups([one for one in facts if one.fact.number is not None])))


def _account_of_all(query: Query) -> Account:
    """教育、社保、卫健: 社保 stands beside lines of the general budget, and is no insurance fund there."""
    known = items()
    own = {known[item.keys[0]].account for item in query.items if item.keys and item.keys[0] in known}
    return own.pop() if len(own) == 1 and all(item.keys for item in query.items) else ""
