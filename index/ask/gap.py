"""A question for a difference -> its two sides, each a look-up of its own, and which of them should be the larger.

    "26年公共预算收入要比25年完成数多收多少亿" -> budget of 2026, actual of 2025, more
    "专项债务余额离限额还有多大空间" -> limit, outstanding      "社保基金收入比支出多多少" -> revenue, expenditure

Each year has the measure of the words beside it; without one, a year that is only planned has its budget and a past
year its actual.  Nothing is looked up here; the patterns are in ``questions.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final, Literal

from index.ask.asks import parts_of
from index.ask.defaults import of_the_budget
from index.ask.gap_sides import Sides, read_sides, stage_in
from index.ask.pieces import pieces_of
from index.ask.query import Asked, Query
from index.ask.question import understand
from index.ask.reckoned import PLANS, STOCKS
from index.ask.search import Search
from index.ask.sides import Direction, Expression
from index.ask.vocabulary import account_names, gap_pattern
from index.find.periods import find_periods
from index.find.terms import exact_items
from index.lexicon import items, toml
from index.models import Measure, Period

Span = tuple[int, int]

_RATIOS: Final[tuple[Measure, ...]] = ("yoy_pct", "completion", "share", "rank", "rate", "count")
_SHAPES: Final = ("lookup", "compare", "quote")
_ASKING: Final = ("减", "扣", "大于", "小于", "多于", "少于", "超过", "超出", "低于")  # between two flows they ask
_HIDDEN: Final = "\x02"  # stands for a character of an item's name, where 预算 is no word of a stage
_CUT: Final = "\x01"


def read_gap(search: Search, query: Query) -> Expression | None:
    """The difference asked for; None if the question asks for something else."""
    text = query.text
    if query.shape not in _SHAPES or set(query.measures) & set(_RATIOS) or query.kind not in ("", "money"):
        return None
    if gap_pattern("never").search(text) or query.each or len(parts_of(text)) > 1:
        return None
    if len(query.regions) == 1:
        return _room(search, query) or _flows(search, query) or _of_items(search, query) or _of_years(search, query)
    return _of_places(search, query)


def bare(search: Search, query: Query) -> Query:
    """A follow-up that only asks for a difference (26年预算比25年完成数多多少): its words name no item of their own."""
    if query.items or query.account:
        return query
    if gap_pattern("room").search(query.text):
        left = _without_room(query.text)
    else:
        sides = read_sides(query.text, 0, 0)
        if sides is None:
            return query
        left = _left(query.text, sides.masked)
    own = understand(left, search.atlas)
    return query if own.items or own.chunks else replace(query, chunks=(), content=())


# ---------------------------------------------------------------------------------------------- two items


def _content(chunks: Sequence[str]) -> bool:
    """Words that say something: 待分配, but not 帮算算, 核定的."""
    chatter = re.compile(toml("asking.toml")["relation"]["chatter"])
    return any(piece.hard and not chatter.search(piece.text) for piece in pieces_of(chunks))


def _room(search: Search, query: Query) -> Expression | None:
    """The limit of the debt less what is owed."""
    named = "".join(item.name for item in query.items)
    limited = "限额" in query.text and "余额" in query.text
    if not (limited or "债" in query.text + named) or not gap_pattern("room").search(query.text):
        return None
    text = query.text.replace("一般公共", "") + named
    kind = "专项" if "专项" in text else "一般" if "一般" in text else "政府"
    limit, owed = _item(f"{kind}债务限额"), _item(f"{kind}债务余额")
    if limit is None or owed is None:
        return None
    own = understand(_without_room(query.text), search.atlas, query.regions)
    if (
        own.items or _content(own.chunks) or re.search(toml("asking.toml")["relation"]["no_room"], query.text)
    ):  # 限额里还有多少|待分配: another thing
        return None
    base = replace(plain_lookup(query, own), chunks=(), runs=())
    first = replace(base, items=(limit,), content=(limit.text,), measures=("limit",))
    return Expression("gap", (first, replace(base, items=(owed,), content=(owed.text,), measures=("outstanding",))))


def _without_room(text: str) -> str:
    for name in ("room", "ask", "room_words"):
        text = gap_pattern(name).sub("，", text)
    return text


def _flows(search: Search, query: Query) -> Expression | None:
    """Revenue less expenditure of one account or fund."""
    text = query.text
    stage = "(?:" + "|".join(gap_pattern(name).pattern for name in ("adjusted", "budget", "actual")) + "|数|总计|合计)?"
    own_words = "(?:其|它的?|当年|本年|同期|" + "|".join(account_names(query.account)) + ")?"
    pair = gap_pattern("flow_pair", stage=stage, own=own_words).search(text)
    bare = gap_pattern("flows").search(text)
    asks = gap_pattern("ask").search(text) or gap_pattern("apart").search(text) or gap_pattern("surplus").search(text)
    itself = pair is not None and any(word in pair[0] for word in _ASKING)  # 收入减支出是多少
    if not bare and not (pair and (asks or itself) and pair[1] != pair[2]):
        return None
    at = pair or bare
    if at is None or gap_pattern("room").search(text):
        return None
    cut = [at.span(), *(found.span() for found in gap_pattern("ask").finditer(text))]
    cut += [found.span() for name in ("apart", "surplus", "much") for found in gap_pattern(name).finditer(text)]
    cut += [(found.start, found.end) for found in find_periods(text, short_years=True)]
    masked = _cut(without_names(query, text), cut)
    measure = stage_in(masked) or stage_in(at[0])
    topic = _left(text, _without_stages(masked)).strip("，,。？? ")
    first_flow = pair[1] if pair else "支出" if "入不敷出" in text else "收入"
    sides = []
    for flow in (first_flow, "支出" if first_flow == "收入" else "收入"):
        own = of_the_budget(understand(topic.removesuffix("的") + flow, search.atlas, query.regions))
        if len(own.items) != 1:
            return None
        sides.append(staged(search, plain_lookup(query, own), measure))
    if sides[0].items[0].keys == sides[1].items[0].keys:
        return None  # a fund without items for its revenue and expenditure
    direction = _direction(text) if pair else ""
    return Expression("gap", (sides[0], sides[1]), direction)


def _of_items(search: Search, query: Query) -> Expression | None:
    """教育支出比农林水支出多多少: two items of one place and year."""
    pair = _set_against(query)
    if len(pair) != 2 or len(query.periods) > 1 or query.compared:
        return None
    one, other = pair
    start, end = query.text.find(one.text), query.text.rfind(other.text)
    between = query.text[start + len(one.text) : end] if 0 <= start < end else ""
    asks = gap_pattern("ask").search(query.text)
    compares = "比" in between or "较" in between
    if not (compares and asks) and not gap_pattern("apart").search(query.text):
        return None
    measure = stage_in(without_names(query, query.text))
    base = replace(plain_lookup(query, query), chunks=(), joint=False)
    first, second = (
        staged(search, replace(base, items=(item,), content=(item.text,), runs=(item.text,), text=item.text), measure)
        for item in pair
    )
    return Expression("gap", (first, second), _direction(query.text))


def _set_against(query: Query) -> Sequence[Asked]:
    """转贷的地方债，|再融资债券|比|新增债券|多多少: of several items the two beside 比, where the others stand in a
    clause before."""
    before, set_against, behind = query.text.partition("比")
    clause = before.rpartition("，")[2]
    if len(query.items) < 3 or not set_against:
        return query.items
    near = [item for item in query.items if item.text in clause], [item for item in query.items if item.text in behind]
    return (near[0][0], near[1][0]) if len(near[0]) == len(near[1]) == 1 else query.items


# ---------------------------------------------------------------------------------------------- two places


def _of_places(search: Search, query: Query) -> Expression | None:
    """A县比B县多多少; a city named beside its counties only says where they are.  A和B相差多少 lists both (between)."""
    regions = search.atlas.regions
    around = {regions[code].parent for code in query.regions if code in regions}
    inner = tuple(code for code in query.regions if code not in around)
    asks = gap_pattern("ask").search(query.text) if "比" in query.text or "较" in query.text else None
    asks = asks or (gap_pattern("apart").search(query.text) if len(query.items) > 1 else None)
    if len(inner) != 2 or len(query.periods) > 1 or query.compared or not asks:
        return None
    hidden = without_names(query, query.text)
    cut = [found.span() for name in ("ask", "apart") for found in gap_pattern(name).finditer(hidden)]
    topic = _left(query.text, _without_stages(_cut(hidden, cut)))
    own = of_the_budget(understand(topic, search.atlas, query.regions))
    if not own.items:
        return None
    base = replace(plain_lookup(query, own), joint=len(own.items) > 1)  # 税收返还和转移支付: one figure of both
    measure = stage_in(hidden)
    first, second = (staged(search, replace(base, regions=(code,)), measure) for code in inner)
    return Expression("gap", (first, second), _direction(query.text))


# ---------------------------------------------------------------------------------------------- two years, two stages


def _of_years(search: Search, query: Query) -> Expression | None:
    """Two years of one item, or what was done and what was planned of one year."""
    if len(query.items) > 1 and not query.joint:
        return None
    text, region = query.text, query.regions[0]
    newest = search.atlas.newest.get(region, 0)
    told = search.atlas.executed.get(region, 0)
    sides = read_sides(without_names(query, text), newest, told)
    if sides is None:
        return None
    own = of_the_budget(understand(_left(text, sides.masked), search.atlas, query.regions))
    if len(own.items) > 1 and not own.joint:
        return None
    base = replace(plain_lookup(query, own), period_note="")  # the answer names both years
    stated = query.periods[0].last_year if len(query.periods) == 1 else told
    first_year = sides.first_year or stated
    second_year = sides.second_year or first_year
    if not first_year or not second_year:
        return None
    if first_year == second_year:
        return _of_stages(base, sides, first_year)
    if sides.months:
        return None
    first = staged(search, replace(base, periods=(Period.year(first_year),)), sides.first_stage)
    second = staged(search, replace(base, periods=(Period.year(second_year),)), sides.second_stage)
    named = bool(sides.first_stage or sides.second_stage) or sides.apart
    return Expression("gap", (first, second), _direction(text), named)


def _of_stages(base: Query, sides: Sides, year: int) -> Expression | None:
    """实际比预算多收多少; what is compared with a budget is what was done."""
    first: Measure | Literal[""] = sides.first_stage
    if not first and sides.second_stage in PLANS:
        first = "actual"
    if not first or not sides.second_stage or first == sides.second_stage or _of_stock(base):
        return None
    period = (Period.year(year),)
    one, other = (
        replace(base, periods=period, measures=(measure,), stage="executed" if measure == "actual" else "plan")
        for measure in (first, sides.second_stage)
    )
    return Expression("gap", (one, other), sides.direction)


# ---------------------------------------------------------------------------------------------- the words


def staged(search: Search, query: Query, measure: Measure | Literal[""]) -> Query:
    """The look-up of one side: its measure as named, else budget of a year to come and actual of one told of."""
    if _of_stock(query):
        return query
    told = search.atlas.executed.get(query.regions[0], 0)
    if not measure and query.periods and query.periods[0].last_year > told > 0:
        measure = "budget"
    measure = measure or "actual"
    return replace(query, measures=(measure,), stage="executed" if measure == "actual" else "plan")


def _of_stock(query: Query) -> bool:
    known = items()
    return any(known[key].measure in STOCKS for item in query.items for key in item.keys if key in known)


def plain_lookup(query: Query, own: Query) -> Query:
    """A simple look-up of what ``own`` names, in the place, level and year of the question."""
    kept = own if own.items or own.chunks else query
    return replace(
        query, shape="lookup", text=own.text if kept is own else "", items=kept.items, chunks=kept.chunks,
        content=kept.content, runs=kept.runs, joint=kept.joint, account=own.account or query.account, measures=(),
        stage="", kind="money", compared=(), each=False, members=False, direction="", before=(), must=(),
        inside=own.inside if kept is own else (), of_debt=own.of_debt,
        notes=query.notes,
    )  # fmt: skip


def _item(name: str) -> Asked | None:
    found = exact_items(name)
    return Asked(found[0].name, tuple(one.key for one in found), found[0].name) if found else None


def _direction(text: str) -> Direction:
    """Whether the first side was thought to be the larger."""
    found = list(gap_pattern("ask").finditer(text))
    if not found:
        return ""
    if found[-1][1][0] in gap_pattern("more").pattern:
        return "more"
    return "less" if found[-1][1][0] in gap_pattern("less").pattern else ""


def without_names(query: Query, text: str) -> str:
    """The text with names of items and accounts blanked out: their 预算 says nothing of a stage."""
    accounts = account_names(query.account) if query.account else []
    names = {*(item.text for item in query.items), *accounts}
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, _HIDDEN * len(name))
    return text


def _cut(text: str, spans: list[Span]) -> str:
    chars = list(text)
    for start, end in spans:
        chars[start:end] = _CUT * (end - start)
    return "".join(chars)


def _without_stages(masked: str) -> str:
    for name in ("adjusted", "budget", "actual"):
        masked = gap_pattern(name).sub(lambda found: _CUT * len(found[0]), masked)
    return masked


def _left(text: str, masked: str) -> str:
    """What was not cut out."""
    return "".join(char for char, mark in zip(text, masked, strict=True) if mark != _CUT)
