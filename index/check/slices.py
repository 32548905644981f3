"""A column of shares in a table: each row's figure is so many percent of the total's, where nearly all are.

科目 | 预算数 | 占比（%）        1760÷11715 ＝ 15.0
农林水支出 | 1760 | 16.0
合计 | 11715 | 100.0
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from index.check.cause import cause, printed, shown
from index.check.models import Finding
from index.check.paper import Paper
from index.check.rows import Row, row_of
from index.facts.printed import Printed, value
from index.models import Fact

KIND: Final = "表内占比"
_KEPT: Final = 5  # rows whose share follows, for one that does not


def of_slices(paper: Paper) -> Iterator[Finding]:
    """All findings of this kind, table by table."""
    rows = [sentence for sentence in paper.parsed.sentences if sentence.kind == "row"]
    for _, some in groupby(rows, key=lambda row: (row.section, row.header)):
        table: list[tuple[Row, dict[int, Fact]]] = []
        for sentence in some:
            facts = [fact for fact in paper.by_sentence.get(sentence.index, []) if fact.kind == "percent"]
            table.append((row_of(paper, sentence), {sentence.text.count("\t", 0, one.start): one for one in facts}))
        totals = [row for row, _ in table if row.ends]
        if len(totals) == 1 and len(table) > _KEPT:
            for column, whole in totals[0].cells.items():
                yield from _judged(paper, table, column, whole)


def _judged(paper: Paper, table: Sequence[tuple[Row, dict[int, Fact]]], column: int, whole: Fact) -> Iterator[Finding]:
    for at in sorted({at for _, shares in table for at in shares}):
        pairs = [(row.cells[column], shares[at]) for row, shares in table if column in row.cells and at in shares]
        pairs = [(part, share) for part, share in pairs if part is not whole and value(part) > 0 and value(share) > 0]
        made = [(share, part, Printed.rounded(part).over(Printed.rounded(whole))) for part, share in pairs]
        off = [(share, part, fit) for share, part, fit in made if fit is not None and not fit.meets(Printed.of(share))]
        if len(off) == 1 and len(made) - len(off) >= _KEPT:
            share, part, fit = off[0]
            should = shown(value(part) / value(whole) * 100, share)
            total = f"{printed(part)} ÷ {printed(whole)} ＝ {should}，印的是 {printed(share)}（同表其余各行都相符）"
            yield paper.finding(KIND, "疑", [share, part, whole], total, should, cause(share, fit) if fit else "")
