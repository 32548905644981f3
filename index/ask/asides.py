"""What stands in a question and is no slot of it: what is not meant, what the figure is for, where it was read.

|领导要看财政材料，|麻烦查下教育支出|不要调整后的|        |19年决算那份材料里|有2020年的计划吗
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.ask.kin import FLOWS
from index.ask.pick.cues import words_of
from index.ask.pick.wanted import says_only
from index.ask.pieces import pieces_of
from index.ask.query import Query
from index.ask.vocabulary import asking_pattern, soft_words, spoken, words
from index.find.ordinary import cut, is_noun
from index.find.periods import find_periods
from index.lexicon import cues

Span = tuple[int, int]
_BETWEEN = " 的"
LONG, SHORT = 3, 2

_DONE = "v"  # the tag of a verb


def negated(text: str) -> tuple[Span, ...]:
    """我只要市本级的，|不要全市那个|: what the asker does not mean; 是不是 asks."""
    apart = left_out(text)
    return tuple(span for span in _spans("negated", text) if all(span[1] <= a or b <= span[0] for a, b in apart))


def left_out(text: str) -> tuple[Span, ...]:
    """|剔除退税因素|增长多少, |如果不算前年那笔税，|实际涨了几个点: what growth is to be told without."""
    return _spans("basis", text)


def left_out_words(text: str) -> tuple[Span, ...]:
    """剔除|退税|因素增长多少: what is left out."""
    return tuple(match.span("what") for match in asking_pattern("aside", "basis").finditer(text))


def framed(text: str) -> tuple[Span, ...]:
    """|写材料用|, |领导要看文旅交通的材料|: what the figure is for, in a clause that asks for nothing."""
    return _spans("frame", text)


def papers_said(text: str, *, of_body: bool) -> tuple[Span, ...]:
    """The sources, and which paper ``of_body`` is meant, where an item of it is named: 2026年|单位预算|其他司法支出."""
    return (*sources(text), *(_spans("body_paper", text) if of_body else ()))


def sources(text: str) -> tuple[Span, ...]:
    """|19年决算那份材料里|: a paper that is named as a source, with a year of its own."""
    return _spans("paper", text)


def _spans(name: str, text: str) -> tuple[Span, ...]:
    return tuple(match.span() for match in asking_pattern("aside", name).finditer(text) if match[0])


def _may_name(word: str, asking: Sequence[str]) -> bool:
    """月球, 御道口牧场; 拿到手, 账上滚存 are ways of asking, and behind 娃娃|领到 comes what was done."""
    if cut(word)[-1][1] in _DONE:
        return False
    asks = says_only(word, soft_words()) or any(one in word for one in asking)
    return (len(word) >= LONG and not asks) or is_noun(word)


def said_whose(query: Query) -> tuple[str, ...]:
    """2023年|月球|税收收入, 月球|2023年|税收收入: whole words right before the item (or the year before that) say whose
    or which it is; without them the question is another one.
    """
    if not (query.items and query.chunks):
        return ()
    years = {match.end: match.start for match in find_periods(query.text, short_years=True)}
    ends = [len(query.text[: query.text.find(item.text)].rstrip(_BETWEEN)) for item in query.items]
    heads = [query.text[: years.get(end, end)].rstrip(_BETWEEN) for end in ends]
    before = [word for word in query.chunks if any(head.endswith(word) for head in heads)]
    levels, own = {*cues("scope", "whole"), *cues("scope", "own")}, words("filler", "no_place")  # 本区, 我国
    asking = words_of(query.masked) if before else []
    return tuple(
        word
        for word in sorted(set(before) - levels)
        if word[0] not in own
        and any(piece.hard and not piece.keys for piece in pieces_of((word,)))
        and _may_name(word, asking)
    )


def without_asking(query: Query) -> Query:
    """真正用掉的呢: words that only say how a figure is asked for name nothing; 后勤呢 names something."""
    asking = words_of(query.masked)
    if query.items or not query.chunks or not all(_only_asks(word, asking) for word in query.chunks):
        return query
    if any(flow in word for word in query.chunks for flow in FLOWS):
        return query
    return replace(query, chunks=(), content=())


def _only_asks(text: str, asking: Sequence[str]) -> bool:
    said = any(word in text or text in word for word in asking)
    for word in asking:
        text = "" if text in word else text.replace(word, "")
    return said and len([char for char in text if char not in spoken()]) < SHORT
