"""The figure that is asked for beside a reason, in any order: 收入多少，为什么下降; 降幅和原因; 减少原因及金额.

樟树2025年卖地收入降幅多大，什么原因 -> the question for the figure alone: 樟树2025年卖地收入降幅多大
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Final

from index.ask import wording
from index.ask.answers import quoted_answer
from index.ask.of_body import of_the_body
from index.ask.plan import answer_lookup
from index.ask.query import Query
from index.ask.question import understand
from index.ask.search import Search
from index.ask.vocabulary import pattern_of, words_of
from index.ask.why import asks_why
from index.models import Answer, Measure, StoredFact

_ASKED: Final = re.compile(
    r"(?:多少|多大|几个?亿|几个?点|百分之几|几成|几倍)(?:个?亿|万)?(?:元|钱|个?点|个百分点)?(?:了|呢|呀|啊)?(?:是|又)?$"
)
_CLAUSE: Final = re.compile(r"[，。？；、！+/&：\s]+")
_EDGE: Final = "和及与跟、的 "
_CHANGES: Final[tuple[Measure, ...]] = ("yoy_amount", "yoy_pct")


def asks_figure_too(query: Query) -> bool:
    """Is a figure asked for beside the reason?"""
    pieces = _pieces(query.text)
    if any(_ASKED.search(piece) for piece in pieces):
        return True
    before, behind, alone = _named()
    if any(alone.search(clause) and not asks_why(clause) for clause in _CLAUSE.split(query.text)):
        return True
    return any(map(before.search, pieces[:-1])) or any(map(behind.search, pieces[1:]))


def figure_question(query: Query) -> str:
    """The part of the question that asks for the figure: 收入多少，为什么下降 -> 收入多少."""
    clauses = [clause for clause in _CLAUSE.split(query.text) if clause]
    bare = [clause for clause in clauses if not asks_why(clause)]
    if any(item.text in clause for item in query.items for clause in bare):
        return "，".join(bare)
    return "，".join(piece.strip(_EDGE) for piece in _pieces(query.text) if piece.strip(_EDGE))


def figure_asked(search: Search, query: Query) -> Answer:
    """What the part of the question that asks for a figure is answered with."""
    asked = replace(_understood(search, query), shape="lookup", scope=query.scope)
    return answer_lookup(search, asked)


def figure_explained(search: Search, query: Query, facts: Sequence[StoredFact]) -> Answer | None:
    """The figure among those that the reason is told of: 比上年增加多少，为什么 of a paper with several totals."""
    asked = _understood(search, query)
    wanted = asked.measures or (_CHANGES if _changed(query) else ())
    for measure in wanted:
        told = [one for one in facts if one.fact.measure == measure]
        if told:
            one = told[-1]
            answer = quoted_answer(one.fact.item, [wording.value_line(one, asked)], (), [one])
            return replace(answer, figures=tuple(replace(figure, asked=True) for figure in answer.figures))
    return None


def _changed(query: Query) -> bool:
    return any(pattern_of("why", name).search(query.text) for name in ("up_pattern", "down_pattern"))


def _understood(search: Search, query: Query) -> Query:
    asked = understand(figure_question(query), search.atlas, query.regions)
    here = replace(
        asked, regions=query.regions, choices=(), unknown="", periods=asked.periods or query.periods,
        documents=query.documents, scope=query.scope,
    )  # fmt: skip
    if not here.items:
        here = replace(here, items=query.items, chunks=(), content=tuple(item.text for item in query.items))
    return of_the_body(here)


def _pieces(text: str) -> list[str]:
    """The question cut at its clauses and at the words that ask why."""
    asks = "|".join(map(re.escape, words_of("why", "ask")))
    why = re.compile(f"{asks}|{pattern_of('why', 'ask_pattern').pattern}")
    return [piece for clause in _CLAUSE.split(text) for piece in why.split(clause)]


@cache
def _named() -> tuple[re.Pattern[str], ...]:
    """降幅和| 原因, 原因 |及金额, 契税降幅、|原因."""
    name, join = (pattern_of("why", key).pattern for key in ("figure_pattern", "joint_pattern"))
    before = re.compile(f"(?:{name})(?:{join})[^，。？]{{0,8}}$")
    return before, re.compile(f"^(?:{join})(?:具体|变动|变化)?(?:的)?(?:{name})"), re.compile(f"(?:{name})$")
