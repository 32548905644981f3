"""A table as printed -> its parts: title lines, heads by column, body rows.

县区 | 一般公共预算收入 |        |          heads: ["县区", "一般公共预算收入年度预算数", …]
     | 年度预算数      | 本月完成数
长治市 | 3291180       | 272374            body:  [("长治市", "3291180", "272374")]
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from index.find.cells import is_number, is_unread, parts_thousands_by_blanks, plain_cell
from index.models import Table
from index.text.normal import plain

__all__ = ["Grid", "Row", "grid_of", "is_blank", "is_number", "rows_of"]

_NUMBERED = re.compile(r"^(?:项目)?(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_YEARS_HEAD = re.compile("年度|年份|年")
_YEAR_CELL = re.compile(r"(?:19|20)\d\d(?:年度?末?)?")
_DIGITS_OF_YEAR = 4
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_LABEL = re.compile(r"^(?:预算|收入|支出)?(?:项目|科目|地区|区划|单位|部门|县.?区|市县)(?:名称)?$")
_NUMBER_OR_UNIT = re.compile(r"单位[：:]|^附?表[-\d一二三四五六七八九十]+$")
_STAGE = re.compile(r"20\d\d年|预算数|执行数|决算数|完成数")
_PAIR = 2  # columns of a list: a name and its figure
_LONE_HEAD = re.compile(r"(?:比|较|同比|增长|增速|增减|占)[^，。；]{0,12}[（(]?[%％][）)]?")
_BLANK = re.compile(r"^[-—/\s·.]*$")
_FORMULA = re.compile(r"^(?:\d{1,2}|[A-Z]\d?|\d{1,2}=.+|[A-Z]\d?=.+|[（(]\d{1,2}[）)].*|公式|栏次)$")


@dataclass(frozen=True, slots=True)
class Row:
    """A body row: printed cells and their normal forms."""

    printed: tuple[str, ...]
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """``titles`` are the lines above the heads that span the table, ``heads`` one text per column, ``levels`` the same
    from the upper head to the lower one."""

    titles: tuple[str, ...]
    heads: tuple[str, ...]
    body: tuple[Row, ...]
    levels: tuple[tuple[str, ...], ...] = ()


def grid_of(table: Table, every: list[Row] | None = None) -> Grid:
    """Split a table.  Heads run down to the first row that has a label and a number.  ``every``: its ``rows_of``."""
    width = max((len(row) for row in table.rows), default=0)
    rows = rows_of(table) if every is None else every
    start = next((i for i, row in enumerate(rows) if _is_body(row)), _unnamed(rows))
    titles: list[str] = [plain(table.caption)] if table.caption else []
    heads: list[tuple[str, ...]] = []
    for position, row in enumerate(rows[:start]):
        filled = [cell for cell in row.cells if cell]
        if heads and _opens(row, heads):
            start = position  # 一、社会保障和就业支出: a first row without figures, no head
            break
        if not heads and _is_over(row, filled) and width > 1:
            titles.extend(dict.fromkeys(filled))
        elif not (heads and all(map(_FORMULA.match, filled))):  # 1 | 2 | 3=2/1*100 names no column
            heads.append(row.cells)
    if not heads and width == _PAIR and titles and _LONE_HEAD.fullmatch(titles[-1]):
        heads = [("", titles.pop())]  # 比上年增长（%） over a list of names and figures
    levels = _levels(_in_place(heads, rows[start:]), width)
    return Grid(tuple(titles), tuple(map("".join, levels)), tuple(rows[start:]), levels)


def with_years_named(rows: list[Row]) -> list[Row]:
    """年度 | 限额 | 余额 over 2021 | 812 | 799: the years name the rows, and are no figures (2021年)."""
    found = next(((top, at) for top, row in enumerate(rows) for at, cell in enumerate(row.cells)
                  if _YEARS_HEAD.fullmatch(cell)), None)  # fmt: skip
    if found is None:
        return rows
    top, at = found
    below = [row for row in rows[top + 1 :] if row.cells[at]]
    if not below or not all(_YEAR_CELL.fullmatch(row.cells[at]) for row in below):
        return rows
    return [replace(row, cells=(*row.cells[:at], f"{row.cells[at][:_DIGITS_OF_YEAR]}年", *row.cells[at + 1 :]))
            if row in below else row for row in rows]  # fmt: skip


def rows_of(table: Table) -> list[Row]:
    """All rows of a table that are not empty, of one width."""
    width = max((len(row) for row in table.rows), default=0)
    spaced = parts_thousands_by_blanks(cell for row in table.rows for cell in row)
    padded = [_padded(row, width) for row in table.rows]
    rows = [Row(row, tuple(plain_cell(cell, spaced) for cell in row)) for row in padded]
    return [row for row in rows if any(row.cells)]


def is_blank(cell: str) -> bool:
    """Is a cell empty or a dash?"""
    return bool(_BLANK.match(cell))


def _padded(row: tuple[str, ...], width: int) -> tuple[str, ...]:
    return (*row, *[""] * (width - len(row)))


def _is_body(row: Row) -> bool:
    numbers = [cell for cell in row.cells if is_number(cell)]
    figures = [cell for cell in numbers if not _YEAR.fullmatch(cell)] or [c for c in row.cells if is_unread(c)]
    words = [cell for cell in row.cells if _CHINESE.search(cell)]
    return bool(figures and words) and not (len(words) > len(numbers) + 1 and any("单位" in word for word in words))


def _unnamed(rows: list[Row]) -> int:
    """Where, below heads, the rows begin that are figures without a name; behind the last row if there are none."""
    start = len(rows)
    while start > 1 and _is_unnamed(rows[start - 1]):
        start -= 1
    return start if len(rows) - start == 1 else len(rows)


def _is_unnamed(row: Row) -> bool:
    filled = [cell for cell in row.cells if not is_blank(cell)]
    return (
        len(filled) >= _PAIR
        and all(map(is_number, filled))
        and not all(map(_YEAR.fullmatch, filled))
        and (not all(map(_FORMULA.match, filled)) or "0" in filled)
    )


def _opens(row: Row, heads: list[tuple[str, ...]]) -> bool:
    """Is a row without figures the first of the body: a name below the heads that name rows, and nothing else?"""
    filled = [(i, cell) for i, cell in enumerate(row.cells) if cell]
    if len(filled) == 1 and _NUMBERED.match(filled[0][1]) and sum(map(bool, heads[-1])) > 2:
        return True
    named = [i for i, head in enumerate(heads[0]) if _LABEL.match(head)]
    others = [head for head in heads[0] if head and not _LABEL.match(head)]
    return bool(others) and all(i in named and not cell.startswith(("（", "(")) for i, cell in filled)


def _is_over(row: Row, filled: list[str]) -> bool:
    """Does a row stand over the heads: the table's name or its unit?"""
    if _is_title(filled):
        return True
    return (
        len(set(filled)) == 1 and not _LABEL.match(filled[0]) and (bool(row.cells[0]) or not _STAGE.search(filled[0]))
    )


