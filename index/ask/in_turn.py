"""The parts of a question, one after the other as in a dialogue, where they are not all answered together.

出国安排多少，占三公总数百分之多少 -> 出国安排多少 | 占三公总数百分之多少
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from index.ask import wording
from index.ask.asks import Part, parts_of
from index.ask.beside import may_answer
from index.ask.query import Query
from index.ask.question import understand
from index.ask.search import Search
from index.ask.together import combined
from index.ask.told.figures import held
from index.ask.told.whole import only_apart
from index.ask.vocabulary import in_our_words
from index.ask.why import asks_why
from index.models import Answer

MOST_PARTS: Final = 4
_HOW_MUCH: Final = re.compile(r"，(?:是|有|各|分别|都)*(?:多少|几个?[亿万])(?:钱|元|亿|万|亿元|万元)?[呢啊？?]*$")
_PAUSE: Final = re.compile(r"[，,；;。？?！\s]")
_ASKS: Final = re.compile("多少|几|百分|哪|吗|没有|怎么|为什么|为啥|原因|[多少大高低]不|呢$")

Answered = Callable[[Search, str, Query | None], tuple[Query | None, Answer]]


def as_dialogue(
    search: Search, query: Query, answer: Answer, last: Query | None, answered: Answered
) -> tuple[Query, Answer] | None:
    """None if a part has no answer then either, tells nothing new, or another thing than what a later part asks for."""
    parts = _and_why(query.text) or parts_of(query.text)
    few = last is None and query.shape in ("lookup", "quote") and asked_in(answer) < len(parts)
    return _in_turn(search, parts, last, answered) if few or leaves_some(answer) else None


def each_clause(search: Search, question: str, last: Query, answered: Answered) -> tuple[Query, Answer] | None:
    """限额是多少 | 实际欠了多少，离上限还差多少: a follow-up of several clauses, each of which asks."""
    said = in_our_words(question) if _PAUSE.search(question.strip()) else ""
    text = _HOW_MUCH.sub("", said)
    parts = _and_why(text) or parts_of(text)
    if len(parts) == 1 and text != said:
        return _answered_once(search, text, last, answered)  # 最少的是哪里|，几个亿
    whole = understand(parts[0].text, search.atlas).regions if len(parts) > 1 else ()  # 上党区教育支出多少，同比呢
    apart = only_apart(parts[-1].text) and "完成" not in parts[0].text  # 26年是多少，差多少: from what was told
    each = all(_ASKS.search(part.text) for part in parts) and not (whole or apart)
    return _in_turn(search, parts, last, answered) if each else None


def _answered_once(search: Search, text: str, last: Query, answered: Answered) -> tuple[Query, Answer] | None:
    """The one clause that says what is asked; None if it has no answer."""
    query, answer = answered(search, text, last)
    return (query, answer) if query is not None and answer.status == "answered" else None


def _and_why(text: str) -> Sequence[Part]:
    """烟叶税收了多少，|为啥涨的: the figure, and the reason for it; () of any other question."""
    figure, pause, reason = text.rpartition("，")
    both = pause and asks_why(reason) and not asks_why(figure) and _ASKS.search(figure)
    return (*parts_of(figure), Part(reason)) if both else ()


def _in_turn(
    search: Search, parts: Sequence[Part], last: Query | None, answered: Answered
) -> tuple[Query, Answer] | None:
    if not 1 < len(parts) <= MOST_PARTS:
        return None
    told: list[Answer] = []
    given: set[tuple[str, str, str]] = set()
    for part in parts:
        now, own = answered(search, part.text, last)
        new = {(one.item, one.value, one.unit) for one in own.figures if one.asked} - given
        reason = not new and asks_why(part.text)
        if now is None or leaves_some(own) or not (new or reason):
            return None
        near = held(search, last) if told and last else []
        if near and new and not all(may_answer(near, now, one) for one in search.facts_of(own)):
            return None
        told, given, last = [*told, own], given | new, now
    return (replace(last, notes=()), combined(told)) if last else None


def asked_in(answer: Answer) -> int:
    """How many figures answer."""
    return sum(one.asked for one in answer.figures)


def leaves_some(answer: Answer) -> bool:
    """Whether something that was asked for has no figure."""
    return answer.status != "answered" or wording.NONE_OF_IT in answer.reply
