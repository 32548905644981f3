"""A Chart -> a matplotlib Figure, laid out from the top down in points.

    title, unit and scope, legend, panels, remarks, reports

Every bar's length is the value of its Mark, in the unit of its panel; every label stands in a place of its own, so that
nothing overlaps whatever the figures are.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, Final

from bot.charts.chart import Chart, Line, Mark, Panel, Role
from bot.charts.style import (
    DPI,
    LEADING,
    LIGHT,
    MARGIN,
    SMALL,
    TEXT,
    TITLE,
    WIDTH,
    Theme,
    font_file,
    title_lines,
    width_of,
    wrapped,
)

ROOM: Final = WIDTH - 2 * MARGIN
_GAP: Final = 8.0
_BAR: Final = 9.0
_UNDER: Final = 2.5  # points between a text and the bar under it
_COLUMNS: Final = 190.0
_ROW: Final = TEXT * LEADING
_LABEL_APART: Final = 58.0
_GAP_WORD: Final = "无数据"
_HATCH: Final = "////"


@cache
def warm() -> None:
    """Load the library: what takes time once in a process."""
    # One thread: a picture is small, and the buffers of many threads count as memory of the process.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    import matplotlib.backends.backend_agg
    import matplotlib.backends.backend_svg
    import matplotlib.figure  # noqa: F401

    _font(TEXT)
    # A picture is made of circles of objects, so every few pictures the collector looks through the whole process, word
    # lists and libraries, too: longer than the drawing takes.  What is there before the first picture stays anyway.
    gc.freeze()


def figure_of(chart: Chart, theme: Theme = LIGHT) -> Any:
    """The figure; its axes are the panels in their order."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    head = _head(chart, theme)
    foot = _foot(chart, theme)
    heights = [_height(panel) for panel in chart.panels]
    height = sum(block.height for block in (*head, *foot)) + sum(heights) + 2 * MARGIN + 2 * _GAP
    figure = Figure(figsize=(WIDTH / 72, height / 72), dpi=DPI, facecolor=theme.ground)
    FigureCanvasAgg(figure)
    page = _Page(figure, height)
    for block in head:
        page.write(block)
    page.down(_GAP)
    for panel, room in zip(chart.panels, heights, strict=True):
        _panel(page, panel, room, theme)
    page.down(_GAP)
    for block in foot:
        page.write(block)
    return figure


# ---------------------------------------------------------------------------------------------- text


class _Block:
    """Lines of text of one size and colour; a line may have pieces of several colours."""

    def __init__(self, lines: Sequence[Sequence[tuple[str, str]]], size: float) -> None:
        self.lines, self.size = lines, size

    @property
    def height(self) -> float:
        return len(self.lines) * self.size * LEADING


class _Page:
    """Where on the figure the next thing goes."""

    def __init__(self, figure: Any, height: float) -> None:
        self.figure, self.height, self.at = figure, height, MARGIN

    def down(self, points: float) -> None:
        self.at += points

    def write(self, block: _Block) -> None:
        for line in block.lines:
            x = MARGIN
            for text, colour in line:
                self.text(x, self.at + block.size * LEADING / 2, text, block.size, colour)
                x += width_of(text, block.size) + 12
            self.at += block.size * LEADING

    def text(self, x: float, y: float, text: str, size: float, colour: str, side: str = "left") -> None:
        """At points from the left and the top."""
        self.figure.text(
            x / WIDTH, 1 - y / self.height, text, ha=side, va="center_baseline", color=colour,
            fontproperties=_font(size), parse_math=False,
        )  # fmt: skip

    def axes(self, height: float) -> Any:
        """Axes over the whole width, without frame; x and y are set by who draws in it."""
        box = (MARGIN / WIDTH, 1 - (self.at + height) / self.height, ROOM / WIDTH, height / self.height)
        axes = self.figure.add_axes(box, facecolor="none")
        axes.axis("off")
        return axes


def _head(chart: Chart, theme: Theme) -> list[_Block]:
    blocks = [_Block([[(line, theme.ink)] for line in title_lines(chart.title, TITLE, ROOM)], TITLE)]
    if chart.subtitle:
        blocks.append(_Block([[(line, theme.muted)] for line in wrapped(chart.subtitle, TEXT, ROOM)], TEXT))
    if chart.legend:
        signs = {"plan": "□"}
        pieces = [(f"{signs.get(role, '■')} {name}", _colour(role, theme)) for role, name in chart.legend]
        blocks.append(_Block([pieces], TEXT))
    return blocks


def _foot(chart: Chart, theme: Theme) -> list[_Block]:
    lines = [line for note in chart.notes for line in wrapped(f"※ {note}", SMALL, ROOM)]
    lines += [line for source in chart.sources for line in wrapped(f"来源：{source}", SMALL, ROOM)]
    return [_Block([[(line, theme.muted)] for line in lines], SMALL)]


