"""Title and unit lines of a table -> its caption, whether they stand above it or in its first rows.

    表3 | 2023年全区收入表 | 单位：万元 | Table  ->  Table(caption="表3 2023年全区收入表 单位：万元")

Taken out of the text they also no longer cut the sentence a table stands in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.models import Block, Line, Table
from index.text.marks import starts_heading

MAX_LINES = 4
MAX_TITLE = 60
UNIT = re.compile(r"单\s*位\s*(?:[:：]|均?为(?:人民币)?(?:亿元|万元|千元|元))|^[（(]?\s*单\s*位\s*[）)]?")
UNIT_LAST = re.compile(r"单\s*位\s*[:：]\s*(?:人民币)?(?:亿元|万元|千元|元|%)\s*[）)]?$")  # behind who made it up
UNIT_ALONE = re.compile(
    r"[\s*]*[（(]?(?:注\s*[:：]?)?(?:以上|上表|表中|本表)?(?:数据|数字|金额|计量)?的?单\s*位\s*(?:[:：]|均?为)\s*"
    r"(?:人民币)?(?:亿元|万元|千元|元)\s*(?:[，,；。]?\s*下同)?\s*[）)]?[\s*。]*"
)
TITLE = re.compile(
    r"(?<![代列发])表\s*(?:[（(][^（）()]{1,20}[）)]){0,2}\s*$|^(?:附\s*)?[表件]\s*[-\d一二三四五六七八九十]{1,6}\s*[:：]?$"
)
NUMBERED = re.compile(r"^(?:附\s*)?表\s*[-\d一二三四五六七八九十]{1,6}\s*[:：、.\s]")
ENDED = re.compile(r"(?:表|情况|草案|说明|报告|[）)：:])$")
JOINED = re.compile(r"[及和与、的]")
NUMBER_ALONE = re.compile(r"^附?\s*表\s*[-\d一二三四五六七八九十]{1,6}\s*[:：]?$")
MAX_TITLE_LINES = 2
BEGUN = re.compile(r"(?:关于)?20\d\d年")
SENTENCE = re.compile(r"[。；，]")
MARKS = re.compile(r"^\s*#+\s*|\*\*")


def with_captions(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with every table's title and unit in its caption."""
    done: list[Block] = []
    for block in _units_above(blocks):
        if isinstance(block, Table):
            above: list[str] = []
            while done and len(above) < MAX_LINES and isinstance(done[-1], Line) and _is_caption(done[-1].text):
                last = done.pop()
                assert isinstance(last, Line)
                above.insert(0, MARKS.sub("", last.text).strip())
            if above and (named := _numbered_title(done)):
                number, *title = (MARKS.sub("", line.text).strip() for line in named)
                above[:0] = (number, "".join(title))
                del done[-len(named) :]
            elif done and above and isinstance(done[-1], Line) and _is_begun(done[-1].text, above):
                last = done.pop()
                assert isinstance(last, Line)
                above[0] = MARKS.sub("", last.text).strip() + above[0]
            block = _from_rows(block)
            caption = " ".join(part for part in (*above, block.caption) if part)
            block = replace(block, caption=caption)
        done.append(block)
    return done


def _units_above(blocks: Sequence[Block]) -> Sequence[Block]:
    """A line that is but a unit stands above its table; below one without, and before no other, it is moved up."""
    moved = list(blocks)
    for at in range(1, len(moved)):
        table, line = moved[at - 1], moved[at]
        if not isinstance(table, Table) or not isinstance(line, Line) or not UNIT_ALONE.fullmatch(line.text):
            continue
        if at + 1 < len(moved) and isinstance(moved[at + 1], Table):
            continue
        above = moved[at - 2] if at > 1 else None
        told = isinstance(above, Line) and UNIT.search(above.text)
        if not told and not UNIT.search(table.caption) and not any(UNIT.search(c) for row in table.rows for c in row):
            moved[at - 1], moved[at] = line, table
    return moved


def _is_caption(text: str) -> bool:
    """A unit line directly above the table or its title; a title above either."""
    text = MARKS.sub("", text).strip()
    if len(text) > MAX_TITLE or SENTENCE.search(text):
        return False
    if starts_heading(text) and not text.startswith(("附", "表")):
        return False  # 一、收支情况表 heads a section
    if UNIT.search(text):
        return len(text) <= 30 or bool(UNIT_LAST.search(text)) or bool(TITLE.search(text))
    return bool(TITLE.search(text) or NUMBERED.match(text))


def _numbered_title(done: Sequence[Block]) -> list[Line]:
    """A table's number and the lines between it and what is known of its caption: its title, however it ends.

    表20 / 2025年市级收入 / 执行情况 / 单位：万元  ->  the first three
    """
    found: list[Line] = []
    for block in reversed(done[-MAX_TITLE_LINES - 1 :]):
        if not isinstance(block, Line) or len(block.text) > MAX_TITLE or SENTENCE.search(block.text):
            return []
        text = MARKS.sub("", block.text).strip()
        found.insert(0, block)
        if NUMBER_ALONE.match(text):
            return found if len(found) > 1 else []
    return []


def _is_begun(text: str, below: Sequence[str]) -> bool:
    """Does a line begin the title that the one below it ends (2025年全市和市级债务限额 / 及余额情况表)?"""
    text = MARKS.sub("", text).strip()
    titled = not UNIT.search(below[0]) and not BEGUN.search(below[0]) and not NUMBERED.match(below[0])
    open_end = not ENDED.search(text) or bool(JOINED.match(below[0]))
    return titled and open_end and len(text) <= MAX_TITLE and bool(BEGUN.match(text)) and not SENTENCE.search(text)


def _from_rows(table: Table) -> Table:
    """Leading rows of a single cell that are a title or a unit."""
    found: list[str] = []
    rows = table.rows
    while len(rows) > 2:
        texts = [text for text in rows[0] if text]
        if not texts or len(texts) > 2 or not all(_is_caption(text) for text in texts):
            break
        found += texts
        rows = rows[1:]
    caption = " ".join(part for part in (table.caption, *found) if part)
    return replace(table, rows=rows, caption=caption) if found else table
