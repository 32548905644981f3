"""An answer -> the Chart of it; None where there is nothing to look at.

    Turn(上党区教育支出历年) -> columns 2022年 53,318*, 2023年 56,917 with the budget beside it

Values are those of the answer's own figures, in the order of the answer; what is computed here is what is left of a
total (其他), and that is said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from bot.charts.chart import Chart, Form, Line, Panel, Role
from bot.charts.foot import legend_of, noted, scope_told, sources_of
from bot.charts.numbers import is_money, mark_of, scale_of
from bot.telegram.amounts import percent
from index import Detail, Row, Shown, Turn, View

STAGES: Final = ("budget", "adjusted_budget", "actual")
PLANNED: Final = ("budget", "adjusted_budget")
MOST_LINES: Final = 15
MOST_PARTS: Final = 12
LOOKED_AT: Final = 200  # of a longer list the place asked about is not searched for
_WIDEST: Final = 320  # points that the columns of a trend have
_DIGIT: Final = 6.2  # points a character of a label takes
MOST_ROWS_OF_YEARS: Final = 12


def chart_of(turn: Turn, unit: str = "auto") -> Chart | None:
    """What suits the answer: its list, else the stages of its figure; of several answers the last with something."""
    if turn.view is None and turn.each:
        return next((chart for one in reversed(turn.each) if (chart := chart_of(one, unit))), None)
    if turn.view is not None:
        return chart_of_view(turn.view, unit, parts=_is_compose(turn))
    return stages(turn.detail, unit)


def chart_of_view(view: View, unit: str = "auto", *, parts: bool = False) -> Chart | None:
    """The picture of a list; ``parts``: the first row of it is the total of the others."""
    if view.kind == "overview":  # figures of many kinds: there is no one scale for them
        return None
    if view.kind == "trend":
        return _trend(view, unit)
    if view.kind == "parts" or (parts and len({row.shown.figure.period for row in view.rows if row.shown}) == 1):
        return _parts(view, unit)
    return _places(view, unit) if view.kind == "peers" else _several(view, unit)


def stages(found: Detail, unit: str = "auto") -> Chart | None:
    """预算 → 调整 → 完成 of the item asked; None where the report has fewer than two of them."""
    asked = found.told
    if found.answer.status != "answered" or not asked or not found.single:
        return None
    if (both := levels(found, asked, unit)) is not None:
        return both
    own = [one for one in found.shown if _line(one) == _line(asked[0]) and one.figure.measure in STAGES]
    own.sort(key=lambda one: STAGES.index(one.figure.measure))
    if len({one.figure.measure for one in own}) < 2:
        return None
    scale = scale_of(own, unit)
    lines = [Line(one.measure, (mark_of(one, scale, _role(one)),), here=one.figure.measure == "actual") for one in own]
    done = [one for one in found.shown if one.figure.measure == "completion" and _line(one) == _line(asked[0])]
    said = [
        f"{'完成调整预算' if 'of_adjusted' in one.figure.flags else '完成预算'} {one.figure.value}%" for one in done[:1]
    ]
    said = said if done and done[0].number is not None else []
    title = f"{asked[0].figure.region} · {_when(asked[0])} · {_named(found, asked[0])} · 预算执行"
    base = Chart("stages", title, "", (Panel("", scale, "rows", tuple(lines)),), stamp=found.stamp)
    return _finished(base, own, (*said, *found.answer.notes), quiet=True)


def levels(found: Detail, asked: Sequence[Shown], unit: str) -> Chart | None:
    """全市、市本级 of one item beside each other, what was planned of each below it; None where but one is told, or
    where they are not of one measure."""
    scopes = list(dict.fromkeys(one.figure.scope for one in asked if one.figure.scope))
    if len(scopes) < 2 or len(scopes) < len(asked) or len({one.figure.measure for one in asked}) > 1:
        return None
    rows, told = [], []
    for one in asked:
        plans = [beside for beside in found.shown if _line(beside) == _line(one) and beside.figure.measure in PLANNED]
        kept = [one, *(plans[-1:] if one.figure.measure == "actual" else [])]
        told += kept
        rows.append((scope_told([one])[one], kept))
    if not all(map(is_money, told)):
        return None
    scale = scale_of(told, unit)
    lines = tuple(Line(name, tuple(mark_of(one, scale, _role(one)) for one in kept)) for name, kept in rows)
    first = asked[0].figure
    base = Chart("several", f"{first.region} · {_when(asked[0])} · {_named(found, asked[0])}", "",
                 (Panel("", scale, "rows", lines),), stamp=found.stamp)  # fmt: skip
    return _finished(base, told, found.answer.notes)


def _named(found: Detail, one: Shown) -> str:
    """The item with its account, as the answer names it."""
    item = one.figure.item
    return next((part for part in found.answer.reading.split(" · ") if part.startswith(item)), item)


def accounts(turns: Sequence[tuple[str, Turn | None]], title: str) -> Chart | None:
    """四本账: a panel for each budget with revenue and expenditure, planned and done; ``turns`` are named by what was
    asked for (一般公共预算收入), None where the reports do not have it."""
    panels: dict[str, list[tuple[str, list[Shown]]]] = {}
    disputed: list[str] = []
    for name, turn in turns:
        asked = [one for one in turn.detail.shown if one.figure.asked] if turn else []
        own = [one for one in turn.detail.shown if _line(one) == _line(asked[0])] if turn and asked else []
        own = [one for one in own if one.figure.measure in STAGES]
        first = {one.figure.measure: one for one in reversed(own)}  # the plan first, then the result
        twice = {one.figure.measure for one in own if one.number != first[one.figure.measure].number}
        first = {measure: one for measure, one in first.items() if measure not in twice}
        disputed += [f"{name}的{one.measure}" for one in own[:1] if twice]
        kept = [first[measure] for measure in ("actual", "adjusted_budget", "budget") if measure in first][:2]
        panels.setdefault(name[:-2], []).append((name[-2:], kept))
    told = [one for rows in panels.values() for _, kept in rows for one in kept]
    if not told:
        return None
    scale = scale_of(told) or "万元"
    made = tuple(
        Panel(
            heading, scale, "rows",
            tuple(Line(side, tuple(mark_of(one, scale, _role(one)) for one in kept)) for side, kept in rows),
        )
        for heading, rows in panels.items()
    )  # fmt: skip
    base = Chart("accounts", title, "", made, stamp=next((turn.detail.stamp for _, turn in turns if turn), ""))
    notes = [f"{'、'.join(disputed)}有两个说法，没有画"] if disputed else []
    return _finished(base, told, ("四本账各用各的比例，条的长短不能跨账本比较", *notes))


# ---------------------------------------------------------------------------------------------- lists


def _trend(view: View, unit: str) -> Chart | None:
    rows, others = _of_one_kind([row for row in view.rows if row.shown and row.shown.figure.period.isdigit()])
    if len({row.shown.figure.period for row in rows if row.shown}) < 2:
        return None
    told = [one for row in rows for one in (row.shown, row.plan) if one]
    scale = scale_of(told, unit)
    by_year: dict[int, list[Row]] = {}
    for row in rows:
        assert row.shown is not None
        by_year.setdefault(int(row.shown.figure.period), []).append(row)
    lines = []
    for year in range(min(by_year), max(by_year) + 1):
        marks = []
        for row in by_year.get(year, []):
            assert row.shown is not None
            marks.append(mark_of(row.shown, scale, _role(row.shown)))
            marks += [mark_of(row.plan, scale, "plan")] if row.plan else []
        lines.append(Line(f"{year}年", tuple(marks), year=year))
    gaps = [line.label for line in lines if not line.marks]
    notes = (*view.notes, *others, *([f"{'、'.join(gaps)}没有这个数，图上留空"] if gaps else []))
    base = Chart("trend", view.title, "", (Panel("", scale, _form(lines), tuple(lines)),), stamp=view.stamp)
    return _finished(base, told, notes)


def _of_one_kind(rows: Sequence[Row]) -> tuple[list[Row], list[str]]:
    """The rows whose figures can stand on one scale, most of them money; and what is said of the others."""
    kinds = Counter(_kind(row.shown) for row in rows if row.shown)
    if len(kinds) < 2:
        return list(rows), []
    most = max(kinds, key=lambda kind: kinds[kind])
    others = [row.label for row in rows if row.shown and _kind(row.shown) != most]
    return [row for row in rows if row.shown and _kind(row.shown) == most], [f"{'、'.join(others)}是另一种数，没有画"]


def _kind(one: Shown) -> tuple[str, bool]:
    return one.kind, "/" in one.figure.unit


def _form(lines: Sequence[Line]) -> Form:
    """Columns where their labels have room, else a line for many years, a row for each of a few."""
    widest = max(len(mark.label) for line in lines for mark in line.marks)
    if widest * _DIGIT <= _WIDEST / len(lines) and all(len(line.marks) <= 2 for line in lines):
        return "columns"
    return "rows" if len(lines) <= MOST_ROWS_OF_YEARS else "line"


def _parts(view: View, unit: str) -> Chart | None:
    """The largest part first; small ones, and what no part names, together as 其他."""
    total = view.rows[0].shown
    some = [row.shown for row in view.rows[1:] if row.shown and row.shown.number is not None and is_money(row.shown)]
    parts = [one for one in some if not (one.figure.derived and one.figure.item.startswith("其他"))]
    if total is None or not total.number or len(parts) < 2 or total.kind != "money":
        return None
    parts.sort(key=lambda one: one.number or Decimal(0), reverse=True)
    drawn, small = parts[:MOST_PARTS], parts[MOST_PARTS:]
    scale = scale_of([total, *drawn], unit)
    lines = [Line("合计", (mark_of(total, scale, "total"),))]
    for one in drawn:
        mark = mark_of(one, scale)
        lines.append(Line(one.figure.item, (replace(mark, share=_share(one.number, total.number)),)))
    notes = list(view.notes if view.kind == "parts" else ("占比为计算值：各项 ÷ 合计",))
    rest = total.number - sum((one.number or Decimal(0) for one in drawn), Decimal(0))
    slack = (total.step + sum((one.step for one in parts), Decimal(0))) / 2
    if rest > slack:
        left = mark_of(
            replace(total, number=rest, figure=replace(total.figure, unit="元", derived=True)), scale, "rest"
        )
        lines.append(Line("其他", (replace(left, share=_share(rest, total.number), source=None),)))
        named = f"（含{'、'.join(one.figure.item for one in small[:3])}等 {len(small)} 项）" if small else ""
        notes.append(f"其他为推算数：合计减去图中所列各项{named}")
    elif rest < -slack:
        notes.append("所列各项之和比合计多，各项可能有重叠")
    base = Chart("parts", view.title, "", (Panel("", scale, "rows", tuple(lines)),), stamp=view.stamp)
    return _finished(base, [total, *drawn], tuple(notes))


def _share(part: Decimal | None, total: Decimal) -> str:
    return percent((part or Decimal(0)) / total * 100)


def _places(view: View, unit: str) -> Chart | None:
    """The first places of an order, and the place it was asked from."""
    if len(view.rows) < 2:
        return None
    picked = [(n, row) for n, row in enumerate(view.rows[:MOST_LINES], 1) if row.shown]
    if len(view.rows) <= LOOKED_AT and not any(row.here for _, row in picked):
        picked += [(n, row) for n, row in enumerate(view.rows, 1) if row.here]
    kept, others = _of_one_kind([row for _, row in picked])
    picked = [(n, row) for n, row in picked if row in kept]
    told = [row.shown for row in kept if row.shown]
    scale = scale_of(told, unit)
    lines = [
        Line(f"{n}. {row.label}", (mark_of(row.shown, scale, _role(row.shown)),) if row.shown else (), row.here)
        for n, row in picked
    ]
    notes = (
        *view.notes[:3],
        *others,
        *([f"共 {len(view.rows)} 个地区，图中是前 {MOST_LINES} 个"] if len(view.rows) > MOST_LINES else []),
    )
    base = Chart("peers", view.title, "", (Panel("", scale, "rows", tuple(lines)),), stamp=view.stamp)
    return _finished(base, told, notes)


def _several(view: View, unit: str) -> Chart | None:
    """Figures beside each other: a panel for each kind of figure."""
    rows = _under_headings(view.rows)
    left = len(rows) - MOST_LINES
    rows = rows[:MOST_LINES]
    if all(row.here for row in rows):  # told from nothing
        rows = [replace(row, here=False) for row in rows]
    told = [row.shown for row in rows if row.shown]
    if len(told) < 2:
        return None
    groups: dict[tuple[str, bool], list[Row]] = {}
    for row in rows:
        if row.shown:
            groups.setdefault(_kind(row.shown), []).append(row)
    panels = []
    for some in groups.values():
        shown = [row.shown for row in some if row.shown]
        scale = scale_of(shown, unit)
        lines = [Line(row.label, (mark_of(one, scale, _role(one)),), row.here) for row in some if (one := row.shown)]
        heading = ("、".join(dict.fromkeys(one.measure or one.figure.item for one in shown))) if len(groups) > 1 else ""
        panels.append(Panel(heading, scale, "rows", tuple(lines)))
    missing = tuple(Line(row.label) for row in rows if row.shown is None)
    panels[0] = replace(panels[0], lines=(*panels[0].lines, *missing))
    more = [f"共 {MOST_LINES + left} 项，图中是前 {MOST_LINES} 项"] if left > 0 else []
    return _finished(Chart("several", view.title, "", tuple(panels), stamp=view.stamp), told, (*view.notes, *more))


def _under_headings(rows: Sequence[Row]) -> list[Row]:
    """教育支出 | 全市, 市级 -> 教育支出 全市, 教育支出 市级: a heading is no row without a figure."""
    found: list[Row] = []
    heading = ""
    for row in rows:
        if row.heading:
            heading = row.label
        else:
            label = f"{heading} {row.label}" if heading and heading not in row.label else row.label
            found.append(replace(row, label=label))
    return found


# ---------------------------------------------------------------------------------------------- the same for all


def _finished(base: Chart, told: Sequence[Shown], notes: Sequence[str], *, quiet: bool = False) -> Chart:
    """With unit and scope under the title, the legend, what must be known, and the reports."""
    units = list(dict.fromkeys(panel.unit for panel in base.panels if panel.unit))
    unit = f"单位：{'、'.join(units)}" if units else ""
    scopes = scope_told(told)
    base, scope = _scoped(base, told, scopes)
    legend = () if quiet else legend_of(base)
    return replace(
        base,
        subtitle=" · ".join(part for part in (unit, scope) if part),
        legend=legend,
        notes=noted(base, notes),
        sources=sources_of(told),
    )


def _scoped(base: Chart, told: Sequence[Shown], scopes: dict[Shown, str]) -> tuple[Chart, str]:
    """The scope under the title where all have the same one, else beside every label."""
    said = set(scopes.values())
    if {one.figure.scope for one in told} == {"whole"}:  # 全县 here and 全区 there are the same of each
        return base, f"口径：{'、'.join(sorted(said))}"
    if len(said) == 1:
        return base, f"口径：{said.pop()}"

    def with_scope(line: Line) -> Line:
        found = [scopes[mark.source] for mark in line.marks if mark.source in scopes]
        scope = found[0] if found else ""
        return replace(line, label=f"{line.label}（{scope}）") if scope and scope not in line.label else line

    panels = tuple(
        replace(
            panel, form="rows" if panel.form == "columns" else panel.form, lines=tuple(map(with_scope, panel.lines))
        )
        for panel in base.panels
    )
    title = " · ".join(part for part in base.title.split(" · ") if part not in said)  # that of one row is none of all
    return replace(base, title=title, panels=panels), "口径不同，见各行"


def _role(one: Shown) -> Role:
    return "plan" if one.figure.measure in PLANNED else "done"


def _line(one: Shown) -> tuple[str, str, str, str, str]:
    figure = one.figure
    return figure.region, figure.period, figure.account, figure.scope, figure.item


def _when(one: Shown) -> str:
    return f"{one.figure.period}年" if one.figure.period[-1:].isdigit() else one.figure.period


def _is_compose(turn: Turn) -> bool:
    """Whether the first figure is the total of the others: of several items asked for side by side none is."""
    state = turn.state or {}
    return state.get("shape") == "compose" and len(state.get("items", ())) < 2
