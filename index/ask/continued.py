"""A follow-up that goes on from the answer before it: the year it counts from, the stage it is set beside.

2023年支出 | 上一年呢 -> 2022        预算多少 | 和完成数差多少 -> "完成数呢，相差多少"
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from index.ask.about_index import not_understood
from index.ask.expressions import expressions
from index.ask.query import Asked, Query
from index.ask.question import understand
from index.ask.search import Search
from index.ask.side_words import stage_in
from index.ask.told_figures import answer_told, means_told, reckons
from index.ask.told_rows import picked
from index.ask.told_shares import answer_share_of_sum
from index.ask.vocabulary import gap_pattern, pattern_in, words
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
    """和预算差多少 -> 预算数呢，相差多少: a stage set beside what was said, which is no item of that name.

    换成市本级 -> 市本级: the slot that is replaced.
    """
    if last is not None:
        question = pattern_in("told", "instead").sub("", question) or question
    stage = stage_in(question) if last is not None and gap_pattern("apart").search(question) else ""
    if not stage or find_periods(question, short_years=True):
        return question
    read = understand(question, search.atlas)
    rest = "".join(read.chunks)
    alone = not (read.regions or read.account) and all(len(item.text) <= 2 for item in read.items) and len(rest) <= 4
    return f"{measures()[stage].name}呢，相差多少" if alone and stage else question


def of_told(
    search: Search,
    question: str,
    last: Query,
    ask: Callable[[str, Query | None], tuple[Query | None, Answer]],
    rerun: Callable[[Query], Answer],
) -> tuple[Query | None, Answer] | str:
    """What a follow-up says of the figures told before; for any other question the question, or the whole one that it
    stands for.  ``ask`` answers a follow-up, ``rerun`` a complete query again."""
    text = beside(search, question, last)
    for each in dict.fromkeys((text, question)):
        if told := _reckoned(search, each, last, ask):
            return told
    if told_share := answer_share_of_sum(search, question, last, ask, rerun):
        return last, told_share
    if room := _room(search, question, last):
        return room
    found = picked(search, question, last, rerun)
    alone = found is None and (_of_another(search, question, text) or means_told(search, question, last))
    if found == "" or alone:
        return None, not_understood()  # 第三个呢, 三个加起来, of two
    return found or question


def _room(search: Search, question: str, last: Query) -> str:
    """政府债务余额 | 还有多少空间 -> 政府债务限额和政府债务余额差多少; "" for any other question."""
    name = last.items[0].name if len(last.items) == len(last.regions) == 1 else ""
    debt = name.removesuffix("余额").removesuffix("限额")
    if not debt.endswith("债务") or not pattern_in("told", "left").search(question) or not reckons(search, question):
        return ""
    years = last.periods[:1] or ((Period.year(last.told),) if last.told else ())
    when = "".join(period_name(year) for year in years)
    return f"{_head(search, last)}{when}{debt}限额和{debt}余额差多少"


def _of_another(search: Search, question: str, text: str) -> bool:
    """税收收入 | 比非税高几个百分点: of what is named beside, not how that has changed."""
    own = understand(text.partition("呢，相差")[0], search.atlas) if "呢，相差" in text and text != question else None
    return own is not None and bool(own.items or own.regions)


def _reckoned(
    search: Search, question: str, last: Query, ask: Callable[[str, Query | None], tuple[Query | None, Answer]]
) -> tuple[Query | None, Answer] | None:
    """那差多少, of what was told before; 26年是多少，差多少: the figure asked for, and how far it is from that."""
    before, pause, after = question.rpartition("，")
    if pause and (reckons(search, after) and not reckons(search, before)):
        query, answer = ask(before, last)
        if query is None or answer.status != "answered":
            return None
        told_before = last if last.figures or last.earlier is None else last.earlier  # what was refused told nothing
        told = answer_told(search, after, query, told_before)
        return (replace(query, reckoned=after, earlier=replace(told_before, earlier=None)), told) if told else None
    told = answer_told(search, question, last, last.earlier)
    return (replace(last, reckoned=question), told) if told else None


def beside(search: Search, question: str, last: Query) -> str:
    """比卫生健康多多少 -> 卫生健康呢，相差多少; 占全市多少 -> 全市呢，占多少: set beside what was told."""
    bare = question.strip(" ，。？?！!")
    if found := pattern_in("told", "than").fullmatch(bare):
        own = understand(found["what"], search.atlas)
        named = own.items or own.regions or own.chunks or own.scope
        points = pattern_in("told", "points").search(bare)
        if named and not own.periods and not own.compared and not stage_in(found["what"]):
            return f"{found['what']}呢，相差{'几个百分点' if points else '多少'}"
    if (found := pattern_in("told", "of_whole").fullmatch(bare)) and len(last.regions) == 1:
        region = search.atlas.regions[last.regions[0]]
        inside = region.level in ("county", "zone") and region.parent in search.atlas.regions
        return f"{search.atlas.full_name(region.parent) if inside else ''}{found['what']}呢，占多少"
    return question


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