@cache
def _font(size: float) -> Any:
    from matplotlib.font_manager import FontProperties

    return FontProperties(fname=str(font_file()), size=size)


# ---------------------------------------------------------------------------------------------- panels


def _height(panel: Panel) -> float:
    head = TEXT * LEADING + 4 if panel.heading else 0.0
    if panel.form == "rows":
        return head + sum(map(_row_height, panel.lines)) + _GAP
    plans = panel.form == "columns" and any(len(line.marks) > 1 for line in panel.lines)
    return head + _COLUMNS + (3 if plans else 2) * _ROW + _GAP


def _panel(page: _Page, panel: Panel, room: float, theme: Theme) -> None:
    end = page.at + room
    if panel.heading:
        page.text(MARGIN, page.at + TEXT * LEADING / 2, panel.heading, TEXT + 1, theme.ink)
        page.down(TEXT * LEADING + 4)
    _FORMS[panel.form](page, panel, end - page.at - _GAP, theme)
    page.at = end


def _row_height(line: Line) -> float:
    labels = len(_label_lines(line))
    marks = len(line.marks) * (_ROW + _UNDER + _BAR + 1)
    return (labels - 1) * _ROW + (marks or _ROW) + 5


def _label_lines(line: Line) -> list[str]:
    """The name of a row, beside its first value; what does not fit there goes on above it."""
    value = max((width_of(_value(line, mark), TEXT) for mark in line.marks[:1]), default=width_of(_GAP_WORD, TEXT))
    return wrapped(line.label, TEXT, ROOM - value - 10)


def _rows(page: _Page, panel: Panel, height: float, theme: Theme) -> None:
    """Name and value on one line, the bar under it."""
    axes = page.axes(height)
    axes.set_ylim(height, 0)
    axes.set_xlim(*_limits(panel))
    y, top = 0.0, page.at
    for line in panel.lines:
        names = _label_lines(line)
        colour = theme.here if line.here and len(panel.lines) > 1 else theme.ink
        for number, name in enumerate(names):
            page.text(MARGIN, top + y + (number + 0.5) * _ROW, name, TEXT, colour)
        y += (len(names) - 1) * _ROW
        if not line.marks:
            page.text(MARGIN + ROOM, top + y + _ROW / 2, _GAP_WORD, TEXT, theme.muted, "right")
            y += _ROW
        for mark in line.marks:
            ink = theme.plan if mark.role == "plan" else theme.ink
            page.text(MARGIN + ROOM, top + y + _ROW / 2, _value(line, mark), TEXT, ink, "right")
            _bar(axes.barh, y + _ROW + _UNDER + _BAR / 2, mark, line, theme, height=_BAR)
            y += _ROW + _UNDER + _BAR + 1
        y += 5
    low, high = axes.get_xlim()
    if low < 0 < high:
        axes.axvline(0, color=theme.muted, linewidth=0.8)


def _value(line: Line, mark: Mark) -> str:
    """The label; where a row has several values each says what it is."""
    named = f"{mark.name} {mark.label}" if len(line.marks) > 1 and mark.name else mark.label
    return f"{named}  {mark.share}" if mark.share else named


def _columns(page: _Page, panel: Panel, height: float, theme: Theme) -> None:
    """A column for each year, the plan as an outline around it; a year without a figure is an empty place."""
    axes = page.axes(_COLUMNS + _ROW)
    low, high = _limits(panel)
    above = (high - low) * _ROW / _COLUMNS  # room for the labels
    axes.set_ylim(low - (above if low < 0 else 0), high + above)
    axes.set_xlim(-0.5, len(panel.lines) - 0.5)
    axes.axhline(0, color=theme.muted, linewidth=0.8)
    slot = ROOM / len(panel.lines)
    for place, line in enumerate(panel.lines):
        x = MARGIN + (place + 0.5) * slot
        under = page.at + _COLUMNS + 1.5 * _ROW + 3
        page.text(x, under, line.label.removesuffix("年") if slot < 34 else line.label, TEXT, theme.ink, "center")
        if not line.marks:
            axes.axvspan(place - 0.4, place + 0.4, facecolor=theme.rule, alpha=0.45)
            _inside(axes, place, (low + high) / 2, _GAP_WORD if slot >= 34 else "无", SMALL, theme.muted, "center")
        done = [mark for mark in line.marks if mark.role != "plan"]
        for mark in line.marks:
            plan = mark.role == "plan"
            _bar(axes.bar, place, mark, line, theme, width=0.74 if plan and done else 0.52)
            if plan and done:
                page.text(x, under + _ROW, mark.label, SMALL + 0.5, theme.plan, "center")
            else:
                value = float(mark.value or 0)
                ink = theme.plan if plan else theme.ink
                top = max([value, *(float(other.value or 0) for other in line.marks)]) if value >= 0 else value
                _inside(axes, place, top, mark.label, TEXT - 0.5, ink, "bottom" if value >= 0 else "top")


