"""The largest and smallest of several: places of a table, items of an account.

    "长治各县区2023年一般公共预算收入增幅最高的是哪个县" -> 平顺县 14.67%, then the next ones

Only figures of one measure and one scope are ranked; the whole and its own level are no members.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from index.ask import derive, wording
from index.ask.absent import JOINTS
from index.ask.agree import groups
from index.ask.defaults import periods_for
from index.ask.figures import figure, grouped, shown
from index.ask.kin import keys_under
from index.ask.pick.found_for import found_for
from index.ask.query import Query
from index.ask.search import Search
from index.ask.select import by_scope
from index.ask.showing import AT_ODDS
from index.ask.vocabulary import has, measure_words, pattern_in, relation_pattern
from index.ask.wording import ACCOUNTS
from index.find.terms import exact_items
from index.lexicon import items
from index.models import Answer, Figure, Measure, Period, StoredFact

_BOTH = re.compile("最[多高大快].*最[少低小慢]|最[少低小慢].*最[多高大快]")
MOVED = "预算调整"
SHOWN = 5
TRIED = 6  # places in which the item is looked for
IN_ORDER = 15  # where the whole order is asked for: what a page of the chat holds
_STAGES: tuple[Measure, ...] = ("actual", "budget", "adjusted_budget", "amount")


def answer_rank(search: Search, query: Query) -> Answer | None:
    """The first of the places (or items) asked about; None if there are not two to compare."""
    if query.sign:
        query = replace(query, measures=("yoy_pct",))
    elif query.measures == ("share",) and has(query.text, "ask", "money"):
        query = replace(query, measures=())  # 占比最大的是哪一类，多少钱: the order is the same in money
    query, region = by_measure(query), query.regions[0]
    periods = query.periods or periods_for(search, query, region)[0]
    if not periods:
        return None
    told = _places(search, query, periods[0])
    if not told and not query.members:
        told = _items(search, query, region, periods[0])
    rows = [some[0] for some in told]
    if len(rows) < 2:
        return None
    compared = len(rows)
    if query.sign:
        rows = [one for one in rows if (one.fact.number or 0) * query.sign > 0]
        if not rows:
            return None
    rows.sort(key=lambda one: one.fact.number or Decimal(0), reverse=downwards(query))
    by_place = len({one.fact.region for one in rows}) > 1
    place, item = search.atlas.full_name(region), query.items[0].name if query.items else rows[0].fact.item
    head = wording.reading([place], periods[:1], [item if by_place else "各项"], query, rows[0].fact.account)
    remark = f"共比较 {compared} 个{'地区' if by_place else '科目'}"
    if query.sign:
        remark += f"，{'增长' if query.sign > 0 else '下降'}的 {len(rows)} 个"
    notes = (query.period_note,) if query.period_note else ()
    return listed(head, rows, query, remark, (*notes, *at_odds(told, rows[:IN_ORDER])))


def listed(head: str, rows: Sequence[StoredFact], query: Query, remark: str, notes: tuple[str, ...]) -> Answer:
    """The answer of a ranking; ``rows`` are in its order, all or at least the first of them."""
    by_place = len({one.fact.region for one in rows}) > 1
    names = [wording.place_of(one) if by_place else one.fact.item for one in rows]
    top = len(rows) if query.sign else query.top or 1
    first = "最高" if downwards(query) else "最低"
    lines = [head, *([] if query.sign else [f"{first}：{names[0]}  {shown(rows[0], query.unit)}"])]
    both = bool(_BOTH.search(query.text)) and not query.sign
    if both:
        lines.append(f"{'最低' if downwards(query) else '最高'}：{names[-1]}  {shown(rows[-1], query.unit)}")
    few = IN_ORDER if has(query.text, "shape", "order") or not query.direction else SHOWN
    shown_rows = rows[: top if query.top > 1 or query.sign else few]
    lines += [
        f"{n}. {name}  {shown(one, query.unit)}"
        for n, (name, one) in enumerate(zip(names, shown_rows, strict=False), 1)
    ]
    lines.append(remark)
    lines += wording.quote_lines(rows[:1])
    notes = (*notes, *wording.shoulds(shown_rows))
    summed = _sum(query, shown_rows, names) if query.top > 1 else None
    if summed:
        lines[1:2] = [f"合计 {grouped(summed.value)} {summed.unit}（推算，报告未直接给出）", summed.sentence]
    figures = tuple(figure(one, asked=n < top and not summed) for n, one in enumerate(shown_rows))
    if both:
        rest = [one for one in figures[1:] if one.fact_id != rows[-1].id]
        figures = (figures[0], figure(rows[-1], asked=True), *rest)
    figures = (summed, *figures) if summed else figures
    return Answer("answered", wording.fitted([*lines, *(f"※ {note}" for note in notes)]), figures, (), head, notes)


def _sum(query: Query, rows: Sequence[StoredFact], names: Sequence[str]) -> Figure | None:
    """前三项加起来: of amounts of one document."""
    money = all(one.fact.kind == "money" and one.fact.number is not None for one in rows)
    if not relation_pattern("sum").search(query.text) or not money or len({one.document for one in rows}) > 1:
        return None
    return derive.total(rows, names[: len(rows)], query.unit)


def by_measure(query: Query) -> Query:
    """增速排名: what is ranked is a word of a measure that the order has left over."""
    if query.measures and query.measures != ("rank",):
        return query
    told = {word: found for word in query.chunks for _, _, found in measure_words().find(word)}
    left = tuple(word for word in query.chunks if word not in told)
    named = tuple(dict.fromkeys(one for one in told.values() if one != "rank"))
    return replace(query, measures=named[:1], chunks=left)


def downwards(query: Query) -> bool:
    """Whether the largest comes first; the largest fall is the smallest growth."""
    down = query.direction != "lowest"
    moved = pattern_in("order", "moved").search(query.text)
    if moved and (moved["way"] or moved["turn"]) not in "加增":
        return False
    return not down if any(word in query.text for word in ("降幅", "下降最")) else down


def at_odds(told: Sequence[Sequence[StoredFact]], rows: Sequence[StoredFact]) -> tuple[str, ...]:
    """Of the places (items) shown those of whose figure the reports say two things."""
    shown_ids = {one.id for one in rows}
    by_place = len({some[0].fact.region for some in told}) > 1
    return tuple(
        AT_ODDS.format(label=wording.place_of(some[0]) if by_place else some[0].fact.item)
        for some in map(of_first_level, told)
        if some[0].id in shown_ids and len(groups(some)) > 1
    )


def of_first_level(facts: Sequence[StoredFact]) -> list[StoredFact]:
    """Those that say something of the same as the first: of its measure and level."""
    own = next(iter(facts), None)
    levels = by_scope(facts, "")
    there: Sequence[StoredFact] = next((level for level in levels if own in level), facts)
    return [one for one in there if own and one.fact.measure == own.fact.measure]


def _places(search: Search, query: Query, period: Period) -> list[list[StoredFact]]:
    """The figures of each place under the place asked (or each of several places asked), the one that counts first."""
    codes = query.regions if len(query.regions) > 1 else search.atlas.inside(query.regions[0])
    if not (query.members or len(query.regions) > 1):
        return []
    if query.counties and len(query.regions) == 1:
        codes = tuple(code for code in codes if search.atlas.regions[code].level != "zone")
    if query.among == "区" and not query.counties and len(query.regions) == 1:  # 各区, not 各县区
        districts = tuple(code for code in codes if search.atlas.regions[code].name.endswith("区"))
        codes = districts if len(districts) > 1 else codes
    return list(told_of_places(search, query, codes, period).values())


def told_of_places(search: Search, query: Query, codes: Sequence[str], period: Period) -> dict[str, list[StoredFact]]:
    """The figures of one line in each of several places, the one that counts first; those without are left out."""
    line = _line(search, query, codes, period) if len(codes) > 1 and query.items else None
    if line is None:
        return {}
    own = line.fact
    told = search.of_item_in(codes, period, [own.key]) if own.key else {
        code: search.of_names(code, period, [own.item]) for code in codes}  # fmt: skip
    each = ((code, of_place(search, line, code, told.get(code, []), query)) for code in codes)
    return {code: found for code, found in each if found}


def _line(search: Search, query: Query, codes: Sequence[str], period: Period) -> StoredFact | None:
    """The figure that a look-up of the item gives in the first of the places that has one: what is ranked."""
    alone = replace(query, shape="lookup", members=False, direction="", top=0, masked=" ")
    having = search.of_item_in(codes, period, query.items[0].keys)
    for code in sorted(codes, key=lambda code: code not in having)[:TRIED]:
        found = found_for(search, replace(alone, regions=(code,)), code, period).asked
        if found and found[0].fact.number is not None:
            return found[0]
    return None


def of_place(
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


def _items(search: Search, query: Query, region: str, period: Period) -> list[list[StoredFact]]:
    """The figures of each part of the item asked (增速最快的支出); none beside words that name some of them."""
    if any(f"{mark}{word}" in query.text for word in query.chunks for mark in JOINTS):
        return []
    parents = {key for item in query.items for key in item.keys} or _kind_of_items(query)
    if pattern_in("order", "moved").search(query.text):
        return _moved(search, region, period, parents)
    return items_under(search, query, region, period, parents) if parents else []


def _moved(search: Search, region: str, period: Period, parents: Iterable[str]) -> list[list[StoredFact]]:
    """By how much the budget of each item was moved, where a table says so (年初预算 | 调整数 | 调整后预算)."""
    known, under, rows = items(), set(parents), dict[str, list[StoredFact]]()
    for one in search.everything(region, period):
        own = known.get(one.fact.key)
        if own and own.parent in under and one.fact.item.endswith(f"（{MOVED}）") and one.fact.number is not None:
            rows.setdefault(one.fact.key, []).append(one)
    return list(rows.values())


def items_under(
    search: Search, query: Query, region: str, period: Period, parents: Iterable[str], with_one_of: Sequence[str] = ()
) -> list[list[StoredFact]]:
    """The figures of each item under some others, the one that counts first, all of one measure that has one of these,
    too: what was done, else planned.  Sums of a report's own (小税种) are none where the official items are told."""
    there = [
        one
        for one in search.some(region, period, [key for parent in parents for key in keys_under(parent)])
        if one.fact.number is not None and one.fact.scope in ((query.scope,) if query.scope else ("whole", ""))
    ]
    known = items()
    for measure in query.measures[:1] or _STAGES:
        rows: dict[str, list[StoredFact]] = {}
        for one in there:
            if one.fact.measure == measure:
                rows.setdefault(one.fact.key, []).append(one)
        rows = {key: some for key, some in rows.items() if known[key].code} or rows
        if len(rows) > 1 and (not with_one_of or not rows.keys().isdisjoint(with_one_of)):
            return list(rows.values())
    return []


def _kind_of_items(query: Query) -> set[str]:
    """支出最多的是哪一项: the items of this kind of the account, the general one if none is named."""
    said = query.text + "".join(query.content)  # 支出最高的2项 | 最低的呢
    for word, names in (
        ("支出", ("支出",)),
        ("税", ("税收收入",)),
        ("收入", ("收入",)),
        ("科目", ("支出",)),
        ("预算调整", ("支出",)),
    ):
        if word in said:
            account = ACCOUNTS[query.account or "general_public"]
            found = [one for name in names for one in exact_items(name if len(name) > 2 else f"{account}预算{name}")]
            found = found or [one for name in names for one in exact_items(f"{account}{name}")]
            return {one.key for one in found}
    return set()