def _is_title(filled: list[str]) -> bool:
    """A row that holds only the table's name, its number or its unit line, perhaps for two tables side by side."""
    if filled and all(map(_NUMBER_OR_UNIT.search, filled)):
        return True
    return len(filled) <= 2 and any(
        re.search(r"单位[：:]|表$|表[（]|^附?表|情况|预算表|决算表", cell) for cell in filled
    )


def _in_place(heads: list[tuple[str, ...]], body: list[Row]) -> list[tuple[str, ...]]:
    """The heads above what they name: upper ones that lost their places, and those that stand one column too far left
    because the first head covers two columns of names (债券类型 over 10年 | 金额)."""
    if len(heads) == 2 and (moved := _unpacked(heads[0], heads[1])):
        heads = [moved, heads[1]]
    beyond = any(is_number(row.cells[-1]) for row in body) and not any(row[-1] for row in heads)
    named = [row.cells[1] for row in body if len(row.cells) > _PAIR and not is_blank(row.cells[1])]
    if not (heads and beyond and named) or any(map(is_number, named)) or not heads[-1][1]:
        return heads
    return [(row[0], "", *row[1:-1]) for row in heads]


def _levels(heads: list[tuple[str, ...]], width: int) -> tuple[tuple[str, ...], ...]:
    """The heads of each column, the upper first."""
    rows: list[tuple[str, ...]] = []
    below = [False] * width  # which columns have a head above the row that is looked at
    for row in heads:
        rows.append(_spread(row, below))
        below = [had or bool(cell) for had, cell in zip(below, row, strict=True)]
    return tuple(tuple(dict.fromkeys(row[i] for row in rows if row[i])) for i in range(width))


def _spread(cells: tuple[str, ...], below: list[bool]) -> tuple[str, ...]:
    """A merged head stands in its first cell: it covers the empty ones right of it, as far as the head above it."""
    spread: list[str] = []
    for position, cell in enumerate(cells):
        left = spread[-1] if position > 1 and spread else ""
        if below[position]:
            left = ""
        spread.append(cell or left)
    return tuple(spread)


def _unpacked(upper: tuple[str, ...], lower: tuple[str, ...]) -> tuple[str, ...] | None:
    """Upper heads that lost their places (all at the left, none above the last columns): one to each 合计 below."""
    named = [cell for cell in upper if cell]
    starts = [i for i, cell in enumerate(lower) if cell in ("合计", "小计")]
    if any(upper[len(named) :]) or len(upper) - len(named) < 2 or lower[0] or len(starts) != len(named) - 1:
        return None
    moved = [named[0], *[""] * (len(upper) - 1)]
    for start, name in zip(starts, named[1:], strict=True):
        moved[start] = name
    return tuple(moved)
