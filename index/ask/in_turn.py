"""The parts of a question, one after the other as in a dialogue, where they are not all answered together.

出国安排多少，占三公总数百分之多少 -> 出国安排多少 | 占三公总数百分之多少
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from index.ask import wording
from index.ask.asks import parts_of
from index.ask.beside import may_answer
from index.ask.query import Query
from index.ask.search import Search
from index.ask.together import combined
from index.ask.told.figures import held
from index.models import Answer

MOST_PARTS = 4


def as_dialogue(
    search: Search, query: Query, answer: Answer, last: Query | None,
    answered: Callable[[Search, str, Query | None], tuple[Query | None, Answer]],
) -> tuple[Query, Answer] | None:  # fmt: skip
    """None if a part has no answer then either, tells nothing new, or another thing than what a later part asks for."""
    parts = parts_of(query.text)
    few = last is None and query.shape == "lookup" and asked_in(answer) < len(parts)
    if not 1 < len(parts) <= MOST_PARTS or not (few or leaves_some(answer)):
        return None
    told: list[Answer] = []
    given: set[tuple[str, str, str]] = set()
    for part in parts:
        now, own = answered(search, part.text, last)
        new = {(one.item, one.value, one.unit) for one in own.figures if one.asked} - given
        if now is None or leaves_some(own) or not new:
            return None
        near = held(search, last) if told and last else []
        if near and not all(may_answer(near, now, one) for one in search.facts_of(own)):
            return None
        told, given, last = [*told, own], given | new, now
    return (replace(last, notes=()), combined(told)) if last else None


def asked_in(answer: Answer) -> int:
    """How many figures answer."""
    return sum(one.asked for one in answer.figures)


def leaves_some(answer: Answer) -> bool:
    """Whether something that was asked for has no figure."""
    return answer.status != "answered" or wording.NONE_OF_IT in answer.reply
