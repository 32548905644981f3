"""How much of what published reports say in figures becomes facts, counted without the parser's own bookkeeping.

Amounts of money and percentages of the running text, and the figures in the cells of tables, are counted by value in
the document as read and in the facts; the smaller count of each value is what was understood.  ``-s`` prints the shares
and, with SHOW_LOST=1, the values that were lost.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from statistics import median
from typing import NamedTuple

import pytest

from index.errors import UnreadableFile
from index.find.amounts import find_amounts
from index.models import Document, Fact, Parsed, Table
from index.text.lines import paragraphs
from index.text.normal import normalise, plain
from tests.published import parsed_of

pytestmark = pytest.mark.real

EACH, MEDIAN = 0.90, 0.85
KINDS = {"money", "percent"}
# Figures by their look alone, in the text as printed: what the finder does not find is lost as well.
LOOKS = re.compile(r"(?<![\d.])\d[\d,，]*(?:[.．]\d+)?\s*(?:[万亿千百]*元|[%％])")
FIGURE = re.compile(r"[-+]?\d+(?:\.\d+)?%?|\*+")
YEAR = re.compile(r"(?:19|20)\d\d")
# Columns without figures: numbers of lines and subjects, years, remarks, names.
NO_FIGURES = re.compile(
    r"序号|编号|编码|代码|行次|栏次|备注|说明|依据|文号|日期|时间|年份|期限|电话|是否|名称$|科目$|项目$|级次"
)


class Share(NamedTuple):
    """Figures of a document and how many became facts; ``lost`` are the others, with how often they are missing.

    ``in_text`` are those of the running text, ``looks`` as many as look like one there.
    """

    name: str
    media: str
    total: int
    read: int
    in_text: int
    looks: int
    lost: Counter[str]

    @property
    def share(self) -> float:
        return self.read / self.total if self.total else 1.0


# ---------------------------------------------------------------------------------------------- counting


def share_of(document: Document, parsed: Parsed) -> Share:
    text: Counter[str] = Counter()
    cells: Counter[str] = Counter()
    looks = 0
    for block in paragraphs(document):
        if isinstance(block, Table):
            cells.update(_cells(block))
        else:
            normal = normalise(block.text).text
            text.update(f"{a.value}{a.unit or '?'}" for a in find_amounts(normal) if a.kind in KINDS)
            looks += len(LOOKS.findall(block.text))
    rows = {sentence.index for sentence in parsed.sentences if sentence.kind == "row"}
    facts = list({(fact.sentence, fact.start): fact for fact in parsed.facts}.values())
    in_text = Counter(_printed(fact) for fact in facts if fact.sentence not in rows and fact.kind in KINDS)
    in_cells = Counter(_bare(fact.value) for fact in facts if fact.sentence in rows)
    lost = (text - in_text) + Counter({f"[{value}]": n for value, n in (cells - in_cells).items()})
    total = text.total() + cells.total()
    return Share(document.name, document.media, total, total - lost.total(), text.total(), looks, lost)


def _printed(fact: Fact) -> str:
    """Value and unit as find_amounts gives them; ``?`` for money whose unit is not printed."""
    return f"{plain(fact.value)}{'?' if 'unit_missing' in fact.flags else plain(fact.unit)}"


def _bare(value: str) -> str:
    return plain(value).strip("%+ ")


def _cells(table: Table) -> Iterator[str]:
    """The figures of a table, without those of serial, code, year and remark columns and rows of column numbers."""
    rows = [[plain(cell) for cell in row] for row in table.rows]
    body = next((i for i, row in enumerate(rows) if _is_body(row)), len(rows))
    width = max(map(len, rows), default=0)
    heads = ["".join(row[i] for row in rows[:body] if i < len(row)) for i in range(width)]
    for index, head in enumerate(heads):
        column = [row[index] for row in rows[body:] if index < len(row) and FIGURE.fullmatch(row[index])]
        if NO_FIGURES.search(head) or _counts_up(column) or _are_codes(column, index):
            continue
        yield from (_bare(cell) for cell in column if not YEAR.fullmatch(cell))


def _is_body(row: Sequence[str]) -> bool:
    figures = [cell for cell in row if FIGURE.fullmatch(cell) and not YEAR.fullmatch(cell)]
    return bool(figures) and any(re.search(r"[\u4e00-\u9fff]", cell) for cell in row)


def _counts_up(column: Sequence[str]) -> bool:
    """1, 2, 3 …"""
    return len(column) > 1 and [str(n) for n in range(1, len(column) + 1)] == list(column)


def _are_codes(column: Sequence[str], index: int) -> bool:
    """201, 20101, 2010101 in one of the first columns."""
    codes = [cell for cell in column if re.fullmatch(r"[1-5]\d{2}(?:\d\d){0,3}", cell)]
    return index < 2 and len(column) > 2 and len(codes) > 0.8 * len(column)


# ---------------------------------------------------------------------------------------------- the reports


@cache
def measured(folder: Path) -> tuple[list[Share], dict[str, str]]:
    """The shares of all documents of a folder, and the line that each unreadable file gets."""
    shares: list[Share] = []
    refused: dict[str, str] = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        try:
            shares += [share_of(document, parsed) for document, parsed in parsed_of(path)]
        except UnreadableFile as error:
            refused[path.name] = str(error)
    for one in sorted(shares, key=lambda one: one.share):
        print(f"{one.share:7.1%} {one.read:6}/{one.total:<6} {one.looks:5} {one.media:5} {one.name}")
        if os.environ.get("SHOW_LOST"):
            print("        ", *(f"{value}×{n}" for value, n in one.lost.most_common(40)))
    for name, line in refused.items():
        print(f"{'-':>7} {name}: {line}")
    return shares, refused


def test_every_report_is_understood(shared: Path) -> None:
    shares, refused = measured(shared / "reports")
    assert not refused
    assert {one.name: round(one.share, 3) for one in shares if one.share < EACH} == {}


def test_of_the_other_files_the_median_is_understood(shared: Path) -> None:
    shares, refused = measured(shared / "reports_more")
    assert median(one.share for one in shares) >= MEDIAN
    assert all("\n" not in line and 5 < len(line) < 200 for line in refused.values())


@pytest.mark.parametrize("folder", ["reports", "reports_more"])
def test_the_finder_finds_what_looks_like_a_figure(shared: Path, folder: str) -> None:
    """Finder and parser could be blind to the same figures: count by look as well."""
    shares, _ = measured(shared / folder)
    assert {one.name: (one.in_text, one.looks) for one in shares if one.in_text < MEDIAN * one.looks} == {}
