"""A follow-up that goes on from the answer before it: the year it counts from, the stage it is set beside.

2023年支出 | 上一年呢 -> 2022        预算多少 | 和完成数差多少 -> "完成数呢，相差多少"
"""

from __future__ import annotations

from index.ask.expressions import expressions
from index.ask.query import Asked, Query
from index.ask.question import understand
from index.ask.search import Search
from index.ask.side_words import stage_in
from index.ask.vocabulary import gap_pattern, words
from index.ask.wording import period_name
from index.find.periods import find_periods
from index.lexicon import measures
from index.models import Answer, Period


def year_before(last: Query | None) -> int:
    """The year that 上一年 counts from in a follow-up; 0 if the answer before was of no single year."""
    if last is None:
        return 0
    if not last.periods:
        return last.told
    newest = last.periods[0]
    return newest.first_year if newest.first_year == newest.last_year else 0


def counts_from_today(last: Query) -> bool:
    """Whether the year of the question before was said as 去年 or 今年."""
    said = any(f"“{word}" in last.period_note for word in words("relative", "calendar"))
    return said and "接着" not in last.period_note


def year_told(query: Query, answer: Answer) -> int:
    """The year of the figures that an answer gave; 0 if they are of none, or of several."""
    years = {one.period[:4] for one in answer.figures if one.asked}
    return int(next(iter(years))) if len(years) == 1 and all(year.isdigit() for year in years) else query.told


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
    if len(query.regions) != 1 or not query.items or any(expressions(query.text, ("share",))):
        return None
    part, whole = query.items[0], query.items[1] if len(query.items) == 2 else last.items[1]
    if part.keys == whole.keys or len(_years(query)) != 1:
        return None
    when = period_name(_years(query)[0])
    return f"{_head(search, query)}{when}{part.name}占{whole.name}的比重", (part, whole)


def _years(query: Query) -> tuple[Period, ...]:
    return query.periods or ((Period.year(query.told),) if query.told else ())


def _head(search: Search, query: Query) -> str:
    return search.atlas.full_name(query.regions[0]) + query.scope_words
