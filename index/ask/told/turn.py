"""A follow-up on what was told: reckoned from the figures, or from rows of the list, or the whole question it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from index.ask.about_index import not_understood
from index.ask.averages import averaged
from index.ask.operations import asked_for
from index.ask.query import Query
from index.ask.question import understand
from index.ask.search import Search
from index.ask.told.demand import demand_of
from index.ask.told.figures import held
from index.ask.told.reckon import answer_told, means_told
from index.ask.told.rows import picked
from index.ask.told.shares import answer_share_of_sum
from index.ask.told.whole import beside, room
from index.ask.why import asks_why
from index.ask.wording import place_of, reading
from index.models import Answer

Ask = Callable[[str, Query | None], tuple[Query | None, Answer]]


def of_told(
    search: Search, question: str, last: Query, ask: Ask, rerun: Callable[[Query], Answer]
) -> tuple[Query | None, Answer] | str:
    """What a follow-up says of the figures told before; for any other question the question, or the whole one that it
    stands for.  ``ask`` answers a follow-up, ``rerun`` a complete query again."""
    if asks_why(question):  # 为什么会有差额: the reason, and not the difference once more
        return question
    demand, (text, of_another) = demand_of(search, question), beside(search, question, last)
    for each in dict.fromkeys((text, question)):
        if told := _reckoned(search, each, last, ask):
            return told
    if average := _averaged(search, question, last):
        return last, average
    if told_share := answer_share_of_sum(search, question, last, ask, rerun):
        return last, told_share
    if whole := room(search, demand, last):
        return whole
    found = picked(search, demand, last, rerun)
    if found == "" or (found is None and (of_another or means_told(search, question, last))):
        return None, not_understood()  # 第三个呢, 三个加起来, of two
    return found or question


def _averaged(search: Search, question: str, last: Query) -> Answer | None:
    """补贴标准每年多少 | 折合每个月多少: of the figure just told, and of no other."""
    own, told = understand(question, search.atlas), held(search, last)
    operation = asked_for(own)
    named = own.items or own.regions or own.periods or own.chunks or own.scope or own.measures
    if operation is None or not operation.averaged or named or not told:
        return None
    one = told[0]
    head = reading([place_of(one)], [one.fact.period], [one.fact.item], last)
    return averaged(search, own, told, head)


def _reckoned(search: Search, question: str, last: Query, ask: Ask) -> tuple[Query | None, Answer] | None:
    """那差多少, of what was told before; 26年是多少，差多少: the figure asked for, and how far it is from that."""
    before, pause, after = question.rpartition("，")
    if pause and demand_of(search, after).operation and not demand_of(search, before).operation:
        query, answer = ask(before, last)
        if query is None or answer.status != "answered":
            return None
        told_before = last if last.figures or last.earlier is None else last.earlier  # what was refused told nothing
        told = answer_told(search, after, query, told_before)
        return (replace(query, reckoned=after, earlier=replace(told_before, earlier=None)), told) if told else None
    told = answer_told(search, question, last, last.earlier)
    return (replace(last, reckoned=question), told) if told else None
