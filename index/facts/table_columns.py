"""The columns of one table taken together: which name rows, for which figures, and whose figures they hold."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from index.facts.columns import THIS_MONTH, TOLD, Column
from index.facts.grid import Row
from index.facts.holders import Holder, Holders
from index.find.cells import figure_in

_RELATIVE = ("completion", "yoy_pct", "yoy_amount", "share", "rate")
_GROWTH = ("yoy_pct", "yoy_amount")
_UNITS_HEAD = re.compile(r"(?:计量)?单位")
_LONGEST_UNIT = 6
MOVED = "预算调整"
_MOVED = re.compile(r"^(?!.*(?:后|%|率|比|幅|上年)).*(?:调整[数额]|±|增减)")
POINTS = "分"
_SCORE = re.compile("(?:得分|评分|分数)(?:（分）)?$")
_GRADE = re.compile("等级|等次|级别|评价结[果论]")
_WORTH = re.compile("分值|权重|指标")
_NAMING = re.compile(r"(?:项目|科目|债券|资金)名称$")
_THING = re.compile(r"(?:建设|债券|支出)?项目")
_SORT = re.compile(r"(?:类型|类别|种类|性质|部门|单位|领域|级次|地点)$")
_OF_WHICH = re.compile("^其中[：:]?")  # 其中：市本级2025年
_SCOPED_HEAD = re.compile(
    r"^(全[省市县区州旗盟]|本地区|[省市县区州旗盟]?本级|[省市县区州旗盟]级)(?=收入|支出|预算|决算|执行|完成|调整|年初|20\d\d年)"
)


@dataclass(frozen=True, slots=True)
class Run:
    """Label columns side by side, the one that names the item among them, and the figure columns they speak for."""

    labels: tuple[Column, ...]
    main: Column
    figures: tuple[Column, ...]


def runs(columns: Sequence[Column], body: Sequence[Row] = ()) -> Iterator[Run]:
    """The label columns in runs, each with the figures up to the next; the first also has those left of it.  ``body``
    tells whether 项目 names each row, and the column right of it (债券类型) only its sort."""
    found: list[list[Column]] = []
    for label in (c for c in columns if c.role == "label"):
        between = found and any(c.role == "figure" for c in columns[found[-1][-1].index : label.index])
        if found and not between:
            found[-1].append(label)
        else:
            found.append([label])
    for position, run in enumerate(found):
        last = found[position + 1][0].index if position + 1 < len(found) else len(columns)
        first = run[0].index if position else -1
        figures = tuple(c for c in columns if c.role == "figure" and first < c.index < last)
        named = [label for label in run if _NAMING.search(label.head)]
        if not named and _SORT.search(run[-1].head):
            named = [label for label in run if _THING.fullmatch(label.head) and _names_each(label, body)]
        yield Run(tuple(run), named[0] if named else run[-1], figures)


def _names_each(label: Column, body: Sequence[Row]) -> bool:
    """Has every row a name of its own there?"""
    names = [row.cells[label.index] for row in body]
    return len(names) > 1 and all(names) and len(set(names)) == len(names)


def is_common(at: Column, run: Run) -> bool:
    """Do all figures of a run stand below the head that would set this one apart: 财政拨款支出 over 合计 | 基金,
    一般公共预算基本支出 over 合计 | 人员经费 | 公用经费?"""
    above = [part for part in at.parts[:-1] if part.endswith(at.besides)]
    return bool(at.besides and above) and all(above[0] in other.parts for other in run.figures)


def units_column(columns: Sequence[Column], body: Sequence[Row]) -> Column | None:
    """指标 | 单位 | 绝对数: the label column of units of measure (万人次, 吨), which names no row; None without."""
    labels = [c for c in columns if c.role == "label"]
    for at in labels if len(labels) > 1 else ():
        cells = [cell for row in body if (cell := row.cells[at.index])]
        if _UNITS_HEAD.fullmatch(at.head) and cells and sum(map(_is_unit, cells)) * 2 > len(cells):
            return at
    return None


def _is_unit(cell: str) -> bool:
    figure = figure_in(f"1{cell}")
    return len(cell) <= _LONGEST_UNIT and figure is not None and bool(figure.unit)


def covered(label: Column, body: Sequence[Row]) -> list[str]:
    """The cells of a label column with those of merged ones filled in: a merged cell stands in its first row, or, where
    the first row has none, in the middle."""
    cells = [row.cells[label.index] for row in body]
    filled = [i for i, cell in enumerate(cells) if cell]
    if not filled:
        return cells
    if filled[0] and len(filled) * 2 <= len(cells):
        # of two equally near ones the lower: an even number of rows has its name below the middle
        middles = [(above + below - 1) // 2 for above, below in pairwise(filled)]
        return [cells[filled[bisect_left(middles, at)]] for at in range(len(cells))]
    for at in range(1, len(cells)):
        left = any(body[at].cells[i] for i in range(label.index))
        cells[at] = cells[at] or ("" if left else cells[at - 1])
    return cells


def holders_of(columns: Sequence[Column], holders: Holders) -> dict[int, Holder]:
    """Whose figures the columns hold; a column of rates is that of the amounts left of it."""
    found: dict[int, Holder] = {}
    left: Holder | None = None
    for at in columns:
        if at.role != "figure":
            left = None if at.role == "label" else left
            continue
        holder = holders.among(at.parts)
        scoped = _SCOPED_HEAD.match(_OF_WHICH.sub("", at.parts[-1])) if at.parts and holder is None else None
        holder = holder or (holders.called(scoped[1]) if scoped else None)
        if holder is None and at.measure in _RELATIVE and len(at.parts) == 1:
            holder = left
        if holder is not None:
            found[at.index] = holder
        left = holder
    return found


def sided(columns: Sequence[Column], month: tuple[int, int] | None = None) -> list[Column]:
    """Columns of rates with the side (收入, 支出), the months and the latest year of the amounts left of them.

    ``month`` is that of 本月."""
    found: list[Column] = []
    years: list[int] = []  # of the amounts since the last names of rows
    own = False  # one of them is of the table's own year
    for at in columns:
        if at.role == "label":
            years, own = [], False
        elif at.role == "figure" and at.measure not in _RELATIVE:
            years = [*years, at.year] if at.year is not None else []
            own = own or (at.year is None and not at.offset)
        elif at.measure in _GROWTH and own:
            pass  # 预算数 | 决算数 | 2024年决算数 | 增减%: against 2024
        elif at.measure in _RELATIVE and at.year is None and not at.offset and years:
            at = replace(at, year=max(years))
        before = found[-1] if found and found[-1].role == "figure" else None
        if at.role == "figure" and at.measure not in _RELATIVE and THIS_MONTH.search(at.head):
            at = replace(at, months=at.months or month)
        elif before is not None and before.months and at.measure in _GROWTH and not at.months:
            at = replace(at, months=before.months)  # 本月完成 | 同比% | 1-9月累计 | 同比%
        if before is not None and before.flow and at.measure in _RELATIVE and not at.flow and not at.items:
            at = replace(at, flow=before.flow)
        if told := TOLD.search(at.head):
            at = replace(at, told=told[1])
        elif before is not None and at.measure in _RELATIVE and not at.items:
            at = replace(at, told=before.told)  # 产量（万吨） | 比上年增长（%）: of the same
        found.append(at)
    return found


def graded(columns: Sequence[Column]) -> list[Column]:
    """项目 | 得分 | 等级: what each project was given when it was judged, in points; a form with 分值 is none."""
    heads = [at.head for at in columns]
    judged = any(map(_GRADE.search, heads)) and not any(map(_WORTH.search, heads))
    return [
        replace(at, role="figure", measure="", besides="得分", unit=POINTS)
        if judged and at.role == "skip" and _SCORE.search(at.head)
        else at
        for at in columns
    ]


def moved(columns: Sequence[Column]) -> list[Column]:
    """年初预算 | 调整数（±） | 调整后预算: what stands between the two budgets is by how much it was moved."""
    begun = [at.index for at in columns if at.measure == "budget"]
    after = [at.index for at in columns if at.measure == "adjusted_budget" and "后" in at.head]
    between = range(min(begun), max(after)) if begun and after else range(0)
    return [
        replace(at, measure="", besides=MOVED) if at.index in between and _MOVED.search(at.head) else at
        for at in columns
    ]


def of_one_base(columns: Sequence[Column]) -> list[Column]:
    """比上年预算数增长% beside 比上年执行数增长%: only what is measured against the year's outcome is its growth."""
    grown = [c for c in columns if c.measure in ("yoy_pct", "yoy_amount")]
    outcome = [c for c in grown if re.search(r"比[^比]*(?:执行|决算|完成)", c.head)]
    planned = [c for c in grown if re.search(r"比[^比]*预算", c.head) and c not in outcome]
    other = {c.index for c in planned if any(c.measure == o.measure and c.year == o.year for o in outcome)}
    return [replace(c, measure="rate" if c.measure == "yoy_pct" else "") if c.index in other else c for c in columns]


def codes_of(run: Run, position: int, all: Sequence[Run], codes: Sequence[int]) -> tuple[int, ...]:
    """The columns of codes left of a run's names, behind the figures of the run before it."""
    before = (
        max((at.index for at in all[position - 1].figures if at.index < run.main.index), default=-1) if position else -1
    )
    return tuple(code for code in codes if before < code < run.main.index)