def _line(page: _Page, panel: Panel, height: float, theme: Theme) -> None:
    """A line over many years, broken where years have no figure; first, last, largest and smallest are labelled."""
    axes = page.axes(_COLUMNS + _ROW)
    low, high = _limits(panel)
    axes.set_ylim(low, high + (high - low) * 1.3 * _ROW / _COLUMNS)
    years = [line.year for line in panel.lines]
    side = (years[-1] - years[0]) * 0.06
    axes.set_xlim(years[0] - side, years[-1] + side)
    axes.axhline(0, color=theme.muted, linewidth=0.8)
    for role, style in (("plan", "--"), ("done", "-")):
        marks = [next((mark for mark in line.marks if mark.role == role), None) for line in panel.lines]
        values = [float(mark.value) if mark and mark.value is not None else float("nan") for mark in marks]
        if all(value != value for value in values):
            continue
        face = theme.ground if role == "plan" else _colour("done", theme)
        axes.plot(
            years, values, style, color=_colour("plan" if role == "plan" else "done", theme), linewidth=1.8, marker="o",
            markersize=4.5, markerfacecolor=face, gid=role,
        )  # fmt: skip
    for line, mark in _labelled(panel):
        value = float(mark.value or 0)
        under = value <= min(_values(panel, mark.role)) or any((other.value or 0) > value for other in line.marks)
        side_of = "top" if under else "bottom"
        _inside(axes, line.year, value, mark.label, SMALL, theme.ink, side_of, ground=theme.ground)
    span = years[-1] - years[0] + 2 * side
    step = next(step for step in (1, 2, 3, 4, 5, 10, 20, 50) if ROOM / span * step >= 30)
    for year in range(years[0], years[-1] + 1, step):
        x = MARGIN + (year - years[0] + side) / span * ROOM
        page.text(x, page.at + _COLUMNS + 1.5 * _ROW + 3, str(year), TEXT - 0.5, theme.ink, "center")
    for line in panel.lines:
        if not line.marks:
            axes.axvspan(line.year - 0.4, line.year + 0.4, facecolor=theme.rule, alpha=0.45)


_FORMS: Final[dict[str, Callable[[_Page, Panel, float, Theme], None]]] = {
    "rows": _rows,
    "columns": _columns,
    "line": _line,
}


def _labelled(panel: Panel) -> list[tuple[Line, Mark]]:
    """The points that get a label, far enough from each other."""
    told = [(line, mark) for line in panel.lines for mark in line.marks[:1] if mark.value is not None]
    by_value = sorted(told, key=lambda one: one[1].value or 0)
    apart = (panel.lines[-1].year - panel.lines[0].year) * 1.12 * _LABEL_APART / ROOM
    found: list[tuple[Line, Mark]] = []
    for one in (told[-1], told[0], by_value[-1], by_value[0]):
        if all(abs(one[0].year - other[0].year) >= apart for other in found):
            found.append(one)
    return found


def _bar(draw: Callable[..., Any], at: float, mark: Mark, line: Line, theme: Theme, **size: float) -> None:
    """One bar; a plan is an outline, a computed value is hatched."""
    if mark.value is None:
        return
    colour = _colour(mark.role, theme)
    if line.here and mark.role == "done":
        colour = theme.here
    if mark.role == "plan":
        draw(at, float(mark.value), **size, facecolor="none", edgecolor=colour, linewidth=1.3, linestyle="--")
    elif mark.derived:
        draw(at, float(mark.value), **size, facecolor=theme.ground, edgecolor=colour, linewidth=1, hatch=_HATCH)
    else:
        draw(at, float(mark.value), **size, facecolor=colour, linewidth=0)


def _inside(
    axes: Any, x: float, y: float, text: str, size: float, colour: str, side: str, ground: str = ""
) -> None:  # fmt: skip
    """A text at values of the axes; with a ``ground`` what it stands on is hidden."""
    lift = 7 if ground else 2
    box = {"facecolor": ground, "edgecolor": "none", "pad": 1, "alpha": 0.8} if ground else None
    axes.annotate(
        text, (x, y), (0, lift if side == "bottom" else -lift if side == "top" else 0), textcoords="offset points",
        ha="center", va=side, color=colour, fontproperties=_font(size), annotation_clip=False, parse_math=False,
        bbox=box,
    )  # fmt: skip


def _values(panel: Panel, *roles: Role) -> list[float]:
    marks = [mark for line in panel.lines for mark in line.marks if not roles or mark.role in roles]
    return [float(mark.value) for mark in marks if mark.value is not None]


def _limits(panel: Panel) -> tuple[float, float]:
    values = _values(panel)
    low, high = min([0.0, *values]), max([0.0, *values])
    return (low, high) if high > low else (0.0, 1.0)


def _colour(role: Role, theme: Theme) -> str:
    return {"done": theme.done, "plan": theme.plan, "rest": theme.rest, "total": theme.muted}[role]
