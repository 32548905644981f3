"""Cells of published tables, drawn by lot, against a second and much simpler reading of the same tables.

The simple reading takes the words left of a figure for its item, those above it for measure and year, and the caption
for unit, year, account and flow; cells whose heads it does not understand are not drawn.  A drawn cell must be a
fact with that item, measure, year and unit.  ``-s`` prints the cells that are not.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from index.errors import UnreadableFile
from index.find.terms import exact_items
from index.models import Document, Fact, Parsed, Table
from index.text.lines import paragraphs
from tests.published import parsed_of

pytestmark = pytest.mark.real

SEED = 20260101
FORMATS = ("docx", "pdf", "html", "doc", "xlsx")
DRAWN, AT_LEAST, RIGHT = 60, 15, 0.95
LEVEL = re.compile(r"^(?:全[省市县区州]|[省市县区州]?本级)(?=.{3})")
SPACE = re.compile(r"[\s\u3000\xa0]+")
FIGURE = re.compile(r"-?\d+(?:\.\d+)?%?")
NUMBERING = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十]{1,3}[）)、.]+|[（(]\d{1,2}[）)]|\d{1,2}[、.]|[①-⑳]|其中[:：]?|#|[-—·*]+)+"
)
YEAR = re.compile(r"(20\d\d)年?")
DIGITS = "○一二三四五六七八九〇"
CHINESE_YEAR = re.compile(rf"二[○〇][{DIGITS}]{{2}}(?=年)")
COMPARED = re.compile(r"[比较]20\d\d年?")
CAPTION_UNIT = re.compile(r"单位[:：]?\s*(?:人民币)?(亿元|万元|千元|元)")
PLACE = re.compile(r"[\u4e00-\u9fff]{1,5}(?:[县区市旗州]|园区|本级|全[省市州县区])$")
ACCOUNT_NAME = re.compile(r"(?:一般公共|政府性基金|国有资本经营|社会保险基金)预算")
TOTAL = re.compile(r"(?:合计|总计|小计)$")
ACCOUNTS = {
    "一般公共预算": "一般公共",
    "政府性基金": "政府性基金",
    "国有资本经营": "国有资本经营",
    "社会保险": "社会保险",
}
# Words of a head (without blanks) -> measure, the first that fits; None: a head that a simple reading does not settle.
MEASURES: list[tuple[str, str | None]] = [
    (r"序号|编码|代码|备注|栏次|行次|=|单价|人数|户数|利率|期限|面积", None),
    (r"(?:占|为|完成)[^%％]*预算[^%％]*(?:[%％]|$)(?<!数)|完成率|完成年初预算[%％]", "completion"),
    (r"(?:增减|增长|增幅|比上年|比\d{4}年)[^额]*(?:[%％]|增长|幅度)$|^比上年增长", "yoy_pct"),
    (r"增减|增长|比上年|比\d{4}年|差额|占", None),
    (r"调整预算", "adjusted_budget"),
    (r"预算(?!执行|完成)|建议数", "budget"),
    (r"决算|执行|完成", "actual"),
]
PERCENT = {"completion", "yoy_pct"}


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure of a table and what the simple reading makes of it."""

    file: str
    caption: str
    row: tuple[str, ...]
    value: str
    label: str
    head: str
    measure: str
    year: int
    unit: str

    def __str__(self) -> str:
        place = f"{self.file}: {self.caption[-40:]} | {self.label} | {self.head} = {self.value}"
        return f"{place} -> {self.measure} {self.year} {self.unit}"


# ---------------------------------------------------------------------------------------------- the simple reading


def cells_of(file: str, table: Table, year: int | None) -> Iterator[Cell]:
    rows = [tuple(SPACE.sub("", cell).replace(",", "").replace("，", "") for cell in row) for row in table.rows]
    caption = _western(SPACE.sub("", table.caption))
    unit = CAPTION_UNIT.search(caption)
    start = next((i for i, row in enumerate(rows) if _is_body(row)), len(rows))
    if unit is None or start == 0 or not rows:
        return
    heads = [_western(_head(rows[:start], index)) for index in range(max(map(len, rows)))]
    named = [int(found) for found in YEAR.findall("".join(heads))]
    about = YEAR.search(caption)
    for row in rows[start:]:
        for index, value in enumerate(row[1:], start=1):
            label = _label(row[:index])
            measure = _measure(heads[index])
            if not label or measure is None or not FIGURE.fullmatch(value) or PLACE.match(heads[index]):
                continue
            own = {int(found) for found in YEAR.findall(COMPARED.sub("", heads[index]))}
            if len(own) > 1 or ("上年" in heads[index] and measure not in PERCENT):
                continue
            # a percentage without a year is of the year the table is about, whatever it is compared with
            table_year = max(named) if named and measure in PERCENT else about and int(about[1])
            of = max(own, default=table_year or year)
            printed = "%" if measure in PERCENT else unit[1]
            if of is None:
                continue
            yield Cell(file, caption, row, value.rstrip("%"), label, heads[index], measure, of, printed)


def _is_body(row: Sequence[str]) -> bool:
    figures = [cell for cell in row if FIGURE.fullmatch(cell) and not YEAR.fullmatch(cell) and len(cell) > 1]
    return bool(figures) and bool(re.search(r"[\u4e00-\u9fff]", row[0]))


def _head(rows: Sequence[Sequence[str]], index: int) -> str:
    """The words above a column, those of merged cells (empty to the right) included, column numbers not."""
    words: list[str] = []
    for depth, row in enumerate(rows):
        at = index
        while depth < len(rows) - 1 and at > 1 and at < len(row) and not row[at] and _is_merged(rows, depth, at):
            at -= 1
        word = row[at] if at < len(row) else ""
        if word and word not in words and not re.fullmatch(r"[\d=+\-*/()%]+", word):
            words.append(word)
    return "".join(words)


