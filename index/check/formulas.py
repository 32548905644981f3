"""Tables that print how their rows are made: 公式 A=B+D.

一、2024年发行执行数 | A=B+D | 192.87        A is what the rows B and D make, in every column
（一）一般债券       | B     |  23.91
（二）专项债券       | D     | 168.96
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from index.check.adding import Sum, compared
from index.check.models import Finding
from index.check.paper import Paper
from index.facts.printed import Printed
from index.models import Fact, Sentence
from index.text.normal import plain

KIND: Final = "表内公式"
_LETTER: Final = re.compile(r"^[A-Z]$")
_FORMULA: Final = re.compile(r"^(?P<whole>[A-Z])=(?P<terms>[A-Z](?:[+\-－][A-Z])+)$")
_TERM: Final = re.compile(r"(?P<sign>[+\-－]?)(?P<letter>[A-Z])")

Cells = Mapping[int, Fact]


def of_formulas(paper: Paper) -> Iterator[Finding]:
    """All findings of this kind, table by table."""
    rows = [sentence for sentence in paper.parsed.sentences if sentence.kind == "row"]
    for _, some in groupby(rows, key=lambda row: (row.section, row.header)):
        table = [(_told_of(row), _cells(paper, row)) for row in some]
        letters = {told[0]: cells for told, cells in table if told}
        for told, cells in table:
            if len(told) > 1:
                yield from _judged(paper, cells, told[1:], letters)


def _told_of(row: Sentence) -> Sequence[str]:
    """The letter of a row, and behind it the terms that make it, each with its sign: [] if it has none."""
    for cell in row.text.split("\t"):
        told = plain(cell).replace(" ", "").replace("＝", "=")
        if _LETTER.match(told):
            return [told]
        if match := _FORMULA.match(told):
            return [match["whole"], *(one[0] for one in _TERM.finditer(match["terms"]))]
    return []


def _cells(paper: Paper, row: Sentence) -> Cells:
    facts = paper.by_sentence.get(row.index, [])
    return {row.text.count("\t", 0, fact.start): fact for fact in facts if fact.kind == "money"}


def _judged(paper: Paper, cells: Cells, terms: Sequence[str], letters: Mapping[str, Cells]) -> Iterator[Finding]:
    for column, whole in cells.items():
        made = [(-1 if one[0] in "-－" else 1, letters.get(one[-1], {}).get(column)) for one in terms]
        told = tuple((sign, fact) for sign, fact in made if fact is not None)
        if len(told) == len(made) and not Sum(told).range.meets(Printed.rounded(whole)):
            yield from compared(paper, KIND, whole, Sum(told), closed=True, sure=False, whole=True)
