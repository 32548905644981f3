"""Ranks that do not follow: a column of ranks beside the figures that it ranks, one rank told in two ways.

甲县 12.5% 第1 … 乙县 9.8% 第3 … 丙县 9.1% 第2        the figures of all other rows are in their order
增速居全省第4位 … 增速排全省第5位                     one thing, one year
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import Final

from index.check.models import Finding
from index.check.paper import Paper
from index.facts.printed import value
from index.lexicon import toml
from index.models import Fact
from index.text.normal import plain

_FEWEST: Final = 6  # rows that prove what is ranked
_MOST_OFF: Final = 2
_BEFORE: Final = 24  # characters before a rank that say what is ranked
_COLUMNS: Final = 12


def of_ranks(paper: Paper) -> Iterator[Finding]:
    """All findings of this kind."""
    yield from _twice(paper)
    rows = [sentence for sentence in paper.parsed.sentences if sentence.kind == "row"]
    for _, some in groupby(rows, key=lambda row: (row.section, row.header)):
        table = [_cells(paper, row.index, row.text) for row in some]
        columns = sorted({at for row in table for at in row})[:_COLUMNS]
        for at in columns:
            if any(at in row and row[at].kind == "rank" for row in table):
                yield from _ranked(paper, table, at, columns)


def _cells(paper: Paper, index: int, text: str) -> dict[int, Fact]:
    return {text.count("\t", 0, fact.start): fact for fact in paper.by_sentence.get(index, [])}


def _ranked(paper: Paper, table: Sequence[dict[int, Fact]], at: int, columns: Sequence[int]) -> Iterator[Finding]:
    """The column left of the ranks that nearly all of them follow, and the rows that do not."""
    for column in sorted((one for one in columns if one < at), reverse=True):
        pairs = [
            (row[column], row[at])
            for row in table
            if column in row and at in row and row[column].kind != "rank" and row[at].kind == "rank"
        ]
        if len(pairs) < _FEWEST:
            continue
        off = _out_of_order(pairs)
        if off is None:
            continue
        for figure, rank in off:
            order = 1 + sum(value(other) > value(figure) for other, _ in pairs)
            total = f"{figure.value}{figure.unit} 在表中排第 {order}，印的是第 {rank.value}"
            yield paper.finding("名次", "疑", [rank, figure], total, f"第{order}")
        return


def _out_of_order(pairs: Sequence[tuple[Fact, Fact]]) -> list[tuple[Fact, Fact]] | None:
    """The rows whose rank is not their place; None if the column is not what is ranked."""
    values = sorted((value(figure) for figure, _ in pairs), reverse=True)
    first: dict[object, int] = {}
    last: dict[object, int] = {}
    for place, number in enumerate(values, start=1):
        first.setdefault(number, place)
        last[number] = place
    off = [
        (figure, rank)
        for figure, rank in pairs
        if not first[value(figure)] <= int(value(rank)) <= last[value(figure)]
    ]  # fmt: skip
    return off if len(off) <= _MOST_OFF and len(pairs) - len(off) >= _FEWEST - 1 else None


def _twice(paper: Paper) -> Iterator[Finding]:
    """The rank of one thing among the same others, told twice."""
    told: dict[tuple[object, ...], list[Fact]] = {}
    for sentence, facts in paper.prose():
        for fact in facts:
            before = plain(sentence.text[max(0, fact.start - _BEFORE) : fact.start])
            clause = before.replace("；", "，").replace("。", "，").rpartition("，")[2]
            of, among = _last(clause, "of"), _last(clause, "among")
            if fact.kind == "rank" and fact.key and of and among and not fact.qualifiers and "从" not in clause:
                told.setdefault((fact.region, fact.scope, fact.period, fact.key, of, among), []).append(fact)
    for facts in told.values():
        first, second = facts[0], facts[-1]
        if len({value(fact) for fact in facts}) == 2 and first.sentence != second.sentence:
            total = f"{first.item}：第 {first.value} 与第 {second.value}"
            yield paper.finding("名次", "疑", [second, first], total)


def _last(text: str, words: str) -> str:
    return max(_words(words), key=text.rfind) if any(word in text for word in _words(words)) else ""


@cache
def _words(name: str) -> tuple[str, ...]:
    return tuple(toml("check.toml")["rank"][name])
