"""A follow-up that counts from the answer before it: the year it is about, and the difference to it.

    2023年支出 | 上一年呢 -> 2022        2023年支出 | 24年是多少，差多少 -> "2024年…和2023年…相差多少"

What a follow-up replaces is told by the slots of both questions, so that 差多少 knows what is set beside what.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from index.ask.gap_sides import stage_in
from index.ask.query import Asked, Query
from index.ask.question import understand
from index.ask.search import Search
from index.ask.vocabulary import gap_pattern, relation_pattern
from index.ask.wording import period_name
from index.find.periods import find_periods
from index.lexicon import items, measures
from index.models import Answer, Measure, Period

_MONEY: tuple[Measure, ...] = ("actual", "budget", "adjusted_budget", "limit", "outstanding", "balance", "amount")
_AGAINST = re.compile(r"[比较]|[与和跟同][^，。]{0,3}(?:上年|去年)")


def year_before(last: Query | None) -> int:
    """The year that 上一年 counts from in a follow-up; 0 if the answer before was of no single year."""
    if last is None:
        return 0
    if not last.periods:
        return last.told
    newest = last.periods[0]
    return newest.first_year if newest.first_year == newest.last_year else 0


def year_told(query: Query, answer: Answer) -> int:
    """The year of the figures that an answer gave; 0 if they are of none, or of several."""
    years = {one.period[:4] for one in answer.figures if one.asked}
    return int(next(iter(years))) if len(years) == 1 and all(year.isdigit() for year in years) else query.told


def set_beside(search: Search, query: Query, last: Query | None) -> list[str]:
    """The whole questions of a follow-up that asks how far it is from what was said before, the likeliest first.

    ``query`` is the follow-up with its slots filled.
    """
    found = gap_pattern("apart").search(query.text)
    if last is None or found is None or query.compared or len(query.regions) != 1 or _AGAINST.search(query.text):
        return []
    if any(match.compared for match in find_periods(query.text, short_years=True)):
        return []
    befores = [one for one in (last, last.earlier) if one is not None]
    changed = [(before, _changed(query, before)) for before in befores]
    return [_WORDED[slots[0]](search, query, before) for before, slots in changed if len(slots) == 1]


def in_full(search: Search, question: str, last: Query | None) -> str:
    """和预算差多少 -> 预算数呢，相差多少: a stage set beside what was said, which is no item of that name."""
    stage = stage_in(question) if last is not None and gap_pattern("apart").search(question) else ""
    if not stage or find_periods(question, short_years=True):
        return question
    read = understand(question, search.atlas)
    rest = "".join(read.chunks)
    alone = not (read.regions or read.account) and all(len(item.text) <= 2 for item in read.items) and len(rest) <= 4
    return f"{measures()[stage].name}呢，相差多少" if alone and stage else question


def only_apart(question: str) -> bool:
    """差多少 by itself: it says nothing of what is meant."""
    found = gap_pattern("apart").search(question)
    left = question[: found.start()] + question[found.end() :] if found else question
    return found is not None and not left.strip(" ，。？?！呢吗啊的那它们两者个这多少是").strip()


def share_again(search: Search, query: Query, last: Query | None) -> tuple[str, tuple[Asked, Asked]] | None:
    """The whole question of a follow-up that asks for another share in the same whole, or for the same share elsewhere.

    教育支出占一般公共预算支出的比重 | 国防呢 -> 国防支出占一般公共预算支出的比重
    """
    if last is None or "share" not in query.measures or "share" not in last.measures or len(last.items) != 2:
        return None
    if len(query.regions) != 1 or not query.items or relation_pattern("share").search(query.text):
        return None
    part, whole = query.items[0], query.items[1] if len(query.items) == 2 else last.items[1]
    if part.keys == whole.keys or len(_years(query)) != 1:
        return None
    when = period_name(_years(query)[0])
    return f"{_head(search, query)}{when}{part.name}占{whole.name}的比重", (part, whole)


def _years(query: Query) -> tuple[Period, ...]:
    return query.periods or ((Period.year(query.told),) if query.told else ())


def _changed(now: Query, before: Query) -> list[str]:
    """The slots that a follow-up has replaced; none if one of both has several values there."""
    slots = {
        "region": (now.regions, before.regions),
        "period": (_years(now), _years(before)),
        "item": (tuple(one.keys for one in now.items), tuple(one.keys for one in before.items)),
        "measure": (_told_apart(now) or ("",), _told_apart(before) or ("",)),
    }
    if any(len(value) != 1 for pair in slots.values() for value in pair):
        return []
    if not set(now.measures + before.measures) <= set(_MONEY) or now.scope != before.scope:
        return []
    changed = [name for name, (one, other) in slots.items() if one != other]
    open_stage = "" in (*slots["measure"][0], *slots["measure"][1])
    return ["period"] if changed == ["period", "measure"] and open_stage else changed  # 2026年安排多少，差多少


def _told_apart(query: Query) -> tuple[Measure, ...]:
    """The measures asked for, but for those that the item is by itself: 政府债务限额 · 限额."""
    known = items()
    own = {known[key].measure for item in query.items for key in item.keys if key in known}
    return tuple(one for one in query.measures if one not in own)


def _stage(query: Query) -> str:
    return measures()[told[0]].name if (told := _told_apart(query)) else ""


def _head(search: Search, query: Query) -> str:
    return search.atlas.full_name(query.regions[0]) + query.scope_words


def _by_period(search: Search, now: Query, before: Query) -> str:
    one, other = (period_name(_years(query)[0]) + now.items[0].name + _stage(query) for query in (now, before))
    return f"{_head(search, now)}{one}和{other}相差多少"


def _by_item(search: Search, now: Query, before: Query) -> str:
    when, stage = period_name(_years(now)[0]), _stage(now)
    return f"{_head(search, now)}{when}{now.items[0].name}{stage}和{before.items[0].name}{stage}相差多少"


def _by_place(search: Search, now: Query, before: Query) -> str:
    where = "和".join(search.atlas.full_name(query.regions[0]) for query in (now, before))
    return f"{where}{period_name(_years(now)[0])}{now.scope_words}{now.items[0].name}{_stage(now)}相差多少"


def _by_stage(search: Search, now: Query, before: Query) -> str:
    one, other = (_stage(query) or measures()["actual"].name for query in (now, before))
    return f"{_head(search, now)}{period_name(_years(now)[0])}{now.items[0].name}{one}和{other}相差多少"


_WORDED: dict[str, Callable[[Search, Query, Query], str]] = {
    "period": _by_period, "item": _by_item, "region": _by_place, "measure": _by_stage,
}  # fmt: skip