def _is_merged(rows: Sequence[Sequence[str]], depth: int, index: int) -> bool:
    return any(index < len(row) and row[index] for row in rows[depth + 1 :])


def _western(text: str) -> str:
    """二○二五年 -> 2025年"""
    return CHINESE_YEAR.sub(lambda match: "".join(str(DIGITS.index(digit) % 10) for digit in match[0]), text)


def _measure(head: str) -> str | None:
    head = ACCOUNT_NAME.sub("", head)
    return next((measure for words, measure in MEASURES if re.search(words, head)), None)


def _label(left: Sequence[str]) -> str:
    """The nearest words left of a figure; "" for a place, whose figures are of the table's item."""
    words = next((cell for cell in reversed(left) if re.search(r"[\u4e00-\u9fff]{2}", cell)), "")
    label = NUMBERING.sub("", words)
    return "" if PLACE.match(label) else label


# ---------------------------------------------------------------------------------------------- the facts


def fault_of(cell: Cell, facts: Sequence[Fact]) -> str:
    """What is wrong with the facts of the cell's row as to this cell; "" if one of them is right."""
    same = [fact for fact in facts if _bare(fact.value) == cell.value]
    if not same:
        return "no fact"
    faults = []
    for fact in same:
        wrong = [
            name
            for name, right in (
                (f"item {fact.item}", _is_item(fact, cell)),
                (f"measure {fact.measure}", fact.measure == cell.measure),
                (f"year {fact.period.text}", fact.period.last_year == cell.year),
                (f"unit {fact.unit}", fact.unit == cell.unit),
            )
            if not right
        ]
        if not wrong:
            return ""
        faults.append("+".join(wrong))
    return min(faults, key=len)


def _is_item(fact: Fact, cell: Cell) -> bool:
    item, label = SPACE.sub("", fact.item), cell.label
    if TOTAL.search(label) or label in ("收入", "支出"):
        account = next((short for words, short in ACCOUNTS.items() if words in cell.caption), "")
        flow = next((flow for flow in ("收入", "支出") if flow in label), "")
        flow = flow or next((flow for flow in ("收入", "支出") if flow in cell.caption), "")
        return item == label or (account in item and flow in item)
    bare = [re.sub(r"[（(\[［].*?[）)\]］]|[、“”\"]", "", text) for text in (item, label)]
    if bare[0] == bare[1] or bare[0] in {bare[1] + "收入", bare[1] + "支出"} or item.startswith(label[:60]):
        return True
    names = {label, LEVEL.sub("", label)}  # 全市国有资本经营收入 is that item, of the whole
    known = {known.key for name in names for suffix in ("", "收入", "支出") for known in exact_items(name + suffix)}
    return bool(fact.key) and fact.key in known


def _bare(value: str) -> str:
    return SPACE.sub("", value).replace(",", "").replace("，", "").rstrip("%％")


def facts_by_row(parsed: Parsed) -> dict[tuple[str, ...], list[Fact]]:
    """Facts under the filled cells of their row; equal rows share them."""
    rows: dict[int, tuple[str, ...]] = {
        sentence.index: _filled(sentence.text.split("\t")) for sentence in parsed.sentences if sentence.kind == "row"
    }
    found: dict[tuple[str, ...], list[Fact]] = {}
    for fact in parsed.facts:
        if fact.sentence in rows:
            found.setdefault(rows[fact.sentence], []).append(fact)
    return found


def _filled(row: Sequence[str]) -> tuple[str, ...]:
    return tuple(text for cell in row if (text := SPACE.sub("", cell).replace(",", "").replace("，", "")))


# ---------------------------------------------------------------------------------------------- the lot


@cache
def readable(shared: Path) -> dict[str, list[tuple[Cell, tuple[Fact, ...]]]]:
    """All cells that the simple reading understands, by format and file, with the facts of their rows."""
    found: dict[str, list[tuple[Cell, tuple[Fact, ...]]]] = {}

    def read(document: Document, parsed: Parsed) -> None:
        rows = facts_by_row(parsed)
        entries = found.setdefault(f"{document.media} {document.name}", [])
        for block in paragraphs(document):
            if isinstance(block, Table):
                cells = cells_of(document.name, block, parsed.subject.year)
                entries += ((cell, tuple(rows.get(_filled(cell.row), ()))) for cell in cells)

    for folder in ("reports", "reports_more"):
        for path in sorted(path for path in (shared / folder).iterdir() if path.is_file()):
            try:
                for document, parsed in parsed_of(path):
                    read(document, parsed)
            except UnreadableFile:
                continue
    return found


@pytest.mark.parametrize("media", FORMATS)
def test_drawn_cells_are_facts(shared: Path, media: str) -> None:
    files = {name: cells for name, cells in readable(shared).items() if name.split()[0] == media and cells}
    if not files:
        pytest.skip(f"no {media} file with tables of figures")
    lot = random.Random(SEED)
    each = -(-DRAWN // len(files))
    drawn = [entry for cells in files.values() for entry in lot.sample(cells, min(each, len(cells)))]
    faults = [(cell, fault) for cell, facts in drawn if (fault := fault_of(cell, facts))]
    right = 1 - len(faults) / len(drawn)
    print(f"\n{media}: {len(drawn)} cells of {len(files)} files, {right:.1%} right")
    for cell, fault in faults:
        print(f"   {fault:24} {cell}")
    assert len(drawn) >= AT_LEAST
    assert right >= RIGHT
